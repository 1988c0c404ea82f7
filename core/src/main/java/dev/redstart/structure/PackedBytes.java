// SPDX-License-Identifier: Apache-2.0
package dev.redstart.structure;

import dev.redstart.spi.Binary;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * What packed collections share: strings with their lengths, one after another in an array.
 *
 * <p>Stateless; an array is guarded as its owner is.
 */
final class PackedBytes {
  // Overview
  //
  // string = length bytes
  // length = *(128..255) (0..127)          seven bits a byte, the lowest first
  //
  // An owner keeps its entries from index 0 to an end, and a flag that its array is shared with a
  // frozen twin. What makes and closes gaps returns the array to go on with: the same one, changed
  // in place,
  // or a new one where the old is shared, too short or far too long. A shared array is never
  // written, and when memory gives out nothing has changed.

  private static final int SPARE_BYTES = 16;
  private static final long HIGH_BITS = 0x8080808080808080L;

  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private PackedBytes() {}

  /** Returns the length that stands at an index. O(1). */
  static int lengthAt(byte[] entries, int index) {
    int length = entries[index];
    if (length < 0) {
      int at = index;
      length &= 127;
      for (int shift = 7; ; shift += 7) {
        int part = entries[++at];
        length |= (part & 127) << shift;
        if (part >= 0) {
          break;
        }
      }
    }
    return length;
  }

  /** Returns how many bytes a length takes. O(1). */
  static int bytesOfLength(int length) {
    int bytes = 1;
    for (int rest = length >>> 7; rest > 0; rest >>>= 7) {
      bytes++;
    }
    return bytes;
  }

  /** Writes a length at an index and returns the index after it. O(1). */
  static int putLength(byte[] entries, int index, int length) {
    int at = index;
    for (int rest = length; ; rest >>>= 7) {
      entries[at++] = (byte) (rest > 127 ? rest | 128 : rest);
      if (rest <= 127) {
        return at;
      }
    }
  }

  /** Tells whether bytes are those of a string. O(length). */
  static boolean isSame(byte[] entries, int start, int length, @Binary String string) {
    return length == string.length() && equals(entries, start, string);
  }

  /** Tells whether the bytes from {@code start} on, as many as the string has, are the string's. */
  static boolean equals(byte[] entries, int start, @Binary String string) {
    for (int i = string.length() - 1; i >= 0; i--) { // names tend to differ at their ends
      if ((entries[start + i] & 0xFF) != string.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** Tells whether all bytes of a range are below 128, eight at a time. O(length). */
  static boolean isAscii(byte[] entries, int from, int to) {
    long union = 0;
    int at = from;
    for (; at + Long.BYTES <= to; at += Long.BYTES) {
      union |= (long) WORD.get(entries, at);
    }
    for (; at < to; at++) {
      union |= entries[at];
    }
    return (union & HIGH_BITS) == 0;
  }

  /** Compares bytes, unsigned, with those of a string. O(length). */
  static int compare(byte[] entries, int start, int length, @Binary String string) {
    int common = Math.min(length, string.length());
    for (int i = 0; i < common; i++) {
      int difference = (entries[start + i] & 0xFF) - string.charAt(i);
      if (difference != 0) {
        return difference;
      }
    }
    return length - string.length();
  }

  /** Returns the array with a gap at a position. O(n). */
  static byte[] open(byte[] entries, int end, int position, int gap, boolean shared) {
    return splice(entries, end, shared, position, position, gap);
  }

  /** Returns the array without the bytes from {@code from} to {@code to}, excluded. O(n). */
  static byte[] close(byte[] entries, int end, int from, int to, boolean shared) {
    return splice(entries, end, shared, from, to, 0);
  }

  /**
   * Returns the array with a gap in place of some bytes. O(n).
   *
   * @param end where the used bytes end
   * @param shared whether the array must not be written
   * @param from where the bytes to replace begin
   * @param to where they end, excluded
   * @param gap how many bytes to make room for
   */
  static byte[] splice(byte[] entries, int end, boolean shared, int from, int to, int gap) {
    byte[] target = room(entries, shared, Math.addExact(end, gap - (to - from)));
    if (target != entries) {
      System.arraycopy(entries, 0, target, 0, from);
    }
    System.arraycopy(entries, to, target, from + gap, end - to);
    return target;
  }

  /** Returns the array if it may be written and suits so many bytes, or an empty one. O(1). */
  static byte[] room(byte[] entries, boolean shared, int bytes) {
    boolean tooLong = entries.length - bytes > (bytes >> 2) + 4 * SPARE_BYTES;
    return shared || bytes > entries.length || tooLong ? new byte[roomFor(bytes)] : entries;
  }

  /** Returns how long to make an array for so many bytes. O(1). */
  static int roomFor(int bytes) {
    long room = (long) bytes + (bytes >> 3) + SPARE_BYTES;
    return room > Integer.MAX_VALUE - 8 ? bytes : (int) room;
  }
}
