// SPDX-License-Identifier: Apache-2.0
package dev.redstart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redstart.spi.JournalBatch;
import dev.redstart.spi.JournalSink;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** No write returns before a sink that promises durability has taken its effect. */
class DurableWritesTest {
  private static final long LIMIT_SECONDS = 30;
  private static final Duration LONG = Duration.ofHours(1);

  /** The methods that write, by their names; all others only read. */
  private static final Map<Class<?>, String> WRITES =
      Map.of(
          RValue.class,
              "append compareAndSet delete expire expireAt getAndDelete getAndExpire "
                  + "getAndExpireAt getAndPersist getAndSet getOrLoad persist rename set "
                  + "setIfAbsent setIfPresent setRange",
          RCounter.class,
              "add addFraction decrement delete expire expireAt getAndSet increment persist "
                  + "rename set setFraction",
          RValues.class, "setAll setAllIfAbsent",
          RKeys.class,
              "copy delete expire expireAt flush flushAll move persist rename renameIfAbsent "
                  + "sortAndStore unlink",
          RSet.class,
              "add delete expire expireAt moveTo persist pop remove removeAll rename "
                  + "storeDifference storeIntersection storeUnion",
          RList.class,
              "delete expire expireAt insertAfter insertBefore moveTo persist "
                  + "popFirstNonEmpty popLeft popRight pushLeft pushLeftIfPresent pushRight "
                  + "pushRightIfPresent remove rename set trim",
          RHash.class,
              "delete expire expireAt increment persist put putAll putIfAbsent remove "
                  + "removeAll rename",
          RTag.class, "add delete deleteKeys remove",
          RSortedSet.class,
              "add delete expire expireAt increment persist popMax popMaxOfAny popMin "
                  + "popMinOfAny remove removeAll removeRange rename storeDifference "
                  + "storeIntersection storeRange storeUnion");

  /** What is there before a call: the handle's key h, and the keys k and l of its arguments. */
  private enum State {
    EMPTY,
    WITHOUT_L,
    FULL
  }

  /** A sink that may be told to take nothing for a while. */
  private static final class HeldSink implements JournalSink {
    private final CountDownLatch entered = new CountDownLatch(1);
    private volatile CountDownLatch gate = new CountDownLatch(0);

    @Override
    public void accept(List<JournalBatch> batches) throws Exception {
      CountDownLatch current = gate;
      if (current.getCount() > 0) {
        entered.countDown();
        assertTrue(current.await(LIMIT_SECONDS, TimeUnit.SECONDS));
      }
    }

    @Override
    public boolean isDurable() {
      return true;
    }
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        RValue.class,
        RCounter.class,
        RValues.class,
        RKeys.class,
        RSet.class,
        RList.class,
        RHash.class,
        RTag.class,
        RSortedSet.class
      })
  void write_heldSink_waits(Class<?> type) throws Exception {
    TreeSet<String> writes = new TreeSet<>();
    for (ApiCalls call : ApiCalls.of(type)) {
      for (State state : State.values()) {
        if ((state == State.FULL || !mayBlock(call)) && records(type, call, state)) {
          writes.add(call.method().getName());
          assertWaits(type, call, state);
        }
      }
    }
    assertEquals(WRITES.get(type), String.join(" ", writes));
  }

  /** A write through a handle. */
  private interface Writing {
    @Nullable Object on(Object handle) throws Throwable;
  }

  /** Takes from the key h, once there is something; it has to wait for its own effect too. */
  private enum Taker {
    LIST {
      @Override
      Object take(Store store) throws InterruptedException {
        return store.list("h").popLeft(LONG);
      }
    },
    LIST_TO_LIST {
      @Override
      Object take(Store store) throws InterruptedException {
        return store.list("h").moveTo("d", ListEnd.LEFT, ListEnd.LEFT, LONG);
      }
    },
    SORTED_SET {
      @Override
      Object take(Store store) throws InterruptedException {
        return store.sortedSet("h").popMin(LONG);
      }
    };

    abstract Object take(Store store) throws InterruptedException;

    void bring(Store store) {
      if (this == SORTED_SET) {
        store.sortedSet("h").add("a", 1);
      } else {
        store.list("h").pushRight("a");
      }
    }
  }

  @Test
  void edit_ofAView_waits() throws Exception {
    Function<Store, Object> list = store -> prepare(store, RList.class, State.FULL);
    Function<Store, Object> hash = store -> prepare(store, RHash.class, State.FULL);
    assertWaits("set", list, handle -> list(handle).set(1, "x"));
    assertWaits("add", list, handle -> list(handle).addAll(1, List.of("x")));
    assertWaits("remove", list, handle -> list(handle).remove(1));
    assertWaits(
        "clear",
        list,
        handle -> {
          list(handle).subList(0, 2).clear();
          return null;
        });
    assertWaits("compute", hash, handle -> map(handle).compute("v", (field, value) -> "x"));
    Function<Store, Object> scores = store -> prepare(store, RSortedSet.class, State.FULL);
    assertWaits("score", scores, handle -> scores(handle).compute("v", (each, score) -> 7.0));
    assertWaits("computeToNull", hash, handle -> map(handle).compute("v", (field, value) -> null));
  }

  @SuppressWarnings("unchecked") // of text, as prepare makes it
  private static List<String> list(Object handle) {
    return ((RList<String>) handle).asList();
  }

  @SuppressWarnings("unchecked") // of text, as prepare makes it
  private static Map<String, Double> scores(Object handle) {
    return ((RSortedSet<String>) handle).asScoreMap();
  }

  @SuppressWarnings("unchecked") // of text, as prepare makes it
  private static Map<String, String> map(Object handle) {
    return ((RHash<String, String>) handle).asMap();
  }

  @ParameterizedTest
  @EnumSource
  void taker_servedWhileTheSinkIsHeld_waits(Taker taker) throws Exception {
    HeldSink sink = new HeldSink();
    try (Store store = open(sink)) {
      CountDownLatch gate = new CountDownLatch(1);
      sink.gate = gate;
      try {
        Background<Object> taking = Background.startBlocked(() -> taker.take(store));
        Background<Boolean> bringing =
            Background.start(
                () -> {
                  taker.bring(store);
                  return true;
                });
        bringing.awaitBlockedIn("settle");
        taking.awaitBlockedIn("settle");
        gate.countDown();
        assertNotNull(taking.get());
        assertEquals(true, bringing.get());
      } finally {
        gate.countDown();
      }
    }
  }

  private static boolean mayBlock(ApiCalls call) {
    return Arrays.asList(call.method().getExceptionTypes()).contains(InterruptedException.class);
  }

  /** Tells whether a call writes in a state; one that is refused does not. */
  private static boolean records(Class<?> type, ApiCalls call, State state) {
    RecordingSink sink = new RecordingSink();
    try (Store store = open(sink)) {
      Object handle = prepare(store, type, state);
      sink.takeBatches();
      call.on(handle);
    } catch (Throwable refused) {
      return false;
    }
    return !sink.takeBatches().isEmpty(); // closing has handed all over
  }

  private static void assertWaits(Class<?> type, ApiCalls call, State state) throws Exception {
    assertWaits(call + " when " + state, store -> prepare(store, type, state), call::on);
  }

  private static void assertWaits(String label, Function<Store, Object> prepared, Writing writing)
      throws Exception {
    HeldSink sink = new HeldSink();
    try (Store store = open(sink)) {
      Object handle = prepared.apply(store);
      CountDownLatch gate = new CountDownLatch(1);
      sink.gate = gate;
      try {
        Background<Object> write = Background.start(() -> on(writing, handle));
        assertTrue(sink.entered.await(LIMIT_SECONDS, TimeUnit.SECONDS), "no effect: " + label);
        try {
          write.awaitBlocked();
        } catch (AssertionError returned) {
          throw new AssertionError("must wait: " + label, returned);
        }
        gate.countDown();
        write.get();
      } finally {
        gate.countDown();
      }
    }
  }

  private static @Nullable Object on(Writing writing, Object handle) throws Exception {
    try {
      return writing.on(handle);
    } catch (Exception | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  private static Store open(JournalSink sink) {
    return Store.builder()
        .timeSource(TimeSource.manual(ReachedStore.START))
        .journalSink(sink)
        .open();
  }

  /** Fills the keys and returns the handle. */
  private static Object prepare(Store store, Class<?> type, State state) {
    if (state != State.EMPTY) {
      fill(store, type, type == RTag.class ? "other" : "h");
      fill(store, type, "k");
      store.keys().expire("k", Duration.ofHours(1));
      store.tag("h").add("k");
    }
    if (state == State.FULL) {
      fill(store, type, "l");
      store.keys().expire("h", Duration.ofHours(1));
    }
    return handle(store, type, "h");
  }

  private static Object handle(Store store, Class<?> type, String key) {
    return switch (type.getSimpleName()) {
      case "RCounter" -> store.counter(key);
      case "RValues" -> store.values();
      case "RKeys" -> store.keys();
      case "RTag" -> store.tag(key);
      case "RSet" -> store.set(key);
      case "RSortedSet" -> store.sortedSet(key);
      case "RList" -> store.list(key);
      case "RHash" -> store.hash(key);
      default -> store.value(key);
    };
  }

  private static void fill(Store store, Class<?> type, String key) {
    switch (type.getSimpleName()) {
      case "RCounter" -> store.counter(key).add(5);
      case "RSet" -> store.set(key).add("a", "v", key);
      case "RSortedSet" -> {
        store.sortedSet(key).add("a", 1);
        store.sortedSet(key).add("v", 2);
        store.sortedSet(key).add(key, 3);
      }
      case "RList" -> store.list(key).pushRight("a", "v", key);
      case "RKeys" -> store.list(key).pushRight("2", "1");
      case "RHash" -> {
        store.hash(key).put("v", "1");
        store.hash(key).put("a", "2");
        store.hash(key).expire("v", Duration.ofHours(1));
      }
      default -> store.value(key).set("v");
    }
  }
}
