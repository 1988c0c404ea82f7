// SPDX-License-Identifier: Apache-2.0
package dev.redstart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pops and moves of many threads: each member is taken once, none is lost. */
class SetRaceTest {
  private static final int MEMBERS = Boolean.getBoolean("redstart.long") ? 200_000 : 20_000;
  private static final int THREADS = 4;
  private static final List<String> KEYS = List.of("a", "b", "c");

  private final Queue<String> taken = new ConcurrentLinkedQueue<>();
  private final AtomicInteger adders = new AtomicInteger(THREADS);

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void pops_amongAddsAndMoves_takeEachOnce(long seed) throws Exception {
    try (Store store = Store.builder().stripes(seed == 1 ? 1 : 64).open()) {
      List<Background<Boolean>> threads = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        int first = i;
        SplittableRandom random = new SplittableRandom(seed * 100 + i);
        threads.add(Background.start(() -> add(store, first, random)));
        SplittableRandom other = new SplittableRandom(seed * 1000 + i);
        threads.add(Background.start(() -> pop(store, other)));
      }
      for (Background<Boolean> thread : threads) {
        assertEquals(true, thread.get(), "seed " + seed);
      }
      Set<String> expected = new TreeSet<>();
      for (int i = 0; i < MEMBERS; i++) {
        expected.add("m" + i);
      }
      assertEquals(MEMBERS, taken.size(), "seed " + seed);
      assertEquals(expected, new TreeSet<>(taken), "seed " + seed);
      assertEquals(0, store.keys().size());
    }
  }

  private boolean add(Store store, int first, SplittableRandom random) {
    for (int i = first; i < MEMBERS; i += THREADS) {
      assertTrue(store.set(key(random)).add("m" + i));
      if (random.nextInt(3) == 0) {
        store.set(key(random)).moveTo(key(random), "m" + i);
      }
    }
    adders.decrementAndGet();
    return true;
  }

  private boolean pop(Store store, SplittableRandom random) {
    while (true) {
      boolean wasLast = adders.get() == 0;
      List<String> popped = new ArrayList<>();
      for (String key : KEYS) {
        String one = store.set(key).pop();
        if (one != null) {
          popped.add(one);
        }
        popped.addAll(store.set(key).pop(random.nextInt(8)));
      }
      taken.addAll(popped);
      if (wasLast && popped.isEmpty()) {
        return true;
      }
    }
  }

  private static String key(SplittableRandom random) {
    return KEYS.get(random.nextInt(KEYS.size()));
  }
}
