// SPDX-License-Identifier: Apache-2.0
package dev.redstart.structure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redstart.structure.SegmentTableKeys.Family;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ScoreTableTest {
  private static final long WAIT_SECONDS = 120;

  @Test
  void score_members_answersTheirScores() {
    ScoreTable table = new ScoreTable();
    double[] scores = {
      0.0, -0.0, 1.5, Double.MIN_VALUE, Double.MAX_VALUE, Double.NEGATIVE_INFINITY,
    };
    for (int i = 0; i < scores.length; i++) {
      table.insert("member" + i);
      table.setScore(scores[i]);
    }
    for (int i = 0; i < scores.length; i++) {
      assertTrue(table.find("member" + i));
      assertEquals(scores[i], table.score());
    }
    assertFalse(table.find("member"));
  }

  @Test
  void forEachScore_someMembers_handsOverEachOnce() {
    ScoreTable table = filled(Family.MIXED, 3_000);
    Map<String, Double> found = new HashMap<>();
    table.forEachScore((score, member) -> assertEquals(null, found.put(member, score)));
    assertEquals(3_000, found.size());
    for (int i = 0; i < 3_000; i++) {
      assertEquals((double) i, found.get(Family.MIXED.key(i)));
    }
  }

  /** A frozen twin belongs to one thread, its origin to another; they share segments. */
  @ParameterizedTest
  @EnumSource
  void find_twinsInTwoThreads_doNotDisturbEachOther(Family family) throws Exception {
    int members = 2_000;
    ScoreTable table = filled(family, members);
    ScoreTable frozen = table.freeze();
    CountDownLatch bothReady = new CountDownLatch(2);
    CompletableFuture<Void> other =
        CompletableFuture.runAsync(() -> readAll(frozen, family, members, bothReady));
    readAll(table, family, members, bothReady);
    other.get(WAIT_SECONDS, TimeUnit.SECONDS);
  }

  private static void readAll(
      ScoreTable table, Family family, int members, CountDownLatch bothReady) {
    String[] keys = new String[members];
    for (int i = 0; i < members; i++) {
      keys[i] = family.key(i);
    }
    bothReady.countDown();
    try {
      assertTrue(bothReady.await(WAIT_SECONDS, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    for (int round = 0; round < 100; round++) {
      for (int i = 0; i < members; i++) {
        assertTrue(table.find(keys[i]), keys[i]);
        assertEquals(i, table.score());
        assertEquals(keys[i], table.keyAtCursor());
      }
    }
  }

  private static ScoreTable filled(Family family, int count) {
    ScoreTable table = new ScoreTable();
    for (int i = 0; i < count; i++) {
      table.insert(family.key(i));
      table.setScore(i);
    }
    return table;
  }
}
