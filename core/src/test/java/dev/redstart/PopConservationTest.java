// SPDX-License-Identifier: Apache-2.0
package dev.redstart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Blocked pops under interrupts and timeouts: each member is taken once, none is lost. */
class PopConservationTest {
  private static final boolean LONG = Boolean.getBoolean("redstart.long");
  private static final int MEMBERS = LONG ? 40_000 : 4_000;
  private static final int TAKERS = 6;
  private static final int ADDERS = 2;
  private static final List<String> KEYS = List.of("a", "b", "c");

  private final Queue<String> taken = new ConcurrentLinkedQueue<>();
  private final AtomicInteger interrupts = new AtomicInteger();
  private final AtomicInteger timeouts = new AtomicInteger();
  private final AtomicBoolean stopped = new AtomicBoolean();

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void pops_interruptedAndTimedOut_loseNothing(long seed) throws Exception {
    try (Store store = Store.builder().stripes(seed == 1 ? 1 : 64).open()) {
      List<Background<Boolean>> takers = new ArrayList<>();
      for (int i = 0; i < TAKERS; i++) {
        SplittableRandom random = new SplittableRandom(seed * 100 + i);
        takers.add(Background.start(() -> take(store, random)));
      }
      Background<Boolean> disturber =
          Background.start(() -> disturb(takers, new SplittableRandom(seed)));
      List<Background<Boolean>> adders = new ArrayList<>();
      for (int i = 0; i < ADDERS; i++) {
        int first = i;
        SplittableRandom random = new SplittableRandom(seed * 1000 + i);
        adders.add(Background.start(() -> add(store, first, random)));
      }
      for (Background<Boolean> adder : adders) {
        assertEquals(true, adder.get(), "seed " + seed);
      }
      awaitTaken();
      stopped.set(true);
      assertEquals(true, disturber.get());
      for (Background<Boolean> taker : takers) {
        assertEquals(true, taker.get(), "seed " + seed);
      }
      Set<String> expected = new TreeSet<>();
      for (int i = 0; i < MEMBERS; i++) {
        expected.add("m" + i);
      }
      assertEquals(MEMBERS, taken.size(), "seed " + seed);
      assertEquals(expected, new TreeSet<>(taken), "seed " + seed);
      assertEquals(0, store.keys().size());
      assertTrue(interrupts.get() > 0 && timeouts.get() > 0, interrupts + " " + timeouts);
    }
  }

  private void awaitTaken() {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONG ? 300 : 25);
    while (taken.size() < MEMBERS && System.nanoTime() < deadline) {
      Thread.onSpinWait();
    }
  }

  private boolean take(Store store, SplittableRandom random) {
    while (!stopped.get()) {
      try {
        RSortedSet<String> set = store.sortedSet(KEYS.get(random.nextInt(KEYS.size())));
        Duration timeout = Duration.ofNanos(random.nextInt(1, 2_000_000));
        if (random.nextBoolean()) {
          note(random.nextBoolean() ? set.popMin(timeout) : set.popMax(timeout));
        } else {
          note(
              random.nextBoolean()
                  ? set.popMinOfAny(1 + random.nextInt(3), KEYS, timeout)
                  : set.popMaxOfAny(1, KEYS, timeout));
        }
      } catch (InterruptedException e) {
        interrupts.incrementAndGet();
      }
    }
    return true;
  }

  private void note(@Nullable Scored<String> one) {
    if (one == null) {
      timeouts.incrementAndGet();
    } else {
      taken.add(one.member());
    }
  }

  private void note(@Nullable Popped<String> some) {
    if (some == null) {
      timeouts.incrementAndGet();
    } else {
      some.members().forEach(member -> taken.add(member.member()));
    }
  }

  private boolean disturb(List<Background<Boolean>> takers, SplittableRandom random) {
    while (!stopped.get()) {
      Background<Boolean> taker = takers.get(random.nextInt(takers.size()));
      if (taker.isBlocked()) {
        taker.interrupt();
      }
    }
    return true;
  }

  /** Adds members in each way that there is, each member once. */
  private static boolean add(Store store, int first, SplittableRandom random) {
    for (int i = first; i < MEMBERS; i += ADDERS) {
      int score = i;
      String member = "m" + i;
      String key = KEYS.get(random.nextInt(KEYS.size()));
      switch (random.nextInt(3)) {
        case 0 -> store.sortedSet(key).add(member, score);
        case 1 ->
            store.atomically(
                KEYS, transaction -> transaction.sortedSet(key).increment(member, score));
        default -> {
          store.sortedSet("own" + first).add(member, score);
          if (!store.keys().renameIfAbsent("own" + first, key)) {
            store.keys().delete("own" + first);
            store.sortedSet(key).add(member, score);
          }
        }
      }
    }
    return true;
  }
}
