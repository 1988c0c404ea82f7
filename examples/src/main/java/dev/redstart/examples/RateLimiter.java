// SPDX-License-Identifier: Apache-2.0
package dev.redstart.examples;

import dev.redstart.ManualTime;
import dev.redstart.RSortedSet;
import dev.redstart.ScoreRange;
import dev.redstart.SortedRange;
import dev.redstart.Store;
import dev.redstart.StoreTransaction;
import dev.redstart.TimeSource;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * Allows each client so many requests in any minute, by a sliding window.
 *
 * <p>A client's requests are members of a sorted set with their times as scores. Time is moved by
 * hand here; an application leaves that line out.
 */
public final class RateLimiter {
  private static final Duration WINDOW = Duration.ofMinutes(1);

  private final Store store;
  private final TimeSource time;
  private final int limit;

  RateLimiter(Store store, TimeSource time, int limit) {
    this.store = store;
    this.time = time;
    this.limit = limit;
  }

  /** Sends requests at different rates. */
  public static void main(String[] args) {
    run(System.out);
  }

  static void run(PrintStream out) {
    ManualTime time = TimeSource.manual(Instant.parse("2027-01-01T08:00:00Z"));
    try (Store store = Store.builder().timeSource(time).open()) {
      RateLimiter limiter = new RateLimiter(store, time, 5);
      for (int second = 0; second < 90; second += 10) {
        out.printf(
            Locale.ROOT,
            "second %2d: slow %-7s hasty %s %s%n",
            second,
            limiter.allow("slow") ? "allowed" : "refused",
            limiter.allow("hasty") ? "allowed" : "refused",
            limiter.allow("hasty") ? "allowed" : "refused");
        time.advance(Duration.ofSeconds(10));
      }
    }
  }

  /** Tells whether a client may go on, and counts the request if so. */
  boolean allow(String client) {
    String key = "requests:" + client;
    return store.atomicallyGet(List.of(key), transaction -> allow(transaction, key));
  }

  private boolean allow(StoreTransaction transaction, String key) {
    long now = time.wallMillis();
    RSortedSet<String> requests = transaction.sortedSet(key);
    requests.removeRange(
        SortedRange.byScore(ScoreRange.atMost((double) (now - WINDOW.toMillis()))));
    if (requests.size() >= limit) {
      return false;
    }
    requests.add(now + "-" + requests.size(), (double) now);
    requests.expire(WINDOW);
    return true;
  }
}
