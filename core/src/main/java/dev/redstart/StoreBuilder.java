// SPDX-License-Identifier: Apache-2.0
package dev.redstart;

import dev.redstart.local.LocalStore;
import dev.redstart.spi.JournalSink;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a store is opened with.
 *
 * <p>Confined to one thread. Can open several stores.
 */
public final class StoreBuilder {
  private static final int MAX_STRIPES = 1024;
  private static final int DEFAULT_DATABASES = 16;
  private static final long DEFAULT_JOURNAL_BYTES = 64L << 20;

  private int stripes = defaultStripes();
  private int databases = DEFAULT_DATABASES;
  private long journalBytes = DEFAULT_JOURNAL_BYTES;
  private @Nullable TimeSource timeSource;
  private final List<JournalSink> sinks = new ArrayList<>();

  StoreBuilder() {}

  /**
   * Sets the number of locks that the keys are spread over; by default 64, or more on a machine of
   * more than four processors.
   *
   * @param count a power of two from 1 to 1024
   * @throws IllegalArgumentException if it is not
   */
  public StoreBuilder stripes(int count) {
    if (count < 1 || count > MAX_STRIPES || Integer.bitCount(count) != 1) {
      throw new IllegalArgumentException(
          "stripes must be a power of two from 1 to " + MAX_STRIPES + ": " + count);
    }
    stripes = count;
    return this;
  }

  /**
   * Sets the number of databases; 16 by default.
   *
   * @throws IllegalArgumentException if it is not from 1 to 65,536
   */
  public StoreBuilder databases(int count) {
    if (count < 1 || count > 1 << 16) {
      throw new IllegalArgumentException("databases must be from 1 to 65536: " + count);
    }
    databases = count;
    return this;
  }

  /** Sets where time comes from; the machine's by default. It is not closed with the store. */
  public StoreBuilder timeSource(TimeSource source) {
    timeSource = Objects.requireNonNull(source, "source");
    return this;
  }

  /**
   * Sets how many bytes of changes may wait for slow sinks before writers wait; 64 MB by default.
   *
   * @throws IllegalArgumentException if it is not positive
   */
  public StoreBuilder journalBytes(long bytes) {
    if (bytes < 1) {
      throw new IllegalArgumentException("journal bytes must be positive: " + bytes);
    }
    journalBytes = bytes;
    return this;
  }

  /** Adds somebody who gets every change. */
  public StoreBuilder journalSink(JournalSink sink) {
    sinks.add(Objects.requireNonNull(sink, "sink"));
    return this;
  }

  /** Opens a store with what was set. */
  public Store open() {
    return LocalStore.open(stripes, databases, journalBytes, timeSource, List.copyOf(sinks));
  }

  private static int defaultStripes() {
    int wanted = 16 * Runtime.getRuntime().availableProcessors();
    return Math.min(MAX_STRIPES, Math.max(64, Integer.highestOneBit(wanted - 1) << 1));
  }
}
