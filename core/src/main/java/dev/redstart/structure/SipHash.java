// SPDX-License-Identifier: Apache-2.0
package dev.redstart.structure;

import dev.redstart.spi.Binary;
import java.security.SecureRandom;

/**
 * A keyed hash of binary strings that nobody without the key can collide: SipHash-1-3.
 *
 * <p>Immutable. After Aumasson and Bernstein, "SipHash: a fast short-input PRF" (2012), with one
 * compression and three finalization rounds.
 */
final class SipHash {
  private final long key0;
  private final long key1;

  SipHash(long key0, long key1) {
    this.key0 = key0;
    this.key1 = key1;
  }

  /** Returns a hash under a new secret key of 128 bits. */
  static SipHash withRandomKey() {
    SecureRandom random = new SecureRandom();
    return new SipHash(random.nextLong(), random.nextLong());
  }

  /** Returns the 64-bit hash of the bytes. O(n). */
  long hash(@Binary String bytes) {
    long v0 = key0 ^ 0x736f6d6570736575L;
    long v1 = key1 ^ 0x646f72616e646f6dL;
    long v2 = key0 ^ 0x6c7967656e657261L;
    long v3 = key1 ^ 0x7465646279746573L;
    int length = bytes.length();
    int blocks = (length >>> 3) + 1;
    for (int block = 0; block < blocks + 3; block++) {
      long word = 0;
      if (block < blocks) {
        word = word(bytes, block << 3, length);
      } else if (block == blocks) {
        v2 ^= 0xff;
      }
      v3 ^= word;
      v0 += v1;
      v1 = Long.rotateLeft(v1, 13) ^ v0;
      v0 = Long.rotateLeft(v0, 32);
      v2 += v3;
      v3 = Long.rotateLeft(v3, 16) ^ v2;
      v0 += v3;
      v3 = Long.rotateLeft(v3, 21) ^ v0;
      v2 += v1;
      v1 = Long.rotateLeft(v1, 17) ^ v2;
      v2 = Long.rotateLeft(v2, 32);
      v0 ^= word;
    }
    return v0 ^ v1 ^ v2 ^ v3;
  }

  /** Returns eight bytes, little end first; the last word carries the length in its top byte. */
  private static long word(String bytes, int from, int length) {
    if (from + 8 <= length) { // written out, since this is most of the time of a hash
      return low(bytes, from) | (low(bytes, from + 4) << 32);
    }
    long word = (long) length << 56;
    for (int i = from; i < length; i++) {
      word |= (long) bytes.charAt(i) << ((i - from) << 3);
    }
    return word;
  }

  /** Returns four bytes, little end first, in the lower half. */
  private static long low(String bytes, int from) {
    return (bytes.charAt(from)
            | (bytes.charAt(from + 1) << 8)
            | (bytes.charAt(from + 2) << 16)
            | (bytes.charAt(from + 3) << 24))
        & 0xffffffffL;
  }
}
