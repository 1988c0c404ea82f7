// SPDX-License-Identifier: Apache-2.0
package dev.redstart.local;

/**
 * Numbers among the arguments of the API, checked.
 *
 * <p>Stateless; safe for many threads.
 */
final class Arguments {
  private Arguments() {}

  /** Returns the score, or refuses what is not a number. */
  static double score(double score) {
    if (Double.isNaN(score)) {
      throw new IllegalArgumentException("score must be a number: NaN");
    }
    return score;
  }

  /** Returns the count, or refuses a negative one. */
  static long count(long count) {
    if (count < 0) {
      throw new IllegalArgumentException("count must not be negative: " + count);
    }
    return count;
  }

  /** Returns the cursor, or refuses a negative one. */
  static long cursor(long cursor) {
    if (cursor < 0) {
      throw new IllegalArgumentException("cursor must not be negative: " + cursor);
    }
    return cursor;
  }
}
