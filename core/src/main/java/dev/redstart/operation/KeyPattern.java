// SPDX-License-Identifier: Apache-2.0
package dev.redstart.operation;

import dev.redstart.spi.Binary;
import org.jspecify.annotations.Nullable;

/**
 * A pattern of SORT, which means a key for each element.
 *
 * <p>Immutable.
 *
 * <pre>
 * pattern = "#" | before "*" after ["->" field]      ; the first star, and the first arrow after it
 * </pre>
 *
 * <p>Anything else means no key; an arrow with nothing behind is a part of {@code after}.
 *
 * @param before what stands before the element in the key
 * @param after what follows the element in the key, or null if there is no star
 * @param field the field of the hash at the key, or null for the key's string
 */
record KeyPattern(
    @Binary String before, @Nullable @Binary String after, @Nullable @Binary String field) {
  private static final String ELEMENT = "#";
  private static final String ARROW = "->";

  /** Reads a pattern of keys that begin with a prefix, in which nothing has a meaning. */
  static KeyPattern of(@Binary String prefix, @Binary String pattern) {
    int star = pattern.indexOf('*');
    if (star < 0) {
      return new KeyPattern(pattern, null, null);
    }
    int arrow = pattern.indexOf(ARROW, star + 1);
    String before = prefix + pattern.substring(0, star);
    if (arrow < 0 || arrow + ARROW.length() == pattern.length()) {
      return new KeyPattern(before, pattern.substring(star + 1), null);
    }
    String field = pattern.substring(arrow + ARROW.length());
    return new KeyPattern(before, pattern.substring(star + 1, arrow), field);
  }

  /** Tells whether the element itself is meant. */
  boolean isElement() {
    return after == null && before.equals(ELEMENT);
  }

  /** Tells whether there is a star, so that each element has a key of its own. */
  boolean namesKeys() {
    return after != null;
  }

  /** Returns the key that is meant for an element. */
  @Binary
  String key(@Binary String element) {
    return before + element + after;
  }
}
