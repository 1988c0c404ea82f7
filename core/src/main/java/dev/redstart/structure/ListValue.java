// SPDX-License-Identifier: Apache-2.0
package dev.redstart.structure;

import dev.redstart.KeyType;
import dev.redstart.spi.Binary;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A list: one packed leaf while small, two leaves at the ends and a tree between them beyond.
 *
 * <p>Guarded by the stripe of its key; a frozen one that nobody changes may be read by any thread.
 * Indexes count from 0; those that come in are checked by the callee only where it says so.
 */
public final class ListValue extends CollectionValue {
  // Overview. Pushes and pops at the ends touch the head or the tail alone, and the tree once for
  // each leaf that fills or empties. A leaf that goes into the tree leaves its spare room behind.
  //
  // 1. Without a tail, all elements are in the head, and there is no middle. With a tail, head and
  //    tail hold at least one element each. The middle, if there is one, may be empty.
  // 2. Leaves are changed only by the list whose token they carry; freeze() gives new tokens to
  //    both sides, the middle's with the list's own.
  // 3. When the middle is empty and the ends would fill at most half of a leaf, they become one.

  /** The type. */
  public static final ValueType<ListValue> TYPE =
      new ValueType<>(KeyType.LIST, ListValue.class, ListValue::new);

  /** The ends become one leaf when they fill so many eighths of it. */
  private static final int COLLAPSED_EIGHTHS = 4;

  // Guarded by the stripe.
  private Object owner = new Object();
  private ListLeaf head;
  private @Nullable ListTree middle;
  private @Nullable ListLeaf tail;
  private long bytes;

  /** Creates an empty one. */
  public ListValue() {
    this.head = new PackedLeaf(owner);
  }

  private ListValue(ListValue source) {
    this.head = source.head;
    this.tail = source.tail;
    this.bytes = source.bytes;
  }

  @Override
  public ListValue freeze() {
    ListValue frozen = new ListValue(this);
    Object newOwner = new Object();
    if (middle != null) {
      frozen.middle = middle.freeze(frozen.owner, newOwner);
    }
    owner = newOwner;
    return frozen;
  }

  @Override
  public boolean isEmpty() {
    return head.count() == 0;
  }

  @Override
  public ValueType<ListValue> type() {
    return TYPE;
  }

  /** Returns the number of elements. O(1). */
  public long size() {
    return tail == null ? head.count() : head.count() + middleSize() + tail.count();
  }

  /** Returns the number of bytes of all elements. O(1). */
  public long bytes() {
    return bytes;
  }

  private long middleSize() {
    return middle == null ? 0 : middle.size();
  }

  private ListTree middle() {
    ListTree tree = middle;
    if (tree == null) {
      tree = new ListTree(owner);
      middle = tree;
    }
    return tree;
  }

  /** Adds an element before all others. O(1). */
  public void addFirst(@Binary String element) {
    if (head.fits(element)) {
      head = head.with(owner, 0, element);
    } else if (isEmpty()) {
      head = ListLeaf.of(owner, element);
    } else if (tail == null) {
      ListLeaf made = ListLeaf.of(owner, element);
      tail = head;
      head = made;
    } else {
      ListLeaf made = head.neighbour(owner, true, element);
      middle().addFirst(head.trimmed(owner));
      head = made;
    }
    bytes += element.length();
  }

  /** Adds an element after all others. O(1). */
  public void addLast(@Binary String element) {
    ListLeaf last = tail;
    if (last == null) {
      if (head.fits(element)) {
        head = head.with(owner, head.count(), element);
      } else if (isEmpty()) {
        head = ListLeaf.of(owner, element);
      } else {
        tail = ListLeaf.of(owner, element);
      }
    } else if (last.fits(element)) {
      tail = last.with(owner, last.count(), element);
    } else {
      ListLeaf made = last.neighbour(owner, false, element);
      middle().addLast(last.trimmed(owner));
      tail = made;
    }
    bytes += element.length();
  }

  /** Returns the first element; there is one. O(1). */
  public @Binary String first() {
    return head.get(0);
  }

  /** Returns the last element; there is one. O(1). */
  public @Binary String last() {
    ListLeaf last = tail == null ? head : tail;
    return last.get(last.count() - 1);
  }

  /** Tells whether the first element, which is there, has no byte of 128 or more. */
  public boolean isFirstAscii() {
    return head.isAscii(0);
  }

  /** Tells whether the last element, which is there, has no byte of 128 or more. */
  public boolean isLastAscii() {
    ListLeaf last = tail == null ? head : tail;
    return last.isAscii(last.count() - 1);
  }

  /** Takes the first element; there is one. O(1). */
  public @Binary String removeFirst() {
    String element = first();
    dropFirst(element.length());
    return element;
  }

  /** As {@link #removeFirst}, when it was just read and is so long. O(1). */
  public void dropFirst(int length) {
    if (head.count() == 1) {
      dropHead();
    } else {
      head = head.without(owner, 0, 1);
    }
    bytes -= length;
    collapse();
  }

  /** Takes the last element; there is one. O(1). */
  public @Binary String removeLast() {
    String element = last();
    dropLast(element.length());
    return element;
  }

  /** As {@link #removeLast}, when it was just read and is so long. O(1). */
  public void dropLast(int length) {
    ListLeaf last = tail == null ? head : tail;
    int index = last.count() - 1;
    if (index == 0) {
      dropLast();
    } else if (tail == null) {
      head = last.without(owner, index, index + 1);
    } else {
      tail = last.without(owner, index, index + 1);
    }
    bytes -= length;
    collapse();
  }

  private void dropHead() {
    if (tail == null) {
      head = new PackedLeaf(owner);
    } else if (middleSize() > 0) {
      head = middle().removeFirst();
    } else {
      head = tail;
      tail = null;
      middle = null;
    }
  }

  private void dropLast() {
    if (tail == null) {
      head = new PackedLeaf(owner);
    } else if (middleSize() > 0) {
      tail = middle().removeLast();
    } else {
      tail = null;
      middle = null;
    }
  }

  private void collapse() {
    if (tail != null && middleSize() == 0 && head.joins(tail, COLLAPSED_EIGHTHS)) {
      head = head.joined(owner, tail);
      tail = null;
      middle = null;
    }
  }

  /**
   * Returns an element. O(log n), O(1) near the ends.
   *
   * @throws IndexOutOfBoundsException when the index is not within the size
   */
  public @Binary String get(long index) {
    ListCursor cursor = cursorAt(Objects.checkIndex(index, size()));
    return cursor.leaf().get((int) (index - cursor.start()));
  }

  /** Puts an element in the place of the one at an index, which is there. O(log n). */
  public void set(long index, @Binary String element) {
    long before = lengthAt(index);
    replace(index, 1, element);
    bytes += element.length() - before;
  }

  /** Inserts an element before the one at an index, or at the end. O(log n). */
  public void insert(long index, @Binary String element) {
    if (index == 0) {
      addFirst(element);
    } else if (index == size()) {
      addLast(element);
    } else {
      replace(index, 0, element);
      bytes += element.length();
    }
  }

  /** Removes the element at an index, which is there. O(log n). */
  public void remove(long index) {
    long before = lengthAt(index);
    replace(index, 1, null);
    bytes -= before;
    collapse();
  }

  private long lengthAt(long index) {
    return bytes(index, index + 1);
  }

  /** Puts an element, or nothing, in the place of one or none. */
  private void replace(long index, int removed, @Nullable @Binary String element) {
    long inMiddle = index - head.count();
    boolean joinsHead = removed == 0 && inMiddle == 0 && element != null && head.fits(element);
    ListLeaf last = tail;
    if (last == null || inMiddle < 0 || joinsHead) {
      placeHead(head.replace(owner, (int) index, removed, element));
    } else if (inMiddle < middleSize()) {
      Object token = owner;
      boolean[] sparse = new boolean[1];
      middle()
          .edit(
              inMiddle,
              (leaf, i) -> {
                List<ListLeaf> made = leaf.replace(token, i, removed, element);
                sparse[0] = made.isEmpty();
                for (ListLeaf each : made) {
                  sparse[0] |= each.isSparse();
                }
                return made;
              });
      if (sparse[0]) {
        middle().tidy(inMiddle);
      }
    } else {
      placeTail(last.replace(owner, (int) (inMiddle - middleSize()), removed, element));
    }
  }

  private void placeHead(List<ListLeaf> made) {
    if (made.isEmpty()) {
      dropHead();
      return;
    }
    boolean isAll = tail == null;
    int end = isAll ? Math.max(1, made.size() - 1) : made.size();
    for (int i = end - 1; i >= 1; i--) {
      middle().addFirst(made.get(i).trimmed(owner));
      middle().tidy(0);
    }
    head = made.get(0);
    if (end < made.size()) {
      tail = made.get(end);
    }
  }

  private void placeTail(List<ListLeaf> made) {
    if (made.isEmpty()) {
      dropLast();
      return;
    }
    int end = made.size() - 1;
    for (int i = 0; i < end; i++) {
      middle().addLast(made.get(i).trimmed(owner));
      middle().tidy(middleSize() - 1);
    }
    tail = made.get(end);
  }

  /**
   * Removes the elements of [from, to). O(log n + leaves).
   *
   * @throws IndexOutOfBoundsException when the range is not within the size
   */
  public void removeRange(long from, long to) {
    long size = size();
    Objects.checkFromToIndex(from, to, size);
    if (from == to) {
      return;
    }
    bytes -= bytes(from, to);
    if (to - from == size) {
      head = new PackedLeaf(owner);
      middle = null;
      tail = null;
      return;
    }
    long headSize = head.count();
    ListLeaf last = tail;
    boolean lastGoes = false;
    if (last != null && to > headSize) {
      long lastStart = headSize + middleSize();
      if (to > lastStart) {
        int start = (int) Math.max(0, from - lastStart);
        lastGoes = start == 0 && to == size;
        tail = lastGoes ? last : last.without(owner, start, (int) (to - lastStart));
      }
      if (from < lastStart && middle != null) {
        middle.removeRange(Math.max(0, from - headSize), Math.min(to, lastStart) - headSize);
      }
    }
    boolean headGoes = from == 0 && to >= headSize;
    if (from < headSize && !headGoes) {
      head = head.without(owner, (int) from, (int) Math.min(to, headSize));
    }
    if (lastGoes) {
      dropLast();
    }
    if (headGoes) {
      dropHead();
    }
    collapse();
  }

  /** Returns how many bytes the elements of [from, to) have. O(log n + leaves). */
  private long bytes(long from, long to) {
    long sum = 0;
    ListCursor cursor = new ListCursor(this, head);
    for (long at = from; at < to; at = cursor.end()) {
      seek(cursor, at);
      sum += cursor.leaf().bytes((int) (at - cursor.start()), cursor.inLeaf(to));
    }
    return sum;
  }

  /** Hands over the elements of [from, to), which are there. O(log n + k). */
  public void forEach(long from, long to, Consumer<? super @Binary String> visitor) {
    ListCursor cursor = new ListCursor(this, head);
    for (long at = from; at < to; at = cursor.end()) {
      seek(cursor, at);
      cursor.leaf().forEach((int) (at - cursor.start()), cursor.inLeaf(to), visitor);
    }
  }

  /** Hands over the elements of [from, to), which are there, the last one first. O(log n + k). */
  public void forEachReverse(long from, long to, Consumer<? super @Binary String> visitor) {
    ListCursor cursor = cursorAt(to);
    for (long at = to; at > from && cursor.previous(); at--) {
      visitor.accept(cursor.element());
    }
  }

  /**
   * Returns a cursor in the gap before the element of an index, or after all for the size.
   *
   * @throws IndexOutOfBoundsException when the index is not within 0 and the size
   */
  public ListCursor cursorAt(long index) {
    ListCursor cursor = new ListCursor(this, head);
    cursor.moveTo(index);
    return cursor;
  }

  /** Places a cursor at the leaf of an element, which is there. */
  void seek(ListCursor cursor, long index) {
    long inMiddle = index - head.count();
    ListLeaf last = tail;
    if (last == null || inMiddle < 0) {
      cursor.place(head, 0);
    } else if (inMiddle >= middleSize()) {
      cursor.place(last, head.count() + middleSize());
    } else {
      middle().seek(inMiddle, cursor, head.count());
    }
  }

  /** Returns about how many bytes of heap the leaves take. O(leaves). */
  public long heapBytes() {
    long sum = 0;
    ListCursor cursor = new ListCursor(this, head);
    for (long at = 0; at < size(); at = cursor.end()) {
      seek(cursor, at);
      sum += cursor.leaf().heapBytes();
    }
    return sum;
  }

  /** Throws IllegalStateException unless the invariants of the overview hold. */
  void checkInvariants() {
    head.checkInvariants();
    ListLeaf last = tail;
    if (last == null) {
      ListNode.require(middle == null, "a middle must have a tail");
    } else {
      last.checkInvariants();
      ListNode.require(head.count() > 0 && last.count() > 0, "ends must not be empty");
    }
    if (middle != null) {
      middle.checkInvariants();
    }
    ListNode.require(bytes == bytes(0, size()), "bytes must be the elements': " + bytes);
  }

  /** Returns the number of levels of branches between the ends. */
  int height() {
    return middle == null ? 0 : middle.height();
  }

  /** Tells whether all is in one leaf. */
  boolean isOneLeaf() {
    return tail == null;
  }
}
