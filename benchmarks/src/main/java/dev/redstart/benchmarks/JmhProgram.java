// SPDX-License-Identifier: Apache-2.0
package dev.redstart.benchmarks;

import dev.redstart.benchmarks.peer.RedisServer;
import dev.redstart.benchmarks.report.Measurement;
import dev.redstart.benchmarks.report.Measurement.Metric;
import dev.redstart.benchmarks.report.ResultFile;
import dev.redstart.benchmarks.types.HashBenchmark;
import dev.redstart.benchmarks.types.IntersectBenchmark;
import dev.redstart.benchmarks.types.LargeHashBenchmark;
import dev.redstart.benchmarks.types.ListBenchmark;
import dev.redstart.benchmarks.types.SetTypeBenchmark;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs the JMH programs in rounds, and writes a result file for each theme.
 *
 * <p>Confined to one thread. JMH itself runs all forks of one contender before the next one's; on a
 * machine whose speed changes within minutes that compares the machine with itself. Here a round is
 * one fork of every contender of a theme, and the forks of a result are those of all rounds.
 */
public final class JmhProgram {
  private static final String ALLOCATED = "gc.alloc.rate.norm";
  private static final List<Double> PERCENTILES = List.of(0.0, 50.0, 90.0, 99.0, 99.9, 100.0);

  private static final List<Theme> THEMES =
      List.of(
          new Theme("get", GetBenchmark.class, List.of(1, 2), List.of("1000000", "10000")),
          new Theme("set", SetBenchmark.class, List.of(1, 2), List.of("1000000")),
          new Theme("redis", RedisBenchmark.class, List.of(1), List.of("1000000")),
          new Theme("sorted-set", SortedSetBenchmark.class, List.of(1, 2), List.of("1000000")),
          new Theme("freeze", FreezeBenchmark.class, List.of(1), List.of("1000000", "10000")),
          new Theme("open", OpenBenchmark.class, List.of(1), List.of()),
          new Theme("hash", HashBenchmark.class, List.of(1, 2), List.of("1000000")),
          new Theme("large-hash", LargeHashBenchmark.class, List.of(1, 2), List.of("1000000")),
          new Theme("list", ListBenchmark.class, List.of(1, 2), List.of("100000")),
          new Theme("set-type", SetTypeBenchmark.class, List.of(1, 2), List.of("1000000")),
          new Theme("intersect", IntersectBenchmark.class, List.of(1), List.of("1000000")));

  private final Settings settings;
  private final Map<String, List<BenchmarkResult>> results = new LinkedHashMap<>();

  private JmhProgram(Settings settings) {
    this.settings = settings;
  }

  /**
   * A file of results.
   *
   * @param name the file's name
   * @param program the class whose methods are the contenders
   * @param threads the numbers of threads
   * @param entries the sizes
   */
  private record Theme(
      String name, Class<?> program, List<Integer> threads, List<String> entries) {}

  /** Runs the themes that are named, or all. */
  public static void main(String... arguments) throws RunnerException {
    Settings settings = Settings.parse(arguments);
    for (Theme theme : THEMES) {
      if (settings.wants(theme.name())) {
        if (theme.name().equals("redis") && !RedisServer.isInstalled()) {
          System.out.println("skipped redis: there is no redis-server on the PATH");
        } else {
          new JmhProgram(settings).run(theme);
        }
      }
    }
  }

  private void run(Theme theme) throws RunnerException {
    int rounds = settings.isQuick() ? 1 : 3;
    for (int round = 1; round <= rounds; round++) {
      for (int threads : theme.threads()) {
        for (RunResult result : runOnce(theme, threads)) {
          for (BenchmarkResult fork : result.getBenchmarkResults()) {
            results.computeIfAbsent(keyOf(fork), key -> new ArrayList<>()).add(fork);
            Result<?> primary = fork.getPrimaryResult();
            System.out.printf(
                "round %d  %-60s %12.3f %s%n",
                round, keyOf(fork), primary.getScore(), primary.getScoreUnit());
          }
        }
      }
    }
    ResultFile.write(
        settings.folder(),
        theme.name(),
        results.values().stream().map(this::toMeasurement).toList());
  }

  private Collection<RunResult> runOnce(Theme theme, int threads) throws RunnerException {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include("\\." + theme.program().getSimpleName() + "\\.")
            .threads(threads)
            .forks(1)
            .verbosity(VerboseMode.SILENT)
            .shouldFailOnError(true);
    if (!theme.entries().isEmpty()) {
      options.param("entries", theme.entries().toArray(String[]::new));
    }
    if (theme.program() == FreezeBenchmark.class) {
      options.addProfiler(GCProfiler.class);
    }
    if (settings.isQuick()) {
      options.warmupIterations(1).measurementIterations(1);
      options.measurementTime(TimeValue.milliseconds(500));
    }
    return new Runner(options.build()).run();
  }

  private static String keyOf(BenchmarkResult fork) {
    BenchmarkParams params = fork.getParams();
    StringBuilder key = new StringBuilder(shortName(params.getBenchmark()));
    for (String name : params.getParamsKeys()) {
      key.append(' ').append(name).append('=').append(params.getParam(name));
    }
    return key.append(" threads=").append(params.getThreads()).toString();
  }

  /** Returns the name without its package. */
  private static String shortName(String benchmark) {
    int method = benchmark.lastIndexOf('.');
    return benchmark.substring(benchmark.lastIndexOf('.', method - 1) + 1);
  }

  private Measurement toMeasurement(List<BenchmarkResult> forks) {
    BenchmarkParams params = forks.get(0).getParams();
    Map<String, String> settingsOfRun = new TreeMap<>();
    for (String name : params.getParamsKeys()) {
      settingsOfRun.put(name, params.getParam(name));
    }
    return new Measurement(
        shortName(params.getBenchmark()),
        params.getMode().shortLabel(),
        params.getThreads(),
        forks.size(),
        List.copyOf(params.getJvmArgs()),
        params.getJdkVersion(),
        params.getWarmup().getCount(),
        params.getMeasurement().getCount(),
        params.getMeasurement().getTime().toString(),
        settingsOfRun,
        primaryMetric(forks),
        secondaryMetrics(forks));
  }

  private static Metric primaryMetric(List<BenchmarkResult> forks) {
    List<List<Double>> rawData = new ArrayList<>();
    for (BenchmarkResult fork : forks) {
      List<Double> iterations = new ArrayList<>();
      for (IterationResult iteration : fork.getIterationResults()) {
        iterations.add(rounded(iteration.getPrimaryResult().getScore()));
      }
      rawData.add(iterations);
    }
    Map<String, Double> percentiles = new TreeMap<>();
    BenchmarkResult first = forks.get(0);
    if (first.getParams().getMode() == Mode.SampleTime) {
      for (double percentile : PERCENTILES) {
        List<Double> values = new ArrayList<>();
        for (BenchmarkResult fork : forks) {
          values.add(fork.getPrimaryResult().getStatistics().getPercentile(percentile));
        }
        percentiles.put(Double.toString(percentile), rounded(Measurement.median(values)));
      }
    }
    return Metric.of(first.getPrimaryResult().getScoreUnit(), rawData, percentiles);
  }

  private static Map<String, Metric> secondaryMetrics(List<BenchmarkResult> forks) {
    List<List<Double>> rawData = new ArrayList<>();
    String unit = "";
    for (BenchmarkResult fork : forks) {
      Result<?> allocated = fork.getSecondaryResults().get(ALLOCATED);
      if (allocated == null) {
        return Map.of();
      }
      unit = allocated.getScoreUnit();
      rawData.add(List.of(rounded(allocated.getScore())));
    }
    return Map.of(ALLOCATED, Metric.of(unit, rawData, Map.of()));
  }

  /** Returns a number with six digits that count, as many as a measurement has at the most. */
  private static double rounded(double value) {
    return value == 0 || Double.isNaN(value) || Double.isInfinite(value)
        ? value
        : new BigDecimal(value).round(new MathContext(6)).doubleValue();
  }
}
