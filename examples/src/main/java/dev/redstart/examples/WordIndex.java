// SPDX-License-Identifier: Apache-2.0
package dev.redstart.examples;

import dev.redstart.RCounter;
import dev.redstart.RHash;
import dev.redstart.RList;
import dev.redstart.RSet;
import dev.redstart.RSortedSet;
import dev.redstart.ScoreRange;
import dev.redstart.Scored;
import dev.redstart.SortedRange;
import dev.redstart.Store;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How often each word stands in some texts, in all and in each, kept in a store.
 *
 * <p>Safe for many threads, but for the count of operations, which is that of one thread.
 */
final class WordIndex {
  private static final Pattern WORD = Pattern.compile("\\p{L}[\\p{L}\\p{N}_]{2,}");
  private static final Duration ANSWER_LIFETIME = Duration.ofMinutes(1);

  private final Store store;
  private final RSortedSet<String> words;
  private final RCounter files;
  private final RCounter occurrences;
  private final RList<String> recent;
  private final RSet<String> extensions;
  private long operations;

  WordIndex(Store store) {
    this.store = store;
    this.words = store.sortedSet("words");
    this.files = store.counter("files");
    this.occurrences = store.counter("occurrences");
    this.recent = store.list("recent");
    this.extensions = store.set("extensions");
  }

  /** Counts the words of a file, which is newer than all before: some operations for each word. */
  void add(String name, String text) {
    RHash<String, String> ofFile = store.hash("words:file:" + name);
    RSet<String> ofExtension = store.set("words:extension:" + extension(name));
    Matcher matcher = WORD.matcher(text);
    while (matcher.find()) {
      String word = matcher.group().toLowerCase(Locale.ROOT);
      words.increment(word, 1);
      occurrences.increment();
      ofFile.increment(word, 1);
      ofExtension.add(word);
      operations += 4;
    }
    extensions.add(extension(name));
    recent.pushLeft(name);
    files.increment();
    operations += 3;
  }

  private static String extension(String name) {
    int dot = name.lastIndexOf('.');
    return dot < 0 ? "" : name.substring(dot);
  }

  /** Returns the newest files, the newest first. */
  List<String> newest(int count) {
    return recent.range(0, count - 1L);
  }

  /** Returns the file in which a word stands most often, or null. */
  @Nullable String fileOf(String word) {
    String most = null;
    long times = 0;
    for (String name : recent.asList()) {
      String here = store.hash("words:file:" + name).get(word.toLowerCase(Locale.ROOT));
      if (here != null && Long.parseLong(here) > times) {
        times = Long.parseLong(here);
        most = name;
      }
    }
    return most;
  }

  /** Returns the extensions with the most words, most words first. */
  List<String> extensions(int count) {
    return extensions.asSet().stream()
        .sorted(
            Comparator.comparingLong(this::wordsOf).reversed().thenComparing(Function.identity()))
        .limit(count)
        .toList();
  }

  /** Counts the words in files of an extension. */
  long wordsOf(String extension) {
    return store.set("words:extension:" + extension).size();
  }

  /** Counts the words that files of two extensions share. */
  long shared(String one, String other) {
    return store.set("words:extension:" + one).intersectSize("words:extension:" + other);
  }

  /** Returns how many texts were added. */
  long files() {
    return files.get();
  }

  /** Returns how many words were met, each as often as it stood somewhere. */
  long occurrences() {
    return occurrences.get();
  }

  /** Returns how many different words there are. */
  long size() {
    return words.size();
  }

  /** Returns how many operations the additions were. */
  long operations() {
    return operations;
  }

  /** Returns the words that stand most often, most often first. */
  List<Scored<String>> top(int count) {
    return words.reverseRangeWithScores(0, count - 1L);
  }

  /** Returns the place of a word by how often it stands, 1 for the most frequent; or null. */
  @Nullable Long place(String word) {
    Long rank = words.reverseRank(word.toLowerCase(Locale.ROOT));
    return rank == null ? null : rank + 1;
  }

  /** Returns some words that stand from {@code min} to {@code max} times, in any case. */
  List<String> between(double min, double max, int limit) {
    return words.range(SortedRange.<String>byScore(ScoreRange.closed(min, max)).limit(0, limit));
  }

  /** Counts the words that stand from {@code min} to {@code max} times. */
  long countBetween(double min, double max) {
    return words.count(min, max);
  }

  /** Returns the top words as a line, computed at most once a minute however many ask. */
  @Nullable String summary() {
    return store
        .value("summary")
        .getOrLoad(
            ANSWER_LIFETIME,
            () -> top(3).stream().map(Scored::member).collect(Collectors.joining(", ")));
  }

  /** Returns how long the summary will be kept, or null. */
  @Nullable Duration summaryLifetime() {
    return store.value("summary").timeToLive();
  }
}
