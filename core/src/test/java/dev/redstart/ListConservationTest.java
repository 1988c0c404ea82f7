// SPDX-License-Identifier: Apache-2.0
package dev.redstart;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Blocked pops and moves of lists lose nothing. */
class ListConservationTest extends ConservationContract {
  private static final int MOVERS = 3;
  private static final List<String> KEYS = List.of("a", "b", "c", "d");

  private final AtomicInteger moves = new AtomicInteger();

  @Override
  void take(Store store, int taker, SplittableRandom random, Duration timeout)
      throws InterruptedException {
    RList<String> list = store.list(KEYS.get(random.nextInt(KEYS.size())));
    ListEnd from = random.nextBoolean() ? ListEnd.LEFT : ListEnd.RIGHT;
    if (taker < MOVERS) {
      String destination = KEYS.get(random.nextInt(KEYS.size()));
      if (list.moveTo(destination, from, ListEnd.LEFT, timeout) != null) {
        moves.incrementAndGet();
      }
    } else if (random.nextBoolean()) {
      String one = random.nextBoolean() ? list.popLeft(timeout) : list.popRight(timeout);
      note(one == null ? null : List.of(one));
    } else {
      PoppedElements<String> some =
          list.popFirstNonEmpty(from, 1 + random.nextInt(3), KEYS, timeout);
      note(some == null ? null : some.elements());
    }
  }

  @Override
  void bring(Store store, int number, String own, SplittableRandom random) {
    String element = name(number);
    String key = KEYS.get(random.nextInt(KEYS.size()));
    switch (random.nextInt(4)) {
      case 0 -> store.list(key).pushLeft(element);
      case 1 ->
          store.atomically(List.of(key), transaction -> transaction.list(key).pushRight(element));
      case 2 -> {
        store.list(own).pushLeft(element);
        store.list(own).moveTo(key, ListEnd.LEFT, ListEnd.LEFT);
      }
      default -> {
        store.list(own).pushRight(element);
        if (!store.keys().renameIfAbsent(own, key)) {
          store.keys().delete(own);
          store.list(key).pushRight(element);
        }
      }
    }
  }

  @Override
  @Nullable String missing() {
    return moves.get() == 0 ? "moves" : null;
  }
}
