// SPDX-License-Identifier: Apache-2.0
package dev.redstart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redstart.spi.Effect;
import dev.redstart.spi.JournalBatch;
import dev.redstart.spi.JournalSink;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sinks as an application sees them: order, bound, failure. */
class JournalSinkTest {
  private static final long LIMIT_SECONDS = 30;
  private static final int WRITES = 2_000;

  /** A sink that waits until it may go on, or fails. */
  private static final class GatedSink implements JournalSink {
    private final CountDownLatch entered = new CountDownLatch(1);
    private final CountDownLatch gate = new CountDownLatch(1);
    private final boolean durable;
    private final boolean fails;
    private final List<Effect> effects = new ArrayList<>();

    GatedSink(boolean durable, boolean fails) {
      this.durable = durable;
      this.fails = fails;
    }

    @Override
    public void accept(List<JournalBatch> batches) throws Exception {
      entered.countDown();
      assertTrue(gate.await(LIMIT_SECONDS, TimeUnit.SECONDS));
      if (fails) {
        throw new IOException("the disk is full");
      }
      synchronized (effects) {
        batches.forEach(batch -> effects.addAll(batch.effects()));
      }
    }

    @Override
    public boolean isDurable() {
      return durable;
    }

    int count() {
      synchronized (effects) {
        return effects.size();
      }
    }
  }

  @Test
  void writes_ofManyThreads_areInEachKeysOrder() throws Exception {
    RecordingSink one = new RecordingSink();
    RecordingSink two = new RecordingSink();
    try (Store store = Store.builder().journalSink(one).journalSink(two).open()) {
      List<Background<Boolean>> writers = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        String own = "own" + i;
        writers.add(
            Background.start(
                () -> {
                  for (int j = 0; j < WRITES; j++) {
                    store.counter("shared").increment();
                    store.value(own).set("" + j);
                    store.atomically(
                        List.of("a", "b"),
                        transaction -> {
                          transaction.value("a").set(own);
                          transaction.value("b").set(own);
                        });
                  }
                  return true;
                }));
      }
      for (Background<Boolean> writer : writers) {
        assertEquals(true, writer.get());
      }
      List<JournalBatch> batches = one.takeBatches();
      assertEquals(batches, two.takeBatches());
      assertEquals(4 * 3 * WRITES, batches.size());
      assertOrder(batches);
    }
  }

  private static void assertOrder(List<JournalBatch> batches) {
    Map<String, Integer> next = new HashMap<>();
    for (JournalBatch batch : batches) {
      assertEquals(batch.transaction() ? 2 : 1, batch.effects().size());
      List<String> command = batch.effects().get(0).command();
      if (command.get(1).startsWith("own")) {
        int expected = next.merge(command.get(1), 1, Integer::sum) - 1;
        assertEquals("" + expected, command.get(2));
      } else if (batch.transaction()) {
        assertEquals(command.get(2), batch.effects().get(1).command().get(2));
      }
    }
  }

  @Test
  void durableSink_slow_isWaitedFor() throws Exception {
    GatedSink sink = new GatedSink(true, false);
    try (Store store = Store.builder().journalSink(sink).open()) {
      Background<Long> write = Background.start(() -> store.counter("n").increment());
      assertTrue(sink.entered.await(LIMIT_SECONDS, TimeUnit.SECONDS));
      write.awaitBlocked();
      assertEquals(1, store.counter("n").get());
      assertEquals(0, sink.count());
      sink.gate.countDown();
      assertEquals(1L, write.get());
      assertEquals(1, sink.count());
    }
  }

  @Test
  void plainSink_slow_letsWritersGoOnUpToTheBound() throws Exception {
    GatedSink sink = new GatedSink(false, false);
    try (Store store = Store.builder().journalSink(sink).journalBytes(10_000).open()) {
      store.value("k").set("x");
      assertTrue(sink.entered.await(LIMIT_SECONDS, TimeUnit.SECONDS));
      Background<Boolean> writer =
          Background.startBlocked(
              () -> {
                for (int i = 0; i < 1000; i++) {
                  store.value("k").set("x".repeat(100));
                }
                return true;
              });
      assertEquals("x".repeat(100), store.value("k").get());
      assertEquals(1, store.keys().size());
      assertFalse(writer.isDone());
      sink.gate.countDown();
      assertEquals(true, writer.get());
    }
    assertEquals(1001, sink.count());
  }

  @Test
  void expiry_whileTheJournalIsFull_waitsForRoomElsewhere() throws Exception {
    GatedSink sink = new GatedSink(false, false);
    ManualTime time = TimeSource.manual(ReachedStore.START);
    try (Store store =
        Store.builder().timeSource(time).journalSink(sink).journalBytes(5_000).open()) {
      for (int i = 0; i < 40; i++) {
        store.value("k" + i).set("v", Duration.ofMillis(i + 1));
      }
      store.value("big").set("x".repeat(10_000));
      assertTrue(sink.entered.await(LIMIT_SECONDS, TimeUnit.SECONDS));
      Background<Boolean> move =
          Background.start(
              () -> {
                time.advance(Duration.ofSeconds(1));
                return true;
              });
      assertEquals(true, move.get());
      assertFalse(store.keys().exists("k7"));
      assertEquals(List.of("big"), store.keys().match("*"));
      sink.gate.countDown();
      store.value("end").set("v");
      awaitSize(store, 2);
    }
    assertEquals(
        40, sink.effects.stream().filter(each -> each.command().get(0).equals("DEL")).count());
  }

  private static void awaitSize(Store store, long size) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
    while (store.keys().size() != size && System.nanoTime() < deadline) {
      Thread.onSpinWait();
    }
    assertEquals(size, store.keys().size());
  }

  @Test
  void sink_failing_refusesEveryLaterWrite() throws Exception {
    GatedSink sink = new GatedSink(true, true);
    try (Store store = Store.builder().journalSink(sink).open()) {
      Background<Boolean> write =
          Background.start(
              () -> {
                store.value("k").set("v");
                return true;
              });
      assertTrue(sink.entered.await(LIMIT_SECONDS, TimeUnit.SECONDS));
      sink.gate.countDown();
      assertMisconf((StoreException) write.failure());
      assertMisconf(assertThrows(StoreException.class, () -> store.value("l").set("v")));
      assertMisconf(assertThrows(StoreException.class, () -> store.sortedSet("z").add("a", 1)));
      assertMisconf(
          assertThrows(
              StoreException.class, () -> store.atomically(List.of("l"), transaction -> {})));
      assertFalse(store.value("l").exists());
      assertFalse(store.sortedSet("z").exists());
      assertEquals("v", store.value("k").get());
    }
  }

  private static void assertMisconf(StoreException refused) {
    assertEquals("MISCONF", refused.code());
    assertTrue(refused.getCause() instanceof IOException);
  }

  /** A sink that turns to the store that it listens to, which would wait for itself. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void sink_writingToItsOwnStore_isRefused(boolean durable) throws Exception {
    AtomicReference<Store> own = new AtomicReference<>();
    List<Executable> misuses =
        List.of(
            () -> own.get().value("k").set("w"),
            () -> own.get().counter("n").increment(),
            () -> own.get().keys().delete("k"),
            () -> own.get().atomically(List.of("k"), tx -> tx.value("k").set("w")),
            () -> own.get().sortedSet("z").popMin(Duration.ofSeconds(1)));
    CountDownLatch refused = new CountDownLatch(misuses.size());
    JournalSink sink =
        new JournalSink() {
          @Override
          public void accept(List<JournalBatch> batches) {
            for (Executable misuse : misuses) {
              assertThrows(IllegalStateException.class, misuse);
              refused.countDown();
            }
          }

          @Override
          public boolean isDurable() {
            return durable;
          }
        };
    try (Store store = Store.builder().journalSink(sink).open()) {
      own.set(store);
      store.value("k").set("v");
      assertTrue(refused.await(LIMIT_SECONDS, TimeUnit.SECONDS));
      Background<Boolean> another = Background.start(() -> store.value("l").setIfAbsent("v"));
      assertEquals(true, another.get());
      assertEquals("v", store.value("k").get());
      assertEquals(0, store.keys().exists(List.of("n", "z")));
    }
  }

  @Test
  void close_withPendingWrites_deliversThem() throws Exception {
    GatedSink sink = new GatedSink(false, false);
    Store store = Store.builder().journalSink(sink).open();
    for (int i = 0; i < 100; i++) {
      store.value("k" + i).set("v");
    }
    Background<Boolean> close =
        Background.startBlocked(
            () -> {
              store.close();
              return true;
            });
    sink.gate.countDown();
    assertEquals(true, close.get());
    assertEquals(100, sink.count());
  }

  @Test
  void close_whileAWriterWaitsForRoom_endsTheWait() throws Exception {
    GatedSink sink = new GatedSink(false, false);
    Store store = Store.builder().journalSink(sink).journalBytes(100).open();
    Background<Boolean> writer =
        Background.startBlocked(
            () -> {
              for (int i = 0; i < 1000; i++) {
                store.value("k").set("x".repeat(100));
              }
              return true;
            });
    Background<Boolean> close =
        Background.start(
            () -> {
              store.close();
              return true;
            });
    assertTrue(writer.failure() instanceof StoreClosedException);
    sink.gate.countDown();
    assertEquals(true, close.get());
  }
}
