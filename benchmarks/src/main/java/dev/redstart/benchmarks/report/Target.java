// SPDX-License-Identifier: Apache-2.0
package dev.redstart.benchmarks.report;

import dev.redstart.benchmarks.report.Figure.Found;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A figure that Redstart has to reach, alone or beside a peer's.
 *
 * <p>Immutable.
 *
 * @param table the table that it belongs to
 * @param what what is measured
 * @param ours Redstart's figure
 * @param peer the peer's name, or empty
 * @param beside the peer's figure, or null
 * @param comparison how the two are compared
 * @param bound what the comparison may give, or {@link #NONE}
 */
public record Target(
    String table,
    String what,
    Figure ours,
    String peer,
    @Nullable Figure beside,
    Comparison comparison,
    double bound) {

  /** How two figures are compared. */
  public enum Comparison {
    /** Operations per second on both sides; the time of ours by the peer's is at most the bound. */
    TIME,
    /** Operations per second on both sides; ours by the peer's is at least the bound. */
    SPEED,
    /** Ours by the peer's is at most the bound. */
    SIZE,
    /** Ours alone is at most the bound. */
    ALONE
  }

  /** The bound of a figure that is shown only. */
  public static final double NONE = Double.NaN;

  /** Returns the row of a Markdown table, or nothing if a figure was not measured. */
  public Optional<String> row(List<Measurement> measurements) {
    Optional<Found> mine = ours.find(measurements);
    Optional<Found> other = beside == null ? Optional.empty() : beside.find(measurements);
    if (mine.isEmpty() || (beside != null && other.isEmpty())) {
      return Optional.empty();
    }
    Found found = mine.get();
    double measured =
        switch (comparison) {
          case TIME -> other.orElseThrow().score() / found.score();
          case SPEED, SIZE -> found.score() / other.orElseThrow().score();
          case ALONE -> found.score();
        };
    List<String> cells =
        List.of(
            what,
            found.text(),
            other.map(theirs -> peer + " " + theirs.text()).orElse(""),
            comparison == Comparison.ALONE ? "" : Figure.digits(measured),
            boundText(found),
            verdict(measured));
    return Optional.of("| " + String.join(" | ", cells) + " |");
  }

  private String boundText(Found found) {
    if (Double.isNaN(bound)) {
      return "";
    }
    return switch (comparison) {
      case TIME, SIZE -> "≤ " + plain(bound);
      case SPEED -> "≥ " + plain(bound);
      case ALONE -> "≤ " + plain(bound) + unitOf(found);
    };
  }

  private String verdict(double measured) {
    if (Double.isNaN(bound)) {
      return "";
    }
    double factor = comparison == Comparison.SPEED ? bound / measured : measured / bound;
    if (factor <= 1) {
      return "met";
    }
    return factor < 2
        ? "missed by " + Math.max(1, Math.round((factor - 1) * 100)) + " %"
        : "missed " + Figure.digits(factor) + " times over";
  }

  private static String unitOf(Found found) {
    String text = found.text();
    return text.substring(text.lastIndexOf(' '));
  }

  private static String plain(double bound) {
    return bound == Math.rint(bound) ? Long.toString((long) bound) : Double.toString(bound);
  }
}
