// SPDX-License-Identifier: Apache-2.0
package dev.redstart.structure;

import dev.redstart.spi.Binary;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * When fields of a hash go by themselves, in wall milliseconds.
 *
 * <p>Guarded by the stripe of the hash's key; a frozen one that nobody changes may be read by any
 * thread.
 */
public final class FieldDeadlines implements Freezable {
  // Overview. The fields are a sorted set by deadline: a double holds whole milliseconds exactly up
  // to 2^53, far beyond any deadline that is let in. The timer belongs to the keyspace, which keeps
  // it here so that a hash has one at most; a frozen twin has none.

  /** The latest deadline that a field can have, in wall milliseconds, as in Redis. */
  public static final long LATEST = (1L << 46) - 1;

  /** What answers for a field without a deadline. */
  public static final long NONE = Long.MAX_VALUE;

  // Guarded by the stripe.
  private final SortedSetValue fields;
  private @Nullable TimerNode timer;

  /** Creates one without any field. */
  FieldDeadlines() {
    this(new SortedSetValue());
  }

  private FieldDeadlines(SortedSetValue fields) {
    this.fields = fields;
  }

  @Override
  public FieldDeadlines freeze() {
    return new FieldDeadlines(fields.freeze());
  }

  /** Returns the timer that was kept here last, or null. */
  public @Nullable TimerNode timer() {
    return timer;
  }

  /** Keeps a timer. */
  public void keepTimer(TimerNode newTimer) {
    timer = newTimer;
  }

  /** Returns the earliest deadline, or {@link #NONE}. O(log n). */
  public long first() {
    if (fields.isEmpty()) {
      return NONE;
    }
    long[] first = new long[1];
    fields.forEach(0, 1, (deadline, field) -> first[0] = (long) deadline);
    return first[0];
  }

  /** Returns a field's deadline, or {@link #NONE}. O(1). */
  long of(@Binary String field) {
    double deadline = fields.score(field);
    return Double.isNaN(deadline) ? NONE : (long) deadline;
  }

  /** Counts the deadlines up to a time. O(log n). */
  long countDue(long nowMillis) {
    return fields.countBelow((double) nowMillis, true);
  }

  void set(@Binary String field, long deadlineMillis) {
    fields.put(field, (double) deadlineMillis);
  }

  /** Forgets a field; false if it had no deadline. */
  boolean remove(@Binary String field) {
    return !Double.isNaN(fields.remove(field));
  }

  /** Forgets fields that are due, earliest first, and hands them over. O(log n + k). */
  void removeDue(long nowMillis, long limit, Consumer<? super @Binary String> due) {
    fields.removeRange(
        0, Math.min(limit, countDue(nowMillis)), (deadline, field) -> due.accept(field));
  }
}
