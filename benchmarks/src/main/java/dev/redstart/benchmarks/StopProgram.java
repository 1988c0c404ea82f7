// SPDX-License-Identifier: Apache-2.0
package dev.redstart.benchmarks;

import dev.redstart.Store;
import dev.redstart.benchmarks.ChildJvm.Figure;
import dev.redstart.benchmarks.report.Measurement;
import dev.redstart.benchmarks.report.ResultFile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;

/**
 * Inserts ten million keys, each by itself on the clock, and writes how long the longest one took.
 *
 * <p>Confined to one thread, in a JVM without a collector whose heap is touched before, so that no
 * stop is a collection's.
 */
public final class StopProgram {
  // Overview. A machine has stops of its own: another process, another guest, an interrupt. Three
  // figures keep them apart from the contender's:
  // 1. longest: the longest insertion of a run, the machine's stops included.
  // 2. control: between any two insertions a loop of arithmetic, about as long as one, is on the
  //    clock too. Its longest round in the same run is what the machine alone does.
  // 3. recurring: keys and their order are the same in every run, so a stop of the contender comes
  //    at the same insertion in every run, and one of the machine does not. Of each insertion the
  //    shortest time of all runs counts, and of these the longest. Times below NOTED_NANOS are not
  //    noted; if none recurs, that bound is given.

  private static final int ENTRIES = 10_000_000;
  private static final int WARMUP_ENTRIES = 300_000;
  private static final int RUNS = 5;
  private static final int PEER_RUNS = 3;
  private static final int CONTROL_STEPS = 250;
  private static final long NOTED_NANOS = 50_000;
  private static final int POOL = 1024;

  private static final List<String> OPTIONS =
      List.of(
          "-Xms6g",
          "-Xmx6g",
          "-XX:+UnlockExperimentalVMOptions",
          "-XX:+UseEpsilonGC",
          "-XX:+AlwaysPreTouch");

  private static final List<String> CONTENDERS = List.of("redstart", "concurrentHashMap");

  private StopProgram() {}

  /** Measures every contender in several runs. */
  public static void main(String... arguments) {
    if (arguments.length == 3 && arguments[0].equals("child")) {
      measure(arguments[1], Integer.parseInt(arguments[2]));
      return;
    }
    Settings settings = Settings.parse(arguments);
    int runs = settings.isQuick() ? 2 : RUNS;
    ChildJvm child = new ChildJvm(StopProgram.class, OPTIONS);
    List<Measurement> measurements = new ArrayList<>();
    Map<String, List<List<Figure>>> figures = new HashMap<>();
    for (int run = 0; run < runs; run++) {
      for (String contender : run < PEER_RUNS ? CONTENDERS : CONTENDERS.subList(0, 1)) {
        List<Figure> printed = child.run("child", contender, Integer.toString(ENTRIES));
        figures.computeIfAbsent(contender, key -> new ArrayList<>()).add(printed);
        System.out.printf(
            "%-20s longest %8.3f ms, control %8.3f ms, mean %.0f ns%n",
            contender,
            ChildJvm.find(printed, "longest"),
            ChildJvm.find(printed, "control"),
            ChildJvm.find(printed, "mean"));
      }
    }
    for (String contender : CONTENDERS) {
      List<List<Figure>> all = figures.getOrDefault(contender, List.of());
      measurements.add(measurement(contender + "Longest", all, "longest"));
      measurements.add(measurement(contender + "Control", all, "control"));
      double recurring = recurringMillis(all);
      System.out.printf("%-20s recurring %8.3f ms%n", contender, recurring);
      measurements.add(
          Measurement.ofProgram(
              "StopProgram." + contender + "Recurring", OPTIONS, "ms", List.of(recurring)));
    }
    ResultFile.write(settings.folder(), "stop", measurements);
  }

  private static Measurement measurement(String name, List<List<Figure>> runs, String figure) {
    List<Double> values = runs.stream().map(run -> ChildJvm.find(run, figure)).toList();
    return Measurement.ofProgram("StopProgram." + name, OPTIONS, "ms", values);
  }

  /** Returns the longest insertion, each one's shortest time of all runs taken. */
  private static double recurringMillis(List<List<Figure>> runs) {
    Map<String, Double> shortest = new HashMap<>();
    Map<String, Integer> times = new HashMap<>();
    for (List<Figure> run : runs) {
      for (Figure figure : run) {
        if (figure.name().startsWith("insertion")) {
          shortest.merge(figure.name(), figure.value(), Math::min);
          times.merge(figure.name(), 1, Integer::sum);
        }
      }
    }
    double longest = NOTED_NANOS / 1e6;
    for (Map.Entry<String, Double> insertion : shortest.entrySet()) {
      if (times.getOrDefault(insertion.getKey(), 0) == runs.size()) {
        longest = Math.max(longest, insertion.getValue());
      }
    }
    return longest;
  }

  private static void measure(String contender, int entries) {
    insert(writerOf(contender), WARMUP_ENTRIES, 1);
    insert(writerOf(contender), entries, 2).print(entries);
  }

  private static BiConsumer<String, String> writerOf(String contender) {
    if (contender.equals("redstart")) {
      Store store = Store.open();
      return (key, value) -> store.value(key).set(value);
    }
    ConcurrentHashMap<String, String> map = new ConcurrentHashMap<>();
    return map::put;
  }

  private static Stops insert(BiConsumer<String, String> writer, int entries, long seed) {
    Keys keys = new Keys(Keys.KEY_LENGTH, seed);
    String[] values = new Keys(Keys.VALUE_LENGTH, seed).next(POOL);
    SplittableRandom arithmetic = new SplittableRandom(seed);
    Stops stops = new Stops();
    for (int i = 0; i < entries; i++) {
      String key = keys.next();
      long controlStart = System.nanoTime();
      for (int step = 0; step < CONTROL_STEPS; step++) {
        stops.arithmetic ^= arithmetic.nextLong();
      }
      long start = System.nanoTime();
      writer.accept(key, values[i & (POOL - 1)]);
      long end = System.nanoTime();
      stops.longestControl = Math.max(stops.longestControl, start - controlStart);
      stops.note(i, end - start);
    }
    return stops;
  }

  /** What the clock said in one run. */
  private static final class Stops {
    private final List<Figure> noted = new ArrayList<>();
    private long longest;
    private long longestControl;
    private long sum;

    /** Kept so that the arithmetic is not found useless. */
    private long arithmetic;

    void note(int insertion, long nanos) {
      sum += nanos;
      longest = Math.max(longest, nanos);
      if (nanos >= NOTED_NANOS) {
        noted.add(new Figure("insertion" + insertion, nanos / 1e6));
      }
    }

    void print(int entries) {
      System.out.println("longest " + longest / 1e6);
      System.out.println("control " + longestControl / 1e6);
      System.out.println("mean " + sum / (double) entries);
      System.out.println("arithmetic " + arithmetic);
      noted.forEach(figure -> System.out.println(figure.name() + " " + figure.value()));
    }
  }
}
