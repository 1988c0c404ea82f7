// SPDX-License-Identifier: Apache-2.0
package dev.redstart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Transactions: all of it, or as everything was before. */
class AtomicallyTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final List<String> KEYS =
      List.of("text", "number", "bytes", "ttl", "small", "large", "largeTtl", "none", "none2");

  private final ManualTime time = TimeSource.manual(ReachedStore.START);
  private final RecordingSink sink = new RecordingSink();
  private final Store store = Store.builder().timeSource(time).journalSink(sink).open();

  @AfterEach
  void close() {
    store.close();
  }

  /** Ends a body. */
  private static final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private void fill() {
    store.value("text").set("é text");
    store.counter("number").set(41);
    store.value("bytes").append("ab");
    store.value("bytes").append("c".repeat(100_000));
    store.value("ttl").set("mortal", MINUTE);
    for (int i = 0; i < 1000; i++) {
      String member = "member" + i;
      store.sortedSet("large").add(member, i);
      store.sortedSet("largeTtl").add(member, -i);
      if (i < 5) {
        store.sortedSet("small").add(member, i);
      }
    }
    store.sortedSet("largeTtl").expire(MINUTE.multipliedBy(2));
    sink.takeBatches();
  }

  /** Returns all that can be seen of every key, in two databases. */
  private Map<String, String> contents() {
    Map<String, String> contents = new LinkedHashMap<>();
    for (int database : new int[] {0, 1}) {
      Store view = store.database(database);
      List<String> keys = new ArrayList<>(view.keys().match("*"));
      keys.sort(null);
      for (String key : keys) {
        String value =
            view.keys().type(key) == KeyType.STRING
                ? view.value(key).get()
                : view.sortedSet(key).rangeWithScores(0, -1) + " " + view.sortedSet(key).size();
        contents.put(database + key, view.keys().deadline(key) + " " + value);
      }
      contents.put(database + "", view.keys().size() + "");
    }
    return contents;
  }

  private void assertRolledBack(Consumer<StoreTransaction> body) {
    Map<String, String> before = contents();
    sink.takeBatches();
    assertThrows(
        Failure.class,
        () ->
            store.atomically(
                KEYS,
                transaction -> {
                  body.accept(transaction);
                  throw new Failure();
                }));
    assertEquals(before, contents());
    assertEquals(List.of(), sink.takeBatches());
    time.advance(Duration.ZERO);
    assertEquals(before, contents());
  }

  @Test
  void body_returning_isTheResult() {
    long sum = store.atomicallyGet(List.of("a"), transaction -> transaction.counter("a").add(3));
    assertEquals(3, sum);
    assertNull(store.atomicallyGet(List.of("b"), transaction -> transaction.value("b").get()));
    assertEquals(3, store.counter("a").get());
  }

  @Test
  void body_seesItsOwnWrites() {
    store.atomically(
        KEYS,
        transaction -> {
          transaction.value("text").set("a");
          assertEquals("a", transaction.value("text").get());
          transaction.keys().rename("text", "none");
          assertFalse(transaction.value("text").exists());
          assertEquals("a", transaction.value("none").get());
          transaction.sortedSet("small").add("x", 1);
          assertEquals(1, transaction.sortedSet("small").size());
          assertEquals("x", transaction.sortedSet("small").popMin().member());
          assertFalse(transaction.keys().exists("small"));
          transaction.keys().copy("none", 1, "none", true);
        });
    assertEquals("a", store.value("none").get());
    assertEquals("a", store.database(1).value("none").get());
  }

  @Test
  void body_thrown_isPassedOnAsItIs() {
    Failure failure = new Failure();
    assertSame(
        failure,
        assertThrows(
            Failure.class,
            () ->
                store.atomically(
                    List.of("a"),
                    transaction -> {
                      throw failure;
                    })));
    assertThrows(
        StackOverflowError.class,
        () ->
            store.atomically(
                List.of("a"),
                transaction -> {
                  transaction.value("a").set("x");
                  throw new StackOverflowError();
                }));
    assertThrows(
        IOException.class,
        () ->
            store.atomically(
                List.of("a"),
                transaction -> {
                  transaction.value("a").set("x");
                  AtomicallyTest.<RuntimeException>sneak(new IOException());
                }));
    assertFalse(store.value("a").exists());
    store.value("a").set("free again");
  }

  @SuppressWarnings("unchecked") // throws what the caller does not declare, as some languages do
  private static <X extends Throwable> void sneak(Throwable thrown) throws X {
    throw (X) thrown;
  }

  @Test
  void rollback_strings_areRestored() {
    fill();
    assertRolledBack(
        transaction -> {
          transaction.value("text").set("other", MINUTE);
          transaction.counter("number").increment();
          transaction.counter("number").addFraction(0.5);
          transaction.value("bytes").append("more");
          transaction.value("bytes").setRange(50_000, "XYZ");
          transaction.value("none").append("new");
          transaction.value("none2").setIfAbsent("new", MINUTE);
          transaction.values().setAll(Map.of("text", "again", "small", "string"));
        });
  }

  @Test
  void rollback_deadlines_areRestored() {
    fill();
    assertRolledBack(
        transaction -> {
          transaction.value("ttl").persist();
          transaction.value("text").expire(MINUTE);
          transaction.keys().expire("largeTtl", Duration.ofHours(5));
          transaction.value("number").getAndExpire(MINUTE);
          transaction.value("ttl").set("other");
          transaction.keys().expire("small", Duration.ZERO);
        });
    time.advance(MINUTE);
    assertFalse(store.value("ttl").exists());
    assertTrue(store.value("text").exists());
    time.advance(MINUTE);
    assertFalse(store.sortedSet("largeTtl").exists());
  }

  @Test
  void rollback_deletedKeys_areRestored() {
    fill();
    assertRolledBack(transaction -> transaction.keys().delete(KEYS));
    assertRolledBack(
        transaction -> {
          transaction.keys().delete("ttl", "largeTtl", "bytes");
          transaction.value("ttl").set("new");
          transaction.sortedSet("bytes").add("x", 1);
          transaction.value("largeTtl").getAndSet("y");
        });
  }

  @Test
  void rollback_sortedSets_areRestored() {
    fill();
    for (String key : List.of("small", "large", "largeTtl")) {
      assertRolledBack(
          transaction -> {
            RSortedSet<String> set = transaction.sortedSet(key);
            set.add("member1", 5000);
            set.add("new", 0.5);
            set.remove("member2");
            set.increment("member3", 7);
            set.popMin();
            set.popMax(2);
          });
      assertRolledBack(transaction -> transaction.sortedSet(key).removeRange(0, -1));
      assertRolledBack(transaction -> transaction.sortedSet(key).removeRange(1, -2));
    }
    assertEquals(500L, store.sortedSet("large").rank("member500"));
    assertEquals(1000, store.sortedSet("large").count(ScoreRange.all()));
  }

  @Test
  void rollback_smallSetThatGrewLarge_isSmallAgain() {
    fill();
    assertRolledBack(
        transaction -> {
          for (int i = 0; i < 500; i++) {
            transaction.sortedSet("small").add("grown" + i, i);
          }
        });
    assertRolledBack(transaction -> transaction.sortedSet("small").add("x".repeat(100), 1));
  }

  @Test
  void rollback_keyTwice_isAsAtTheBegin() {
    fill();
    for (int round = 0; round < 3; round++) {
      int last = round;
      assertRolledBack(
          transaction -> {
            for (int i = 0; i < 100; i++) {
              transaction.sortedSet("large").add("round" + last + "-" + i, i);
              transaction.sortedSet("large").remove("member" + i);
            }
          });
    }
    assertRolledBack(
        transaction -> {
          transaction.keys().delete("large");
          transaction.sortedSet("large").add("x", 1);
          transaction.keys().delete("large");
          transaction.value("large").set("x");
        });
  }

  @Test
  void rollback_moves_areUndone() {
    fill();
    store.database(1).value("text").set("there");
    sink.takeBatches();
    assertRolledBack(
        transaction -> {
          transaction.keys().rename("large", "none");
          transaction.sortedSet("none").add("x", 1);
          transaction.keys().rename("ttl", "text");
          transaction.keys().copy("small", "none2");
          transaction.sortedSet("none2").remove("member1");
          transaction.sortedSet("small").add("y", 1);
          transaction.keys().move("number", 1);
          transaction.keys().copy("largeTtl", 1, "text", true);
          transaction.keys().copy("largeTtl", 1, "bytes", false);
        });
    assertEquals("there", store.database(1).value("text").get());
  }

  @Test
  void rollback_stored_isUndone() {
    fill();
    assertRolledBack(
        transaction -> {
          RSortedSet<String> large = transaction.sortedSet("large");
          large.storeUnion("small", "largeTtl");
          large.storeDifference("text", "small");
          large.storeIntersection("none", "largeTtl");
          large.storeRange("large", SortedRange.byRank(10, 20));
          large.storeRange("ttl", SortedRange.byRank(500, 600));
        });
  }

  @Test
  void rollback_thenChange_works() {
    fill();
    assertRolledBack(transaction -> transaction.sortedSet("large").removeRange(0, 900));
    store.sortedSet("large").add("after", 0.5);
    assertEquals(1L, store.sortedSet("large").rank("after"));
    assertRolledBack(transaction -> transaction.value("bytes").append("x"));
    assertEquals(100_003, store.value("bytes").append("y"));
    assertRolledBack(transaction -> transaction.value("ttl").append("x"));
    time.advance(MINUTE);
    assertFalse(store.value("ttl").exists());
  }

  @Test
  void rollback_expiredKey_staysExpired() {
    IdleTime idle = new IdleTime(0);
    RecordingSink late = new RecordingSink();
    try (Store other = Store.builder().timeSource(idle).journalSink(late).open()) {
      other.value("k").set("a", MINUTE);
      idle.set(60_000);
      late.takeBatches();
      assertThrows(
          Failure.class,
          () ->
              other.atomically(
                  List.of("k"),
                  transaction -> {
                    transaction.value("k").set("b");
                    throw new Failure();
                  }));
      assertEquals(List.of(), late.takeEffects());
      assertFalse(other.value("k").exists());
      idle.runTasks();
      assertEquals(0, other.keys().size());
      other.value("end").set("a");
      assertEquals(
          List.of("DEL k -> x expired k", "SET end a -> n new end, $ set end"),
          late.takeEffects().stream().map(EffectsContract::text).toList());
    }
  }

  @Test
  void time_insideABody_standsStill() {
    fill();
    store.atomically(
        KEYS,
        transaction -> {
          transaction.value("none").set("a", Duration.ofMillis(5));
          time.advance(Duration.ofHours(1));
          assertEquals("a", transaction.value("none").get());
          assertEquals(Duration.ofMillis(5), transaction.value("none").timeToLive());
          assertEquals("mortal", transaction.value("ttl").get());
          assertEquals(MINUTE, transaction.value("ttl").timeToLive());
          assertTrue(transaction.keys().expire("text", MINUTE));
        });
    assertFalse(store.value("none").exists());
    assertFalse(store.value("ttl").exists());
    assertFalse(store.value("text").exists());
    assertFalse(store.sortedSet("largeTtl").exists());
    time.advance(Duration.ZERO); // what was set to a time already past is due now
    assertEquals(4, store.keys().size());
  }

  @Test
  void time_movedInAFailingBody_expiresAfterwards() {
    fill();
    Instant later = time.instant().plus(MINUTE);
    assertThrows(
        Failure.class,
        () ->
            store.atomically(
                KEYS,
                transaction -> {
                  transaction.value("ttl").set("other");
                  time.advance(MINUTE);
                  throw new Failure();
                }));
    assertEquals(later, time.instant());
    assertFalse(store.value("ttl").exists());
    assertEquals(6, store.keys().size());
  }
}
