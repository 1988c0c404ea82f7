// SPDX-License-Identifier: Apache-2.0
package dev.redstart.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redstart.RedisOracle;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LongDoubleOracleTest {
  private static final long SEED = 4_711_000;
  private static final RedisOracle.Failure NOT_A_FLOAT =
      new RedisOracle.Failure("ERR value is not a valid float");
  private static final RedisOracle.Failure NOT_FINITE =
      new RedisOracle.Failure("ERR increment would produce NaN or Infinity");

  private static RedisOracle oracle;

  @BeforeAll
  static void startOracle() {
    oracle = RedisOracle.start();
  }

  @AfterAll
  static void stopOracle() {
    if (oracle != null) {
      oracle.close();
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 20000", "25, 20000", "420, 5000", "5000, 4000"})
  void plus_randomTexts_agreesWithIncrbyfloat(int exponentLimit, int pairs) {
    Random random = new Random(SEED + exponentLimit);
    List<String> texts = new ArrayList<>();
    for (int index = 0; index < 2 * pairs; index++) {
      texts.add(
          index % 8 == 0 ? tie(random) : RandomNumbers.text(random, Math.max(exponentLimit, 1)));
    }
    List<String[]> commands = new ArrayList<>();
    for (int pair = 0; pair < pairs; pair++) {
      commands.add(new String[] {"SET", "value", texts.get(2 * pair)});
      commands.add(new String[] {"INCRBYFLOAT", "value", texts.get(2 * pair + 1)});
    }
    List<Object> replies = oracle.callAll(commands);
    int sums = 0;
    for (int pair = 0; pair < pairs; pair++) {
      String value = texts.get(2 * pair);
      String increment = texts.get(2 * pair + 1);
      Object expected = replies.get(2 * pair + 1);
      assertEquals(
          expected,
          incrementByFloat(value, increment),
          "seed " + SEED + ", " + exponentLimit + ": " + value + " + " + increment);
      sums += expected instanceof String ? 1 : 0;
    }
    assertTrue(sums > pairs / 4 && sums < pairs, sums + " of " + pairs);
  }

  private static Object incrementByFloat(String value, String increment) {
    LongDouble number = LongDouble.parse(value);
    LongDouble step = LongDouble.parse(increment);
    if (number == null || step == null) {
      return NOT_A_FLOAT;
    }
    LongDouble sum = number.plus(step);
    return sum.isFinite() ? sum.toString() : NOT_FINITE;
  }

  /** A number half way between two long doubles, or a digit beside it. */
  private static String tie(Random random) {
    BigInteger odd = new BigInteger(64, random).setBit(63).shiftLeft(1).setBit(0);
    String digits = odd.shiftLeft(random.nextInt(3)).toString();
    return switch (random.nextInt(3)) {
      case 0 -> digits;
      case 1 -> digits + ".0000000000000000000001";
      default -> "0x" + odd.toString(16) + "p-" + random.nextInt(80);
    };
  }
}
