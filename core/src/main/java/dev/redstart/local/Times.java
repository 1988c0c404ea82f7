// SPDX-License-Identifier: Apache-2.0
package dev.redstart.local;

import dev.redstart.SetOptions;
import dev.redstart.keyspace.Access;
import dev.redstart.operation.ValueOperations;
import java.time.Duration;
import java.time.Instant;

/**
 * Durations and instants of the API as milliseconds and nanoseconds of the engine.
 *
 * <p>Stateless; safe for many threads.
 */
final class Times {
  private Times() {}

  /** Returns the deadline of a positive lifetime from now on, in wall milliseconds. */
  static long deadlineAfter(Access access, Duration lifetime) {
    if (lifetime.isNegative() || lifetime.isZero()) {
      throw new IllegalArgumentException("lifetime must be positive: " + lifetime);
    }
    return deadlineAfterAny(access, lifetime);
  }

  /** As {@link #deadlineAfter}, and zero is now. */
  static long deadlineAfterAny(Access access, Duration lifetime) {
    if (lifetime.isNegative()) {
      throw new IllegalArgumentException("lifetime must not be negative: " + lifetime);
    }
    long deadline;
    try {
      deadline = Math.addExact(access.wallMillis(), millis(lifetime));
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException("lifetime must end within 64 bits of milliseconds", e);
    }
    return checked(deadline);
  }

  /**
   * Returns a lifetime in whole milliseconds, rounded up.
   *
   * @throws ArithmeticException if 64 bits cannot say it
   */
  static long millis(Duration lifetime) {
    long millis = lifetime.toMillis();
    boolean hasRest = lifetime.compareTo(Duration.ofMillis(millis)) > 0;
    return Math.addExact(millis, hasRest ? 1 : 0);
  }

  /** Returns a deadline in wall milliseconds. */
  static long deadlineAt(Instant deadline) {
    try {
      return checked(deadline.toEpochMilli());
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException("deadline must be within 64 bits of milliseconds", e);
    }
  }

  /** As {@link #deadlineAt}, and not before 1970, which Redis refuses for a value's deadline. */
  static long futureAt(Instant deadline) {
    long millis = deadlineAt(deadline);
    if (millis <= 0) {
      throw new IllegalArgumentException("deadline must be after 1970 began: " + deadline);
    }
    return millis;
  }

  /** Returns the deadline that options ask for, as {@link ValueOperations#set} takes it. */
  static long deadlineOf(Access access, SetOptions options) {
    if (options.keepsDeadline()) {
      return ValueOperations.SAME_DEADLINE;
    }
    Duration lifetime = options.lifetime();
    if (lifetime != null) {
      return deadlineAfter(access, lifetime);
    }
    Instant deadline = options.deadline();
    return deadline != null ? futureAt(deadline) : ValueOperations.NO_DEADLINE;
  }

  /** Returns how long to wait in nanoseconds, {@code Long.MAX_VALUE} for longer than they say. */
  static long timeoutNanos(Duration timeout) {
    if (timeout.isNegative()) {
      throw new IllegalArgumentException("timeout must not be negative: " + timeout);
    }
    try {
      return timeout.toNanos();
    } catch (ArithmeticException e) {
      return Long.MAX_VALUE;
    }
  }

  private static long checked(long deadlineMillis) {
    if (deadlineMillis == ValueOperations.NO_DEADLINE
        || deadlineMillis == ValueOperations.SAME_DEADLINE) {
      throw new IllegalArgumentException("deadline must be within 64 bits of milliseconds");
    }
    return deadlineMillis;
  }
}
