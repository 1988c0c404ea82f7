// SPDX-License-Identifier: Apache-2.0
package dev.redstart.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LongDoubleTest {

  @ParameterizedTest
  @CsvSource({
    "0.1, 0.2, 0.3",
    "3.0, 1.1, 4.1",
    "10.50, 0.1, 10.6",
    "5.0e3, 2.0e2, 5200",
    "0, -1e-18, 0",
    "0, -5e-18, 0",
    "0, 6e-18, 0.00000000000000001",
    "0, 0x1.8p-18, 0.00000572204589844",
    "-0.0, -0.0, 0",
    "0, -0.5, -0.5",
    "0, 1e-5, 0.00001",
    "-1.5, 0, -1.5",
    "1e-400, 0, 0",
    "9223372036854775807, 1, 9223372036854775808",
    "18446744073709551615, 1, 18446744073709551616",
    "18446744073709551616, 1, 18446744073709551616",
    "18446744073709551616, 3, 18446744073709551620",
    "36893488147419103233, 0, 36893488147419103232",
    "1e30, 1, 1000000000000000000024696061952",
    "0x10, 0X.8p1, 17"
  })
  void plus_decimals_printsSumOfRedis(String value, String increment, String expected) {
    assertEquals(expected, sum(value, increment).toString());
  }

  @Test
  void plus_greatValues_keepsTheRangeOfX87() {
    assertEquals(4933, parse("1e4932").toString().length());
    assertTrue(sum("1e308", "1e308").toString().startsWith("1999999999999999999933717593116912"));
    assertEquals(309, sum("1e308", "1e308").toString().length());
    assertFalse(sum("1e4932", "1e4932").isFinite());
    assertEquals("inf", sum("1e4932", "1e4932").toString());
    assertEquals("-inf", sum("-1e4932", "-1e4932").toString());
    assertEquals("0", sum("1e4932", "-1e4932").toString());
  }

  @Test
  void plus_infinities_areNotFinite() {
    assertFalse(parse("inf").isFinite());
    assertEquals("inf", sum("inf", "1").toString());
    assertEquals("-inf", sum("1", "-inf").toString());
    assertEquals("inf", sum("inf", "inf").toString());
    assertEquals("nan", sum("inf", "-inf").toString());
    assertFalse(sum("inf", "-inf").isFinite());
    assertEquals("nan", sum("inf", "-inf").plus(parse("1")).toString());
    assertEquals("nan", parse("-inf").plus(sum("inf", "-inf")).toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " 1",
        "1 ",
        "nan",
        "-nan",
        "1d",
        "1e",
        "0x",
        "0x1p",
        "abc",
        "1\0",
        "1e4933",
        "-1e4933",
        "1.19e4932",
        "1e99999999999999999999",
        "1e-4951",
        "1.8e-4951",
        "-1e-5000",
        "0x1p16384",
        "0x1p-16446",
        "0x1.ffffffffffffffffp16383",
        "1e-99999999999999999999"
      })
  void parse_otherForm_isRefused(String text) {
    assertNull(LongDouble.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1e4932",
        "1.18973149535723176502e4932",
        "0x1.fffffffffffffffep16383",
        "1e-4950",
        "1.9e-4951",
        "0x1p-16445",
        "0x1.8p-16446",
        "0e99999999999999999999",
        "0x0p-99999999999999999999"
      })
  void parse_atTheLimits_isRead(String text) {
    assertTrue(parse(text).isFinite());
  }

  @Test
  void parse_longText_isReadBelowFiveKilobytes() {
    assertEquals("1", parse("1." + "0".repeat(5_117)).toString());
    assertNull(LongDouble.parse("1." + "0".repeat(5_118)));
    assertEquals("0.1", parse("0." + "0".repeat(5_000) + "1e5000").toString());
  }

  @Test
  void parse_tieBetweenNeighbours_goesToEven() {
    BigInteger limit = BigInteger.ONE.shiftLeft(64);
    assertEquals(limit.toString(), parse(limit.add(BigInteger.ONE).toString()).toString());
    assertEquals(
        limit.add(BigInteger.valueOf(4)).toString(),
        parse(limit.add(BigInteger.valueOf(3)).toString()).toString());
    assertEquals(
        limit.add(BigInteger.TWO).toString(),
        parse(limit.add(BigInteger.ONE) + ".00000000000000000000000001").toString());
  }

  @Test
  void of_anyLong_isExact() {
    assertEquals("-9223372036854775808", LongDouble.of(Long.MIN_VALUE).toString());
    assertEquals("9223372036854775807", LongDouble.of(Long.MAX_VALUE).toString());
    assertEquals("0", LongDouble.of(0).toString());
  }

  private static LongDouble sum(String value, String increment) {
    return parse(value).plus(parse(increment));
  }

  private static LongDouble parse(String text) {
    LongDouble value = LongDouble.parse(text);
    assertNotNull(value, text);
    return value;
  }
}
