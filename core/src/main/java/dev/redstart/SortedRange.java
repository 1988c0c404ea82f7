// SPDX-License-Identifier: Apache-2.0
package dev.redstart;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A part of a sorted set: by rank, by score or by member, forward or reverse, limited or not.
 *
 * <p>Immutable, if the members are. Exactly one of the three kinds is given.
 *
 * @param ranks first and last index, both included, negative from the end; or null
 * @param scores the scores; or null
 * @param members the members; or null
 * @param isReversed whether it runs from the highest score down; indexes count from there then
 * @param offset how many elements to skip at the front; 0 for ranges by rank
 * @param limit how many elements to return at most; {@code Long.MAX_VALUE} for ranges by rank
 * @see <a href="https://redis.io/docs/latest/commands/zrange/">ZRANGE</a>
 */
public record SortedRange<E>(
    @Nullable Ranks ranks,
    @Nullable ScoreRange scores,
    @Nullable MemberRange<E> members,
    boolean isReversed,
    long offset,
    long limit) {
  /**
   * First and last index, both included.
   *
   * @param start index of the first element; negative counts from the end
   * @param stop index of the last element, included; negative counts from the end
   */
  public record Ranks(long start, long stop) {}

  /**
   * Checks the combination.
   *
   * @throws IllegalArgumentException unless one kind is given, and for a limited range by rank or a
   *     negative limit
   */
  public SortedRange {
    int kinds = (ranks != null ? 1 : 0) + (scores != null ? 1 : 0) + (members != null ? 1 : 0);
    if (kinds != 1) {
      throw new IllegalArgumentException("a range must be by rank, score or member: " + kinds);
    }
    if (offset < 0 || limit < 0) {
      throw new IllegalArgumentException(
          "offset and limit must not be negative: " + offset + ", " + limit);
    }
    if (ranks != null && (offset != 0 || limit != Long.MAX_VALUE)) {
      throw new IllegalArgumentException("a range by rank must not be limited");
    }
  }

  /** Returns the range of indexes from start to stop, both included, negative from the end. */
  public static <E> SortedRange<E> byRank(long start, long stop) {
    return new SortedRange<>(new Ranks(start, stop), null, null, false, 0, Long.MAX_VALUE);
  }

  /** Returns the range of members with such scores. */
  public static <E> SortedRange<E> byScore(ScoreRange scores) {
    return new SortedRange<>(null, Objects.requireNonNull(scores), null, false, 0, Long.MAX_VALUE);
  }

  /** Returns the range of such members. */
  public static <E> SortedRange<E> byMember(MemberRange<E> members) {
    return new SortedRange<>(null, null, Objects.requireNonNull(members), false, 0, Long.MAX_VALUE);
  }

  /** Returns the same part from the other end ({@code REV}). */
  public SortedRange<E> reversed() {
    return new SortedRange<>(ranks, scores, members, !isReversed, offset, limit);
  }

  /**
   * Returns at most so many elements of the same, after so many ({@code LIMIT}).
   *
   * @throws IllegalArgumentException for a range by rank, or if an argument is negative
   */
  public SortedRange<E> limit(long newOffset, long newLimit) {
    return new SortedRange<>(ranks, scores, members, isReversed, newOffset, newLimit);
  }
}
