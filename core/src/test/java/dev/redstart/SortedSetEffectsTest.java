// SPDX-License-Identifier: Apache-2.0
package dev.redstart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redstart.spi.Effect;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What writes of {@link RSortedSet} record. */
class SortedSetEffectsTest extends EffectsContract {
  private static final Duration LONG = Duration.ofHours(1);

  private final RSortedSet<String> set = store.sortedSet("z");

  private void fill(String key, String... members) {
    for (int i = 0; i < members.length; i++) {
      store.sortedSet(key).add(members[i], i + 1);
    }
    prepared();
  }

  @Test
  void add_eachCase_recordsWhatChanged() {
    assertTrue(set.add("a", 1.5));
    assertEffects("ZADD z 1.5 a -> n new z, z zadd z");
    List<Scored<String>> some =
        List.of(new Scored<>("a", 1.5), new Scored<>("b", -0.0), new Scored<>("c", 1 / 0.0));
    assertEquals(2, set.add(some));
    assertEffects("ZADD z -0 b inf c -> z zadd z");
    assertEquals(0, set.add(some));
    assertEquals(0, set.add("b", 0.0, AddCondition.ALWAYS).changed());
    assertNothingRecorded();
    assertFalse(set.add("a", 1e100));
    assertEffects("ZADD z 1e+100 a -> z zadd z");
  }

  @Test
  void add_conditions_recordWhatChanged() {
    assertEquals(0, set.add("a", 1, AddCondition.PRESENT).changed());
    assertNothingRecorded();
    fill("z", "a", "b");
    set.add(List.of(new Scored<>("a", 0.0), new Scored<>("b", 5.0)), AddCondition.GREATER);
    assertEffects("ZADD z 5 b -> z zadd z");
    set.add("a", 9, AddCondition.ABSENT);
    set.add("a", 9, AddCondition.LESS);
    assertNothingRecorded();
  }

  @Test
  void increment_eachCase_recordsTheSum() {
    assertEquals(2.5, set.increment("a", 2.5));
    assertEffects("ZADD z 2.5 a -> n new z, z zincr z");
    assertEquals(3.5, set.increment("a", 1));
    assertEffects("ZADD z 3.5 a -> z zincr z");
    assertEquals(3.5, set.increment("a", 0));
    assertNull(set.increment("a", 1, AddCondition.ABSENT));
    assertNothingRecorded();
    set.add("i", 1 / 0.0);
    prepared();
    assertThrows(NumberOverflowException.class, () -> set.increment("i", -1 / 0.0));
    assertNothingRecorded();
  }

  @SuppressWarnings("unchecked") // the arrays are only read
  @Test
  void remove_someOrAll_recordsZrem() {
    assertFalse(set.remove("a"));
    fill("z", "a", "b", "c");
    assertEquals(0, set.removeAll("x", "y"));
    assertNothingRecorded();
    assertEquals(1, set.removeAll("b", "x", "b"));
    assertEffects("ZREM z b -> z zrem z");
    assertEquals(2, set.removeAll("a", "c"));
    assertEffects("ZREM z a c -> z zrem z, g del z");
  }

  @Test
  void removeRange_eachKind_recordsRanks() {
    fill("z", "a", "b", "c", "d", "e", "f");
    assertEquals(0, set.removeRange(9, 10));
    assertNothingRecorded();
    assertEquals(1, set.removeRange(-2, -2));
    assertEffects("ZREMRANGEBYRANK z 4 4 -> z zremrangebyrank z");
    assertEquals(2, set.removeRange(SortedRange.byScore(ScoreRange.closed(2, 3))));
    assertEffects("ZREMRANGEBYRANK z 1 2 -> z zremrangebyscore z");
    assertEquals(3, set.removeRange(SortedRange.byMember(MemberRange.all())));
    assertEffects("ZREMRANGEBYRANK z 0 2 -> z zremrangebylex z, g del z");
  }

  @Test
  void pop_eachEnd_recordsHowMany() {
    assertNull(set.popMin());
    assertEquals(List.of(), set.popMax(5));
    fill("z", "a", "b", "c", "d", "e");
    assertEquals(List.of(), set.popMax(0));
    assertNothingRecorded();
    assertNotNull(set.popMin());
    assertEffects("ZPOPMIN z 1 -> z zpopmin z");
    assertEquals(2, set.popMax(2).size());
    assertEffects("ZPOPMAX z 2 -> z zpopmax z");
    assertEquals(2, set.popMin(100).size());
    assertEffects("ZPOPMIN z 2 -> z zpopmin z, g del z");
  }

  @Test
  void popOfAny_found_recordsItsKey() throws InterruptedException {
    fill("y", "a", "b", "c");
    assertNotNull(set.popMaxOfAny(2, List.of("x", "y")));
    assertEffects("ZPOPMAX y 2 -> z zpopmax y");
    assertNull(set.popMinOfAny(2, List.of("x")));
    assertNull(set.popMin(Duration.ZERO));
    assertNothingRecorded();
    assertNotNull(set.popMinOfAny(2, List.of("x", "y"), LONG));
    assertEffects("ZPOPMIN y 1 -> z zpopmin y, g del y");
  }

  @Test
  void pop_waiting_recordsAfterTheAdd() throws Exception {
    Background<?> first = Background.startBlocked(() -> set.popMin(LONG));
    Background<?> second =
        Background.startBlocked(() -> store.sortedSet("y").popMaxOfAny(1, List.of("z"), LONG));
    assertEquals(2, set.add(List.of(new Scored<>("a", 1.0), new Scored<>("b", 2.0))));
    assertNotNull(first.get());
    assertNotNull(second.get());
    assertEffects(
        "ZADD z 1 a 2 b -> n new z, z zadd z",
        "ZPOPMIN z 1 -> z zpopmin z",
        "ZPOPMAX z 1 -> z zpopmax z, g del z");
  }

  @Test
  void pop_waitingForATransaction_recordsAfterExec() throws Exception {
    Background<?> pop = Background.startBlocked(() -> set.popMin(LONG));
    store.atomically(
        List.of("z", "k"),
        transaction -> {
          transaction.sortedSet("z").add("b", 2);
          transaction.sortedSet("z").add("a", 1);
          transaction.value("k").set("v");
        });
    assertEquals(new Scored<>("a", 1), pop.get());
    assertCommands(
        "SELECT 0", "MULTI", "ZADD z 2 b", "ZADD z 1 a", "SET k v", "EXEC", "ZPOPMIN z 1");
  }

  @Test
  void storeRange_someOrNone_recordsRanks() {
    fill("z", "a", "b", "c");
    assertEquals(2, set.storeRange("d", SortedRange.byScore(ScoreRange.atLeast(2))));
    assertEffects("ZRANGESTORE d z 1 2 -> n new d, z zrangestore d");
    SortedRange<String> last = SortedRange.<String>byRank(0, 0).reversed();
    assertEquals(1, set.storeRange("d", last));
    assertEffects("ZRANGESTORE d z 2 2 -> z zrangestore d");
    assertEquals(0, set.storeRange("d", SortedRange.byRank(5, 6)));
    assertEffects("DEL d -> g del d");
    assertEquals(0, set.storeRange("d", SortedRange.byRank(5, 6)));
    assertNothingRecorded();
  }

  @Test
  void algebra_someOrNone_recordsTheQuestion() {
    fill("z", "a", "b", "c");
    fill("y", "b", "c", "d");
    assertEquals(4, set.storeUnion("d", "y"));
    assertEffects("ZUNIONSTORE d 2 z y WEIGHTS 1 1 AGGREGATE SUM -> n new d, z zunionstore d");
    assertEquals(2, set.storeIntersection("d", List.of("y"), Aggregate.MAX, 0.5, -2));
    assertEffects("ZINTERSTORE d 2 z y WEIGHTS 0.5 -2 AGGREGATE MAX -> z zinterstore d");
    assertEquals(1, set.storeDifference("d", "y"));
    assertEffects("ZDIFFSTORE d 2 z y -> z zdiffstore d");
    assertEquals(0, set.storeDifference("d", "z"));
    assertEffects("DEL d -> g del d");
    assertEquals(0, set.storeIntersection("d", "x"));
    assertEquals(4, set.union("y").size());
    assertNothingRecorded();
  }

  @Test
  void store_overADeadline_recordsNoMore() {
    fill("z", "a");
    store.value("d").set("v", MINUTE);
    prepared();
    assertEquals(1, set.storeUnion("d"));
    assertEffects("ZUNIONSTORE d 1 z WEIGHTS 1 AGGREGATE SUM -> z zunionstore d");
    assertNull(store.keys().timeToLive("d"));
  }

  @Test
  void refused_writes_recordNothing() {
    store.value("s").set("v");
    prepared();
    RSortedSet<String> string = store.sortedSet("s");
    assertThrows(WrongTypeException.class, () -> string.add("a", 1));
    assertThrows(WrongTypeException.class, () -> string.increment("a", 1));
    assertThrows(WrongTypeException.class, () -> string.remove("a"));
    assertThrows(WrongTypeException.class, () -> string.removeRange(0, -1));
    assertThrows(WrongTypeException.class, string::popMin);
    assertThrows(WrongTypeException.class, () -> set.storeUnion("d", "s"));
    assertThrows(WrongTypeException.class, () -> string.storeRange("d", SortedRange.byRank(0, 1)));
    assertNothingRecorded();
  }

  @Test
  void view_eachEdit_isRecorded() {
    Map<String, Double> scores = set.asScoreMap();
    assertNull(scores.put("a", 1.5));
    assertEffects("ZADD z 1.5 a -> n new z, z zadd z");
    assertEquals(2.0, scores.compute("a", (member, score) -> 2.0));
    assertEffects("ZADD z 2 a -> z zadd z");
    assertEquals(3.0, scores.putIfAbsent("b", 3.0) == null ? 3.0 : 0);
    prepared();
    assertEquals(2.0, scores.remove("a"));
    assertEffects("ZREM z a -> z zrem z");
    assertNull(scores.compute("b", (member, score) -> null));
    assertEffects("ZREM z b -> z zrem z, g del z");
    assertNull(scores.computeIfPresent("b", (member, score) -> 1.0));
    assertNothingRecorded();
  }

  /** Infinity times zero is no number, and what Redis makes of it depends on the order of keys. */
  @Test
  void storeIntersection_infinityTimesZero_recordsTheResult() {
    double inf = Double.POSITIVE_INFINITY;
    RSortedSet<String> other = store.sortedSet("y");
    for (RSortedSet<String> each : List.of(set, other)) {
      each.add("a", -1);
      each.add("b", 0);
      each.add("c", 1);
    }
    prepared();
    set.storeIntersection("d", List.of("y"), Aggregate.MAX, 1, 2);
    assertEquals("ZINTERSTORE", command());
    set.storeIntersection("d", List.of("y"), Aggregate.MAX, 0, 2);
    assertEquals("ZINTERSTORE", command());
    set.storeIntersection("d", List.of("y"), Aggregate.MAX, 1, inf);
    assertEquals("ZADD", command());
    set.add("d", -inf);
    other.add("d", 1);
    prepared();
    set.storeIntersection("d", List.of("y"), Aggregate.MAX, 1, 1);
    assertEquals("ZINTERSTORE", command());
    set.storeIntersection("d", List.of("y"), Aggregate.MAX, 0, 1);
    assertEquals("ZADD", command());
    set.remove("d");
    set.remove("b");
    other.remove("b");
    prepared();
    set.storeIntersection("d", List.of("y"), Aggregate.MAX, 0, inf);
    assertEquals("ZINTERSTORE", command());
  }

  /** Returns the name of the last command that was recorded. */
  private String command() {
    List<Effect> effects = sink.takeEffects();
    return effects.get(effects.size() - 1).command().get(0);
  }
}
