// SPDX-License-Identifier: Apache-2.0
package dev.redstart.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecimalsTest {
  private static final long SEED = 20_240_131;
  private static final Pattern LONG_SHAPE = Pattern.compile("0|-?[1-9][0-9]{0,18}");

  @ParameterizedTest
  @ValueSource(
      longs = {
        0,
        1,
        -1,
        9,
        10,
        -10,
        999_999_999_999_999_999L,
        1_000_000_000_000_000_000L,
        Long.MAX_VALUE,
        Long.MAX_VALUE - 1,
        Long.MIN_VALUE,
        Long.MIN_VALUE + 1,
        Decimals.NOT_A_LONG,
        Decimals.NOT_A_LONG - 1
      })
  void parseLong_printedLong_readsBack(long value) {
    assertEquals(value, Decimals.parseLong(Long.toString(value)));
    assertTrue(Decimals.isLong(Long.toString(value)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-",
        "+",
        "+1",
        "01",
        "-01",
        "00",
        "-0",
        " 1",
        "1 ",
        "1\n",
        "\u0661",
        "\u00d9\u00a1",
        "0x10",
        "1e2",
        "1.0",
        "1_0",
        "--1",
        "1-",
        "\0",
        "1\0",
        "9223372036854775808",
        "-9223372036854775809",
        "9999999999999999999",
        "-9999999999999999999",
        "18446744073709551615",
        "18446744073709551616",
        "18446744073709551617",
        "99999999999999999999",
        "-99999999999999999999",
        "000000000000000000001",
        "a",
        "1a",
        "/",
        ":"
      })
  void parseLong_otherForm_isRefused(String text) {
    assertEquals(Decimals.NOT_A_LONG, Decimals.parseLong(text));
    assertFalse(Decimals.isLong(text));
  }

  @Test
  void parseLong_randomTexts_agreeWithBigInteger() {
    Random random = new Random(SEED);
    int accepted = 0;
    for (int step = 0; step < 200_000; step++) {
      String text = randomWholeText(random);
      boolean expected =
          LONG_SHAPE.matcher(text).matches() && new BigInteger(text).bitLength() < Long.SIZE;
      String message = "seed " + SEED + ", step " + step + ": " + text;
      assertEquals(expected, Decimals.isLong(text), message);
      assertEquals(
          expected ? Long.parseLong(text) : Decimals.NOT_A_LONG, Decimals.parseLong(text), message);
      accepted += expected ? 1 : 0;
    }
    assertTrue(accepted > 10_000 && accepted < 190_000, "accepted " + accepted);
  }

  private static String randomWholeText(Random random) {
    StringBuilder text = new StringBuilder();
    if (random.nextInt(4) == 0) {
      text.append(
          BigInteger.valueOf(Long.MAX_VALUE).add(BigInteger.valueOf(random.nextInt(9) - 4)));
    } else {
      int length = random.nextInt(23);
      for (int index = 0; index < length; index++) {
        text.append((char) ('0' + random.nextInt(10)));
      }
    }
    if (random.nextBoolean()) {
      text.insert(0, '-');
    }
    if (random.nextInt(4) == 0) {
      text.insert(random.nextInt(text.length() + 1), "+- .a\0/:\u00e9".charAt(random.nextInt(9)));
    }
    return text.toString();
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "-0, -0.0",
    "00, 0",
    "007, 7",
    "1, 1",
    "+1, 1",
    ".5, 0.5",
    "5., 5",
    "+.5, 0.5",
    "-.5, -0.5",
    "1e5, 1e5",
    "1E+05, 1e5",
    "1e-5, 1e-5",
    "0.1, 0.1",
    "3.14, 3.14",
    "0x1p4, 16",
    "0X1P+4, 16",
    "-0x1p3, -8",
    "0x1, 1",
    "0x1., 1",
    "0x.8, 0.5",
    "0x1.8, 1.5",
    "0xAbc.Def, 2748.870849609375",
    "0x1p-1074, 4.9e-324",
    "0x1.8p-1075, 4.9e-324",
    "0x1p1023, 8.98846567431158e307",
    "0x0p99999999999999999999, 0",
    "0x0.0p-9999999999999999, 0",
    "0e400, 0",
    "0e-400, 0",
    "-0e99999999999999999999, -0.0",
    "4.9e-324, 4.9e-324",
    "3e-324, 4.9e-324",
    "2.4703282292062328e-324, 4.9e-324",
    "1.7976931348623157e308, 1.7976931348623157e308",
    "1.7976931348623158e308, 1.7976931348623157e308",
    "9007199254740993, 9007199254740992",
    "900719925474099.3, 900719925474099.3",
    "9007199254740993.1, 9007199254740994",
    "999999999999999999, 1e18",
    "9223372036854775807, 9223372036854775808",
    "0.000000000000000001, 1e-18",
    "123456789012345678901234567890, 1.2345678901234568e29"
  })
  void parseDouble_acceptedForm_isRead(String text, double expected) {
    assertEquals(expected, Decimals.parseDouble(text), text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"inf", "INF", "+inf", "Infinity", "+INFINITY", "iNfInItY"})
  void parseDouble_infinity_isRead(String text) {
    assertEquals(Double.POSITIVE_INFINITY, Decimals.parseDouble(text));
    assertEquals(
        Double.NEGATIVE_INFINITY, Decimals.parseDouble("-" + text.replaceFirst("\\+", "")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-",
        "+",
        ".",
        "-.",
        "+-1",
        "++1",
        " 1",
        "1 ",
        "\t1",
        "1\n",
        "1\0",
        "\0001",
        "nan",
        "NaN",
        "-nan",
        "nan(1)",
        "infi",
        "infinit",
        "infinityy",
        "in",
        "1d",
        "1f",
        "1D",
        "1F",
        "1L",
        "1_0",
        "1,5",
        "1.1.1",
        "1e",
        "1e+",
        "1e-",
        "1e5.5",
        "1e 5",
        "e5",
        ".e5",
        "0x",
        "0x.",
        "0xg",
        "0x1g",
        "0x1p",
        "0x1p+",
        "0x1p1.5",
        "0x1.1.1",
        "0xp1",
        "x1",
        "0b1",
        "\u0661",
        "\u00b2",
        "1e309",
        "-1e309",
        "1e-400",
        "-1e-400",
        "2e-324",
        "2.4703282292062327e-324",
        "1.7976931348623159e308",
        "1e99999999999999999999",
        "1e-99999999999999999999",
        "0x1p1024",
        "0x1p-1075",
        "0x1p-1080",
        "0x1p99999999999999999999",
        "0x1p-99999999999999999999"
      })
  void parseDouble_otherForm_isRefused(String text) {
    assertEquals(Double.NaN, Decimals.parseDouble(text));
  }

  @Test
  void parseDouble_manyDigits_isRead() {
    assertEquals(0.1, Decimals.parseDouble("0." + "0".repeat(6_000) + "1e6000"));
    assertEquals(1, Decimals.parseDouble("1" + "0".repeat(400) + "e-400"));
    assertEquals(16, Decimals.parseDouble("0x1" + "0".repeat(400) + "p-1596"));
    assertEquals(Double.NaN, Decimals.parseDouble("1".repeat(400)));
    assertEquals(Double.NaN, Decimals.parseDouble("0." + "0".repeat(400) + "1"));
  }

  @Test
  void parseDouble_shortDecimals_agreeWithJava() {
    Random random = new Random(SEED);
    for (int step = 0; step < 200_000; step++) {
      long digits = random.nextLong() >>> random.nextInt(64);
      String text = BigDecimal.valueOf(digits, random.nextInt(19)).toPlainString();
      assertEquals(
          Double.parseDouble(text), Decimals.parseDouble(text), "seed " + SEED + ": " + text);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "-0.0, -0",
    "1, 1",
    "-1, -1",
    "3.0, 3",
    "3.1, 3.1",
    "-3.1, -3.1",
    "0.1, 0.1",
    "0.3, 0.3",
    "0.30000000000000004, 0.30000000000000004",
    "100000000, 100000000",
    "1e15, 1000000000000000",
    "1e16, 10000000000000000",
    "1e18, 1000000000000000000",
    "9007199254740993, 9007199254740992",
    "4611686018427387904, 4611686018427387904",
    "-4611686018427387904, -4611686018427387904",
    "9223372036854775807, 9223372036854776000",
    "-9223372036854775807, -9223372036854776000",
    "1e19, 1e+19",
    "1e20, 1e+20",
    "-1e20, -1e+20",
    "1e21, 1e+21",
    "1e22, 1e+22",
    "1e23, 1e+23",
    "12345678901234567890, 12345678901234567000",
    "123456789012345678901234, 123456789012345690000000",
    "1234567890123456789012345, 1.2345678901234568e+24",
    "1.5e25, 1.5e+25",
    "1.7976931348623157e308, 1.7976931348623157e+308",
    "-1.7976931348623157e308, -1.7976931348623157e+308",
    "5e-324, 5e-324",
    "1e-323, 1e-323",
    "2.2250738585072014e-308, 2.2250738585072014e-308",
    "5.684341886080802e-14, 5.684341886080802e-14",
    "2e-3, 0.002",
    "2.5e-7, 2.5e-7",
    "1e-6, 0.000001",
    "-1e-6, -0.000001",
    "1e-7, 1e-7",
    "0.000123, 0.000123",
    "0.0001234, 1.234e-4",
    "0.001234, 0.001234",
    "0.0012345678901234, 0.0012345678901234",
    "-0.00012345678, -1.2345678e-4",
    "12.345678, 12.345678",
    "1234.5678901234, 1234.5678901234",
    "12345.6789012, 1.23456789012e+4",
    "123456.123456, 123456.123456",
    "1700000000.123456, 1700000000.123456",
    "1700000000.1234567, 1.7000000001234567e+9",
    "1e10, 10000000000",
    "1.5e10, 15000000000",
    "Infinity, inf",
    "-Infinity, -inf",
    "NaN, nan"
  })
  void print_double_hasShapeOfRedis(double value, String expected) {
    assertEquals(expected, Decimals.print(value));
  }
}
