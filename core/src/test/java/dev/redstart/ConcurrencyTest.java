// SPDX-License-Identifier: Apache-2.0
package dev.redstart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Operations on several keys by many threads: nobody sees half of one, and nobody waits for ever.
 */
@ParameterizedClass
@ValueSource(ints = {1, 4, 64})
class ConcurrencyTest {
  private static final int ROUNDS = Boolean.getBoolean("redstart.long") ? 20_000 : 2_000;
  private static final int TAGS = 3;
  private static final int ACCOUNTS = 20;

  @Parameter int stripes;

  private final AtomicBoolean stopped = new AtomicBoolean();
  private Store store;

  @BeforeEach
  void open() {
    store = Store.builder().stripes(stripes).open();
  }

  @AfterEach
  void close() {
    store.close();
  }

  /** Runs changers to their end while watchers look all the time. */
  private void run(List<Callable<Boolean>> changers, Callable<Boolean> look) throws Exception {
    List<Background<Boolean>> all = new ArrayList<>();
    changers.forEach(changer -> all.add(Background.start(changer)));
    Background<Boolean> watcher =
        Background.start(
            () -> {
              while (!stopped.get()) {
                look.call();
              }
              return true;
            });
    for (Background<Boolean> each : all) {
      assertEquals(true, each.get());
    }
    stopped.set(true);
    assertEquals(true, watcher.get());
  }

  private static List<String> accounts() {
    List<String> accounts = new ArrayList<>();
    for (int i = 0; i < ACCOUNTS; i++) {
      accounts.add("account" + i);
    }
    return accounts;
  }

  @Test
  void transfers_atomically_keepTheSum() throws Exception {
    List<String> accounts = accounts();
    accounts.forEach(account -> store.counter(account).set(100));
    List<Callable<Boolean>> changers = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      Random random = new Random(i);
      changers.add(() -> transfer(accounts, random));
    }
    run(
        changers,
        () -> {
          assertEquals(100L * ACCOUNTS, sum(store.values(Codec.longs()).getAll(accounts)));
          return true;
        });
  }

  private boolean transfer(List<String> accounts, Random random) {
    for (int i = 0; i < ROUNDS; i++) {
      List<String> chosen = new ArrayList<>(accounts);
      Collections.shuffle(chosen, random);
      List<String> three = chosen.subList(0, 3);
      boolean fails = random.nextInt(4) == 0;
      try {
        store.atomically(
            three,
            transaction -> {
              transaction.counter(three.get(0)).add(-2);
              transaction.counter(three.get(1)).increment();
              if (fails) {
                throw new ArithmeticException();
              }
              transaction.counter(three.get(2)).increment();
            });
      } catch (ArithmeticException expected) {
        assertTrue(fails);
      }
    }
    return true;
  }

  private static long sum(Map<String, Long> balances) {
    assertEquals(ACCOUNTS, balances.size());
    return balances.values().stream().mapToLong(Long::longValue).sum();
  }

  @Test
  void setAll_manyKeys_isSeenWhole() throws Exception {
    List<String> keys = accounts();
    List<Callable<Boolean>> changers = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      int writer = i;
      changers.add(
          () -> {
            for (int round = 0; round < ROUNDS; round++) {
              Map<String, Long> all = new LinkedHashMap<>();
              for (String key : keys) {
                all.put(key, writer * 1_000_000L + round);
              }
              store.values(Codec.longs()).setAll(all);
            }
            return true;
          });
    }
    run(
        changers,
        () -> {
          Map<String, Long> seen = store.values(Codec.longs()).getAll(keys);
          assertTrue(seen.isEmpty() || seen.size() == ACCOUNTS);
          assertTrue(seen.values().stream().distinct().count() <= 1);
          return true;
        });
  }

  @Test
  void rename_backAndForth_isAlwaysAtOneOfThem() throws Exception {
    store.value("a").set("x");
    run(
        List.of(
            () -> {
              for (int i = 0; i < ROUNDS; i++) {
                store.keys().rename("a", "b");
                store.keys().rename("b", "a");
              }
              return true;
            }),
        () -> {
          assertEquals(1, store.keys().exists("a", "b"));
          assertEquals(1, store.keys().size());
          assertEquals(1, store.keys().match("*").size());
          return true;
        });
  }

  @Test
  void reads_withoutALock_neverGoBack() throws Exception {
    store.counter("n").set(0);
    long[] last = new long[1];
    run(
        List.of(
            () -> {
              for (int i = 0; i < 50 * ROUNDS; i++) {
                store.counter("n").increment();
              }
              return true;
            }),
        () -> {
          String text = store.value("n").get();
          assertNotNull(text);
          long seen = Long.parseLong(text);
          assertTrue(seen >= last[0], seen + " after " + last[0]);
          last[0] = seen;
          return true;
        });
    assertEquals(50L * ROUNDS, store.counter("n").get());
  }

  @Test
  void sortedSets_storedFromEachOther_keepTheirMembers() throws Exception {
    for (int i = 0; i < 300; i++) {
      store.sortedSet("a").add("m" + i, 1);
    }
    run(
        List.of(
            () -> {
              for (int i = 0; i < ROUNDS / 20; i++) {
                store.sortedSet("a").storeUnion("b");
                store.sortedSet("b").storeIntersection("c", List.of("a"), Aggregate.MAX);
                store.sortedSet("c").storeRange("a", SortedRange.byRank(0, -1));
              }
              return true;
            },
            () -> {
              for (int i = 0; i < ROUNDS; i++) {
                store.sortedSet("a").increment("m" + i % 300, 0.5);
              }
              return true;
            }),
        () -> {
          assertEquals(300, store.sortedSet("a").union("b", "c").size());
          List<Scored<String>> all = store.sortedSet("a").rangeWithScores(0, -1);
          assertEquals(300, all.size());
          assertEquals(300, store.sortedSet("a").count(ScoreRange.all()));
          return true;
        });
  }

  @Test
  void multiKeyOperations_inEveryOrder_neverDeadlock() throws Exception {
    List<String> keys = accounts();
    List<Callable<Boolean>> changers = new ArrayList<>();
    for (int thread = 0; thread < 6; thread++) {
      Random random = new Random(thread);
      changers.add(
          () -> {
            for (int i = 0; i < ROUNDS / 4; i++) {
              step(keys, random);
            }
            return true;
          });
    }
    run(
        changers,
        () -> {
          assertTrue(store.keys().size() <= 4 * ACCOUNTS + TAGS); // as many names as step knows
          return true;
        });
  }

  private void step(List<String> keys, Random random) throws InterruptedException {
    String first = keys.get(random.nextInt(ACCOUNTS));
    String second = keys.get(random.nextInt(ACCOUNTS));
    switch (random.nextInt(16)) {
      case 0 -> store.values().setAll(Map.of(first, "1", "x" + second, "1"));
      case 1 -> store.keys().delete(first, second);
      case 2 -> store.keys().copy(first, 1, second, true);
      case 3 -> store.keys().touch(second, first);
      case 4 -> store.values().getAll(second, first);
      case 5 -> store.database(1).keys().move(first, 0);
      case 6 -> store.keys().exists(keys);
      case 7 -> {
        if (random.nextInt(20) == 0) {
          store.keys().flushAll();
        }
      }
      case 8 -> store.list("l" + first).pushRight("e", "f");
      case 9 -> store.list("l" + first).moveTo("l" + second, ListEnd.LEFT, ListEnd.RIGHT);
      case 10 ->
          store
              .list("l" + first)
              .moveTo("l" + second, ListEnd.LEFT, ListEnd.LEFT, Duration.ofNanos(1_000));
      case 11 -> {
        store.set("s" + first).add(second);
        store.set("s" + first).moveTo("s" + second, second);
      }
      case 12 -> store.set("s" + first).storeUnion("s" + second, "s" + keys.get(0));
      case 13 -> {
        store.tag("t" + random.nextInt(TAGS)).add(first);
        store.tag("t" + random.nextInt(TAGS)).deleteKeys();
      }
      case 14 ->
          store
              .keys()
              .sortAndStore("s" + first, "l" + second, SortOptions.ascending().alphabetic());
      default ->
          store.atomically(
              List.of(first, second),
              transaction -> {
                transaction.value(second).set("2");
                transaction.keys().rename(second, first);
              });
    }
  }
}
