// SPDX-License-Identifier: Apache-2.0
package dev.redstart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Longest common subsequences of random strings beside a real Redis, which of many it chooses. */
class CommonSubsequenceOracleTest {
  private static final int ROUNDS = 400;

  private static String random(SplittableRandom random) {
    int length = random.nextInt(random.nextInt(4) == 0 ? 200 : 12);
    int letters = 1 + random.nextInt(4);
    StringBuilder made = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      made.append((char) (random.nextInt(letters) * 60 + 30)); // some of them above 127
    }
    return made.toString();
  }

  @Test
  void randomStrings_answerAsRedis() {
    SplittableRandom random = new SplittableRandom(1);
    long several = 0;
    try (RedisOracle server = RedisOracle.start();
        Store store = Store.open()) {
      RValue<String> value = store.value("a", OracleDuel.BINARY);
      for (int round = 0; round < ROUNDS; round++) {
        String a = random(random);
        String b = random(random);
        int minLength = random.nextInt(4);
        value.set(a);
        store.value("b", OracleDuel.BINARY).set(b);
        server.call("MSET", "a", a, "b", b);
        assertEquals(server.call("LCS", "a", "b"), value.commonSubsequence("b"));
        assertEquals(
            OracleDuel.readable(
                server.call("LCS", "a", "b", "IDX", "MINMATCHLEN", "" + minLength, "WITHMATCHLEN")),
            OracleDuel.readable(OracleSteps.commonAsRedis(value, "b", minLength)));
        List<CommonPart> parts = value.commonParts("b", 0);
        several += parts.size() > 2 ? 1 : 0;
      }
    }
    assertTrue(several > ROUNDS / 4, "many must have several parts: " + several);
  }
}
