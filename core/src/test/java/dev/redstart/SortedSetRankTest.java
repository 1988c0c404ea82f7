// SPDX-License-Identifier: Apache-2.0
package dev.redstart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Locale;
import org.junit.jupiter.api.Test;

/** The contract of {@link RSortedSet}: ranks and counts. */
class SortedSetRankTest<E> extends Contract<E> {
  private static final double INFINITY = Double.POSITIVE_INFINITY;

  private RSortedSet<E> set() {
    return sortedSet("k");
  }

  @Test
  void rank_eachMember_fromBothEnds() {
    sortedSet("k", "c 3", "a 1", "b 2", "d 3", "e inf", "f -inf");
    String[] order = {"f", "a", "b", "c", "d", "e"};
    for (int i = 0; i < order.length; i++) {
      E member = of(order[i]);
      assertEquals((long) i, set().rank(member));
      assertEquals(5L - i, set().reverseRank(member));
      double score = set().score(member);
      assertEquals(new Ranked(i, score), set().rankWithScore(member));
      assertEquals(new Ranked(5 - i, score), set().reverseRankWithScore(member));
    }
  }

  @Test
  void rank_missing_isNull() {
    for (int round = 0; round < 2; round++) {
      assertNull(set().rank(of("x")));
      assertNull(set().reverseRank(of("x")));
      assertNull(set().rankWithScore(of("x")));
      assertNull(set().reverseRankWithScore(of("x")));
      sortedSet("k", "a 1");
    }
  }

  @Test
  void rank_manyOfOneScore_followsTheBytes() {
    for (int i = 299; i >= 0; i--) {
      set().add(of(String.format(Locale.ROOT, "%03d", i)), 7);
    }
    for (int i = 0; i < 300; i++) {
      assertEquals((long) i, set().rank(of(String.format(Locale.ROOT, "%03d", i))));
    }
    set().add(of("150"), 6);
    assertEquals(0L, set().rank(of("150")));
    assertEquals(150L, set().rank(of("149")));
    assertEquals(151L, set().rank(of("151")));
  }

  @Test
  void count_byScore_isInclusive() {
    sortedSet("k", "a 1", "b 2", "c 2", "d 3", "e inf", "f -inf");
    assertEquals(3, set().count(2, 3));
    assertEquals(2, set().count(2, 2));
    assertEquals(6, set().count(-INFINITY, INFINITY));
    assertEquals(0, set().count(2.1, 2.9));
    assertEquals(0, set().count(3, 2));
    assertEquals(0, set().count(INFINITY, -INFINITY));
    assertEquals(1, set().count(INFINITY, INFINITY));
    assertEquals(1, set().count(-INFINITY, -INFINITY));
    assertEquals(0, sortedSet("x").count(-INFINITY, INFINITY));
  }

  @Test
  void count_eachKindOfRange_asInRedis() {
    sortedSet("k", "a 1", "b 2", "c 2", "d 3", "e inf", "f -inf");
    assertEquals(6, set().count(ScoreRange.all()));
    assertEquals(2, set().count(ScoreRange.open(1, 3)));
    assertEquals(3, set().count(ScoreRange.closedOpen(1, 3)));
    assertEquals(3, set().count(ScoreRange.openClosed(1, 3)));
    assertEquals(4, set().count(ScoreRange.closed(1, 3)));
    assertEquals(0, set().count(ScoreRange.open(2, 2)));
    assertEquals(0, set().count(ScoreRange.closedOpen(2, 2)));
    assertEquals(0, set().count(ScoreRange.openClosed(2, 2)));
    assertEquals(2, set().count(ScoreRange.atLeast(3)));
    assertEquals(1, set().count(ScoreRange.greaterThan(3)));
    assertEquals(4, set().count(ScoreRange.atMost(2)));
    assertEquals(2, set().count(ScoreRange.lessThan(2)));
    assertEquals(5, set().count(ScoreRange.lessThan(INFINITY)));
    assertEquals(5, set().count(ScoreRange.greaterThan(-INFINITY)));
    assertEquals(4, set().count(ScoreRange.open(-INFINITY, INFINITY)));
    assertEquals(0, set().count(ScoreRange.greaterThan(INFINITY)));
    assertEquals(0, set().count(ScoreRange.open(3, 1)));
  }

  @Test
  void count_endNaN_isRefused() {
    assertThrows(IllegalArgumentException.class, () -> set().count(Double.NaN, 1));
    assertThrows(IllegalArgumentException.class, () -> set().count(1, Double.NaN));
    assertThrows(IllegalArgumentException.class, () -> ScoreRange.atLeast(Double.NaN));
  }

  @Test
  void lexCount_eachKindOfRange_asInRedis() {
    sortedSet("k", "a 0", "aa 0", "b 0", "c 0", "d 0");
    assertEquals(5, set().lexCount(MemberRange.all()));
    assertEquals(3, set().lexCount(MemberRange.closed(of("aa"), of("c"))));
    assertEquals(1, set().lexCount(MemberRange.open(of("aa"), of("c"))));
    assertEquals(2, set().lexCount(MemberRange.closedOpen(of("aa"), of("c"))));
    assertEquals(2, set().lexCount(MemberRange.atLeast(of("c"))));
    assertEquals(1, set().lexCount(MemberRange.greaterThan(of("c"))));
    assertEquals(2, set().lexCount(MemberRange.atMost(of("aa"))));
    assertEquals(1, set().lexCount(MemberRange.lessThan(of("aa"))));
    assertEquals(2, set().lexCount(new MemberRange<>(of("aa"), false, of("c"), true)));
    assertEquals(0, set().lexCount(MemberRange.closed(of("c"), of("aa"))));
    assertEquals(0, set().lexCount(MemberRange.open(of("b"), of("b"))));
    assertEquals(1, set().lexCount(MemberRange.closed(of("b"), of("b"))));
    assertEquals(2, set().lexCount(MemberRange.closed(of(""), of("aaz"))));
    assertEquals(3, set().lexCount(MemberRange.atLeast(of("ab"))));
    assertEquals(0, sortedSet("x").lexCount(MemberRange.all()));
  }

  @Test
  void lexCount_large_isExact() {
    for (int i = 0; i < 1000; i++) {
      set().add(of(String.format(Locale.ROOT, "%04d", i)), 0);
    }
    assertEquals(500, set().lexCount(MemberRange.closedOpen(of("0250"), of("0750"))));
    assertEquals(1000, set().lexCount(MemberRange.all()));
    assertEquals(10, set().lexCount(MemberRange.closed(of("0990"), of("1"))));
  }
}
