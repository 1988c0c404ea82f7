// SPDX-License-Identifier: Apache-2.0
package dev.redstart.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What all programs understand on their command line.
 *
 * <p>Immutable.
 *
 * @param words what to measure; empty for everything
 * @param isQuick whether a glance is wanted, in place of figures that mean something
 * @param folder where the result files are
 */
public record Settings(List<String> words, boolean isQuick, Path folder) {
  /** Reads {@code [--quick] [--folder <path>] [word...]}. */
  public static Settings parse(String... arguments) {
    List<String> words = new ArrayList<>();
    boolean isQuick = false;
    Path folder = Path.of("docs", "benchmarks");
    for (int i = 0; i < arguments.length; i++) {
      if (arguments[i].equals("--quick")) {
        isQuick = true;
      } else if (arguments[i].equals("--folder") && i + 1 < arguments.length) {
        folder = Path.of(arguments[++i]);
      } else if (arguments[i].startsWith("--")) {
        throw new IllegalArgumentException("options are --quick and --folder: " + arguments[i]);
      } else {
        words.add(arguments[i]);
      }
    }
    return new Settings(List.copyOf(words), isQuick, folder);
  }

  /** Tells whether something is wanted. */
  public boolean wants(String word) {
    return words.isEmpty() || words.contains(word);
  }
}
