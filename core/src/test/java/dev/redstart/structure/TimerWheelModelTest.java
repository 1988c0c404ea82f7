// SPDX-License-Identifier: Apache-2.0
package dev.redstart.structure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimerWheelModelTest {
  private static final int STEPS = 30_000;
  private static final int MAXIMUM_UNITS_PER_NODE = 11;
  private static final int[] BUDGETS = {1, 1, 2, 3, 10, 100, Integer.MAX_VALUE};

  private final TimerWheel<ModelNode> wheel = new TimerWheel<>();
  private final TreeMap<Long, Set<ModelNode>> model = new TreeMap<>();
  private final List<ModelNode> scheduled = new ArrayList<>();
  private Random random;
  private String message;
  private long greatestTimeMillis;
  private long additions;
  private long units;

  private static final class ModelNode extends TimerNode {
    int index;
  }

  /** The seed is also how many bits of time a step moves at most, so that each level is crossed. */
  @ParameterizedTest
  @ValueSource(longs = {3, 8, 13, 20, 27, 33, 40, 47, 54, 59, 62})
  void advance_randomSteps_agreesWithTreeMap(long seed) {
    random = new Random(seed);
    for (int step = 0; step < STEPS; step++) {
      message = "seed " + seed + ", step " + step;
      int action = random.nextInt(100);
      int balance = scheduled.size() < 2_000 ? 45 : 30;
      if (action < balance) {
        add(randomDeadline((int) seed));
      } else if (action < 60) {
        removeAny();
      } else {
        advance(randomTime((int) seed), BUDGETS[random.nextInt(BUDGETS.length)]);
      }
      assertWake();
    }
    drain();
    assertTrue(units <= additions * MAXIMUM_UNITS_PER_NODE, units + " units, " + additions);
  }

  private void add(long deadlineMillis) {
    ModelNode node = new ModelNode();
    wheel.add(node, deadlineMillis);
    model.computeIfAbsent(deadlineMillis, key -> new LinkedHashSet<>()).add(node);
    node.index = scheduled.size();
    scheduled.add(node);
    additions++;
    assertEquals(deadlineMillis, node.deadlineMillis(), message);
  }

  private void removeAny() {
    if (!scheduled.isEmpty()) {
      ModelNode node = scheduled.get(random.nextInt(scheduled.size()));
      wheel.remove(node);
      assertFalse(node.isScheduled(), message);
      forget(node);
    }
  }

  private void forget(ModelNode node) {
    ModelNode last = scheduled.remove(scheduled.size() - 1);
    if (last != node) {
      last.index = node.index;
      scheduled.set(node.index, last);
    }
    Set<ModelNode> nodes = model.get(node.deadlineMillis());
    assertTrue(nodes.remove(node), message);
    if (nodes.isEmpty()) {
      model.remove(node.deadlineMillis());
    }
  }

  private void advance(long nowMillis, int budget) {
    long[] received = new long[1];
    int left =
        wheel.advance(
            nowMillis,
            budget,
            node -> {
              received[0]++;
              assertTrue(node.deadlineMillis() <= nowMillis, message);
              assertEquals(model.firstKey(), node.deadlineMillis(), message);
              forget(node);
              disturb(nowMillis);
            });
    assertTrue(left >= 0 && received[0] <= (long) budget - left, message);
    units += budget - left;
    greatestTimeMillis = Math.max(greatestTimeMillis, nowMillis);
    if (left > 0) {
      assertTrue(model.isEmpty() || model.firstKey() > nowMillis, message);
      if (nowMillis == greatestTimeMillis && !model.isEmpty() && isNear(model.firstKey())) {
        assertEquals(model.firstKey(), wheel.nextWakeMillis(), message);
      }
    }
  }

  /** Adds or removes from within a hand-over, at times. */
  private void disturb(long nowMillis) {
    switch (random.nextInt(16)) {
      case 0 -> add(nowMillis == Long.MAX_VALUE ? nowMillis : nowMillis + 1);
      case 1 -> add(nowMillis - random.nextInt(200));
      case 2 -> removeAny();
      default -> {}
    }
  }

  private boolean isNear(long deadlineMillis) {
    return deadlineMillis >>> 6 == greatestTimeMillis >>> 6;
  }

  private void assertWake() {
    assertEquals(scheduled.size(), wheel.size(), message);
    long wakeMillis = wheel.nextWakeMillis();
    if (model.isEmpty()) {
      assertEquals(Long.MAX_VALUE, wakeMillis, message);
    } else {
      assertTrue(wakeMillis <= model.firstKey(), message);
    }
  }

  /** Wakes as told until nothing waits; each waking must get somewhere. */
  private void drain() {
    while (wheel.size() > 0) {
      long unitsBefore = units;
      advance(wheel.nextWakeMillis(), 5);
      assertTrue(units > unitsBefore, message);
      assertWake();
    }
    assertTrue(model.isEmpty(), message);
  }

  private long randomDeadline(int timeBits) {
    long distance = random.nextLong() >>> 1 >>> random.nextInt(63);
    return switch (random.nextInt(10)) {
      case 0, 1 -> saturated(greatestTimeMillis, random.nextInt(130));
      case 2 -> greatestTimeMillis - random.nextInt(1_000);
      case 3 -> random.nextInt(20) == 0 ? -distance : greatestTimeMillis - (distance >>> 20);
      case 4 -> (1L << 62) + random.nextInt(100);
      case 5 -> random.nextInt(20) == 0 ? Long.MAX_VALUE - random.nextInt(3) : distance;
      case 6, 7 -> saturated(greatestTimeMillis, random.nextLong() >>> (64 - timeBits));
      case 8 -> model.isEmpty() ? 0 : model.firstKey();
      default -> saturated(greatestTimeMillis, distance);
    };
  }

  private long randomTime(int timeBits) {
    long distance = random.nextLong() >>> (64 - timeBits) >>> random.nextInt(timeBits);
    return switch (random.nextInt(10)) {
      case 0 -> greatestTimeMillis - random.nextInt(500);
      case 1 -> random.nextLong() >> random.nextInt(40) & greatestTimeMillis;
      case 2, 3 -> wheel.nextWakeMillis() == Long.MAX_VALUE ? 0 : bounded(wheel.nextWakeMillis());
      case 4 -> model.isEmpty() ? 0 : bounded(model.firstKey() - 1);
      case 5 -> greatestTimeMillis;
      default -> bounded(saturated(greatestTimeMillis, distance / 64));
    };
  }

  /** Time that would leave the rest of the test without a future is put back. */
  private static long bounded(long timeMillis) {
    return timeMillis >= (1L << 62) + 50 ? 0 : timeMillis;
  }

  private static long saturated(long timeMillis, long distance) {
    long sum = timeMillis + distance;
    return sum < timeMillis ? Long.MAX_VALUE : sum;
  }
}
