// SPDX-License-Identifier: Apache-2.0
package dev.redstart;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * By what elements are sorted, in which order, and what is returned of them.
 *
 * <p>Immutable. A pattern names a key for each element, which takes the place of the first {@code
 * *}, such as {@code weight_*}; a part {@code ->name} at its end names a field of the hash there.
 *
 * @param by the pattern of the keys whose values are compared ({@code BY}), or null for the
 *     elements themselves; one without {@code *} leaves the elements in their own order
 * @param gets the patterns of what is returned for each element ({@code GET}), {@code #} for the
 *     element itself; none for the elements
 * @param offset how many elements to skip
 * @param limit how many elements to return at most; {@code Long.MAX_VALUE} for all
 * @param isAlphabetic whether bytes are compared rather than numbers ({@code ALPHA}): all of them,
 *     unsigned, in no locale's order
 * @param isDescending whether the greatest comes first ({@code DESC})
 * @see <a href="https://redis.io/docs/latest/commands/sort/">SORT</a>
 */
public record SortOptions(
    @Nullable String by,
    List<String> gets,
    long offset,
    long limit,
    boolean isAlphabetic,
    boolean isDescending) {
  private static final String NO_SORT = "nosort";

  /**
   * Copies the list and checks the limit.
   *
   * @throws IllegalArgumentException if the offset or the limit is negative
   */
  public SortOptions {
    gets = List.copyOf(gets);
    if (offset < 0 || limit < 0) {
      throw new IllegalArgumentException(
          "offset and limit must not be negative: " + offset + ", " + limit);
    }
  }

  /** Returns options for all elements as numbers, the least first. */
  public static SortOptions ascending() {
    return new SortOptions(null, List.of(), 0, Long.MAX_VALUE, false, false);
  }

  /** Returns options for all elements as numbers, the greatest first. */
  public static SortOptions descending() {
    return ascending().reversed();
  }

  /** Returns options for all elements in their own order ({@code BY nosort}). */
  public static SortOptions unsorted() {
    return ascending().by(NO_SORT);
  }

  /** Returns the same by bytes rather than by numbers ({@code ALPHA}). */
  public SortOptions alphabetic() {
    return new SortOptions(by, gets, offset, limit, true, isDescending);
  }

  /** Returns the same in the other direction ({@code DESC}, or {@code ASC} again). */
  public SortOptions reversed() {
    return new SortOptions(by, gets, offset, limit, isAlphabetic, !isDescending);
  }

  /** Returns the same by the values of keys, such as {@code weight_*} ({@code BY}). */
  public SortOptions by(String pattern) {
    Objects.requireNonNull(pattern, "pattern");
    return new SortOptions(pattern, gets, offset, limit, isAlphabetic, isDescending);
  }

  /** Returns the same with more to be returned for each element ({@code GET}). */
  public SortOptions get(String... patterns) {
    List<String> more = new ArrayList<>(gets);
    more.addAll(Arrays.asList(patterns));
    return new SortOptions(by, more, offset, limit, isAlphabetic, isDescending);
  }

  /**
   * Returns the same for at most so many elements, after so many ({@code LIMIT}).
   *
   * @throws IllegalArgumentException if an argument is negative
   */
  public SortOptions limit(long newOffset, long newLimit) {
    return new SortOptions(by, gets, newOffset, newLimit, isAlphabetic, isDescending);
  }
}
