// SPDX-License-Identifier: Apache-2.0
package dev.redstart.keyspace;

import dev.redstart.spi.Binary;
import dev.redstart.structure.CollectionValue;
import dev.redstart.structure.FieldDeadlines;
import dev.redstart.structure.ObjectTable;
import dev.redstart.structure.TimerNode;
import dev.redstart.structure.TimerWheel;
import java.util.HashMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The keys of one database that belong to one stripe.
 *
 * <p>Guarded by the stripe; the table alone is also read racily.
 */
final class Shard {
  /** Segments of at most 4,096 slots: the longest stop of a single insertion. */
  private static final int MAX_GROUPS = 512;

  // Fixed after construction.
  final Stripe stripe;
  final int database;
  private final int stripeBits;

  // Guarded by the stripe.
  ObjectTable table;
  @Nullable TimerWheel<ExpiringValue> wheel;
  @Nullable TimerWheel<FieldTimer> fieldWheel;

  /** Whether no key ever had a char of 128 or more, so that text and bytes are the same here. */
  boolean isAscii = true;

  /** Those who wait, by key; not a fastutil map, since keys may be made to collide. */
  private @Nullable HashMap<String, WaiterQueue> waiters;

  /** The limited groups of the database; null as long as it has none. Changed under all stripes. */
  @Nullable GroupLimits limits;

  /** The tags of the keys; null as long as no key had any. */
  private @Nullable TagIndex tags;

  Shard(Stripe stripe, int database, int stripeBits) {
    this.stripe = stripe;
    this.database = database;
    this.stripeBits = stripeBits;
    this.table = new ObjectTable(stripeBits, MAX_GROUPS);
  }

  /** Drops every key, but not those who wait for one. O(1). */
  void clear() {
    table = new ObjectTable(stripeBits, MAX_GROUPS);
    wheel = null;
    fieldWheel = null;
    isAscii = true;
    if (tags != null) {
      tags.clear();
    }
  }

  /** Removes the key at the table's cursor, of which a timer has let go. */
  void removeExpired(@Binary String key) {
    table.remove();
    if (limits != null) {
      limits.removed(key);
    }
  }

  boolean isTagged(@Binary String key) {
    return tags != null && tags.isTagged(key);
  }

  boolean hasTag(@Binary String key, @Binary String tag) {
    return tags != null && tags.has(key, tag);
  }

  /** Returns a key's tags, in order; a copy. */
  SortedSet<@Binary String> tagsOf(@Binary String key) {
    return tags == null ? new TreeSet<>() : tags.copyOf(key);
  }

  /** Returns the tags of the keys, which are made on first use. */
  TagIndex tagsToChange() {
    if (tags == null) {
      tags = new TagIndex(stripe);
    }
    return tags;
  }

  void setDeadline(ExpiringValue expiring, long deadlineMillis, long nowMillis) {
    TimerWheel<ExpiringValue> timers = wheel;
    if (timers == null) {
      timers = new TimerWheel<>();
      wheel = timers;
    }
    set(timers, expiring, deadlineMillis, nowMillis);
  }

  private static <N extends TimerNode> void set(
      TimerWheel<N> timers, N node, long deadlineMillis, long nowMillis) {
    timers.remove(node);
    if (timers.size() == 0) {
      timers.advance(nowMillis, 1, due -> {}); // an idle wheel's time stands still
    }
    timers.add(node, deadlineMillis);
  }

  /** Sees to it that the fields of what a key holds go on time; true if that is sooner now. */
  boolean setFieldTimer(@Binary String key, Object value, long nowMillis) {
    FieldDeadlines deadlines = fieldDeadlines(value);
    long first = deadlines == null ? FieldDeadlines.NONE : deadlines.first();
    if (deadlines == null || first == FieldDeadlines.NONE) {
      return false;
    }
    FieldTimer timer = (FieldTimer) deadlines.timer();
    if (timer != null && timer.isScheduled() && timer.deadlineMillis() <= first) {
      return false;
    }
    if (timer == null || !timer.key.equals(key)) {
      timer = new FieldTimer(key);
      deadlines.keepTimer(timer);
    }
    TimerWheel<FieldTimer> timers = fieldWheel;
    if (timers == null) {
      timers = new TimerWheel<>();
      fieldWheel = timers;
    }
    set(timers, timer, first, nowMillis);
    return true;
  }

  /** Forgets all deadlines of what stood in the table, before or after it was taken out. */
  void dropTimers(Object raw) {
    if (raw instanceof ExpiringValue expiring) {
      dropDeadline(expiring);
      dropFieldTimer(expiring.value);
    } else {
      dropFieldTimer(raw);
    }
  }

  /** Forgets the deadlines of the fields of a value that its key loses. */
  void dropFieldTimer(Object value) {
    FieldDeadlines deadlines = fieldDeadlines(value);
    TimerWheel<FieldTimer> timers = fieldWheel;
    if (deadlines != null && timers != null && deadlines.timer() instanceof FieldTimer timer) {
      timers.remove(timer);
    }
  }

  private static @Nullable FieldDeadlines fieldDeadlines(Object value) {
    return value instanceof CollectionValue collection ? collection.deadlines() : null;
  }

  void dropDeadline(ExpiringValue expiring) {
    TimerWheel<ExpiringValue> timers = wheel;
    if (timers != null) {
      timers.remove(expiring);
    }
  }

  /** Returns when to look after deadlines again, or {@code Long.MAX_VALUE}. */
  long nextWakeMillis() {
    return Math.min(nextWakeMillis(wheel), nextWakeMillis(fieldWheel));
  }

  private static long nextWakeMillis(@Nullable TimerWheel<?> timers) {
    return timers == null ? Long.MAX_VALUE : timers.nextWakeMillis();
  }

  /** Returns those who wait for a key, in order of arrival, or null. */
  @Nullable WaiterQueue waitersOf(@Binary String key) {
    return waiters == null ? null : waiters.get(key);
  }

  void addWaiter(@Binary String key, Waiter waiter) {
    if (waiters == null) {
      waiters = new HashMap<>();
    }
    waiters.computeIfAbsent(key, k -> new WaiterQueue(stripe)).add(waiter);
  }

  void removeWaiter(@Binary String key, Waiter waiter) {
    WaiterQueue queue = waitersOf(key);
    if (queue != null) {
      queue.remove(waiter);
      dropQueueIfEmpty(key, queue);
    }
  }

  void dropQueueIfEmpty(@Binary String key, WaiterQueue queue) {
    if (waiters != null && queue.isEmpty()) {
      waiters.remove(key);
    }
  }

  /** Hands every waiter to {@code visitor}; for closing. */
  void forEachWaiter(Consumer<Waiter> visitor) {
    if (waiters != null) {
      waiters.values().forEach(queue -> queue.forEach(visitor));
    }
  }
}
