// SPDX-License-Identifier: Apache-2.0
package dev.redstart.keyspace;

import dev.redstart.spi.Binary;
import dev.redstart.structure.ObjectTable;
import dev.redstart.structure.SegmentTable;
import java.util.ArrayList;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Finding keys of a database that nobody names: some key, or all of them step by step.
 *
 * <p>Stateless; safe for many threads.
 */
final class KeyWalks {
  /** Expired keys that were not reclaimed yet are passed over so often. */
  private static final int RANDOM_TRIES = 100;

  private KeyWalks() {}

  /** Returns the number of keys, with all stripes held. */
  static long size(Shard[] shards) {
    long size = 0;
    for (Shard shard : shards) {
      size += shard.table.size();
    }
    return size;
  }

  /** As {@link Access#randomKey}, with all stripes held. */
  static @Nullable @Binary String randomKey(
      Shard[] shards, RandomGenerator random, long nowMillis) {
    long size = size(shards);
    for (int tries = 0; size > 0 && tries < RANDOM_TRIES; tries++) {
      long index = random.nextLong(size);
      int at = 0;
      while (index >= shards[at].table.size()) {
        index -= shards[at++].table.size();
      }
      ObjectTable table = shards[at].table;
      table.findRandom(random);
      if (!Access.isExpired(table.value(), nowMillis)) {
        return table.keyAtCursor();
      }
    }
    return null;
  }

  /**
   * As {@link Access#scan}, under one stripe at a time.
   *
   * @param enter refuses before each stripe what must not go on
   */
  static long scan(
      Shard[] shards,
      int stripeBits,
      long cursor,
      long count,
      Runnable enter,
      Consumer<? super @Binary String> visitor) {
    Keys found = new Keys();
    long position = cursor;
    long last = 1L << (32 + SegmentTable.NESTED_CURSOR_BITS);
    int shift = 32 - stripeBits + SegmentTable.NESTED_CURSOR_BITS;
    while (position >= 0 && position < last && found.size() < count) {
      enter.run();
      Shard shard = shards[(int) (position >>> shift)];
      Stripe stripe = shard.stripe;
      long stamp = stripe.writeLock();
      try {
        position = shard.table.scan(position, count - found.size(), found::add);
      } finally {
        stripe.unlockWrite(stamp);
      }
      if (position < 0) {
        position = (stripe.index + 1L) << shift;
      }
    }
    found.forEach(visitor);
    return position >= last ? 0 : position;
  }

  /** The keys of one step of a scan. */
  private static final class Keys extends ArrayList<String> {
    private static final long serialVersionUID = 1L;
  }
}
