// SPDX-License-Identifier: Apache-2.0
package dev.redstart.keyspace;

import dev.redstart.TimeSource;

/**
 * A time whose tasks never run, as if its thread were late: deadlines pass unnoticed.
 *
 * <p>Safe for many threads.
 */
final class LateTime implements TimeSource {
  private volatile long millis = Space.START_MILLIS;

  void advanceTo(long wallMillis) {
    millis = wallMillis;
  }

  @Override
  public long wallMillis() {
    return millis;
  }

  @Override
  public long monotonicNanos() {
    return 0;
  }

  @Override
  public Scheduled schedule(long deadlineMillis, Runnable task) {
    return () -> {};
  }

  @Override
  public Scheduled scheduleAfter(long delayNanos, Runnable task) {
    return () -> {};
  }
}
