// SPDX-License-Identifier: Apache-2.0
package dev.redstart;

import java.util.ArrayDeque;
import java.util.Queue;

/**
 * A time that is set by the test and runs no task until it is asked to.
 *
 * <p>Safe for many threads. With it keys are past their deadline while nobody has reclaimed them.
 */
final class IdleTime implements TimeSource {
  // Guarded by this.
  private long wallMillis;
  private final Queue<Runnable> tasks = new ArrayDeque<>();

  IdleTime(long wallMillis) {
    this.wallMillis = wallMillis;
  }

  synchronized void set(long millis) {
    wallMillis = millis;
  }

  /** Runs every task that was ever scheduled, due or not: an alarm may come early. */
  void runTasks() {
    Queue<Runnable> all;
    synchronized (this) {
      all = new ArrayDeque<>(tasks);
      tasks.clear();
    }
    all.forEach(Runnable::run);
  }

  @Override
  public synchronized long wallMillis() {
    return wallMillis;
  }

  @Override
  public long monotonicNanos() {
    return wallMillis() * 1_000_000;
  }

  @Override
  public synchronized Scheduled schedule(long deadlineMillis, Runnable task) {
    tasks.add(task);
    return () -> cancel(task);
  }

  @Override
  public Scheduled scheduleAfter(long delayNanos, Runnable task) {
    return schedule(0, task);
  }

  private synchronized void cancel(Runnable task) {
    tasks.remove(task);
  }
}
