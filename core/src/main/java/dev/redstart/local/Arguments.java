// SPDX-License-Identifier: Apache-2.0
package dev.redstart.local;

import dev.redstart.spi.Binary;
import dev.redstart.spi.BinaryStrings;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Arguments of the API, checked and encoded.
 *
 * <p>Stateless; safe for many threads.
 */
final class Arguments {
  private Arguments() {}

  /**
   * Returns keys as binary strings.
   *
   * @throws IllegalArgumentException if there is none
   */
  static List<@Binary String> keys(Collection<String> keys) {
    if (keys.isEmpty()) {
      throw new IllegalArgumentException("at least one key must be given");
    }
    return encoded(new ArrayList<>(keys.size()), keys);
  }

  /** Returns a key followed by others. */
  static List<@Binary String> keys(@Binary String first, Collection<String> others) {
    List<@Binary String> all = new ArrayList<>(others.size() + 1);
    all.add(first);
    return encoded(all, others);
  }

  private static List<@Binary String> encoded(List<String> target, Collection<String> keys) {
    for (String key : keys) {
      target.add(BinaryStrings.fromText(key));
    }
    return target;
  }

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
