// SPDX-License-Identifier: Apache-2.0
package dev.redstart.benchmarks.report;

import dev.redstart.benchmarks.report.Measurement.Metric;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Names one figure of the result files.
 *
 * <p>Immutable.
 *
 * @param benchmark the program and the contender
 * @param threads how many threads
 * @param entries the size, or empty where there is but one
 * @param part empty for the score, {@code p} and a number for a percentile, or a secondary metric
 */
public record Figure(String benchmark, int threads, String entries, String part) {
  private static final String MILLION = "1000000";

  /** Names the score of a program in its only setting. */
  public static Figure of(String benchmark) {
    return new Figure(benchmark, 1, "", "");
  }

  /** Names a score at a million entries. */
  public static Figure million(String benchmark, int threads) {
    return new Figure(benchmark, threads, MILLION, "");
  }

  /** Names a score at a number of entries. */
  public static Figure sized(String benchmark, int threads, int entries) {
    return new Figure(benchmark, threads, Integer.toString(entries), "");
  }

  /** Names another part of the same measurement. */
  public Figure withPart(String newPart) {
    return new Figure(benchmark, threads, entries, newPart);
  }

  /**
   * A figure that was found.
   *
   * @param score the median over forks
   * @param lowest the lowest fork's
   * @param highest the highest fork's
   * @param unit the unit, as in the result file
   */
  public record Found(double score, double lowest, double highest, String unit) {
    static Found of(Metric metric) {
      List<Double> forks = metric.forks();
      return new Found(
          metric.score(),
          forks.stream().mapToDouble(Double::doubleValue).min().orElse(metric.score()),
          forks.stream().mapToDouble(Double::doubleValue).max().orElse(metric.score()),
          metric.scoreUnit());
    }

    /** Returns the score with its unit, to be read by people. */
    public String text() {
      return switch (unit) {
        case "ops/us" -> digits(score) + " M/s";
        case "ops/s" -> digits(score) + " /s";
        case "us/op" -> digits(score) + " µs";
        case "bytes/entry", "B/op" -> digits(score) + " bytes";
        case "ns/entry" -> digits(score) + " ns";
        default -> digits(score) + " " + unit;
      };
    }
  }

  /** Returns the figure, or nothing if it was not measured. */
  public Optional<Found> find(List<Measurement> measurements) {
    return measurements.stream()
        .filter(measurement -> measurement.benchmark().equals(benchmark))
        .filter(measurement -> measurement.threads() == threads)
        .filter(measurement -> measurement.params().getOrDefault("entries", "").equals(entries))
        .findFirst()
        .flatMap(this::partOf);
  }

  private Optional<Found> partOf(Measurement measurement) {
    Metric primary = measurement.primaryMetric();
    if (part.isEmpty()) {
      return Optional.of(Found.of(primary));
    }
    if (part.startsWith("p")) {
      return Optional.ofNullable(primary.scorePercentiles().get(part.substring(1)))
          .map(value -> new Found(value, value, value, primary.scoreUnit()));
    }
    return Optional.ofNullable(measurement.secondaryMetrics().get(part)).map(Found::of);
  }

  /** Returns a number with as many digits as are of interest. */
  static String digits(double value) {
    double size = Math.abs(value);
    String format =
        size >= 100 ? "%,.0f" : (size >= 10 ? "%.1f" : (size >= 0.01 ? "%.2f" : "%.4f"));
    return String.format(Locale.ROOT, format, value);
  }
}
