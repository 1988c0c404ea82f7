// SPDX-License-Identifier: Apache-2.0
package dev.redstart.structure;

import java.util.random.RandomGenerator;

/**
 * The choice of a random key in a {@link SegmentTable}.
 *
 * <p>Stateless; a table is guarded by its owner's lock.
 */
final class SegmentDraw {
  // Overview. One way is by trial: to draw from the slots that there would be if every segment were
  // of the largest size, each with the same chance, until one is there and has a key. The other is
  // to draw the segment by its size, for which sizes are counted through. Both are uniform, so that
  // the second may take over when the first had no luck. Only the second can reach into nested
  // tables, which are of any size.

  /** Up to so many segments are counted through at once. */
  private static final int FEW_SEGMENTS = 16;

  /** A trial meets a key with a chance of about a third, unless most segments are nearly empty. */
  private static final int TRIALS = 64;

  private SegmentDraw() {}

  /** Moves a table's cursor to a key chosen uniformly; the table must not be empty. */
  static <S extends Segment> void find(SegmentTable<S> table, RandomGenerator random) {
    if (table.segmentCount() > FEW_SEGMENTS && !table.hasNested() && byTrial(table, random)) {
      return;
    }
    S found = bySize(table, random);
    for (SegmentTable<S> inner = table.nestedOf(found);
        inner != null;
        inner = table.nestedOf(found)) {
      found = bySize(inner, random);
    }
    int candidate;
    do {
      candidate = random.nextInt(found.slots());
    } while (!found.isFull(candidate));
    table.segment = found;
    table.slot = candidate;
  }

  private static <S extends Segment> boolean byTrial(
      SegmentTable<S> table, RandomGenerator random) {
    for (int trial = 0; trial < TRIALS; trial++) {
      int place = random.nextInt(table.places());
      int candidate = random.nextInt(table.maxGroups() * Segment.GROUP);
      S found = table.segmentAt(place);
      boolean isFirstPlace = (place & (table.span(found) - 1)) == 0;
      if (isFirstPlace && candidate < found.slots() && found.isFull(candidate)) {
        table.segment = found;
        table.slot = candidate;
        return true;
      }
    }
    return false;
  }

  /** Returns a segment, each with a chance in proportion to its size. */
  private static <S extends Segment> S bySize(SegmentTable<S> table, RandomGenerator random) {
    long index = random.nextLong(table.size());
    int place = 0;
    S found = table.segmentAt(0);
    while (index >= found.size) {
      index -= found.size;
      place += table.span(found);
      found = table.segmentAt(place);
    }
    return found;
  }
}
