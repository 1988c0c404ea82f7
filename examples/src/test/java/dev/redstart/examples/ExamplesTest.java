// SPDX-License-Identifier: Apache-2.0
package dev.redstart.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Runs every example and looks at what it prints. */
class ExamplesTest {
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);

  private void assertPrinted(String... parts) {
    String text = printed.toString(StandardCharsets.UTF_8);
    for (String part : parts) {
      assertTrue(text.contains(part), text);
    }
  }

  @Test
  void leaderboard_ranksPlayers() {
    Leaderboard.run(out);
    assertPrinted("the best three", "player-42 is number ");
    assertEquals(2 + 3 + 5, printed.toString(StandardCharsets.UTF_8).lines().count());
  }

  @Test
  void jobQueue_losesNoJob() throws InterruptedException {
    JobQueue.run(out);
    assertPrinted("990 jobs done by 4 workers, 10 left by failures", "put back: 10");
  }

  @Test
  void sessions_endUnlessUsed() {
    Sessions.run(out);
    assertPrinted("is here: ann", "is gone: null", "another PT10M", "sessions in the store: 1");
  }

  @Test
  void rateLimiter_refusesTheHasty() {
    RateLimiter.run(out);
    assertPrinted(
        "second  0: slow allowed hasty allowed allowed",
        "second 20: slow allowed hasty allowed refused",
        "second 30: slow allowed hasty refused refused",
        "second 60: slow allowed hasty allowed allowed");
  }

  @Test
  void orders_areKeptAsJson() {
    Orders.run(out);
    assertPrinted("1 ann 4.50", "2 bob 13.20 paid", "as it is stored: {\"customer\":\"ann\"");
  }

  @Test
  void transfer_keepsTheSum() throws InterruptedException {
    Transfer.run(out);
    assertPrinted("80,000 transfers", "in all accounts together: 10,000");
  }
}
