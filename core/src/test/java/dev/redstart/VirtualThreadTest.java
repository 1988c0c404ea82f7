// SPDX-License-Identifier: Apache-2.0
package dev.redstart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** The API on virtual threads, where the JDK has them. */
class VirtualThreadTest {
  private static final int THREADS = 2_000;
  private static final long LIMIT_SECONDS = 60;

  /** Starts a virtual thread, or skips the test. */
  private static Thread start(Runnable body) {
    try {
      return (Thread)
          Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, body);
    } catch (NoSuchMethodException missing) {
      return abort("no virtual threads before JDK 21: " + System.getProperty("java.version"));
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(e.getMessage(), e);
    }
  }

  @Test
  void pops_blockedOnManyThreads_areAllServed() throws InterruptedException {
    try (Store store = Store.open()) {
      CountDownLatch done = new CountDownLatch(THREADS);
      Set<String> taken = new ConcurrentSkipListSet<>();
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        RSortedSet<String> set = store.sortedSet("z" + i % 7);
        threads.add(
            start(
                () -> {
                  try {
                    Scored<String> one = set.popMin(Duration.ofMinutes(5));
                    if (one != null) {
                      taken.add(one.member());
                    }
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                  done.countDown();
                }));
      }
      for (int i = 0; i < THREADS; i++) {
        store.sortedSet("z" + i % 7).add("m" + i, i);
      }
      assertTrue(done.await(LIMIT_SECONDS, TimeUnit.SECONDS));
      assertEquals(THREADS, taken.size());
      assertEquals(0, store.keys().size());
      assertEquals(THREADS, threads.size());
    }
  }

  @Test
  void operations_onManyThreads_allHappen() throws InterruptedException {
    RecordingSink sink = new RecordingSink();
    try (Store store = Store.builder().journalSink(sink).open()) {
      CountDownLatch done = new CountDownLatch(THREADS);
      AtomicLong loads = new AtomicLong();
      for (int i = 0; i < THREADS; i++) {
        int number = i;
        start(
            () -> {
              store.counter("n").increment();
              store.sortedSet("z").add("m" + number, number);
              store.atomically(
                  List.of("a", "b"),
                  transaction -> {
                    transaction.counter("a").increment();
                    transaction.counter("b").decrement();
                  });
              store.value("loaded").getOrLoad(() -> "v" + loads.incrementAndGet());
              done.countDown();
            });
      }
      assertTrue(done.await(LIMIT_SECONDS, TimeUnit.SECONDS));
      assertEquals(THREADS, store.counter("n").get());
      assertEquals(THREADS, store.sortedSet("z").size());
      assertEquals(0, store.counter("a").get() + store.counter("b").get());
      assertEquals(1, loads.get());
      assertEquals(4L * THREADS + 1, sink.takeEffects().size());
    }
  }
}
