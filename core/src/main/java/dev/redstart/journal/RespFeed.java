// SPDX-License-Identifier: Apache-2.0
package dev.redstart.journal;

import dev.redstart.spi.Binary;
import dev.redstart.spi.Effect;
import dev.redstart.spi.JournalBatch;
import java.util.ArrayList;
import java.util.List;

/**
 * The commands of a batch as they stand in a Redis replication stream or append log.
 *
 * <p>Stateless; safe for many threads.
 */
public final class RespFeed {
  // Grammar of the stream (RESP2, https://redis.io/docs/latest/develop/reference/protocol-spec/):
  //   stream  = *batch
  //   batch   = [select] [multi] 1*([select] command) [exec]
  //   select  = command "SELECT" database          ; only where the database differs from before
  //   command = "*" count CRLF 1*("$" length CRLF bytes CRLF)

  private static final List<String> MULTI = List.of("MULTI");
  private static final List<String> EXEC = List.of("EXEC");

  private RespFeed() {}

  /** Returns all commands of a batch, with the SELECT, MULTI and EXEC that the stream needs. */
  public static List<List<@Binary String>> commands(JournalBatch batch) {
    return commands(batch.effects(), batch.transaction(), batch.selected());
  }

  static List<List<@Binary String>> commands(
      List<Effect> effects, boolean transaction, int selectedBefore) {
    List<List<@Binary String>> commands = new ArrayList<>(effects.size() + 3);
    int selected = selectedBefore;
    for (int i = 0; i < effects.size(); i++) {
      Effect effect = effects.get(i);
      if (effect.database() != selected) {
        selected = effect.database();
        commands.add(List.of("SELECT", Integer.toString(selected)));
      }
      if (transaction && i == 0) {
        commands.add(MULTI);
      }
      commands.add(effect.command());
    }
    if (transaction) {
      commands.add(EXEC);
    }
    return commands;
  }

  /** Returns the bytes that commands take in the stream. */
  static long length(List<List<@Binary String>> commands) {
    long length = 0;
    for (List<@Binary String> command : commands) {
      length += 3 + digits(command.size());
      for (String argument : command) {
        length += 5 + digits(argument.length()) + argument.length();
      }
    }
    return length;
  }

  private static int digits(int number) {
    int digits = 1;
    for (int rest = number / 10; rest > 0; rest /= 10) {
      digits++;
    }
    return digits;
  }
}
