// SPDX-License-Identifier: Apache-2.0
package dev.redstart.benchmarks.report;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Result files: JSON arrays of measurements, as JMH writes them.
 *
 * <p>Stateless.
 */
public final class ResultFile {
  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private ResultFile() {}

  /** Writes the file of a table into a folder. */
  public static void write(Path folder, String table, List<Measurement> measurements) {
    Path file = folder.resolve(table + ".json");
    try {
      Files.createDirectories(folder);
      Files.writeString(file, MAPPER.writeValueAsString(measurements) + "\n");
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    System.out.println("written: " + file);
  }

  /** Reads all files of a folder. */
  public static List<Measurement> readAll(Path folder) {
    List<Measurement> all = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".json")).sorted().toList()) {
        all.addAll(MAPPER.readValue(file.toFile(), new TypeReference<List<Measurement>>() {}));
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    return all;
  }
}
