// SPDX-License-Identifier: Apache-2.0
package dev.redstart.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redstart.RedisOracle;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class GlobOracleTest {
  private static final long SEED = 90_210;
  private static final String ALPHABET = "ab-]^[\\*?\u0080\u00ff\0";
  private static final int PATTERNS = 6_000;
  private static final int BATCH = 50;

  @Test
  void matches_randomPatterns_agreesWithKeys() {
    Random random = new Random(SEED);
    Set<String> texts = texts(random);
    try (RedisOracle oracle = RedisOracle.start()) {
      List<String[]> writes = new ArrayList<>();
      texts.forEach(text -> writes.add(new String[] {"SET", text, ""}));
      oracle.callAll(writes);
      int matches = 0;
      for (int done = 0; done < PATTERNS; done += BATCH) {
        matches += compareBatch(oracle, random, texts);
      }
      assertTrue(matches > 100 * PATTERNS / 10, "matches " + matches);
    }
  }

  private static int compareBatch(RedisOracle oracle, Random random, Set<String> texts) {
    List<String> patterns = new ArrayList<>();
    List<String[]> commands = new ArrayList<>();
    for (int index = 0; index < BATCH; index++) {
      patterns.add(randomText(random, random.nextInt(10)));
      commands.add(new String[] {"KEYS", patterns.get(index)});
    }
    List<Object> replies = oracle.callAll(commands);
    int matches = 0;
    for (int index = 0; index < BATCH; index++) {
      Glob glob = Glob.compile(patterns.get(index));
      Set<String> expected = new TreeSet<>();
      ((List<?>) replies.get(index)).forEach(key -> expected.add((String) key));
      Set<String> actual = new TreeSet<>();
      for (String text : texts) {
        if (glob.matchesAll() || glob.matches(text)) {
          actual.add(text);
        }
        if (glob.isLiteral()) {
          assertEquals(glob.literal().equals(text), glob.matches(text));
        }
      }
      assertEquals(expected, actual, "seed " + SEED + ": " + readable(patterns.get(index)));
      matches += actual.size();
    }
    return matches;
  }

  private static String readable(String pattern) {
    StringBuilder text = new StringBuilder();
    pattern.chars().forEach(symbol -> text.append(Integer.toHexString(symbol)).append(' '));
    return text.append(pattern).toString();
  }

  /** All texts of up to two bytes, and some longer ones. */
  private static Set<String> texts(Random random) {
    Set<String> texts = new TreeSet<>();
    texts.add("");
    for (int first = 0; first < ALPHABET.length(); first++) {
      String one = ALPHABET.substring(first, first + 1);
      texts.add(one);
      for (int second = 0; second < ALPHABET.length(); second++) {
        texts.add(one + ALPHABET.charAt(second));
      }
    }
    while (texts.size() < 700) {
      texts.add(randomText(random, 3 + random.nextInt(6)));
    }
    return texts;
  }

  private static String randomText(Random random, int length) {
    StringBuilder text = new StringBuilder();
    for (int index = 0; index < length; index++) {
      text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return text.toString();
  }
}
