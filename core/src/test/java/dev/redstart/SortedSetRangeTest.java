// SPDX-License-Identifier: Apache-2.0
package dev.redstart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** The contract of {@link RSortedSet}: ranges, read and stored. */
class SortedSetRangeTest<E> extends Contract<E> {
  private static final double INFINITY = Double.POSITIVE_INFINITY;

  private RSortedSet<E> set() {
    return sortedSet("k");
  }

  private void fill() {
    sortedSet("k", "a 1", "b 2", "c 2", "d 3", "e inf", "f -inf");
  }

  private String read(SortedRange<E> range) {
    List<String> members = names(set().range(range));
    List<String> withScores = new ArrayList<>();
    set().rangeWithScores(range).forEach(each -> withScores.add(name(each.member())));
    assertEquals(members, withScores);
    return String.join("", members);
  }

  private String ranks(long start, long stop) {
    String forward = String.join("", names(set().range(start, stop)));
    assertEquals(forward, read(SortedRange.byRank(start, stop)));
    return forward;
  }

  private String scores(ScoreRange range) {
    String forward = String.join("", names(set().rangeByScore(range)));
    assertEquals(forward, read(SortedRange.byScore(range)));
    assertEquals(forward.length(), set().count(range));
    StringBuilder reversed = new StringBuilder(forward).reverse();
    assertEquals(reversed.toString(), read(SortedRange.<E>byScore(range).reversed()));
    return forward;
  }

  private String lex(MemberRange<E> range) {
    String forward = String.join("", names(set().rangeByMember(range)));
    assertEquals(forward, read(SortedRange.byMember(range)));
    StringBuilder reversed = new StringBuilder(forward).reverse();
    assertEquals(reversed.toString(), read(SortedRange.byMember(range).reversed()));
    return forward;
  }

  @Test
  void range_byRank_negativeCountsFromTheEnd() {
    fill();
    assertEquals("fabcde", ranks(0, -1));
    assertEquals("ab", ranks(1, 2));
    assertEquals("de", ranks(-2, -1));
    assertEquals("fabcd", ranks(0, -2));
    assertEquals("e", ranks(5, 100));
    assertEquals("f", ranks(-100, 0));
    assertEquals("", ranks(6, 7));
    assertEquals("", ranks(3, 2));
    assertEquals("", ranks(-1, -2));
    assertEquals("", ranks(-100, -7));
    assertEquals("f", ranks(-100, -6));
    assertEquals("fabcde", ranks(Long.MIN_VALUE, Long.MAX_VALUE));
    assertEquals("", ranks(Long.MAX_VALUE, Long.MIN_VALUE));
    assertEquals("", ranks(Long.MAX_VALUE, Long.MAX_VALUE));
    assertEquals("", ranks(Long.MIN_VALUE, Long.MIN_VALUE));
  }

  @Test
  void range_missingKey_isEmpty() {
    assertEquals("", ranks(0, -1));
    assertEquals("", scores(ScoreRange.all()));
    assertEquals("", lex(MemberRange.all()));
    assertEquals(List.of(), set().reverseRange(0, -1));
    assertEquals(0, set().storeRange(key("d"), SortedRange.byRank(0, -1)));
  }

  @Test
  void range_withScores_hasThem() {
    fill();
    assertEquals(List.of("a 1", "b 2"), pairs(set().rangeWithScores(1, 2)));
    assertEquals(List.of("d 3", "c 2"), pairs(set().reverseRangeWithScores(1, 2)));
    assertEquals(List.of("e inf"), pairs(set().reverseRangeWithScores(0, 0)));
  }

  @Test
  void reverseRange_byRank_countsFromTheHighest() {
    fill();
    assertEquals(List.of("e", "d", "c", "b", "a", "f"), names(set().reverseRange(0, -1)));
    assertEquals(List.of("d", "c"), names(set().reverseRange(1, 2)));
    assertEquals(List.of("a", "f"), names(set().reverseRange(-2, -1)));
    assertEquals(List.of(), names(set().reverseRange(6, 9)));
  }

  @Test
  void range_eachPairOfRanks_isASubList() {
    fill();
    List<String> all = names(set().range(0, -1));
    List<String> back = new ArrayList<>(all);
    Collections.reverse(back);
    for (int start = -8; start <= 8; start++) {
      for (int stop = -8; stop <= 8; stop++) {
        int from = Math.max(0, start < 0 ? start + 6 : start);
        int to = Math.min(5, stop < 0 ? stop + 6 : stop);
        boolean none = from > to;
        assertEquals(none ? List.of() : all.subList(from, to + 1), names(set().range(start, stop)));
        assertEquals(
            none ? List.of() : back.subList(from, to + 1), names(set().reverseRange(start, stop)));
      }
    }
  }

  @Test
  void range_byScore_endsAreInOrOut() {
    fill();
    assertEquals("abcd", scores(ScoreRange.closed(1, 3)));
    assertEquals("bc", scores(ScoreRange.open(1, 3)));
    assertEquals("abc", scores(ScoreRange.closedOpen(1, 3)));
    assertEquals("bcd", scores(ScoreRange.openClosed(1, 3)));
    assertEquals("fabcde", scores(ScoreRange.all()));
    assertEquals("abcd", scores(ScoreRange.open(-INFINITY, INFINITY)));
    assertEquals("de", scores(ScoreRange.atLeast(3)));
    assertEquals("e", scores(ScoreRange.greaterThan(3)));
    assertEquals("fa", scores(ScoreRange.atMost(1)));
    assertEquals("f", scores(ScoreRange.lessThan(1)));
    assertEquals("", scores(ScoreRange.closed(3, 1)));
    assertEquals("", scores(ScoreRange.open(2, 2)));
    assertEquals("", scores(ScoreRange.closed(2.5, 2.9)));
    assertEquals(List.of("b", "c", "d"), names(set().rangeByScore(2, 3)));
    assertThrows(IllegalArgumentException.class, () -> set().rangeByScore(Double.NaN, 3));
  }

  @Test
  void range_byScoreLimited_skipsAndStops() {
    fill();
    SortedRange<E> all = SortedRange.byScore(ScoreRange.all());
    assertEquals("ab", read(all.limit(1, 2)));
    assertEquals("", read(all.limit(1, 0)));
    assertEquals("", read(all.limit(6, 5)));
    assertEquals("", read(all.limit(Long.MAX_VALUE, Long.MAX_VALUE)));
    assertEquals("e", read(all.limit(5, Long.MAX_VALUE)));
    assertEquals("fabcde", read(all.limit(0, Long.MAX_VALUE)));
    assertEquals("dc", read(all.reversed().limit(1, 2)));
    assertEquals("dc", read(all.limit(1, 2).reversed()));
    assertEquals("f", read(all.reversed().limit(5, 9)));
    assertEquals("c", read(SortedRange.<E>byScore(ScoreRange.closed(2, 3)).limit(1, 1)));
    assertEquals("b", read(SortedRange.<E>byScore(ScoreRange.closed(2, 3)).reversed().limit(2, 1)));
  }

  @Test
  void range_badLimits_areRefused() {
    SortedRange<E> all = SortedRange.byScore(ScoreRange.all());
    assertThrows(IllegalArgumentException.class, () -> all.limit(-1, 5));
    assertThrows(IllegalArgumentException.class, () -> all.limit(0, -1));
    assertThrows(IllegalArgumentException.class, () -> SortedRange.byRank(0, 1).limit(0, 5));
    assertThrows(IllegalArgumentException.class, () -> SortedRange.byRank(0, 1).limit(1, 5));
  }

  @Test
  void range_byMember_endsAreInOrOut() {
    sortedSet("k", "a 0", "b 0", "c 0", "d 0", "e 0");
    assertEquals("abcde", lex(MemberRange.all()));
    assertEquals("bcd", lex(MemberRange.closed(of("b"), of("d"))));
    assertEquals("c", lex(MemberRange.open(of("b"), of("d"))));
    assertEquals("bc", lex(MemberRange.closedOpen(of("b"), of("d"))));
    assertEquals("de", lex(MemberRange.atLeast(of("d"))));
    assertEquals("e", lex(MemberRange.greaterThan(of("d"))));
    assertEquals("ab", lex(MemberRange.atMost(of("b"))));
    assertEquals("a", lex(MemberRange.lessThan(of("b"))));
    assertEquals("bc", lex(MemberRange.closed(of("aa"), of("cz"))));
    assertEquals("", lex(MemberRange.closed(of("d"), of("b"))));
    assertEquals("", lex(MemberRange.greaterThan(of("z"))));
    assertEquals("", lex(MemberRange.lessThan(of(""))));
    assertEquals("bc", read(SortedRange.<E>byMember(MemberRange.all()).limit(1, 2)));
    assertEquals("dc", read(SortedRange.<E>byMember(MemberRange.all()).reversed().limit(1, 2)));
  }

  @Test
  void range_long_isWhole() {
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 1500; i++) {
      String name = String.format(Locale.ROOT, "%04d", i);
      set().add(of(name), Math.floor(i / 3.0));
      expected.add(name);
    }
    assertEquals(expected, names(set().range(0, -1)));
    assertEquals(expected.subList(100, 1301), names(set().range(100, 1300)));
    assertEquals(
        expected.subList(300, 1200), names(set().rangeByScore(ScoreRange.closedOpen(100, 400))));
    Collections.reverse(expected);
    assertEquals(expected, names(set().reverseRange(0, -1)));
    assertEquals(expected.subList(10, 20), names(set().reverseRange(10, 19)));
  }

  @Test
  void storeRange_some_replacesTheDestination() {
    fill();
    value("d").set(of("x"), Duration.ofMinutes(1));
    assertEquals(2, set().storeRange(key("d"), SortedRange.byRank(1, 2)));
    assertSet("d", "a 1", "b 2");
    assertDeadline(null, "d");
    assertEquals(2, set().storeRange(key("d"), SortedRange.<E>byRank(0, 1).reversed()));
    assertSet("d", "d 3", "e inf");
    SortedRange<E> limited = SortedRange.<E>byScore(ScoreRange.closed(1, 3)).limit(1, 2);
    assertEquals(2, set().storeRange(key("d"), limited));
    assertSet("d", "b 2", "c 2");
    assertEquals(2, set().storeRange(key("d"), limited.reversed()));
    assertSet("d", "b 2", "c 2");
  }

  @Test
  void storeRange_byMember_stores() {
    sortedSet("k", "a 0", "b 0", "c 0");
    SortedRange<E> range = SortedRange.byMember(MemberRange.greaterThan(of("a")));
    assertEquals(2, set().storeRange(key("d"), range));
    assertSet("d", "b 0", "c 0");
  }

  @Test
  void storeRange_empty_removesTheDestination() {
    fill();
    value("d").set(of("x"));
    assertEquals(0, set().storeRange(key("d"), SortedRange.byScore(ScoreRange.open(2, 2))));
    assertFalse(store.keys().exists(key("d")));
    value("d").set(of("x"));
    assertEquals(0, sortedSet("none").storeRange(key("d"), SortedRange.byRank(0, -1)));
    assertFalse(store.keys().exists(key("d")));
  }

  @Test
  void storeRange_overItself_keepsThePart() {
    fill();
    set().expire(Duration.ofMinutes(1));
    assertEquals(2, set().storeRange(key("k"), SortedRange.byScore(ScoreRange.closed(2, 2))));
    assertSet("k", "b 2", "c 2");
    assertDeadline(null, "k");
    assertEquals(0, set().storeRange(key("k"), SortedRange.byScore(ScoreRange.closed(5, 6))));
    assertFalse(set().exists());
  }

  @Test
  void storeRange_large_isIndependent() {
    for (int i = 0; i < 600; i++) {
      set().add(of(String.format(Locale.ROOT, "%04d", i)), i);
    }
    assertEquals(500, set().storeRange(key("d"), SortedRange.byRank(100, -1)));
    sortedSet("d").add(of("0300"), -1);
    assertEquals(300L, set().rank(of("0300")));
    assertEquals(0L, sortedSet("d").rank(of("0300")));
    assertEquals(500, sortedSet("d").size());
  }
}
