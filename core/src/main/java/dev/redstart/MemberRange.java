// SPDX-License-Identifier: Apache-2.0
package dev.redstart;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A range of members in the order of their bytes, each end included or not, or open-ended.
 *
 * <p>Immutable, if the members are. It means something only for sorted sets whose scores are all
 * equal.
 *
 * @param min the lower end, null for none
 * @param minIncluded whether the lower end itself belongs to it
 * @param max the upper end, null for none
 * @param maxIncluded whether the upper end itself belongs to it
 * @see <a href="https://redis.io/docs/latest/commands/zrange/">ZRANGE BYLEX</a>
 */
public record MemberRange<E>(
    @Nullable E min, boolean minIncluded, @Nullable E max, boolean maxIncluded) {
  /** Returns the range of all members. */
  public static <E> MemberRange<E> all() {
    return new MemberRange<>(null, true, null, true);
  }

  /** Returns {@code min <= member <= max}. */
  public static <E> MemberRange<E> closed(E min, E max) {
    return new MemberRange<>(
        Objects.requireNonNull(min, "min"), true, Objects.requireNonNull(max, "max"), true);
  }

  /** Returns {@code min < member < max}. */
  public static <E> MemberRange<E> open(E min, E max) {
    return new MemberRange<>(
        Objects.requireNonNull(min, "min"), false, Objects.requireNonNull(max, "max"), false);
  }

  /** Returns {@code min <= member < max}. */
  public static <E> MemberRange<E> closedOpen(E min, E max) {
    return new MemberRange<>(
        Objects.requireNonNull(min, "min"), true, Objects.requireNonNull(max, "max"), false);
  }

  /** Returns {@code member >= min}. */
  public static <E> MemberRange<E> atLeast(E min) {
    return new MemberRange<>(Objects.requireNonNull(min, "min"), true, null, true);
  }

  /** Returns {@code member > min}. */
  public static <E> MemberRange<E> greaterThan(E min) {
    return new MemberRange<>(Objects.requireNonNull(min, "min"), false, null, true);
  }

  /** Returns {@code member <= max}. */
  public static <E> MemberRange<E> atMost(E max) {
    return new MemberRange<>(null, true, Objects.requireNonNull(max, "max"), true);
  }

  /** Returns {@code member < max}. */
  public static <E> MemberRange<E> lessThan(E max) {
    return new MemberRange<>(null, true, Objects.requireNonNull(max, "max"), false);
  }
}
