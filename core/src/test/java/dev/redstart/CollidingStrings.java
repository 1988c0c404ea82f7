// SPDX-License-Identifier: Apache-2.0
package dev.redstart;

import java.util.ArrayList;
import java.util.List;

/**
 * Strings of one {@code hashCode}, as an attacker makes them.
 *
 * <p>Stateless; safe for many threads. "Aa" and "BB" have one hash, and so has any row of them.
 */
public final class CollidingStrings {
  private static final int LONGEST_BITS = 20;

  private CollidingStrings() {}

  /** Returns so many different strings whose hash codes are all the same. */
  public static List<String> of(int count) {
    List<String> strings = new ArrayList<>(count);
    for (int number = 0; number < count; number++) {
      StringBuilder string = new StringBuilder(2 * LONGEST_BITS);
      for (int bit = 0; bit < LONGEST_BITS; bit++) {
        string.append((number >> bit & 1) == 0 ? "Aa" : "BB");
      }
      strings.add(string.toString());
    }
    return strings;
  }
}
