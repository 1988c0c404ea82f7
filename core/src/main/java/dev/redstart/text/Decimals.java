// SPDX-License-Identifier: Apache-2.0
package dev.redstart.text;

/**
 * Numbers as Redis reads and prints them.
 *
 * <p>Stateless; safe for many threads. Texts are binary strings. Nothing here throws: a text that
 * is no number is the usual case on SET, so it is answered by a value.
 */
public final class Decimals {

  /**
   * What {@link #parseLong} answers for a text that is no integer. It is a number like any other,
   * so who meets it asks {@link #isLong}.
   */
  public static final long NOT_A_LONG = -0x5ca1ab1e_0ddba11L;

  private static final String NOT_A_LONG_PRINTED = Long.toString(NOT_A_LONG);

  /** The longest text of a long: a sign and 19 digits. */
  private static final int LONG_MAXIMUM_LENGTH = 20;

  /** Up to here every whole number is a double. */
  private static final long DOUBLE_EXACT_LIMIT = 1L << 53;

  /** 18 digits, which fit a long whatever they are, and a point. */
  private static final int SHORT_DECIMAL_LENGTH = 19;

  /** Whole scores up to this magnitude are printed with all their digits. */
  private static final double WHOLE_LIMIT = 0x1p62;

  /** The powers of ten that a double holds exactly. */
  private static final double[] EXACT_POWERS_OF_TEN = {
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18
  };

  private Decimals() {}

  /** Whether the text is a long in the one form that Redis takes and prints for it. */
  public static boolean isLong(String text) {
    return parseLong(text) != NOT_A_LONG || text.equals(NOT_A_LONG_PRINTED);
  }

  /**
   * The long that the text is, or {@link #NOT_A_LONG}. Only the printed form counts: no plus sign,
   * no leading zero, no blank, no {@code -0}.
   */
  public static long parseLong(String text) {
    int length = text.length();
    if (length == 0 || length > LONG_MAXIMUM_LENGTH) {
      return NOT_A_LONG;
    }
    boolean negative = text.charAt(0) == '-';
    int start = negative ? 1 : 0;
    if (start == length) {
      return NOT_A_LONG;
    }
    int first = text.charAt(start) - '0';
    if (first < 1 || first > 9) {
      return first == 0 && length == 1 ? 0 : NOT_A_LONG;
    }
    if (length - start == LONG_MAXIMUM_LENGTH) {
      return NOT_A_LONG;
    }
    long magnitude = first;
    for (int index = start + 1; index < length; index++) {
      int digit = text.charAt(index) - '0';
      if (digit < 0 || digit > 9) {
        return NOT_A_LONG;
      }
      magnitude = magnitude * 10 + digit;
    }
    // 19 digits stay below 2^64: whatever passed 2^63 - 1 shows as a negative number.
    if (magnitude >= 0) {
      return negative ? -magnitude : magnitude;
    }
    return negative && magnitude == Long.MIN_VALUE ? magnitude : NOT_A_LONG;
  }

  /**
   * The double that the text is, or NaN, which no accepted text means. Accepted is what C's strtod
   * takes in whole, without blanks around it: decimal, hexadecimal, {@code inf}, {@code infinity}.
   * Refused are {@code nan} and what overflows to infinity or underflows to zero.
   */
  public static double parseDouble(String text) {
    double simple = parseShortDecimal(text);
    if (!Double.isNaN(simple)) {
      return simple;
    }
    FloatText parts = FloatText.scan(text);
    if (parts == null) {
      return Double.NaN;
    }
    if (parts.isInfinity()) {
      return parts.negative() ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
    if (parts.isZero()) {
      return parts.negative() ? -0.0 : 0.0;
    }
    double value = Double.parseDouble(parts.hexadecimal() ? parts.toJavaHexadecimal() : text);
    return value == 0 || Double.isInfinite(value) ? Double.NaN : value;
  }

  /**
   * Digits with at most one point among them, few enough for one rounding; NaN for all else. A
   * whole number up to 2^53 and a power of ten up to 10^22 are doubles, so their quotient is
   * rounded once.
   */
  private static double parseShortDecimal(String text) {
    int length = text.length();
    int start = length > 0 && text.charAt(0) == '-' ? 1 : 0;
    if (length - start > SHORT_DECIMAL_LENGTH) {
      return Double.NaN;
    }
    long digits = 0;
    int digitCount = 0;
    int point = -1;
    for (int index = start; index < length; index++) {
      int digit = text.charAt(index) - '0';
      if (digit >= 0 && digit <= 9) {
        digits = digits * 10 + digit;
        digitCount++;
      } else if (digit == '.' - '0' && point < 0) {
        point = index;
      } else {
        return Double.NaN;
      }
    }
    if (digitCount == 0 || digitCount > 18 || (point >= 0 && digits > DOUBLE_EXACT_LIMIT)) {
      return Double.NaN;
    }
    double magnitude = digits;
    if (point >= 0) {
      magnitude /= EXACT_POWERS_OF_TEN[length - 1 - point];
    }
    return start == 1 ? -magnitude : magnitude;
  }

  /**
   * The double as Redis 7.2 prints scores: whole numbers up to 2^62 with all digits, everything
   * else in the fewest digits that read back as the same double; {@code inf}, {@code -inf}, {@code
   * nan}.
   */
  public static String print(double value) {
    if (value >= -WHOLE_LIMIT && value <= WHOLE_LIMIT) {
      long whole = (long) value;
      if (whole == value) {
        return whole == 0 && isNegativeZero(value) ? "-0" : Long.toString(whole);
      }
    } else if (Double.isNaN(value)) {
      return "nan";
    } else if (Double.isInfinite(value)) {
      return value > 0 ? "inf" : "-inf";
    }
    return ShortestDecimal.print(value);
  }

  private static boolean isNegativeZero(double value) {
    return Double.doubleToRawLongBits(value) < 0;
  }
}
