// SPDX-License-Identifier: Apache-2.0
package dev.redstart.structure;

import dev.redstart.spi.Binary;
import dev.redstart.spi.BinaryStrings;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/**
 * A small set of binary strings in one byte array: Redis's listpack.
 *
 * <p>Guarded by the stripe's lock of its owner; a frozen copy that nobody writes may be read by any
 * thread after safe publication. Every operation costs O(n).
 */
public final class PackedSet implements SetForm {
  // Overview
  //
  // entries = *member                      in order of arrival, without gaps, from index 0 to end
  // member  = length bytes                 as PackedBytes has it, which also says how it is shared

  // Guarded by the stripe's lock of the owner.
  private byte[] entries;
  private int end;
  private int size;
  private boolean shared;

  /** Creates an empty set. */
  public PackedSet() {
    this.entries = new byte[0];
  }

  private PackedSet(PackedSet source) {
    this.entries = source.entries;
    this.end = source.end;
    this.size = source.size;
    this.shared = true;
  }

  @Override
  public long size() {
    return size;
  }

  /** Returns the number of bytes of all members with their lengths. O(1). */
  public int bytes() {
    return end;
  }

  @Override
  public PackedSet freeze() {
    PackedSet frozen = new PackedSet(this);
    shared = true;
    return frozen;
  }

  @Override
  public boolean contains(@Binary String member) {
    return find(member) >= 0;
  }

  /** Adds a member, which must be absent. */
  public void add(@Binary String member) {
    assert !contains(member) : "member must be absent: " + member;
    int length = member.length();
    int gap = Math.addExact(PackedBytes.bytesOfLength(length), length);
    entries = PackedBytes.open(entries, end, end, gap, shared);
    shared = false;
    BinaryStrings.copyTo(member, entries, PackedBytes.putLength(entries, end, length));
    end += gap;
    size++;
  }

  @Override
  public boolean remove(@Binary String member) {
    int position = find(member);
    if (position < 0) {
      return false;
    }
    int next = next(position);
    entries = PackedBytes.close(entries, end, position, next, shared);
    shared = false;
    end -= next - position;
    size--;
    return true;
  }

  /**
   * Returns a member by its place in the order of arrival.
   *
   * @throws IndexOutOfBoundsException when the index is not within the size
   */
  public @Binary String get(int index) {
    Objects.checkIndex(index, size);
    int position = 0;
    for (int i = 0; i < index; i++) {
      position = next(position);
    }
    return memberAt(position);
  }

  @Override
  public @Binary String random(RandomGenerator random) {
    return get(random.nextInt(size));
  }

  @Override
  public void forEachWhile(Predicate<? super @Binary String> visitor) {
    for (int position = 0; position < end; position = next(position)) {
      if (!visitor.test(memberAt(position))) {
        return;
      }
    }
  }

  /** Returns the array's length, to be held against {@link #bytes}. O(1). */
  int capacity() {
    return entries.length;
  }

  /** Returns where a member begins, -1 if it is absent. */
  private int find(@Binary String member) {
    int position = 0;
    while (position < end) {
      int length = PackedBytes.lengthAt(entries, position);
      int start = position + PackedBytes.bytesOfLength(length);
      if (PackedBytes.isSame(entries, start, length, member)) {
        return position;
      }
      position = start + length;
    }
    return -1;
  }

  private int next(int position) {
    int length = PackedBytes.lengthAt(entries, position);
    return position + PackedBytes.bytesOfLength(length) + length;
  }

  private @Binary String memberAt(int position) {
    int length = PackedBytes.lengthAt(entries, position);
    int start = position + PackedBytes.bytesOfLength(length);
    return BinaryStrings.fromBytes(entries, start, length);
  }
}
