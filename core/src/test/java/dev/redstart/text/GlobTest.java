// SPDX-License-Identifier: Apache-2.0
package dev.redstart.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GlobTest {

  @ParameterizedTest
  @CsvSource({
    "abc, abc",
    "a*, a",
    "a*, abc",
    "*c, abc",
    "*, a",
    "**, a",
    "a**, a",
    "a*c, ac",
    "a*c, abcbc",
    "a?c, abc",
    "h?llo, hello",
    "h*llo, heeeello",
    "h[ae]llo, hallo",
    "h[^e]llo, hallo",
    "h[a-b]llo, hbllo",
    "[b-a], a",
    "[b-a], b",
    "[a-, a",
    "[a-, -",
    "[a, a",
    "[^, x",
    "[^], x",
    "a[^, ab",
    "[a-]], a",
    "[a-]], ]",
    "[a-]], ^",
    "[\\]], ]",
    "[a\\-z], -",
    "[\\a-c], -",
    "[\\a-c], c",
    "[\\, \\",
    "\\, \\",
    "a\\, a\\",
    "\\*, *",
    "\\a, a",
    "\\[, [",
    "[^]]x], a]x]",
    "*a*b*c, xaxbxc",
    "*[a]*, xax",
    "[a-\\], \\",
    "[a^], ^",
    "[*?], ?",
    "a*b*, ab"
  })
  void matches_matchingText_isTrue(String pattern, String text) {
    assertTrue(Glob.compile(pattern).matches(text));
  }

  @ParameterizedTest
  @CsvSource({
    "abc, abd",
    "abc, ab",
    "abc, abcd",
    "a?, a",
    "?, ab",
    "a*c, ab",
    "[, [",
    "[, a",
    "[], a",
    "[]a, a",
    "[]]x], ]x]",
    "[^a, a",
    "[^a], a",
    "h[^e]llo, hello",
    "[a-c], d",
    "[\\a-c], b",
    "\\*, a",
    "\\a, \\a",
    "[ab], ab",
    "A, a",
    "[a-z], A",
    "*a, b",
    "*a*b*c, xaxcxb"
  })
  void matches_otherText_isFalse(String pattern, String text) {
    assertFalse(Glob.compile(pattern).matches(text));
  }

  @Test
  void matches_emptyText_takesTheEmptyPatternOnly() {
    assertTrue(Glob.compile("").matches(""));
    assertFalse(Glob.compile("").matches("a"));
    assertFalse(Glob.compile("*").matches(""));
    assertFalse(Glob.compile("**").matches(""));
    assertFalse(Glob.compile("[^").matches(""));
  }

  @Test
  void matches_rangeAcrossTheSignBit_ordersSignedBytes() {
    Glob swapped = Glob.compile("[a-\u00ff]");
    assertTrue(swapped.matches("a"));
    assertTrue(swapped.matches("A"));
    assertTrue(swapped.matches("\0"));
    assertTrue(swapped.matches("\u00ff"));
    assertFalse(swapped.matches("b"));
    assertFalse(swapped.matches("\u00fe"));
    Glob high = Glob.compile("[\u0080-\u00c0]");
    assertTrue(high.matches("\u0080"));
    assertTrue(high.matches("\u00c0"));
    assertFalse(high.matches("\u00c1"));
    assertFalse(high.matches("\u007f"));
  }

  @Test
  void matches_everyByteAgainstItself_isTrue() {
    for (char symbol = 0; symbol < 256; symbol++) {
      String text = String.valueOf(symbol);
      assertTrue(Glob.compile("\\" + text).matches(text));
      assertTrue(Glob.compile("[\\" + text + "]").matches(text));
      assertFalse(Glob.compile("[^\\" + text + "]").matches(text));
      assertTrue(Glob.compile("?").matches(text));
    }
  }

  @Test
  void matchesAll_singleStar_isTrue() {
    assertTrue(Glob.compile("*").matchesAll());
    assertFalse(Glob.compile("**").matchesAll());
    assertFalse(Glob.compile("").matchesAll());
    assertFalse(Glob.compile("\\*").matchesAll());
  }

  @ParameterizedTest
  @CsvSource({"abc, abc", "a\\*b, a*b", "\\\\, \\", "a\\, a\\", "'', ''", "], ]", "\\a\\b, ab"})
  void literal_bytesOnly_isTheUnescapedText(String pattern, String text) {
    Glob glob = Glob.compile(pattern);
    assertTrue(glob.isLiteral());
    assertEquals(text, glob.literal());
    assertTrue(glob.matches(text));
    assertEquals(pattern, glob.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"*", "a?", "[a]", "[", "a*", "\\a*"})
  void literal_specialElement_isRefused(String pattern) {
    Glob glob = Glob.compile(pattern);
    assertFalse(glob.isLiteral());
    assertThrows(IllegalStateException.class, glob::literal);
  }

  @Test
  void walk_manyStars_takesFewSteps() {
    String text = "a".repeat(5_000);
    assertSteps("a*".repeat(500) + "b", text, 10_000);
    assertSteps("*a".repeat(500) + "b", text, 10_000);
    assertSteps("*".repeat(10_000) + "b", text, 15_000);
    assertSteps("*?".repeat(4_000) + "b", text, 20_000);
    assertSteps("[a]*".repeat(1_000) + "[b]", text, 15_000);
  }

  @Test
  void walk_longRestAfterStar_staysWithinElementsTimesBytes() {
    String text = "a".repeat(2_000);
    assertSteps("*" + "a".repeat(100) + "b", text, 102 * 2_001);
    assertSteps("*" + "a".repeat(1_000) + "b" + "*".repeat(9), text, 1_003 * 2_001);
  }

  private static void assertSteps(String pattern, String text, long limit) {
    long steps = Glob.compile(pattern).walk(text);
    assertTrue(steps < 0, "no match expected");
    assertTrue(-steps <= limit, -steps + " steps, limit " + limit);
  }
}
