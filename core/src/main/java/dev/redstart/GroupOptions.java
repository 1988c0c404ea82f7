// SPDX-License-Identifier: Apache-2.0
package dev.redstart;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How long the keys of a group live, and how many it may have.
 *
 * <p>Immutable. Begin with {@link #none}.
 *
 * <pre>{@code
 * GroupOptions.none().lifetime(Duration.ofMinutes(30)).limit(10_000).removeOldest()
 * }</pre>
 *
 * @param lifetime how long a key lives that is made without a lifetime of its own, or null for ever
 * @param limit how many keys there may be; {@code Long.MAX_VALUE} for any number
 * @param removesOldest whether one key too many removes the oldest, rather than being refused
 */
public record GroupOptions(@Nullable Duration lifetime, long limit, boolean removesOldest) {
  private static final Duration LONGEST = Duration.ofMillis(Long.MAX_VALUE);

  /**
   * Checks the lifetime and the limit.
   *
   * @throws IllegalArgumentException if one is not positive, or the lifetime is too long for 64
   *     bits of milliseconds
   */
  public GroupOptions {
    if (lifetime != null) {
      if (lifetime.isNegative() || lifetime.isZero()) {
        throw new IllegalArgumentException("lifetime must be positive: " + lifetime);
      }
      if (lifetime.compareTo(LONGEST) > 0) {
        throw new IllegalArgumentException("lifetime must be within 64 bits of milliseconds");
      }
    }
    if (limit < 1) {
      throw new IllegalArgumentException("limit must be positive: " + limit);
    }
  }

  /** Returns the options of a group that is a prefix and no more. */
  public static GroupOptions none() {
    return new GroupOptions(null, Long.MAX_VALUE, false);
  }

  /**
   * Returns the same with a lifetime for each key that an operation through the group makes, or
   * sets anew, without saying how long it lives.
   *
   * @throws IllegalArgumentException if it is not positive, or too long for 64 bits of milliseconds
   */
  public GroupOptions lifetime(Duration lifetime) {
    return new GroupOptions(Objects.requireNonNull(lifetime, "lifetime"), limit, removesOldest);
  }

  /**
   * Returns the same with a limit on the number of keys.
   *
   * @throws IllegalArgumentException if it is not positive
   */
  public GroupOptions limit(long keys) {
    return new GroupOptions(lifetime, keys, removesOldest);
  }

  /**
   * Returns the same, where a full group refuses further keys ({@link GroupFullException}). This is
   * so from the start, and makes a difference with a limit only.
   */
  public GroupOptions refuse() {
    return new GroupOptions(lifetime, limit, false);
  }

  /**
   * Returns the same, where a full group loses its oldest key for each further one. It makes a
   * difference with a limit only.
   */
  public GroupOptions removeOldest() {
    return new GroupOptions(lifetime, limit, true);
  }
}
