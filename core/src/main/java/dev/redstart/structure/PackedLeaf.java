// SPDX-License-Identifier: Apache-2.0
package dev.redstart.structure;

import dev.redstart.spi.Binary;
import dev.redstart.spi.BinaryStrings;
import java.util.Arrays;

/**
 * A leaf of elements, one after the other in a byte array.
 *
 * <p>Guarded as every {@link ListNode}.
 */
final class PackedLeaf extends ListLeaf {
  // Overview. The elements stand without gaps somewhere in the array, so that both ends can have
  // room; offsets[first + i] is where element i begins and element i - 1 ends.
  //
  // 1. An element that is put at an end doubles the room there; one in the middle adds an eighth,
  //    which keeps the leaves of a tree nearly full. Where more than half is free, the content
  //    slides instead: a queue within one leaf allocates nothing.
  // 2. What must be allocated is allocated before the first change.
  // 3. A leaf beside a full one at the end of a long list gets its room at once, about as much as
  //    the full one has: to double it step by step would allocate and copy as much again.
  // 4. Offsets fit a char: content and room of both sides stay below four times MAX_BYTES.

  /** The leaf itself, and the headers of its arrays. */
  private static final int OBJECT_BYTES = 32 + 2 * 16;

  private static final int SMALLEST_BYTES = 16;
  private static final int SMALLEST_SLOTS = 4;

  /** A leaf may keep a part in so many of its arrays free when it goes into the tree. */
  private static final int SLACK = 16;

  /** Arrays that are this many times as long as needed are cut after a removal. */
  private static final int WASTE = 8;

  // Guarded by the owner's lock.
  private byte[] bytes;
  private char[] offsets;
  private int first;
  private int count;

  /** Creates an empty leaf, which only an empty list has. */
  PackedLeaf(Object owner) {
    this(owner, new byte[0], new char[1], 0, 0);
  }

  PackedLeaf(Object owner, @Binary String element) {
    this(
        owner,
        new byte[Math.max(SMALLEST_BYTES, element.length())],
        new char[SMALLEST_SLOTS],
        0,
        1);
    BinaryStrings.copyTo(element, bytes, 0);
    offsets[1] = (char) element.length();
  }

  private PackedLeaf(Object owner, byte[] bytes, char[] offsets, int first, int count) {
    super(owner);
    this.bytes = bytes;
    this.offsets = offsets;
    this.first = first;
    this.count = count;
  }

  @Override
  ListLeaf neighbour(Object newOwner, boolean before, @Binary String element) {
    int length = element.length();
    int room = Math.min(used() + used() / SLACK, MAX_BYTES);
    if (room < length) {
      return of(newOwner, element);
    }
    int slots = Math.min(count + count / SLACK, MAX_COUNT) + 1;
    PackedLeaf made = new PackedLeaf(newOwner, new byte[room], new char[slots], 0, 0);
    if (before) {
      made.first = slots - 1;
      made.offsets[made.first] = (char) room;
    }
    made.insert(0, element);
    return made;
  }

  @Override
  int count() {
    return count;
  }

  private int begin() {
    return offsets[first];
  }

  private int end() {
    return offsets[first + count];
  }

  private int used() {
    return end() - begin();
  }

  @Override
  int bytes(int from, int to) {
    return offsets[first + to] - offsets[first + from];
  }

  @Override
  @Binary
  String get(int index) {
    int start = offsets[first + index];
    return BinaryStrings.fromBytes(bytes, start, offsets[first + index + 1] - start);
  }

  @Override
  boolean isAscii(int index) {
    return PackedBytes.isAscii(bytes, offsets[first + index], offsets[first + index + 1]);
  }

  @Override
  int indexOf(Sought sought, int from, int to) {
    for (int i = from; i < to; i++) {
      if (holds(i, sought.bytes)) {
        return i;
      }
    }
    return -1;
  }

  @Override
  int lastIndexOf(Sought sought, int from, int to) {
    for (int i = to - 1; i >= from; i--) {
      if (holds(i, sought.bytes)) {
        return i;
      }
    }
    return -1;
  }

  private boolean holds(int index, byte[] element) {
    int start = offsets[first + index];
    int end = offsets[first + index + 1];
    return end - start == element.length
        && Arrays.equals(bytes, start, end, element, 0, element.length);
  }

  @Override
  boolean fits(@Binary String element) {
    return count < MAX_COUNT && used() + element.length() <= MAX_BYTES;
  }

  @Override
  boolean fitsInstead(int index, @Binary String element) {
    return used() - bytes(index, index + 1) + element.length() <= MAX_BYTES;
  }

  @Override
  PackedLeaf with(Object newOwner, int index, @Binary String element) {
    PackedLeaf owned = ownedBy(newOwner);
    owned.insert(index, element);
    return owned;
  }

  private void insert(int index, @Binary String element) {
    int length = element.length();
    int end = first + count;
    if (index == count && end + 1 < offsets.length && bytes.length - offsets[end] >= length) {
      int at = offsets[end]; // the end of a queue, where there is room
      BinaryStrings.copyTo(element, bytes, at);
      offsets[end + 1] = (char) (at + length);
      count++;
      return;
    }
    boolean atFront = index < count - index || (count == 0 && first > 0); // room as it was made
    reserve(atFront, index == 0 || index == count, length);
    int at = offsets[first + index];
    if (atFront) {
      int begin = begin();
      System.arraycopy(bytes, begin, bytes, begin - length, at - begin);
      for (int i = 0; i <= index; i++) {
        offsets[first + i - 1] = (char) (offsets[first + i] - length);
      }
      first--;
      at -= length;
    } else {
      System.arraycopy(bytes, at, bytes, at + length, end() - at);
      for (int i = count; i >= index; i--) {
        offsets[first + i + 1] = (char) (offsets[first + i] + length);
      }
    }
    count++;
    BinaryStrings.copyTo(element, bytes, at);
  }

  /** Sees to it that one side has room for another element. */
  private void reserve(boolean atFront, boolean doubles, int length) {
    if ((atFront ? begin() : bytes.length - end()) < length) {
      makeBytes(atFront, doubles, length);
    }
    if ((atFront ? first : offsets.length - first - count - 1) < 1) {
      makeSlots(atFront, doubles);
    }
  }

  private void makeBytes(boolean atFront, boolean doubles, int length) {
    int used = used();
    int spare = bytes.length - used - length;
    if (spare >= used) { // slides, and leaves half of what is free on either side
      moveBytes(bytes, atFront ? length + spare / 2 : spare / 2);
      return;
    }
    int other = atFront ? bytes.length - end() : begin();
    int wanted = doubles ? Math.max(used, SMALLEST_BYTES) : used / 8 + SMALLEST_BYTES;
    int room = Math.max(length, Math.min(wanted, MAX_BYTES - used));
    moveBytes(new byte[other + used + room], atFront ? room : other);
  }

  private void moveBytes(byte[] target, int begin) {
    int shift = begin - begin();
    System.arraycopy(bytes, begin(), target, begin, used());
    for (int i = first; i <= first + count; i++) {
      offsets[i] = (char) (offsets[i] + shift);
    }
    bytes = target;
  }

  private void makeSlots(boolean atFront, boolean doubles) {
    int needed = count + 1;
    int free = offsets.length - needed;
    if (free >= needed) {
      moveSlots(offsets, atFront ? free - free / 2 : free / 2);
      return;
    }
    int other = atFront ? offsets.length - first - needed : first;
    int wanted = doubles ? Math.max(count, SMALLEST_SLOTS) : count / 8 + SMALLEST_SLOTS;
    int room = Math.max(1, Math.min(wanted, MAX_COUNT - count));
    moveSlots(new char[other + needed + room], atFront ? room : other);
  }

  private void moveSlots(char[] target, int newFirst) {
    System.arraycopy(offsets, first, target, newFirst, count + 1);
    offsets = target;
    first = newFirst;
  }

  @Override
  PackedLeaf without(Object newOwner, int from, int to) {
    if (from == to) {
      return this;
    }
    PackedLeaf owned = ownedBy(newOwner);
    owned.remove(from, to);
    return owned;
  }

  private void remove(int from, int to) {
    int removed = to - from;
    int start = offsets[first + from];
    int end = offsets[first + to];
    int usedLeft = used() - (end - start);
    boolean wastes = wastes(usedLeft, count - removed);
    if (from == 0 && !wastes) { // the front of a queue
      first += removed;
      count -= removed;
      return;
    }
    byte[] lessBytes = wastes ? new byte[2 * usedLeft] : bytes;
    char[] lessSlots = wastes ? new char[2 * (count - removed + 1)] : offsets;
    if (from < count - to) {
      int begin = begin();
      System.arraycopy(bytes, begin, bytes, begin + end - start, start - begin);
      for (int i = from - 1; i >= 0; i--) {
        offsets[first + removed + i] = (char) (offsets[first + i] + end - start);
      }
      first += removed;
    } else {
      System.arraycopy(bytes, end, bytes, start, end() - end);
      for (int i = to + 1; i <= count; i++) {
        offsets[first + i - removed] = (char) (offsets[first + i] - (end - start));
      }
    }
    count -= removed;
    if (wastes) {
      moveBytes(lessBytes, usedLeft / 2);
      moveSlots(lessSlots, (count + 1) / 2);
    }
  }

  private boolean wastes(int usedLeft, int countLeft) {
    return (bytes.length > WASTE * SMALLEST_BYTES && bytes.length > WASTE * usedLeft)
        || (offsets.length > WASTE * SMALLEST_SLOTS && offsets.length > WASTE * (countLeft + 1));
  }

  private PackedLeaf ownedBy(Object newOwner) {
    return owner == newOwner
        ? this
        : new PackedLeaf(newOwner, bytes.clone(), offsets.clone(), first, count);
  }

  @Override
  PackedLeaf slice(Object newOwner, int from, int to) {
    byte[] some = Arrays.copyOfRange(bytes, offsets[first + from], offsets[first + to]);
    char[] slots = Arrays.copyOfRange(offsets, first + from, first + to + 1);
    rebase(slots, 0, slots.length, -slots[0]);
    return new PackedLeaf(newOwner, some, slots, 0, to - from);
  }

  private static void rebase(char[] slots, int from, int to, int shift) {
    for (int i = from; i < to; i++) {
      slots[i] = (char) (slots[i] + shift);
    }
  }

  @Override
  PackedLeaf trimmed(Object newOwner) {
    boolean isNearlyFull =
        bytes.length - used() <= bytes.length / SLACK
            && offsets.length - count - 1 <= offsets.length / SLACK;
    return isNearlyFull ? this : slice(newOwner, 0, count);
  }

  @Override
  boolean isSparse() {
    return used() < MAX_BYTES / 4 && count < MAX_COUNT / 4;
  }

  @Override
  boolean joins(ListLeaf next, int eighths) {
    return next instanceof PackedLeaf
        && count + next.count() <= MAX_COUNT / 8 * eighths
        && used() + next.bytes() <= MAX_BYTES / 8 * eighths;
  }

  @Override
  PackedLeaf joined(Object newOwner, ListLeaf next) {
    PackedLeaf right = (PackedLeaf) next;
    byte[] all = Arrays.copyOfRange(bytes, begin(), end() + right.used());
    System.arraycopy(right.bytes, right.begin(), all, used(), right.used());
    char[] slots = new char[count + right.count + 1];
    System.arraycopy(offsets, first, slots, 0, count);
    rebase(slots, 0, count, -begin());
    System.arraycopy(right.offsets, right.first, slots, count, right.count + 1);
    rebase(slots, count, slots.length, used() - right.begin());
    return new PackedLeaf(newOwner, all, slots, 0, count + right.count);
  }

  @Override
  long heapBytes() {
    return OBJECT_BYTES + bytes.length + 2L * offsets.length;
  }

  @Override
  void checkInvariants() {
    require(count <= MAX_COUNT && used() <= MAX_BYTES, "leaf must not be too full: " + count);
    require(first >= 0 && first + count < offsets.length, "slots must be there: " + first);
    require(end() <= bytes.length, "elements must be there: " + end());
    require(bytes.length <= 4 * MAX_BYTES, "room must be bounded: " + bytes.length);
    require(offsets.length <= 4 * MAX_COUNT, "slots must be bounded: " + offsets.length);
    for (int i = first; i < first + count; i++) {
      require(offsets[i] <= offsets[i + 1], "offsets must not descend: " + i);
    }
  }
}
