// SPDX-License-Identifier: Apache-2.0
package dev.redstart;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.redstart.spi.BinaryStrings;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The contract of {@link RValue}'s parts: append, length, ranges. */
class ValueBytesTest<E> extends Contract<E> {
  private static final long LONGEST = 512L << 20;

  private String bytesOf(String name) {
    byte[] bytes = store.value(key(name), Codec.bytes()).get();
    return bytes == null ? "" : BinaryStrings.fromBytes(bytes);
  }

  private RValue<byte[]> raw(String name) {
    return store.value(key(name), Codec.bytes());
  }

  private static byte[] bytes(String binary) {
    return BinaryStrings.toBytes(binary);
  }

  private String range(long start, long end) {
    return BinaryStrings.fromBytes(raw("k").getRange(start, end));
  }

  @Test
  void append_missingKey_creates() {
    assertEquals(content.bytes("a").length(), value("k").append(of("a")));
    assertEquals(content.bytes("a"), bytesOf("k"));
    assertValue("a", value("k").get());
  }

  @Test
  void append_existing_isAtTheEndAndKeepsTheDeadline() {
    value("k").set(of("a"), Duration.ofMinutes(1));
    long length = value("k").append(of("b"));
    assertEquals(content.bytes("a") + content.bytes("b"), bytesOf("k"));
    assertEquals(bytesOf("k").length(), length);
    assertEquals(length, value("k").length());
    assertDeadline(now().plusSeconds(60), "k");
  }

  @Test
  void append_nothing_createsOrLeaves() {
    assertEquals(0, raw("k").append(bytes("")));
    assertEquals(KeyType.STRING, store.keys().type(key("k")));
    value("k").set(of("a"));
    assertEquals(content.bytes("a").length(), raw("k").append(bytes("")));
    assertValue("a", value("k").get());
  }

  @Test
  void append_number_becomesText() {
    store.counter(key("k")).set(12);
    assertEquals(3, store.value(key("k")).append("3"));
    assertEquals(124, store.counter(key("k")).increment());
  }

  @Test
  void append_manyTimes_growsPastEveryNode() {
    StringBuilder expected = new StringBuilder();
    for (int i = 0; i < 300; i++) {
      String piece = content.bytes("piece" + i);
      expected.append(piece.repeat(4));
      assertEquals(expected.length(), raw("k").append(bytes(piece.repeat(4))));
    }
    assertEquals(expected.toString(), bytesOf("k"));
    assertEquals(expected.substring(5, 1200), range(5, 1199));
  }

  @Test
  void append_copiedKey_changesOneOfThem() {
    value("k").set(of("a"));
    value("k").append(of("b"));
    store.keys().copy(key("k"), key("c"));
    value("k").append(of("c"));
    assertEquals(content.bytes("a") + content.bytes("b"), bytesOf("c"));
    value("c").setRange(0, of("z"));
    assertEquals(content.bytes("a") + content.bytes("b") + content.bytes("c"), bytesOf("k"));
  }

  @Test
  void length_eachForm_isInBytes() {
    assertEquals(0, value("k").length());
    value("k").set(of("a"));
    assertEquals(content.bytes("a").length(), value("k").length());
    store.counter(key("k")).set(-123);
    assertEquals(4, value("k").length());
    store.value(key("k")).set("é键😀");
    assertEquals(9, value("k").length());
  }

  @Test
  void getRange_ofText_isByBytes() {
    store.value(key("k")).set("This is a string");
    RValue<String> text = store.value(key("k"));
    assertEquals("This", text.getRange(0, 3));
    assertEquals("ing", text.getRange(-3, -1));
    assertEquals("This is a string", text.getRange(0, -1));
    assertEquals("string", text.getRange(10, 100));
    assertEquals("", text.getRange(5, 3));
    assertEquals("", text.getRange(16, 20));
    assertEquals("g", text.getRange(15, 15));
    assertEquals("", text.getRange(-1, -3));
    assertEquals("T", text.getRange(-100, 0));
    assertEquals("T", text.getRange(-100, -16));
    assertEquals("T", text.getRange(-100, -17)); // Redis up to 7: an end before the first is it
    assertEquals("", text.getRange(-17, -100));
    assertEquals("This is a string", text.getRange(Long.MIN_VALUE, Long.MAX_VALUE));
    assertEquals("", text.getRange(Long.MAX_VALUE, Long.MIN_VALUE));
    assertEquals("", text.getRange(Long.MAX_VALUE, Long.MAX_VALUE));
  }

  @Test
  void getRange_ofMissingOrNumber_readsItsBytes() {
    assertEquals("", range(0, -1));
    store.counter(key("k")).set(12345);
    assertEquals("234", range(1, 3));
    assertEquals("45", range(-2, -1));
  }

  @Test
  void getRange_eachPair_isAsOfItsBytes() {
    String name = "abc";
    value("k").set(of(name));
    String all = content.bytes(name);
    int length = all.length();
    for (int start = -length - 1; start <= length + 1; start += 3) {
      for (int end = -length - 1; end <= length + 1; end += 5) {
        int from = Math.max(0, start < 0 ? start + length : start);
        int to = Math.max(0, Math.min(length - 1, end < 0 ? end + length : end));
        boolean none = from > to || (start < 0 && end < 0 && start > end);
        assertEquals(none ? "" : all.substring(from, to + 1), range(start, end));
      }
    }
  }

  @Test
  void getRange_halfACharacter_isACodecException() {
    store.value(key("k")).set("é");
    assertEquals("é", store.value(key("k")).getRange(0, 1));
    assertThrows(CodecException.class, () -> store.value(key("k")).getRange(0, 0));
  }

  @Test
  void setRange_missingKey_isFilledWithZeroBytes() {
    assertEquals(8, raw("k").setRange(3, bytes("hello")));
    assertArrayEquals(bytes("\0\0\0hello"), raw("k").get());
  }

  @Test
  void setRange_existing_overwritesAndKeepsTheDeadline() {
    value("k").set(of("hello"), Duration.ofMinutes(1));
    int start = content.bytes("").length();
    assertEquals(start + 5, raw("k").setRange(start + 1, bytes("EL")));
    assertValue("hELlo", value("k").get());
    assertEquals(start + 7, raw("k").setRange(start + 4, bytes("O!!")));
    assertValue("hELlO!!", value("k").get());
    assertEquals(start + 10, raw("k").setRange(start + 9, bytes("x")));
    assertValue("hELlO!!\0\0x", value("k").get());
    assertDeadline(now().plusSeconds(60), "k");
  }

  @Test
  void setRange_nothing_changesNothing() {
    assertEquals(0, raw("k").setRange(5, bytes("")));
    assertFalse(raw("k").exists());
    value("k").set(of("a"));
    assertEquals(content.bytes("a").length(), raw("k").setRange(500, bytes("")));
    assertValue("a", value("k").get());
  }

  @Test
  void setRange_number_becomesText() {
    store.counter(key("k")).set(12345);
    assertEquals(5, store.value(key("k")).setRange(1, "99"));
    assertEquals(19946, store.counter(key("k")).increment());
  }

  @Test
  void setRange_farOffset_readsAsZeroes() {
    assertEquals(300_001, raw("k").setRange(300_000, bytes("x")));
    assertEquals("\0".repeat(5) + "x", range(299_995, -1));
    assertEquals("\0".repeat(6), range(150_000, 150_005));
    assertEquals(300_001, raw("k").setRange(150_000, bytes("yy")));
    assertEquals("\0yy\0", range(149_999, 150_002));
  }

  @Test
  void setRange_offsetOutOfBounds_isRefused() {
    value("k").set(of("a"));
    assertThrows(IllegalArgumentException.class, () -> raw("k").setRange(-1, bytes("x")));
    assertThrows(IllegalArgumentException.class, () -> raw("n").setRange(-1, bytes("")));
    for (long offset : new long[] {LONGEST, LONGEST + 1, Long.MAX_VALUE - 1, Long.MAX_VALUE}) {
      StoreException tooLong =
          assertThrows(StoreException.class, () -> raw("k").setRange(offset, bytes("x")));
      assertEquals("ERR", tooLong.code());
      assertThrows(StoreException.class, () -> raw("n").setRange(offset, bytes("x")));
    }
    assertValue("a", value("k").get());
    assertFalse(raw("n").exists());
  }
}
