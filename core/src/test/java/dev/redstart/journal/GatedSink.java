// SPDX-License-Identifier: Apache-2.0
package dev.redstart.journal;

import dev.redstart.spi.JournalBatch;
import dev.redstart.spi.JournalSink;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A sink that takes something only when the test lets it, and keeps what it took.
 *
 * <p>Safe for many threads.
 */
final class GatedSink implements JournalSink {
  private static final long LIMIT_SECONDS = 60;

  private final boolean durable;
  private final Semaphore gate = new Semaphore(0);
  private final Semaphore entered = new Semaphore(0);

  // Guarded by this.
  private final List<List<JournalBatch>> groups = new ArrayList<>();
  private int timesAsked;
  private @Nullable Throwable failure;

  GatedSink(boolean durable) {
    this.durable = durable;
  }

  static GatedSink open(boolean durable) {
    GatedSink sink = new GatedSink(durable);
    sink.open();
    return sink;
  }

  /** Lets one call of accept through. */
  void letOne() {
    gate.release();
  }

  /** Lets all calls through from now on. */
  void open() {
    gate.release(Integer.MAX_VALUE / 2);
  }

  /** Makes every call from now on end so, after the gate. */
  synchronized void failWith(Throwable throwable) {
    failure = throwable;
  }

  /** Waits until accept was called once more, and is before the gate or past it. */
  void awaitEntered() throws InterruptedException {
    if (!entered.tryAcquire(LIMIT_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("the sink must be called");
    }
  }

  @Override
  public void accept(List<JournalBatch> batches) throws Exception {
    entered.release();
    if (!gate.tryAcquire(LIMIT_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("the gate must open");
    }
    synchronized (this) {
      groups.add(batches);
      if (failure instanceof Error error) {
        throw error;
      }
      if (failure instanceof Exception exception) {
        throw exception;
      }
    }
  }

  @Override
  public synchronized boolean isDurable() {
    timesAsked++;
    return durable;
  }

  synchronized int timesAsked() {
    return timesAsked;
  }

  /** Returns what came, a list for each call. */
  synchronized List<List<JournalBatch>> groups() {
    return List.copyOf(groups);
  }

  /** Returns all batches in order. */
  List<JournalBatch> batches() {
    return groups().stream().flatMap(List::stream).toList();
  }
}
