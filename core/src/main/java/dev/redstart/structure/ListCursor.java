// SPDX-License-Identifier: Apache-2.0
package dev.redstart.structure;

import dev.redstart.spi.Binary;
import java.util.Objects;

/**
 * A place between two elements of a list, to walk from in both directions.
 *
 * <p>Confined to its user, under the list's guard. It starts without an element; after {@link
 * #next} or {@link #previous} has returned true it shows the one stepped over. After a write to the
 * list it must be placed anew. A step costs O(1), and O(log n) once per leaf.
 */
public final class ListCursor {
  // Fixed after construction.
  private final ListValue list;

  // Confined to the user.
  private ListLeaf leaf;
  private long start;
  private int gap;
  private int index;

  ListCursor(ListValue list, ListLeaf leaf) {
    this.list = list;
    this.leaf = leaf;
  }

  void place(ListLeaf found, long foundStart) {
    leaf = found;
    start = foundStart;
  }

  ListLeaf leaf() {
    return leaf;
  }

  /** Returns the index of the leaf's first element. */
  long start() {
    return start;
  }

  /** Returns the index after the leaf's last element. */
  long end() {
    return start + leaf.count();
  }

  /** Returns where a range that ends at an index of the list ends in the leaf. */
  int inLeaf(long to) {
    return (int) Math.min(leaf.count(), to - start);
  }

  /**
   * Moves to the gap before the element of an index.
   *
   * @throws IndexOutOfBoundsException when the index is not within 0 and the size
   */
  public void moveTo(long target) {
    long size = list.size();
    Objects.checkIndex(target, size + 1);
    list.seek(this, target == size && size > 0 ? target - 1 : target);
    gap = (int) (target - start);
  }

  /** Steps over the next element, if there is one. */
  public boolean next() {
    if (gap == leaf.count()) {
      if (end() == list.size()) {
        return false;
      }
      moveTo(end());
    }
    index = gap;
    gap++;
    return true;
  }

  /** Steps back over the previous element, if there is one. */
  public boolean previous() {
    if (gap == 0) {
      if (start == 0) {
        return false;
      }
      list.seek(this, start - 1);
      gap = leaf.count();
    }
    gap--;
    index = gap;
    return true;
  }

  /** Returns the index of the element after the gap. */
  public long index() {
    return start + gap;
  }

  /** Returns the element stepped over last. */
  public @Binary String element() {
    return leaf.get(index);
  }
}
