// SPDX-License-Identifier: Apache-2.0
package dev.redstart;

import java.time.Clock;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Time that passes by itself: a wall clock, the system's monotonic clock and one thread.
 *
 * <p>Safe for many threads.
 */
final class ClockTime implements TimeSource {
  // A wall clock may be set forward while a task waits on the monotonic one, so a wait for a wall
  // time ends at least this often to look again. Nothing is looked at when nothing waits.
  private static final long LONGEST_WAIT_MILLIS = 1000;
  private static final long IDLE_THREAD_SECONDS = 5;

  private static final System.Logger LOG = System.getLogger(ClockTime.class.getName());

  private final Clock clock;
  private final ScheduledThreadPoolExecutor timer;

  ClockTime(Clock clock) {
    this.clock = clock;
    this.timer = new ScheduledThreadPoolExecutor(1, ClockTime::newThread);
    timer.setRemoveOnCancelPolicy(true);
    timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    timer.setKeepAliveTime(IDLE_THREAD_SECONDS, TimeUnit.SECONDS);
    timer.allowCoreThreadTimeOut(true);
  }

  @Override
  public long wallMillis() {
    return clock.millis();
  }

  @Override
  public long monotonicNanos() {
    return System.nanoTime();
  }

  @Override
  public Scheduled schedule(long deadlineMillis, Runnable task) {
    WallTask wallTask = new WallTask(deadlineMillis, task);
    wallTask.waitAgain();
    return wallTask;
  }

  @Override
  public Scheduled scheduleAfter(long delayNanos, Runnable task) {
    try {
      Future<?> future = timer.schedule(() -> runLogged(task), delayNanos, TimeUnit.NANOSECONDS);
      return () -> future.cancel(false);
    } catch (RejectedExecutionException closed) {
      return () -> {};
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }

  private static Thread newThread(Runnable body) {
    Thread thread = new Thread(body, "redstart-timer");
    thread.setDaemon(true);
    return thread;
  }

  private static void runLogged(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException | Error e) {
      LOG.log(System.Logger.Level.ERROR, "a timed task failed and is lost", e);
      throw e;
    }
  }

  /** A task that waits for a wall time, in steps. */
  private final class WallTask implements Scheduled, Runnable {
    // Fixed after construction.
    private final long deadlineMillis;
    private final Runnable task;

    // Guarded by this.
    private @Nullable Future<?> future;
    private boolean cancelled;

    WallTask(long deadlineMillis, Runnable task) {
      this.deadlineMillis = deadlineMillis;
      this.task = task;
    }

    synchronized void waitAgain() {
      if (!cancelled) {
        long waitMillis = Math.min(deadlineMillis - wallMillis(), LONGEST_WAIT_MILLIS);
        try {
          future = timer.schedule(this, waitMillis, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException closed) {
          cancelled = true;
        }
      }
    }

    @Override
    public void run() {
      if (wallMillis() >= deadlineMillis) {
        runLogged(task);
      } else {
        waitAgain();
      }
    }

    @Override
    public synchronized void cancel() {
      cancelled = true;
      if (future != null) {
        future.cancel(false);
      }
    }
  }
}
