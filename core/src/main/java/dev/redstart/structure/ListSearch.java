// SPDX-License-Identifier: Apache-2.0
package dev.redstart.structure;

import dev.redstart.spi.Binary;
import dev.redstart.structure.ListLeaf.Sought;

/**
 * A search for an element in a list, which compares packed bytes.
 *
 * <p>Confined to its user, under the list's guard.
 */
public final class ListSearch {
  // Fixed after construction.
  private final ListValue list;
  private final Sought sought;
  private final ListCursor cursor;

  /** Creates the search. */
  public ListSearch(ListValue list, @Binary String element) {
    this.list = list;
    this.sought = new Sought(element);
    this.cursor = list.cursorAt(0);
  }

  /** Returns the first index in [from, to) at which the element stands, or -1. O(log n + k). */
  public long first(long from, long to) {
    for (long at = from; at < to; at = cursor.end()) {
      list.seek(cursor, at);
      int start = (int) (at - cursor.start());
      int found = cursor.leaf().indexOf(sought, start, cursor.inLeaf(to));
      if (found >= 0) {
        return cursor.start() + found;
      }
    }
    return -1;
  }

  /** Returns the last index in [from, to) at which the element stands, or -1. O(log n + k). */
  public long last(long from, long to) {
    for (long at = to; at > from; at = cursor.start()) {
      list.seek(cursor, at - 1);
      int start = (int) Math.max(0, from - cursor.start());
      int found = cursor.leaf().lastIndexOf(sought, start, cursor.inLeaf(at));
      if (found >= 0) {
        return cursor.start() + found;
      }
    }
    return -1;
  }

  /**
   * Removes the element wherever it stands and returns how often that was. O(n + k log n).
   *
   * @param limit how often at most
   * @param fromRight whether to begin with the last
   */
  public long remove(long limit, boolean fromRight) {
    long removed = 0;
    long at = fromRight ? list.size() : 0;
    while (removed < limit) {
      long found = fromRight ? last(0, at) : first(at, list.size());
      if (found < 0) {
        break;
      }
      long run = run(found, limit - removed, fromRight);
      at = fromRight ? found + 1 - run : found;
      list.removeRange(at, at + run);
      removed += run;
    }
    return removed;
  }

  /** Returns how often the element stands there without a gap, in the leaf that was just found. */
  private long run(long found, long limit, boolean fromRight) {
    int index = (int) (found - cursor.start());
    int step = fromRight ? -1 : 1;
    int run = 1;
    int next = index + step;
    while (run < limit
        && next >= 0
        && next < cursor.leaf().count()
        && cursor.leaf().indexOf(sought, next, next + 1) >= 0) {
      run++;
      next += step;
    }
    return run;
  }
}
