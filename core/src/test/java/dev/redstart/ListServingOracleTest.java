// SPDX-License-Identifier: Apache-2.0
package dev.redstart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redstart.spi.BinaryStrings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisDataException;

/** Who is served with what, beside a real Redis with the same blocked commands. */
class ListServingOracleTest {
  private static final Duration LONG = Duration.ofHours(1);
  private static final long LIMIT_SECONDS = 20;

  private static RedisOracle server;

  @BeforeAll
  static void start() {
    server = RedisOracle.start();
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
  }

  /** Blocked commands in the order of their arrival, then what is run at last, after "|". */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "BLPOP a; BLPOP a; BRPOP a | RPUSH a 1 2 3 4",
        "BLPOP a b; BLPOP b; BLPOP a | MULTI; RPUSH b 1; RPUSH a 2 3; EXEC",
        "BLMPOP RIGHT 2 a b; BLPOP a | RPUSH a 1 2 3",
        "BLMOVE a b LEFT RIGHT; BLPOP b | RPUSH a 1 2",
        "BLPOP c; BLMOVE b c LEFT LEFT; BLMOVE a b RIGHT LEFT; BLPOP a | RPUSH a 1 2 3",
        "BLMOVE b a LEFT RIGHT; BLMOVE a b LEFT RIGHT; BLMOVE a b LEFT RIGHT | RPUSH a 1",
        "BLMOVE a a LEFT RIGHT; BLMOVE a a LEFT RIGHT; BLPOP a | RPUSH a 1 2 3",
        "BLMOVE a a LEFT LEFT; BLPOP a | RPUSH a 1",
        "BLMOVE a s LEFT LEFT; BLPOP a | SET s x; RPUSH a 1 2",
        "BLMOVE a s LEFT LEFT; BLMOVE a b LEFT LEFT | SET s x; RPUSH a 1",
        "BLPOP b; BLMOVE a b LEFT LEFT; BLPOP b | MULTI; RPUSH b 1 2; RPUSH a 3; EXEC",
        "BLMOVE a b LEFT RIGHT; BLPOP a; BLPOP b | RPUSH c 1 2 3; RENAME c a",
        "BLPOP a; BLPOP b | RPUSH c 1 2; LMOVE c a LEFT LEFT; LMOVE c b LEFT LEFT"
      })
  void blocked_scenario_isServedAsInRedis(String scenario) throws Exception {
    List<String> waiting =
        List.of(scenario.substring(0, scenario.indexOf('|')).strip().split("; ", -1));
    List<String> last = List.of(scenario.substring(scenario.indexOf('|') + 2).split("; ", -1));
    String theirs = theirs(waiting, last);
    assertEquals(theirs, ours(waiting, last, theirs.split("waits", -1).length - 1));
  }

  private static String ours(List<String> waiting, List<String> last, int left) throws Exception {
    try (Store store = Store.builder().stripes(8).open()) {
      List<Background<String>> calls = new ArrayList<>();
      for (String command : waiting) {
        calls.add(Background.startBlocked(() -> answer(store, command.split(" ", -1))));
      }
      if (last.get(0).equals("MULTI")) {
        store.atomically(
            List.of("a", "b"),
            transaction ->
                last.subList(1, last.size() - 1).forEach(each -> run(transaction, each)));
      } else {
        last.forEach(each -> run(store, each));
      }
      List<String> lines = answers(calls, left);
      TreeMap<String, String> contents = new TreeMap<>();
      for (String key : store.keys().match("*")) {
        boolean isList = store.keys().type(key) == KeyType.LIST;
        contents.put(key, isList ? store.list(key).range(0, -1).toString() : "a string");
      }
      return lines + " " + contents;
    }
  }

  private static void run(StoreView view, String command) {
    String[] words = command.split(" ", -1);
    switch (words[0]) {
      case "RPUSH" -> view.list(words[1]).pushRight(List.of(words).subList(2, words.length));
      case "SET" -> view.value(words[1]).set(words[2]);
      case "RENAME" -> view.keys().rename(words[1], words[2]);
      default ->
          view.list(words[1])
              .moveTo(words[2], ListEnd.valueOf(words[3]), ListEnd.valueOf(words[4]));
    }
  }

  private static String answer(Store store, String[] words) throws InterruptedException {
    List<String> all = List.of(words);
    try {
      if (words[0].equals("BLMOVE")) {
        return store
            .list(words[1])
            .moveTo(words[2], ListEnd.valueOf(words[3]), ListEnd.valueOf(words[4]), LONG);
      }
      boolean many = words[0].equals("BLMPOP");
      ListEnd end =
          many
              ? ListEnd.valueOf(words[1])
              : words[0].equals("BLPOP") ? ListEnd.LEFT : ListEnd.RIGHT;
      List<String> keys = all.subList(many ? 3 : 1, all.size());
      PoppedElements<String> popped =
          store
              .list(keys.get(0))
              .popFirstNonEmpty(
                  end, many ? Long.parseLong(words[2]) : 1, keys.subList(1, keys.size()), LONG);
      return popped == null ? "nothing" : popped.key() + " " + popped.elements();
    } catch (WrongTypeException e) {
      return "WRONGTYPE";
    }
  }

  private static String theirs(List<String> waiting, List<String> last) throws Exception {
    server.call("FLUSHALL");
    List<Jedis> connections = new ArrayList<>();
    List<Background<String>> calls = new ArrayList<>();
    try {
      for (String command : waiting) {
        Jedis connection = server.connect();
        connections.add(connection);
        calls.add(Background.start(() -> answer(connection, command.split(" ", -1))));
        awaitBlocked(calls.size());
      }
      for (String each : last) {
        server.call(each.split(" ", -1));
      }
      List<String> lines = answers(calls, blocked());
      TreeMap<String, String> contents = new TreeMap<>();
      for (Object key : (List<?>) server.call("KEYS", "*")) {
        boolean isList = "list".equals(server.call("TYPE", (String) key));
        contents.put(
            (String) key,
            isList ? "" + server.call("LRANGE", (String) key, "0", "-1") : "a string");
      }
      return lines + " " + contents;
    } finally {
      connections.forEach(Jedis::close);
    }
  }

  /** Waits until all but some have an answer. */
  private static List<String> answers(List<Background<String>> calls, int left) throws Exception {
    long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
    while (calls.stream().filter(each -> !each.isDone()).count() > left) {
      assertTrue(System.nanoTime() < limit, "the served must hear of it");
      Thread.onSpinWait();
    }
    List<String> lines = new ArrayList<>();
    for (Background<String> call : calls) {
      lines.add(call.isDone() ? "" + call.get() : "waits");
    }
    return lines;
  }

  private static int blocked() {
    String info = (String) server.call("INFO", "clients");
    String count = info.substring(info.indexOf("blocked_clients:") + "blocked_clients:".length());
    return Integer.parseInt(count.substring(0, count.indexOf('\r')));
  }

  private static void awaitBlocked(int count) {
    long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
    while (blocked() != count) {
      assertTrue(System.nanoTime() < limit, "the call must block");
      Thread.onSpinWait();
    }
  }

  private static @Nullable String answer(Jedis connection, String[] words) {
    List<String> command = new ArrayList<>(List.of(words));
    if (words[0].equals("BLMPOP")) {
      List<String> keys = command.subList(3, command.size());
      List<String> full = new ArrayList<>(List.of("0", "" + keys.size()));
      full.addAll(keys);
      full.addAll(List.of(words[1], "COUNT", words[2]));
      command = new ArrayList<>(full);
      command.add(0, words[0]);
    } else {
      command.add("0");
    }
    String name = command.get(0);
    byte[][] arguments =
        command.subList(1, command.size()).stream()
            .map(BinaryStrings::toBytes)
            .toArray(byte[][]::new);
    try {
      Object reply = connection.sendCommand(() -> BinaryStrings.toBytes(name), arguments);
      if (reply instanceof byte[] element) {
        return BinaryStrings.fromBytes(element);
      }
      List<?> pair = (List<?>) reply;
      Object taken = pair.get(1);
      List<String> elements = new ArrayList<>();
      if (taken instanceof List<?> several) {
        several.forEach(each -> elements.add(BinaryStrings.fromBytes((byte[]) each)));
      } else {
        elements.add(BinaryStrings.fromBytes((byte[]) taken));
      }
      return BinaryStrings.fromBytes((byte[]) pair.get(0)) + " " + elements;
    } catch (JedisDataException e) {
      return e.getMessage().substring(0, e.getMessage().indexOf(' '));
    }
  }
}
