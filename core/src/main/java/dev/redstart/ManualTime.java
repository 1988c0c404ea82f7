// SPDX-License-Identifier: Apache-2.0
package dev.redstart;

import java.time.Duration;
import java.time.Instant;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Time that moves only when it is told to, for tests.
 *
 * <p>Safe for many threads. A task that is due when it is scheduled runs at the next move. Moving
 * time runs all that is due meanwhile, on the calling thread and in the order of deadlines, before
 * the move returns; a task that is due at 10:05 sees 10:05.
 */
public final class ManualTime implements TimeSource {
  private static final long NANOS_PER_MILLI = 1_000_000;

  /** Half of what 64 bits hold, so that of two times it is known which is earlier. */
  private static final long LONGEST_DELAY_NANOS = Long.MAX_VALUE / 2;

  // Guarded by this.
  private final PriorityQueue<Task> wallTasks = new PriorityQueue<>();
  private final PriorityQueue<Task> monotonicTasks =
      new PriorityQueue<>( // by difference, since the clock may wrap
          (a, b) ->
              a.time != b.time ? Long.signum(a.time - b.time) : Long.compare(a.number, b.number));
  private long wallMillis;
  private long restNanos;
  private long monotonicNanos;
  private long sequence;

  ManualTime(long startMillis) {
    this.wallMillis = startMillis;
  }

  @Override
  public synchronized long wallMillis() {
    return wallMillis;
  }

  @Override
  public synchronized long monotonicNanos() {
    return monotonicNanos;
  }

  /** Returns the wall time. */
  public Instant instant() {
    return Instant.ofEpochMilli(wallMillis());
  }

  /**
   * Moves time forward and runs what is due.
   *
   * @throws IllegalArgumentException if the duration is negative, or longer than 292 years
   */
  public void advance(Duration duration) {
    if (duration.isNegative()) {
      throw new IllegalArgumentException("duration must not be negative: " + duration);
    }
    long nanos;
    try {
      nanos = duration.toNanos();
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException("duration must fit 64 bits of nanoseconds", e);
    }
    advanceNanos(nanos);
  }

  /**
   * Sets the wall clock, forward or back, while the monotonic clock stands still; runs what is due
   * by the wall clock, in the order of deadlines.
   */
  public void setWallClock(Instant instant) {
    long targetMillis = instant.toEpochMilli();
    for (Task due = jumpToNext(targetMillis); due != null; due = jumpToNext(targetMillis)) {
      due.task.run();
    }
  }

  private synchronized @Nullable Task jumpToNext(long targetMillis) {
    Task next = wallTasks.peek();
    if (next == null || next.time > targetMillis) {
      wallMillis = targetMillis;
      return null;
    }
    wallMillis = Math.min(targetMillis, Math.max(wallMillis, next.time));
    return wallTasks.poll();
  }

  @Override
  public synchronized Scheduled schedule(long deadlineMillis, Runnable task) {
    return add(wallTasks, new Task(deadlineMillis, sequence++, task));
  }

  @Override
  public synchronized Scheduled scheduleAfter(long delayNanos, Runnable task) {
    long time = monotonicNanos + Math.max(0, Math.min(delayNanos, LONGEST_DELAY_NANOS));
    return add(monotonicTasks, new Task(time, sequence++, task));
  }

  private Scheduled add(PriorityQueue<Task> tasks, Task task) {
    tasks.add(task);
    return () -> {
      synchronized (this) {
        tasks.remove(task);
      }
    };
  }

  private void advanceNanos(long nanos) {
    long target;
    synchronized (this) {
      target = monotonicNanos + nanos;
    }
    for (Task due = moveToNext(target); due != null; due = moveToNext(target)) {
      due.task.run();
    }
  }

  /** Moves to the next task's time and returns it, or to the target and returns null. */
  private synchronized @Nullable Task moveToNext(long targetNanos) {
    long left = Math.max(0, targetNanos - monotonicNanos);
    long wallWait = nanosToWall(wallTasks.peek());
    Task monotonic = monotonicTasks.peek();
    long monotonicWait = monotonic == null ? Long.MAX_VALUE : monotonic.time - monotonicNanos;
    long wait = Math.max(0, Math.min(wallWait, monotonicWait));
    if (wait > left) {
      moveBy(left);
      return null;
    }
    moveBy(wait);
    return wallWait <= monotonicWait ? wallTasks.poll() : monotonicTasks.poll();
  }

  /** Returns the nanoseconds until the wall clock reaches a task's time; saturated. */
  private long nanosToWall(@Nullable Task task) {
    if (task == null) {
      return Long.MAX_VALUE;
    }
    long millis = Math.max(0, task.time - wallMillis);
    if (millis == 0 || millis > Long.MAX_VALUE / NANOS_PER_MILLI) {
      return millis == 0 ? 0 : Long.MAX_VALUE;
    }
    return millis * NANOS_PER_MILLI - restNanos;
  }

  private void moveBy(long nanos) {
    monotonicNanos += nanos; // may wrap: only differences of it mean anything
    restNanos += nanos % NANOS_PER_MILLI;
    wallMillis += nanos / NANOS_PER_MILLI + restNanos / NANOS_PER_MILLI;
    restNanos %= NANOS_PER_MILLI;
  }

  /** A task with its time on one of the two clocks; first come, first run at equal times. */
  private record Task(long time, long number, Runnable task) implements Comparable<Task> {
    @Override
    public int compareTo(Task other) {
      int byTime = Long.compare(time, other.time);
      return byTime != 0 ? byTime : Long.compare(number, other.number);
    }
  }
}
