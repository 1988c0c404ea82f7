// SPDX-License-Identifier: Apache-2.0
package dev.redstart;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Sorting by texts that are hardly numbers, and with odd patterns, beside a real Redis. */
class SortOracleTest {
  /** Those that are out of range stand last: the server forgets to reset its errno after them. */
  private static final String[] WEIGHTS = {
    "",
    " ",
    "1",
    " 1",
    "\t\n\u000b\f\r 1",
    "1 ",
    "\u00a01",
    "+1",
    "-1",
    "--1",
    "0x10",
    "0x1p4",
    "0x",
    "1e3",
    "1e",
    "0x1p-1074",
    "2.3e-308",
    "nan",
    "-nan",
    "nan(1)",
    "inf",
    "-inf",
    "infinity",
    "INF",
    "infinit",
    ".5",
    "5.",
    ".",
    "1_000",
    "1,5",
    "1\0",
    "1\0x",
    "\0",
    "\0001",
    " \0001",
    "0e400",
    "1d",
    "1f",
    "9223372036854775807",
    "-0",
    "00",
    "1e400",
    "-1e400",
    "1e-400",
    "1e-310",
    "5e-324"
  };

  private static final String[] PATTERNS = {
    "#", "#*", "##", "*", "w_*", "w_*_*", "*w_", "w_*->f", "h_*->f", "h_*->g", "h_*", "w_*->",
    "w_*->->", "w->*", "w_", ""
  };

  private static final String[][] OPTIONS = {
    {}, {"DESC"}, {"ALPHA"}, {"LIMIT", "0", "1"}, {"ALPHA", "LIMIT", "1", "5"}
  };

  private static String answer(Store store, SortOptions options) {
    try {
      return OracleDuel.readable(store.keys().sort("k", options, OracleDuel.BINARY));
    } catch (StoreException e) {
      return e.code() + " " + e.getMessage();
    }
  }

  private static String answer(RedisOracle server, List<String> command) {
    @Nullable Object reply = server.call(command.toArray(String[]::new));
    return OracleDuel.readable(reply);
  }

  @Test
  void weights_ofEveryKind_areReadAsThere() {
    try (RedisOracle server = RedisOracle.start();
        Store store = Store.open()) {
      store.set("k").add("a", "b", "c");
      server.call("SADD", "k", "a", "b", "c");
      store.value("w_b").set("1.5");
      server.call("SET", "w_b", "1.5");
      for (String weight : WEIGHTS) {
        store.value("w_a", OracleDuel.BINARY).set(weight);
        server.call("SET", "w_a", weight);
        assertEquals(
            answer(server, List.of("SORT", "k", "BY", "w_*")),
            answer(store, SortOptions.ascending().by("w_*")),
            weight);
      }
    }
  }

  @Test
  void patterns_ofEveryKind_meanTheSameThere() {
    try (RedisOracle server = RedisOracle.start();
        Store store = Store.open()) {
      store.sortedSet("k").add(List.of(new Scored<>("2", 3), new Scored<>("1", 7)));
      store.sortedSet("k").add("11", 5);
      store.sortedSet("k").add("111", 6);
      server.call("ZADD", "k", "3", "2", "7", "1", "5", "11", "6", "111");
      int number = 100;
      for (String key :
          List.of("w_2", "w_1", "w_11", "w_2_*", "1", "#1", "##", "w->2", "w_1->", "")) {
        store.counter(key).set(--number);
        server.call("SET", key, Integer.toString(number));
      }
      for (String key : List.of("w_111", "h_2", "h_1")) {
        store.hash(key).put("f", Integer.toString(--number));
        server.call("HSET", key, "f", Integer.toString(number));
      }
      for (String by : PATTERNS) {
        for (String get : PATTERNS) {
          for (String[] more : OPTIONS) {
            assertSame(store, server, by, get, more);
          }
        }
      }
    }
  }

  private static void assertSame(
      Store store, RedisOracle server, String by, String get, String[] more) {
    List<String> command = new ArrayList<>(List.of("SORT", "k", "BY", by, "GET", get));
    command.addAll(List.of("GET", "#"));
    command.addAll(List.of(more));
    SortOptions options = SortOptions.ascending().by(by).get(get, "#");
    for (int i = 0; i < more.length; i++) {
      switch (more[i]) {
        case "DESC" -> options = options.reversed();
        case "ALPHA" -> options = options.alphabetic();
        default -> {
          options = options.limit(Long.parseLong(more[i + 1]), Long.parseLong(more[i + 2]));
          i += 2;
        }
      }
    }
    boolean hasTies = options.isAlphabetic() && by.contains("*") && !by.equals("w_*");
    if (!hasTies) {
      assertEquals(answer(server, command), answer(store, options), command.toString());
    }
  }
}
