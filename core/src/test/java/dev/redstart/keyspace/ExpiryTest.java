// SPDX-License-Identifier: Apache-2.0
package dev.redstart.keyspace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redstart.spi.Effect;
import dev.redstart.spi.JournalBatch;
import dev.redstart.spi.JournalSink;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ExpiryTest {
  private static final long LIMIT_SECONDS = 60;
  private static final int BUDGET = 128;
  private static final int SEEDS = Boolean.getBoolean("redstart.long") ? 60 : 8;

  @Test
  void advance_massAtOneDeadline_reclaimsAllBeforeItReturns() {
    EffectList effects = new EffectList();
    try (Space space = new Space(64, effects)) {
      int keys = 20_000;
      for (int i = 0; i < keys; i++) {
        space.put("key" + i, i, Space.START_MILLIS + 1_000);
      }
      space.put("stays", 1, Space.START_MILLIS + 1_001);
      space.advance(999);
      assertEquals(keys + 1, space.access.size());
      space.settleAll();
      assertEquals(List.of(), space.settled(effects).takeBatches());
      space.advance(1);
      assertEquals(1, space.access.size());
      space.settleAll();
      Set<String> expired = new HashSet<>();
      for (JournalBatch batch : space.settled(effects).takeBatches()) {
        Effect effect = batch.effects().get(0);
        assertEquals("expired", effect.notifications().get(0).event());
        expired.add(effect.command().get(1));
      }
      assertEquals(keys, expired.size());
      assertEquals(1, space.access.read("stays"));
    }
  }

  /** A mass in one stripe goes by budgets: the journal has room in between, or is waited for. */
  @Test
  void advance_massAndFullJournal_goesOnOnceThereIsRoom() throws Exception {
    Semaphore gate = new Semaphore(0);
    JournalSink slow = batches -> assertTrue(gate.tryAcquire(LIMIT_SECONDS, TimeUnit.SECONDS));
    try (Space space = new Space(1, 1, slow)) {
      int keys = 5 * BUDGET;
      for (int i = 0; i < keys; i++) {
        space.put("key" + i, i, Space.START_MILLIS + 10);
      }
      space.advance(10);
      long left = space.access.size();
      assertTrue(left < keys && left >= keys - BUDGET, left + " left");
      assertNull(space.access.read("key" + (keys - 1)));
      space.advance(1_000); // rings nothing: what is left waits for the journal
      assertEquals(left, space.access.size());
      gate.release(Integer.MAX_VALUE / 2);
      long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
      while (space.access.size() > 0) {
        assertTrue(System.nanoTime() < limit, "the rest must go too");
        Thread.onSpinWait();
      }
    }
  }

  @Test
  void advance_manyStripesAndDatabases_expiresInTheOrderOfDeadlines() {
    for (long seed = 1; seed <= SEEDS; seed++) {
      EffectList effects = new EffectList();
      SplittableRandom random = new SplittableRandom(seed);
      try (Space space = new Space(64, effects)) {
        Map<String, Long> deadlines = new HashMap<>();
        for (int i = 0; i < 1_000; i++) {
          int database = random.nextInt(3);
          long span = 1L << random.nextInt(20);
          long deadline = Space.START_MILLIS + 1 + random.nextLong(span);
          String key = "key" + i;
          try (Hold hold = space.keyspace.access(database).hold(key)) {
            hold.put(i);
            hold.setDeadline(deadline);
          }
          deadlines.put(database + key, deadline);
        }
        space.advance(1L << 21);
        space.settleAll();
        long last = 0;
        int expired = 0;
        for (JournalBatch batch : space.settled(effects).takeBatches()) {
          Effect effect = batch.effects().get(0);
          long deadline = deadlines.get(effect.database() + effect.command().get(1));
          assertTrue(deadline >= last, "seed " + seed + ": " + deadline + " after " + last);
          last = deadline;
          expired++;
        }
        assertEquals(deadlines.size(), expired, "seed " + seed);
      }
    }
  }

  @Test
  void randomSteps_deadlinesMoved_agreeWithAMap() {
    for (long seed = 1; seed <= SEEDS; seed++) {
      try (Space space = new Space(4)) {
        new Run(space, seed).run();
      } catch (AssertionError | RuntimeException failure) {
        throw new AssertionError("seed " + seed, failure);
      }
    }
  }

  /** Keys and deadlines that change while time moves, beside a plain map. */
  private static final class Run {
    private final Space space;
    private final SplittableRandom random;
    private final Map<String, Long> deadlines = new HashMap<>();

    Run(Space space, long seed) {
      this.space = space;
      this.random = new SplittableRandom(seed);
    }

    void run() {
      for (int step = 0; step < 3_000; step++) {
        String key = "key" + random.nextInt(300);
        try (Hold hold = space.access.hold(key)) {
          assertEquals(deadlines.containsKey(key), hold.value() != null, key);
          change(hold, key);
        }
        if (random.nextInt(10) == 0) {
          moveTime();
        }
        if (random.nextInt(500) == 0) {
          try (Hold hold = space.access.holdAll()) {
            hold.clearAllDatabases();
          }
          deadlines.clear();
        }
        assertEquals(deadlines.size(), space.access.size(), "reclaimed without an access");
      }
    }

    private void change(Hold hold, String key) {
      boolean present = deadlines.containsKey(key);
      switch (random.nextInt(7)) {
        case 0 -> {
          hold.put(1L);
          deadlines.put(key, Long.MAX_VALUE);
        }
        case 1, 2 -> {
          long deadline = nextDeadline();
          hold.put(2L);
          hold.setDeadline(deadline);
          deadlines.put(key, deadline);
        }
        case 3 -> {
          if (present) {
            long deadline = nextDeadline();
            hold.setDeadline(deadline);
            deadlines.put(key, deadline);
          }
        }
        case 4 -> {
          if (present) {
            hold.dropDeadline();
            deadlines.put(key, Long.MAX_VALUE);
          }
        }
        case 5 -> {
          if (present) {
            hold.remove();
            deadlines.remove(key);
          }
        }
        default -> {
          if (present) {
            hold.putKeepingDeadline(3L);
          }
        }
      }
    }

    private long nextDeadline() {
      return space.time.wallMillis() + 1 + random.nextLong(1L << random.nextInt(24));
    }

    private void moveTime() {
      long now = space.time.wallMillis();
      switch (random.nextInt(12)) {
        case 0 -> space.time.setWallClock(Instant.ofEpochMilli(now - random.nextInt(100_000)));
        case 1 -> space.time.setWallClock(Instant.ofEpochMilli(now + random.nextInt(100_000)));
        default -> space.advance(random.nextLong(1L << random.nextInt(18)));
      }
      long then = space.time.wallMillis();
      deadlines.values().removeIf(deadline -> deadline <= then);
    }
  }

  /** No alarm is lost, however writers and the time meet. */
  @Test
  void advance_besideWriters_reclaimsAllInTheEnd() throws Exception {
    for (int round = 0; round < 20; round++) {
      try (Space space = new Space(2)) {
        List<FutureTask<Void>> tasks = new ArrayList<>();
        for (int thread = 0; thread < 3; thread++) {
          SplittableRandom random = new SplittableRandom(31L * round + thread);
          FutureTask<Void> task =
              new FutureTask<>(
                  () -> {
                    for (int i = 0; i < 2_000; i++) {
                      write(space, random);
                    }
                    return null;
                  });
          new Thread(task).start();
          tasks.add(task);
        }
        while (!tasks.stream().allMatch(FutureTask::isDone)) {
          space.advance(1);
        }
        for (FutureTask<Void> task : tasks) {
          task.get(LIMIT_SECONDS, TimeUnit.SECONDS);
        }
        space.advance(1_000);
        assertEquals(0, space.access.size(), "round " + round);
      }
    }
  }

  private static void write(Space space, SplittableRandom random) {
    String key = "key" + random.nextInt(50);
    long deadline = space.time.wallMillis() + 1 + random.nextInt(20);
    if (random.nextBoolean()) {
      space.put(key, 1L, deadline);
    } else {
      List<String> keys = List.of(key, "key" + random.nextInt(50));
      try (Hold hold = space.access.hold(keys)) {
        for (String each : keys) {
          hold.at(each).put(1L);
          hold.setDeadline(deadline);
        }
      }
    }
  }
}
