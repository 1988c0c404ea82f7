// SPDX-License-Identifier: Apache-2.0
package dev.redstart.journal;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/**
 * A call on a thread of its own that is expected to block.
 *
 * <p>Confined to its test. Every wait for it is bounded.
 */
final class Blocked<T> {
  private static final long LIMIT_SECONDS = 60;

  private final FutureTask<T> task;
  private final Thread thread;

  private Blocked(Callable<T> call) {
    this.task = new FutureTask<>(call);
    this.thread = new Thread(task, "blocked");
    thread.setDaemon(true);
    thread.start();
  }

  /** Starts a call and returns once its thread waits. */
  static <T> Blocked<T> start(Callable<T> call) {
    Blocked<T> blocked = new Blocked<>(call);
    blocked.awaitBlocked();
    return blocked;
  }

  static Blocked<Void> start(Runnable call) {
    return start(
        () -> {
          call.run();
          return null;
        });
  }

  /** Waits until the thread waits. */
  void awaitBlocked() {
    long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
    while (thread.getState() != Thread.State.WAITING) {
      if (task.isDone() || System.nanoTime() > limit) {
        throw new AssertionError("the call must block: " + thread.getState());
      }
      Thread.onSpinWait();
    }
  }

  boolean isDone() {
    return task.isDone();
  }

  void interrupt() {
    thread.interrupt();
  }

  /** Waits for the answer. */
  T get() throws Exception {
    return task.get(LIMIT_SECONDS, TimeUnit.SECONDS);
  }

  /** Waits for what the call throws. */
  Throwable failure() throws Exception {
    try {
      throw new AssertionError("the call must fail: " + get());
    } catch (ExecutionException e) {
      return e.getCause();
    }
  }
}
