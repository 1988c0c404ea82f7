// SPDX-License-Identifier: Apache-2.0
package dev.redstart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.redstart.journal.RespFeed;
import dev.redstart.spi.BinaryStrings;
import dev.redstart.spi.JournalBatch;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A store and a real Redis that get the same steps and have to give the same answers.
 *
 * <p>Confined to one test thread. A step runs on the store at once, its command on the server with
 * many others; {@link #compare} looks at answers and contents. A third party is a server that is
 * fed with what the store records.
 */
final class OracleDuel implements AutoCloseable {
  static final int DATABASES = 3;

  /** Binary strings as values and members. */
  static final Codec<String> BINARY =
      new Codec<>() {
        @Override
        public byte[] encode(String object) {
          return BinaryStrings.toBytes(object);
        }

        @Override
        public String decode(byte[] bytes) {
          return BinaryStrings.fromBytes(bytes);
        }
      };

  private static final String REFUSED = "refused";
  private static final Pattern EDGE = Pattern.compile("(nil|\\[]|refused|ERR .*|WRONGTYPE .*)$");

  final SplittableRandom random;
  final ManualTime time;
  private final RedisOracle live;
  private final RedisOracle replica;
  private final RecordingSink sink = new RecordingSink();
  private final Store store;
  private final List<Step> steps = new ArrayList<>();
  private final String label;
  private int database;
  private @Nullable StoreTransaction transaction;
  private long answers;
  private long edges;

  OracleDuel(RedisOracle live, RedisOracle replica, long seed) {
    this.live = live;
    this.replica = replica;
    this.random = new SplittableRandom(seed);
    this.label = "seed " + seed;
    // Far ahead of the server's clock, so that nothing expires there by itself.
    this.time = TimeSource.manual(Instant.now().plus(Duration.ofDays(3650)));
    this.store = Store.builder().timeSource(time).journalSink(sink).open();
    live.call("FLUSHALL");
    replica.call("FLUSHALL");
  }

  private record Step(
      int database,
      List<String> command,
      Function<@Nullable Object, String> reading,
      String answer) {}

  /** Returns the way to the database of the next step. */
  StoreView view() {
    return transaction != null ? transaction : store.database(database);
  }

  boolean isInTransaction() {
    return transaction != null;
  }

  /** Takes steps in one transaction; an aborted one leaves nothing to compare but what was. */
  void atomically(Collection<String> keys, Runnable body, boolean aborts) {
    int before = steps.size();
    try {
      store
          .database(database)
          .atomically(
              keys,
              opened -> {
                transaction = opened;
                body.run();
                if (aborts) {
                  throw new Abort();
                }
              });
    } catch (Abort expected) {
      steps.subList(before, steps.size()).clear();
    } finally {
      transaction = null;
    }
  }

  /** Ends a body on purpose. */
  private static final class Abort extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  int database() {
    return database;
  }

  void select(int other) {
    if (transaction == null) {
      database = other;
    }
  }

  /** Runs a call and notes the command that has to answer the same. */
  void step(
      Callable<@Nullable Object> call,
      Function<@Nullable Object, String> reading,
      Object... command) {
    String answer;
    try {
      answer = readable(call.call());
    } catch (StoreException e) {
      answer =
          e.code().equals("WRONGTYPE") || e.code().equals("ERR")
              ? e.code() + " " + e.getMessage()
              : "" + e;
    } catch (IllegalArgumentException e) {
      answer = REFUSED;
    } catch (Exception e) {
      throw new AssertionError(label + " " + List.of(command), e);
    }
    answers++;
    if (EDGE.matcher(answer).lookingAt()) {
      edges++;
    }
    List<String> words = Stream.of(command).map(OracleDuel::word).toList();
    steps.add(new Step(database, words, reading, answer));
  }

  static String word(Object argument) {
    if (argument instanceof Double number) {
      return number.isInfinite()
          ? (number > 0 ? "inf" : "-inf")
          : number.isNaN() ? "nan" : number.toString();
    }
    return argument.toString();
  }

  /** Returns an answer of either side in one form. */
  static String readable(@Nullable Object answer) {
    if (answer == null) {
      return "nil";
    }
    if (answer instanceof Boolean flag) {
      return flag ? "1" : "0";
    }
    if (answer instanceof RedisOracle.Failure failure) {
      return failure.message();
    }
    if (answer instanceof Collection<?> list) {
      return list.stream().map(OracleDuel::readable).toList().toString();
    }
    if (answer instanceof Scored<?> scored) {
      return scored.member() + "=" + unsigned(scored.score());
    }
    return answer instanceof Double score ? Double.toString(unsigned(score)) : answer.toString();
  }

  /** Reads a reply of members and scores in turns. */
  static String scored(@Nullable Object reply) {
    if (!(reply instanceof List<?> list)) {
      return readable(reply);
    }
    List<String> pairs = new ArrayList<>();
    for (int i = 0; i < list.size(); i += 2) {
      pairs.add(list.get(i) + "=" + number(list.get(i + 1)));
    }
    return pairs.toString();
  }

  /** Reads a reply that is a score, or several. */
  static String score(@Nullable Object reply) {
    if (reply instanceof List<?> list) {
      return list.stream().map(OracleDuel::score).toList().toString();
    }
    return reply instanceof String text ? Double.toString(number(text)) : readable(reply);
  }

  static double number(@Nullable Object text) {
    return switch ((String) text) {
      case "inf" -> Double.POSITIVE_INFINITY;
      case "-inf" -> Double.NEGATIVE_INFINITY;
      default -> unsigned(Double.parseDouble((String) text));
    };
  }

  /** Takes the sign from a zero: in Redis it depends on the encoding whether it is kept. */
  private static double unsigned(double score) {
    return score == 0 ? 0 : score;
  }

  /** Moves the time; the server, whose clock stays behind, is told to remove what is due. */
  void advance(long millis) {
    compare();
    time.advance(Duration.ofMillis(millis));
    for (int each = 0; each < DATABASES; each++) {
      live.call("SELECT", "" + each);
      for (Object key : (List<?>) live.call("KEYS", "*")) {
        long deadline = (Long) live.call("PEXPIRETIME", (String) key);
        if (deadline >= 0 && deadline <= time.wallMillis()) {
          live.call("DEL", (String) key);
        }
      }
    }
  }

  /** Sends the server all that it has not seen, and compares answers and contents. */
  void compare() {
    List<String[]> commands = new ArrayList<>();
    for (Step step : steps) {
      commands.add(new String[] {"SELECT", "" + step.database});
      commands.add(step.command.toArray(String[]::new));
    }
    List<@Nullable Object> replies = live.callAll(commands);
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      Object reply = replies.get(2 * i + 1);
      String what =
          label
              + ", step "
              + i
              + " of the last, database "
              + step.database
              + ": "
              + String.join(" ", step.command);
      if (step.answer.equals(REFUSED)) {
        assertEquals(RedisOracle.Failure.class, reply == null ? null : reply.getClass(), what);
      } else {
        assertEquals(step.reading.apply(reply), step.answer, what);
      }
    }
    steps.clear();
    time.advance(Duration.ZERO);
    assertEquals(contents(live), contents(), label);
  }

  /** Feeds the replica with what was recorded, and compares its contents. */
  void compareReplica() {
    store.value("settled").set("");
    List<String[]> commands = new ArrayList<>();
    for (JournalBatch batch : sink.takeBatches()) {
      if (commands.isEmpty() && batch.selected() >= 0) {
        commands.add(new String[] {"SELECT", "" + batch.selected()}); // the look has changed it
      }
      RespFeed.commands(batch).forEach(command -> commands.add(command.toArray(String[]::new)));
    }
    List<@Nullable Object> replies = replica.callAll(commands);
    for (int i = 0; i < replies.size(); i++) {
      assertFalse(
          readable(replies.get(i)).matches("(?s).*(ERR|WRONGTYPE|EXECABORT).*"),
          label + ": " + replies.get(i) + " after " + lastOf(commands, i));
    }
    assertEquals(contents(replica), contents(), label);
    store.keys().delete("settled");
  }

  /** Returns the last commands up to one, to see what led to a failure. */
  private static String lastOf(List<String[]> commands, int index) {
    return commands.subList(Math.max(0, index - 30), index + 1).stream()
        .map(command -> String.join(" ", command))
        .toList()
        .toString();
  }

  private String contents() {
    StringBuilder all = new StringBuilder();
    for (int each = 0; each < DATABASES; each++) {
      Store view = store.database(each);
      TreeMap<String, String> lines = new TreeMap<>();
      for (String key : view.keys().match("*")) {
        Instant deadline = view.keys().deadline(key);
        lines.put(
            BinaryStrings.fromText(key),
            (deadline == null ? -1 : deadline.toEpochMilli()) + " " + content(view, key));
      }
      all.append(each).append(' ').append(lines).append('\n');
    }
    return all.toString();
  }

  private static @Nullable String content(Store view, String key) {
    return switch (view.keys().type(key)) {
      case STRING -> view.value(key, BINARY).get();
      case LIST -> readable(view.list(key, BINARY).range(0, -1));
      case SET -> readable(SetOracleSteps.inOrder(view.set(key, BINARY).members()));
      case HASH -> readable(HashOracleSteps.pairs(view.hash(key, BINARY, BINARY)));
      default -> readable(view.sortedSet(key, BINARY).rangeWithScores(0, -1));
    };
  }

  private static @Nullable String content(RedisOracle server, String key) {
    return switch ((String) server.call("TYPE", key)) {
      case "string" -> (String) server.call("GET", key);
      case "list" -> readable(server.call("LRANGE", key, "0", "-1"));
      case "hash" -> HashOracleSteps.pairs(server.call("HGETALL", key));
      case "set" -> readable(SetOracleSteps.inOrder(server.call("SMEMBERS", key)));
      default -> scored(server.call("ZRANGE", key, "0", "-1", "WITHSCORES"));
    };
  }

  private static String contents(RedisOracle server) {
    StringBuilder all = new StringBuilder();
    for (int each = 0; each < DATABASES; each++) {
      server.call("SELECT", "" + each);
      TreeMap<String, String> lines = new TreeMap<>();
      for (Object name : (List<?>) server.call("KEYS", "*")) {
        String key = (String) name;
        lines.put(key, server.call("PEXPIRETIME", key) + " " + content(server, key));
      }
      all.append(each).append(' ').append(lines).append('\n');
    }
    return all.toString();
  }

  /** Returns the share of answers that are errors, refusals or about nothing. */
  double edgeShare() {
    return (double) edges / answers;
  }

  @Override
  public void close() {
    store.close();
  }
}
