// SPDX-License-Identifier: Apache-2.0
package dev.redstart.text;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * Prints a double in the fewest digits that read back as the same double.
 *
 * <p>Safe for many threads. Among equally short decimals the closest wins. The shape is that of
 * Redis since 7.2, which prints with fpconv.
 */
final class ShortestDecimal {

  // Overview
  //
  // A double c * 2^q stands for all reals that round to it: an interval from half a step below to
  // half a step above, ends included when c is even. k is chosen so that 10^k <= width < 10^(k+1).
  // Then at most one multiple of 10^(k+1) lies inside, and is the shortest if there is one;
  // otherwise at least one of the two multiples of 10^k around the double lies inside, and the
  // closer one wins. This is Schubfach (R. Giulietti, "The Schubfach way to render doubles", 2021).
  //
  // The comparisons are made on the double and on both ends, each times 4 * 10^-k, in 64 bits. The
  // factor 10^-k is taken to 126 bits, rounded up; the products keep their integer part, and in its
  // lowest bit whether anything was lost, so that comparisons with whole numbers come out as with
  // the exact products. The paper proves it for all doubles; the tests compare with BigDecimal.
  //
  // Double.toString is not used: before JDK 19 some doubles come out with a digit too many, 2^-44
  // for one (JDK-4511638). Grisu2, which Redis uses, is not used either: it misses the shortest for
  // some doubles, 1e23 for one.

  private static final int FRACTION_BITS = 52;
  private static final long HIDDEN_BIT = 1L << FRACTION_BITS;
  private static final int LEAST_EXPONENT = -1074;

  /** The powers of ten by which doubles are scaled. */
  private static final int LEAST_POWER = -292;

  private static final int GREATEST_POWER = 324;

  private static final long LOW_63_BITS = Long.MAX_VALUE;

  /** Logarithms in units of 2^-40, rounded down; exact enough for every exponent of a double. */
  private static final int LOGARITHM_SCALE = 40;

  private static final long LOG10_OF_2 = 330_985_980_541L;
  private static final long LOG10_OF_THREE_QUARTERS = -137_371_593_661L;
  private static final long LOG2_OF_10 = 3_652_498_566_964L;

  /**
   * The powers of ten met so far: made all at once they would hold up the first print by
   * milliseconds. A harmless race: a power is immutable, and who misses another's makes it again.
   */
  private static final @Nullable PowerOfTen[] POWERS_OF_TEN =
      new PowerOfTen[GREATEST_POWER - LEAST_POWER + 1];

  private static final long MILLION = 1_000_000;

  /** Decimals of 15 digits are all different doubles: one that reads back is the only one. */
  private static final double FIFTEEN_DIGITS = 1e15;

  /** The plain form has at most this many zeros behind the digits. */
  private static final int PLAIN_TRAILING_ZEROS = 7;

  /** The plain form has at most this many decimals, or any number of them ... */
  private static final int PLAIN_DECIMALS = 6;

  /** ... while the first digit's power of ten is at most this far from zero. */
  private static final int PLAIN_POWER = 3;

  /** Room for a sign, 17 digits, a point and an exponent, or for 3 leading zeros. */
  private static final int MAXIMUM_LENGTH = 25;

  private ShortestDecimal() {}

  /** The value, which is finite and not zero, in decimal. */
  static String print(double value) {
    double millionths = Math.rint(value * MILLION);
    if (Math.abs(millionths) < FIFTEEN_DIGITS && millionths / MILLION == value) {
      return formatMillionths((long) millionths);
    }
    long bits = Double.doubleToRawLongBits(value);
    int biasedExponent = (int) (bits >>> FRACTION_BITS) & 0x7ff;
    long fraction = bits & (HIDDEN_BIT - 1);
    boolean normal = biasedExponent > 0;
    long significand = normal ? fraction | HIDDEN_BIT : fraction;
    int exponent = LEAST_EXPONENT + (normal ? biasedExponent - 1 : 0);
    // Below a power of two the doubles lie twice as dense.
    boolean narrowBelow = fraction == 0 && biasedExponent > 1;
    long narrowing = narrowBelow ? LOG10_OF_THREE_QUARTERS : 0;
    int power = (int) ((exponent * LOG10_OF_2 + narrowing) >> LOGARITHM_SCALE);
    long digits = shortestDigits(significand, exponent, narrowBelow, power);
    return format(bits < 0, digits, power);
  }

  /** The whole number that times 10^power is the shortest, or the shortest with zeros appended. */
  private static long shortestDigits(
      long significand, int exponent, boolean narrowBelow, int power) {
    PowerOfTen factor = powerOfTen(-power);
    int shift = exponent + floorLog2OfPowerOfTen(-power) + 2;
    long quadruple = significand << 2;
    long value = factor.times(quadruple << shift);
    long lower = factor.times((quadruple - (narrowBelow ? 1 : 2)) << shift);
    long upper = factor.times((quadruple + 2) << shift);
    // An odd significand loses its ends to its even neighbours.
    long margin = significand & 1;

    long below = value >>> 2;
    if (below >= 10) {
      long shortBelow = below / 10 * 10;
      long shortAbove = shortBelow + 10;
      if (lower + margin <= shortBelow << 2) {
        return shortBelow;
      }
      if ((shortAbove << 2) + margin <= upper) {
        return shortAbove;
      }
    }
    long above = below + 1;
    boolean belowInside = lower + margin <= below << 2;
    boolean aboveInside = (above << 2) + margin <= upper;
    if (belowInside != aboveInside) {
      return belowInside ? below : above;
    }
    long middle = (below + above) << 1;
    return value < middle || (value == middle && (below & 1) == 0) ? below : above;
  }

  private static int floorLog2OfPowerOfTen(int power) {
    return (int) ((power * LOG2_OF_10) >> LOGARITHM_SCALE);
  }

  private static PowerOfTen powerOfTen(int power) {
    PowerOfTen known = POWERS_OF_TEN[power - LEAST_POWER];
    if (known != null) {
      return known;
    }
    int shift = 125 - floorLog2OfPowerOfTen(power);
    BigInteger positivePower = BigInteger.TEN.pow(Math.abs(power));
    BigInteger roundedDown =
        power >= 0
            ? positivePower.shiftLeft(shift)
            : BigInteger.ONE.shiftLeft(shift).divide(positivePower);
    PowerOfTen made = PowerOfTen.of(roundedDown.add(BigInteger.ONE));
    POWERS_OF_TEN[power - LEAST_POWER] = made;
    return made;
  }

  /** The top 126 bits of a power of ten, rounded up: the high 63 and the low 63. */
  private record PowerOfTen(long high, long low) {

    static PowerOfTen of(BigInteger bits) {
      return new PowerOfTen(bits.shiftRight(63).longValueExact(), bits.longValue() & LOW_63_BITS);
    }

    /** The product shifted down by 127 bits; the lowest bit is set too when any bit was lost. */
    long times(long factor) {
      long middle = ((high * factor) >>> 1) + Math.multiplyHigh(low, factor);
      long whole = Math.multiplyHigh(high, factor) + (middle >>> 63);
      return (middle & LOW_63_BITS) == 0 ? whole : whole | 1;
    }
  }

  /** The quotient of two exact doubles is rounded once, as the decimal is when it is read. */
  private static String formatMillionths(long millionths) {
    long magnitude = Math.abs(millionths);
    StringBuilder text = new StringBuilder(MAXIMUM_LENGTH);
    text.append(millionths < 0 ? "-" : "").append(magnitude / MILLION);
    // A million more keeps the zeros at the front; its own digit gives way to the point.
    long fraction = magnitude % MILLION + MILLION;
    if (fraction > MILLION) {
      int point = text.length();
      text.append(withoutZeros(fraction)).setCharAt(point, '.');
    }
    return text.toString();
  }

  private static long withoutZeros(long digitsWithZeros) {
    long digits = digitsWithZeros;
    while (digits % 10 == 0) {
      digits /= 10;
    }
    return digits;
  }

  private static String format(boolean negative, long digitsWithZeros, int powerWithZeros) {
    String withZeros = Long.toString(digitsWithZeros);
    int length = withZeros.length();
    while (withZeros.charAt(length - 1) == '0') {
      length--;
    }
    String digits = withZeros.substring(0, length);
    int power = powerWithZeros + withZeros.length() - length;
    int firstPower = power + length - 1;
    StringBuilder text = new StringBuilder(MAXIMUM_LENGTH);
    text.append(negative ? "-" : "");
    if (power >= 0 && power <= PLAIN_TRAILING_ZEROS) {
      appendZeros(text.append(digits), power);
    } else if (power < 0 && (power >= -PLAIN_DECIMALS || Math.abs(firstPower) <= PLAIN_POWER)) {
      appendWithPoint(text, digits, -power);
    } else {
      appendWithPoint(text, digits, length - 1);
      text.append(firstPower < 0 ? "e-" : "e+").append(Math.abs(firstPower));
    }
    return text.toString();
  }

  /** Appends the digits with a point before the last so many of them, if any. */
  private static void appendWithPoint(StringBuilder text, String digits, int decimals) {
    int point = digits.length() - decimals;
    if (point <= 0) {
      appendZeros(text.append("0."), -point);
      text.append(digits);
    } else if (decimals == 0) {
      text.append(digits);
    } else {
      text.append(digits, 0, point).append('.').append(digits, point, digits.length());
    }
  }

  private static void appendZeros(StringBuilder text, int count) {
    for (int index = 0; index < count; index++) {
      text.append('0');
    }
  }
}
