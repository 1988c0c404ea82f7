// SPDX-License-Identifier: Apache-2.0
package dev.redstart.structure;

import dev.redstart.spi.Binary;
import dev.redstart.text.Decimals;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/**
 * A small set of whole numbers in one byte array: Redis's intset.
 *
 * <p>Guarded by the stripe's lock of its owner; a frozen copy that nobody writes may be read by any
 * thread after safe publication.
 *
 * <p>A member is a number if it is 64 bits in canonical decimal. Unless said otherwise, a search
 * costs O(log n) and a change O(n).
 */
public final class IntSet implements SetForm {
  // Overview
  //
  // numbers = *number                      ascending, without gaps, from index 0 to size * width
  // number  = 2, 4 or 8 bytes              the set's width, little endian
  //
  // 1. The width is the least that all numbers ever added needed; it never shrinks, as in Redis.
  // 2. Arrays are shared as PackedBytes says.

  private static final VarHandle SHORTS =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  // Guarded by the stripe's lock of the owner.
  private byte[] numbers;
  private int width;
  private int size;
  private boolean shared;

  /** Creates an empty set. */
  public IntSet() {
    this.numbers = new byte[0];
    this.width = Short.BYTES;
  }

  private IntSet(IntSet source) {
    this.numbers = source.numbers;
    this.width = source.width;
    this.size = source.size;
    this.shared = true;
  }

  @Override
  public long size() {
    return size;
  }

  /** Returns how many bytes a number takes: 2, 4 or 8. O(1). */
  public int width() {
    return width;
  }

  @Override
  public IntSet freeze() {
    IntSet frozen = new IntSet(this);
    shared = true;
    return frozen;
  }

  /**
   * Returns a number by its rank. O(1).
   *
   * @throws IndexOutOfBoundsException when the rank is not within the size
   */
  public long get(int rank) {
    Objects.checkIndex(rank, size);
    return read(rank);
  }

  /** Tells whether a number is there. */
  public boolean contains(long number) {
    return find(number) >= 0;
  }

  @Override
  public boolean contains(@Binary String member) {
    return isNumber(member) && contains(Decimals.parseLong(member));
  }

  /** Tells whether a member is a number, and so may be in such a set. O(length). */
  static boolean isNumber(@Binary String member) {
    return Decimals.isLong(member);
  }

  /** Adds a number; false if it was there. */
  public boolean add(long number) {
    int found = find(number);
    if (found >= 0) {
      return false;
    }
    int rank = -1 - found;
    int newWidth = Math.max(width, widthOf(number));
    if (newWidth == width) {
      numbers = PackedBytes.open(numbers, size * width, rank * width, width, shared);
    } else {
      widen(newWidth, rank);
    }
    shared = false;
    write(rank, number);
    size++;
    return true;
  }

  /** Copies all numbers into a new array of a greater width, with a gap at a rank. */
  private void widen(int newWidth, int gap) {
    byte[] wide = new byte[PackedBytes.roomFor((size + 1) * newWidth)];
    for (int rank = 0; rank < size; rank++) {
      write(wide, newWidth, rank < gap ? rank : rank + 1, read(rank));
    }
    numbers = wide;
    width = newWidth;
  }

  @Override
  public boolean remove(@Binary String member) {
    int rank = isNumber(member) ? find(Decimals.parseLong(member)) : -1;
    if (rank < 0) {
      return false;
    }
    int from = rank * width;
    numbers = PackedBytes.close(numbers, size * width, from, from + width, shared);
    shared = false;
    size--;
    return true;
  }

  @Override
  public @Binary String random(RandomGenerator random) {
    return Long.toString(read(random.nextInt(size)));
  }

  @Override
  public void forEachWhile(Predicate<? super @Binary String> visitor) {
    for (int rank = 0; rank < size; rank++) {
      if (!visitor.test(Long.toString(read(rank)))) {
        return;
      }
    }
  }

  /** Returns the array's length, to be held against the numbers'. O(1). */
  int capacity() {
    return numbers.length;
  }

  /** Returns the rank of a number, or -1 less the rank that it would get. */
  private int find(long number) {
    int low = 0;
    int high = size - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      long candidate = read(middle);
      if (candidate == number) {
        return middle;
      }
      if (candidate < number) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return -1 - low;
  }

  private static int widthOf(long number) {
    if (number == (short) number) {
      return Short.BYTES;
    }
    return number == (int) number ? Integer.BYTES : Long.BYTES;
  }

  private long read(int rank) {
    int at = rank * width;
    return switch (width) {
      case Short.BYTES -> (short) SHORTS.get(numbers, at);
      case Integer.BYTES -> (int) INTS.get(numbers, at);
      default -> (long) LONGS.get(numbers, at);
    };
  }

  private void write(int rank, long number) {
    write(numbers, width, rank, number);
  }

  private static void write(byte[] target, int width, int rank, long number) {
    int at = rank * width;
    switch (width) {
      case Short.BYTES -> SHORTS.set(target, at, (short) number);
      case Integer.BYTES -> INTS.set(target, at, (int) number);
      default -> LONGS.set(target, at, number);
    }
  }
}
