// SPDX-License-Identifier: Apache-2.0
package dev.redstart;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.jsontype.BasicPolymorphicTypeValidator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The codecs that come with the library. */
class CodecTest {
  private final Store store = Store.open();

  @AfterEach
  void close() {
    store.close();
  }

  /** An object of an application. */
  record Order(String item, int count, Map<String, Integer> tags) {}

  @Test
  void text_any_isUtf8() {
    for (String text :
        List.of("", "ascii", "é", "键", "😀", "\0\u007f\u0080\uffff", "a".repeat(99))) {
      assertEquals(text, Codec.text().decode(Codec.text().encode(text)));
      store.value("k").set(text);
      assertEquals(text, store.value("k").get());
    }
    assertArrayEquals(new byte[] {(byte) 0xc3, (byte) 0xa9}, Codec.text().encode("é"));
  }

  @Test
  void text_bytesThatAreNone_areRefusedWhenRead() {
    RValue<byte[]> bytes = store.value("k", Codec.bytes());
    for (byte[] bad :
        List.of(
            new byte[] {-1}, new byte[] {'a', (byte) 0xc3}, new byte[] {(byte) 0xed, -96, -128})) {
      bytes.set(bad);
      assertThrows(CodecException.class, () -> store.value("k").get());
      assertArrayEquals(bad, bytes.get());
    }
  }

  @Test
  void bytes_any_areCopied() {
    byte[] given = new byte[256];
    for (int i = 0; i < 256; i++) {
      given[i] = (byte) i;
    }
    RValue<byte[]> value = store.value("k", Codec.bytes());
    value.set(given);
    given[0] = 99;
    byte[] first = value.get();
    assertEquals(0, first[0]);
    first[1] = 99;
    assertEquals(1, value.get()[1]);
    assertNotSame(first, value.get());
    RSortedSet<byte[]> set = store.sortedSet("z", Codec.bytes());
    set.add(given, 1);
    set.range(0, -1).get(0)[0] = 5;
    assertEquals(99, set.range(0, -1).get(0)[0]);
  }

  @Test
  void longs_any_areDecimal() {
    RValue<Long> value = store.value("k", Codec.longs());
    for (long number : new long[] {0, -1, Long.MAX_VALUE, Long.MIN_VALUE, 42}) {
      value.set(number);
      assertEquals(number, value.get());
      assertEquals(Long.toString(number), store.value("k").get());
      assertEquals(number, Codec.longs().decode(Codec.longs().encode(number)));
    }
    assertEquals(43, store.counter("k").increment());
    assertEquals(43, value.get());
  }

  @Test
  void longs_badText_isRefused() {
    for (String bad : List.of("", "1.0", " 1", "+1", "01", "9223372036854775808", "١", "abc")) {
      store.value("k").set(bad);
      assertThrows(CodecException.class, () -> store.value("k", Codec.longs()).get());
    }
  }

  @Test
  void doubles_any_readBack() {
    RValue<Double> value = store.value("k", Codec.doubles());
    for (double number :
        new double[] {0, 0.1, -1.5, 1e300, Double.MIN_VALUE, Double.MAX_VALUE, 1 / 0.0, -1 / 0.0}) {
      value.set(number);
      assertEquals(number, value.get());
    }
    value.set(0.5);
    assertEquals("0.5", store.value("k").get());
    assertEquals(0.75, store.counter("k").addFraction(0.25));
    assertEquals(0.75, value.get());
    value.set(3.0);
    assertEquals("3", store.value("k").get());
    assertEquals(4, store.counter("k").increment());
  }

  @Test
  void doubles_notANumber_isRefused() {
    RValue<Double> value = store.value("k", Codec.doubles());
    assertThrows(CodecException.class, () -> value.set(Double.NaN));
    assertFalse(value.exists());
    for (String bad : List.of("", "nan", " 1", "1d", "1,5", "abc")) {
      store.value("k").set(bad);
      assertThrows(CodecException.class, value::get);
    }
  }

  @Test
  void doublesAndLongs_asMembers_areComparedByText() {
    RSortedSet<Long> set = store.sortedSet("z", Codec.longs());
    set.add(10L, 1);
    set.add(9L, 1);
    assertEquals(List.of(10L, 9L), set.range(0, -1));
    assertTrue(store.sortedSet("z").contains("10"));
  }

  @Test
  void json_object_readsBack() {
    Codec<Order> json = JsonCodec.of(Order.class);
    Order order = new Order("tea é", 3, new TreeMap<>(Map.of("b", 1, "a", 2)));
    RValue<Order> value = store.value("k", json);
    value.set(order);
    assertEquals(order, value.get());
    assertEquals(
        "{\"count\":3,\"item\":\"tea é\",\"tags\":{\"a\":2,\"b\":1}}", store.value("k").get());
    RSortedSet<Order> set = store.sortedSet("z", json);
    assertTrue(set.add(order, 1));
    assertFalse(set.add(new Order("tea é", 3, Map.of("a", 2, "b", 1)), 1));
  }

  @Test
  void json_bytesThatAreNone_areRefused() {
    RValue<Order> value = store.value("k", JsonCodec.of(Order.class));
    for (String bad : List.of("", "{", "[]", "{\"count\":\"x\"}", "null")) {
      store.value("k").set(bad);
      CodecException refused = assertThrows(CodecException.class, value::get, bad);
      assertEquals("ERR", refused.code());
    }
  }

  /** What Jackson cannot write. */
  record Endless(Map<String, Object> map) {}

  @Test
  void json_objectThatIsNone_isRefused() {
    Map<String, Object> endless = new TreeMap<>();
    endless.put("self", endless);
    RValue<Endless> value = store.value("k", JsonCodec.of(Endless.class));
    assertThrows(CodecException.class, () -> value.set(new Endless(endless)));
    assertFalse(value.exists());
  }

  @Test
  void json_defaultTyping_isRefused() {
    ObjectMapper mapper =
        JsonMapper.builder()
            .activateDefaultTyping(
                BasicPolymorphicTypeValidator.builder().allowIfBaseType(Object.class).build(),
                ObjectMapper.DefaultTyping.NON_FINAL,
                JsonTypeInfo.As.PROPERTY)
            .build();
    assertThrows(IllegalArgumentException.class, () -> JsonCodec.of(Order.class, mapper));
  }

  @Test
  void reference_object_isTheVeryOne() {
    AtomicInteger encoded = new AtomicInteger();
    Codec<Order> reference = Codec.reference(counting(JsonCodec.of(Order.class), encoded));
    RValue<Order> value = store.value("k", reference);
    Order order = new Order("tea", 1, Map.of());
    value.set(order);
    assertSame(order, value.get());
    assertSame(order, store.value("k", reference).get());
    assertEquals(0, encoded.get());
    assertTrue(store.keys().copy("k", "l"));
    store.keys().rename("l", "m");
    assertSame(order, store.value("m", reference).get());
    assertEquals(0, encoded.get());
  }

  @Test
  void reference_bytesAskedFor_areMadeOnce() {
    AtomicInteger encoded = new AtomicInteger();
    Codec<String> reference = Codec.reference(counting(Codec.text(), encoded));
    store.value("k", reference).set("12");
    assertEquals("12", store.value("k").get());
    assertEquals(2, store.value("k").length());
    assertEquals("2", store.value("k").getRange(1, 1));
    assertEquals(1, encoded.get());
    assertEquals(13, store.counter("k").increment());
    assertEquals("13", store.value("k", reference).get());
    assertEquals(1, encoded.get());
  }

  @Test
  void reference_otherCodec_readsItsBytes() {
    store.value("k", Codec.reference(Codec.text())).set("5");
    assertEquals("5", store.value("k").get());
    assertEquals(5L, store.value("k", Codec.longs()).get());
    assertEquals(5L, store.value("k", Codec.reference(Codec.longs())).get());
    store.value("k").set("6");
    assertEquals("6", store.value("k", Codec.reference(Codec.text())).get());
    assertNull(store.value("x", Codec.reference(Codec.text())).get());
  }

  @Test
  void reference_eachWrite_worksOnItsBytes() {
    RValue<String> value = store.value("k", Codec.reference(Codec.text()));
    value.set("ab");
    assertEquals(3, value.append("c"));
    assertEquals("abc", value.get());
    value.set("ab");
    assertEquals(3, value.setRange(1, "xy"));
    assertEquals("axy", value.get());
    value.set("ab");
    assertTrue(value.compareAndSet("ab", "cd"));
    assertEquals("cd", value.getAndSet("ef"));
    assertEquals("ef", value.getAndDelete());
    RCounter counter = store.counter("k");
    value.set("1.5");
    assertEquals(2, counter.addFraction(0.5));
    value.set("7");
    assertEquals(8, counter.increment());
    value.set("7");
    assertEquals(7, counter.getAndSet(1));
    assertEquals(Map.of("k", "1"), store.values(Codec.reference(Codec.text())).getAll("k"));
  }

  @Test
  void reference_withASink_isEncodedAndRecorded() {
    RecordingSink sink = new RecordingSink();
    AtomicInteger encoded = new AtomicInteger();
    Codec<String> reference = Codec.reference(counting(Codec.text(), encoded));
    try (Store recorded = Store.builder().journalSink(sink).open()) {
      recorded.values(reference).setAll(Map.of("a", "é"));
      assertTrue(recorded.values(reference).setAllIfAbsent(Map.of("b", "2")));
      recorded.value("c", reference).set("3");
      recorded.atomically(List.of("d"), tx -> tx.value("d", reference).getAndSet("4"));
      assertEquals(4, encoded.get());
      assertEquals(
          List.of("MSET a Ã©", "MSET b 2", "SET c 3", "SET d 4"),
          sink.takeEffects().stream().map(each -> String.join(" ", each.command())).toList());
    }
  }

  @Test
  void reference_ofMembers_isRefused() {
    assertThrows(
        IllegalArgumentException.class, () -> store.set("p", Codec.reference(Codec.text())));
    assertThrows(
        IllegalArgumentException.class, () -> store.sortedSet("z", Codec.reference(Codec.text())));
  }

  @Test
  void reference_inATransaction_isRestored() {
    AtomicInteger encoded = new AtomicInteger();
    Codec<String> reference = Codec.reference(counting(Codec.text(), encoded));
    String original = "original";
    store.value("k", reference).set(original);
    assertThrows(
        ArithmeticException.class,
        () ->
            store.atomically(
                List.of("k"),
                transaction -> {
                  transaction.value("k", reference).set("other");
                  throw new ArithmeticException();
                }));
    assertSame(original, store.value("k", reference).get());
    assertEquals(0, encoded.get());
  }

  private static <T> Codec<T> counting(Codec<T> codec, AtomicInteger encoded) {
    return new Codec<>() {
      @Override
      public byte[] encode(T object) {
        encoded.incrementAndGet();
        return codec.encode(object);
      }

      @Override
      public T decode(byte[] bytes) {
        return codec.decode(bytes);
      }
    };
  }
}
