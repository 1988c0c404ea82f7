// SPDX-License-Identifier: Apache-2.0
package dev.redstart;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a scan returns, and how much work one step of it does.
 *
 * <p>Immutable.
 *
 * @param glob a pattern that names must match ({@code MATCH}), or null for all
 * @param type the type that keys must hold ({@code TYPE}), or null for all; for scans of keys only
 * @param count about how many elements one step looks at ({@code COUNT}); positive
 * @see <a href="https://redis.io/docs/latest/commands/scan/">SCAN</a>
 */
public record ScanOptions(@Nullable String glob, @Nullable KeyType type, long count) {
  private static final long DEFAULT_COUNT = 10;

  /** Checks the count. */
  public ScanOptions {
    if (count < 1) {
      throw new IllegalArgumentException("count must be positive: " + count);
    }
  }

  /** Returns options for everything, ten elements a step. */
  public static ScanOptions all() {
    return new ScanOptions(null, null, DEFAULT_COUNT);
  }

  /** Returns the same for names that match a glob, such as {@code session:*}. */
  public ScanOptions matching(String newGlob) {
    return new ScanOptions(Objects.requireNonNull(newGlob), type, count);
  }

  /** Returns the same for keys of one type. */
  public ScanOptions ofType(KeyType newType) {
    return new ScanOptions(glob, Objects.requireNonNull(newType), count);
  }

  /** Returns the same with another amount of work for one step. */
  public ScanOptions withCount(long newCount) {
    return new ScanOptions(glob, type, newCount);
  }
}
