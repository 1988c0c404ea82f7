// SPDX-License-Identifier: Apache-2.0
package dev.redstart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Limited groups that many threads write to. */
class GroupRaceTest {
  private static final boolean LONG = Boolean.getBoolean("redstart.long");
  private static final int THREADS = 4;
  private static final int ROUNDS = LONG ? 200 : 10;
  private static final int STEPS = 600;
  private static final int KEYS = 12;
  private static final int LIMIT = 5;

  /** Never more than the limit, and at the end of each round as many as there are. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void threads_overALimitedGroup_keepItsLimit(boolean removesOldest) throws Exception {
    GroupOptions limit = GroupOptions.none().limit(LIMIT);
    GroupOptions inner = GroupOptions.none().limit(2);
    for (int round = 0; round < ROUNDS; round++) {
      try (Store store = Store.builder().stripes(8).open()) {
        StoreGroup group = store.group("g:", removesOldest ? limit.removeOldest() : limit);
        store.group("g:1", round % 2 == 0 ? inner : inner.removeOldest());
        AtomicBoolean done = new AtomicBoolean();
        Background<Long> watcher = Background.start(() -> greatestSize(group, done));
        List<Background<Boolean>> writers = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
          SplittableRandom random = new SplittableRandom(31L * round + i);
          writers.add(Background.start(() -> write(store, random)));
        }
        for (Background<Boolean> writer : writers) {
          assertEquals(true, writer.get());
        }
        done.set(true);
        long greatest = watcher.get();
        assertTrue(removesOldest || greatest <= LIMIT, () -> "greatest size: " + greatest);
        assertTrue(group.size() <= LIMIT, () -> "in round's end: " + group.size());
        assertEquals(store.keys().match("g:*").size(), group.size());
        assertEquals(store.keys().match("g:1*").size(), store.group("g:1").size());
        assertTrue(store.group("g:1").size() <= 2);
        fillUp(group);
      }
    }
  }

  /** Whatever is declared meanwhile, what was declared last is kept. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void limitThatIsReplaced_underWriters_isKeptAnew(boolean removesOldest) throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      try (Store store = Store.builder().stripes(8).open()) {
        List<Background<Boolean>> writers = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
          SplittableRandom random = new SplittableRandom(31L * round + i);
          writers.add(Background.start(() -> write(store, random)));
        }
        for (int i = 0; i < 60; i++) {
          GroupOptions limit = GroupOptions.none().limit(1 + i % 7);
          store.group("g:", i % 5 == 0 ? GroupOptions.none() : limit);
          store.group("g:", i % 3 == 0 ? limit : limit.removeOldest());
        }
        GroupOptions last = GroupOptions.none().limit(LIMIT);
        StoreGroup group = store.group("g:", removesOldest ? last.removeOldest() : last);
        for (Background<Boolean> writer : writers) {
          assertEquals(true, writer.get());
        }
        assertEquals(store.keys().match("g:*").size(), group.size());
        fillUp(group);
      }
    }
  }

  private static long greatestSize(StoreGroup group, AtomicBoolean done) {
    long greatest = 0;
    while (!done.get()) {
      greatest = Math.max(greatest, group.size());
    }
    return greatest;
  }

  private static boolean write(Store store, SplittableRandom random) {
    for (int i = 0; i < STEPS; i++) {
      try {
        step(store, random);
      } catch (GroupFullException | NoSuchKeyException | WrongTypeException e) {
        // refused: nothing to do
      } catch (IllegalStateException e) {
        assertEquals("rolled back", e.getMessage());
      }
    }
    return true;
  }

  private static void step(Store store, SplittableRandom random) {
    String key = "g:" + random.nextInt(KEYS);
    String other = (random.nextInt(4) == 0 ? "h:" : "g:") + random.nextInt(KEYS);
    switch (random.nextInt(10)) {
      case 0, 1, 2 -> store.value(key).set("v");
      case 3 -> store.keys().delete(key, other);
      case 4 -> store.keys().rename(key, other);
      case 5 -> store.keys().rename(other, key);
      case 6 ->
          store
              .values()
              .setAll(key.equals(other) ? Map.of(key, "v") : Map.of(key, "v", other, "v"));
      case 7 -> {
        boolean fails = random.nextBoolean();
        store.atomically(
            List.of(key, other),
            tx -> {
              tx.keys().delete(key);
              tx.value(other).set("w");
              if (fails) {
                throw new IllegalStateException("rolled back");
              }
            });
      }
      case 8 -> store.keys().flush();
      default -> {
        store.keys().delete(other);
        store.list(other).pushLeft("x");
        store.list(other).moveTo(key, ListEnd.LEFT, ListEnd.LEFT);
      }
    }
  }

  /** There is room for as many keys as the limit says, and for none more. */
  private static void fillUp(StoreGroup group) {
    group.clear();
    assertEquals(0, group.size());
    int refused = 0;
    for (int i = 100; i < 100 + LIMIT + 2; i++) {
      try {
        group.value("x" + i).set("v");
      } catch (GroupFullException e) {
        refused++;
      }
    }
    assertEquals(LIMIT, group.size());
    assertTrue(refused == 0 || refused == 2);
  }
}
