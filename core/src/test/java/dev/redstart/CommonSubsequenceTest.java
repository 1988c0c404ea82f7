// SPDX-License-Identifier: Apache-2.0
package dev.redstart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.redstart.spi.BinaryStrings;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The contract of {@link RValue#commonSubsequence} and its kin. */
class CommonSubsequenceTest<E> extends Contract<E> {
  private void set(String name, String binary) {
    store.value(key(name), Codec.bytes()).set(BinaryStrings.toBytes(binary));
  }

  private RValue<byte[]> raw(String name) {
    return store.value(key(name), Codec.bytes());
  }

  private String common(String one, String other) {
    return BinaryStrings.fromBytes(raw(one).commonSubsequence(key(other)));
  }

  @Test
  void twoTexts_asInTheManual() {
    set("k", "ohmytext");
    set("l", "mynewtext");
    assertEquals("mytext", common("k", "l"));
    assertEquals(6, raw("k").commonSubsequenceLength(key("l")));
    List<CommonPart> parts = List.of(new CommonPart(4, 5, 4), new CommonPart(2, 0, 2));
    assertEquals(parts, raw("k").commonParts(key("l"), 0));
    assertEquals(parts, raw("k").commonParts(key("l"), Long.MIN_VALUE));
    assertEquals(parts, raw("k").commonParts(key("l"), 2));
    assertEquals(parts.subList(0, 1), raw("k").commonParts(key("l"), 3));
    assertEquals(List.of(), raw("k").commonParts(key("l"), Long.MAX_VALUE));
  }

  @Test
  void itself_isAll() {
    String every = content.bytes("a") + "\0\u00ff";
    set("k", every);
    assertEquals(every, common("k", "k"));
    assertEquals(List.of(new CommonPart(0, 0, every.length())), raw("k").commonParts(key("k"), 0));
  }

  @Test
  void missingKey_isEmpty() {
    set("k", "a");
    assertEquals("", common("k", "none"));
    assertEquals("", common("none", "k"));
    assertEquals(0, raw("none").commonSubsequenceLength(key("none")));
    assertEquals(List.of(), raw("k").commonParts(key("none"), 0));
  }

  @Test
  void values_areReadInEveryForm() {
    store.counter(key("k")).set(10203);
    raw("l").append(BinaryStrings.toBytes("1x2x3"));
    assertEquals("123", common("k", "l"));
  }

  @Test
  void anotherType_isRefusedInRedissWords() {
    set("k", "a");
    store.list(key("l")).pushRight("a");
    for (WrongTypeException refused :
        List.of(
            assertThrows(WrongTypeException.class, () -> common("k", "l")),
            assertThrows(WrongTypeException.class, () -> common("l", "k")),
            assertThrows(WrongTypeException.class, () -> raw("l").commonParts(key("k"), 0)))) {
      assertEquals("ERR", refused.code());
      assertEquals("The specified keys must contain string values", refused.getMessage());
    }
  }

  @Test
  void tooLongForEachOther_isRefused() {
    set("k", "a".repeat((1 << 14) - 1));
    set("l", "b".repeat((1 << 13) - 2) + "a");
    assertEquals(1, raw("k").commonSubsequenceLength(key("l")));
    assertEquals("a", common("k", "l"));
    set("l", "b".repeat(1 << 13));
    StoreException refused =
        assertThrows(StoreException.class, () -> raw("k").commonSubsequenceLength(key("l")));
    assertEquals(
        "Insufficient memory, transient memory for LCS exceeds proto-max-bulk-len",
        refused.getMessage());
  }

  @Test
  void tooLongForEachOther_byMoreThanAnIntHolds_isRefused() {
    set("k", "a".repeat(65_535)); // with one more each, 65,536 squared, which is 0 in 32 bits
    assertThrows(StoreException.class, () -> raw("k").commonSubsequenceLength(key("k")));
    set("k", "a".repeat(70_000));
    assertThrows(StoreException.class, () -> raw("k").commonSubsequence(key("k")));
  }

  @Test
  void halfACharacter_isNoText() {
    set("k", "\u00c3\u00a9"); // é
    set("l", "\u00c3\u00a8"); // è
    assertThrows(CodecException.class, () -> store.value(key("k")).commonSubsequence(key("l")));
  }
}
