// SPDX-License-Identifier: Apache-2.0
package dev.redstart.benchmarks;

import dev.redstart.benchmarks.peer.RedisServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Writes down which machine and which versions the figures are of.
 *
 * <p>Stateless.
 */
public final class Machine {
  private static final String FILE = "machine.txt";

  private Machine() {}

  /** Writes the file beside the result files. */
  public static void main(String... arguments) throws IOException {
    Settings settings = Settings.parse(arguments);
    List<String> lines =
        List.of(
            "- Processor: "
                + firstValue("/proc/cpuinfo", "model name")
                + String.format(
                    Locale.ROOT,
                    " (family %s, model %s)",
                    firstValue("/proc/cpuinfo", "cpu family"),
                    firstValue("/proc/cpuinfo", "model"))
                + ", "
                + Runtime.getRuntime().availableProcessors()
                + " cores",
            "- Memory: " + gigabytes(firstValue("/proc/meminfo", "MemTotal")) + " GB",
            "- System: " + System.getProperty("os.name") + " " + System.getProperty("os.arch"),
            "- JDK: " + System.getProperty("java.vm.name") + " " + Runtime.version(),
            "- redis-server: " + RedisServer.version());
    Files.createDirectories(settings.folder());
    Files.write(settings.folder().resolve(FILE), lines);
  }

  /** Returns what was written, or nothing. */
  static String read(Path folder) throws IOException {
    Path file = folder.resolve(FILE);
    return Files.exists(file) ? Files.readString(file) : "";
  }

  /** Returns the value of the first line {@code name : value}, or "unknown". */
  private static String firstValue(String file, String name) throws IOException {
    if (!Files.exists(Path.of(file))) {
      return "unknown";
    }
    try (Stream<String> lines = Files.lines(Path.of(file))) {
      return lines
          .filter(line -> line.split(":", 2)[0].strip().equals(name))
          .map(line -> line.split(":", 2)[1].strip())
          .findFirst()
          .orElse("unknown");
    }
  }

  private static String gigabytes(String kilobytes) {
    String digits = kilobytes.replaceAll("\\D", "");
    return digits.isEmpty()
        ? "unknown"
        : String.format(Locale.ROOT, "%.0f", Long.parseLong(digits) / 1048576.0);
  }
}
