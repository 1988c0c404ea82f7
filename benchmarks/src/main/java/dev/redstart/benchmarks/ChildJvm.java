// SPDX-License-Identifier: Apache-2.0
package dev.redstart.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs a main method in a fresh JVM of the same class path, and reads the figures that it prints.
 *
 * <p>Immutable. A figure is a line of its name, a blank and a number.
 */
final class ChildJvm {
  private final Class<?> program;
  private final List<String> options;

  ChildJvm(Class<?> program, List<String> options) {
    this.program = program;
    this.options = List.copyOf(options);
  }

  /** A printed figure. */
  record Figure(String name, double value) {}

  /**
   * Runs the program to its end.
   *
   * @throws IllegalStateException if it fails
   */
  List<Figure> run(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(program.getName());
    command.addAll(List.of(arguments));
    List<String> lines = new ArrayList<>();
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      Thread hook = new Thread(process::destroy);
      Runtime.getRuntime().addShutdownHook(hook);
      try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
        reader.lines().forEach(lines::add);
      }
      int status = process.waitFor();
      Runtime.getRuntime().removeShutdownHook(hook);
      if (status != 0) {
        throw new IllegalStateException(
            "child must end well: status " + status + "\n" + String.join("\n", lines));
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a child ran", interrupt);
    }
    return lines.stream().map(ChildJvm::figure).toList();
  }

  /** Returns the figure of a name. */
  static double find(List<Figure> figures, String name) {
    return figures.stream()
        .filter(figure -> figure.name().equals(name))
        .mapToDouble(Figure::value)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("child must print a figure: " + name));
  }

  private static Figure figure(String line) {
    int blank = line.indexOf(' ');
    try {
      return new Figure(line.substring(0, blank), Double.parseDouble(line.substring(blank + 1)));
    } catch (IndexOutOfBoundsException | NumberFormatException failure) {
      throw new IllegalStateException("child must print figures only: " + line, failure);
    }
  }
}
