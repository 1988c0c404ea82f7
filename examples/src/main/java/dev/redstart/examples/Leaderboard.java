// SPDX-License-Identifier: Apache-2.0
package dev.redstart.examples;

import dev.redstart.RSortedSet;
import dev.redstart.Ranked;
import dev.redstart.Scored;
import dev.redstart.Store;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/** Ranks the players of a game while they score. */
public final class Leaderboard {
  private static final int PLAYERS = 10_000;
  private static final int GAMES = 100_000;

  private final RSortedSet<String> board;

  Leaderboard(Store store) {
    this.board = store.sortedSet("leaderboard");
  }

  /** Plays some games and prints who leads. */
  public static void main(String[] args) {
    run(System.out);
  }

  static void run(PrintStream out) {
    try (Store store = Store.open()) {
      Leaderboard leaderboard = new Leaderboard(store);
      SplittableRandom random = new SplittableRandom(1);
      for (int game = 0; game < GAMES; game++) {
        leaderboard.won("player-" + random.nextInt(PLAYERS), random.nextInt(1, 101));
      }
      out.printf(Locale.ROOT, "%d players, the best three:%n", leaderboard.board.size());
      leaderboard
          .best(3)
          .forEach(each -> out.printf(Locale.ROOT, "%8.0f  %s%n", each.score(), each.member()));
      String player = "player-42";
      Ranked place = leaderboard.board.reverseRankWithScore(player);
      if (place != null) {
        out.printf(Locale.ROOT, "%s is number %d%n", player, place.rank() + 1);
        leaderboard
            .around(place.rank())
            .forEach(each -> out.printf(Locale.ROOT, "%8.0f  %s%n", each.score(), each.member()));
      }
    }
  }

  /** Adds to a player's points. */
  void won(String player, int points) {
    board.increment(player, points);
  }

  /** Returns the players with the most points, the first one first. */
  List<Scored<String>> best(int count) {
    return board.reverseRangeWithScores(0, count - 1L);
  }

  /** Returns a player with two on either side. */
  List<Scored<String>> around(long rank) {
    return board.reverseRangeWithScores(Math.max(0, rank - 2), rank + 2);
  }
}
