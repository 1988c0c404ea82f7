// SPDX-License-Identifier: Apache-2.0
package dev.redstart.structure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redstart.TestScale;
import dev.redstart.spi.Binary;
import dev.redstart.structure.SegmentTableKeys.Family;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SegmentTableScanTest {
  private static final int SEEDS = TestScale.seeds(12, 60);
  private static final long CURSOR_LIMIT = 1L << 52;
  private static final int MOST_STEPS = 200_000;

  @ParameterizedTest
  @EnumSource
  void scan_quietTable_returnsEachKeyOnce(Family family) {
    for (int size : new int[] {0, 1, 7, 100, 3_000}) {
      SegmentTableModel model = SegmentTableModel.ofObjects(family.baseBits, 8);
      for (int i = 0; i < size; i++) {
        model.put(family.key(i), i);
      }
      for (long count : new long[] {1, 2, 10, 1_000, Long.MAX_VALUE}) {
        Map<String, Integer> found = new HashMap<>();
        long cursor = start(family);
        for (int steps = 0; cursor >= 0; steps++) {
          long next = model.table().scan(cursor, count, key -> found.merge(key, 1, Integer::sum));
          assertTrue(next < 0 || next > cursor, "the cursor must move on: " + cursor);
          cursor = checked(next, steps);
        }
        assertEquals(model.map().keySet(), found.keySet(), size + " by " + count);
        assertEquals(Set.of(), withTwice(found), size + " by " + count);
      }
    }
  }

  private static Set<String> withTwice(Map<String, Integer> found) {
    Set<String> twice = new HashSet<>(found.keySet());
    twice.removeIf(key -> found.get(key) == 1);
    return twice;
  }

  @ParameterizedTest
  @EnumSource
  void scan_stepOfACount_handsOverAboutSoMany(Family family) {
    SegmentTableModel model = SegmentTableModel.ofObjects(family.baseBits, 512);
    for (int i = 0; i < 5_000; i++) {
      model.put(family.key(i), i);
    }
    for (long count : new long[] {1, 10, 100}) {
      long cursor = start(family);
      for (int steps = 0; cursor >= 0; steps++) {
        List<String> found = new ArrayList<>();
        long next = model.table().scan(cursor, count, found::add);
        assertTrue(found.size() < count + 100, found.size() + " for " + count);
        cursor = checked(next, steps);
      }
    }
  }

  /** Any number is a cursor that some client may send. */
  @ParameterizedTest
  @EnumSource
  void scan_anyCursor_ends(Family family) {
    SegmentTableModel model = SegmentTableModel.ofObjects(family.baseBits, 8);
    for (int i = 0; i < 2_000; i++) {
      model.put(family.key(i), i);
    }
    SplittableRandom random = new SplittableRandom(5);
    for (int i = 0; i < 2_000; i++) {
      long cursor = start(family) + (random.nextLong(CURSOR_LIMIT) >>> family.baseBits);
      for (int steps = 0; cursor >= 0; steps++) {
        Set<String> found = new HashSet<>();
        cursor = checked(model.table().scan(cursor, 1_000, found::add), steps);
        assertTrue(model.map().keySet().containsAll(found));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void scan_growingAndShrinkingBetweenSteps_returnsAllThatStayed(Family family) {
    for (long seed = 1; seed <= SEEDS; seed++) {
      try {
        new Run(family, seed).run();
      } catch (AssertionError | RuntimeException failure) {
        throw new AssertionError("seed " + seed + " of " + family, failure);
      }
    }
  }

  /** One scan over a table that others change between its steps. */
  private static final class Run {
    private final Family family;
    private final SplittableRandom random;
    private final SegmentTableModel model;
    private final Set<String> stayed = new HashSet<>();
    private final int universe;
    private int changesLeft = 30_000;

    Run(Family family, long seed) {
      this.family = family;
      this.random = new SplittableRandom(seed);
      this.universe = 1 + random.nextInt(4_000);
      int maxGroups = random.nextInt(3) == 0 ? 128 : 8;
      this.model =
          random.nextInt(4) == 0 && family.baseBits == 0
              ? SegmentTableModel.ofScores()
              : SegmentTableModel.ofObjects(family.baseBits, maxGroups);
    }

    void run() {
      int limit = random.nextInt(universe);
      for (int i = 0; i < limit; i++) {
        model.put(family.key(i), i);
      }
      List<String> present = new ArrayList<>(model.map().keySet());
      int staying = present.isEmpty() ? 0 : random.nextInt(Math.min(60, present.size()));
      for (int i = 0; i < staying; i++) {
        stayed.add(present.get(random.nextInt(present.size())));
      }
      Set<String> everThere = new HashSet<>(model.map().keySet());
      Set<String> found = new HashSet<>();
      long cursor = start(family);
      for (int steps = 0; cursor >= 0; steps++) {
        long count = random.nextInt(10) < 7 ? 1 + random.nextInt(10) : 1 + random.nextInt(1_000);
        cursor = checked(model.table().scan(cursor, count, found::add), steps);
        change();
        everThere.addAll(model.map().keySet());
      }
      model.check();
      Set<String> missed = new HashSet<>(stayed);
      missed.removeAll(found);
      assertEquals(Set.of(), missed, "missed of " + stayed.size());
      found.removeAll(everThere);
      assertEquals(Set.of(), found, "never there");
    }

    /** Makes some changes, now and then a great many, of keys that need not stay. */
    private void change() {
      if (random.nextInt(4) != 0) {
        return;
      }
      int changes = Math.min(changesLeft, random.nextInt(random.nextInt(20) == 0 ? 6_000 : 60));
      changesLeft -= changes;
      int kind = random.nextInt(3);
      for (int i = 0; i < changes; i++) {
        String key = family.key(random.nextInt(universe));
        boolean adds = kind == 2 ? random.nextBoolean() : kind == 0;
        if (adds) {
          model.put(key, i);
        } else if (!stayed.contains(key)) {
          model.remove(key);
        }
      }
      if (random.nextInt(10) == 0) {
        model.freeze(); // its later writes copy
      }
    }
  }

  private static long start(Family family) {
    @Binary String any = family.key(1);
    if (family.baseBits == 0) {
      return 0;
    }
    long prefix = Integer.toUnsignedLong(SegmentTable.spread(any)) >>> (32 - family.baseBits);
    return prefix << (32 - family.baseBits + SegmentTable.NESTED_CURSOR_BITS);
  }

  private static long checked(long cursor, int steps) {
    assertTrue(cursor >= -1 && cursor < CURSOR_LIMIT, "cursor " + cursor);
    assertTrue(steps < MOST_STEPS, "the scan must end");
    return cursor;
  }
}
