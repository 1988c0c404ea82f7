// SPDX-License-Identifier: Apache-2.0
package dev.redstart;

import static dev.redstart.Aggregate.MAX;
import static dev.redstart.Aggregate.MIN;
import static dev.redstart.Aggregate.SUM;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** The contract of {@link RSortedSet}: union, intersection, difference. */
class SortedSetAlgebraTest<E> extends Contract<E> {
  private static final double INFINITY = Double.POSITIVE_INFINITY;

  private RSortedSet<E> set() {
    return sortedSet("k");
  }

  private List<String> keys(String... names) {
    return Arrays.stream(names).map(this::key).toList();
  }

  private void fill() {
    sortedSet("k", "a 1", "b 2", "c 3");
    sortedSet("l", "b 10", "c 20", "d 30");
    sortedSet("m", "c 100", "a -7");
  }

  private List<String> union(List<String> keys, Aggregate aggregate, double... weights) {
    List<String> found = pairs(set().union(keys, aggregate, weights));
    assertEquals(found.size(), set().storeUnion(key("dest"), keys, aggregate, weights));
    assertSet("dest", found.toArray(String[]::new));
    return found;
  }

  private List<String> intersection(List<String> keys, Aggregate aggregate, double... weights) {
    List<String> found = pairs(set().intersect(keys, aggregate, weights));
    assertEquals(found.size(), set().storeIntersection(key("dest"), keys, aggregate, weights));
    assertSet("dest", found.toArray(String[]::new));
    assertEquals(found.size(), set().intersectSize(0, keys));
    return found;
  }

  private List<String> difference(String... names) {
    List<String> found = pairs(set().difference(keys(names)));
    assertEquals(found, pairs(set().difference(keys(names).toArray(String[]::new))));
    assertEquals(found.size(), set().storeDifference(key("dest"), keys(names)));
    assertSet("dest", found.toArray(String[]::new));
    return found;
  }

  @Test
  void union_sums_areInTheirOrder() {
    fill();
    assertEquals(List.of("a 1", "b 12", "c 23", "d 30"), pairs(set().union(key("l"))));
    assertEquals(List.of("a -6", "b 12", "d 30", "c 123"), union(keys("l", "m"), SUM));
    assertEquals(List.of("a 1", "b 2", "c 3"), pairs(set().union()));
    assertEquals(4, set().storeUnion(key("dest"), key("l"), key("m")));
    assertSet("dest", "a -6", "b 12", "d 30", "c 123");
  }

  @Test
  void union_aggregates_chooseTheScore() {
    fill();
    assertEquals(List.of("a -7", "b 2", "c 3", "d 30"), union(keys("l", "m"), MIN));
    assertEquals(List.of("a 1", "b 10", "d 30", "c 100"), union(keys("l", "m"), MAX));
  }

  @Test
  void union_weights_multiply() {
    fill();
    assertEquals(List.of("a 2", "b 34", "c 66", "d 90"), union(keys("l"), SUM, 2, 3));
    assertEquals(List.of("d -30", "c -20", "b -10", "a 1"), union(keys("l"), MIN, 1, -1));
    assertEquals(List.of("a 0", "b 0", "c 0", "d 0"), union(keys("l"), SUM, 0, 0));
    assertEquals(List.of("d 0", "a 0.5", "b 1", "c 1.5"), union(keys("l"), SUM, 0.5, 0));
  }

  @Test
  void union_missingAndRepeatedKeys_areSetsToo() {
    fill();
    assertEquals(List.of("a 1", "b 2", "c 3"), union(keys("x", "y"), SUM));
    assertEquals(List.of("a 2", "b 4", "c 6"), union(keys("k"), SUM));
    assertEquals(List.of("a 1", "b 2", "c 3"), union(keys("k", "k"), MAX));
    assertEquals(List.of(), pairs(sortedSet("x").union(key("y"))));
    assertEquals(List.of("a 1", "b 2", "c 3"), pairs(sortedSet("x").union(key("k"))));
  }

  @Test
  void union_infinities_neverGiveNaN() {
    sortedSet("k", "a inf", "b -inf", "c 0", "d 5");
    sortedSet("l", "a -inf", "b inf", "c inf", "d -inf");
    assertEquals(List.of("d -inf", "a 0", "b 0", "c inf"), union(keys("l"), SUM));
    assertEquals(List.of("a -inf", "b -inf", "d -inf", "c 0"), union(keys("l"), MIN));
    assertEquals(List.of("d 5", "a inf", "b inf", "c inf"), union(keys("l"), MAX));
    assertEquals(List.of("a -inf", "d -inf", "b inf", "c inf"), union(keys("l"), SUM, 0, 1));
  }

  @Test
  void intersect_all_keepsTheCommonOnes() {
    fill();
    assertEquals(List.of("b 12", "c 23"), pairs(set().intersect(key("l"))));
    assertEquals(List.of("c 123"), intersection(keys("l", "m"), SUM));
    assertEquals(List.of("c 3"), intersection(keys("l", "m"), MIN));
    assertEquals(List.of("c 100"), intersection(keys("l", "m"), MAX));
    assertEquals(List.of("c 333"), intersection(keys("l", "m"), SUM, 1, 1.5, 3));
    assertEquals(List.of("a 1", "b 2", "c 3"), intersection(keys(), SUM));
    assertEquals(List.of("a 2", "b 4", "c 6"), intersection(keys("k"), SUM));
    assertEquals(2, set().storeIntersection(key("dest"), key("l")));
    assertSet("dest", "b 12", "c 23");
  }

  @Test
  void intersect_missingKey_isEmpty() {
    fill();
    assertEquals(List.of(), intersection(keys("l", "x"), SUM));
    assertEquals(List.of(), pairs(sortedSet("x").intersect(key("k"))));
    assertEquals(0, sortedSet("x").intersectSize(key("k")));
  }

  @Test
  void intersect_infinities_neverGiveNaN() {
    sortedSet("k", "a inf", "b inf");
    sortedSet("l", "a -inf", "b inf");
    assertEquals(List.of("a 0", "b inf"), intersection(keys("l"), SUM));
    assertEquals(List.of("a -inf", "b inf"), intersection(keys("l"), SUM, 0, 1));
  }

  @Test
  void intersectSize_limit_stopsThere() {
    for (int i = 0; i < 300; i++) {
      sortedSet("k").add(of("m" + i), i);
      sortedSet("l").add(of("m" + (i + 100)), i);
    }
    assertEquals(200, set().intersectSize(key("l")));
    assertEquals(200, set().intersectSize(0, keys("l")));
    assertEquals(1, set().intersectSize(1, keys("l")));
    assertEquals(150, set().intersectSize(150, keys("l")));
    assertEquals(200, set().intersectSize(200, keys("l")));
    assertEquals(200, set().intersectSize(201, keys("l")));
    assertEquals(200, set().intersectSize(Long.MAX_VALUE, keys("l")));
    assertEquals(10, set().intersectSize(10, keys()));
    assertThrows(IllegalArgumentException.class, () -> set().intersectSize(-1, keys("l")));
  }

  @Test
  void difference_others_areTakenAway() {
    fill();
    assertEquals(List.of("a 1"), difference("l"));
    assertEquals(List.of("b 2"), difference("m"));
    assertEquals(List.of(), difference("l", "m"));
    assertEquals(List.of("a 1", "b 2", "c 3"), difference());
    assertEquals(List.of("a 1", "b 2", "c 3"), difference("x"));
    assertEquals(List.of(), difference("k"));
    assertEquals(List.of(), pairs(sortedSet("x").difference(key("k"))));
    assertEquals(1, set().storeDifference(key("dest"), key("l")));
  }

  @Test
  void store_destination_isReplaced() {
    fill();
    value("dest").set(of("x"), Duration.ofMinutes(1));
    assertEquals(4, set().storeUnion(key("dest"), key("l")));
    assertSet("dest", "a 1", "b 12", "c 23", "d 30");
    assertDeadline(null, "dest");
    sortedSet("dest").expire(Duration.ofMinutes(1));
    assertEquals(2, set().storeIntersection(key("dest"), key("l")));
    assertDeadline(null, "dest");
  }

  @Test
  void store_empty_removesTheDestination() {
    fill();
    value("dest").set(of("x"));
    assertEquals(0, sortedSet("x").storeUnion(key("dest"), key("y")));
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
    assertSet("k", "a 1", "b 12", "c 23", "d 30");
    assertEquals(3, set().storeIntersection(key("l"), keys("l"), MAX));
    assertSet("l", "b 12", "c 23", "d 30");
    assertEquals(1, set().storeDifference(key("k"), key("l")));
    assertSet("k", "a 1");
    assertEquals(0, set().storeDifference(key("k"), key("k")));
    assertFalse(set().exists());
  }

  @Test
  void weights_wrongNumberOrNaN_areRefused() {
    fill();
    for (double[] bad : new double[][] {{1}, {1, 2, 3}, {Double.NaN, 1}, {1, Double.NaN}}) {
      assertThrows(IllegalArgumentException.class, () -> set().union(keys("l"), SUM, bad));
      assertThrows(IllegalArgumentException.class, () -> set().intersect(keys("l"), SUM, bad));
      assertThrows(
          IllegalArgumentException.class, () -> set().storeUnion(key("dest"), keys("l"), SUM, bad));
      assertThrows(
          IllegalArgumentException.class,
          () -> set().storeIntersection(key("dest"), keys("l"), SUM, bad));
    }
    assertFalse(store.keys().exists(key("dest")));
    assertEquals(
        List.of("a -inf", "b -inf", "c -inf", "d -inf"),
        union(keys("l"), MIN, -INFINITY, -INFINITY));
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
    assertSet("k", "a 1", "b 2", "c 3");
  }

  @Test
  void large_sets_agreeWithSmallOnes() {
    for (int i = 0; i < 600; i++) {
      String name = String.format(Locale.ROOT, "%03d", i);
      if (i % 2 == 0) {
        sortedSet("k").add(of(name), i);
      }
      if (i % 3 == 0) {
        sortedSet("l").add(of(name), 1000);
      }
    }
    assertEquals(400, set().union(key("l")).size());
    assertEquals(100, set().intersect(key("l")).size());
    assertEquals(200, set().difference(key("l")).size());
    assertEquals(400, set().storeUnion(key("dest"), key("l")));
    assertEquals(1300.0, sortedSet("dest").score(of("300")));
    assertEquals("598 598", pair(sortedSet("dest").rangeWithScores(199, 199).get(0)));
    assertEquals(100, set().storeIntersection(key("dest"), keys("l"), MAX, 1, 0.25));
    assertEquals("000 250", pair(sortedSet("dest").popMin()));
    assertEquals("594 594", pair(sortedSet("dest").popMax()));
  }
}
