// SPDX-License-Identifier: Apache-2.0
package dev.redstart;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

/** Blocked pops of sorted sets lose nothing. */
class SortedSetConservationTest extends ConservationContract {
  private static final List<String> KEYS = List.of("a", "b", "c");

  @Override
  void take(Store store, int taker, SplittableRandom random, Duration timeout)
      throws InterruptedException {
    RSortedSet<String> set = store.sortedSet(KEYS.get(random.nextInt(KEYS.size())));
    if (random.nextBoolean()) {
      Scored<String> one = random.nextBoolean() ? set.popMin(timeout) : set.popMax(timeout);
      note(one == null ? null : List.of(one.member()));
    } else {
      Popped<String> some =
          random.nextBoolean()
              ? set.popMinOfAny(1 + random.nextInt(3), KEYS, timeout)
              : set.popMaxOfAny(1, KEYS, timeout);
      note(some == null ? null : some.members().stream().map(Scored::member).toList());
    }
  }

  @Override
  void bring(Store store, int number, String own, SplittableRandom random) {
    String member = name(number);
    String key = KEYS.get(random.nextInt(KEYS.size()));
    switch (random.nextInt(3)) {
      case 0 -> store.sortedSet(key).add(member, number);
      case 1 ->
          store.atomically(
              KEYS, transaction -> transaction.sortedSet(key).increment(member, number));
      default -> {
        store.sortedSet(own).add(member, number);
        if (!store.keys().renameIfAbsent(own, key)) {
          store.keys().delete(own);
          store.sortedSet(key).add(member, number);
        }
      }
    }
  }
}
