// SPDX-License-Identifier: Apache-2.0
package dev.redstart;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random steps on a store and on a real Redis: same answers, same contents, same after replay. */
class OracleTest {
  private static final boolean LONG = Boolean.getBoolean("redstart.long");
  private static final int STEPS = 3000;
  private static final int BETWEEN_LOOKS = 100;

  private static RedisOracle live;
  private static RedisOracle replica;

  @BeforeAll
  static void start() {
    live = RedisOracle.start();
    replica = RedisOracle.start();
  }

  @AfterAll
  static void stop() {
    if (replica != null) {
      live.close();
      replica.close();
    }
  }

  static LongStream seeds() {
    return LongStream.range(1, LONG ? 60 : 9);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void steps_random_agreeWithRedis(long seed) {
    try (OracleDuel duel = new OracleDuel(live, replica, seed)) {
      OracleSteps steps = new OracleSteps(duel);
      for (int i = 1; i <= STEPS; i++) {
        steps.next();
        if (i % BETWEEN_LOOKS == 0) {
          duel.advance(duel.random.nextLong(0, 2_000));
          duel.compareReplica();
        }
      }
      double edges = duel.edgeShare();
      assertTrue(edges > 0.1 && edges < 0.6, "share of edge cases: " + edges);
    }
  }
}
