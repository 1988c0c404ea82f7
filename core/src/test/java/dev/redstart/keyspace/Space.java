// SPDX-License-Identifier: Apache-2.0
package dev.redstart.keyspace;

import dev.redstart.ManualTime;
import dev.redstart.TimeSource;
import dev.redstart.journal.Journal;
import dev.redstart.spi.Binary;
import dev.redstart.spi.JournalSink;
import dev.redstart.structure.SortedSetValue;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A keyspace with manual time and perhaps a sink, and the few operations that its tests need.
 *
 * <p>Safe for many threads.
 */
final class Space implements AutoCloseable {
  static final long START_MILLIS = 1_900_000_000_000L;

  final ManualTime time = TimeSource.manual(Instant.ofEpochMilli(START_MILLIS));
  final Journal journal;
  final Keyspace keyspace;
  final Access access;

  Space(int stripes, JournalSink... sinks) {
    this(stripes, 1L << 30, sinks);
  }

  Space(int stripes, long journalBytes, JournalSink... sinks) {
    this.journal = new Journal(journalBytes, List.of(sinks));
    this.keyspace = new Keyspace(stripes, 16, time, journal);
    this.access = keyspace.access(0);
  }

  @Override
  public void close() {
    keyspace.close();
    journal.close();
  }

  void advance(long millis) {
    time.advance(Duration.ofMillis(millis));
  }

  /** Returns the list when it has all that was recorded. */
  EffectList settled(EffectList effects) {
    settleAll();
    return effects;
  }

  void settleAll() {
    journal.settle(journal.position());
  }

  void put(@Binary String key, Object value) {
    put(access, key, value);
  }

  static void put(Access access, @Binary String key, Object value) {
    long position;
    try (Hold hold = access.hold(key)) {
      hold.put(value);
      position = hold.isRecorded() ? hold.record(List.of("PUT", key)) : 0;
    }
    access.settle(position);
  }

  void put(@Binary String key, Object value, long deadlineMillis) {
    try (Hold hold = access.hold(key)) {
      hold.put(value);
      hold.setDeadline(deadlineMillis);
    }
  }

  boolean remove(@Binary String key) {
    try (Hold hold = access.hold(key)) {
      if (hold.value() == null) {
        return false;
      }
      hold.remove();
      return true;
    }
  }

  /** Adds a member to the sorted set at a key. */
  static void push(Access access, @Binary String key, double score, @Binary String member) {
    long position;
    try (Hold hold = access.hold(key)) {
      hold.findOrCreate(SortedSetValue.TYPE).put(member, score);
      position = hold.isRecorded() ? hold.record(List.of("PUSH", key, member)) : 0;
    }
    access.settle(position);
  }

  void push(@Binary String key, double score, @Binary String member) {
    push(access, key, score, member);
  }

  /** Returns the members of the sorted set at a key, in order. */
  List<@Binary String> members(@Binary String key) {
    List<String> members = new ArrayList<>();
    try (Hold hold = access.holdToRead(key)) {
      SortedSetValue set = hold.find(SortedSetValue.TYPE);
      if (set != null) {
        set.forEach(0, set.size(), (score, member) -> members.add(member));
      }
    }
    return members;
  }

  /** Takes the lowest member of the first key that has any, or waits for one. */
  @Nullable String take(Collection<@Binary String> keys, long timeoutNanos)
      throws InterruptedException {
    Taker taker = new Taker(access);
    boolean waits = takeOrEnqueue(taker, keys);
    return waits && access.await(taker, keys, timeoutNanos) < 0 ? null : taker.takenMember();
  }

  /** Leaves a waiter, for which nothing may be there yet. */
  Taker enqueue(Collection<@Binary String> keys) {
    Taker taker = new Taker(access);
    if (!takeOrEnqueue(taker, keys)) {
      throw new AssertionError("nothing may be there: " + taker.takenMember());
    }
    return taker;
  }

  private boolean takeOrEnqueue(Taker taker, Collection<@Binary String> keys) {
    try (Hold hold = access.hold(keys)) {
      for (String key : keys) {
        if (taker.serve(hold.at(key)) >= 0) {
          return false;
        }
      }
      hold.enqueue(taker, keys);
      return true;
    }
  }

  /** A waiter that takes the lowest member of a sorted set. */
  static final class Taker extends Waiter {
    // Published by the write of the state.
    private @Nullable String taken;

    Taker(Access access) {
      super(access);
    }

    @Override
    protected long serve(Hold hold) {
      if (!(hold.value() instanceof SortedSetValue) || !claim()) {
        return -1;
      }
      SortedSetValue set = hold.findToChange(SortedSetValue.TYPE);
      set.removeRange(0, 1, (score, member) -> taken = hold.key() + " " + member);
      if (set.isEmpty()) {
        hold.remove();
      }
      return hold.isRecorded() ? hold.record(List.of("TAKE", hold.key())) : 0;
    }

    /** Returns key and member. */
    @Nullable String takenMember() {
      return taken;
    }
  }
}
