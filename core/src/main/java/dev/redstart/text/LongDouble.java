// SPDX-License-Identifier: Apache-2.0
package dev.redstart.text;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * A number of 64 significant bits, as INCRBYFLOAT computes.
 *
 * <p>Immutable. It behaves as C's {@code long double} on x86: the x87 extended format, from
 * 2^-16445 to just below 2^16384, rounding to nearest, ties to even. The sign of zero is not kept,
 * since Redis never prints it.
 */
public final class LongDouble {

  // Overview
  //
  // A finite number is significand * 2^exponent. Invariants: the significand is below 2^64 in
  // magnitude; it is not unique (5 * 2^0 is as good as 10 * 2^-1), so that whole numbers can stay
  // whole; the exponent is at least -16445; the value is below 2^16384.
  // Every operation makes the exact result as a BigInteger, or one so close that the lowest bit can
  // stand for the lost rest, and round() cuts it to the format once.

  private static final int SIGNIFICAND_BITS = 64;
  private static final int LEAST_EXPONENT = -16445;
  private static final int EXPONENT_LIMIT = 16384;

  /** With more digits than this before the point, a decimal overflows ... */
  private static final int DECIMAL_LIMIT = 4934;

  /** ... and with more zeros than this behind it, it rounds to zero. */
  private static final int LEAST_DECIMAL = -4950;

  /** Redis parses in a buffer of 5 KB that ends with a zero byte. */
  private static final int TEXT_LIMIT = 5 * 1024;

  /** Decimals that are printed, before trailing zeros go. */
  private static final int PRINTED_DECIMALS = 17;

  private static final BigInteger PRINTED_UNIT = BigInteger.TEN.pow(PRINTED_DECIMALS);

  private static final LongDouble ZERO = new LongDouble(BigInteger.ZERO, 0);
  private static final LongDouble INFINITY = new LongDouble(BigInteger.ONE, Integer.MAX_VALUE);
  private static final LongDouble MINUS_INFINITY =
      new LongDouble(BigInteger.ONE.negate(), Integer.MAX_VALUE);
  private static final LongDouble NAN = new LongDouble(BigInteger.ZERO, Integer.MAX_VALUE);

  private final BigInteger significand;
  private final int exponent;

  private LongDouble(BigInteger significand, int exponent) {
    this.significand = significand;
    this.exponent = exponent;
  }

  /** The number, which always fits. */
  public static LongDouble of(long value) {
    return new LongDouble(BigInteger.valueOf(value), 0);
  }

  /**
   * The number that the text is, or null. Accepted is what C's strtold takes in whole, without
   * blanks around it: decimal, hexadecimal, {@code inf}, {@code infinity}. Refused are {@code nan},
   * what overflows to infinity or underflows to zero, and texts of 5,120 bytes and more.
   */
  public static @Nullable LongDouble parse(String text) {
    if (text.length() >= TEXT_LIMIT) {
      return null;
    }
    long whole = Decimals.parseLong(text);
    if (whole != Decimals.NOT_A_LONG) {
      return of(whole);
    }
    FloatText parts = FloatText.scan(text);
    if (parts == null) {
      return null;
    }
    if (parts.isInfinity()) {
      return parts.negative() ? MINUS_INFINITY : INFINITY;
    }
    if (parts.isZero()) {
      return ZERO;
    }
    LongDouble magnitude = parts.hexadecimal() ? ofHexadecimal(parts) : ofDecimal(parts);
    if (!magnitude.isFinite() || magnitude.significand.signum() == 0) {
      return null;
    }
    return parts.negative() ? magnitude.negate() : magnitude;
  }

  private static LongDouble ofHexadecimal(FloatText parts) {
    return round(new BigInteger(parts.digits(), 16), parts.exponent());
  }

  private static LongDouble ofDecimal(FloatText parts) {
    long power = parts.digits().length() + parts.exponent();
    if (power > DECIMAL_LIMIT) {
      return INFINITY;
    }
    if (power < LEAST_DECIMAL) {
      return ZERO;
    }
    BigInteger digits = new BigInteger(parts.digits());
    int exponent10 = (int) parts.exponent();
    if (exponent10 >= 0) {
      return round(digits.multiply(BigInteger.TEN.pow(exponent10)), 0);
    }
    BigInteger divisor = BigInteger.TEN.pow(-exponent10);
    int missingBits = divisor.bitLength() - digits.bitLength() + SIGNIFICAND_BITS + 1;
    int shift = Math.max(0, missingBits);
    BigInteger[] quotient = digits.shiftLeft(shift).divideAndRemainder(divisor);
    return round(withRest(quotient[0], quotient[1].signum() != 0), -shift - 1L);
  }

  /** Twice the magnitude, and one more when a rest was lost below it. */
  private static BigInteger withRest(BigInteger magnitude, boolean rest) {
    BigInteger twice = magnitude.shiftLeft(1);
    return rest ? twice.setBit(0) : twice;
  }

  /** The exact number cut to the format: infinite, a multiple of the least unit, or zero. */
  private static LongDouble round(BigInteger exact, long exponent) {
    BigInteger magnitude = exact.abs();
    long excess = Math.max(magnitude.bitLength() - SIGNIFICAND_BITS, LEAST_EXPONENT - exponent);
    if (excess > magnitude.bitLength()) {
      return ZERO;
    }
    BigInteger kept = magnitude;
    if (excess > 0) {
      kept = shiftRightToNearest(magnitude, (int) excess);
      exponent += excess;
    }
    if (kept.bitLength() + exponent > EXPONENT_LIMIT) {
      return exact.signum() < 0 ? MINUS_INFINITY : INFINITY;
    }
    return new LongDouble(exact.signum() < 0 ? kept.negate() : kept, (int) exponent);
  }

  private static BigInteger shiftRightToNearest(BigInteger magnitude, int bits) {
    BigInteger floor = magnitude.shiftRight(bits);
    boolean half = magnitude.testBit(bits - 1);
    boolean up = half && (floor.testBit(0) || magnitude.getLowestSetBit() < bits - 1);
    return up ? floor.add(BigInteger.ONE) : floor;
  }

  private LongDouble negate() {
    return new LongDouble(significand.negate(), exponent);
  }

  /** Whether this is a number, not an infinity and not the sum of opposite infinities. */
  public boolean isFinite() {
    return exponent != Integer.MAX_VALUE;
  }

  /** The sum, rounded; infinite when too great, and when one of both is. */
  public LongDouble plus(LongDouble other) {
    if (!isFinite() || !other.isFinite()) {
      return plusNotFinite(other);
    }
    int common = Math.min(exponent, other.exponent);
    BigInteger sum =
        significand
            .shiftLeft(exponent - common)
            .add(other.significand.shiftLeft(other.exponent - common));
    return round(sum, common);
  }

  private LongDouble plusNotFinite(LongDouble other) {
    if (isFinite()) {
      return other;
    }
    boolean same = significand.equals(other.significand);
    return other.isFinite() || same ? this : NAN;
  }

  /**
   * The number as INCRBYFLOAT prints it: never with an exponent, with at most 17 decimals and no
   * zeros at their end; {@code inf}, {@code -inf}, {@code nan}.
   */
  @Override
  public String toString() {
    if (!isFinite()) {
      return significand.signum() == 0 ? "nan" : significand.signum() > 0 ? "inf" : "-inf";
    }
    if (exponent >= 0) {
      return significand.shiftLeft(exponent).toString();
    }
    BigInteger scaled = significand.abs().multiply(PRINTED_UNIT);
    BigInteger units =
        -exponent > scaled.bitLength() ? BigInteger.ZERO : shiftRightToNearest(scaled, -exponent);
    String digits = units.toString();
    int end = digits.length();
    int point = end - PRINTED_DECIMALS;
    while (end > Math.max(point, 0) && digits.charAt(end - 1) == '0') {
      end--;
    }
    if (end == 0) {
      return "0";
    }
    StringBuilder text = new StringBuilder(digits.length() + PRINTED_DECIMALS + 3);
    text.append(significand.signum() < 0 ? "-" : "");
    if (point > 0) {
      text.append(digits, 0, point);
    } else {
      text.append('0');
    }
    if (end > Math.max(point, 0)) {
      text.append('.').append("0".repeat(Math.max(-point, 0)));
      text.append(digits, Math.max(point, 0), end);
    }
    return text.toString();
  }
}
