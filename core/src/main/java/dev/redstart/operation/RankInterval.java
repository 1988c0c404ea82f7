// SPDX-License-Identifier: Apache-2.0
package dev.redstart.operation;

import dev.redstart.MemberRange;
import dev.redstart.ScoreRange;
import dev.redstart.SortedRange;
import dev.redstart.spi.Binary;
import dev.redstart.structure.SortedSetValue;

/**
 * The ascending ranks that a range means in a sorted set of a moment.
 *
 * <p>Immutable.
 *
 * @param from the first rank
 * @param to the rank after the last
 */
record RankInterval(long from, long to) {
  static final RankInterval EMPTY = new RankInterval(0, 0);

  long length() {
    return to - from;
  }

  static RankInterval of(SortedSetValue set, SortedRange<@Binary String> range) {
    RankInterval whole = whole(set, range);
    if (whole.length() <= 0) {
      return EMPTY;
    }
    long skipped = Math.min(range.offset(), whole.length());
    long taken = Math.min(range.limit(), whole.length() - skipped);
    return range.isReversed()
        ? new RankInterval(whole.to - skipped - taken, whole.to - skipped)
        : new RankInterval(whole.from + skipped, whole.from + skipped + taken);
  }

  private static RankInterval whole(SortedSetValue set, SortedRange<@Binary String> range) {
    SortedRange.Ranks ranks = range.ranks();
    if (ranks != null) {
      return byRank(set.size(), ranks, range.isReversed());
    }
    ScoreRange scores = range.scores();
    if (scores != null) {
      return new RankInterval(
          set.countBelow(scores.min(), !scores.minIncluded()),
          set.countBelow(scores.max(), scores.maxIncluded()));
    }
    MemberRange<@Binary String> members = range.members();
    String min = members == null ? null : members.min();
    String max = members == null ? null : members.max();
    return new RankInterval(
        min == null ? 0 : set.countBelowMember(min, !members.minIncluded()),
        max == null ? set.size() : set.countBelowMember(max, members.maxIncluded()));
  }

  private static RankInterval byRank(long size, SortedRange.Ranks ranks, boolean reversed) {
    long start = Math.max(0, ranks.start() < 0 ? ranks.start() + size : ranks.start());
    long stop = Math.min(size - 1, ranks.stop() < 0 ? ranks.stop() + size : ranks.stop());
    if (start > stop || stop < 0) {
      return EMPTY;
    }
    return reversed
        ? new RankInterval(size - 1 - stop, size - start)
        : new RankInterval(start, stop + 1);
  }
}
