// SPDX-License-Identifier: Apache-2.0
package dev.redstart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The contract of {@link RList}: reading by index, and searching. */
class ListReadTest<E> extends Contract<E> {
  private static final PositionOptions LEFT = PositionOptions.fromLeft();
  private static final PositionOptions RIGHT = PositionOptions.fromRight();

  private RList<E> list() {
    return list("k");
  }

  private void assertRange(long start, long stop, String... expected) {
    assertEquals(List.of(expected), names(list().range(start, stop)));
  }

  @Test
  void range_ends_asInRedis() {
    assertRange(0, -1);
    list("k", "a", "b", "c", "d");
    assertRange(0, -1, "a", "b", "c", "d");
    assertRange(1, 2, "b", "c");
    assertRange(-2, -1, "c", "d");
    assertRange(-2, 2, "c");
    assertRange(-100, 0, "a");
    assertRange(3, 100, "d");
    assertRange(4, 100);
    assertRange(2, 1);
    assertRange(-1, -2);
    assertRange(0, -5);
    assertRange(Long.MIN_VALUE, Long.MAX_VALUE, "a", "b", "c", "d");
    assertRange(Long.MAX_VALUE, Long.MIN_VALUE);
    assertRange(Long.MIN_VALUE, Long.MIN_VALUE);
    assertRange(Long.MAX_VALUE, Long.MAX_VALUE);
  }

  @Test
  void get_eachIndex_asInRedis() {
    list("k", "a", "b", "c");
    assertValue("a", list().get(0));
    assertValue("c", list().get(2));
    assertValue("c", list().get(-1));
    assertValue("a", list().get(-3));
    for (long bad : new long[] {3, -4, Long.MAX_VALUE, Long.MIN_VALUE}) {
      assertNull(list().get(bad));
    }
  }

  @Test
  void indexOf_ranks_asInRedis() {
    assertNull(list().indexOf(of("a")));
    list("k", "a", "b", "c", "1", "2", "3", "c", "c");
    assertEquals(2L, list().indexOf(of("c")));
    assertNull(list().indexOf(of("x")));
    assertEquals(6L, list().indexOf(of("c"), LEFT.withRank(2)));
    assertEquals(7L, list().indexOf(of("c"), LEFT.withRank(3)));
    assertNull(list().indexOf(of("c"), LEFT.withRank(4)));
    assertEquals(7L, list().indexOf(of("c"), RIGHT));
    assertEquals(6L, list().indexOf(of("c"), RIGHT.withRank(-2)));
    assertNull(list().indexOf(of("c"), LEFT.withRank(Long.MAX_VALUE)));
    assertNull(list().indexOf(of("c"), LEFT.withRank(-Long.MAX_VALUE)));
  }

  @Test
  void indexOf_maxLength_looksNoFurther() {
    list("k", "a", "b", "c", "d");
    assertNull(list().indexOf(of("c"), LEFT.withMaxLength(2)));
    assertEquals(2L, list().indexOf(of("c"), LEFT.withMaxLength(3)));
    assertNull(list().indexOf(of("c"), RIGHT.withMaxLength(1)));
    assertEquals(2L, list().indexOf(of("c"), RIGHT.withMaxLength(2)));
    assertEquals(2L, list().indexOf(of("c"), RIGHT.withMaxLength(Long.MAX_VALUE)));
  }

  @Test
  void indexesOf_counts_asInRedis() {
    assertEquals(List.of(), list().indexesOf(of("a"), 0, LEFT));
    list("k", "a", "b", "a", "c", "a");
    assertEquals(List.of(0L, 2L, 4L), list().indexesOf(of("a"), 0, LEFT));
    assertEquals(List.of(0L, 2L), list().indexesOf(of("a"), 2, LEFT));
    assertEquals(List.of(4L, 2L, 0L), list().indexesOf(of("a"), 9, RIGHT));
    assertEquals(List.of(2L, 0L), list().indexesOf(of("a"), 0, RIGHT.withRank(-2)));
    assertEquals(List.of(2L), list().indexesOf(of("a"), 0, LEFT.withRank(2).withMaxLength(4)));
    assertEquals(List.of(), list().indexesOf(of("x"), 0, LEFT));
  }

  @Test
  void positions_badOptions_areRefused() {
    assertThrows(IllegalArgumentException.class, () -> LEFT.withRank(0));
    assertThrows(IllegalArgumentException.class, () -> LEFT.withRank(Long.MIN_VALUE));
    assertThrows(IllegalArgumentException.class, () -> LEFT.withMaxLength(-1));
    list("k", "a");
    assertThrows(IllegalArgumentException.class, () -> list().indexesOf(of("a"), -1, LEFT));
  }

  @Test
  void read_largeList_isLikeASmallOne() {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < 2000; i++) {
      names.add("e" + i % 600);
    }
    list().pushRight(names.stream().map(this::of).toList());
    assertRange(100, 1799, names.subList(100, 1800).toArray(String[]::new));
    assertRange(-5, -4, "e195", "e196");
    assertEquals(List.of(599L, 1199L, 1799L), list().indexesOf(of("e599"), 0, LEFT));
    assertEquals(1799L, list().indexOf(of("e599"), RIGHT));
    assertNull(list().indexOf(of("e599"), RIGHT.withMaxLength(200)));
    assertEquals(1999L, list().indexOf(of("e199"), RIGHT));
  }
}
