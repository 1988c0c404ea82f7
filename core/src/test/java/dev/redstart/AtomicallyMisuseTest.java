// SPDX-License-Identifier: Apache-2.0
package dev.redstart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a body of a transaction must not do: an exception at once, never a wait. */
class AtomicallyMisuseTest {
  private static final List<String> KEYS = List.of("k", "l");
  private static final List<String> WHOLE_DATABASE =
      List.of("random", "scan", "match", "size", "flush", "flushAll");

  private final Store store = Store.open();

  @BeforeEach
  void fill() {
    store.value("k").set("v");
    store.sortedSet("z").add("a", 1);
  }

  @AfterEach
  void close() {
    assertEquals("v", store.value("k").get());
    assertEquals(1, store.sortedSet("z").size());
    assertEquals(2, store.keys().size());
    store.close();
  }

  private static Map<Class<?>, Object> handles(StoreView view, String key) {
    return Map.of(
        RValue.class, view.value(key),
        RCounter.class, view.counter(key),
        RValues.class, view.values(),
        RKeys.class, view.keys(),
        RSet.class, view.set(key),
        RList.class, view.list(key),
        RHash.class, view.hash(key),
        RTag.class, view.tag(key),
        RSortedSet.class, view.sortedSet(key));
  }

  private static void assertAllRefused(Map<Class<?>, Object> handles) {
    handles.forEach(
        (type, handle) ->
            ApiCalls.assertAllThrow(IllegalStateException.class, ApiCalls.of(type), handle));
  }

  @Test
  void storeHandle_insideABody_isRefused() {
    Map<Class<?>, Object> outside = handles(store, "k");
    Map<Class<?>, Object> otherDatabase = handles(store.database(3), "k");
    store.atomically(
        KEYS,
        transaction -> {
          assertAllRefused(outside);
          assertAllRefused(otherDatabase);
          assertAllRefused(handles(store, "x"));
        });
  }

  @Test
  void undeclaredKey_insideABody_isRefused() {
    store.atomically(List.of("other"), transaction -> assertAllRefused(handles(transaction, "k")));
  }

  @Test
  void undeclaredKey_amongDeclaredOnes_isRefused() {
    store.atomically(
        List.of("k"),
        transaction -> {
          RKeys keys = transaction.keys();
          assertThrows(IllegalStateException.class, () -> keys.delete("k", "x"));
          assertThrows(IllegalStateException.class, () -> keys.exists(List.of("k", "x")));
          assertThrows(IllegalStateException.class, () -> keys.rename("k", "x"));
          assertThrows(IllegalStateException.class, () -> keys.renameIfAbsent("k", "x"));
          assertThrows(IllegalStateException.class, () -> keys.copy("k", "x"));
          assertThrows(IllegalStateException.class, () -> keys.copy("x", 2, "k", true));
          assertThrows(IllegalStateException.class, () -> keys.move("x", 2));
          RValues<String> values = transaction.values();
          assertThrows(IllegalStateException.class, () -> values.getAll("k", "x"));
          assertThrows(
              IllegalStateException.class, () -> values.setAll(Map.of("k", "1", "x", "2")));
          assertThrows(IllegalStateException.class, () -> values.setAllIfAbsent(Map.of("x", "2")));
          assertThrows(IllegalStateException.class, () -> transaction.value("k").rename("x"));
        });
  }

  @Test
  void undeclaredKey_ofSeveralSets_isRefused() {
    store.atomically(
        List.of("s", "t"),
        transaction -> {
          RSortedSet<String> set = transaction.sortedSet("s");
          SortedRange<String> all = SortedRange.byRank(0, -1);
          assertThrows(IllegalStateException.class, () -> set.storeRange("x", all));
          assertThrows(IllegalStateException.class, () -> set.union("t", "x"));
          assertThrows(IllegalStateException.class, () -> set.intersect("x"));
          assertThrows(IllegalStateException.class, () -> set.difference("t", "x"));
          assertThrows(IllegalStateException.class, () -> set.intersectSize("x"));
          assertThrows(IllegalStateException.class, () -> set.storeUnion("x", "t"));
          assertThrows(IllegalStateException.class, () -> set.storeUnion("s", "x"));
          assertThrows(IllegalStateException.class, () -> set.storeIntersection("x", "t"));
          assertThrows(IllegalStateException.class, () -> set.storeDifference("x", "t"));
          assertThrows(IllegalStateException.class, () -> set.popMinOfAny(1, List.of("t", "x")));
          assertThrows(
              IllegalStateException.class,
              () -> set.popMaxOfAny(1, List.of("x"), Duration.ofHours(1)));
        });
  }

  @Test
  void undeclaredKey_ofSeveralPlainSets_isRefused() {
    store.atomically(
        List.of("s", "t"),
        transaction -> {
          RSet<String> set = transaction.set("s");
          assertThrows(IllegalStateException.class, () -> set.moveTo("x", "m"));
          assertThrows(IllegalStateException.class, () -> set.union("t", "x"));
          assertThrows(IllegalStateException.class, () -> set.intersect("x"));
          assertThrows(IllegalStateException.class, () -> set.difference("t", "x"));
          assertThrows(IllegalStateException.class, () -> set.intersectSize("x"));
          assertThrows(IllegalStateException.class, () -> set.storeUnion("x", "t"));
          assertThrows(IllegalStateException.class, () -> set.storeUnion("s", "x"));
          assertThrows(IllegalStateException.class, () -> set.storeIntersection("x", "t"));
          assertThrows(IllegalStateException.class, () -> set.storeDifference("x", "t"));
        });
  }

  @Test
  void undeclaredKey_ofSeveralLists_isRefused() {
    store.atomically(
        List.of("s", "t"),
        transaction -> {
          RList<String> list = transaction.list("s");
          ListEnd left = ListEnd.LEFT;
          assertThrows(IllegalStateException.class, () -> list.moveTo("x", left, left));
          assertThrows(
              IllegalStateException.class, () -> list.moveTo("x", left, left, Duration.ofHours(1)));
          assertThrows(
              IllegalStateException.class, () -> list.popFirstNonEmpty(left, 1, List.of("t", "x")));
          assertThrows(
              IllegalStateException.class,
              () -> list.popFirstNonEmpty(left, 1, List.of("x"), Duration.ofHours(1)));
        });
  }

  @Test
  void wholeDatabase_insideABody_isRefused() {
    List<ApiCalls> calls =
        ApiCalls.of(RKeys.class).stream()
            .filter(call -> WHOLE_DATABASE.contains(call.method().getName()))
            .toList();
    assertEquals(8, calls.size());
    store.atomically(
        KEYS,
        transaction ->
            ApiCalls.assertAllThrow(IllegalStateException.class, calls, transaction.keys()));
  }

  @Test
  void loading_insideABody_isRefused() {
    store.atomically(
        KEYS,
        transaction -> {
          assertThrows(
              IllegalStateException.class, () -> transaction.value("k").getOrLoad(() -> "x"));
          assertThrows(
              IllegalStateException.class,
              () -> transaction.value("l").getOrLoad(Duration.ofHours(1), () -> "x"));
        });
  }

  @Test
  void transactionHandle_afterItsBody_isRefused() {
    AtomicReference<StoreTransaction> kept = new AtomicReference<>();
    store.atomically(KEYS, kept::set);
    assertAllRefused(handles(kept.get(), "k"));
    assertThrows(
        ArithmeticException.class,
        () ->
            store.atomically(
                KEYS,
                transaction -> {
                  kept.set(transaction);
                  throw new ArithmeticException();
                }));
    assertAllRefused(handles(kept.get(), "k"));
  }

  @Test
  void transactionHandle_insideAnotherBody_isRefused() {
    AtomicReference<StoreTransaction> kept = new AtomicReference<>();
    store.atomically(KEYS, kept::set);
    store.atomically(KEYS, transaction -> assertAllRefused(handles(kept.get(), "k")));
  }

  @Test
  void transactionHandle_onAnotherThread_isRefused() {
    store.atomically(
        KEYS,
        transaction -> {
          Background<String> other =
              Background.start(
                  () -> {
                    assertAllRefused(handles(transaction, "k"));
                    return "all refused";
                  });
          try {
            assertEquals("all refused", other.get());
          } catch (Exception e) {
            throw new AssertionError(e);
          }
        });
  }

  @Test
  void atomically_insideABody_isRefused() {
    store.atomically(
        KEYS,
        transaction -> {
          assertThrows(IllegalStateException.class, () -> store.atomically(KEYS, inner -> {}));
          assertThrows(
              IllegalStateException.class, () -> store.atomically(List.of("x"), inner -> {}));
          assertThrows(
              IllegalStateException.class,
              () -> store.database(2).atomicallyGet(List.of("x"), inner -> 1));
          assertNull(transaction.value("l").get());
        });
  }

  @Test
  void close_insideABody_isRefused() {
    store.atomically(
        KEYS,
        transaction -> {
          assertThrows(IllegalStateException.class, store::close);
          assertThrows(IllegalStateException.class, () -> store.database(2).close());
          assertEquals("v", transaction.value("k").get());
        });
  }

  @Test
  void refusal_thatIsCaught_leavesTheBodyUsable() {
    store.atomically(
        KEYS,
        transaction -> {
          transaction.value("l").set("x");
          assertThrows(IllegalStateException.class, () -> transaction.value("x").get());
          assertThrows(IllegalStateException.class, () -> store.keys().size());
          transaction.value("l").delete();
        });
  }

  @Test
  void refusal_thatIsNotCaught_undoesTheBody() {
    assertThrows(
        IllegalStateException.class,
        () ->
            store.atomically(
                KEYS,
                transaction -> {
                  transaction.value("l").set("x");
                  transaction.value("undeclared").set("x");
                }));
    assertFalse(store.value("l").exists());
  }

  @Test
  void keys_none_areRefused() {
    assertThrows(
        IllegalArgumentException.class, () -> store.atomically(List.of(), transaction -> {}));
  }

  @Test
  void keys_twiceOrMany_areFine() {
    store.atomically(List.of("k", "k"), transaction -> transaction.value("k").set("v"));
    List<String> many = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      many.add("many" + i);
    }
    Collections.reverse(many);
    store.atomically(many, transaction -> many.forEach(key -> transaction.value(key).set("v")));
    assertEquals(10_002, store.keys().size());
    store.atomically(many, transaction -> assertEquals(10_000, transaction.keys().delete(many)));
  }

  @Test
  void anotherStore_insideABody_isFine() {
    try (Store other = Store.open()) {
      store.atomically(
          KEYS,
          transaction -> {
            other.value("k").set("x");
            other.atomically(KEYS, inner -> inner.value("l").set("y"));
            assertEquals(2, other.keys().size());
            assertThrows(IllegalStateException.class, () -> store.keys().size());
          });
    }
  }

  @Test
  void otherThreads_duringABody_useOtherKeys() throws Exception {
    List<String> free = Stream.iterate(0, i -> i + 1).limit(200).map(i -> "free" + i).toList();
    List<Background<Boolean>> writes = Collections.synchronizedList(new ArrayList<>());
    store.atomically(
        KEYS,
        transaction -> {
          Background<Boolean> other = Background.start(() -> canWrite(free, writes));
          try {
            assertTrue(Boolean.TRUE.equals(other.get()));
          } catch (Exception e) {
            throw new AssertionError(e);
          }
        });
    for (Background<Boolean> write : writes) {
      assertTrue(Boolean.TRUE.equals(write.get())); // also those that waited for the body's end
    }
  }

  /** Some of the keys share a stripe with the declared ones; one that does not must be found. */
  private boolean canWrite(List<String> keys, List<Background<Boolean>> writes) throws Exception {
    for (String key : keys) {
      Background<Boolean> write =
          Background.start(
              () -> {
                store.value(key).set("x");
                return store.value(key).delete();
              });
      writes.add(write);
      while (!write.isDone() && !write.isBlocked()) {
        Thread.onSpinWait();
      }
      if (write.isDone()) {
        return Boolean.TRUE.equals(write.get());
      }
    }
    return false;
  }
}
