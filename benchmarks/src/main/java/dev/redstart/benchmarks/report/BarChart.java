// SPDX-License-Identifier: Apache-2.0
package dev.redstart.benchmarks.report;

import dev.redstart.benchmarks.report.Figure.Found;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A chart of horizontal bars in groups, drawn as SVG.
 *
 * <p>Immutable. The colours are legible on white and on black; bars share one scale, and a thin
 * line on a bar spans from the lowest fork to the highest.
 *
 * @param name the name of the file, without its ending
 * @param title what is shown
 * @param note how to read it
 * @param groups the bars
 */
public record BarChart(String name, String title, String note, List<Group> groups) {
  private static final int WIDTH = 760;
  private static final int BAR_LEFT = 210;
  private static final int BAR_WIDTH = 420;
  private static final int BAR_HEIGHT = 16;
  private static final int ROW_HEIGHT = 23;
  private static final int GROUP_HEIGHT = 32;
  private static final int HEAD_HEIGHT = 58;

  private static final String STYLE =
      """
      <style>
        text { font-family: system-ui, -apple-system, "Segoe UI", Roboto, Helvetica, sans-serif; \
      fill: #57606a; }
        .title { font-size: 17px; font-weight: 600; }
        .group { font-size: 13px; font-weight: 600; }
        .note, .label, .value { font-size: 12.5px; }
        .peer { fill: #8595a8; }
        .ours { fill: #d4572a; }
        .spread { stroke: #57606a; stroke-width: 1.2; }
        @media (prefers-color-scheme: dark) {
          text { fill: #b4bcc6; }
          .spread { stroke: #dfe3e8; }
        }
      </style>
      """;

  /**
   * Bars under one heading.
   *
   * @param title the heading
   * @param bars the bars, from the top down
   */
  public record Group(String title, List<Bar> bars) {}

  /**
   * A bar.
   *
   * @param label what it stands for; Redstart's own bars stand out
   * @param figure how long it is
   */
  public record Bar(String label, Figure figure) {
    boolean isOurs() {
      return label.startsWith("Redstart");
    }
  }

  /** Returns the picture, or nothing if none of it was measured. */
  public Optional<String> draw(List<Measurement> measurements) {
    double longest = 0;
    for (Group group : groups) {
      for (Bar bar : group.bars()) {
        longest =
            Math.max(longest, bar.figure().find(measurements).map(Found::highest).orElse(0.0));
      }
    }
    if (longest == 0) {
      return Optional.empty();
    }
    List<String> shapes = new ArrayList<>();
    int top = HEAD_HEIGHT;
    for (Group group : groups) {
      List<String> drawn = drawGroup(group, top, BAR_WIDTH / longest, measurements);
      if (!drawn.isEmpty()) {
        shapes.addAll(drawn);
        top += GROUP_HEIGHT + measured(group, measurements) * ROW_HEIGHT;
      }
    }
    String head =
        String.format(
            Locale.ROOT,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\""
                + " height=\"%d\" role=\"img\" aria-label=\"%s\">\n",
            WIDTH,
            top + 14,
            WIDTH,
            top + 14,
            escaped(title));
    return Optional.of(
        head
            + STYLE
            + text("title", 12, 26, title)
            + text("note", 12, 47, note)
            + String.join("", shapes)
            + "</svg>\n");
  }

  private static int measured(Group group, List<Measurement> measurements) {
    return (int)
        group.bars().stream().filter(bar -> bar.figure().find(measurements).isPresent()).count();
  }

  private static List<String> drawGroup(
      Group group, int top, double scale, List<Measurement> measurements) {
    List<String> shapes = new ArrayList<>();
    int y = top + GROUP_HEIGHT;
    for (Bar bar : group.bars()) {
      Optional<Found> found = bar.figure().find(measurements);
      if (found.isPresent()) {
        if (shapes.isEmpty()) {
          shapes.add(text("group", 12, top + 21, group.title()));
        }
        shapes.add(drawBar(bar, found.get(), y, scale));
        y += ROW_HEIGHT;
      }
    }
    return shapes;
  }

  private static String drawBar(Bar bar, Found found, int y, double scale) {
    double end = BAR_LEFT + Math.max(1, found.score() * scale);
    String rectangle =
        String.format(
            Locale.ROOT,
            "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" rx=\"2\"/>\n",
            bar.isOurs() ? "ours" : "peer",
            BAR_LEFT,
            y,
            end - BAR_LEFT,
            BAR_HEIGHT);
    double low = BAR_LEFT + found.lowest() * scale;
    double high = BAR_LEFT + found.highest() * scale;
    String spread =
        high - low < 1
            ? ""
            : String.format(
                Locale.ROOT,
                "<line class=\"spread\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\" y2=\"%d\"/>\n",
                low,
                high,
                y + BAR_HEIGHT / 2,
                y + BAR_HEIGHT / 2);
    return text("label", 24, y + 13, bar.label())
        + rectangle
        + spread
        + text("value", (int) Math.max(end, high) + 8, y + 13, found.text());
  }

  private static String text(String style, int x, int y, String content) {
    return String.format(
        Locale.ROOT,
        "<text class=\"%s\" x=\"%d\" y=\"%d\">%s</text>\n",
        style,
        x,
        y,
        escaped(content));
  }

  private static String escaped(String content) {
    return content
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
