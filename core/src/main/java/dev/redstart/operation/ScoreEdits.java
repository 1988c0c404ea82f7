// SPDX-License-Identifier: Apache-2.0
package dev.redstart.operation;

import dev.redstart.keyspace.Access;
import dev.redstart.keyspace.Hold;
import dev.redstart.spi.Binary;
import dev.redstart.spi.EventClass;
import dev.redstart.structure.SortedSetValue;
import dev.redstart.text.Decimals;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a map of Java needs of a sorted set, and Redis has no command for.
 *
 * <p>Immutable; as safe for threads as its access.
 */
public final class ScoreEdits {
  private final Access access;
  private final @Binary String key;

  /** Creates the edits of a key. */
  public ScoreEdits(Access access, @Binary String key) {
    this.access = access;
    this.key = key;
  }

  /**
   * Gives a member a score, or removes it, if its score is as it was seen. O(log n).
   *
   * @param seen the score that was seen, NaN for none
   * @param score the new score, NaN to remove the member
   * @return false if the score is another, so that the caller looks again
   */
  public boolean replaceIfSame(@Binary String member, double seen, double score) {
    long position = 0;
    try (Hold hold = access.hold(key)) {
      SortedSetValue present = hold.find(SortedSetValue.TYPE);
      double before = present == null ? Double.NaN : present.score(member);
      if (Double.isNaN(before) != Double.isNaN(seen) || before < seen || before > seen) {
        return false;
      }
      if (!Double.isNaN(score)) {
        hold.findOrCreate(SortedSetValue.TYPE).put(member, score);
        hold.event(EventClass.SORTED_SET, "zadd");
        position =
            hold.isRecorded()
                ? hold.record(List.of("ZADD", key, Decimals.print(score), member))
                : 0;
      } else if (present != null && !Double.isNaN(before)) {
        hold.findToChange(SortedSetValue.TYPE);
        present.remove(member);
        List<String> command = List.of("ZREM", key, member);
        position = SortedSetOperations.finishRemoval(hold, present, "zrem", command);
      }
    }
    access.settle(position);
    return true;
  }

  /** Returns the sorted set as it is now, whatever is changed later. O(1). */
  public Pages pages() {
    try (Hold hold = access.holdToRead(key)) {
      SortedSetValue set = hold.find(SortedSetValue.TYPE);
      return new Pages(set == null ? null : set.freeze());
    }
  }

  /** A sorted set of one moment; may be read by one thread. */
  public static final class Pages {
    private final @Nullable SortedSetValue frozen;

    private Pages(@Nullable SortedSetValue frozen) {
      this.frozen = frozen;
    }

    /** Returns up to {@code count} members from a rank on, ascending. O(log n + count). */
    public ScoredMembers page(long rank, int count) {
      ScoredMembers members = new ScoredMembers(count);
      if (frozen != null && rank < frozen.size()) {
        frozen.forEach(rank, Math.min(frozen.size(), rank + count), members);
      }
      return members;
    }
  }
}
