// SPDX-License-Identifier: Apache-2.0
package dev.redstart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The contract of {@link RHash}: fields and their values. */
class HashTest<E> extends Contract<E> {
  /** Sizes around each change of form, ours and Redis's. */
  private static final int[] SIZES = {1, 127, 128, 129, 512, 513, 1000};

  private RHash<E, E> hash() {
    return hash("k");
  }

  private Map<E, E> map(String... pairs) {
    Map<E, E> map = new LinkedHashMap<>();
    for (String pair : pairs) {
      String[] words = pair.split(" ", -1);
      map.put(of(words[0]), of(words[1]));
    }
    return map;
  }

  private List<E> some(String... names) {
    return Arrays.stream(names).map(this::of).toList();
  }

  private void fill(String name, int size) {
    for (int i = 0; i < size; i++) {
      assertTrue(hash(name).put(of("f" + i), of("v" + i)));
    }
  }

  @Test
  void missingKey_everyRead_isEmpty() {
    assertNull(hash().get(of("a")));
    assertFalse(hash().contains(of("a")));
    assertEquals(0, hash().size());
    assertEquals(0, hash().valueLength(of("a")));
    assertEquals(List.of(), hash().values());
    assertTrue(hash().keys().isEmpty());
    assertTrue(hash().entries().isEmpty());
    assertTrue(hash().getAll(some("a", "b")).isEmpty());
    assertFalse(hash().remove(of("a")));
    assertEquals(0, hash().removeAll(some("a", "b")));
    assertFalse(hash().exists());
  }

  @Test
  void put_newOrThere_tells() {
    assertTrue(hash().put(of("a"), of("1")));
    assertFalse(hash().put(of("a"), of("2")));
    assertFalse(hash().put(of("a"), of("2")));
    assertTrue(hash().put(of("b"), of("")));
    assertHash("k", "a 2", "b ");
    assertEquals(KeyType.HASH, store.keys().type(key("k")));
  }

  @Test
  void put_keyWithDeadline_keepsIt() {
    hash().put(of("a"), of("1"));
    hash().expire(Duration.ofMinutes(1));
    hash().put(of("a"), of("2"));
    hash().put(of("b"), of("3"));
    assertDeadline(now().plusSeconds(60), "k");
    advance(60_000);
    assertHash("k");
    assertTrue(hash().put(of("a"), of("4")));
    assertDeadline(null, "k");
  }

  @Test
  void putAll_some_countsNewOnes() {
    assertEquals(3, hash().putAll(map("a 1", "b 2", "c 3")));
    assertEquals(1, hash().putAll(map("a 4", "d 5", "c 3")));
    assertHash("k", "a 4", "b 2", "c 3", "d 5");
    assertThrows(IllegalArgumentException.class, () -> hash().putAll(Map.of()));
    assertThrows(IllegalArgumentException.class, () -> hash("x").putAll(Map.of()));
    assertFalse(hash("x").exists());
  }

  @Test
  void putIfAbsent_eachCase_tells() {
    assertTrue(hash().putIfAbsent(of("a"), of("1")));
    assertFalse(hash().putIfAbsent(of("a"), of("2")));
    assertTrue(hash().putIfAbsent(of("b"), of("2")));
    assertHash("k", "a 1", "b 2");
  }

  @Test
  void getAll_some_areThoseThereInTheOrderAsked() {
    hash().putAll(map("a 1", "b 2", "c 3"));
    Map<E, E> found = hash().getAll(some("c", "x", "a"));
    List<String> pairs = new ArrayList<>();
    found.forEach((field, value) -> pairs.add(name(field) + " " + name(value)));
    assertEquals(List.of("c 3", "a 1"), pairs);
    assertTrue(hash().getAll(some("x", "y")).isEmpty());
    assertThrows(IllegalArgumentException.class, () -> hash().getAll(List.of()));
    assertThrows(IllegalArgumentException.class, () -> hash("x").getAll(List.of()));
  }

  @SuppressWarnings("unchecked") // the arrays are only read
  @Test
  void remove_someOrAll_counts() {
    hash().putAll(map("a 1", "b 2", "c 3", "d 4"));
    assertFalse(hash().remove(of("x")));
    assertTrue(hash().remove(of("a")));
    assertFalse(hash().remove(of("a")));
    assertEquals(1, hash().removeAll(some("b", "x", "b")));
    assertHash("k", "c 3", "d 4");
    assertEquals(2, hash().removeAll(of("c"), of("d")));
    assertHash("k");
    assertEquals(KeyType.NONE, store.keys().type(key("k")));
    assertThrows(IllegalArgumentException.class, () -> hash().removeAll());
    assertThrows(IllegalArgumentException.class, () -> hash().removeAll(List.of()));
  }

  @Test
  void everySize_allOperations_agree() {
    for (int size : SIZES) {
      store.keys().flush();
      fill("k", size);
      TreeMap<String, String> model = new TreeMap<>();
      for (int i = 0; i < size; i++) {
        model.put("f" + i, "v" + i);
      }
      assertModel(model, size);
      for (int i = 0; i < size; i += 3) {
        assertFalse(hash().put(of("f" + i), of("longer than before " + i)));
        model.put("f" + i, "longer than before " + i);
      }
      for (int i = 1; i < size; i += 3) {
        assertTrue(hash().remove(of("f" + i)));
        model.remove("f" + i);
      }
      assertModel(model, size);
      assertEquals(model.size(), hash().removeAll(model.keySet().stream().map(this::of).toList()));
      assertHash("k");
    }
  }

  private void assertModel(Map<String, String> model, int size) {
    String[] pairs =
        model.entrySet().stream()
            .map(each -> each.getKey() + " " + each.getValue())
            .toArray(String[]::new);
    assertHash("k", pairs);
    assertEquals(model.keySet(), new TreeSet<>(names(List.copyOf(hash().keys()))));
    assertEquals(
        model.values().stream().sorted().toList(),
        names(hash().values()).stream().sorted().toList());
    for (int i = 0; i <= size; i += 7) {
      String expected = model.get("f" + i);
      assertValue(expected, hash().get(of("f" + i)));
      assertEquals(expected != null, hash().contains(of("f" + i)));
      long length = expected == null ? 0 : content.bytes(expected).length();
      assertEquals(length, hash().valueLength(of("f" + i)));
    }
  }

  @Test
  void collections_returned_areCopies() {
    hash().putAll(map("a 1", "b 2"));
    hash().keys().clear();
    hash().values().clear();
    hash().entries().clear();
    assertHash("k", "a 1", "b 2");
  }

  @Test
  void value_long_isWhole() {
    for (int length : new int[] {0, 1, 63, 64, 65, 100_000}) {
      assertEquals(length == 0, hash().put(of("a"), of("v".repeat(length))));
      assertValue("v".repeat(length), hash().get(of("a")));
      hash("l" + length).put(of("f".repeat(length)), of("1"));
      assertHash("l" + length, "f".repeat(length) + " 1");
    }
    assertEquals(1, hash().size());
  }

  @Test
  void copyAndRename_eachForm_areIndependent() {
    for (int size : new int[] {3, 1000}) {
      store.keys().flush();
      fill("k", size);
      assertTrue(store.keys().copy(key("k"), key("c")));
      hash("k").put(of("f1"), of("k"));
      hash("c").put(of("f1"), of("c"));
      assertTrue(hash("c").remove(of("f0")));
      store.keys().rename(key("k"), key("r"));
      assertValue("k", hash("r").get(of("f1")));
      assertValue("c", hash("c").get(of("f1")));
      assertValue("v0", hash("r").get(of("f0")));
      assertEquals(size, hash("r").size());
      assertEquals(size - 1, hash("c").size());
      assertFalse(hash("k").exists());
    }
  }

  // Numbers.

  private RHash<E, Long> longs() {
    return store.hash(key("n"), content.codec(), Codec.longs());
  }

  private RHash<E, String> texts() {
    return store.hash(key("n"), content.codec(), Codec.text());
  }

  @Test
  void increment_eachSum_isStored() {
    assertEquals(5, longs().increment(of("a"), 5));
    assertEquals(5, longs().increment(of("a"), 0));
    assertEquals(-2, longs().increment(of("a"), -7));
    assertEquals(Long.MIN_VALUE, longs().increment(of("a"), Long.MIN_VALUE + 2));
    assertEquals(-1, longs().increment(of("a"), Long.MAX_VALUE));
    assertEquals(-1L, longs().get(of("a")));
    assertEquals("-1", texts().get(of("a")));
    texts().put(of("b"), "41");
    assertEquals(42, texts().increment(of("b"), 1));
    assertEquals(2, texts().size());
    assertEquals(2, texts().valueLength(of("b")));
  }

  @Test
  void increment_eachForm_isTheSame() {
    for (int size : new int[] {1, 1000}) {
      store.keys().flush();
      for (int i = 0; i < size; i++) {
        longs().put(of("f" + i), (long) i);
      }
      assertEquals(7, longs().increment(of("f0"), 7));
      assertEquals(8, longs().increment(of("f0"), 1));
      assertEquals(8.5, longs().increment(of("f0"), 0.5));
      assertEquals("8.5", texts().get(of("f0")));
      assertEquals(9.0, longs().increment(of("f0"), 0.5));
      assertEquals(9L, longs().get(of("f0")));
      assertEquals(size, longs().size());
    }
  }

  @Test
  void increment_overflow_changesNothing() {
    longs().put(of("a"), Long.MAX_VALUE - 1);
    assertEquals(Long.MAX_VALUE, longs().increment(of("a"), 1));
    StoreException over =
        assertThrows(NumberOverflowException.class, () -> longs().increment(of("a"), 1));
    assertEquals("increment or decrement would overflow", over.getMessage());
    assertEquals(Long.MAX_VALUE, longs().get(of("a")));
    longs().put(of("a"), -2L);
    assertThrows(NumberOverflowException.class, () -> longs().increment(of("a"), Long.MIN_VALUE));
    assertEquals(-2L, longs().get(of("a")));
  }

  @Test
  void increment_notANumber_isRefused() {
    for (String bad : List.of("", " 1", "1 ", "+1", "01", "1.5", "x", "9223372036854775808", "é")) {
      texts().put(of("a"), bad);
      StoreException refused =
          assertThrows(NotANumberException.class, () -> texts().increment(of("a"), 1));
      assertEquals("hash value is not an integer", refused.getMessage());
      assertEquals("ERR", refused.code());
      assertEquals(bad, texts().get(of("a")));
    }
  }

  @Test
  void incrementFraction_eachSum_isExactAndStored() {
    assertEquals(0.1, texts().increment(of("a"), 0.1));
    assertEquals(0.3, texts().increment(of("a"), 0.2));
    assertEquals("0.3", texts().get(of("a")));
    assertEquals(0.0, texts().increment(of("a"), -0.3));
    assertEquals("0", texts().get(of("a")));
    assertEquals(1e15, texts().increment(of("a"), 1e15));
    assertEquals("1000000000000000", texts().get(of("a")));
    texts().put(of("b"), "3.0e3");
    assertEquals(3200.0, texts().increment(of("b"), 200.0));
    assertEquals("3200", texts().get(of("b")));
    assertEquals(0.0, texts().increment(of("c"), 0.0));
    assertTrue(texts().contains(of("c")));
  }

  @Test
  void incrementFraction_notANumber_isRefused() {
    for (String bad : List.of("", " 1", "1 ", "x", "nan", "1.5.5", "é")) {
      texts().put(of("a"), bad);
      StoreException refused =
          assertThrows(NotANumberException.class, () -> texts().increment(of("a"), 1.0));
      assertEquals("hash value is not a float", refused.getMessage());
      assertEquals(bad, texts().get(of("a")));
    }
    for (double bad : new double[] {Double.NaN, 1 / 0.0, -1 / 0.0}) {
      assertThrows(IllegalArgumentException.class, () -> texts().increment(of("b"), bad));
    }
    assertFalse(texts().contains(of("b")));
    texts().put(of("a"), "inf");
    StoreException over =
        assertThrows(NumberOverflowException.class, () -> texts().increment(of("a"), 1.0));
    assertEquals("increment would produce NaN or Infinity", over.getMessage());
    assertEquals("inf", texts().get(of("a")));
  }

  @Test
  void increment_refusedOnAMissingKey_createsNothing() {
    assertThrows(IllegalArgumentException.class, () -> texts().increment(of("a"), Double.NaN));
    assertFalse(texts().exists());
  }

  @Test
  void codecs_ofFields_areCompared() {
    RHash<Long, String> byNumber = store.hash(key("n"), Codec.longs(), Codec.text());
    byNumber.put(12L, "twelve");
    assertEquals("twelve", store.hash(key("n")).get("12"));
    assertEquals(Map.of(12L, "twelve"), byNumber.entries());
    Codec<String> reference = Codec.reference(Codec.text());
    assertThrows(
        IllegalArgumentException.class, () -> store.hash(key("n"), reference, Codec.text()));
  }
}
