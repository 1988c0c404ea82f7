// SPDX-License-Identifier: Apache-2.0
package dev.redstart;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * When a value is set, and how long it lives: the options of SET.
 *
 * <p>Immutable. Begin with {@link #always}, {@link #ifAbsent} or {@link #ifPresent}; without a
 * lifetime the value lives for ever.
 *
 * @param condition when the value is set
 * @param lifetime how long it lives from now on, or null
 * @param deadline until when it lives, or null
 * @param keepsDeadline whether a deadline that is there stays
 * @see <a href="https://redis.io/docs/latest/commands/set/">SET</a>
 */
public record SetOptions(
    Condition condition,
    @Nullable Duration lifetime,
    @Nullable Instant deadline,
    boolean keepsDeadline) {
  /** When a value is set; immutable. */
  public enum Condition {
    /** Whatever is there. */
    ALWAYS,
    /** If the key does not exist ({@code NX}). */
    ABSENT,
    /** If the key exists ({@code XX}). */
    PRESENT
  }

  /** Checks that at most one lifetime is given, and that it is positive. */
  public SetOptions {
    Objects.requireNonNull(condition, "condition");
    int given = (lifetime != null ? 1 : 0) + (deadline != null ? 1 : 0) + (keepsDeadline ? 1 : 0);
    if (given > 1) {
      throw new IllegalArgumentException("at most one of lifetime, deadline, keeping may be given");
    }
    if (lifetime != null && (lifetime.isNegative() || lifetime.isZero())) {
      throw new IllegalArgumentException("lifetime must be positive: " + lifetime);
    }
  }

  /** Returns options that set in any case. */
  public static SetOptions always() {
    return new SetOptions(Condition.ALWAYS, null, null, false);
  }

  /** Returns options that set only a key that does not exist ({@code NX}). */
  public static SetOptions ifAbsent() {
    return new SetOptions(Condition.ABSENT, null, null, false);
  }

  /** Returns options that set only a key that exists ({@code XX}). */
  public static SetOptions ifPresent() {
    return new SetOptions(Condition.PRESENT, null, null, false);
  }

  /** Returns the same with a lifetime in place of any other ({@code PX}). */
  public SetOptions lasting(Duration lifetime) {
    return new SetOptions(condition, Objects.requireNonNull(lifetime), null, false);
  }

  /** Returns the same with a deadline in place of any lifetime ({@code PXAT}). */
  public SetOptions until(Instant deadline) {
    return new SetOptions(condition, null, Objects.requireNonNull(deadline), false);
  }

  /** Returns the same, leaving a deadline that is there as it is ({@code KEEPTTL}). */
  public SetOptions keepingDeadline() {
    return new SetOptions(condition, null, null, true);
  }
}
