// SPDX-License-Identifier: Apache-2.0
package dev.redstart.keyspace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redstart.TimeSource;
import dev.redstart.journal.Journal;
import dev.redstart.spi.Binary;
import dev.redstart.spi.JournalBatch;
import dev.redstart.structure.SortedSetValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class TransactionTest {
  private static final long LIMIT_SECONDS = 60;
  private static final int SEEDS = Boolean.getBoolean("redstart.long") ? 60 : 10;

  private final EffectList effects = new EffectList();
  private final Space space = new Space(8, effects);
  private final Access access = space.access;

  @AfterEach
  void close() {
    space.close();
  }

  private void atomically(List<@Binary String> keys, Consumer<Access> body) {
    access.atomically(
        keys,
        inner -> {
          body.accept(inner);
          return 0;
        });
  }

  /** Runs a body that is to fail at its end. */
  private void failing(List<@Binary String> keys, Consumer<Access> body) {
    assertThrows(
        ArithmeticException.class,
        () ->
            atomically(
                keys,
                inner -> {
                  body.accept(inner);
                  throw new ArithmeticException("on purpose");
                }));
  }

  private static void assertRefused(Executable operation) {
    assertThrows(IllegalStateException.class, operation);
  }

  // What a body may do.

  @Test
  void hold_undeclaredKey_isRefusedAtOnce() {
    atomically(
        List.of("a"),
        inner -> {
          assertRefused(() -> inner.hold("b"));
          assertRefused(() -> inner.holdToRead("b"));
          assertRefused(() -> inner.read("b"));
          assertRefused(() -> inner.readText("b"));
          assertRefused(() -> inner.hold(List.of("a", "b")));
          assertRefused(() -> inner.holdToRead(List.of("a", "b")));
          assertRefused(() -> inner.inDatabase(3).hold("b"));
          Space.put(inner, "a", 1L);
        });
    assertEquals(1L, access.read("a"));
  }

  @Test
  void operation_ofTheStoreInsideTheBody_isRefused() {
    atomically(
        List.of("a"),
        inner -> {
          assertRefused(() -> access.hold("a"));
          assertRefused(() -> access.holdToRead("a"));
          assertRefused(() -> access.read("a"));
          assertRefused(() -> access.readText("a"));
          assertRefused(() -> access.hold(List.of("a")));
          assertRefused(access::holdAll);
          assertRefused(access::size);
          assertRefused(access::freezeTables);
          assertRefused(() -> access.scan(0, 10, key -> {}));
          assertRefused(() -> access.randomKey(new SplittableRandom(1)));
          assertRefused(() -> access.atomically(List.of("a"), more -> 0));
          assertRefused(() -> space.keyspace.access(2).read("a"));
          assertRefused(space.keyspace::close);
        });
    assertNull(access.read("a"));
  }

  @Test
  void operation_ofTheWholeDatabase_isRefused() {
    atomically(
        List.of("a"),
        inner -> {
          assertRefused(inner::holdAll);
          assertRefused(inner::size);
          assertRefused(inner::freezeTables);
          assertRefused(() -> inner.scan(0, 10, key -> {}));
          assertRefused(() -> inner.randomKey(new SplittableRandom(1)));
          assertRefused(() -> inner.atomically(List.of("a"), more -> 0));
        });
  }

  @Test
  void access_afterTheBody_isRefused() {
    AtomicReference<Access> escaped = new AtomicReference<>();
    atomically(List.of("a"), escaped::set);
    assertRefused(() -> escaped.get().hold("a"));
    assertRefused(() -> escaped.get().read("a"));
    failing(List.of("a"), escaped::set);
    assertRefused(() -> escaped.get().hold("a"));
  }

  @Test
  void access_onAnotherThread_isRefused() {
    atomically(
        List.of("a"),
        inner -> {
          CompletableFuture<Object> other = CompletableFuture.supplyAsync(() -> inner.hold("a"));
          ExecutionException failure =
              assertThrows(
                  ExecutionException.class, () -> other.get(LIMIT_SECONDS, TimeUnit.SECONDS));
          assertEquals(IllegalStateException.class, failure.getCause().getClass());
        });
  }

  @Test
  void wallMillis_timeMovesMeanwhile_standsStill() {
    space.put("a", "x", Space.START_MILLIS + 10);
    atomically(
        List.of("a"),
        inner -> {
          space.advance(10);
          assertEquals(Space.START_MILLIS, inner.wallMillis());
          assertEquals("x", inner.read("a"));
        });
    assertNull(access.read("a"));
    assertEquals(0, access.size()); // reclaimed after the body, without an access
    space.settleAll();
    assertEquals(List.of("DEL a"), space.settled(effects).takeCommands());
  }

  @Test
  void timeSource_throwsWhenATransactionBegins_leavesNothingHeld() {
    // a time source is the application's: what it throws must not leave stripes locked for good
    BrokenTime time = new BrokenTime();
    Keyspace keyspace = new Keyspace(1, 1, time, new Journal(1L << 20, List.of()));
    Access broken = keyspace.access(0);
    time.breaks = true;
    assertThrows(ArithmeticException.class, () -> broken.atomically(List.of("a"), inner -> 0));
    time.breaks = false;
    CompletableFuture<Void> next = CompletableFuture.runAsync(() -> Space.put(broken, "a", "x"));
    assertTimely(next);
    assertEquals("x", broken.read("a"));
    keyspace.close();
  }

  private static void assertTimely(CompletableFuture<Void> future) {
    try {
      future.get(LIMIT_SECONDS / 10, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError("it must not hang", e);
    }
  }

  /** The system's time, which throws while it is told to. */
  private static final class BrokenTime implements TimeSource {
    private final TimeSource system = TimeSource.system();
    private volatile boolean breaks;

    @Override
    public long wallMillis() {
      if (breaks) {
        throw new ArithmeticException("on purpose");
      }
      return system.wallMillis();
    }

    @Override
    public long monotonicNanos() {
      return system.monotonicNanos();
    }

    @Override
    public Scheduled schedule(long deadlineMillis, Runnable task) {
      return system.schedule(deadlineMillis, task);
    }

    @Override
    public Scheduled scheduleAfter(long delayNanos, Runnable task) {
      return system.scheduleAfter(delayNanos, task);
    }
  }

  // Recording.

  @Test
  void commit_severalEffects_areOneBatch() {
    atomically(
        List.of("a", "b"),
        inner -> {
          Space.put(inner, "a", 1L);
          Space.put(inner, "b", 2L);
          assertEquals(List.of(), space.settled(effects).takeBatches());
        });
    JournalBatch batch = space.settled(effects).takeBatches().get(0);
    assertTrue(batch.transaction());
    assertEquals(2, batch.effects().size());
  }

  @Test
  void commit_oneEffect_needsNoTransaction() {
    atomically(List.of("a", "b"), inner -> Space.put(inner, "a", 1L));
    JournalBatch batch = space.settled(effects).takeBatches().get(0);
    assertEquals(false, batch.transaction());
    atomically(List.of("a", "b"), inner -> assertEquals(1L, inner.read("a")));
    assertEquals(List.of(), space.settled(effects).takeBatches());
  }

  // Rolling back.

  @Test
  void rollBack_everyKindOfChange_isUndone() {
    space.put("changed", "before");
    space.put("removed", "before");
    space.put("deadline", "before", Space.START_MILLIS + 100);
    space.put("persisted", "before", Space.START_MILLIS + 200);
    space.put("kept", "before", Space.START_MILLIS + 300);
    space.settled(effects).takeBatches();
    failing(
        List.of("changed", "removed", "created", "deadline", "persisted", "kept"),
        inner -> {
          Space.put(inner, "changed", "after");
          Space.put(inner, "changed", "later");
          Space.put(inner, "created", "after");
          try (Hold hold = inner.hold("removed")) {
            hold.remove();
          }
          try (Hold hold = inner.hold("deadline")) {
            hold.setDeadline(Space.START_MILLIS + 5);
          }
          try (Hold hold = inner.hold("persisted")) {
            hold.dropDeadline();
          }
          try (Hold hold = inner.hold("kept")) {
            hold.putKeepingDeadline("after");
          }
          assertEquals("after", inner.read("created"));
          assertNull(inner.read("removed"));
          assertEquals("after", inner.read("kept"));
        });
    assertEquals("before", access.read("changed"));
    assertEquals("before", access.read("removed"));
    assertNull(access.read("created"));
    assertEquals("before", access.read("kept"));
    assertEquals(List.of(), space.settled(effects).takeBatches());
    assertEquals(Space.START_MILLIS + 100, deadline("deadline"));
    assertEquals(Space.START_MILLIS + 200, deadline("persisted"));
    assertEquals(Space.START_MILLIS + 300, deadline("kept"));
    assertEquals(Long.MAX_VALUE, deadline("changed"));
    space.advance(99);
    assertEquals(5, access.size());
    for (int left = 4; left >= 2; left--) {
      space.advance(left == 4 ? 1 : 100);
      assertEquals(left, access.size(), "reclaimed by the timer");
    }
  }

  private long deadline(String key) {
    try (Hold hold = access.holdToRead(key)) {
      return hold.deadlineMillis();
    }
  }

  @Test
  void rollBack_largeValues_areFrozenOnes() {
    int members = 5_000;
    IntStream.range(0, members).forEach(i -> space.push("set", i, "m" + i));
    Object before = access.read("set");
    for (int round = 0; round < 3; round++) {
      failing(
          List.of("set", "other"),
          inner -> {
            IntStream.range(0, 100).forEach(i -> Space.push(inner, "set", -i, "new" + i));
            try (Hold hold = inner.hold("set")) {
              hold.findToChange(SortedSetValue.TYPE).removeRange(50, 3_000, null);
            }
            try (Hold hold = inner.hold(List.of("set", "other"))) { // moves it
              Object moved = hold.at("set").value();
              hold.remove();
              hold.at("other").put(moved);
            }
            Space.push(inner, "other", 1, "later");
            Space.push(inner, "set", 1, "anew");
          });
      assertNull(access.read("other"));
      List<String> found = space.members("set");
      assertEquals(IntStream.range(0, members).mapToObj(i -> "m" + i).toList(), found);
    }
    assertNotNull(before);
    space.push("set", -1, "first");
    assertEquals("first", space.members("set").get(0));
  }

  @Test
  void rollBack_keysOfAnotherDatabase_areUndone() {
    Space.put(space.keyspace.access(3), "a", "before");
    failing(
        List.of("a"),
        inner -> {
          Space.put(inner.inDatabase(3), "a", "after");
          Space.put(inner, "a", "after");
        });
    assertNull(access.read("a"));
    assertEquals("before", space.keyspace.access(3).read("a"));
  }

  @Test
  void rollBack_error_undoesToo() {
    AssertionError thrown = new AssertionError("on purpose");
    AssertionError caught =
        assertThrows(
            AssertionError.class,
            () ->
                atomically(
                    List.of("a"),
                    inner -> {
                      Space.put(inner, "a", 1L);
                      throw thrown;
                    }));
    assertSame(thrown, caught);
    assertNull(access.read("a"));
    atomically(List.of("a"), inner -> Space.put(inner, "a", 2L));
    assertEquals(2L, access.read("a"));
  }

  @Test
  void rollBack_expiredKeyMet_doesNotBringItBack() {
    space.put("a", "x", Space.START_MILLIS + 10);
    failing(
        List.of("a"),
        inner -> {
          space.advance(10);
          Space.put(inner, "a", "y");
        });
    assertNull(access.read("a"));
    assertEquals(0, access.size());
  }

  @Test
  void randomBodies_halfOfThemFail_agreeWithAModel() {
    for (long seed = 1; seed <= SEEDS; seed++) {
      try (Space fresh = new Space(4)) {
        new Run(fresh, seed).run();
      } catch (AssertionError | RuntimeException failure) {
        throw new AssertionError("seed " + seed, failure);
      }
    }
  }

  /** A row of random transactions beside plain maps. */
  private static final class Run {
    private static final List<String> KEYS = List.of("a", "b", "c", "d", "e", "\u00e9", "", "h");

    private final Space space;
    private final SplittableRandom random;
    private Map<String, Object> values = new HashMap<>();
    private Map<String, Long> deadlines = new HashMap<>();

    Run(Space space, long seed) {
      this.space = space;
      this.random = new SplittableRandom(seed);
    }

    void run() {
      for (int i = 0; i < 100; i++) {
        Map<String, Object> valuesBefore = copy(values);
        Map<String, Long> deadlinesBefore = new HashMap<>(deadlines);
        boolean fails = random.nextBoolean();
        try {
          space.access.atomically(
              KEYS,
              inner -> {
                for (int step = random.nextInt(8); step > 0; step--) {
                  step(inner, KEYS.get(random.nextInt(KEYS.size())));
                }
                check(inner);
                if (fails) {
                  throw new ArithmeticException("on purpose");
                }
                return 0;
              });
          assertTrue(!fails, "it must fail");
        } catch (ArithmeticException e) {
          values = valuesBefore;
          deadlines = deadlinesBefore;
        }
        check(space.access);
        space.advance(random.nextInt(10));
        expire();
        check(space.access);
        assertEquals(values.size(), space.access.size());
      }
    }

    /** Copies the map and the sets in it, which are sorted by member here. */
    private static Map<String, Object> copy(Map<String, Object> values) {
      Map<String, Object> copy = new HashMap<>();
      values.forEach(
          (key, value) -> copy.put(key, value instanceof TreeMap<?, ?> map ? map.clone() : value));
      return copy;
    }

    private void expire() {
      long now = space.time.wallMillis();
      deadlines
          .entrySet()
          .removeIf(
              entry -> {
                boolean due = entry.getValue() <= now;
                if (due) {
                  values.remove(entry.getKey());
                }
                return due;
              });
    }

    private void step(Access inner, String key) {
      try (Hold hold = inner.hold(key)) {
        boolean present = values.containsKey(key);
        assertEquals(present, hold.value() != null);
        switch (random.nextInt(7)) {
          case 0 -> {
            hold.put("v" + random.nextInt(100));
            values.put(key, hold.value());
            deadlines.remove(key);
          }
          case 1 -> {
            if (present && values.get(key) instanceof String) {
              hold.putKeepingDeadline("k" + random.nextInt(100));
              values.put(key, hold.value());
            }
          }
          case 2 -> {
            if (present) {
              hold.remove();
              values.remove(key);
              deadlines.remove(key);
            }
          }
          case 3 -> {
            if (present) {
              long deadline = Space.START_MILLIS + 1 + random.nextInt(5_000);
              deadline = Math.max(deadline, hold.nowMillis() + 1);
              hold.setDeadline(deadline);
              deadlines.put(key, deadline);
            }
          }
          case 4 -> {
            if (present) {
              hold.dropDeadline();
              deadlines.remove(key);
            }
          }
          default -> addMembers(hold, key);
        }
      }
    }

    private void addMembers(Hold hold, String key) {
      if (values.get(key) instanceof String) {
        return;
      }
      SortedSetValue set = hold.findOrCreate(SortedSetValue.TYPE);
      TreeMap<String, Double> model = new TreeMap<>(setOf(key));
      for (int i = random.nextInt(60); i >= 0; i--) {
        String member = "m" + random.nextInt(500);
        double score = random.nextInt(20);
        set.put(member, score);
        model.put(member, score);
      }
      values.put(key, model);
    }

    @SuppressWarnings("unchecked") // what is no string is such a map
    private Map<String, Double> setOf(String key) {
      return (Map<String, Double>) values.getOrDefault(key, Map.of());
    }

    private void check(Access at) {
      for (String key : KEYS) {
        try (Hold hold = at.holdToRead(key)) {
          Object value = hold.value();
          if (value instanceof SortedSetValue set) {
            TreeMap<String, Double> found = new TreeMap<>();
            set.forEach(0, set.size(), (score, member) -> found.put(member, score));
            assertEquals(values.get(key), found, key);
          } else {
            assertEquals(values.get(key), value, key);
          }
          assertEquals(deadlines.getOrDefault(key, Long.MAX_VALUE), hold.deadlineMillis(), key);
        }
      }
    }
  }

  @Test
  void atomically_manyThreads_bodiesDoNotMix() throws Exception {
    List<String> keys = IntStream.range(0, 20).mapToObj(i -> "key" + i).toList();
    keys.forEach(key -> space.put(key, 100L));
    List<CompletableFuture<Void>> threads = new ArrayList<>();
    for (int thread = 0; thread < 6; thread++) {
      SplittableRandom random = new SplittableRandom(thread);
      threads.add(
          CompletableFuture.runAsync(
              () -> {
                for (int i = 0; i < 1_000; i++) {
                  transfer(keys.get(random.nextInt(20)), keys.get(random.nextInt(20)), random);
                }
              }));
    }
    for (CompletableFuture<Void> thread : threads) {
      thread.get(LIMIT_SECONDS, TimeUnit.SECONDS);
    }
    long sum = 0;
    for (String key : keys) {
      sum += (Long) access.read(key);
    }
    assertEquals(2_000, sum);
  }

  private void transfer(String from, String to, SplittableRandom random) {
    boolean fails = random.nextInt(4) == 0;
    try {
      atomically(
          List.of(from, to),
          inner -> {
            Space.put(inner, from, (Long) inner.read(from) - 1);
            if (fails) {
              throw new ArithmeticException("on purpose");
            }
            Space.put(inner, to, (Long) inner.read(to) + 1);
          });
    } catch (ArithmeticException e) {
      assertTrue(fails);
    }
  }
}
