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
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The contract of {@link RSortedSet}: adding, scores, increments. */
class SortedSetAddTest<E> extends Contract<E> {
  private static final double INFINITY = Double.POSITIVE_INFINITY;

  private RSortedSet<E> set() {
    return sortedSet("k");
  }

  private List<Scored<E>> scored(String... pairs) {
    List<Scored<E>> list = new ArrayList<>();
    for (String pair : pairs) {
      list.add(new Scored<>(of(memberOf(pair)), scoreOf(pair)));
    }
    return list;
  }

  private Map<E, Double> map(String... pairs) {
    Map<E, Double> map = new LinkedHashMap<>();
    for (String pair : pairs) {
      map.put(of(memberOf(pair)), scoreOf(pair));
    }
    return map;
  }

  @Test
  void add_newOrThere_tells() {
    assertTrue(set().add(of("a"), 1));
    assertFalse(set().add(of("a"), 2));
    assertFalse(set().add(of("a"), 2));
    assertTrue(set().add(of("b"), -1));
    assertSet("k", "b -1", "a 2");
    assertEquals(KeyType.SORTED_SET, store.keys().type(key("k")));
  }

  @Test
  void add_manyInACollection_counts() {
    assertEquals(3, set().add(scored("a 1", "b 2", "c 3")));
    assertEquals(1, set().add(scored("a 5", "d 4", "b 2")));
    assertSet("k", "b 2", "c 3", "d 4", "a 5");
  }

  @SuppressWarnings("unchecked") // the arrays are only read
  @Test
  void add_manyInAnArray_counts() {
    assertEquals(2, set().add(new Scored<>(of("a"), 1), new Scored<>(of("b"), 2)));
    assertEquals(1, set().add(new Scored<>(of("c"), 0), new Scored<>(of("b"), -2)));
    assertSet("k", "b -2", "c 0", "a 1");
    assertThrows(IllegalArgumentException.class, () -> sortedSet("x").add());
    Scored<E> bad = new Scored<>(of("d"), Double.NaN);
    assertThrows(IllegalArgumentException.class, () -> set().add(new Scored<>(of("d"), 1), bad));
    assertSet("k", "b -2", "c 0", "a 1");
  }

  @Test
  void add_manyInAMap_counts() {
    assertEquals(3, set().add(map("a 1", "b 2", "c 3")));
    assertEquals(1, set().add(map("a 5", "d 4", "b 2")));
    assertEquals(new AddResult(0, 1), set().add(map("a 6", "e 4"), AddCondition.PRESENT));
    assertSet("k", "b 2", "c 3", "d 4", "a 6");
  }

  @Test
  void add_memberTwice_lastScoreCounts() {
    assertEquals(new AddResult(1, 1), set().add(scored("a 1", "a 2"), AddCondition.ALWAYS));
    assertSet("k", "a 2");
    assertEquals(new AddResult(1, 0), set().add(scored("b 1", "b 2"), AddCondition.ABSENT));
    assertSet("k", "b 1", "a 2");
    assertEquals(new AddResult(0, 2), set().add(scored("b 5", "b 4", "b 6"), AddCondition.GREATER));
    assertSet("k", "a 2", "b 6");
  }

  @Test
  void add_nothing_isRefused() {
    assertThrows(IllegalArgumentException.class, () -> set().add(List.of()));
    assertThrows(IllegalArgumentException.class, () -> set().add(Map.of()));
    assertThrows(IllegalArgumentException.class, () -> set().add(List.of(), AddCondition.PRESENT));
    assertFalse(set().exists());
  }

  @Test
  void add_scoreNaN_isRefused() {
    double bad = Double.NaN;
    assertThrows(IllegalArgumentException.class, () -> set().add(of("a"), bad));
    sortedSet("k", "a 1");
    List<Scored<E>> some = List.of(new Scored<>(of("b"), 2.0), new Scored<>(of("c"), bad));
    assertThrows(IllegalArgumentException.class, () -> set().add(some));
    assertThrows(IllegalArgumentException.class, () -> set().add(Map.of(of("b"), bad)));
    assertThrows(IllegalArgumentException.class, () -> set().increment(of("a"), bad));
    assertThrows(IllegalArgumentException.class, () -> set().increment(of("b"), bad));
    assertThrows(
        IllegalArgumentException.class, () -> set().add(of("a"), bad, AddCondition.ABSENT));
    assertSet("k", "a 1");
  }

  @Test
  void add_infiniteScores_standAtTheEnds() {
    sortedSet("k", "a inf", "b 0", "c -inf", "d inf", "e -inf");
    assertSet("k", "c -inf", "e -inf", "b 0", "a inf", "d inf");
    assertEquals(INFINITY, set().score(of("a")));
    assertEquals(-INFINITY, set().score(of("c")));
  }

  @Test
  void add_extremeScores_keepTheirOrderAndValue() {
    double[] scores = {
      -Double.MAX_VALUE,
      -1e17,
      -1,
      -Double.MIN_NORMAL,
      -Double.MIN_VALUE,
      0,
      Double.MIN_VALUE,
      Double.MIN_NORMAL,
      0.1,
      1,
      Math.nextUp(1.0),
      9007199254740992.0,
      1e300,
      Double.MAX_VALUE
    };
    for (int i = scores.length - 1; i >= 0; i--) {
      assertTrue(set().add(of("m" + i), scores[i]));
    }
    for (int i = 0; i < scores.length; i++) {
      assertEquals((long) i, set().rank(of("m" + i)));
      assertEquals(scores[i], set().score(of("m" + i)));
    }
  }

  @Test
  void add_negativeZero_equalsZero() {
    sortedSet("k", "b 0");
    assertEquals(new AddResult(0, 0), set().add(of("b"), -0.0, AddCondition.ALWAYS));
    set().add(of("a"), -0.0);
    set().add(of("c"), -0.0);
    assertEquals(List.of("a", "b", "c"), names(set().range(0, -1)));
    assertEquals(3, set().count(0, 0));
    assertEquals(3, set().count(-0.0, -0.0));
  }

  @Test
  void add_equalScores_areOrderedByBytes() {
    sortedSet("k", "b 1", "a 1", "B 1", "ab 1", "aa 1", " 1", "~ 1", "Z 1");
    assertEquals(List.of("", "B", "Z", "a", "aa", "ab", "b", "~"), names(set().range(0, -1)));
  }

  @Test
  void add_emptyMember_isOne() {
    RSortedSet<String> text = store.sortedSet(key("k"));
    assertTrue(text.add("", 1));
    assertEquals(1.0, text.score(""));
    assertEquals(List.of(""), text.range(0, -1));
    assertTrue(text.remove(""));
    assertFalse(text.exists());
  }

  /** Tries a condition on a (5), b (5), c (missing) with the scores 6, 4 and 5. */
  private AddResult tried(AddCondition condition, String... expected) {
    store.keys().delete(key("k"));
    sortedSet("k", "a 5", "b 5", "d 5");
    AddResult result = set().add(scored("a 6", "b 4", "c 5", "d 5"), condition);
    assertSet("k", expected);
    return result;
  }

  @Test
  void add_eachCondition_asInRedis() {
    assertEquals(new AddResult(1, 2), tried(AddCondition.ALWAYS, "b 4", "c 5", "d 5", "a 6"));
    assertEquals(new AddResult(1, 0), tried(AddCondition.ABSENT, "a 5", "b 5", "c 5", "d 5"));
    assertEquals(new AddResult(0, 2), tried(AddCondition.PRESENT, "b 4", "d 5", "a 6"));
    assertEquals(new AddResult(1, 1), tried(AddCondition.GREATER, "b 5", "c 5", "d 5", "a 6"));
    assertEquals(new AddResult(1, 1), tried(AddCondition.LESS, "b 4", "a 5", "c 5", "d 5"));
    assertEquals(new AddResult(0, 1), tried(AddCondition.PRESENT_GREATER, "b 5", "d 5", "a 6"));
    assertEquals(new AddResult(0, 1), tried(AddCondition.PRESENT_LESS, "b 4", "a 5", "d 5"));
    assertEquals(3, new AddResult(1, 2).changed());
  }

  @Test
  void add_conditionOnMissingKey_createsOrNot() {
    for (AddCondition condition : AddCondition.values()) {
      store.keys().delete(key("k"));
      AddResult result = set().add(of("a"), 1, condition);
      assertEquals(condition.allowsNew() ? 1 : 0, result.added());
      assertEquals(0, result.updated());
      assertEquals(condition.allowsNew(), set().exists());
    }
  }

  @Test
  void increment_any_returnsTheSum() {
    assertEquals(2.5, set().increment(of("a"), 2.5));
    assertEquals(2, set().increment(of("a"), -0.5));
    assertEquals(2, set().increment(of("a"), 0));
    assertEquals(0, set().increment(of("b"), 0));
    assertEquals(INFINITY, set().increment(of("a"), INFINITY));
    assertSet("k", "b 0", "a inf");
  }

  @Test
  void increment_sumNotANumber_isRefused() {
    sortedSet("k", "a inf", "b -inf");
    for (AddCondition condition : AddCondition.values()) {
      if (condition != AddCondition.ABSENT) {
        StoreException refused =
            assertThrows(
                NumberOverflowException.class,
                () -> set().increment(of("a"), -INFINITY, condition));
        assertEquals("ERR", refused.code());
        assertThrows(
            NumberOverflowException.class, () -> set().increment(of("b"), INFINITY, condition));
      }
    }
    assertThrows(NumberOverflowException.class, () -> set().increment(of("a"), -INFINITY));
    assertNull(set().increment(of("a"), -INFINITY, AddCondition.ABSENT));
    assertSet("k", "b -inf", "a inf");
  }

  private @Nullable Double incremented(String name, double delta, AddCondition condition) {
    store.keys().delete(key("k"));
    sortedSet("k", "a 5");
    return set().increment(of(name), delta, condition);
  }

  @Test
  void increment_eachCondition_asInRedis() {
    assertEquals(6, incremented("a", 1, AddCondition.ALWAYS));
    assertNull(incremented("a", 1, AddCondition.ABSENT));
    assertEquals(6, incremented("a", 1, AddCondition.PRESENT));
    assertEquals(6, incremented("a", 1, AddCondition.GREATER));
    assertNull(incremented("a", -1, AddCondition.GREATER));
    assertNull(incremented("a", 0, AddCondition.GREATER));
    assertEquals(4, incremented("a", -1, AddCondition.LESS));
    assertNull(incremented("a", 1, AddCondition.LESS));
    assertEquals(6, incremented("a", 1, AddCondition.PRESENT_GREATER));
    assertNull(incremented("a", -1, AddCondition.PRESENT_GREATER));
    assertEquals(4, incremented("a", -1, AddCondition.PRESENT_LESS));
    assertNull(incremented("a", 0, AddCondition.PRESENT_LESS));
    assertSet("k", "a 5");
    for (AddCondition condition : AddCondition.values()) {
      Double sum = incremented("n", -7, condition);
      assertEquals(condition.allowsNew() ? -7.0 : null, sum);
      assertEquals(condition.allowsNew(), set().contains(of("n")));
    }
  }

  @Test
  void increment_missingKey_isNotCreatedByARefusal() {
    assertNull(set().increment(of("a"), 1, AddCondition.PRESENT));
    assertFalse(set().exists());
  }

  @Test
  void score_thereOrNot_isNullable() {
    assertNull(set().score(of("a")));
    sortedSet("k", "a 1.5");
    assertEquals(1.5, set().score(of("a")));
    assertNull(set().score(of("b")));
    assertTrue(set().contains(of("a")));
    assertFalse(set().contains(of("b")));
  }

  @SuppressWarnings("unchecked") // the arrays are only read
  @Test
  void scores_many_areInTheirOrder() {
    sortedSet("k", "a 1", "b 2", "c 3");
    assertEquals(
        Arrays.asList(3.0, null, 1.0, 3.0), set().scores(of("c"), of("x"), of("a"), of("c")));
    assertEquals(Arrays.asList(2.0), set().scores(List.of(of("b"))));
    assertEquals(Arrays.asList(null, null), sortedSet("x").scores(of("a"), of("b")));
  }

  @SuppressWarnings("unchecked") // there is no array
  @Test
  void scores_none_isRefused() {
    assertThrows(IllegalArgumentException.class, () -> set().scores());
    assertThrows(IllegalArgumentException.class, () -> set().scores(List.of()));
  }

  @Test
  void size_growing_crossesEveryThreshold() {
    set().expire(Duration.ofMinutes(1));
    for (int i = 0; i < 400; i++) {
      assertEquals(i, set().size());
      assertTrue(set().add(of(String.format(Locale.ROOT, "%04d", i * 7919 % 400)), i % 10));
    }
    assertEquals(400, set().size());
    for (int i = 0; i < 400; i++) {
      assertEquals(
          (double) (i % 10), set().score(of(String.format(Locale.ROOT, "%04d", i * 7919 % 400))));
    }
  }
}
