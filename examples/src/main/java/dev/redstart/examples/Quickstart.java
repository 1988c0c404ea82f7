// SPDX-License-Identifier: Apache-2.0
package dev.redstart.examples;

import dev.redstart.JsonCodec;
import dev.redstart.RList;
import dev.redstart.Scored;
import dev.redstart.Store;
import java.io.Console;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * Indexes the words of text files, and answers questions about them.
 *
 * <p>Arguments: a folder or file to index (by default the repository that this stands in), and a
 * word to look up (by default {@code store}).
 */
public final class Quickstart {
  private static final int TOP = 10;
  private static final String DEFAULT_WORD = "store";
  private static final long PROGRESS_NANOS = 100_000_000;

  /** How long to wait for a file to be read. */
  private static final Duration READING = Duration.ofSeconds(30);

  private final PrintStream out;
  private final boolean hasTerminal;

  Quickstart(PrintStream out, boolean hasTerminal) {
    this.out = out;
    this.hasTerminal = hasTerminal;
  }

  /** Runs the quickstart; ends with status 1 if there is nothing to read. */
  public static void main(String[] args) throws IOException, InterruptedException {
    Path start = args.length > 0 ? Path.of(args[0]) : repository();
    String word = args.length > 1 ? args[1] : DEFAULT_WORD;
    Quickstart quickstart = new Quickstart(System.out, hasTerminal());
    if (!quickstart.run(start, word)) {
      System.exit(1);
    }
  }

  /** Indexes what is below {@code start} and prints the answers; false if that is nothing. */
  boolean run(Path start, String word) throws IOException, InterruptedException {
    if (!Files.exists(start)) {
      out.println("no such file or folder: " + start);
      return false;
    }
    List<Path> files = TextFiles.below(start);
    try (Store store = Store.open()) {
      WordIndex index = new WordIndex(store);
      long startNanos = System.nanoTime();
      indexAll(start, files, store, index);
      double seconds = (System.nanoTime() - startNanos) / 1e9;
      if (index.occurrences() == 0) {
        out.println("no words in text files below " + start);
        return false;
      }
      report(index, start, seconds);
      answer(index, word);
    }
    return true;
  }

  /** Indexes files in this thread, while another reads them: a list is the queue between them. */
  private void indexAll(Path start, List<Path> files, Store store, WordIndex index)
      throws InterruptedException {
    RList<TextFile> queue = store.list("queue", JsonCodec.of(TextFile.class));
    Thread reader = new Thread(() -> readAll(start, files, queue), "reader");
    reader.start();
    long lastNanos = System.nanoTime();
    for (int i = 0; i < files.size(); i++) {
      TextFile file = queue.popLeft(READING);
      if (file == null) {
        break; // the reader has failed, and has said why
      }
      if (!file.text().isEmpty()) {
        index.add(file.name(), file.text());
      }
      if (hasTerminal && System.nanoTime() - lastNanos > PROGRESS_NANOS) {
        lastNanos = System.nanoTime();
        out.printf(
            Locale.ROOT,
            "\r%3d %%  %,d of %,d files, %,d words",
            100L * (i + 1) / files.size(),
            i + 1,
            files.size(),
            index.occurrences());
        out.flush();
      }
    }
    reader.join();
    if (hasTerminal) {
      out.print("\r\033[K");
    }
  }

  /** A file on its way from the reader; what is no text has an empty one. */
  record TextFile(String name, String text) {}

  private static void readAll(Path start, List<Path> files, RList<TextFile> queue) {
    for (Path file : files) {
      String name = (file.equals(start) ? file : start.relativize(file)).toString();
      queue.pushRight(new TextFile(name, TextFiles.read(file).orElse("")));
    }
  }

  private void report(WordIndex index, Path start, double seconds) {
    print("%,d text files below %s", index.files(), start.toAbsolutePath().normalize());
    print("%,d words, %,d of them different", index.occurrences(), index.size());
    print(
        "%,d operations in %.2f s, reading the files included: %,.0f per second",
        index.operations(), seconds, index.operations() / seconds);
  }

  private void answer(WordIndex index, String word) {
    out.println();
    print("The %d most frequent words", TOP);
    print("  %4s  %-24s %10s", "rank", "word", "times");
    int rank = 1;
    for (Scored<String> each : index.top(TOP)) {
      print("  %4d  %-24s %,10.0f", rank++, each.member(), each.score());
    }
    out.println();
    Long place = index.place(word);
    if (place == null) {
      print("\"%s\" does not occur", word);
    } else {
      print("\"%s\" is number %,d, and stands most often in %s", word, place, index.fileOf(word));
    }
    print(
        "%,d words occur from 10 to 12 times, such as %s",
        index.countBetween(10, 12), String.join(", ", index.between(10, 12, 5)));
    List<String> extensions = index.extensions(2);
    if (extensions.size() == 2) {
      print(
          "%,d words stand in files of both %s (%,d) and %s (%,d)",
          index.shared(extensions.get(0), extensions.get(1)),
          named(extensions.get(0)),
          index.wordsOf(extensions.get(0)),
          named(extensions.get(1)),
          index.wordsOf(extensions.get(1)));
    }
    print("The newest files: %s", String.join(", ", index.newest(3)));
    String summary = index.summary();
    print("In short: %s (kept for %s)", summary, index.summaryLifetime());
  }

  private static String named(String extension) {
    return extension.isEmpty() ? "no extension" : extension;
  }

  private void print(String format, Object... arguments) {
    out.println(String.format(Locale.ROOT, format, arguments));
  }

  /** Tells whether a person watches; a console says so itself from JDK 22 on. */
  @SuppressWarnings("SystemConsoleNull") // the check by null is for the JDKs before
  private static boolean hasTerminal() {
    Console console = System.console();
    if (console == null || Runtime.version().feature() < 22) {
      return console != null;
    }
    try {
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (ReflectiveOperationException unknown) {
      return false;
    }
  }

  /** Returns the folder of the repository around the working directory, or that directory. */
  private static Path repository() {
    Path here = Path.of("").toAbsolutePath();
    for (Path folder = here; folder != null; folder = folder.getParent()) {
      if (Files.exists(folder.resolve("mvnw"))) {
        return folder;
      }
    }
    return here;
  }
}
