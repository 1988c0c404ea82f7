// SPDX-License-Identifier: Apache-2.0
package dev.redstart;

/**
 * A range of scores, each end included or not, finite or not.
 *
 * <p>Immutable. A range whose ends are reversed is empty.
 *
 * @param min the lower end
 * @param minIncluded whether the lower end itself belongs to it
 * @param max the upper end
 * @param maxIncluded whether the upper end itself belongs to it
 * @see <a href="https://redis.io/docs/latest/commands/zrange/">ZRANGE BYSCORE</a>
 */
public record ScoreRange(double min, boolean minIncluded, double max, boolean maxIncluded) {
  /**
   * Checks the ends.
   *
   * @throws IllegalArgumentException if an end is not a number
   */
  public ScoreRange {
    if (Double.isNaN(min) || Double.isNaN(max)) {
      throw new IllegalArgumentException("an end of a score range must be a number: NaN");
    }
  }

  /** Returns the range of all scores, infinite ones too. */
  public static ScoreRange all() {
    return closed(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
  }

  /** Returns {@code min <= score <= max}. */
  public static ScoreRange closed(double min, double max) {
    return new ScoreRange(min, true, max, true);
  }

  /** Returns {@code min < score < max}. */
  public static ScoreRange open(double min, double max) {
    return new ScoreRange(min, false, max, false);
  }

  /** Returns {@code min <= score < max}. */
  public static ScoreRange closedOpen(double min, double max) {
    return new ScoreRange(min, true, max, false);
  }

  /** Returns {@code min < score <= max}. */
  public static ScoreRange openClosed(double min, double max) {
    return new ScoreRange(min, false, max, true);
  }

  /** Returns {@code score >= min}. */
  public static ScoreRange atLeast(double min) {
    return closed(min, Double.POSITIVE_INFINITY);
  }

  /** Returns {@code score > min}. */
  public static ScoreRange greaterThan(double min) {
    return openClosed(min, Double.POSITIVE_INFINITY);
  }

  /** Returns {@code score <= max}. */
  public static ScoreRange atMost(double max) {
    return closed(Double.NEGATIVE_INFINITY, max);
  }

  /** Returns {@code score < max}. */
  public static ScoreRange lessThan(double max) {
    return closedOpen(Double.NEGATIVE_INFINITY, max);
  }
}
