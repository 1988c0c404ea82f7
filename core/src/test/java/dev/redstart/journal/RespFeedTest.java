// SPDX-License-Identifier: Apache-2.0
package dev.redstart.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.redstart.spi.Binary;
import dev.redstart.spi.Effect;
import dev.redstart.spi.JournalBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RespFeedTest {
  private static final List<String> MULTI = List.of("MULTI");
  private static final List<String> EXEC = List.of("EXEC");

  @Test
  void commands_sameDatabase_areTheEffects() {
    assertEquals(
        List.of(List.of("SET", "a", "1"), List.of("DEL", "b")),
        commands(false, 3, effect(3, "SET", "a", "1"), effect(3, "DEL", "b")));
  }

  @Test
  void commands_nothingSelectedYet_selectsFirst() {
    assertEquals(
        List.of(List.of("SELECT", "0"), List.of("DEL", "a")),
        commands(false, -1, effect(0, "DEL", "a")));
  }

  @Test
  void commands_otherDatabase_selectsBeforeEach() {
    assertEquals(
        List.of(
            List.of("SELECT", "12"),
            List.of("DEL", "a"),
            List.of("SELECT", "0"),
            List.of("DEL", "b"),
            List.of("DEL", "c")),
        commands(false, 3, effect(12, "DEL", "a"), effect(0, "DEL", "b"), effect(0, "DEL", "c")));
  }

  /** SELECT stands before MULTI, so that a reader that skips the transaction is right after it. */
  @Test
  void commands_transaction_standsBetweenMultiAndExec() {
    assertEquals(
        List.of(
            List.of("SELECT", "1"),
            MULTI,
            List.of("DEL", "a"),
            List.of("SELECT", "2"),
            List.of("DEL", "b"),
            EXEC),
        commands(true, 0, effect(1, "DEL", "a"), effect(2, "DEL", "b")));
    assertEquals(
        List.of(MULTI, List.of("DEL", "a"), EXEC), commands(true, 1, effect(1, "DEL", "a")));
  }

  @Test
  void length_randomCommands_isThatOfTheirBytes() {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 2_000; i++) {
      List<List<String>> commands = new ArrayList<>();
      for (int c = random.nextInt(5); c > 0; c--) {
        commands.add(randomCommand(random));
      }
      assertEquals(encode(commands).length(), RespFeed.length(commands), "seed 1: " + commands);
    }
  }

  /** Returns commands as they are sent, byte for byte. */
  static @Binary String encode(List<List<@Binary String>> commands) {
    StringBuilder stream = new StringBuilder();
    for (List<@Binary String> command : commands) {
      stream.append('*').append(command.size()).append("\r\n");
      for (String argument : command) {
        stream.append('$').append(argument.length()).append("\r\n").append(argument).append("\r\n");
      }
    }
    return stream.toString();
  }

  /** Returns a command of up to 120 arguments of all bytes and lengths of one to four digits. */
  static List<@Binary String> randomCommand(SplittableRandom random) {
    List<String> command = new ArrayList<>();
    for (int i = random.nextInt(random.nextInt(10) == 0 ? 120 : 4); i >= 0; i--) {
      int length = random.nextInt(random.nextInt(20) == 0 ? 1_200 : 12);
      StringBuilder argument = new StringBuilder();
      for (int c = 0; c < length; c++) {
        argument.append((char) random.nextInt(256));
      }
      command.add(argument.toString());
    }
    return command;
  }

  static Effect effect(int database, String... command) {
    return new Effect(database, List.of(command), List.of());
  }

  private static List<List<String>> commands(boolean transaction, int selected, Effect... effects) {
    return RespFeed.commands(new JournalBatch(0, 1, transaction, selected, List.of(effects)));
  }
}
