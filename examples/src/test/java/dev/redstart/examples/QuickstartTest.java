// SPDX-License-Identifier: Apache-2.0
package dev.redstart.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redstart.Scored;
import dev.redstart.Store;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuickstartTest {
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  @Test
  void run_folderOfTexts_answersTheQuestions(@TempDir Path folder)
      throws IOException, InterruptedException {
    Files.writeString(folder.resolve("a.txt"), "store Store STORE redis clé");
    Files.writeString(Files.createDirectory(folder.resolve("sub")).resolve("b.md"), "redis store");
    Files.write(folder.resolve("binary.bin"), new byte[] {(byte) 0xff, 0, 1});
    Files.writeString(Files.createDirectory(folder.resolve("target")).resolve("c.txt"), "built");

    assertTrue(run(folder, "redis"));

    String text = printed.toString(StandardCharsets.UTF_8);
    assertTrue(text.contains("2 text files"), text);
    assertTrue(text.contains("7 words, 3 of them different"), text);
    assertTrue(text.contains("\"redis\" is number 2, and stands most often in "), text);
    assertTrue(text.contains("2 words stand in files of both .txt (3) and .md (2)"), text);
    assertTrue(text.contains("In short: store, redis, clé (kept for PT"), text);
    assertFalse(text.contains("built"), text);
  }

  @Test
  void run_missingOrEmptyFolder_saysSo(@TempDir Path folder)
      throws IOException, InterruptedException {
    assertFalse(run(folder.resolve("nowhere"), "x"));
    assertFalse(run(folder, "x"));

    String text = printed.toString(StandardCharsets.UTF_8);
    assertTrue(text.contains("no such file or folder"), text);
    assertTrue(text.contains("no words in text files"), text);
  }

  @Test
  void between_scoreRange_countsAndNamesWords() {
    try (Store store = Store.open()) {
      WordIndex index = new WordIndex(store);
      index.add("a.txt", "one two two three three three");
      index.add("b.md", "two three two two");

      assertEquals(2, index.countBetween(2, 5));
      assertEquals(List.of("three"), index.between(2, 5, 1));
      assertEquals(List.of(new Scored<>("two", 5), new Scored<>("three", 4)), index.top(2));
      assertEquals("b.md", index.fileOf("Two"));
      assertEquals("a.txt", index.fileOf("one"));
      assertEquals(null, index.fileOf("four"));
      assertEquals(List.of(".txt", ".md"), index.extensions(5));
      assertEquals(2, index.shared(".md", ".txt"));
      assertEquals(List.of("b.md", "a.txt"), index.newest(9));
      assertEquals(null, index.place("four"));
    }
  }

  private boolean run(Path start, String word) throws IOException, InterruptedException {
    PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
    return new Quickstart(out, false).run(start, word);
  }
}
