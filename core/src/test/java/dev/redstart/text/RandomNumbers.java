// SPDX-License-Identifier: Apache-2.0
package dev.redstart.text;

import java.util.Random;

/**
 * Random texts that are numbers, or nearly.
 *
 * <p>Stateless; the caller's Random decides all.
 */
final class RandomNumbers {
  private static final String[] WORDS = {
    "inf",
    "-inf",
    "+Infinity",
    "nan",
    "-NAN",
    "infi",
    "0",
    "-0",
    "",
    "-",
    "0x",
    "1e",
    ".",
    "-.",
    "1d"
  };
  private static final String NOISE = "0123456789+-.eExXpPaAfFdDnNiI \t\n\0_,\u00b2\u00ff";

  private RandomNumbers() {}

  /** A number in some form with exponents up to the limit, at times with a fault in it. */
  static String text(Random random, int exponentLimit) {
    int form = random.nextInt(20);
    if (form == 0) {
      return WORDS[random.nextInt(WORDS.length)];
    }
    StringBuilder text = new StringBuilder(new String[] {"", "", "-", "+"}[random.nextInt(4)]);
    if (form == 1) {
      text.append(random.nextLong() >>> random.nextInt(64));
    } else if (form < 6) {
      hexadecimal(text, random, exponentLimit);
    } else {
      decimal(text, random, form < 13 ? 0 : exponentLimit);
    }
    if (random.nextInt(6) == 0) {
      int at = random.nextInt(text.length() + 1);
      text.insert(at, NOISE.charAt(random.nextInt(NOISE.length())));
    }
    return text.toString();
  }

  private static void decimal(StringBuilder text, Random random, int exponentLimit) {
    digits(text, random, 10, random.nextInt(random.nextInt(4) == 0 ? 40 : 10));
    if (random.nextInt(4) > 0) {
      text.append('.');
      digits(text, random, 10, random.nextInt(random.nextInt(4) == 0 ? 40 : 8));
    }
    if (exponentLimit > 0) {
      text.append(random.nextBoolean() ? 'e' : 'E');
      exponent(text, random, exponentLimit);
    }
  }

  private static void hexadecimal(StringBuilder text, Random random, int exponentLimit) {
    text.append(random.nextBoolean() ? "0x" : "0X");
    digits(text, random, 16, random.nextInt(20));
    if (random.nextBoolean()) {
      text.append('.');
      digits(text, random, 16, random.nextInt(20));
    }
    if (random.nextInt(3) > 0) {
      text.append(random.nextBoolean() ? 'p' : 'P');
      exponent(text, random, exponentLimit * 10 / 3);
    }
  }

  private static void digits(StringBuilder text, Random random, int base, int count) {
    boolean halves = random.nextInt(4) == 0;
    for (int index = 0; index < count; index++) {
      int digit = halves && index > 1 ? 0 : random.nextInt(base);
      text.append(Character.forDigit(digit, base));
    }
  }

  private static void exponent(StringBuilder text, Random random, int limit) {
    text.append(new String[] {"", "-", "+"}[random.nextInt(3)]);
    text.append(random.nextBoolean() ? random.nextInt(30) : random.nextInt(limit + 1));
  }
}
