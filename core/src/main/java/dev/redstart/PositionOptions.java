// SPDX-License-Identifier: Apache-2.0
package dev.redstart;

/**
 * Which occurrences of an element are looked for in a list: the options of LPOS.
 *
 * <p>Immutable.
 *
 * @param rank the first occurrence that counts ({@code RANK}): 1 for the first, 2 for the second;
 *     negative ranks go from the right end to the left; never 0
 * @param maxLength how many elements are compared at most ({@code MAXLEN}); 0 for all
 * @see <a href="https://redis.io/docs/latest/commands/lpos/">LPOS</a>
 */
public record PositionOptions(long rank, long maxLength) {
  /**
   * Checks both.
   *
   * @throws IllegalArgumentException if the rank is 0 or {@code Long.MIN_VALUE}, or the length is
   *     negative
   */
  public PositionOptions {
    if (rank == 0 || rank == Long.MIN_VALUE) {
      throw new IllegalArgumentException(
          "rank must not be 0, and its negative be a number: " + rank);
    }
    if (maxLength < 0) {
      throw new IllegalArgumentException("length must not be negative: " + maxLength);
    }
  }

  /** Returns options that begin with the first occurrence from the left. */
  public static PositionOptions fromLeft() {
    return new PositionOptions(1, 0);
  }

  /** Returns options that begin with the first occurrence from the right. */
  public static PositionOptions fromRight() {
    return new PositionOptions(-1, 0);
  }

  /**
   * Returns the same from another occurrence on; a negative one counts from the right.
   *
   * @throws IllegalArgumentException if it is 0 or {@code Long.MIN_VALUE}
   */
  public PositionOptions withRank(long newRank) {
    return new PositionOptions(newRank, maxLength);
  }

  /**
   * Returns the same with so many comparisons at most, 0 for as many as there are elements.
   *
   * @throws IllegalArgumentException if it is negative
   */
  public PositionOptions withMaxLength(long newMaxLength) {
    return new PositionOptions(rank, newMaxLength);
  }
}
