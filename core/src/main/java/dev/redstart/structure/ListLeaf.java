// SPDX-License-Identifier: Apache-2.0
package dev.redstart.structure;

import dev.redstart.spi.Binary;
import dev.redstart.spi.BinaryStrings;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A lowest node of a list: some packed elements, or a single long one.
 *
 * <p>Guarded as every {@link ListNode}. What changes a leaf takes the token of who wants to, and
 * returns the leaf that has the change: the same one if it is owned, or else a copy.
 */
abstract class ListLeaf extends ListNode {
  /** The most bytes of elements in a leaf of several. */
  static final int MAX_BYTES = 4096;

  static final int MAX_COUNT = 128;

  ListLeaf(Object owner) {
    super(owner);
  }

  /** Returns a leaf of one element. */
  static ListLeaf of(Object owner, @Binary String element) {
    return element.length() > MAX_BYTES
        ? new LargeLeaf(owner, element)
        : new PackedLeaf(owner, element);
  }

  /** Returns a leaf of one element, to go on before or after this one, which is full. */
  ListLeaf neighbour(Object newOwner, boolean before, @Binary String element) {
    return of(newOwner, element);
  }

  abstract int count();

  /** Returns how many bytes the elements from {@code from} to {@code to}, excluded, have. O(1). */
  abstract int bytes(int from, int to);

  /** Returns an element, perhaps copied. */
  abstract @Binary String get(int index);

  /** Tells whether an element has no byte of 128 or more. */
  abstract boolean isAscii(int index);

  /** Returns the first index in a range at which an element stands, or -1. */
  abstract int indexOf(Sought sought, int from, int to);

  /** Returns the last index in a range at which an element stands, or -1. */
  abstract int lastIndexOf(Sought sought, int from, int to);

  /** Tells whether an element can be added without a split. */
  abstract boolean fits(@Binary String element);

  /** Tells whether an element can take another's place without a split. */
  abstract boolean fitsInstead(int index, @Binary String element);

  /** Inserts an element, which has to fit. */
  abstract ListLeaf with(Object newOwner, int index, @Binary String element);

  /** Removes elements, some but not all. */
  abstract ListLeaf without(Object newOwner, int from, int to);

  /** Returns a leaf of some of the elements, with no room to spare. */
  abstract ListLeaf slice(Object newOwner, int from, int to);

  /** Returns this leaf with no room to spare. */
  abstract ListLeaf trimmed(Object newOwner);

  /** Tells whether so little is in it that it should join a neighbour. */
  abstract boolean isSparse();

  /** Tells whether this and the next leaf together fill at most some eighths of a leaf. */
  abstract boolean joins(ListLeaf next, int eighths);

  /** Returns a leaf of this one's elements and then the next one's, which have to join. */
  abstract ListLeaf joined(Object newOwner, ListLeaf next);

  /** Returns about how many bytes of heap the leaf takes. */
  abstract long heapBytes();

  abstract void checkInvariants();

  @Override
  final long size() {
    return count();
  }

  final int bytes() {
    return bytes(0, count());
  }

  final void forEach(int from, int to, Consumer<? super @Binary String> visitor) {
    for (int i = from; i < to; i++) {
      visitor.accept(get(i));
    }
  }

  /**
   * Puts an element, or nothing, in the place of one element or none.
   *
   * @return what comes of this leaf: up to three leaves
   */
  final List<ListLeaf> replace(
      Object newOwner, int index, int removed, @Nullable @Binary String element) {
    int end = index + removed;
    boolean isAll = removed == count();
    if (element == null) {
      return isAll ? List.of() : List.of(without(newOwner, index, end));
    }
    if (isAll) {
      return List.of(of(newOwner, element));
    }
    if (removed == 0 && fits(element)) {
      return List.of(with(newOwner, index, element));
    }
    if (removed == 1 && fitsInstead(index, element)) {
      return List.of(with(newOwner, index, element).without(newOwner, end, end + 1));
    }
    return split(newOwner, index, end, element);
  }

  private List<ListLeaf> split(Object newOwner, int index, int end, @Binary String element) {
    List<ListLeaf> parts = new ArrayList<>(3);
    if (index > 0) {
      parts.add(index == count() ? this : slice(newOwner, 0, index));
    }
    ListLeaf after = end == count() ? null : end == 0 ? this : slice(newOwner, end, count());
    if (index > 0 && index < count() && parts.get(0).fits(element)) {
      parts.set(0, parts.get(0).with(newOwner, index, element));
    } else if (after != null && end > 0 && after.fits(element)) {
      after = after.with(newOwner, 0, element);
    } else {
      parts.add(of(newOwner, element));
    }
    if (after != null) {
      parts.add(after);
    }
    return parts;
  }

  /** An element that is looked for, in both forms; immutable. */
  static final class Sought {
    final @Binary String element;
    final byte[] bytes;

    Sought(@Binary String element) {
      this.element = element;
      this.bytes = BinaryStrings.toBytes(element);
    }
  }
}
