// SPDX-License-Identifier: Apache-2.0
package dev.redstart.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redstart.RedisOracle;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class DecimalsOracleTest {
  private static final long SEED = 77_003;
  private static final RedisOracle.Failure NOT_A_FLOAT =
      new RedisOracle.Failure("ERR value is not a valid float");

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

  @Test
  void parseDouble_randomTexts_agreeWithZadd() {
    List<String> texts = texts(40_000);
    List<String[]> commands = new ArrayList<>();
    for (String text : texts) {
      commands.add(new String[] {"ZADD", "scores", text, "member"});
      commands.add(new String[] {"ZSCORE", "scores", "member"});
    }
    List<Object> replies = oracle.callAll(commands);
    int accepted = 0;
    for (int index = 0; index < texts.size(); index++) {
      String text = texts.get(index);
      String message = "seed " + SEED + ": " + text;
      double value = Decimals.parseDouble(text);
      Object reply = replies.get(2 * index);
      if (Double.isNaN(value)) {
        assertEquals(NOT_A_FLOAT, reply, message);
      } else {
        accepted++;
        assertTrue(reply instanceof Long, message + ": " + reply);
        String score = (String) replies.get(2 * index + 1);
        // A sorted set in a listpack loses the sign of zero.
        assertEquals(Decimals.parseDouble(score) + 0.0, value + 0.0, message);
      }
    }
    assertTrue(accepted > 5_000 && accepted < 35_000, "accepted " + accepted);
  }

  @Test
  void isLong_randomTexts_agreesWithObjectEncoding() {
    List<String> texts = texts(20_000);
    List<String[]> commands = new ArrayList<>();
    for (String text : texts) {
      commands.add(new String[] {"SET", "value", text});
      commands.add(new String[] {"OBJECT", "ENCODING", "value"});
    }
    List<Object> replies = oracle.callAll(commands);
    int accepted = 0;
    for (int index = 0; index < texts.size(); index++) {
      boolean isLong = Decimals.isLong(texts.get(index));
      accepted += isLong ? 1 : 0;
      assertEquals(
          isLong,
          "int".equals(replies.get(2 * index + 1)),
          "seed " + SEED + ": " + texts.get(index));
    }
    assertTrue(accepted > 500, "accepted " + accepted);
  }

  private static List<String> texts(int count) {
    Random random = new Random(SEED);
    List<String> texts = new ArrayList<>();
    for (int index = 0; index < count; index++) {
      texts.add(RandomNumbers.text(random, 420));
    }
    return texts;
  }
}
