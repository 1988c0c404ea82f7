// SPDX-License-Identifier: Apache-2.0
package dev.redstart.benchmarks;

import dev.redstart.RHash;
import dev.redstart.RSet;
import dev.redstart.RSortedSet;
import dev.redstart.Store;
import dev.redstart.benchmarks.report.Measurement;
import dev.redstart.benchmarks.report.ResultFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Inserts 100,000 strings of one hash code, and as many ordinary ones, and compares the times.
 *
 * <p>Confined to one thread. Both kinds are inserted in turn into new stores of one JVM.
 */
public final class CollisionProgram {
  private static final int ENTRIES = 100_000;
  private static final int PAIRS = 17;
  private static final int WARMUP_ROUNDS = 5;
  private static final int ROUNDS = 9;
  private static final List<String> OPTIONS = List.of("-Xms3g", "-Xmx3g");
  private static final List<String> CONTENDERS =
      List.of(
          "keysRedstart",
          "membersRedstart",
          "fieldsRedstart",
          "elementsRedstart",
          "keysConcurrentHashMap");

  private CollisionProgram() {}

  /** Measures every contender in JVMs of its own. */
  public static void main(String... arguments) {
    if (arguments.length == 2 && arguments[0].equals("child")) {
      measure(arguments[1]);
      return;
    }
    Settings settings = Settings.parse(arguments);
    ChildJvm child = new ChildJvm(CollisionProgram.class, OPTIONS);
    List<Measurement> measurements = new ArrayList<>();
    for (String contender : CONTENDERS) {
      List<Double> ordinary = new ArrayList<>();
      List<Double> colliding = new ArrayList<>();
      for (int run = 0; run < (settings.isQuick() ? 1 : 3); run++) {
        List<ChildJvm.Figure> figures = child.run("child", contender);
        ordinary.add(ChildJvm.find(figures, "ordinary"));
        colliding.add(ChildJvm.find(figures, "colliding"));
      }
      System.out.printf(
          "%-25s ordinary %6.1f ns, colliding %6.1f ns%n",
          contender, Measurement.median(ordinary), Measurement.median(colliding));
      String name = "CollisionProgram." + contender;
      measurements.add(Measurement.ofProgram(name + "Ordinary", OPTIONS, "ns/entry", ordinary));
      measurements.add(Measurement.ofProgram(name + "Colliding", OPTIONS, "ns/entry", colliding));
    }
    ResultFile.write(settings.folder(), "collisions", measurements);
  }

  private static void measure(String contender) {
    String[] ordinary = Keys.shuffledCopies(new Keys(2 * PAIRS, 1).next(ENTRIES), 2);
    String[] colliding = colliding();
    for (int round = 0; round < WARMUP_ROUNDS; round++) {
      nanosPerEntry(contender, ordinary);
      nanosPerEntry(contender, colliding);
    }
    List<Double> ordinaryTimes = new ArrayList<>();
    List<Double> collidingTimes = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      ordinaryTimes.add(nanosPerEntry(contender, ordinary));
      collidingTimes.add(nanosPerEntry(contender, colliding));
    }
    System.out.println("ordinary " + Measurement.median(ordinaryTimes));
    System.out.println("colliding " + Measurement.median(collidingTimes));
  }

  /** Returns strings of one length and one hash code, in random order, hashes computed. */
  private static String[] colliding() {
    String[] strings = new String[ENTRIES];
    StringBuilder pairs = new StringBuilder(2 * PAIRS);
    for (int i = 0; i < ENTRIES; i++) {
      pairs.setLength(0);
      for (int bit = 0; bit < PAIRS; bit++) {
        pairs.append((i >> bit & 1) == 0 ? "Aa" : "BB"); // both have the same hash code
      }
      strings[i] = pairs.toString();
    }
    return Keys.shuffledCopies(strings, 2);
  }

  private static double nanosPerEntry(String contender, String[] strings) {
    long start = System.nanoTime();
    long size = insert(contender, strings);
    long nanos = System.nanoTime() - start;
    if (size != strings.length) {
      throw new IllegalStateException("all must be there: " + size);
    }
    return nanos / (double) size;
  }

  /** Returns how many strings a new contender holds after the insertion of these. */
  private static long insert(String contender, String[] strings) {
    switch (contender) {
      case "keysRedstart" -> {
        try (Store store = Store.open()) {
          for (String key : strings) {
            store.value(key).set("value");
          }
          return store.keys().size();
        }
      }
      case "membersRedstart" -> {
        try (Store store = Store.open()) {
          RSortedSet<String> board = store.sortedSet("board");
          for (int i = 0; i < strings.length; i++) {
            board.add(strings[i], i);
          }
          return board.size();
        }
      }
      case "fieldsRedstart" -> {
        try (Store store = Store.open()) {
          RHash<String, String> hash = store.hash("hash");
          for (String field : strings) {
            hash.put(field, "value");
          }
          return hash.size();
        }
      }
      case "elementsRedstart" -> {
        try (Store store = Store.open()) {
          RSet<String> set = store.set("set");
          for (String element : strings) {
            set.add(element);
          }
          return set.size();
        }
      }
      case "keysConcurrentHashMap" -> {
        ConcurrentHashMap<String, String> map = new ConcurrentHashMap<>();
        fill(map, strings);
        return map.size();
      }
      default -> throw new IllegalArgumentException("no such contender: " + contender);
    }
  }

  private static void fill(Map<String, String> map, String[] strings) {
    for (String key : strings) {
      map.put(key, "value");
    }
  }
}
