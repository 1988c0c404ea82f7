// SPDX-License-Identifier: Apache-2.0
package dev.redstart.benchmarks;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.redstart.RSortedSet;
import dev.redstart.Store;
import dev.redstart.benchmarks.peer.RedisServer;
import dev.redstart.benchmarks.peer.TreeScores;
import dev.redstart.benchmarks.report.Measurement;
import dev.redstart.benchmarks.report.ResultFile;
import java.lang.ref.Reference;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.ObjDoubleConsumer;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;

/**
 * Fills each contender in a JVM of its own, collects, and writes how many bytes an entry takes.
 *
 * <p>Confined to one thread. The serial collector leaves no gap between objects, so that the
 * difference of the used heap is the size of what is reachable. A redis-server tells its own {@code
 * used_memory}.
 */
public final class MemoryProgram {
  private static final int ENTRIES = 1_000_000;
  private static final int SHORT_LENGTH = 8;
  private static final int COLLECTIONS = 5;
  private static final int PIPELINE_LENGTH = 10_000;
  private static final List<String> OPTIONS = List.of("-Xms3g", "-Xmx3g", "-XX:+UseSerialGC");
  private static final String REDIS = "Redis";

  private static final List<String> THEMES =
      List.of("strings", "sortedSet", "hashes", "list", "set");

  private static final List<String> CONTENDERS =
      List.of(
          "stringsRedstart",
          "stringsRedis",
          "stringsConcurrentHashMap",
          "stringsCaffeine",
          "sortedSetRedstart",
          "sortedSetRedis",
          "sortedSetTreeSet",
          "hashesRedstart",
          "hashesRedis",
          "hashesHashMap",
          "listRedstart",
          "listRedis",
          "listArrayDeque",
          "setRedstart",
          "setRedis",
          "setHashSet");

  private MemoryProgram() {}

  /** Measures what is named of {@code strings}, {@code sortedSet} and the others, or all. */
  public static void main(String... arguments) {
    if (arguments.length == 2 && arguments[0].equals("child")) {
      measure(arguments[1]);
      return;
    }
    Settings settings = Settings.parse(arguments);
    ChildJvm child = new ChildJvm(MemoryProgram.class, OPTIONS);
    List<Measurement> measurements = new ArrayList<>();
    for (String contender : CONTENDERS) {
      boolean isServer = contender.endsWith(REDIS);
      if (isServer && !RedisServer.isInstalled()) {
        System.out.println("skipped " + contender + ": there is no redis-server on the PATH");
        continue;
      }
      if (settings.wants(themeOf(contender))) {
        List<Double> runs = new ArrayList<>();
        for (int run = 0; run < (settings.isQuick() ? 1 : 3); run++) {
          runs.add(
              isServer
                  ? measureServer(contender)
                  : ChildJvm.find(child.run("child", contender), "bytes"));
        }
        System.out.printf("%-30s %7.1f bytes per entry%n", contender, Measurement.median(runs));
        measurements.add(
            Measurement.ofProgram(
                "MemoryProgram." + contender, isServer ? List.of() : OPTIONS, "bytes/entry", runs));
      }
    }
    ResultFile.write(settings.folder(), "memory", measurements);
  }

  private static String themeOf(String contender) {
    return THEMES.stream().filter(contender::startsWith).findFirst().orElseThrow();
  }

  private static void measure(String contender) {
    long before = usedBytes();
    Object filled = fill(contender);
    try {
      System.out.println("bytes " + (usedBytes() - before) / (double) ENTRIES);
    } finally {
      Reference.reachabilityFence(filled);
    }
  }

  private static Object fill(String contender) {
    return switch (contender) {
      case "stringsRedstart" -> {
        Store store = Store.open();
        fillStrings((key, value) -> store.value(key).set(value));
        yield store;
      }
      case "stringsConcurrentHashMap" -> {
        ConcurrentHashMap<String, String> map = new ConcurrentHashMap<>();
        fillStrings(map::put);
        yield map;
      }
      case "stringsCaffeine" -> {
        Cache<String, String> cache = Caffeine.newBuilder().maximumSize(2L * ENTRIES).build();
        fillStrings(cache::put);
        cache.cleanUp();
        yield cache;
      }
      case "sortedSetRedstart" -> {
        Store store = Store.open();
        RSortedSet<String> board = store.sortedSet("board");
        fillScores(board::add);
        yield store;
      }
      case "sortedSetTreeSet" -> {
        TreeScores board = new TreeScores();
        fillScores(board::add);
        yield board;
      }
      default -> fillCollections(contender);
    };
  }

  private static Object fillCollections(String contender) {
    return switch (contender) {
      case "hashesRedstart" -> {
        Store store = Store.open();
        fillHashes((key, fields) -> store.hash(key).putAll(fields));
        yield store;
      }
      case "hashesHashMap" -> {
        Map<String, Map<String, String>> maps = new HashMap<>();
        fillHashes((key, fields) -> maps.put(key, new HashMap<>(fields)));
        yield maps;
      }
      case "listRedstart" -> {
        Store store = Store.open();
        fillElements(Keys.VALUE_LENGTH, store.list("list")::pushRight);
        yield store;
      }
      case "listArrayDeque" -> {
        ArrayDeque<String> deque = new ArrayDeque<>();
        fillElements(Keys.VALUE_LENGTH, deque::add);
        yield deque;
      }
      case "setRedstart" -> {
        Store store = Store.open();
        fillElements(Keys.KEY_LENGTH, store.set("set")::add);
        yield store;
      }
      case "setHashSet" -> {
        Set<String> set = new HashSet<>();
        fillElements(Keys.KEY_LENGTH, set::add);
        yield set;
      }
      default -> throw new IllegalArgumentException("no such contender: " + contender);
    };
  }

  private static void fillHashes(BiConsumer<String, Map<String, String>> target) {
    Keys keys = new Keys(Keys.KEY_LENGTH, 1);
    Keys values = new Keys(SHORT_LENGTH, 2);
    for (int i = 0; i < ENTRIES; i++) {
      Map<String, String> fields = new LinkedHashMap<>();
      for (String name : List.of("name", "email", "visits", "city", "level")) {
        fields.put(Keys.copy(name), values.next()); // as it comes from outside, each for itself
      }
      target.accept(keys.next(), fields);
    }
  }

  private static void fillElements(int length, Consumer<String> target) {
    Keys elements = new Keys(length, 1);
    for (int i = 0; i < ENTRIES; i++) {
      target.accept(elements.next());
    }
  }

  private static void fillStrings(BiConsumer<String, String> target) {
    Keys keys = new Keys(Keys.KEY_LENGTH, 1);
    Keys values = new Keys(Keys.VALUE_LENGTH, 2);
    for (int i = 0; i < ENTRIES; i++) {
      target.accept(keys.next(), values.next());
    }
  }

  private static void fillScores(ObjDoubleConsumer<String> target) {
    Keys members = new Keys(Keys.KEY_LENGTH, 1);
    SplittableRandom scores = new SplittableRandom(3);
    for (int i = 0; i < ENTRIES; i++) {
      target.accept(members.next(), scores.nextDouble());
    }
  }

  private static long usedBytes() {
    Runtime runtime = Runtime.getRuntime();
    for (int i = 0; i < COLLECTIONS; i++) {
      System.gc();
    }
    return runtime.totalMemory() - runtime.freeMemory();
  }

  private static double measureServer(String contender) {
    try (RedisServer server = RedisServer.start()) {
      long before = server.usedMemory();
      server.ask(
          jedis -> {
            fillServer(contender, jedis);
            return true;
          });
      return (server.usedMemory() - before) / (double) ENTRIES;
    }
  }

  private static void fillServer(String contender, Jedis jedis) {
    try (Pipeline pipeline = jedis.pipelined()) {
      int[] sent = {0};
      Runnable paced =
          () -> {
            if (++sent[0] % PIPELINE_LENGTH == 0) {
              pipeline.sync();
            }
          };
      if (contender.startsWith("strings")) {
        fillStrings(
            (key, value) -> {
              pipeline.set(key, value);
              paced.run();
            });
      } else if (contender.startsWith("sortedSet")) {
        fillScores(
            (member, score) -> {
              pipeline.zadd("board", score, member);
              paced.run();
            });
      } else if (contender.startsWith("hashes")) {
        fillHashes(
            (key, fields) -> {
              pipeline.hset(key, fields);
              paced.run();
            });
      } else {
        boolean isList = contender.startsWith("list");
        fillElements(
            isList ? Keys.VALUE_LENGTH : Keys.KEY_LENGTH,
            element -> {
              if (isList) {
                pipeline.rpush("list", element);
              } else {
                pipeline.sadd("set", element);
              }
              paced.run();
            });
      }
    }
  }
}
