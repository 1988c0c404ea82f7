// SPDX-License-Identifier: Apache-2.0
package dev.redstart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redstart.spi.JournalBatch;
import dev.redstart.spi.JournalSink;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Interrupts of threads that use a store: kept for the caller, and nothing is lost by them. */
class InterruptTest {
  private static final long LIMIT_SECONDS = 30;

  /** Calls every method with the interrupt flag set; it has to work, and the flag to stay. */
  private static void callAll(Store store) throws Throwable {
    for (Object handle :
        List.of(
            store.value("k"),
            store.counter("n"),
            store.values(),
            store.keys(),
            store.list("li"),
            store.set("p"),
            store.hash("h"),
            store.sortedSet("z"))) {
      Class<?> type = handle.getClass().getInterfaces()[0];
      for (ApiCalls call : ApiCalls.of(type)) {
        store.keys().flush();
        boolean waits =
            List.of(call.method().getExceptionTypes()).contains(InterruptedException.class);
        Thread.currentThread().interrupt();
        if (waits) {
          assertThrows(InterruptedException.class, () -> call.on(handle), call.toString());
          assertTrue(!Thread.interrupted());
        } else {
          callKeepingTheFlag(call, handle);
        }
      }
    }
  }

  private static void callKeepingTheFlag(ApiCalls call, Object handle) throws Throwable {
    try {
      call.on(handle);
    } catch (NoSuchKeyException | IllegalArgumentException expected) {
      // what the method answers in an empty store does not matter here
    }
    assertTrue(Thread.interrupted(), call.toString());
  }

  @Test
  void interruptedThread_everyMethod_worksAndKeepsTheFlag() throws Throwable {
    try (Store store = Store.open()) {
      callAll(store);
    }
  }

  @Test
  void interruptedThread_withADurableSink_worksAndKeepsTheFlag() throws Throwable {
    RecordingSink sink = new RecordingSink();
    try (Store store = Store.builder().journalSink(sink).open()) {
      callAll(store);
      assertTrue(sink.takeBatches().size() > 20);
    }
  }

  @Test
  void interruptedThread_atomically_worksAndKeepsTheFlag() {
    try (Store store = Store.open()) {
      Thread.currentThread().interrupt();
      store.atomically(List.of("k"), transaction -> transaction.value("k").set("v"));
      assertTrue(Thread.interrupted());
      assertEquals("v", store.value("k").get());
    }
  }

  @Test
  void interruptedThread_close_worksAndKeepsTheFlag() {
    Store store = Store.builder().journalSink(new RecordingSink()).open();
    store.value("k").set("v", Duration.ofHours(1));
    Thread.currentThread().interrupt();
    store.close();
    assertTrue(Thread.interrupted());
    assertThrows(StoreClosedException.class, () -> store.value("k").get());
  }

  @Test
  void interrupt_whileADurableWriteWaits_losesNothing() throws Exception {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch gate = new CountDownLatch(1);
    AtomicInteger effects = new AtomicInteger();
    JournalSink sink =
        new JournalSink() {
          @Override
          public void accept(List<JournalBatch> batches) throws InterruptedException {
            entered.countDown();
            assertTrue(gate.await(LIMIT_SECONDS, TimeUnit.SECONDS));
            effects.addAndGet(batches.size());
          }

          @Override
          public boolean isDurable() {
            return true;
          }
        };
    try (Store store = Store.builder().journalSink(sink).open()) {
      AtomicBoolean kept = new AtomicBoolean();
      Background<Long> write =
          Background.start(
              () -> {
                long sum = store.counter("n").increment();
                kept.set(Thread.interrupted());
                return sum;
              });
      assertTrue(entered.await(LIMIT_SECONDS, TimeUnit.SECONDS));
      write.awaitBlocked();
      write.interrupt();
      gate.countDown();
      assertEquals(1L, write.get());
      assertTrue(kept.get());
      assertEquals(1, effects.get());
    }
  }

  @Test
  void interrupts_duringManyWrites_loseNone() throws Exception {
    RecordingSink sink = new RecordingSink();
    try (Store store = Store.builder().journalSink(sink).journalBytes(200).open()) {
      AtomicBoolean stopped = new AtomicBoolean();
      Background<Long> writer =
          Background.start(
              () -> {
                long sum = 0;
                for (int i = 0; i < 20_000; i++) {
                  sum = store.counter("n").increment();
                }
                return sum;
              });
      Background<Boolean> disturber =
          Background.start(
              () -> {
                while (!stopped.get()) {
                  writer.interrupt();
                }
                return true;
              });
      assertEquals(20_000L, writer.get());
      stopped.set(true);
      assertEquals(true, disturber.get());
      assertEquals(20_000, sink.takeEffects().size());
    }
  }
}
