// SPDX-License-Identifier: Apache-2.0
package dev.redstart;

import java.time.Clock;
import java.time.Instant;
import java.util.Objects;

/**
 * Where a store takes its time from: every deadline, timeout and id uses it.
 *
 * <p>Implementations are safe for many threads. The clocks are read while keys are held, so they
 * must neither block nor call the store; tasks run under nothing. An application may write its own;
 * {@link #system}, {@link #of} and {@link #manual} cover most needs.
 */
public interface TimeSource extends AutoCloseable {
  /** Returns the wall clock in milliseconds since 1970-01-01T00:00Z; deadlines are such times. */
  long wallMillis();

  /** Returns a clock in nanoseconds that never goes back; timeouts are differences of it. */
  long monotonicNanos();

  /**
   * Runs a task once the wall clock has reached {@code deadlineMillis}, at once if it has.
   *
   * @param deadlineMillis wall time in milliseconds
   * @param task is run once on a thread of this source; it must not block for long
   */
  Scheduled schedule(long deadlineMillis, Runnable task);

  /**
   * Runs a task once {@code delayNanos} nanoseconds have passed, whatever the wall clock does.
   *
   * @param delayNanos nanoseconds from now; at once if not positive
   * @param task is run once on a thread of this source; it must not block for long
   */
  Scheduled scheduleAfter(long delayNanos, Runnable task);

  /** Stops the thread of this source, if it has one; tasks not yet due are dropped. Idempotent. */
  @Override
  default void close() {}

  /** A task that waits for its time. */
  interface Scheduled {
    /** Drops the task unless it has begun. Idempotent. */
    void cancel();
  }

  /** Returns the machine's time; its thread starts with the first task and is a daemon. */
  static TimeSource system() {
    return new ClockTime(Clock.systemUTC());
  }

  /** Returns the time of a clock, for wall time; timeouts use {@link System#nanoTime}. */
  static TimeSource of(Clock clock) {
    return new ClockTime(Objects.requireNonNull(clock, "clock"));
  }

  /** Returns a time that stands still at {@code start} until it is moved; for tests. */
  static ManualTime manual(Instant start) {
    return new ManualTime(start.toEpochMilli());
  }
}
