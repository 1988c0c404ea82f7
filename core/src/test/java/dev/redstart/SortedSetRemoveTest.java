// SPDX-License-Identifier: Apache-2.0
package dev.redstart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The contract of {@link RSortedSet}: removing and popping, without waiting. */
class SortedSetRemoveTest<E> extends Contract<E> {
  private RSortedSet<E> set() {
    return sortedSet("k");
  }

  private void fill() {
    sortedSet("k", "a 1", "b 2", "c 3", "d 4", "e 5");
  }

  @Test
  void remove_one_tells() {
    assertFalse(set().remove(of("a")));
    fill();
    assertTrue(set().remove(of("c")));
    assertFalse(set().remove(of("c")));
    assertSet("k", "a 1", "b 2", "d 4", "e 5");
  }

  @SuppressWarnings("unchecked") // the arrays are only read
  @Test
  void removeAll_many_counts() {
    fill();
    assertEquals(2, set().removeAll(of("a"), of("x"), of("b"), of("a")));
    assertEquals(1, set().removeAll(List.of(of("c"), of("a"))));
    assertEquals(0, set().removeAll(of("x")));
    assertSet("k", "d 4", "e 5");
    assertEquals(0, sortedSet("none").removeAll(of("a")));
  }

  @SuppressWarnings("unchecked") // the arrays are only read
  @Test
  void removeAll_last_removesTheKey() {
    fill();
    assertEquals(5, set().removeAll(of("a"), of("b"), of("c"), of("d"), of("e"), of("a")));
    assertFalse(set().exists());
  }

  @SuppressWarnings("unchecked") // there is no array
  @Test
  void removeAll_none_isRefused() {
    fill();
    assertThrows(IllegalArgumentException.class, () -> set().removeAll());
    assertThrows(IllegalArgumentException.class, () -> set().removeAll(List.of()));
    assertEquals(5, set().size());
  }

  @Test
  void removeRange_byRank_asInRedis() {
    fill();
    assertEquals(2, set().removeRange(1, 2));
    assertSet("k", "a 1", "d 4", "e 5");
    assertEquals(1, set().removeRange(-1, -1));
    assertEquals(0, set().removeRange(5, 9));
    assertEquals(0, set().removeRange(1, 0));
    assertEquals(0, set().removeRange(-1, -2));
    assertEquals(0, set().removeRange(Long.MAX_VALUE, Long.MIN_VALUE));
    assertSet("k", "a 1", "d 4");
    assertEquals(2, set().removeRange(Long.MIN_VALUE, Long.MAX_VALUE));
    assertFalse(set().exists());
    assertEquals(0, set().removeRange(0, -1));
  }

  @Test
  void removeRange_byScore_asInRedis() {
    fill();
    assertEquals(1, set().removeRange(SortedRange.byScore(ScoreRange.open(2, 4))));
    assertEquals(1, set().removeRange(SortedRange.byScore(ScoreRange.closed(4, 4.5))));
    assertEquals(0, set().removeRange(SortedRange.byScore(ScoreRange.closed(5, 1))));
    assertEquals(0, set().removeRange(SortedRange.byScore(ScoreRange.greaterThan(5))));
    assertSet("k", "a 1", "b 2", "e 5");
    assertEquals(3, set().removeRange(SortedRange.byScore(ScoreRange.all())));
    assertFalse(set().exists());
  }

  @Test
  void removeRange_byMember_asInRedis() {
    sortedSet("k", "a 0", "b 0", "c 0", "d 0", "e 0");
    assertEquals(
        2, set().removeRange(SortedRange.byMember(MemberRange.closedOpen(of("b"), of("d")))));
    assertEquals(0, set().removeRange(SortedRange.byMember(MemberRange.open(of("d"), of("e")))));
    assertSet("k", "a 0", "d 0", "e 0");
    assertEquals(3, set().removeRange(SortedRange.byMember(MemberRange.all())));
    assertFalse(set().exists());
  }

  @Test
  void removeRange_reversedOrLimited_isRefused() {
    fill();
    SortedRange<E> all = SortedRange.byScore(ScoreRange.all());
    assertThrows(IllegalArgumentException.class, () -> set().removeRange(all.reversed()));
    assertThrows(IllegalArgumentException.class, () -> set().removeRange(all.limit(0, 1)));
    assertThrows(
        IllegalArgumentException.class, () -> set().removeRange(all.limit(1, Long.MAX_VALUE)));
    assertThrows(
        IllegalArgumentException.class,
        () -> set().removeRange(SortedRange.<E>byRank(0, 1).reversed()));
    assertEquals(5, set().size());
  }

  @Test
  void removeRange_large_leavesTheRest() {
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      String name = String.format(Locale.ROOT, "%04d", i);
      set().add(of(name), i);
      if (i < 10 || i > 900) {
        expected.add(name);
      }
    }
    assertEquals(891, set().removeRange(10, 900));
    assertEquals(expected, names(set().range(0, -1)));
    assertNull(set().score(of("0500")));
    assertEquals(10L, set().rank(of("0901")));
    assertTrue(set().add(of("0500"), 1.5));
    assertEquals(2L, set().rank(of("0500")));
  }

  @Test
  void pop_one_takesFromTheEnds() {
    fill();
    assertEquals("a 1", pair(set().popMin()));
    assertEquals("e 5", pair(set().popMax()));
    assertEquals("b 2", pair(set().popMin()));
    assertEquals("d 4", pair(set().popMax()));
    assertEquals("c 3", pair(set().popMax()));
    assertFalse(set().exists());
    assertNull(set().popMin());
    assertNull(set().popMax());
  }

  @Test
  void pop_equalScores_areTakenByBytes() {
    sortedSet("k", "b 1", "a 1", "c 1");
    assertEquals("c 1", pair(set().popMax()));
    assertEquals("a 1", pair(set().popMin()));
  }

  @Test
  void pop_many_areInOrderOfTaking() {
    fill();
    assertEquals(List.of("a 1", "b 2"), pairs(set().popMin(2)));
    assertEquals(List.of("e 5", "d 4"), pairs(set().popMax(2)));
    assertEquals(List.of(), pairs(set().popMin(0)));
    assertEquals(List.of(), pairs(set().popMax(0)));
    assertSet("k", "c 3");
    assertEquals(List.of("c 3"), pairs(set().popMin(Long.MAX_VALUE)));
    assertEquals(List.of(), pairs(set().popMin(5)));
    assertEquals(List.of(), pairs(set().popMax(Long.MAX_VALUE)));
    assertFalse(set().exists());
  }

  @Test
  void pop_badCount_isRefused() {
    fill();
    assertThrows(IllegalArgumentException.class, () -> set().popMin(-1));
    assertThrows(IllegalArgumentException.class, () -> set().popMax(Long.MIN_VALUE));
    for (long bad : new long[] {0, -1}) {
      assertThrows(IllegalArgumentException.class, () -> set().popMinOfAny(bad, List.of()));
      assertThrows(IllegalArgumentException.class, () -> set().popMaxOfAny(bad, List.of()));
    }
    assertEquals(5, set().size());
  }

  @Test
  void pop_large_keepsOrder() {
    for (int i = 0; i < 1000; i++) {
      set().add(of(String.format(Locale.ROOT, "%04d", i * 7 % 1000)), i * 7 % 1000);
    }
    List<Scored<E>> low = set().popMin(400);
    List<Scored<E>> high = set().popMax(400);
    for (int i = 0; i < 400; i++) {
      assertEquals(i, low.get(i).score());
      assertEquals(999 - i, high.get(i).score());
    }
    assertEquals(200, set().size());
    assertEquals("0400 400", pair(set().popMin()));
    assertEquals("0599 599", pair(set().popMax()));
  }

  private @Nullable String popped(@Nullable Popped<E> popped) {
    return popped == null
        ? null
        : popped.key().substring(key("").length()) + " " + pairs(popped.members());
  }

  @Test
  void popOfAny_firstThatHasSome_isTaken() {
    List<String> others = List.of(key("x"), key("y"), key("z"));
    assertNull(set().popMinOfAny(1, others));
    assertNull(set().popMaxOfAny(1, List.of()));
    sortedSet("y", "a 1", "b 2", "c 3");
    sortedSet("z", "d 1");
    assertEquals("y [a 1]", popped(set().popMinOfAny(1, others)));
    assertEquals("y [c 3, b 2]", popped(set().popMaxOfAny(9, others)));
    assertEquals("z [d 1]", popped(set().popMaxOfAny(Long.MAX_VALUE, others)));
    assertNull(set().popMinOfAny(1, others));
    sortedSet("k", "a 1", "b 2");
    sortedSet("x", "c 0");
    assertEquals("k [a 1, b 2]", popped(set().popMinOfAny(2, others)));
    assertEquals("x [c 0]", popped(set().popMinOfAny(2, others)));
    assertEquals(0, store.keys().size());
  }

  @Test
  void popOfAny_keyTwice_isTakenOnce() {
    sortedSet("k", "a 1", "b 2");
    assertEquals("k [a 1]", popped(set().popMinOfAny(1, List.of(key("k"), key("k")))));
    assertSet("k", "b 2");
  }

  @Test
  void popOfAny_wrongTypeBeforeTheFirst_isRefused() {
    value("x").set(of("a"));
    sortedSet("y", "a 1");
    assertThrows(WrongTypeException.class, () -> set().popMinOfAny(1, List.of(key("x"), key("y"))));
    assertEquals("y [a 1]", popped(set().popMinOfAny(1, List.of(key("y"), key("x")))));
  }
}
