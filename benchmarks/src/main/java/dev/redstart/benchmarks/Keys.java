// SPDX-License-Identifier: Apache-2.0
package dev.redstart.benchmarks;

import java.util.SplittableRandom;

/**
 * Makes the keys, members and values of all programs, the same in every run.
 *
 * <p>Confined to one thread.
 */
final class Keys {
  private static final String ALPHABET =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

  /** The length of keys and members. */
  static final int KEY_LENGTH = 16;

  /** The length of values. */
  static final int VALUE_LENGTH = 32;

  private final SplittableRandom random;
  private final char[] chars;

  /** Creates a generator of strings of a length, which are distinct for lengths of 16 and more. */
  Keys(int length, long seed) {
    this.random = new SplittableRandom(seed);
    this.chars = new char[length];
  }

  /** Returns the next string, whose hash is not computed yet. */
  String next() {
    for (int i = 0; i < chars.length; i++) {
      chars[i] = ALPHABET.charAt(random.nextInt(ALPHABET.length()));
    }
    return new String(chars);
  }

  /** Returns the next {@code count} strings. */
  String[] next(int count) {
    String[] strings = new String[count];
    for (int i = 0; i < count; i++) {
      strings[i] = next();
    }
    return strings;
  }

  /** Returns the numbers from 0 on in random order. */
  static int[] shuffledNumbers(int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int[] numbers = new int[count];
    for (int i = 0; i < count; i++) {
      int other = random.nextInt(i + 1);
      numbers[i] = numbers[other];
      numbers[other] = i;
    }
    return numbers;
  }

  /** Returns an equal string that shares nothing with the original, its hash computed. */
  static String copy(String original) {
    String copy = new String(original.toCharArray());
    if (copy.hashCode() == 0) {
      throw new IllegalArgumentException("a key must have a hash: " + original);
    }
    return copy;
  }

  /**
   * Returns equal strings in random order that share nothing with the originals, hashes computed.
   *
   * <p>They are made in the order in which they are going to be used: a program that asks a store
   * has just made its key, so the key itself must not cost a miss of the caches.
   */
  static String[] shuffledCopies(String[] originals, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    String[] copies = originals.clone();
    for (int i = copies.length - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      String swapped = copies[i];
      copies[i] = copies[other];
      copies[other] = swapped;
    }
    for (int i = 0; i < copies.length; i++) {
      copies[i] = copy(copies[i]);
    }
    return copies;
  }
}
