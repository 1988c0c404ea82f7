// SPDX-License-Identifier: Apache-2.0
package dev.redstart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * The contract of {@link RSet}: union, intersection, difference; and sets in that of sorted sets.
 */
class SetAlgebraTest<E> extends Contract<E> {
  private RSet<E> set() {
    return set("k");
  }

  private List<String> keys(String... names) {
    List<String> keys = new ArrayList<>();
    for (String name : names) {
      keys.add(key(name));
    }
    return keys;
  }

  private void fill() {
    set("k", "a", "b", "c");
    set("l", "b", "c", "d");
    set("m", "c", "e");
  }

  private static Set<String> setOf(List<String> names) {
    return new TreeSet<>(names);
  }

  private Set<String> union(String... others) {
    return sortedNames(set().union(keys(others)));
  }

  private Set<String> intersection(String... others) {
    return sortedNames(set().intersect(keys(others)));
  }

  private Set<String> difference(String... others) {
    return sortedNames(set().difference(keys(others)));
  }

  @Test
  void union_some_isOfAllMembers() {
    fill();
    assertEquals(setOf(List.of("a", "b", "c", "d")), union("l"));
    assertEquals(setOf(List.of("a", "b", "c", "d", "e")), union("l", "m", "x", "k"));
    assertEquals(setOf(List.of("a", "b", "c")), union());
    assertEquals(setOf(List.of()), sortedNames(set("x").union(key("y"))));
    assertEquals(setOf(List.of("c", "e")), sortedNames(set("x").union(key("m"), key("m"))));
    assertMembers("k", "a", "b", "c");
  }

  @Test
  void intersect_some_isOfCommonMembers() {
    fill();
    assertEquals(setOf(List.of("b", "c")), intersection("l"));
    assertEquals(setOf(List.of("c")), intersection("l", "m"));
    assertEquals(setOf(List.of("a", "b", "c")), intersection());
    assertEquals(setOf(List.of("a", "b", "c")), intersection("k", "k"));
    assertEquals(setOf(List.of()), intersection("l", "x"));
    assertEquals(setOf(List.of()), sortedNames(set("x").intersect(key("k"))));
  }

  @Test
  void difference_others_areTakenAway() {
    fill();
    assertEquals(setOf(List.of("a")), difference("l"));
    assertEquals(setOf(List.of("a", "b")), difference("m"));
    assertEquals(setOf(List.of("a")), difference("m", "x", "l"));
    assertEquals(setOf(List.of("a", "b", "c")), difference());
    assertEquals(setOf(List.of()), difference("k"));
    assertEquals(setOf(List.of()), sortedNames(set("x").difference(key("k"))));
  }

  @Test
  void intersectSize_limit_stopsThere() {
    for (int i = 0; i < 700; i++) {
      set().add(of("m" + i));
      set("l").add(of("m" + (i + 100)));
    }
    assertEquals(600, set().intersectSize(key("l")));
    assertEquals(600, set().intersectSize(0, keys("l")));
    assertEquals(1, set().intersectSize(1, keys("l")));
    assertEquals(600, set().intersectSize(600, keys("l")));
    assertEquals(600, set().intersectSize(601, keys("l")));
    assertEquals(10, set().intersectSize(10, keys()));
    assertEquals(700, set().intersectSize());
    assertEquals(0, set().intersectSize(key("x")));
    assertThrows(IllegalArgumentException.class, () -> set().intersectSize(-1, keys("l")));
  }

  @Test
  void store_destination_isReplaced() {
    fill();
    value("dest").set(of("x"), Duration.ofMinutes(1));
    assertEquals(4, set().storeUnion(key("dest"), key("l")));
    assertMembers("dest", "a", "b", "c", "d");
    assertDeadline(null, "dest");
    set("dest").expire(Duration.ofMinutes(1));
    assertEquals(2, set().storeIntersection(key("dest"), key("l")));
    assertMembers("dest", "b", "c");
    assertDeadline(null, "dest");
    assertEquals(1, set().storeDifference(key("dest"), key("l")));
    assertMembers("dest", "a");
  }

  @Test
  void store_empty_removesTheDestination() {
    fill();
    value("dest").set(of("x"));
    assertEquals(0, set("x").storeUnion(key("dest"), key("y")));
    assertFalse(store.keys().exists(key("dest")));
    value("dest").set(of("x"));
    assertEquals(0, set().storeIntersection(key("dest"), key("x")));
    assertFalse(store.keys().exists(key("dest")));
    value("dest").set(of("x"));
    assertEquals(0, set().storeDifference(key("dest"), key("k")));
    assertFalse(store.keys().exists(key("dest")));
    assertEquals(0, set().storeDifference(key("dest"), key("k")));
  }

  @Test
  void store_overASource_usesTheOldContent() {
    fill();
    assertEquals(4, set().storeUnion(key("k"), key("l")));
    assertMembers("k", "a", "b", "c", "d");
    assertEquals(1, set().storeIntersection(key("m"), key("m")));
    assertMembers("m", "c");
    assertEquals(3, set().storeDifference(key("k"), key("m")));
    assertMembers("k", "a", "b", "d");
    assertEquals(0, set().storeDifference(key("k"), key("k")));
    assertFalse(set().exists());
  }

  @Test
  void wrongType_anySource_isRefused() {
    fill();
    value("s").set(of("x"));
    value("dest").set(of("y"));
    assertThrows(WrongTypeException.class, () -> set().union(key("l"), key("s")));
    assertThrows(WrongTypeException.class, () -> set().intersect(key("x"), key("s")));
    assertThrows(WrongTypeException.class, () -> set().intersectSize(key("s")));
    assertThrows(WrongTypeException.class, () -> set().difference(key("s")));
    assertThrows(WrongTypeException.class, () -> set().storeUnion(key("dest"), key("s")));
    assertThrows(WrongTypeException.class, () -> set().storeIntersection(key("dest"), key("s")));
    assertThrows(WrongTypeException.class, () -> set().storeDifference(key("dest"), key("s")));
    assertValue("y", value("dest").get());
  }

  /** Sets of every size with every other, beside plain Java ones. */
  @Test
  void algebra_ofEachSize_agreesWithTreeSets() {
    SplittableRandom random = new SplittableRandom(11);
    int[] sizes = {1, 60, 400, 1_500};
    for (int size : sizes) {
      for (int other : sizes) {
        store.keys().delete(keys("k", "l", "dest"));
        Set<String> first = fill("k", size, random);
        Set<String> second = fill("l", other, random);
        Set<String> expected = new TreeSet<>(first);
        expected.addAll(second);
        assertEquals(expected, union("l"));
        assertEquals(expected.size(), set().storeUnion(key("dest"), key("l")));
        assertEquals(expected, sortedNames(set("dest").members()));
        set("dest").add(of("new")); // what was stored shares nothing that is changed
        expected.retainAll(first);
        expected.retainAll(second);
        assertEquals(expected, intersection("l"));
        assertEquals(expected.size(), set().intersectSize(key("l")));
        assertEquals(expected.size(), set().storeIntersection(key("dest"), key("l")));
        assertEquals(expected, sortedNames(set("dest").members()));
        expected = new TreeSet<>(first);
        expected.removeAll(second);
        assertEquals(expected, difference("l"));
        assertEquals(expected.size(), set().storeDifference(key("dest"), key("l")));
        assertEquals(expected, sortedNames(set("dest").members()));
        assertEquals(first, sortedNames(set().members()));
        assertEquals(second, sortedNames(set("l").members()));
      }
    }
  }

  private Set<String> fill(String name, int size, SplittableRandom random) {
    Set<String> names = new TreeSet<>();
    List<E> members = new ArrayList<>();
    while (names.size() < size) {
      String member = String.format(Locale.ROOT, "%04d", random.nextInt(2 * size));
      if (names.add(member)) {
        members.add(of(member));
      }
    }
    set(name).add(members);
    return names;
  }

  // Sets among the sources of a sorted set's algebra, as if all scores were 1.

  @Test
  void sortedUnion_ofSets_scoresThemOne() {
    fill();
    sortedSet("z", "a 5", "b -2", "x inf");
    assertEquals(List.of("b -1", "c 1", "a 6", "x inf"), pairs(sortedSet("z").union(key("k"))));
    assertEquals(
        List.of("e -1", "b 0", "c 3", "d 4", "a 10", "x inf"),
        pairs(sortedSet("z").union(keys("k", "l", "m"), Aggregate.SUM, 2, 0, 4, -1)));
    assertEquals(List.of("a 1", "b 1", "c 1"), pairs(sortedSet("k").union()));
    assertEquals(List.of("a 1", "d 1", "b 2", "c 2"), pairs(sortedSet("k").union(key("l"))));
  }

  @Test
  void sortedIntersection_ofSets_scoresThemOne() {
    fill();
    sortedSet("z", "b 5", "c -2", "x 1");
    assertEquals(List.of("c -1", "b 6"), pairs(sortedSet("z").intersect(key("k"))));
    assertEquals(List.of("c -1", "b 6"), pairs(sortedSet("k").intersect(key("z"))));
    assertEquals(
        List.of("c 2.5"),
        pairs(sortedSet("m").intersect(keys("k", "l"), Aggregate.MAX, 0.5, 2.5, -1)));
    assertEquals(2, sortedSet("z").intersectSize(key("k")));
    assertEquals(1, sortedSet("z").intersectSize(1, keys("k", "l")));
    assertEquals(2, sortedSet("k").intersectSize(key("l")));
    assertEquals(1, sortedSet("k").intersectSize(1, keys("l")));
    assertEquals(0, sortedSet("x").intersectSize(key("l")));
    assertEquals(2, sortedSet("k").storeIntersection(key("dest"), key("l")));
    assertSet("dest", "b 2", "c 2");
  }

  @Test
  void sortedDifference_ofSets_isInOrder() {
    sortedSet("z", "b 5", "c -2", "x 1");
    for (int i = 0; i < 300; i++) {
      set("k").add(of(String.format(Locale.ROOT, "%03d", 299 - i)));
    }
    set("m", "c");
    assertEquals(List.of("x 1", "b 5"), pairs(sortedSet("z").difference(key("m"))));
    assertEquals(300, sortedSet("k").difference(key("z")).size());
    assertEquals("000 1", pair(sortedSet("k").difference(key("z")).get(0)));
    assertEquals(300, sortedSet("k").storeDifference(key("dest"), key("z")));
    assertEquals(123L, sortedSet("dest").rank(of("123")));
  }

  @Test
  void sortedUnion_ofLargeSets_agreesWithSmallOnes() {
    for (int i = 0; i < 3_000; i++) {
      set("k").add(of("m" + i));
      set("l").add(of("m" + (i + 1_000)));
    }
    assertEquals(4_000, sortedSet("k").storeUnion(key("dest"), key("l")));
    assertEquals(2_000, sortedSet("dest").count(2, 2));
    assertEquals(2.0, sortedSet("dest").score(of("m1000")));
    assertEquals(1.0, sortedSet("dest").score(of("m999")));
  }

  @Test
  void sortedSet_ofASet_isRefusedOtherwise() {
    fill();
    assertThrows(WrongTypeException.class, () -> sortedSet("k").range(0, -1));
    assertThrows(
        WrongTypeException.class,
        () -> sortedSet("k").storeRange(key("dest"), SortedRange.byRank(0, -1)));
    assertThrows(WrongTypeException.class, () -> sortedSet("k").popMin());
    assertThrows(WrongTypeException.class, () -> sortedSet("k").popMinOfAny(1, keys("l")));
  }
}
