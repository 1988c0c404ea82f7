// SPDX-License-Identifier: Apache-2.0
package dev.redstart.structure;

import dev.redstart.spi.Binary;
import dev.redstart.spi.BinaryStrings;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The entries of a small hash in one byte array, as {@link HashValue} keeps them.
 *
 * <p>Stateless; confined to whoever guards the array. The owner keeps the number of entries and the
 * bytes of their data, since a hash of a few fields is one object and one array.
 */
final class PackedFields {
  // Overview
  //
  // entries = tags offsets data         for as many entries as there are, rounded up to eights
  // tags    = *(1 byte)                 some bits of each field's hash
  // offsets = *(2 bytes)                where each entry begins in the data, little endian
  // data    = *entry                    in the order of the offsets, without gaps
  // entry   = length field value        length: 1 byte, of the field; the value ends the entry
  //
  // Tags are looked at eight at once, so that a search touches the line of the tags and that of the
  // entry, and hardly ever takes a branch that cannot be foreseen. (Walking from entry to entry, by
  // their lengths, took twice the time: each step waits for the one before, and the processor
  // cannot begin with the next lookup before it knows where this one ends.)
  //
  // 1. What must be allocated is allocated before the first change.
  // 2. find and value also serve readers without the lock, who may see bytes of several moments:
  //    they touch nothing beyond the array. What they find counts only if no writer was there.

  /** The longest field or value, in bytes. */
  static final int LONGEST = 64;

  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final int TAGS = 8;
  private static final int HEADER_BYTES = 3;
  private static final int BYTE = 0xFF;
  private static final long LOW_BITS = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;

  private PackedFields() {}

  /** Returns how many bytes of an array are in use. O(1). */
  static int used(int count, int dataBytes) {
    return dataStart(count) + dataBytes;
  }

  private static int slots(int count) {
    return (count + TAGS - 1) & -TAGS;
  }

  private static int dataStart(int count) {
    return HEADER_BYTES * slots(count);
  }

  /** Returns the index of a field, -1 if absent. O(n), eight at a time. */
  static int find(byte[] entries, int count, @Binary String field) {
    if (dataStart(count) > entries.length) {
      return -1; // met by readers without the lock only
    }
    long pattern = tag(field) * LOW_BITS;
    for (int base = 0; base < count; base += TAGS) {
      long difference = (long) WORD.get(entries, base) ^ pattern;
      long matches = (difference - LOW_BITS) & ~difference & HIGH_BITS; // perhaps too many
      while (matches != 0) {
        int index = base + (Long.numberOfTrailingZeros(matches) >>> 3);
        if (index < count && holds(entries, count, index, field)) {
          return index;
        }
        matches &= matches - 1;
      }
    }
    return -1;
  }

  private static int tag(@Binary String field) {
    return SegmentTable.spread(field) >>> 24;
  }

  private static boolean holds(byte[] entries, int count, int index, @Binary String field) {
    int start = start(entries, count, index);
    int length = field.length();
    return start + length < entries.length
        && entries[start] == length
        && PackedBytes.equals(entries, start + 1, field);
  }

  /** Returns where an entry begins. */
  private static int start(byte[] entries, int count, int index) {
    return dataStart(count) + offset(entries, count, index);
  }

  private static int offset(byte[] entries, int count, int index) {
    int at = slots(count) + 2 * index;
    return (entries[at] & BYTE) | (entries[at + 1] & BYTE) << 8;
  }

  private static void setOffset(byte[] entries, int count, int index, int offset) {
    int at = slots(count) + 2 * index;
    entries[at] = (byte) offset;
    entries[at + 1] = (byte) (offset >>> 8);
  }

  /** Returns where an entry ends, as an offset. */
  private static int endOffset(byte[] entries, int count, int dataBytes, int index) {
    return index + 1 < count ? offset(entries, count, index + 1) : dataBytes;
  }

  /** Returns the field of an entry, copied. O(1). */
  static @Binary String field(byte[] entries, int count, int index) {
    int start = start(entries, count, index);
    return BinaryStrings.fromBytes(entries, start + 1, entries[start]);
  }

  /**
   * Returns the value of an entry, copied: a String if it is ASCII, else bytes; or {@link
   * ObjectTable#UNSURE} to a reader without the lock. O(1).
   */
  static Object value(byte[] entries, int count, int dataBytes, int index) {
    int start = start(entries, count, index);
    int to = dataStart(count) + endOffset(entries, count, dataBytes, index);
    if (start >= entries.length || to > entries.length) {
      return ObjectTable.UNSURE;
    }
    int from = start + 1 + (entries[start] & BYTE);
    if (from > to) {
      return ObjectTable.UNSURE;
    }
    return PackedBytes.isAscii(entries, from, to)
        ? BinaryStrings.fromBytes(entries, from, to - from)
        : Arrays.copyOfRange(entries, from, to);
  }

  /** Returns how many bytes of data an entry takes. */
  static int bytesOf(@Binary String field, Object value) {
    return 1 + field.length() + lengthOf(value);
  }

  private static int lengthOf(Object value) {
    return value instanceof String string ? string.length() : ((byte[]) value).length;
  }

  /**
   * Adds an entry of an absent field and returns the array to use from now on.
   *
   * @param shared whether the array must not be written
   * @param count how many entries there are without it
   * @param value a String or an array of bytes
   */
  static byte[] add(
      byte[] entries,
      boolean shared,
      int count,
      int dataBytes,
      @Binary String field,
      Object value) {
    int oldSlots = slots(count);
    int newSlots = slots(count + 1);
    int newBytes = dataBytes + bytesOf(field, value);
    byte[] target = PackedBytes.room(entries, shared, used(count + 1, newBytes));
    if (target != entries || newSlots != oldSlots) { // from the end, since all moves upwards
      int oldStart = HEADER_BYTES * oldSlots;
      System.arraycopy(entries, oldStart, target, HEADER_BYTES * newSlots, dataBytes);
      System.arraycopy(entries, oldSlots, target, newSlots, 2 * count);
      System.arraycopy(entries, 0, target, 0, count);
    }
    target[count] = (byte) tag(field);
    setOffset(target, count + 1, count, dataBytes);
    int start = HEADER_BYTES * newSlots + dataBytes;
    target[start] = (byte) field.length();
    BinaryStrings.copyTo(field, target, start + 1);
    write(target, start + 1 + field.length(), value);
    return target;
  }

  /** Returns how much longer the value of an entry would become. */
  static int growth(byte[] entries, int count, int dataBytes, int index, Object value) {
    int start = start(entries, count, index);
    int end = dataStart(count) + endOffset(entries, count, dataBytes, index);
    return lengthOf(value) - (end - (start + 1 + entries[start]));
  }

  /** Gives an entry another value and returns the array to use from now on. */
  static byte[] replace(
      byte[] entries, boolean shared, int count, int dataBytes, int index, Object value) {
    int start = start(entries, count, index);
    int from = start + 1 + entries[start];
    int to = dataStart(count) + endOffset(entries, count, dataBytes, index);
    int length = lengthOf(value);
    byte[] target = PackedBytes.splice(entries, used(count, dataBytes), shared, from, to, length);
    moveOffsets(target, count, index + 1, length - (to - from));
    write(target, from, value);
    return target;
  }

  /** Returns how many bytes of data go with an entry. */
  static int entryBytes(byte[] entries, int count, int dataBytes, int index) {
    return endOffset(entries, count, dataBytes, index) - offset(entries, count, index);
  }

  /** Removes an entry and returns the array to use from now on. */
  static byte[] remove(byte[] entries, boolean shared, int count, int dataBytes, int index) {
    int oldSlots = slots(count);
    int newSlots = slots(count - 1);
    int oldStart = HEADER_BYTES * oldSlots;
    int newStart = HEADER_BYTES * newSlots;
    int from = offset(entries, count, index);
    int to = endOffset(entries, count, dataBytes, index);
    int after = count - index - 1;
    byte[] target = PackedBytes.room(entries, shared, used(count - 1, dataBytes - (to - from)));
    // From the front, since all moves downwards.
    System.arraycopy(entries, 0, target, 0, index);
    System.arraycopy(entries, index + 1, target, index, after);
    System.arraycopy(entries, oldSlots, target, newSlots, 2 * index);
    System.arraycopy(entries, oldSlots + 2 * (index + 1), target, newSlots + 2 * index, 2 * after);
    System.arraycopy(entries, oldStart, target, newStart, from);
    System.arraycopy(entries, oldStart + to, target, newStart + from, dataBytes - to);
    moveOffsets(target, count - 1, index, from - to);
    return target;
  }

  private static void moveOffsets(byte[] entries, int count, int first, int by) {
    for (int i = first; by != 0 && i < count; i++) {
      setOffset(entries, count, i, offset(entries, count, i) + by);
    }
  }

  private static void write(byte[] entries, int at, Object value) {
    if (value instanceof String string) {
      BinaryStrings.copyTo(string, entries, at);
    } else {
      byte[] bytes = (byte[]) value;
      System.arraycopy(bytes, 0, entries, at, bytes.length);
    }
  }
}
