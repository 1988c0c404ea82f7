// SPDX-License-Identifier: Apache-2.0
package dev.redstart.text;

import org.jspecify.annotations.Nullable;

/**
 * The parts of a number in C's floating-point syntax.
 *
 * <p>Immutable. The magnitude is {@code digits} times the base's power: 10 to {@code exponent}, or
 * 2 to {@code exponent} when hexadecimal.
 *
 * <pre>
 * number   = ["+" | "-"] (infinity | decimal | hex)
 * infinity = "inf" | "infinity"                                  ; any case
 * decimal  = digits ["e" ["+" | "-"] 1*DIGIT]                    ; any case
 * hex      = "0x" digits ["p" ["+" | "-"] 1*DIGIT]               ; any case
 * digits   = 1*d ["." *d] | "." 1*d                              ; d a digit of the base
 * </pre>
 *
 * @param digits the significant digits without point and leading zeros; empty for zero
 * @param exponent the power that the last digit counts; saturated far outside every format's range
 */
record FloatText(
    boolean negative, boolean isInfinity, boolean hexadecimal, String digits, long exponent) {

  /** Beyond any exponent that matters, even after a point behind 2^31 hexadecimal zeros. */
  private static final long EXPONENT_LIMIT = 1_000_000_000_000L;

  /** The parts of the text, or null when the whole of it is no number; {@code nan} is none. */
  static @Nullable FloatText scan(String text) {
    int length = text.length();
    int start = length > 0 && (text.charAt(0) == '-' || text.charAt(0) == '+') ? 1 : 0;
    boolean negative = start == 1 && text.charAt(0) == '-';
    if (isWord(text, start, "inf") || isWord(text, start, "infinity")) {
      return new FloatText(negative, true, false, "", 0);
    }
    boolean hexadecimal = text.regionMatches(true, start, "0x", 0, 2);
    return scanDigits(text, hexadecimal ? start + 2 : start, negative, hexadecimal);
  }

  private static boolean isWord(String text, int start, String word) {
    return text.length() - start == word.length()
        && text.regionMatches(true, start, word, 0, word.length());
  }

  private static @Nullable FloatText scanDigits(
      String text, int start, boolean negative, boolean hexadecimal) {
    int point = -1;
    int index = start;
    for (; index < text.length(); index++) {
      char character = text.charAt(index);
      if (character == '.' && point < 0) {
        point = index;
      } else if (!isDigit(character, hexadecimal)) {
        break;
      }
    }
    int digitCount = index - start - (point < 0 ? 0 : 1);
    if (digitCount == 0) {
      return null;
    }
    long exponent = 0;
    if (index < text.length()) {
      if ((text.charAt(index) | 0x20) != (hexadecimal ? 'p' : 'e')) {
        return null;
      }
      exponent = scanExponent(text, index + 1);
      if (exponent == Long.MIN_VALUE) {
        return null;
      }
    }
    long fractionDigits = point < 0 ? 0 : index - point - 1;
    return new FloatText(
        negative,
        false,
        hexadecimal,
        significant(text, start, index),
        exponent - (hexadecimal ? 4 * fractionDigits : fractionDigits));
  }

  private static boolean isDigit(char character, boolean hexadecimal) {
    if (character >= '0' && character <= '9') {
      return true;
    }
    int lowerCase = character | 0x20;
    return hexadecimal && lowerCase >= 'a' && lowerCase <= 'f';
  }

  /** The exponent from {@code start} to the end, saturated; the least long when it is none. */
  private static long scanExponent(String text, int start) {
    int index = start;
    boolean negative = false;
    if (index < text.length() && (text.charAt(index) == '-' || text.charAt(index) == '+')) {
      negative = text.charAt(index) == '-';
      index++;
    }
    if (index == text.length()) {
      return Long.MIN_VALUE;
    }
    long exponent = 0;
    for (; index < text.length(); index++) {
      int digit = text.charAt(index) - '0';
      if (digit < 0 || digit > 9) {
        return Long.MIN_VALUE;
      }
      exponent = Math.min(exponent * 10 + digit, EXPONENT_LIMIT);
    }
    return negative ? -exponent : exponent;
  }

  private static String significant(String text, int start, int end) {
    StringBuilder digits = new StringBuilder(end - start);
    for (int index = start; index < end; index++) {
      char character = text.charAt(index);
      if (character != '.' && (character != '0' || digits.length() > 0)) {
        digits.append(character);
      }
    }
    return digits.toString();
  }

  /** Whether the magnitude is zero by its digits, not by underflow. */
  boolean isZero() {
    return digits.isEmpty() && !isInfinity;
  }

  /** The same number as Java writes it, where the exponent is not left out. */
  String toJavaHexadecimal() {
    return (negative ? "-0x" : "0x") + digits + 'p' + exponent;
  }
}
