// SPDX-License-Identifier: Apache-2.0
package dev.redstart.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redstart.AddCondition;
import dev.redstart.CollidingStrings;
import dev.redstart.ExpireCondition;
import dev.redstart.SetOptions.Condition;
import dev.redstart.TestScale;
import dev.redstart.TimeSource;
import dev.redstart.journal.Journal;
import dev.redstart.keyspace.Access;
import dev.redstart.keyspace.Keyspace;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random keys and members have all the same chance, by chi-square with a fixed seed. */
class RandomOperationsTest {
  private static final int DRAWS_EACH = TestScale.elements(200);

  private final Keyspace keyspace =
      new Keyspace(16, 2, TimeSource.manual(Instant.EPOCH), new Journal(1 << 20, List.of()));
  private final Access access = keyspace.access(0);
  private final SplittableRandom random = new SplittableRandom(42);

  @AfterEach
  void close() {
    keyspace.close();
  }

  /** Asserts that counts are those of equal chances: eight standard deviations are never seen. */
  private static void assertUniform(Map<String, Integer> counts, int kinds, double draws) {
    assertEquals(kinds, counts.size());
    double expected = draws / kinds;
    double square = 0;
    for (int count : counts.values()) {
      square += (count - expected) * (count - expected) / expected;
    }
    double freedom = kinds - 1;
    assertTrue(square < freedom + 8 * Math.sqrt(2 * freedom), "chi-square " + square);
  }

  private void put(String key, long deadlineMillis) {
    new ValueOperations(access, key).set("v", Condition.ALWAYS, deadlineMillis, false);
  }

  private Map<String, Integer> drawKeys(int kinds) {
    KeyOperations keys = new KeyOperations(access);
    Map<String, Integer> counts = new HashMap<>();
    for (int i = 0; i < kinds * DRAWS_EACH; i++) {
      String key = keys.random(random);
      assertNotNull(key);
      counts.merge(key, 1, Integer::sum);
    }
    return counts;
  }

  @Test
  void keys_plain_areUniform() {
    for (int i = 0; i < 300; i++) {
      put("key" + i, ValueOperations.NO_DEADLINE);
    }
    assertUniform(drawKeys(300), 300, 300.0 * DRAWS_EACH);
  }

  @Test
  void keys_afterGrowingAndShrinking_areUniform() {
    for (int i = 0; i < 20_000; i++) {
      put("key" + i, ValueOperations.NO_DEADLINE);
    }
    for (int i = 200; i < 20_000; i++) {
      new KeyOperations(access).delete(List.of("key" + i));
    }
    assertUniform(drawKeys(200), 200, 200.0 * DRAWS_EACH);
  }

  @Test
  void keys_ofOneHash_areUniform() {
    List<String> colliding = CollidingStrings.of(150);
    colliding.forEach(key -> put(key, ValueOperations.NO_DEADLINE));
    for (int i = 0; i < 50; i++) {
      put("key" + i, ValueOperations.NO_DEADLINE);
    }
    assertUniform(drawKeys(200), 200, 200.0 * DRAWS_EACH);
  }

  @Test
  void keys_expired_areLeftOut() {
    for (int i = 0; i < 100; i++) {
      put("key" + i, ValueOperations.NO_DEADLINE);
      put("old" + i, -5);
    }
    Map<String, Integer> counts = drawKeys(100);
    assertTrue(counts.keySet().stream().allMatch(key -> key.startsWith("key")));
    assertUniform(counts, 100, 100.0 * DRAWS_EACH);
    assertTrue(new KeyOperations(access).expire("key0", -1, ExpireCondition.ALWAYS));
  }

  private SortedSetOperations set(int size) {
    SortedSetOperations set = new SortedSetOperations(access, "z");
    for (int i = 0; i < size; i++) {
      set.add(List.of("m" + i), new double[] {i}, AddCondition.ALWAYS);
    }
    return set;
  }

  private static void count(Map<String, Integer> counts, ScoredMembers found) {
    for (int i = 0; i < found.size(); i++) {
      counts.merge(found.member(i), 1, Integer::sum);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 100, 500})
  void member_one_isUniform(int size) {
    SortedSetOperations set = set(size);
    Map<String, Integer> counts = new HashMap<>();
    for (int i = 0; i < size * DRAWS_EACH; i++) {
      count(counts, set.random(random));
    }
    assertUniform(counts, size, (double) size * DRAWS_EACH);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 100, 500})
  void members_withRepeats_areUniform(int size) {
    SortedSetOperations set = set(size);
    Map<String, Integer> counts = new HashMap<>();
    count(counts, set.random(random, (long) size * DRAWS_EACH, true));
    assertUniform(counts, size, (double) size * DRAWS_EACH);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 50, 99})
  void members_different_areUniform(int count) {
    SortedSetOperations set = set(100);
    Map<String, Integer> counts = new HashMap<>();
    int draws = 4_000;
    for (int i = 0; i < draws; i++) {
      ScoredMembers found = set.random(random, count, false);
      assertEquals(count, found.size());
      Set<String> different = new HashSet<>();
      for (int j = 0; j < count; j++) {
        assertTrue(different.add(found.member(j)));
      }
      count(counts, found);
    }
    assertUniform(counts, 100, (double) count * draws);
  }

  @Test
  void members_different_areUniformAsPairs() {
    SortedSetOperations set = set(10);
    Map<String, Integer> counts = new HashMap<>();
    for (int i = 0; i < 45 * DRAWS_EACH; i++) {
      ScoredMembers found = set.random(random, 2, false);
      List<String> pair = new ArrayList<>(List.of(found.member(0), found.member(1)));
      pair.sort(null);
      counts.merge(pair.toString(), 1, Integer::sum);
    }
    assertUniform(counts, 45, 45.0 * DRAWS_EACH);
  }

  /** Makes a set of a form: numbers, bytes, or a table that grew and shrank. */
  private SetOperations plainSet(int size, String prefix) {
    SetOperations set = new SetOperations(access, "p" + prefix);
    List<String> grown = new ArrayList<>();
    for (int i = size; i < 30 * size && size > 200; i++) {
      grown.add("grown" + i);
    }
    for (int i = 0; i < size; i++) {
      set.add(List.of(prefix + i));
    }
    if (!grown.isEmpty()) {
      set.add(grown);
      set.remove(grown);
    }
    return set;
  }

  private static void count(Map<String, Integer> counts, List<String> found) {
    found.forEach(member -> counts.merge(member, 1, Integer::sum));
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 100, 500, 3_000})
  void plainMember_one_isUniform(int size) {
    for (String prefix : List.of("", "m")) {
      SetOperations set = plainSet(size, prefix);
      Map<String, Integer> counts = new HashMap<>();
      for (int i = 0; i < size * DRAWS_EACH; i++) {
        String member = set.random(random);
        assertNotNull(member);
        counts.merge(member, 1, Integer::sum);
      }
      assertUniform(counts, size, (double) size * DRAWS_EACH);
      counts.clear();
      count(counts, set.randomWithRepeats(random, (long) size * DRAWS_EACH));
      assertUniform(counts, size, (double) size * DRAWS_EACH);
    }
  }

  /** A table of many segments is drawn from by trial. */
  @Test
  @Tag("slow")
  void plainMember_ofManySegments_isUniform() {
    SetOperations set = plainSet(40_000, "m");
    assertEquals(40_000, set.size());
    Map<String, Integer> counts = new HashMap<>();
    count(counts, set.randomWithRepeats(random, 40_000L * 50));
    assertUniform(counts, 40_000, 40_000.0 * 50);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 50, 99})
  void plainMembers_different_areUniform(int count) {
    SetOperations set = plainSet(100, "m");
    Map<String, Integer> counts = new HashMap<>();
    int draws = 4_000;
    for (int i = 0; i < draws; i++) {
      List<String> found = set.random(random, count);
      assertEquals(count, new HashSet<>(found).size());
      count(counts, found);
    }
    assertUniform(counts, 100, (double) count * draws);
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 800})
  void plainMembers_ofATable_areUniform(int count) {
    SetOperations set = plainSet(1_000, "m");
    Map<String, Integer> counts = new HashMap<>();
    int draws = 2_000;
    for (int i = 0; i < draws; i++) {
      List<String> found = set.random(random, count);
      assertEquals(count, new HashSet<>(found).size());
      count(counts, found);
    }
    assertUniform(counts, 1_000, (double) count * draws);
  }
}
