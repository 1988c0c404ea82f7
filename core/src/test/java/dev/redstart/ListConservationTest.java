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

/** Blocked pops and moves under interrupts and timeouts: each element is taken once. */
class ListConservationTest {
  private static final boolean LONG = Boolean.getBoolean("redstart.long");
  private static final int ELEMENTS = LONG ? 40_000 : 4_000;
  private static final int TAKERS = 3;
  private static final int MOVERS = 3;
  private static final int PUSHERS = 2;
  private static final List<String> KEYS = List.of("a", "b", "c", "d");

  private final Queue<String> taken = new ConcurrentLinkedQueue<>();
  private final AtomicInteger moves = new AtomicInteger();
  private final AtomicInteger interrupts = new AtomicInteger();
  private final AtomicInteger timeouts = new AtomicInteger();
  private final AtomicBoolean stopped = new AtomicBoolean();

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void takers_interruptedAndTimedOut_loseNothing(long seed) throws Exception {
    try (Store store = Store.builder().stripes(seed == 1 ? 1 : 64).open()) {
      List<Background<Boolean>> takers = new ArrayList<>();
      for (int i = 0; i < TAKERS + MOVERS; i++) {
        SplittableRandom random = new SplittableRandom(seed * 100 + i);
        boolean moving = i < MOVERS;
        takers.add(Background.start(() -> take(store, random, moving)));
      }
      Background<Boolean> disturber =
          Background.start(() -> disturb(takers, new SplittableRandom(seed)));
      List<Background<Boolean>> pushers = new ArrayList<>();
      for (int i = 0; i < PUSHERS; i++) {
        int first = i;
        SplittableRandom random = new SplittableRandom(seed * 1000 + i);
        pushers.add(Background.start(() -> push(store, first, random)));
      }
      for (Background<Boolean> pusher : pushers) {
        assertEquals(true, pusher.get(), "seed " + seed);
      }
      awaitTaken();
      stopped.set(true);
      assertEquals(true, disturber.get());
      for (Background<Boolean> taker : takers) {
        assertEquals(true, taker.get(), "seed " + seed);
      }
      Set<String> expected = new TreeSet<>();
      for (int i = 0; i < ELEMENTS; i++) {
        expected.add("e" + i);
      }
      assertEquals(ELEMENTS, taken.size(), "seed " + seed);
      assertEquals(expected, new TreeSet<>(taken), "seed " + seed);
      assertEquals(0, store.keys().size());
      String seen = moves + " " + interrupts + " " + timeouts;
      assertTrue(moves.get() > 0 && interrupts.get() > 0 && timeouts.get() > 0, seen);
    }
  }

  private void awaitTaken() {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONG ? 300 : 25);
    while (taken.size() < ELEMENTS && System.nanoTime() < deadline) {
      Thread.onSpinWait();
    }
  }

  private boolean take(Store store, SplittableRandom random, boolean moving) {
    while (!stopped.get()) {
      try {
        RList<String> list = store.list(KEYS.get(random.nextInt(KEYS.size())));
        Duration timeout = Duration.ofNanos(random.nextInt(1, 2_000_000));
        ListEnd from = random.nextBoolean() ? ListEnd.LEFT : ListEnd.RIGHT;
        if (moving) {
          String destination = KEYS.get(random.nextInt(KEYS.size()));
          if (list.moveTo(destination, from, ListEnd.LEFT, timeout) != null) {
            moves.incrementAndGet();
          }
        } else if (random.nextBoolean()) {
          note(random.nextBoolean() ? list.popLeft(timeout) : list.popRight(timeout));
        } else {
          note(list.popFirstNonEmpty(from, 1 + random.nextInt(3), KEYS, timeout));
        }
      } catch (InterruptedException e) {
        interrupts.incrementAndGet();
      }
    }
    return true;
  }

  private void note(@Nullable String one) {
    if (one == null) {
      timeouts.incrementAndGet();
    } else {
      taken.add(one);
    }
  }

  private void note(@Nullable PoppedElements<String> some) {
    if (some == null) {
      timeouts.incrementAndGet();
    } else {
      taken.addAll(some.elements());
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

  /** Pushes elements in each way that there is, each element once. */
  private static boolean push(Store store, int first, SplittableRandom random) {
    for (int i = first; i < ELEMENTS; i += PUSHERS) {
      String element = "e" + i;
      String key = KEYS.get(random.nextInt(KEYS.size()));
      switch (random.nextInt(4)) {
        case 0 -> store.list(key).pushLeft(element);
        case 1 ->
            store.atomically(List.of(key), transaction -> transaction.list(key).pushRight(element));
        case 2 -> {
          store.list("own" + first).pushLeft(element);
          store.list("own" + first).moveTo(key, ListEnd.LEFT, ListEnd.LEFT);
        }
        default -> {
          store.list("own" + first).pushRight(element);
          if (!store.keys().renameIfAbsent("own" + first, key)) {
            store.keys().delete("own" + first);
            store.list(key).pushRight(element);
          }
        }
      }
    }
    return true;
  }
}
