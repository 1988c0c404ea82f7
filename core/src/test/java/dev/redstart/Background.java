// SPDX-License-Identifier: Apache-2.0
package dev.redstart;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A call that runs on a thread of its own, for tests of what blocks.
 *
 * <p>Confined to the test thread, but for the call. Every wait for it is bounded.
 */
public final class Background<T> {
  private static final long LIMIT_SECONDS = Boolean.getBoolean("redstart.long") ? 120 : 30;

  private final FutureTask<T> task;
  private final Thread thread;

  private Background(Callable<T> call) {
    this.task = new FutureTask<>(call);
    this.thread = new Thread(task, "background");
    thread.setDaemon(true);
    thread.start();
  }

  public static <T> Background<T> start(Callable<T> call) {
    return new Background<>(call);
  }

  /** Starts a call and waits until its thread is blocked. */
  public static <T> Background<T> startBlocked(Callable<T> call) {
    Background<T> background = new Background<>(call);
    background.awaitBlocked();
    return background;
  }

  /** Waits until the thread waits for something. */
  void awaitBlocked() {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
    while (!isBlocked()) {
      if (task.isDone() || System.nanoTime() > deadline) {
        throw new AssertionError("the call must block: " + thread.getState());
      }
      Thread.onSpinWait();
    }
  }

  /** Waits until the thread waits within a method of that name. */
  void awaitBlockedIn(String method) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
    while (!isBlocked()
        || Stream.of(thread.getStackTrace()).noneMatch(at -> at.getMethodName().equals(method))) {
      if (task.isDone() || System.nanoTime() > deadline) {
        throw new AssertionError("the call must block in " + method + ": " + thread.getState());
      }
      Thread.onSpinWait();
    }
  }

  boolean isBlocked() {
    Thread.State state = thread.getState();
    return state == Thread.State.WAITING || state == Thread.State.TIMED_WAITING;
  }

  boolean isDone() {
    return task.isDone();
  }

  void interrupt() {
    thread.interrupt();
  }

  /** Waits for the result. */
  public @Nullable T get() throws Exception {
    try {
      return task.get(LIMIT_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Exception cause) {
        throw cause;
      }
      throw new AssertionError(e.getCause());
    } catch (TimeoutException e) {
      e.setStackTrace(thread.getStackTrace()); // where it hangs
      throw new AssertionError("the call must end: " + thread.getState(), e);
    }
  }

  /** Waits for the exception that the call ends with. */
  Exception failure() {
    try {
      throw new AssertionError("the call must fail: " + get());
    } catch (Exception e) {
      return e;
    }
  }
}
