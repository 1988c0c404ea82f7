// SPDX-License-Identifier: Apache-2.0
package dev.redstart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redstart.spi.JournalBatch;
import dev.redstart.spi.JournalSink;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Opening and closing stores, and using what is closed. */
class StoreLifecycleTest {
  private static final Duration LONG = Duration.ofHours(1);
  private static final long LIMIT_SECONDS = 30;

  private static Map<Class<?>, Object> handles(Store store) {
    return Map.of(
        RValue.class, store.value("k"),
        RCounter.class, store.counter("k"),
        RValues.class, store.values(),
        RKeys.class, store.keys(),
        RSet.class, store.set("k"),
        RList.class, store.list("k"),
        RHash.class, store.hash("k"),
        RTag.class, store.tag("k"),
        RSortedSet.class, store.sortedSet("k"));
  }

  private static void assertClosed(Map<Class<?>, Object> handles) {
    handles.forEach(
        (type, handle) ->
            ApiCalls.assertAllThrow(
                StoreClosedException.class,
                ApiCalls.of(type),
                handle,
                thrown -> assertEquals("ERR", thrown.code())));
  }

  @Test
  void open_defaults_areSixteenEmptyDatabases() {
    try (Store store = Store.open()) {
      for (int number = 0; number < 16; number++) {
        assertEquals(0, store.database(number).keys().size());
      }
      assertThrows(IllegalArgumentException.class, () -> store.database(16));
      assertThrows(IllegalArgumentException.class, () -> store.database(-1));
    }
  }

  @Test
  void builder_badSettings_areRefused() {
    StoreBuilder builder = Store.builder();
    for (int bad : new int[] {0, -1, 3, 48, 2048, Integer.MIN_VALUE}) {
      assertThrows(IllegalArgumentException.class, () -> builder.stripes(bad));
    }
    for (int bad : new int[] {0, -1, 65_537, Integer.MIN_VALUE}) {
      assertThrows(IllegalArgumentException.class, () -> builder.databases(bad));
    }
    for (long bad : new long[] {0, -1, Long.MIN_VALUE}) {
      assertThrows(IllegalArgumentException.class, () -> builder.journalBytes(bad));
    }
  }

  @Test
  void builder_eachSetting_works() {
    for (int stripes : new int[] {1, 2, 64, 1024}) {
      try (Store store = Store.builder().stripes(stripes).databases(65_536).open()) {
        for (int i = 0; i < 200; i++) {
          store.database(65_535).value("k" + i).set("v" + i);
        }
        assertEquals(200, store.database(65_535).keys().size());
        assertEquals("v7", store.database(65_535).value("k7").get());
        assertEquals(0, store.keys().size());
      }
    }
    try (Store store = Store.builder().databases(1).open()) {
      store.value("k").set("v");
      assertThrows(IllegalArgumentException.class, () -> store.keys().move("k", 1));
    }
  }

  @Test
  void builder_usedTwice_opensTwoStores() {
    StoreBuilder builder = Store.builder().stripes(4);
    try (Store one = builder.open();
        Store two = builder.open()) {
      one.value("k").set("v");
      assertFalse(two.value("k").exists());
    }
  }

  @Test
  void close_everyHandle_saysSoAfterwards() {
    Store store = Store.open();
    store.value("k").set("v");
    Map<Class<?>, Object> before = handles(store);
    Map<Class<?>, Object> other = handles(store.database(5));
    store.close();
    assertClosed(before);
    assertClosed(other);
    assertClosed(handles(store));
    assertThrows(StoreClosedException.class, () -> store.atomically(List.of("k"), tx -> {}));
    assertThrows(StoreClosedException.class, () -> store.atomicallyGet(List.of("k"), tx -> 1));
  }

  @Test
  void close_withASink_saysSoAfterwards() {
    RecordingSink sink = new RecordingSink();
    Store store = Store.builder().journalSink(sink).open();
    store.value("k").set("v");
    Map<Class<?>, Object> before = handles(store);
    store.close();
    assertClosed(before);
    assertEquals(1, sink.takeEffects().size());
  }

  @Test
  void close_viewOfADatabase_closesTheStore() {
    Store store = Store.open();
    store.database(3).close();
    assertThrows(StoreClosedException.class, () -> store.value("k").get());
  }

  @Test
  void close_twice_isFine() {
    Store store = Store.builder().journalSink(new RecordingSink()).open();
    store.close();
    store.close();
    store.database(3).close();
  }

  @Test
  void close_fromManyThreads_isFine() throws Exception {
    for (int round = 0; round < 20; round++) {
      Store store = Store.builder().journalSink(new RecordingSink()).open();
      store.value("k").set("v");
      CyclicBarrier barrier = new CyclicBarrier(4);
      List<Background<Boolean>> closers = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        closers.add(
            Background.start(
                () -> {
                  barrier.await(LIMIT_SECONDS, TimeUnit.SECONDS);
                  store.close();
                  return true;
                }));
      }
      for (Background<Boolean> closer : closers) {
        assertEquals(true, closer.get());
      }
      assertThrows(StoreClosedException.class, () -> store.value("k").get());
    }
  }

  @Test
  void close_whileOperationsRun_endsThemCleanly() throws Exception {
    for (int round = 0; round < 10; round++) {
      RecordingSink sink = new RecordingSink();
      Store store = Store.builder().journalSink(sink).open();
      CountDownLatch running = new CountDownLatch(3);
      List<Background<Long>> writers = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        String key = "k" + i;
        writers.add(Background.start(() -> countUntilClosed(store, key, running)));
      }
      assertTrue(running.await(LIMIT_SECONDS, TimeUnit.SECONDS));
      store.close();
      long written = 0;
      for (Background<Long> writer : writers) {
        Long count = writer.get();
        written += count == null ? 0 : count;
      }
      assertEquals(written, sink.takeEffects().size());
    }
  }

  /** Returns how many increments were answered; each of them must have reached the sink. */
  private static long countUntilClosed(Store store, String key, CountDownLatch running) {
    long answered = 0;
    try {
      while (answered < 10_000_000) {
        assertEquals(answered + 1, store.counter(key).increment());
        answered++;
        running.countDown();
      }
    } catch (StoreClosedException closed) {
      return answered;
    }
    throw new AssertionError("the store must be closed meanwhile");
  }

  @Test
  void close_whileBlocked_endsTheWait() {
    Store store = Store.open();
    List<Background<?>> waiting = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      RSortedSet<String> set = store.database(i % 2).sortedSet("z" + i);
      waiting.add(Background.startBlocked(() -> set.popMin(LONG)));
      waiting.add(Background.startBlocked(() -> set.popMaxOfAny(1, List.of("x", "y"), LONG)));
    }
    store.close();
    for (Background<?> each : waiting) {
      assertTrue(each.failure() instanceof StoreClosedException);
    }
  }

  @Test
  void close_duringATransaction_waitsForIt() throws Exception {
    Store store = Store.open();
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch leave = new CountDownLatch(1);
    Background<String> body =
        Background.start(
            () ->
                store.atomicallyGet(
                    List.of("k"),
                    transaction -> {
                      transaction.value("k").set("a");
                      inside.countDown();
                      await(leave);
                      return transaction.value("k").getAndSet("b");
                    }));
    assertTrue(inside.await(LIMIT_SECONDS, TimeUnit.SECONDS));
    Background<Boolean> close =
        Background.startBlocked(
            () -> {
              store.close();
              return true;
            });
    leave.countDown();
    assertEquals("a", body.get());
    assertEquals(true, close.get());
  }

  private static void await(CountDownLatch latch) {
    try {
      assertTrue(latch.await(LIMIT_SECONDS, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void close_bySinkItself_isFine() throws Exception {
    AtomicReference<Store> opened = new AtomicReference<>();
    CountDownLatch closed = new CountDownLatch(1);
    JournalSink closing =
        new JournalSink() {
          @Override
          public void accept(List<JournalBatch> batches) {
            opened.get().close();
            closed.countDown();
          }
        };
    Store store = Store.builder().journalSink(closing).open();
    opened.set(store);
    store.value("k").set("v");
    assertTrue(closed.await(LIMIT_SECONDS, TimeUnit.SECONDS));
    assertThrows(StoreClosedException.class, () -> store.value("k").get());
  }

  @Test
  void close_timeSource_isTheOwnersToClose() {
    ManualTime time = TimeSource.manual(ReachedStore.START);
    try (Store two = Store.builder().timeSource(time).open()) {
      try (Store one = Store.builder().timeSource(time).open()) {
        one.value("k").set("v", Duration.ofMillis(5));
        two.value("k").set("v", Duration.ofMillis(5));
      }
      time.advance(Duration.ofMillis(5));
      assertFalse(two.value("k").exists());
    }
    try (TimeSource clock = TimeSource.of(Clock.systemUTC());
        Store store = Store.builder().timeSource(clock).open()) {
      store.value("k").set("v", LONG);
      assertTrue(store.value("k").exists());
    }
  }

  private static long ownThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.isAlive() && thread.getName().startsWith("redstart"))
        .count();
  }

  @Test
  void openAndClose_aThousandTimes_leavesNoThread() {
    long before = ownThreads();
    for (int i = 0; i < 1000; i++) {
      StoreBuilder builder = Store.builder();
      if (i % 2 == 0) {
        builder.journalSink(new RecordingSink());
      }
      try (Store store = builder.open()) {
        store.value("k").set("v", LONG);
        store.sortedSet("z").add("a", 1);
      }
    }
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
    while (ownThreads() > before && System.nanoTime() < deadline) {
      Thread.onSpinWait();
    }
    assertTrue(ownThreads() <= before);
  }

  @Test
  void threads_ofAStore_areDaemons() {
    try (Store store = Store.builder().journalSink(new RecordingSink()).open()) {
      store.value("k").set("v", LONG);
      assertTrue(ownThreads() > 0);
      assertTrue(
          Thread.getAllStackTraces().keySet().stream()
              .filter(thread -> thread.getName().startsWith("redstart"))
              .allMatch(Thread::isDaemon));
    }
  }
}
