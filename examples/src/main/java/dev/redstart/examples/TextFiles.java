// SPDX-License-Identifier: Apache-2.0
package dev.redstart.examples;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds and reads the text files below a folder.
 *
 * <p>Stateless; safe for many threads.
 */
final class TextFiles {
  private static final Set<String> SKIPPED = Set.of("target", "node_modules");
  private static final long LARGEST_BYTES = 4L << 20;

  private TextFiles() {}

  /**
   * Returns the regular files below a folder, or the file itself, the oldest first; hidden folders
   * left out.
   */
  static List<Path> below(Path start) throws IOException {
    Map<Path, FileTime> found = new HashMap<>();
    Files.walkFileTree(
        start,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            Path name = folder.getFileName();
            boolean skips =
                !folder.equals(start)
                    && name != null
                    && (name.toString().startsWith(".") || SKIPPED.contains(name.toString()));
            return skips ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (attributes.isRegularFile() && attributes.size() <= LARGEST_BYTES) {
              found.put(file, attributes.lastModifiedTime());
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException unreadable) {
            return FileVisitResult.CONTINUE;
          }
        });
    return found.entrySet().stream()
        .sorted(Map.Entry.<Path, FileTime>comparingByValue().thenComparing(Map.Entry::getKey))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Returns a file's text, or nothing if it cannot be read or is not UTF-8. */
  static Optional<String> read(Path file) {
    try {
      String text = Files.readString(file, StandardCharsets.UTF_8);
      return text.indexOf('\0') >= 0 ? Optional.empty() : Optional.of(text);
    } catch (CharacterCodingException binary) {
      return Optional.empty();
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }
}
