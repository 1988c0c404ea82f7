// SPDX-License-Identifier: Apache-2.0
package dev.redstart.structure;

import dev.redstart.spi.Binary;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One step of a scan through a {@link SegmentTable}, by ascending hash.
 *
 * <p>Confined to the thread that holds the table's lock.
 */
final class SegmentScan {
  // Overview. A position is a hash, as unsigned, shifted by NESTED_CURSOR_BITS, with a place in a
  // nested table in the bits below. A step hands over whole home groups: the keys whose home is one
  // group stand from there on up to the first group with an empty slot, and the next position is
  // the lowest hash whose home is the next group. So a position means the same in a table that has
  // grown or shrunk since: all keys of lower hashes were handed over, none of the others.

  private static final int NESTED_BITS = SegmentTable.NESTED_CURSOR_BITS;

  /** The bits of a keyed hash that a position has no room for. */
  private static final int LOST_BITS = 32 - NESTED_BITS;

  private static final int STEPS_PER_KEY = 10;

  private final SegmentTable<?> table;
  private final Consumer<? super String> visitor;
  private long handedOver;

  SegmentScan(SegmentTable<?> table, Consumer<? super @Binary String> visitor) {
    this.table = table;
    this.visitor = visitor;
  }

  /** Goes on from a position until enough was handed over; returns the next one, or -1. */
  long run(long from, long count) {
    long stepsLeft =
        count > Long.MAX_VALUE / STEPS_PER_KEY ? Long.MAX_VALUE : count * STEPS_PER_KEY;
    long position = from;
    while (position >= 0 && handedOver < count && stepsLeft-- > 0) {
      long hash = position >>> NESTED_BITS;
      Segment found = table.segmentOf((int) hash);
      SegmentTable<?> nested = found.nested;
      if (nested != null) {
        position = runNested(found, nested, position, count - handedOver);
      } else {
        int group = found.home((int) hash);
        handOverGroup(found, group, hash, 1L << 32);
        position = positionOf(lowestHashAfter(found, hash, group));
      }
    }
    return position;
  }

  /** Scans a nested table, whose position is the low bits of the outer one. */
  private long runNested(Segment holder, SegmentTable<?> nested, long position, long count) {
    long hash = position >>> NESTED_BITS;
    long place = position & ((1L << NESTED_BITS) - 1);
    SegmentScan inner = new SegmentScan(nested, visitor);
    long next = inner.run((place << LOST_BITS) << NESTED_BITS, count);
    if (next >= 0) {
      long innerHash = next >>> NESTED_BITS;
      long rounded = (innerHash + (1L << LOST_BITS) - 1) >>> LOST_BITS;
      inner.handOverUpTo(innerHash, rounded << LOST_BITS); // go on to a place that has room
      next = rounded < 1L << NESTED_BITS ? rounded : -1;
    }
    handedOver += inner.handedOver;
    return next >= 0
        ? (prefixHash(holder, hash) << NESTED_BITS) | next
        : positionOf(hashAfter(holder, hash));
  }

  /** Hands over the keys whose hashes, as unsigned, are in [from, to). */
  private void handOverUpTo(long from, long to) {
    long hash = from;
    while (hash < to) {
      Segment found = table.segmentOf((int) hash);
      int group = found.home((int) hash);
      handOverGroup(found, group, hash, to);
      hash = lowestHashAfter(found, hash, group);
    }
  }

  /** Hands over the keys of one home group whose hashes, as unsigned, are in [from, to). */
  private void handOverGroup(Segment found, int home, long from, long to) {
    int group = home;
    for (int visited = 0; visited < found.groups; visited++) {
      for (int at = group * Segment.GROUP; at < (group + 1) * Segment.GROUP; at++) {
        @Nullable String key = found.key(at);
        if (key != null) {
          int hash = table.hash(key);
          long unsigned = Integer.toUnsignedLong(hash);
          if (found.home(hash) == home && unsigned >= from && unsigned < to) {
            visitor.accept(key);
            handedOver++;
          }
        }
      }
      if (found.hasEmpty(group)) {
        break;
      }
      group = group + 1 == found.groups ? 0 : group + 1;
    }
  }

  /** Returns the position of a hash, or -1 if it is past the last that belongs to the table. */
  private long positionOf(long hash) {
    boolean isHere = hash <= 0xffffffffL && ((hash << table.baseBits()) & 0xffffffffL) != 0;
    return isHere ? hash << NESTED_BITS : -1;
  }

  /** Returns the lowest hash, as unsigned, of the home group after {@code group}. */
  private static long lowestHashAfter(Segment found, long hash, int group) {
    return group + 1 < found.groups
        ? found.lowestHash(prefixHash(found, hash), group + 1)
        : hashAfter(found, hash);
  }

  /** Returns the lowest hash, as unsigned, after those of a segment. */
  private static long hashAfter(Segment found, long hash) {
    return prefixHash(found, hash) + (1L << (32 - found.prefixBits));
  }

  /** Returns the lowest hash, as unsigned, of the segment that holds {@code hash}. */
  private static long prefixHash(Segment found, long hash) {
    int width = 32 - found.prefixBits;
    return (hash >>> width) << width;
  }
}
