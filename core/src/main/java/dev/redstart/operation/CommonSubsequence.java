// SPDX-License-Identifier: Apache-2.0
package dev.redstart.operation;

import dev.redstart.CommonPart;
import dev.redstart.StoreException;
import dev.redstart.spi.Binary;
import java.util.ArrayList;
import java.util.List;

/**
 * A longest sequence of bytes that two strings have in common, in order but perhaps with gaps.
 *
 * <p>Confined to a call. Of several of the same length it is the one that Redis answers with.
 */
final class CommonSubsequence {
  // Overview. The table of the lengths for all pairs of beginnings (Wagner and Fischer, 1974) is
  // made row by row, and only the last row is kept. The way back through it, from the ends of both
  // strings, needs one bit for each pair: whether the longer one is found without the last byte of
  // a, rather than of b. If both are as long, the byte of b goes. A table that would be larger in
  // Redis than a string may be is refused, as there.

  /** Redis has four bytes for each pair, and proto-max-bulk-len for them all. */
  private static final long MOST_PAIRS = StringForm.MAX_LENGTH / 4;

  private final @Binary String a;
  private final @Binary String b;

  /** Bits by rows of a's bytes; empty if the way back is not wanted. */
  private final long[] skipsOfA;

  private final int length;

  /**
   * Finds it. O(n·m).
   *
   * @param withBytes whether more than its length is wanted
   * @throws StoreException if the strings are too long for each other
   */
  CommonSubsequence(@Binary String a, @Binary String b, boolean withBytes) {
    if ((a.length() + 1L) * (b.length() + 1L) > MOST_PAIRS) {
      throw new StoreException(
          "ERR", "Insufficient memory, transient memory for LCS exceeds proto-max-bulk-len");
    }
    this.a = a;
    this.b = b;
    this.skipsOfA = new long[withBytes ? a.length() * b.length() / Long.SIZE + 1 : 0];
    this.length = fill();
  }

  /** Makes the table and returns the length for both strings as a whole. */
  private int fill() {
    int[] above = new int[b.length() + 1];
    int[] row = new int[b.length() + 1];
    for (int i = 0; i < a.length(); i++) {
      char byteOfA = a.charAt(i);
      for (int j = 0; j < b.length(); j++) {
        if (byteOfA == b.charAt(j)) {
          row[j + 1] = above[j] + 1;
        } else if (above[j + 1] > row[j]) {
          row[j + 1] = above[j + 1];
          if (skipsOfA.length > 0) {
            int bit = i * b.length() + j;
            skipsOfA[bit / Long.SIZE] |= 1L << bit;
          }
        } else {
          row[j + 1] = row[j];
        }
      }
      int[] done = row;
      row = above;
      above = done;
    }
    return above[b.length()];
  }

  private boolean skipsByteOfA(int i, int j) {
    int bit = i * b.length() + j; // below MOST_PAIRS
    return (skipsOfA[bit / Long.SIZE] & 1L << bit) != 0;
  }

  /** Returns how many bytes it has. */
  int length() {
    return length;
  }

  /** Returns its bytes. O(n + m). */
  @Binary
  String bytes() {
    StringBuilder found = new StringBuilder(length);
    List<CommonPart> parts = parts(0);
    for (int i = parts.size() - 1; i >= 0; i--) {
      int start = (int) parts.get(i).start();
      found.append(a, start, start + (int) parts.get(i).length());
    }
    return found.toString();
  }

  /** Returns its parts of at least so many bytes, the last one first. O(n + m). */
  List<CommonPart> parts(long minLength) {
    List<CommonPart> parts = new ArrayList<>();
    int i = a.length();
    int j = b.length();
    while (i > 0 && j > 0) {
      int run = 0;
      while (i > run && j > run && a.charAt(i - run - 1) == b.charAt(j - run - 1)) {
        run++;
      }
      i -= run;
      j -= run;
      if (run > 0 && run >= minLength) {
        parts.add(new CommonPart(i, j, run));
      }
      if (run == 0) {
        if (skipsByteOfA(i - 1, j - 1)) {
          i--;
        } else {
          j--;
        }
      }
    }
    return parts;
  }
}
