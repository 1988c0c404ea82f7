// SPDX-License-Identifier: Apache-2.0
package dev.redstart.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ShortestDecimalTest {
  private static final long SEED = 20_240_131;

  @Test
  void print_randomDoubles_areShortestAndClosest() {
    Random random = new Random(SEED);
    for (int step = 0; step < 40_000; step++) {
      double value = randomDouble(random, step);
      if (Double.isFinite(value) && value != 0) {
        assertShortest(value, "seed " + SEED + ", step " + step);
      }
    }
  }

  @Test
  void print_everyPowerOfTwoAndTenAndNeighbours_areShortestAndClosest() {
    for (int exponent = -1074; exponent <= 1023; exponent++) {
      assertShortestAround(Math.scalb(1.0, exponent));
    }
    for (int power = -323; power <= 308; power++) {
      assertShortestAround(Double.parseDouble("1e" + power));
    }
  }

  private static void assertShortestAround(double value) {
    assertShortest(value, "around");
    assertShortest(Math.nextUp(value), "around");
    if (Math.nextDown(value) > 0) {
      assertShortest(Math.nextDown(value), "around");
    }
  }

  private static double randomDouble(Random random, int step) {
    return switch (step % 5) {
      case 0 -> Double.longBitsToDouble(random.nextLong());
      case 1 -> random.nextInt() / 100.0;
      case 2 ->
          BigDecimal.valueOf(random.nextLong() >>> random.nextInt(64), random.nextInt(30))
              .doubleValue();
      case 3 -> Double.longBitsToDouble(random.nextLong() & (1L << random.nextInt(53)) - 1);
      default -> Math.scalb((double) random.nextInt(1 << 20), random.nextInt(200) - 100);
    };
  }

  /**
   * Nothing with a digit less reads back, and of as many digits nothing that reads back is closer.
   */
  private static void assertShortest(double value, String message) {
    String printed = ShortestDecimal.print(value);
    assertEquals(value, Double.parseDouble(printed), message);
    assertEquals(value, Decimals.parseDouble(printed), message);
    BigDecimal exact = new BigDecimal(value);
    BigDecimal shortest = new BigDecimal(printed).stripTrailingZeros();
    int digits = shortest.precision();
    BigDecimal distance = shortest.subtract(exact).abs();
    for (RoundingMode mode : new RoundingMode[] {RoundingMode.DOWN, RoundingMode.UP}) {
      BigDecimal rival = exact.round(new MathContext(digits, mode));
      boolean closer = rival.subtract(exact).abs().compareTo(distance) < 0;
      assertFalse(closer && readsBack(rival, value), message + ": " + printed + ", " + rival);
      if (digits > 1) {
        BigDecimal shorter = exact.round(new MathContext(digits - 1, mode));
        assertFalse(readsBack(shorter, value), message + ": " + printed + ", " + shorter);
      }
    }
  }

  private static boolean readsBack(BigDecimal decimal, double value) {
    return Double.parseDouble(decimal.toString()) == value;
  }
}
