// SPDX-License-Identifier: Apache-2.0
package dev.redstart.benchmarks.types;

import dev.redstart.benchmarks.report.BarChart;
import dev.redstart.benchmarks.report.BarChart.Bar;
import dev.redstart.benchmarks.report.BarChart.Group;
import dev.redstart.benchmarks.report.Figure;
import java.util.List;

/**
 * The charts of hashes, lists and sets.
 *
 * <p>Stateless.
 */
public final class TypeCharts {
  private static final String HIGHER = "Million operations per second; more is better.";
  private static final int LIST_ENTRIES = 100_000;

  private TypeCharts() {}

  /** Returns them in the order of the tables. */
  public static List<BarChart> all() {
    return List.of(hash(), largeHash(), list(), handOver(), setType(), intersect());
  }

  private static BarChart hash() {
    return new BarChart(
        "hash",
        "100,000 hashes of ten fields",
        HIGHER,
        pairs("get", "put", "HashBenchmark.", "Maps", "maps in a map"));
  }

  private static BarChart largeHash() {
    return new BarChart(
        "large-hash",
        "a hash of 1,000,000 fields",
        HIGHER,
        pairs("get", "put", "LargeHashBenchmark.", "Map", "ConcurrentHashMap"));
  }

  private static BarChart setType() {
    return new BarChart(
        "set-type",
        "a set of 1,000,000 members",
        HIGHER,
        pairs("contains", "add", "SetTypeBenchmark.", "KeySet", "ConcurrentHashMap.newKeySet"));
  }

  private static List<Group> pairs(
      String read, String write, String program, String suffix, String beside) {
    return List.of(
        pair(read + ", one thread", program + read, suffix, beside, 1),
        pair(read + ", two threads", program + read, suffix, beside, 2),
        pair(write + ", one thread", program + write, suffix, beside, 1),
        pair(write + ", two threads", program + write, suffix, beside, 2));
  }

  private static Group pair(
      String title, String benchmark, String suffix, String beside, int threads) {
    return new Group(
        title,
        List.of(
            new Bar("Redstart", Figure.million(benchmark + "Redstart", threads)),
            new Bar(beside, Figure.million(benchmark + suffix, threads))));
  }

  private static BarChart list() {
    return new BarChart(
        "list",
        "a push at one end and a pop at the other",
        "Million pairs of both per second; more is better.",
        List.of(listGroup("one thread", 1), listGroup("two threads, a list each", 2)));
  }

  private static Group listGroup(String title, int threads) {
    String program = "ListBenchmark.";
    return new Group(
        title,
        List.of(
            new Bar("Redstart", Figure.sized(program + "redstart", threads, LIST_ENTRIES)),
            new Bar(
                "LinkedBlockingDeque",
                Figure.sized(program + "linkedBlockingDeque", threads, LIST_ENTRIES))));
  }

  private static BarChart handOver() {
    return new BarChart(
        "hand-over",
        "from a push to the blocked taker that gets the element",
        "Microseconds, median; less is better.",
        List.of(
            new Group(
                "one taker",
                List.of(
                    new Bar("Redstart", Figure.of("HandOverProgram.redstart")),
                    new Bar(
                        "LinkedBlockingDeque",
                        Figure.of("HandOverProgram.linkedBlockingDeque"))))));
  }

  private static BarChart intersect() {
    return new BarChart(
        "intersect",
        "what two sets of 1,000,000 members share: half of them",
        "Milliseconds; less is better.",
        List.of(
            new Group(
                "one thread",
                List.of(
                    new Bar("Redstart, intersect", benchmark("redstart")),
                    new Bar("Redstart, intersectSize", benchmark("sizeRedstart")),
                    new Bar("HashSet, retainAll", benchmark("retainAll"))))));
  }

  private static Figure benchmark(String name) {
    return Figure.million("IntersectBenchmark." + name, 1);
  }
}
