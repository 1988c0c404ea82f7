// SPDX-License-Identifier: Apache-2.0
package dev.redstart.benchmarks;

import dev.redstart.benchmarks.report.BarChart;
import dev.redstart.benchmarks.report.BarChart.Bar;
import dev.redstart.benchmarks.report.BarChart.Group;
import dev.redstart.benchmarks.report.Figure;
import dev.redstart.benchmarks.report.Measurement;
import dev.redstart.benchmarks.report.ResultFile;
import dev.redstart.benchmarks.types.TypeCharts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Draws a chart per table from the result files, beside them.
 *
 * <p>Stateless.
 */
public final class Charts {
  private static final String HIGHER = "Million operations per second; more is better.";

  private Charts() {}

  /** Draws all charts whose figures are there. */
  public static void main(String... arguments) throws IOException {
    Settings settings = Settings.parse(arguments);
    List<Measurement> measurements = ResultFile.readAll(settings.folder());
    List<BarChart> all = new ArrayList<>(charts());
    all.addAll(TypeCharts.all());
    for (BarChart chart : all) {
      Optional<String> picture = chart.draw(measurements);
      if (picture.isPresent()) {
        Path file = settings.folder().resolve(chart.name() + ".svg");
        Files.writeString(file, picture.get());
        System.out.println("drawn: " + file);
      }
    }
  }

  private static List<BarChart> charts() {
    return List.of(
        get(),
        getSmall(),
        set(),
        redis(),
        sortedSet(),
        freeze(),
        memory(),
        stop(),
        collisions(),
        open());
  }

  private static BarChart get() {
    return new BarChart(
        "get",
        "get of string keys, 1,000,000 of them",
        HIGHER,
        List.of(getGroup("one thread", 1, 1_000_000), getGroup("two threads", 2, 1_000_000)));
  }

  private static BarChart getSmall() {
    return new BarChart(
        "get-small",
        "get of string keys, 10,000 of them",
        HIGHER,
        List.of(getGroup("one thread", 1, 10_000), getGroup("two threads", 2, 10_000)));
  }

  private static Group getGroup(String title, int threads, int entries) {
    return new Group(
        title,
        List.of(
            new Bar("Redstart", Figure.sized("GetBenchmark.redstart", threads, entries)),
            new Bar("Caffeine, bounded", Figure.sized("GetBenchmark.caffeine", threads, entries)),
            new Bar(
                "ConcurrentHashMap",
                Figure.sized("GetBenchmark.concurrentHashMap", threads, entries)),
            new Bar(
                "fastutil behind 64 locks",
                Figure.sized("GetBenchmark.lockedFastutil", threads, entries))));
  }

  private static BarChart set() {
    return new BarChart(
        "set",
        "set of string keys that exist, 1,000,000 of them",
        HIGHER,
        List.of(setGroup("one thread", 1), setGroup("two threads", 2)));
  }

  private static Group setGroup(String title, int threads) {
    return new Group(
        title,
        List.of(
            new Bar("Redstart", Figure.million("SetBenchmark.redstart", threads)),
            new Bar("Caffeine, bounded", Figure.million("SetBenchmark.caffeine", threads)),
            new Bar(
                "ConcurrentHashMap", Figure.million("SetBenchmark.concurrentHashMap", threads))));
  }

  private static BarChart redis() {
    return new BarChart(
        "redis",
        "in this JVM, and over loopback",
        "Operations per second, 1,000,000 keys, one thread, one connection; more is better.",
        List.of(
            new Group(
                "get",
                List.of(
                    new Bar("Redstart", Figure.million("RedisBenchmark.getRedstart", 1)),
                    new Bar(
                        "Jedis to redis-server", Figure.million("RedisBenchmark.getJedis", 1)))),
            new Group(
                "set",
                List.of(
                    new Bar("Redstart", Figure.million("RedisBenchmark.setRedstart", 1)),
                    new Bar(
                        "Jedis to redis-server", Figure.million("RedisBenchmark.setJedis", 1))))));
  }

  private static BarChart sortedSet() {
    return new BarChart(
        "sorted-set",
        "a sorted set of 1,000,000 members",
        HIGHER,
        List.of(
            sortedSetGroup("add, changing a score, one thread", "add", 1),
            sortedSetGroup("add, changing a score, two threads", "add", 2),
            sortedSetGroup("rank, one thread", "rank", 1),
            sortedSetGroup("rank, two threads", "rank", 2),
            sortedSetGroup("range of ten, one thread", "range", 1),
            sortedSetGroup("range of ten, two threads", "range", 2)));
  }

  private static Group sortedSetGroup(String title, String operation, int threads) {
    String program = "SortedSetBenchmark." + operation;
    return new Group(
        title,
        List.of(
            new Bar("Redstart", Figure.million(program + "Redstart", threads)),
            new Bar("HashMap and TreeSet", Figure.million(program + "TreeSet", threads))));
  }

  private static BarChart freeze() {
    return new BarChart(
        "freeze",
        "one write to a sorted set, and what freezing adds",
        "Microseconds, mean; less is better.",
        List.of(
            freezeGroup("1,000,000 members", 1_000_000), freezeGroup("10,000 members", 10_000)));
  }

  private static Group freezeGroup(String title, int entries) {
    return new Group(
        title,
        List.of(
            new Bar("Redstart, not frozen", Figure.sized("FreezeBenchmark.write", 1, entries)),
            new Bar(
                "Redstart, after copy", Figure.sized("FreezeBenchmark.writeAfterCopy", 1, entries)),
            new Bar(
                "Redstart, in atomically",
                Figure.sized("FreezeBenchmark.writeInTransaction", 1, entries))));
  }

  private static BarChart memory() {
    return new BarChart(
        "memory",
        "memory of 1,000,000 entries",
        "Bytes per entry; less is better.",
        List.of(
            new Group(
                "string keys of 16 characters, values of 32",
                List.of(
                    new Bar("Redstart", Figure.of("MemoryProgram.stringsRedstart")),
                    new Bar("redis-server", Figure.of("MemoryProgram.stringsRedis")),
                    new Bar(
                        "ConcurrentHashMap", Figure.of("MemoryProgram.stringsConcurrentHashMap")),
                    new Bar("Caffeine, bounded", Figure.of("MemoryProgram.stringsCaffeine")))),
            new Group(
                "a sorted set, members of 16 characters",
                List.of(
                    new Bar("Redstart", Figure.of("MemoryProgram.sortedSetRedstart")),
                    new Bar("redis-server", Figure.of("MemoryProgram.sortedSetRedis")),
                    new Bar("HashMap and TreeSet", Figure.of("MemoryProgram.sortedSetTreeSet")))),
            memoryGroup("hashes of five short fields", "hashes", "HashMap"),
            memoryGroup("a list, elements of 32 characters", "list", "ArrayDeque"),
            memoryGroup("a set, members of 16 characters", "set", "HashSet")));
  }

  private static Group memoryGroup(String title, String program, String peer) {
    return new Group(
        title,
        List.of(
            new Bar("Redstart", Figure.of("MemoryProgram." + program + "Redstart")),
            new Bar("redis-server", Figure.of("MemoryProgram." + program + "Redis")),
            new Bar(peer, Figure.of("MemoryProgram." + program + peer))));
  }

  private static BarChart stop() {
    return new BarChart(
        "stop",
        "the longest of 10,000,000 insertions",
        "Milliseconds; less is better. Recurring: at the same insertion in every run.",
        List.of(
            new Group(
                "recurring",
                List.of(
                    new Bar("Redstart", Figure.of("StopProgram.redstartRecurring")),
                    new Bar(
                        "ConcurrentHashMap", Figure.of("StopProgram.concurrentHashMapRecurring")))),
            new Group(
                "with the stops of the machine",
                List.of(
                    new Bar("Redstart", Figure.of("StopProgram.redstartLongest")),
                    new Bar("idle loop, same runs", Figure.of("StopProgram.redstartControl")),
                    new Bar(
                        "ConcurrentHashMap", Figure.of("StopProgram.concurrentHashMapLongest"))))));
  }

  private static BarChart collisions() {
    return new BarChart(
        "collisions",
        "100,000 insertions of strings with one hash code",
        "Nanoseconds for each; less is better.",
        List.of(
            collisionGroup("keys", "Redstart", "keysRedstart"),
            collisionGroup("members of a sorted set", "Redstart", "membersRedstart"),
            collisionGroup("fields of a hash", "Redstart", "fieldsRedstart"),
            collisionGroup("members of a set", "Redstart", "elementsRedstart"),
            collisionGroup("keys of a map", "ConcurrentHashMap", "keysConcurrentHashMap")));
  }

  private static Group collisionGroup(String title, String name, String contender) {
    String program = "CollisionProgram." + contender;
    return new Group(
        title,
        List.of(
            new Bar(name + ", ordinary", Figure.of(program + "Ordinary")),
            new Bar(name + ", colliding", Figure.of(program + "Colliding"))));
  }

  private static BarChart open() {
    Figure open = Figure.of("OpenBenchmark.openAndAnswer");
    return new BarChart(
        "open",
        "from Store.open() to the first answer",
        "Microseconds, in a warm JVM; less is better.",
        List.of(
            new Group(
                "a set and a get included",
                List.of(
                    new Bar("Redstart, median", open.withPart("p50.0")),
                    new Bar("Redstart, 99 of 100", open.withPart("p99.0"))))));
  }
}
