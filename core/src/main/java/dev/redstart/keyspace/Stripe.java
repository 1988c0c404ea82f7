// SPDX-License-Identifier: Apache-2.0
package dev.redstart.keyspace;

import dev.redstart.TimeSource;
import dev.redstart.TimeSource.Scheduled;
import java.util.concurrent.locks.StampedLock;
import org.jspecify.annotations.Nullable;

/**
 * A lock over the keys of all databases that hash to it, and an alarm for their deadlines.
 *
 * <p>Safe for many threads: as a lock it guards the shards, {@code this} guards the alarm.
 */
final class Stripe extends StampedLock {
  // Overview. It is a StampedLock rather than having one, so that a reader reaches the stamp with
  // one step less.

  private static final long serialVersionUID = 1L;

  // Fixed after construction.
  final int index;

  // Guarded by the lock; racy readers read it too, and validate.
  private boolean closed;

  // Guarded by the lock.
  private int reaching;

  /** Tagged keys that are due, of which a timer has let go, and which are not removed yet. */
  int dueTagged;

  // Guarded by this.
  private transient @Nullable Scheduled alarm;
  private long alarmMillis = Long.MAX_VALUE;

  Stripe(int index) {
    this.index = index;
  }

  boolean isClosed() {
    return closed;
  }

  /** Tells whether to change a key of this stripe may mean to change keys of others. */
  boolean reachesFurther() {
    return reaching > 0;
  }

  /**
   * Counts the further keys of those who wait for keys of this stripe, and the tags of its keys;
   * under the lock.
   */
  void countReaching(int change) {
    reaching += change;
  }

  /** Refuses all that comes later; under the lock. */
  void close() {
    closed = true;
    cancelAlarm();
  }

  /** Sees to it that {@code task} runs at the given time or earlier; under no lock. */
  synchronized void wakeAt(long millis, TimeSource time, Runnable task) {
    if (millis < alarmMillis) {
      if (alarm != null) {
        alarm.cancel();
      }
      alarmMillis = millis;
      alarm = time.schedule(millis, task);
    }
  }

  /** Notes that the alarm rang. */
  synchronized void clearAlarm() {
    alarm = null;
    alarmMillis = Long.MAX_VALUE;
  }

  private synchronized void cancelAlarm() {
    if (alarm != null) {
      alarm.cancel();
    }
    alarmMillis = Long.MIN_VALUE;
  }
}
