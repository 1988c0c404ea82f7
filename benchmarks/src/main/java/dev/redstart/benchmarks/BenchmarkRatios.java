// SPDX-License-Identifier: Apache-2.0
package dev.redstart.benchmarks;

import dev.redstart.benchmarks.report.Figure;
import dev.redstart.benchmarks.report.Measurement;
import dev.redstart.benchmarks.report.ResultFile;
import dev.redstart.benchmarks.report.Target;
import dev.redstart.benchmarks.report.Target.Comparison;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;

/**
 * Prints the targets beside the figures of the result files, as Markdown.
 *
 * <p>Confined to one thread. Given a page, it puts each table in place of what stands between
 * {@code <!-- figures <table> -->} and {@code <!-- end -->}.
 */
public final class BenchmarkRatios {
  private static final String MACHINE = "machine";
  private static final String ALLOCATED = "gc.alloc.rate.norm";
  private static final String END = "<!-- end -->";
  private static final List<String> TABLES =
      List.of(
          "get",
          "get-small",
          "set",
          "redis",
          "sorted-set",
          "memory",
          "stop",
          "freeze",
          "collisions",
          "open",
          "hash",
          "list",
          "set-type",
          "intersect",
          "hand-over");

  private final List<Target> targets = new ArrayList<>();

  private BenchmarkRatios() {
    addMaps();
    addRedis();
    addSortedSet();
    addMemory();
    addFreeze();
    addRest();
    addHashes();
    addLists();
    addSets();
  }

  /** Prints all tables, or writes them into the page that is named. */
  public static void main(String... arguments) throws IOException {
    Settings settings = Settings.parse(arguments);
    List<Measurement> measurements = ResultFile.readAll(settings.folder());
    BenchmarkRatios ratios = new BenchmarkRatios();
    for (String word : settings.words()) {
      Path page = Path.of(word);
      String text = Files.readString(page);
      for (String table : TABLES) {
        text = replaced(text, table, ratios.table(table, measurements));
      }
      text = replaced(text, MACHINE, Machine.read(settings.folder()));
      Files.writeString(page, text);
      System.out.println("written: " + page);
    }
    if (settings.words().isEmpty()) {
      for (String table : TABLES) {
        System.out.println(table + "\n\n" + ratios.table(table, measurements));
      }
    }
  }

  private static String replaced(String text, String table, String content) {
    String begin = "<!-- figures " + table + " -->";
    int from = text.indexOf(begin);
    int to = text.indexOf(END, from);
    if (from < 0 || to < 0 || content.isEmpty()) {
      return text;
    }
    return text.substring(0, from) + begin + "\n\n" + content + "\n" + text.substring(to);
  }

  private String table(String table, List<Measurement> measurements) {
    StringJoiner rows = new StringJoiner("\n", "", "\n");
    rows.setEmptyValue("");
    for (Target target : targets) {
      if (target.table().equals(table)) {
        Optional<String> row = target.row(measurements);
        if (row.isPresent()) {
          if (rows.length() == 0) {
            rows.add("| what | Redstart | beside | ratio | target | |");
            rows.add("|---|---|---|---|---|---|");
          }
          rows.add(row.get());
        }
      }
    }
    return rows.toString();
  }

  private void add(
      String table,
      String what,
      Figure ours,
      String peer,
      Figure beside,
      Comparison comparison,
      double bound) {
    targets.add(new Target(table, what, ours, peer, beside, comparison, bound));
  }

  private void addAlone(String table, String what, Figure ours, double bound) {
    targets.add(new Target(table, what, ours, "", null, Comparison.ALONE, bound));
  }

  private void addMaps() {
    for (int threads = 1; threads <= 2; threads++) {
      addMap("get", "GetBenchmark.", threads, 1_000_000, 0.8, 1.4);
      addLocked("get", threads, 1_000_000);
      addMap("get-small", "GetBenchmark.", threads, 10_000, 1, Target.NONE);
      addLocked("get-small", threads, 10_000);
      addMap("set", "SetBenchmark.", threads, 1_000_000, 0.8, 1.3);
    }
  }

  private void addMap(
      String table,
      String program,
      int threads,
      int entries,
      double boundToCaffeine,
      double boundToMap) {
    Figure ours = Figure.sized(program + "redstart", threads, entries);
    Figure caffeine = Figure.sized(program + "caffeine", threads, entries);
    Figure map = Figure.sized(program + "concurrentHashMap", threads, entries);
    String what = threadsText(threads);
    add(table, what, ours, "Caffeine", caffeine, Comparison.TIME, boundToCaffeine);
    add(table, what, ours, "ConcurrentHashMap", map, Comparison.TIME, boundToMap);
  }

  private void addLocked(String table, int threads, int entries) {
    add(
        table,
        threadsText(threads),
        Figure.sized("GetBenchmark.redstart", threads, entries),
        "fastutil behind 64 locks",
        Figure.sized("GetBenchmark.lockedFastutil", threads, entries),
        Comparison.TIME,
        Target.NONE);
  }

  private static String threadsText(int threads) {
    return threads == 1 ? "one thread" : "two threads";
  }

  private void addRedis() {
    for (String operation : List.of("get", "set")) {
      add(
          "redis",
          operation,
          Figure.million("RedisBenchmark." + operation + "Redstart", 1),
          "Jedis",
          Figure.million("RedisBenchmark." + operation + "Jedis", 1),
          Comparison.SPEED,
          100);
    }
  }

  private void addSortedSet() {
    for (int threads = 1; threads <= 2; threads++) {
      Figure addition = Figure.million("SortedSetBenchmark.addRedstart", threads);
      add(
          "sorted-set",
          "`add`, changing a score, " + threadsText(threads),
          addition,
          "HashMap and TreeSet",
          Figure.million("SortedSetBenchmark.addTreeSet", threads),
          Comparison.TIME,
          0.7);
      add(
          "sorted-set",
          "`rank`, " + threadsText(threads),
          Figure.million("SortedSetBenchmark.rankRedstart", threads),
          "its own `add`",
          addition,
          Comparison.TIME,
          2);
      add(
          "sorted-set",
          "range of ten by rank, " + threadsText(threads),
          Figure.million("SortedSetBenchmark.rangeRedstart", threads),
          "TreeSet from a known element",
          Figure.million("SortedSetBenchmark.rangeTreeSet", threads),
          Comparison.TIME,
          1);
    }
  }

  private void addMemory() {
    String strings = "string key of 16 characters, value of 32";
    String members = "member of a sorted set of 1M";
    Figure oursOfStrings = Figure.of("MemoryProgram.stringsRedstart");
    Figure oursOfMembers = Figure.of("MemoryProgram.sortedSetRedstart");
    addSize(strings, oursOfStrings, "redis-server", "stringsRedis", 1.2);
    addSize(strings, oursOfStrings, "ConcurrentHashMap", "stringsConcurrentHashMap", 1);
    addSize(members, oursOfMembers, "redis-server", "sortedSetRedis", 1);
    add(
        "memory",
        members,
        oursOfMembers,
        "HashMap and TreeSet",
        Figure.of("MemoryProgram.sortedSetTreeSet"),
        Comparison.SIZE,
        Target.NONE);
    String hash = "hash of five short fields, with its key";
    String element = "element of 32 characters of a list of 1M";
    String member = "member of 16 characters of a set of 1M";
    addSize(hash, Figure.of("MemoryProgram.hashesRedstart"), "redis-server", "hashesRedis", 1.25);
    addSize(element, Figure.of("MemoryProgram.listRedstart"), "redis-server", "listRedis", 1.25);
    addSize(member, Figure.of("MemoryProgram.setRedstart"), "redis-server", "setRedis", 1);
  }

  private void addSize(String what, Figure ours, String peer, String contender, double bound) {
    Figure beside = Figure.of("MemoryProgram." + contender);
    add("memory", what, ours, peer, beside, Comparison.SIZE, bound);
  }

  private void addFreeze() {
    Figure copied = Figure.million("FreezeBenchmark.writeAfterCopy", 1);
    Figure transaction = Figure.million("FreezeBenchmark.writeInTransaction", 1);
    addAlone("freeze", "a write just after `copy`, 1M members, mean", copied, 50);
    addAlone("freeze", "the same, median", copied.withPart("p50.0"), 50);
    addAlone("freeze", "the same, 99 of 100", copied.withPart("p99.0"), 50);
    addAlone("freeze", "a write in `atomically`, 1M members, mean", transaction, 50);
    add(
        "freeze",
        "bytes allocated by a copy and a write, 1M members",
        copied.withPart(ALLOCATED),
        "10,000 members",
        Figure.sized("FreezeBenchmark.writeAfterCopy", 1, 10_000).withPart(ALLOCATED),
        Comparison.SIZE,
        Target.NONE);
  }

  private void addRest() {
    addAlone("stop", "the longest that recurs", Figure.of("StopProgram.redstartRecurring"), 5);
    addAlone("stop", "the longest", Figure.of("StopProgram.redstartLongest"), 5);
    add(
        "stop",
        "the longest",
        Figure.of("StopProgram.redstartLongest"),
        "idle loop of the same runs",
        Figure.of("StopProgram.redstartControl"),
        Comparison.SIZE,
        Target.NONE);
    Map<String, String> collisions = new LinkedHashMap<>();
    collisions.put("keysRedstart", "keys of one hash code");
    collisions.put("membersRedstart", "members of a sorted set of one hash code");
    collisions.put("fieldsRedstart", "fields of a hash of one hash code");
    collisions.put("elementsRedstart", "members of a set of one hash code");
    for (String contender : collisions.keySet()) {
      add(
          "collisions",
          collisions.getOrDefault(contender, ""),
          Figure.of("CollisionProgram." + contender + "Colliding"),
          "ordinary ones",
          Figure.of("CollisionProgram." + contender + "Ordinary"),
          Comparison.SIZE,
          3);
    }
    Figure open = Figure.of("OpenBenchmark.openAndAnswer");
    addAlone("open", "`Store.open()`, a set and a get, median", open.withPart("p50.0"), 1000);
    addAlone("open", "the same, 99 of 100", open.withPart("p99.0"), 1000);
  }

  private void addHashes() {
    for (int threads = 1; threads <= 2; threads++) {
      for (String operation : List.of("get", "put")) {
        add(
            "hash",
            "`" + operation + "`, 100,000 hashes of ten fields, " + threadsText(threads),
            Figure.million("HashBenchmark." + operation + "Redstart", threads),
            "maps in a ConcurrentHashMap",
            Figure.million("HashBenchmark." + operation + "Maps", threads),
            Comparison.TIME,
            1.3);
        add(
            "hash",
            "`" + operation + "`, one hash of 1M fields, " + threadsText(threads),
            Figure.million("LargeHashBenchmark." + operation + "Redstart", threads),
            "ConcurrentHashMap",
            Figure.million("LargeHashBenchmark." + operation + "Map", threads),
            Comparison.TIME,
            1.5);
      }
    }
  }

  private void addLists() {
    for (int threads = 1; threads <= 2; threads++) {
      add(
          "list",
          "`pushRight` and `popLeft`, a list per thread, " + threadsText(threads),
          Figure.sized("ListBenchmark.redstart", threads, 100_000),
          "LinkedBlockingDeque",
          Figure.sized("ListBenchmark.linkedBlockingDeque", threads, 100_000),
          Comparison.TIME,
          threads == 1 ? 3 : 1.5);
    }
    add(
        "hand-over",
        "a push to a blocked taker, median",
        Figure.of("HandOverProgram.redstart"),
        "LinkedBlockingDeque",
        Figure.of("HandOverProgram.linkedBlockingDeque"),
        Comparison.SIZE,
        2);
  }

  private void addSets() {
    for (int threads = 1; threads <= 2; threads++) {
      for (String operation : List.of("contains", "add")) {
        add(
            "set-type",
            (operation.equals("add") ? "`remove` and `add`" : "`contains`")
                + ", 1M members, "
                + threadsText(threads),
            Figure.million("SetTypeBenchmark." + operation + "Redstart", threads),
            "ConcurrentHashMap.newKeySet",
            Figure.million("SetTypeBenchmark." + operation + "KeySet", threads),
            Comparison.TIME,
            1.5);
      }
    }
    Figure retained = Figure.million("IntersectBenchmark.retainAll", 1);
    add(
        "intersect",
        "`intersect` of two sets of 1M, half shared",
        Figure.million("IntersectBenchmark.redstart", 1),
        "retainAll of HashSets",
        retained,
        Comparison.SIZE,
        1);
    add(
        "intersect",
        "`intersectSize` of the same",
        Figure.million("IntersectBenchmark.sizeRedstart", 1),
        "retainAll of HashSets",
        retained,
        Comparison.SIZE,
        1);
  }
}
