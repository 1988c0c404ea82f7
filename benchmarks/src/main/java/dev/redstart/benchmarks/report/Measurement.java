// SPDX-License-Identifier: Apache-2.0
package dev.redstart.benchmarks.report;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What one contender did in one setting: an element of a result file.
 *
 * <p>Immutable. The names are those of JMH's JSON, of which this is the essential part.
 *
 * @param benchmark the program and the contender, as {@code GetBenchmark.redstart}
 * @param mode what was measured, in JMH's short form, or {@code program}
 * @param threads how many threads measured
 * @param forks how many JVMs it was measured in, one after another
 * @param jvmArgs the options of these JVMs
 * @param jdkVersion their version
 * @param warmupIterations iterations before those that count
 * @param measurementIterations iterations that count, in each fork
 * @param measurementTime how long each took
 * @param params the settings
 * @param primaryMetric the figure
 * @param secondaryMetrics further figures, by name
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Measurement(
    String benchmark,
    String mode,
    int threads,
    int forks,
    List<String> jvmArgs,
    String jdkVersion,
    int warmupIterations,
    int measurementIterations,
    @Nullable String measurementTime,
    Map<String, String> params,
    Metric primaryMetric,
    Map<String, Metric> secondaryMetrics) {

  /** Lets absent collections be empty, and sorts the settings so that files do not change. */
  public Measurement {
    jvmArgs = jvmArgs == null ? List.of() : List.copyOf(jvmArgs);
    params = params == null ? Map.of() : new TreeMap<>(params);
    secondaryMetrics = secondaryMetrics == null ? Map.of() : new TreeMap<>(secondaryMetrics);
  }

  /** Returns what a program with a main method measured in several runs. */
  public static Measurement ofProgram(
      String benchmark, List<String> jvmArgs, String unit, List<Double> runs) {
    List<List<Double>> rawData = runs.stream().map(List::of).toList();
    return new Measurement(
        benchmark,
        "program",
        1,
        runs.size(),
        jvmArgs,
        Runtime.version().toString(),
        0,
        1,
        null,
        Map.of(),
        Metric.of(unit, rawData, Map.of()),
        Map.of());
  }

  /**
   * A figure with all that was measured of it.
   *
   * @param score the median over forks of each fork's mean
   * @param scoreUnit its unit
   * @param rawData for each fork, each iteration's mean
   * @param scorePercentiles for sampled times, the medians over forks of percentiles
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Metric(
      double score,
      String scoreUnit,
      List<List<Double>> rawData,
      Map<String, Double> scorePercentiles) {

    /** Lets absent collections be empty. */
    public Metric {
      rawData = rawData == null ? List.of() : List.copyOf(rawData);
      scorePercentiles = scorePercentiles == null ? Map.of() : inOrder(scorePercentiles);
    }

    /** Returns the figure of raw data. */
    public static Metric of(
        String unit, List<List<Double>> rawData, Map<String, Double> percentiles) {
      List<Double> means = rawData.stream().map(Metric::mean).toList();
      return new Metric(median(means), unit, rawData, percentiles);
    }

    private static Map<String, Double> inOrder(Map<String, Double> percentiles) {
      Map<String, Double> ordered = new TreeMap<>(Comparator.comparingDouble(Double::parseDouble));
      ordered.putAll(percentiles);
      return ordered;
    }

    /** Returns each fork's mean. */
    public List<Double> forks() {
      return rawData.isEmpty() ? List.of(score) : rawData.stream().map(Metric::mean).toList();
    }

    private static double mean(List<Double> values) {
      return values.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
    }
  }

  /** Returns the median, of an even number the mean of the middle two. */
  public static double median(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
