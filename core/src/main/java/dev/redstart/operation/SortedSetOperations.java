// SPDX-License-Identifier: Apache-2.0
package dev.redstart.operation;

import dev.redstart.AddCondition;
import dev.redstart.AddResult;
import dev.redstart.NumberOverflowException;
import dev.redstart.Ranked;
import dev.redstart.SortedRange;
import dev.redstart.keyspace.Access;
import dev.redstart.keyspace.Hold;
import dev.redstart.spi.Binary;
import dev.redstart.spi.EventClass;
import dev.redstart.structure.SortedSetValue;
import dev.redstart.text.Decimals;
import dev.redstart.text.Glob;
import it.unimi.dsi.fastutil.longs.LongLinkedOpenHashSet;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes of one sorted set.
 *
 * <p>Immutable; as safe for threads as its access. Scores that come in are numbers.
 */
public final class SortedSetOperations {
  /** Longer reads go on after the hold, over a frozen value. */
  private static final long LONG_READ = 512;

  private final Access access;
  private final @Binary String key;

  /** Creates the operations of a key. */
  public SortedSetOperations(Access access, @Binary String key) {
    this.access = access;
    this.key = key;
  }

  /** Adds members or changes their scores, each under the condition. O(k log n). */
  public AddResult add(List<@Binary String> members, double[] scores, AddCondition condition) {
    long position = 0;
    long added = 0;
    long updated = 0;
    try (Hold hold = access.hold(key)) {
      SortedSetValue set = findToAdd(hold, condition);
      if (set == null) {
        return new AddResult(0, 0);
      }
      List<String> command = hold.isRecorded() ? newCommand("ZADD") : null;
      for (int i = 0; i < scores.length; i++) {
        String member = members.get(i);
        double before =
            condition == AddCondition.ALWAYS
                ? set.put(member, scores[i])
                : putIf(set, member, scores[i], condition);
        if (before != scores[i]) {
          boolean isNew = Double.isNaN(before);
          added += isNew ? 1 : 0;
          updated += isNew ? 0 : 1;
          if (command != null) {
            command.add(Decimals.print(scores[i]));
            command.add(member);
          }
        }
      }
      if (command != null && command.size() > 2) {
        hold.event(EventClass.SORTED_SET, "zadd");
        position = hold.record(command);
      }
    }
    access.settle(position);
    return new AddResult(added, updated);
  }

  /** Puts a member if the condition allows; returns NaN if it is new, its score if unchanged. */
  private static double putIf(
      SortedSetValue set, @Binary String member, double score, AddCondition condition) {
    double before = set.score(member);
    boolean puts =
        Double.isNaN(before) ? condition.allowsNew() : condition.allowsUpdate(before, score);
    if (!puts) {
      return score; // as if it had been there with this score: nothing changes
    }
    set.put(member, score);
    return before;
  }

  private static @Nullable SortedSetValue findToAdd(Hold hold, AddCondition condition) {
    return condition.allowsNew()
        ? hold.findOrCreate(SortedSetValue.TYPE)
        : hold.findToChange(SortedSetValue.TYPE);
  }

  /**
   * Adds to a member's score and returns the sum, or null if the condition forbids it. O(log n).
   *
   * @throws NumberOverflowException if the sum is not a number
   */
  public @Nullable Double increment(@Binary String member, double delta, AddCondition condition) {
    long position = 0;
    double score;
    try (Hold hold = access.hold(key)) {
      SortedSetValue present = hold.find(SortedSetValue.TYPE);
      double before = present == null ? Double.NaN : present.score(member);
      boolean isNew = Double.isNaN(before);
      score = isNew ? delta : before + delta;
      if (isNew ? !condition.allowsNew() : condition == AddCondition.ABSENT) {
        return null;
      }
      if (Double.isNaN(score)) {
        throw NumberOverflowException.score();
      }
      if (!isNew && !condition.allowsUpdate(before, score)) {
        return null;
      }
      if (isNew || score != before) {
        hold.findOrCreate(SortedSetValue.TYPE).put(member, score);
        if (hold.isRecorded()) {
          hold.event(EventClass.SORTED_SET, "zincr");
          position = hold.record(List.of("ZADD", key, Decimals.print(score), member));
        }
      }
    }
    access.settle(position);
    return score;
  }

  /** Returns a member's score, or NaN. O(1). */
  public double score(@Binary String member) {
    return read(set -> set == null ? Double.NaN : set.score(member));
  }

  /** Returns the members' scores, NaN for each that is not there. O(k). */
  public double[] scores(List<@Binary String> members) {
    return read(
        set -> {
          double[] scores = new double[members.size()];
          for (int i = 0; i < scores.length; i++) {
            scores[i] = set == null ? Double.NaN : set.score(members.get(i));
          }
          return scores;
        });
  }

  /** Returns the number of members. O(1). */
  public long size() {
    return read(set -> set == null ? 0L : set.size());
  }

  /** Returns how many members stand before one, and its score; or null. O(log n). */
  public @Nullable Ranked rank(@Binary String member, boolean reverse) {
    return read(
        set -> {
          double score = set == null ? Double.NaN : set.score(member);
          if (set == null || Double.isNaN(score)) {
            return null;
          }
          long rank = set.rank(score, member);
          return new Ranked(reverse ? set.size() - 1 - rank : rank, score);
        });
  }

  /** Counts the members of a range. O(log n). */
  public long count(SortedRange<@Binary String> range) {
    return read(
        set -> {
          RankInterval interval = set == null ? RankInterval.EMPTY : RankInterval.of(set, range);
          return interval.length();
        });
  }

  /** Returns the members of a range, in its direction. O(log n + k). */
  public ScoredMembers range(SortedRange<@Binary String> range) {
    SortedSetValue frozen;
    RankInterval interval;
    try (Hold hold = access.holdToRead(key)) {
      SortedSetValue set = hold.find(SortedSetValue.TYPE);
      interval = set == null ? RankInterval.EMPTY : RankInterval.of(set, range);
      if (set == null || interval.length() == 0) {
        return new ScoredMembers(0);
      }
      if (interval.length() <= LONG_READ) {
        return collect(set, interval, range.isReversed());
      }
      frozen = set.freeze();
    }
    return collect(frozen, interval, range.isReversed());
  }

  private static ScoredMembers collect(
      SortedSetValue set, RankInterval interval, boolean reversed) {
    ScoredMembers found = new ScoredMembers(interval.length());
    if (reversed) {
      set.forEachReverse(interval.from(), interval.to(), found);
    } else {
      set.forEach(interval.from(), interval.to(), found);
    }
    return found;
  }

  /** Puts the members of a range in place of what a key holds; returns how many. */
  public long storeRange(@Binary String destination, SortedRange<@Binary String> range) {
    long position;
    long size;
    try (Hold hold = access.hold(List.of(key, destination))) {
      SortedSetValue set = hold.at(key).find(SortedSetValue.TYPE);
      RankInterval interval = set == null ? RankInterval.EMPTY : RankInterval.of(set, range);
      size = interval.length();
      ScoredMembers found = set == null ? new ScoredMembers(0) : collect(set, interval, false);
      position =
          SortedSetAlgebra.store(
              hold,
              destination,
              found,
              "zrangestore",
              stored ->
                  List.of(
                      List.of(
                          "ZRANGESTORE",
                          destination,
                          key,
                          Long.toString(interval.from()),
                          Long.toString(interval.to() - 1))));
    }
    access.settle(position);
    return size;
  }

  /** Removes members and returns how many were there. O(k log n). */
  public long remove(List<@Binary String> members) {
    long position = 0;
    long removed = 0;
    try (Hold hold = access.hold(key)) {
      SortedSetValue set = hold.findToChange(SortedSetValue.TYPE);
      if (set == null) {
        return 0;
      }
      List<String> command = hold.isRecorded() ? newCommand("ZREM") : null;
      for (String member : members) {
        if (!Double.isNaN(set.remove(member))) {
          removed++;
          if (command != null) {
            command.add(member);
          }
        }
      }
      if (removed > 0) {
        position = finishRemoval(hold, set, "zrem", command);
      }
    }
    access.settle(position);
    return removed;
  }

  /** Removes the members of a range and returns how many. O(log n + k). */
  public long removeRange(SortedRange<@Binary String> range) {
    long position = 0;
    long removed;
    try (Hold hold = access.hold(key)) {
      SortedSetValue set = hold.find(SortedSetValue.TYPE);
      RankInterval interval = set == null ? RankInterval.EMPTY : RankInterval.of(set, range);
      removed = interval.length();
      if (set != null && removed > 0) {
        hold.findToChange(SortedSetValue.TYPE);
        set.removeRange(interval.from(), interval.to(), null);
        String event =
            range.ranks() != null
                ? "zremrangebyrank"
                : range.scores() != null ? "zremrangebyscore" : "zremrangebylex";
        position =
            finishRemoval(
                hold,
                set,
                event,
                List.of(
                    "ZREMRANGEBYRANK",
                    key,
                    Long.toString(interval.from()),
                    Long.toString(interval.to() - 1)));
      }
    }
    access.settle(position);
    return removed;
  }

  /** Tells of a removal, and removes the key if nothing is left; both in one effect. */
  static long finishRemoval(
      Hold hold, SortedSetValue set, String event, @Nullable List<@Binary String> command) {
    hold.event(EventClass.SORTED_SET, event);
    if (set.isEmpty()) {
      hold.remove();
      hold.event(EventClass.GENERIC, "del");
    }
    return hold.isRecorded() && command != null ? hold.record(command) : 0;
  }

  /** Takes members from the set at the hold's key, which is there; returns the position. */
  static long pop(Hold hold, boolean fromMax, long count, ScoredMembers popped) {
    SortedSetValue set = hold.findOrCreate(SortedSetValue.TYPE);
    long size = set.size();
    long taken = Math.min(count, size);
    if (fromMax) {
      set.forEachReverse(size - taken, size, popped);
      set.removeRange(size - taken, size, null);
    } else {
      set.removeRange(0, taken, popped);
    }
    return finishRemoval(
        hold,
        set,
        fromMax ? "zpopmax" : "zpopmin",
        List.of(fromMax ? "ZPOPMAX" : "ZPOPMIN", hold.key(), Long.toString(taken)));
  }

  /** Returns some member with its score, each with the same chance, or nothing. O(log n). */
  public ScoredMembers random(RandomGenerator random) {
    return read(
        set -> {
          ScoredMembers found = new ScoredMembers(1);
          if (set != null) {
            long rank = random.nextLong(set.size());
            set.forEach(rank, rank + 1, found);
          }
          return found;
        });
  }

  /** Returns members chosen at random, different ones or each anew. O(k log n). */
  public ScoredMembers random(RandomGenerator random, long count, boolean repeats) {
    SortedSetValue frozen = read(set -> set == null || count == 0 ? null : set.freeze());
    ScoredMembers found = new ScoredMembers(frozen == null ? 0 : Math.min(count, 1024));
    if (frozen == null) {
      return found;
    }
    long size = frozen.size();
    if (repeats) {
      for (long i = 0; i < count; i++) {
        long rank = random.nextLong(size);
        frozen.forEach(rank, rank + 1, found);
      }
    } else if (count >= size) {
      frozen.forEach(0, size, found);
    } else {
      // Floyd's sampling: as many draws as members, however close the count is to the size.
      LongLinkedOpenHashSet ranks = new LongLinkedOpenHashSet();
      for (long last = size - count; last < size; last++) {
        long rank = random.nextLong(last + 1);
        ranks.add(ranks.contains(rank) ? last : rank);
      }
      ranks.forEach((long rank) -> frozen.forEach(rank, rank + 1, found));
    }
    return found;
  }

  /** Collects members from a cursor on and returns where to go on, or 0 at the end. O(count). */
  public long scan(long cursor, @Nullable Glob glob, long count, ScoredMembers found) {
    SortedSetValue frozen;
    try (Hold hold = access.holdToRead(key)) {
      SortedSetValue set = hold.find(SortedSetValue.TYPE);
      if (set == null) {
        return 0;
      }
      if (count <= LONG_READ) {
        return scan(set, cursor, glob, count, found);
      }
      frozen = set.freeze();
    }
    return scan(frozen, cursor, glob, count, found);
  }

  private static long scan(
      SortedSetValue set, long cursor, @Nullable Glob glob, long count, ScoredMembers found) {
    List<String> members = new ArrayList<>();
    long next = set.scan(cursor, count, members::add);
    for (String member : members) {
      if (glob == null || glob.matchesAll() || glob.matches(member)) {
        found.visit(set.score(member), member);
      }
    }
    return next;
  }

  private <R> R read(Function<@Nullable SortedSetValue, R> read) {
    try (Hold hold = access.holdToRead(key)) {
      return read.apply(hold.find(SortedSetValue.TYPE));
    }
  }

  private List<@Binary String> newCommand(String name) {
    List<String> command = new ArrayList<>();
    command.add(name);
    command.add(key);
    return command;
  }
}
