// SPDX-License-Identifier: Apache-2.0
package dev.redstart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
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

/**
 * Blocked takers under interrupts and timeouts: each element is taken once, none is lost.
 *
 * <p>A subclass says how its type takes and brings.
 */
abstract class ConservationContract {
  private static final boolean LONG = Boolean.getBoolean("redstart.long");
  private static final int ELEMENTS = LONG ? 40_000 : 4_000;
  private static final int TAKERS = 6;
  private static final int BRINGERS = 2;
  private static final long LONGEST_TIMEOUT_NANOS = 2_000_000;

  private final Queue<String> taken = new ConcurrentLinkedQueue<>();
  private final AtomicInteger interrupts = new AtomicInteger();
  private final AtomicInteger timeouts = new AtomicInteger();
  private final AtomicBoolean stopped = new AtomicBoolean();

  /** Takes what comes within a timeout, as the taker of that number does, and notes it. */
  abstract void take(Store store, int taker, SplittableRandom random, Duration timeout)
      throws InterruptedException;

  /**
   * Brings one element in one of the ways that there are.
   *
   * @param own a key that nobody takes from and no other bringer uses
   */
  abstract void bring(Store store, int number, String own, SplittableRandom random);

  /** Tells what must have happened but did not, or null. */
  @Nullable String missing() {
    return null;
  }

  /** Returns the name of an element. */
  static String name(int number) {
    return "e" + number;
  }

  /** Notes what a call took; null for a timeout. */
  final void note(@Nullable Collection<String> elements) {
    if (elements == null) {
      timeouts.incrementAndGet();
    } else {
      taken.addAll(elements);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void takers_interruptedAndTimedOut_loseNothing(long seed) throws Exception {
    try (Store store = Store.builder().stripes(seed == 1 ? 1 : 64).open()) {
      List<Background<Boolean>> takers = new ArrayList<>();
      for (int i = 0; i < TAKERS; i++) {
        int taker = i;
        SplittableRandom random = new SplittableRandom(seed * 100 + i);
        takers.add(Background.start(() -> takeAll(store, taker, random)));
      }
      Background<Boolean> disturber =
          Background.start(() -> disturb(takers, new SplittableRandom(seed)));
      List<Background<Boolean>> bringers = new ArrayList<>();
      for (int i = 0; i < BRINGERS; i++) {
        int first = i;
        SplittableRandom random = new SplittableRandom(seed * 1000 + i);
        bringers.add(Background.start(() -> bringAll(store, first, random)));
      }
      for (Background<Boolean> bringer : bringers) {
        assertEquals(true, bringer.get(), "seed " + seed);
      }
      awaitTaken();
      stopped.set(true);
      assertEquals(true, disturber.get());
      for (Background<Boolean> taker : takers) {
        assertEquals(true, taker.get(), "seed " + seed);
      }
      Set<String> expected = new TreeSet<>();
      for (int i = 0; i < ELEMENTS; i++) {
        expected.add(name(i));
      }
      assertEquals(ELEMENTS, taken.size(), "seed " + seed);
      assertEquals(expected, new TreeSet<>(taken), "seed " + seed);
      assertEquals(0, store.keys().size());
      assertTrue(interrupts.get() > 0 && timeouts.get() > 0, interrupts + " " + timeouts);
      assertEquals(null, missing());
    }
  }

  private void awaitTaken() {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONG ? 300 : 25);
    while (taken.size() < ELEMENTS && System.nanoTime() < deadline) {
      Thread.onSpinWait();
    }
  }

  private boolean takeAll(Store store, int taker, SplittableRandom random) {
    while (!stopped.get()) {
      try {
        Duration timeout = Duration.ofNanos(random.nextLong(1, LONGEST_TIMEOUT_NANOS));
        take(store, taker, random, timeout);
      } catch (InterruptedException e) {
        interrupts.incrementAndGet();
      }
    }
    return true;
  }

  private boolean bringAll(Store store, int first, SplittableRandom random) {
    for (int i = first; i < ELEMENTS; i += BRINGERS) {
      bring(store, i, "own" + first, random);
    }
    return true;
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
}
