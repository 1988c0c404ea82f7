// SPDX-License-Identifier: Apache-2.0
package dev.redstart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The records, enums and exceptions of the API. */
class ValueObjectsTest {
  @Test
  void addCondition_each_allowsAsInRedis() {
    assertTrue(AddCondition.ALWAYS.allowsNew());
    assertTrue(AddCondition.ALWAYS.allowsUpdate(1, 0));
    assertTrue(AddCondition.ABSENT.allowsNew());
    assertFalse(AddCondition.ABSENT.allowsUpdate(1, 2));
    assertFalse(AddCondition.PRESENT.allowsNew());
    assertTrue(AddCondition.PRESENT.allowsUpdate(2, 1));
    assertTrue(AddCondition.GREATER.allowsNew());
    assertTrue(AddCondition.GREATER.allowsUpdate(1, 2));
    assertFalse(AddCondition.GREATER.allowsUpdate(2, 2));
    assertTrue(AddCondition.LESS.allowsUpdate(2, 1));
    assertFalse(AddCondition.LESS.allowsUpdate(2, 2));
    assertFalse(AddCondition.PRESENT_GREATER.allowsNew());
    assertFalse(AddCondition.PRESENT_GREATER.allowsUpdate(2, 1));
    assertFalse(AddCondition.PRESENT_LESS.allowsNew());
    assertFalse(AddCondition.PRESENT_LESS.allowsUpdate(1, 2));
  }

  @Test
  void addResult_changed_isBoth() {
    assertEquals(5, new AddResult(2, 3).changed());
    assertEquals(0, new AddResult(0, 0).changed());
  }

  @Test
  void setOptions_lastLifetime_counts() {
    Duration minute = Duration.ofMinutes(1);
    SetOptions options = SetOptions.ifAbsent().lasting(minute);
    assertEquals(minute, options.lifetime());
    assertEquals(SetOptions.Condition.ABSENT, options.condition());
    SetOptions until = options.until(Instant.EPOCH);
    assertNull(until.lifetime());
    assertEquals(Instant.EPOCH, until.deadline());
    SetOptions keeping = until.keepingDeadline();
    assertNull(keeping.deadline());
    assertTrue(keeping.keepsDeadline());
    assertFalse(keeping.lasting(minute).keepsDeadline());
    assertEquals(SetOptions.Condition.PRESENT, SetOptions.ifPresent().condition());
    assertEquals(SetOptions.always(), SetOptions.always());
  }

  @Test
  void setOptions_twoLifetimes_areRefused() {
    Duration minute = Duration.ofMinutes(1);
    SetOptions.Condition always = SetOptions.Condition.ALWAYS;
    assertThrows(
        IllegalArgumentException.class, () -> new SetOptions(always, minute, Instant.EPOCH, false));
    assertThrows(IllegalArgumentException.class, () -> new SetOptions(always, minute, null, true));
    assertThrows(
        IllegalArgumentException.class, () -> new SetOptions(always, null, Instant.EPOCH, true));
    assertThrows(
        IllegalArgumentException.class, () -> new SetOptions(always, Duration.ZERO, null, false));
  }

  @Test
  void sortedRange_otherThanOneKind_isRefused() {
    SortedRange.Ranks ranks = new SortedRange.Ranks(0, 1);
    ScoreRange scores = ScoreRange.all();
    MemberRange<String> members = MemberRange.all();
    assertThrows(
        IllegalArgumentException.class,
        () -> new SortedRange<String>(null, null, null, false, 0, 1));
    assertThrows(
        IllegalArgumentException.class,
        () -> new SortedRange<>(ranks, scores, null, false, 0, Long.MAX_VALUE));
    assertThrows(
        IllegalArgumentException.class,
        () -> new SortedRange<>(null, scores, members, false, 0, Long.MAX_VALUE));
    assertThrows(
        IllegalArgumentException.class,
        () -> new SortedRange<>(null, scores, null, false, -1, Long.MAX_VALUE));
    assertThrows(
        IllegalArgumentException.class, () -> new SortedRange<>(null, scores, null, false, 0, -1));
    assertThrows(
        IllegalArgumentException.class, () -> new SortedRange<>(ranks, null, null, false, 0, 5));
  }

  @Test
  void sortedRange_reversedTwice_isAsBefore() {
    SortedRange<String> range = SortedRange.<String>byScore(ScoreRange.all()).limit(1, 2);
    assertEquals(range, range.reversed().reversed());
    assertTrue(range.reversed().isReversed());
    assertEquals(1, range.reversed().offset());
    assertEquals(2, range.reversed().limit());
  }

  @Test
  void scoreRange_factories_sayTheirEnds() {
    assertEquals(new ScoreRange(1, true, 2, true), ScoreRange.closed(1, 2));
    assertEquals(new ScoreRange(1, false, 2, false), ScoreRange.open(1, 2));
    assertEquals(new ScoreRange(1, true, 2, false), ScoreRange.closedOpen(1, 2));
    assertEquals(new ScoreRange(1, false, 2, true), ScoreRange.openClosed(1, 2));
    assertThrows(IllegalArgumentException.class, () -> new ScoreRange(Double.NaN, true, 1, true));
    assertThrows(IllegalArgumentException.class, () -> new ScoreRange(1, true, Double.NaN, true));
  }

  @Test
  void lists_ofResults_areCopies() {
    List<String> keys = new ArrayList<>(List.of("a"));
    ScanPage<String> page = new ScanPage<>(1, keys);
    keys.add("b");
    assertEquals(List.of("a"), page.elements());
    assertFalse(page.isLast());
    assertThrows(UnsupportedOperationException.class, () -> page.elements().add("c"));
    List<Scored<String>> members = new ArrayList<>(List.of(new Scored<>("a", 1)));
    Popped<String> popped = new Popped<>("k", members);
    members.clear();
    assertEquals(1, popped.members().size());
  }

  @Test
  void scanOptions_each_keepsTheOthers() {
    ScanOptions options = ScanOptions.all().matching("a*").ofType(KeyType.STRING).withCount(7);
    assertEquals(new ScanOptions("a*", KeyType.STRING, 7), options);
    assertEquals(10, ScanOptions.all().count());
    assertThrows(IllegalArgumentException.class, () -> new ScanOptions(null, null, 0));
  }

  @Test
  void keyType_each_printsAsRedis() {
    List<String> names = new ArrayList<>();
    for (KeyType type : KeyType.values()) {
      names.add(type.toString());
    }
    assertEquals(List.of("string", "list", "hash", "set", "zset", "stream", "none"), names);
  }

  @Test
  void exceptions_each_haveRedissTextAndCode() {
    for (StoreException each :
        List.of(
            new WrongTypeException(),
            new NoSuchKeyException(),
            new StoreClosedException(),
            NotANumberException.integer(),
            NotANumberException.fraction(),
            NumberOverflowException.integer(),
            NumberOverflowException.fraction(),
            NumberOverflowException.score(),
            new CodecException("rule"))) {
      assertInstanceOf(RuntimeException.class, each);
      assertEquals(each instanceof WrongTypeException ? "WRONGTYPE" : "ERR", each.code());
    }
    assertEquals("no such key", new NoSuchKeyException().getMessage());
    assertEquals("OWN", new StoreException("OWN", "text").code());
    Throwable cause = new ArithmeticException();
    assertEquals(cause, new StoreException("OWN", "text", cause).getCause());
  }
}
