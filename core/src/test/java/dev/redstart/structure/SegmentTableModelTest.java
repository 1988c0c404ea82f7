// SPDX-License-Identifier: Apache-2.0
package dev.redstart.structure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redstart.TestScale;
import dev.redstart.structure.SegmentTableKeys.Family;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SegmentTableModelTest {
  private static final int SEEDS = TestScale.seeds(1, 5);

  /** A kind of table, the keys that it gets and how many different ones. */
  private record Setup(
      String name, Family family, int universe, Supplier<SegmentTableModel> empty) {
    @Override
    public String toString() {
      return name + " " + family;
    }
  }

  private static Stream<Setup> setups() {
    Stream<Setup> objects =
        Stream.of(Family.values())
            .flatMap(
                family ->
                    Stream.of(
                        setup("4 groups", family, 700, 4),
                        setup("8 groups", family, 3_000, 8),
                        setup("512 groups", family, 16_000, 512)));
    Stream<Setup> scores =
        Stream.of(Family.values())
            .filter(family -> family.baseBits == 0)
            .map(family -> new Setup("scores", family, 9_000, SegmentTableModel::ofScores));
    return Stream.concat(objects, scores);
  }

  private static Setup setup(String name, Family family, int universe, int maxGroups) {
    return new Setup(
        name, family, universe, () -> SegmentTableModel.ofObjects(family.baseBits, maxGroups));
  }

  @ParameterizedTest
  @MethodSource("setups")
  void randomSteps_growingAndShrinking_agreeWithMap(Setup setup) {
    for (long seed = 1; seed <= SEEDS; seed++) {
      try {
        new Run(setup, seed).run();
      } catch (AssertionError | RuntimeException failure) {
        throw new AssertionError("seed " + seed + " of " + setup, failure);
      }
    }
  }

  /** One sequence of random steps on a table, and on the twins frozen on the way. */
  private static final class Run {
    /** The shares of the universe that the size goes to, one after the other. */
    private static final double[] PHASES = {0.9, 0.02, 0.5, 0.5, 1, 0, 0.3, 0};

    private final Setup setup;
    private final SplittableRandom random;
    private final List<SegmentTableModel> twins = new ArrayList<>();
    private SegmentTableModel model;
    private int mostSegments;
    private int mostPlaces;
    private boolean nested;

    Run(Setup setup, long seed) {
      this.setup = setup;
      this.random = new SplittableRandom(seed);
      this.model = setup.empty.get();
    }

    void run() {
      for (double share : PHASES) {
        int target = (int) (share * setup.universe);
        for (int step = 0; step < setup.universe; step++) {
          step(model, target);
          if (step % (setup.universe / 5) == 0) {
            model.check();
          }
        }
        moveTo(target);
        model.check();
        turn();
      }
      twins.forEach(SegmentTableModel::check);
      moveTo(0);
      model.check();
      assertThresholdsCrossed();
    }

    private void step(SegmentTableModel table, int target) {
      String key = key();
      boolean growing = table.size() < target;
      int kind = random.nextInt(100);
      if (kind < (growing ? 60 : 20)) {
        table.put(key, random.nextInt(1000));
      } else if (kind < 80) {
        table.remove(key);
      } else {
        table.get(key);
      }
      mostSegments = Math.max(mostSegments, table.table().segmentCount());
      nested |= table.segmentOf(key) == null;
    }

    /** Goes to a size straight. */
    private void moveTo(int size) {
      for (int index = 0; index < setup.universe && model.size() != size; index++) {
        String key = setup.family.key(index);
        if (model.size() < size) {
          model.put(key, index);
        } else {
          model.remove(key);
        }
      }
      mostPlaces = Math.max(mostPlaces, model.places());
    }

    /** Freezes, goes on with either side, and changes the other a little too. */
    private void turn() {
      SegmentTableModel twin = model.freeze();
      if (random.nextBoolean()) {
        SegmentTableModel other = model;
        model = twin;
        twin = other;
      }
      for (int i = 0; i < 50; i++) {
        step(twin, setup.universe);
        step(model, setup.universe);
      }
      twin.check();
      model.check();
      twins.add(twin);
    }

    private String key() {
      return setup.family.key(random.nextInt(setup.universe));
    }

    private void assertThresholdsCrossed() {
      assertTrue(mostSegments > 1 || setup.family.isHostile(), "never split");
      assertTrue(mostPlaces > 1 || setup.family.isHostile(), "never doubled the directory");
      assertEquals(setup.family.isHostile(), nested, "nested");
    }
  }
}
