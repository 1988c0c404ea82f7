// SPDX-License-Identifier: Apache-2.0
package dev.redstart.structure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import dev.redstart.TestScale;
import dev.redstart.spi.Binary;
import dev.redstart.structure.SegmentTableKeys.Family;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SegmentTableTest {
  private static final int MANY = TestScale.elements(100_000);

  // Hashes.

  @Test
  void spread_unspread_givesTheHashBack() {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 10_000; i++) {
      int spread = random.nextInt();
      String key = SegmentTableKeys.ofSpread(spread, "salt" + random.nextInt(100));
      assertEquals(SegmentTableKeys.unspread(spread), key.hashCode());
      assertEquals(spread, SegmentTable.spread(key));
    }
  }

  /** Names that programs make; none may crowd a stripe, a segment or a group. */
  private enum Names {
    COUNTED,
    PADDED,
    STRIDED,
    HEXADECIMAL,
    TWO_NUMBERS,
    LONG_PREFIX,
    NUMBER_FIRST,
    TIMES;

    String name(int i) {
      return switch (this) {
        case COUNTED -> "user:" + i;
        case PADDED -> "order:" + (1_000_000_000_000L + i);
        case STRIDED -> "page:" + 1000L * i;
        case HEXADECIMAL -> Integer.toHexString(i << 8);
        case TWO_NUMBERS -> i % 317 + ":" + i / 317;
        case LONG_PREFIX -> "tenant/production/session/cache/entry/" + i;
        case NUMBER_FIRST -> i + ":name";
        case TIMES -> Long.toString(1_700_000_000_000L + 86_400_000L * i);
      };
    }
  }

  @ParameterizedTest
  @EnumSource
  void spread_namesOfPrograms_fillEveryStripe(Names names) {
    int[] stripes = new int[64];
    for (int i = 0; i < MANY; i++) {
      stripes[SegmentTable.spread(names.name(i)) >>> 26]++;
    }
    int most = IntStream.of(stripes).max().orElseThrow();
    int least = IntStream.of(stripes).min().orElseThrow();
    assertTrue(most <= 2 * (MANY / 64) + 50, most + " of " + MANY);
    assertTrue(least >= MANY / 64 / 2, least + " of " + MANY);
  }

  @ParameterizedTest
  @EnumSource
  void insert_namesOfPrograms_standNearTheirHomes(Names names) {
    SegmentTableModel model = SegmentTableModel.ofObjects(0, 512);
    for (int i = 0; i < MANY; i++) {
      model.put(names.name(i), i);
    }
    long groups = 0;
    for (int i = 0; i < MANY; i++) {
      String key = names.name(i);
      Segment found = model.segmentOf(key);
      assertNotNull(found, "nested: " + key);
      int hash = SegmentTable.spread(key);
      int distance = found.find(hash, key) / Segment.GROUP - found.home(hash);
      groups += 1 + (distance < 0 ? distance + found.groups : distance);
    }
    assertTrue(groups < 1.5 * MANY, "groups visited for " + MANY + " keys: " + groups);
    model.check();
  }

  // Growing and shrinking.

  @Test
  void insert_oneByOne_growsByTheStepsThenSplits() {
    SegmentTableModel model = SegmentTableModel.ofObjects(0, 512);
    Set<Integer> steps = new LinkedHashSet<>();
    for (int i = 0; model.table().segmentCount() == 1; i++) {
      Segment only = Objects.requireNonNull(model.segmentOf("x"));
      steps.add(only.groups);
      assertEquals(i, only.size);
      model.put("key:" + i, i);
    }
    List<Integer> expected = new ArrayList<>(List.of(1, 2));
    for (int power = 2; power < 512; power *= 2) {
      expected.add(power + power / 2);
      expected.add(power * 2);
    }
    assertEquals(expected, List.copyOf(steps));
    assertEquals(2, model.table().segmentCount());
    assertEquals(2, model.places());
    model.check();
  }

  @Test
  void insert_manyKeys_keepsHalfOfTheSlotsFull() {
    SegmentTableModel model = SegmentTableModel.ofObjects(0, 64);
    for (int i = 0; i < MANY; i++) {
      model.put("key:" + i, i);
      if (i % 9_973 == 0 && i > 0) {
        assertTrue(slots(model) <= 2.1 * i, slots(model) + " slots for " + i);
      }
    }
    model.check();
    assertTrue(model.table().segmentCount() > MANY / (64 * 7), "segments");
    assertTrue(model.places() >= model.table().segmentCount(), "places");
    assertTrue(model.places() <= 32 * model.table().segmentCount(), "places");
  }

  @ParameterizedTest
  @EnumSource
  void remove_everyKey_givesMostSegmentsAndPlacesBack(Order order) {
    for (int maxGroups : new int[] {128, 512}) {
      SegmentTableModel model = SegmentTableModel.ofObjects(0, maxGroups);
      List<String> keys = ordinaryKeys(maxGroups * 200);
      keys.forEach(key -> model.put(key, 1));
      int segments = model.table().segmentCount();
      int places = model.places();
      assertTrue(segments > 10 && places > 10, segments + " segments");
      order.sort(keys);
      for (String key : keys) {
        model.remove(key);
      }
      model.check();
      assertEquals(0, model.table().size());
      String left = maxGroups + " groups: " + model.places() + " places of " + places;
      assertTrue(model.table().segmentCount() <= 1 + segments / 4, left);
      assertTrue(model.places() <= 2 + places / 4, left);
      assertTrue(slots(model) <= 64 * model.table().segmentCount(), left);
      keys.forEach(key -> model.put(key, 2));
      model.check();
    }
  }

  /** The order in which keys are removed. */
  private enum Order {
    AS_ADDED,
    BY_HASH,
    BY_HASH_DOWN,
    SHUFFLED;

    void sort(List<String> keys) {
      Comparator<String> byHash =
          (one, other) ->
              Integer.compareUnsigned(SegmentTable.spread(one), SegmentTable.spread(other));
      switch (this) {
        case AS_ADDED -> {}
        case BY_HASH -> keys.sort(byHash);
        case BY_HASH_DOWN -> keys.sort(byHash.reversed());
        case SHUFFLED -> Collections.shuffle(keys, new Random(7));
      }
    }
  }

  @Test
  void churn_steadySize_keepsSegmentsAndSlots() {
    SegmentTableModel model = SegmentTableModel.ofObjects(0, 32);
    int size = 5_000;
    for (int i = 0; i < size; i++) {
      model.put("key:" + i, i);
    }
    int slotsBefore = slots(model);
    for (int i = 0; i < 20 * size; i++) {
      model.remove("key:" + i);
      model.put("key:" + (i + size), i);
      assertNotNull(model.segmentOf("key:" + (i + size)), "nested at " + i);
      if (i % 9_973 == 0) {
        model.check();
      }
    }
    model.check();
    assertTrue(slots(model) <= 1.5 * slotsBefore, slots(model) + " slots of " + slotsBefore);
  }

  // Keys that collide.

  /** A copy by scan, and a snapshot that is loaded, bring keys in the order of their hashes. */
  @ParameterizedTest
  @ValueSource(ints = {300, 5_000, 100_000, 1_000_000})
  void insert_inTheOrderOfHashes_nestsNothing(int count) {
    assumeTrue(count <= MANY || !TestScale.IS_SMALL);
    for (Family family : List.of(Family.ORDINARY, Family.STRIPE)) {
      ObjectTable source = new ObjectTable(family.baseBits, 512);
      for (int i = 0; i < count; i++) {
        source.insert(family.key(i));
        source.setValue(i);
      }
      ObjectTable copy = new ObjectTable(family.baseBits, 512);
      source.forEachKey(
          key -> {
            copy.insert(key);
            copy.setValue("");
          });
      assertFalse(copy.hasNested(), family + " of " + count);
      assertEquals(count, copy.size());
      copy.checkInvariants();
    }
  }

  @Test
  void insert_manyKeysOfOneHashCode_areAllFound() {
    SegmentTableModel model = SegmentTableModel.ofObjects(0, 512);
    int hashCode = SegmentTableKeys.colliding(0).hashCode();
    for (int i = 0; i < MANY; i++) {
      String key = SegmentTableKeys.colliding(i);
      assertEquals(hashCode, key.hashCode());
      model.put(key, i);
      assertEquals(i >= 16, model.segmentOf(key) == null, "nested at " + i);
    }
    model.put("ordinary", 1);
    model.check();
    for (int i = 0; i < MANY; i++) {
      model.remove(SegmentTableKeys.colliding(i));
    }
    model.remove("ordinary");
    model.check();
    assertEquals(0, model.size());
    assertNotNull(model.segmentOf(SegmentTableKeys.colliding(0)), "no longer nested");
  }

  @Test
  void insert_manyKeysOfOneHashPrefix_keepTheDirectorySmall() {
    SegmentTableModel model = SegmentTableModel.ofObjects(0, 64);
    for (int i = 0; i < 20_000; i++) {
      model.put(Family.CROWDED.key(i), i);
      long most = Math.max(1 << 12, 32 * model.table().segmentCount());
      assertTrue(model.places() <= most, "places at " + i);
    }
    assertNull(model.segmentOf(Family.CROWDED.key(0)));
    for (int i = 0; i < 20_000; i++) {
      model.put("key:" + i, i); // the others go on splitting beside it
    }
    model.check();
    assertNotNull(model.segmentOf(SegmentTableKeys.ofSpread(1, "")));
    assertTrue(model.table().segmentCount() > 20, "segments");
  }

  // Freezing.

  @ParameterizedTest
  @EnumSource
  void freeze_laterWritesOnBothSides_areApart(Family family) {
    SegmentTableModel live = SegmentTableModel.ofObjects(family.baseBits, 8);
    for (int i = 0; i < 1_000; i++) {
      live.put(family.key(i), i);
    }
    SegmentTableModel frozen = live.freeze();
    SegmentTableModel untouched = live.freeze();
    for (int i = 0; i < 1_000; i += 3) {
      live.put(family.key(i), -i);
      frozen.remove(family.key(i));
      live.remove(family.key(i + 1));
      frozen.put(family.key(i + 1), 7);
      frozen.put(family.key(1_000 + i), 8);
    }
    SegmentTableModel again = frozen.freeze();
    for (int i = 0; i < 2_000; i++) {
      frozen.remove(family.key(i));
    }
    for (SegmentTableModel each : List.of(live, frozen, untouched, again)) {
      each.check();
    }
    assertEquals(0, frozen.size());
    assertEquals(1_000, untouched.size());
  }

  @ParameterizedTest
  @EnumSource(names = {"ORDINARY", "COLLIDING", "MIXED"})
  void freeze_manyKeys_costsAFewNodes(Family family) {
    ObjectTable table = new ObjectTable(0, 512);
    for (int i = 0; i < MANY; i++) {
      table.insert(family.key(i));
      table.setValue(i);
    }
    String key = family.key(MANY / 2);
    table.freeze();
    table.find(key);
    table.setValue(0); // everything that happens once has happened
    long start = allocatedBytes();
    ObjectTable frozen = table.freeze();
    long afterFreeze = allocatedBytes();
    table.find(key);
    table.setValue(1);
    long afterWrite = allocatedBytes();
    assertTrue(afterFreeze - start < 1_000, "freeze: " + (afterFreeze - start) + " bytes");
    assertTrue(afterWrite - afterFreeze < 60_000, "write: " + (afterWrite - afterFreeze));
    assertEquals(1, table.get(key));
    assertEquals(0, frozen.get(key));
  }

  // The cursor.

  @Test
  void keyAtCursor_afterRemove_isRefused() {
    ObjectTable table = new ObjectTable(0, 8);
    table.insert("a");
    table.remove();
    assertThrows(IllegalStateException.class, table::keyAtCursor);
  }

  @Test
  void find_absentKey_answersFalse() {
    ObjectTable table = new ObjectTable(0, 8);
    assertFalse(table.find("a"));
    assertFalse(table.find(SegmentTable.spread("a"), "a"));
    table.insert("a");
    table.setValue(1);
    assertTrue(table.find(SegmentTable.spread("a"), "a"));
    assertFalse(table.find(""));
  }

  @Test
  void find_emptyKey_isAKeyAsAnyOther() {
    SegmentTableModel model = SegmentTableModel.ofScores();
    model.put("", 1);
    model.put("\0", 2);
    model.check();
    model.remove("");
    model.check();
  }

  // Random keys.

  @ParameterizedTest
  @EnumSource(names = {"ORDINARY", "COLLIDING", "CROWDED", "MIXED"})
  void findRandom_manyDraws_areUniform(Family family) {
    int keys = 1_000;
    int draws = 200 * keys;
    SegmentTableModel model = SegmentTableModel.ofObjects(0, 8);
    for (int i = 0; i < 3 * keys; i++) {
      model.put(family.key(i), i);
    }
    for (int i = keys; i < 3 * keys; i++) {
      model.remove(family.key(i));
    }
    Map<String, Integer> counts = new HashMap<>();
    SplittableRandom random = new SplittableRandom(42);
    for (int i = 0; i < draws; i++) {
      model.table().findRandom(random);
      counts.merge(model.table().keyAtCursor(), 1, Integer::sum);
    }
    assertTrue(model.map().keySet().containsAll(counts.keySet()));
    double expected = (double) draws / keys;
    double chiSquare = (keys - counts.size()) * expected;
    for (int count : counts.values()) {
      chiSquare += (count - expected) * (count - expected) / expected;
    }
    double bound = keys - 1 + 6 * Math.sqrt(2.0 * (keys - 1)); // six deviations
    assertTrue(chiSquare < bound, "seed 42, chi-square " + chiSquare + " of " + bound);
  }

  @Test
  void findRandom_emptyTable_isRefused() {
    ObjectTable table = new ObjectTable(0, 8);
    assertThrows(IllegalArgumentException.class, () -> table.findRandom(new SplittableRandom(1)));
  }

  private static List<@Binary String> ordinaryKeys(int count) {
    return new ArrayList<>(IntStream.range(0, count).mapToObj(i -> "key:" + i).toList());
  }

  /** Counts the slots of all segments that are not nested. */
  private static int slots(SegmentTableModel model) {
    Set<Segment> segments = Collections.newSetFromMap(new IdentityHashMap<>());
    for (long place = 0; place < model.places(); place++) {
      int hash = (int) (place * (0x1_0000_0000L / model.places()));
      Segment found = model.table().racySegmentOf(hash);
      if (found != null) {
        segments.add(found);
      }
    }
    return segments.stream().mapToInt(found -> found.groups * Segment.GROUP).sum();
  }

  private static long allocatedBytes() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
  }
}
