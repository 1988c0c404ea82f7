// SPDX-License-Identifier: Apache-2.0
package dev.redstart.structure;

import dev.redstart.spi.Binary;
import java.util.SplittableRandom;

/**
 * Keys to try segmented tables with, ordinary ones and those that an attacker would choose.
 *
 * <p>Stateless; safe for many threads.
 */
final class SegmentTableKeys {
  private static final int SUFFIX_LENGTH = 7;
  private static final int COLLIDING_BLOCKS = 17;
  private static final int CROWDED_PREFIX = 0xabcde000;
  private static final int CROWDED_BITS = 12;
  private static final int STRIPE_PREFIX = 0b101101;
  private static final int STRIPE_BITS = 6;

  private SegmentTableKeys() {}

  /** The kinds of keys; each kind has another key for each index. */
  enum Family {
    /** Short text. */
    ORDINARY(0),
    /** Bytes of all values, the empty string among them. */
    BYTES(0),
    /** Keys of one stripe of 64. */
    STRIPE(STRIPE_BITS),
    /** Keys of one {@code hashCode}. */
    COLLIDING(0),
    /** Keys of one {@code hashCode}, in a stripe's table. */
    COLLIDING_STRIPE(STRIPE_BITS),
    /** Keys of different hash codes, whose spread hashes share 20 bits. */
    CROWDED(0),
    /** A third of each: ordinary, colliding, crowded. */
    MIXED(0);

    /** How many top bits of the spread hash all keys share, as a table's constructor wants it. */
    final int baseBits;

    Family(int baseBits) {
      this.baseBits = baseBits;
    }

    boolean isHostile() {
      return this != ORDINARY && this != BYTES && this != STRIPE;
    }

    @Binary
    String key(int index) {
      return switch (this) {
        case ORDINARY -> "key:" + index;
        case BYTES -> bytes(index);
        case STRIPE ->
            ofSpread(STRIPE_PREFIX << (32 - STRIPE_BITS) | mixed(index) >>> STRIPE_BITS, "");
        case COLLIDING, COLLIDING_STRIPE -> colliding(index);
        case CROWDED ->
            ofSpread(
                CROWDED_PREFIX | (index & ((1 << CROWDED_BITS) - 1)),
                Integer.toString(index >>> CROWDED_BITS));
        case MIXED ->
            switch (index % 3) {
              case 0 -> ORDINARY.key(index);
              case 1 -> COLLIDING.key(index);
              default -> CROWDED.key(index / 3);
            };
      };
    }
  }

  /** Returns a key of 17 blocks "Aa" or "BB", which all have one {@code hashCode}. */
  static @Binary String colliding(int index) {
    StringBuilder key = new StringBuilder(2 * COLLIDING_BLOCKS);
    for (int bit = 0; bit < COLLIDING_BLOCKS; bit++) {
      key.append((index >>> bit & 1) == 0 ? "Aa" : "BB");
    }
    return key.toString();
  }

  /** Returns a key that begins with a salt and whose {@link SegmentTable#spread} is given. */
  static @Binary String ofSpread(int spread, @Binary String salt) {
    return ofHashCode(unspread(spread), salt);
  }

  /** Returns the hash code that {@link SegmentTable#spread} takes to the given hash. */
  static int unspread(int spread) {
    int h = spread * inverse(0x9e3779b9); // each step of the mixer undone, the last first
    return h ^ (h >>> 16);
  }

  /** Returns the number whose product with an odd one is 1, by Newton's steps. */
  private static int inverse(int odd) {
    int inverse = odd;
    for (int i = 0; i < 5; i++) {
      inverse *= 2 - odd * inverse;
    }
    return inverse;
  }

  /** Returns a key that begins with a salt and has the given hash code: seven digits to base 31. */
  private static @Binary String ofHashCode(int hashCode, @Binary String salt) {
    String offset = salt + "A".repeat(SUFFIX_LENGTH);
    long rest = Integer.toUnsignedLong(hashCode - offset.hashCode());
    char[] digits = new char[SUFFIX_LENGTH];
    for (int i = SUFFIX_LENGTH - 1; i >= 0; i--) {
      digits[i] = (char) ('A' + rest % 31);
      rest /= 31;
    }
    return salt + new String(digits);
  }

  private static @Binary String bytes(int index) {
    SplittableRandom random = new SplittableRandom(index);
    StringBuilder key = new StringBuilder();
    for (int rest = index; rest > 0; rest >>>= 8) {
      key.append((char) (rest & 0xff));
    }
    for (int i = index == 0 ? 0 : random.nextInt(4) * 7; i > 0; i--) {
      key.append((char) random.nextInt(256)); // the lengths differ by 7, so the keys stay distinct
    }
    return key.toString();
  }

  private static int mixed(int index) {
    return index * 0x9e3779b9;
  }
}
