// SPDX-License-Identifier: Apache-2.0
package dev.redstart.keyspace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redstart.StoreClosedException;
import dev.redstart.spi.BinaryStrings;
import dev.redstart.structure.ObjectTable;
import dev.redstart.structure.SegmentTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessTest {
  private static final long LIMIT_SECONDS = 120;
  private static final int THREADS = 16;
  private static final int ROUNDS = Boolean.getBoolean("redstart.long") ? 10_000 : 1_000;

  // Databases and stripes.

  @Test
  void access_unknownDatabase_isRefused() {
    try (Space space = new Space(4)) {
      for (int number : new int[] {-1, 16, Integer.MAX_VALUE}) {
        assertThrows(IllegalArgumentException.class, () -> space.keyspace.access(number));
        assertThrows(IllegalArgumentException.class, () -> space.access.inDatabase(number));
      }
      assertEquals(15, space.access.inDatabase(15).database());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 64, 1024})
  void stripesOf_manyKeys_ascendWithoutDoubles(int stripes) {
    try (Space space = new Space(stripes)) {
      SplittableRandom random = new SplittableRandom(1);
      for (int i = 0; i < 500; i++) {
        List<String> keys =
            IntStream.range(0, 1 + random.nextInt(50))
                .mapToObj(k -> "k" + random.nextInt())
                .toList();
        int[] found =
            Arrays.stream(space.keyspace.stripesOf(keys))
                .mapToInt(stripe -> stripe.index)
                .toArray();
        int[] expected =
            keys.stream()
                .mapToInt(key -> space.keyspace.stripeIndex(SegmentTable.spread(key)))
                .sorted()
                .distinct()
                .toArray();
        assertEquals(Arrays.toString(expected), Arrays.toString(found), "seed 1");
      }
    }
  }

  /** Everybody takes what they want in whatever order; who stood still for long is deadlocked. */
  @Test
  void hold_manyThreadsAndKeysInAnyOrder_neverDeadlocks() throws Exception {
    List<String> keys = IntStream.range(0, 200).mapToObj(i -> "key" + i).toList();
    try (Space space = new Space(64, new EffectList())) {
      keys.forEach(key -> space.put(key, 10L));
      List<FutureTask<Void>> tasks = new ArrayList<>();
      for (int thread = 0; thread < THREADS; thread++) {
        Mover mover = new Mover(space, keys, thread);
        FutureTask<Void> task = new FutureTask<>(mover::run, null);
        Thread started = new Thread(task, "mover");
        started.setDaemon(true);
        started.start();
        tasks.add(task);
      }
      for (FutureTask<Void> task : tasks) {
        task.get(LIMIT_SECONDS, TimeUnit.SECONDS);
      }
      assertEquals(2_000, sum(space.access, keys));
    }
  }

  private static long sum(Access access, List<String> keys) {
    long sum = 0;
    try (Hold hold = access.holdToRead(keys)) {
      for (String key : keys) {
        Object value = hold.at(key).value();
        sum += value == null ? 0 : (Long) value;
      }
    }
    return sum;
  }

  /** A thread that moves amounts between keys in every way there is to hold several. */
  private static final class Mover {
    private final Space space;
    private final Access access;
    private final List<String> keys;
    private final SplittableRandom random;

    Mover(Space space, List<String> keys, int seed) {
      this.space = space;
      this.access = space.access;
      this.keys = keys;
      this.random = new SplittableRandom(seed);
    }

    void run() {
      for (int i = 0; i < ROUNDS; i++) {
        List<String> some =
            IntStream.range(0, 2 + random.nextInt(10))
                .mapToObj(k -> keys.get(random.nextInt(keys.size())))
                .toList();
        switch (random.nextInt(40)) {
          case 0 -> {
            try (Hold hold = access.holdAll()) {
              move(hold, some);
            }
          }
          case 1 -> assertTrue(access.size() <= keys.size());
          case 2 -> assertTrue(access.freezeTables().size() <= 64);
          case 3 -> access.scan(0, 50, key -> assertTrue(keys.contains(key)));
          case 4 -> access.randomKey(random);
          case 5 -> assertEquals(2_000, sum(access, keys), "half of a move was seen");
          case 6 -> space.advance(1);
          case 7 -> fail(some);
          case 8, 9, 10, 11, 12 ->
              access.atomically(
                  some,
                  inner -> {
                    try (Hold hold = inner.hold(some)) {
                      move(hold, some);
                    }
                    return 0;
                  });
          default -> {
            long position;
            try (Hold hold = access.hold(some)) {
              move(hold, some);
              position = hold.record(List.of("MOVE", some.get(0)));
            }
            access.settle(position);
          }
        }
      }
    }

    private void fail(List<String> some) {
      assertThrows(
          ArithmeticException.class,
          () ->
              access.atomically(
                  some,
                  inner -> {
                    try (Hold hold = inner.hold(some)) {
                      hold.at(some.get(0)).put(1_000_000L);
                    }
                    throw new ArithmeticException("on purpose");
                  }));
    }

    private void move(Hold hold, List<String> some) {
      for (int i = 1; i < some.size(); i++) {
        long amount = random.nextInt(3);
        add(hold.at(some.get(i - 1)), -amount);
        add(hold.at(some.get(i)), amount);
      }
    }

    private void add(Hold hold, long amount) {
      Object value = hold.value();
      long sum = (value == null ? 0 : (Long) value) + amount;
      if (sum == 0) {
        if (value != null) {
          hold.remove();
        }
      } else {
        hold.put(sum);
        if (random.nextInt(10) == 0) {
          hold.setDeadline(Space.START_MILLIS + 1_000_000);
        }
      }
    }
  }

  // Reading without a lock.

  @Test
  void read_besideWriters_seesOnlyWhatWasThere() throws Exception {
    int keys = 500;
    AtomicBoolean done = new AtomicBoolean();
    try (Space space = new Space(2)) {
      IntStream.range(0, keys).forEach(i -> space.put("stays" + i, "stays" + i));
      FutureTask<Void> writing =
          new FutureTask<>(
              () -> {
                SplittableRandom random = new SplittableRandom(1);
                for (int i = 0; i < 100 * ROUNDS; i++) {
                  String key = "goes" + random.nextInt(5_000);
                  if (random.nextBoolean()) {
                    space.put(key, key);
                  } else if (random.nextInt(4) == 0) {
                    space.put(key, key, Space.START_MILLIS + 1_000L * random.nextInt(2));
                  } else {
                    space.remove(key);
                  }
                }
                done.set(true);
                return null;
              });
      new Thread(writing).start();
      SplittableRandom random = new SplittableRandom(2);
      while (!done.get() && !writing.isDone()) {
        String stays = "stays" + random.nextInt(keys);
        assertEquals(stays, space.access.read(stays));
        String goes = "goes" + random.nextInt(5_000);
        Object found = space.access.readText(goes);
        assertTrue(found == null || found.equals(goes), goes + " held " + found);
      }
      writing.get(LIMIT_SECONDS, TimeUnit.SECONDS);
    }
  }

  @Test
  void readText_everyKindOfKey_findsIt() {
    String[] texts = {"", "ascii", "\u00e9", "\u952e", "\ud83d\ude00", "a\u00ff", "\0\u007f"};
    try (Space space = new Space(4)) {
      for (String text : texts) {
        assertNull(space.access.readText(text));
      }
      for (String text : texts) {
        space.put(BinaryStrings.fromText(text), text);
        for (String each : texts) {
          Object binary = space.access.read(BinaryStrings.fromText(each));
          assertEquals(binary, space.access.readText(each), each);
        }
      }
      for (String text : texts) {
        assertEquals(text, space.access.readText(text));
      }
      // a binary key that looks like a text of one char is another key
      space.put("\u00e9", "binary");
      assertEquals("\u00e9", space.access.readText("\u00e9"));
      assertEquals("binary", space.access.read("\u00e9"));
    }
  }

  // The whole database.

  @ParameterizedTest
  @ValueSource(ints = {1, 8, 1024})
  void scan_manyStripes_returnsEachKeyOnce(int stripes) {
    try (Space space = new Space(stripes)) {
      Set<String> keys = new HashSet<>();
      for (int i = 0; i < 3_000; i++) {
        keys.add("key" + i);
        space.put("key" + i, i);
      }
      for (long count : new long[] {1, 10, 999, 1_000_000, Long.MAX_VALUE}) {
        List<String> found = new ArrayList<>();
        long cursor = 0;
        int steps = 0;
        do {
          cursor = space.access.scan(cursor, count, found::add);
          assertTrue(cursor >= 0 && cursor < 1L << 52, "cursor " + cursor);
          assertTrue(steps++ < 10_000, "it must end");
        } while (cursor != 0);
        assertEquals(keys.size(), found.size(), "count " + count);
        assertEquals(keys, new HashSet<>(found));
      }
      assertEquals(0, space.access.scan(1L << 52, 10, key -> assertNull(key)));
      assertEquals(0, space.access.scan(Long.MAX_VALUE, 10, key -> assertNull(key)));
    }
  }

  @Test
  void scan_besideAWriter_returnsWhatStays() throws Exception {
    AtomicBoolean done = new AtomicBoolean();
    try (Space space = new Space(4)) {
      Set<String> staying = new HashSet<>();
      for (int i = 0; i < 200; i++) {
        staying.add("stays" + i);
        space.put("stays" + i, i);
      }
      FutureTask<Void> writing =
          new FutureTask<>(
              () -> {
                for (int i = 0; !done.get(); i++) {
                  boolean growing = i / 20_000 % 2 == 0;
                  String key = "goes" + i % 20_000;
                  if (growing) {
                    space.put(key, i);
                  } else {
                    space.remove(key);
                  }
                }
                return null;
              });
      new Thread(writing).start();
      SplittableRandom random = new SplittableRandom(1);
      try {
        for (int i = 0; i < 30; i++) {
          Set<String> found = new HashSet<>();
          long cursor = 0;
          do {
            cursor = space.access.scan(cursor, 1 + random.nextInt(1_000), found::add);
          } while (cursor != 0);
          assertTrue(found.containsAll(staying), "scan " + i);
        }
      } finally {
        done.set(true);
        writing.get(LIMIT_SECONDS, TimeUnit.SECONDS);
      }
    }
  }

  @Test
  void randomKey_manyDraws_isUniform() {
    int keys = 400;
    int draws = 100 * keys;
    try (Space space = new Space(8)) {
      assertNull(space.access.randomKey(new SplittableRandom(1)));
      for (int i = 0; i < keys; i++) {
        space.put("key" + i, i);
      }
      Map<String, Integer> counts = new HashMap<>();
      SplittableRandom random = new SplittableRandom(11);
      for (int i = 0; i < draws; i++) {
        counts.merge(space.access.randomKey(random), 1, Integer::sum);
      }
      double chiSquare = (keys - counts.size()) * 100.0;
      for (int count : counts.values()) {
        chiSquare += (count - 100.0) * (count - 100.0) / 100;
      }
      double bound = keys - 1 + 6 * Math.sqrt(2.0 * (keys - 1));
      assertTrue(chiSquare < bound, "seed 11, chi-square " + chiSquare);
    }
  }

  @Test
  void freezeTables_laterWrites_areNotInThem() {
    try (Space space = new Space(8)) {
      for (int i = 0; i < 1_000; i++) {
        space.put("key" + i, i);
      }
      List<ObjectTable> frozen = space.access.freezeTables();
      for (int i = 0; i < 1_000; i++) {
        space.put("key" + i, -1);
        space.put("more" + i, i);
      }
      Map<String, Object> found = new HashMap<>();
      frozen.forEach(table -> table.forEach(found::put));
      assertEquals(1_000, found.size());
      found.forEach((key, value) -> assertEquals("key" + value, key));
    }
  }

  // Closing.

  @Test
  void close_everyOperation_isRefusedAfterwards() {
    Space space = new Space(4);
    Access access = space.access;
    space.put("a", 1L);
    space.close();
    space.close();
    List<Executable> operations =
        List.of(
            () -> access.read("a"),
            () -> access.readText("a"),
            () -> access.hold("a"),
            () -> access.holdToRead("a"),
            () -> access.hold(List.of("a", "b")),
            () -> access.holdToRead(List.of("a", "b")),
            access::holdAll,
            access::size,
            access::freezeTables,
            () -> access.scan(0, 10, key -> {}),
            () -> access.randomKey(new SplittableRandom(1)),
            () -> access.atomically(List.of("a"), inner -> 0),
            () -> access.inDatabase(7).read("a"));
    for (Executable operation : operations) {
      assertThrows(StoreClosedException.class, operation);
    }
  }

  @Test
  void close_besideOperations_refusesFromThenOn() throws Exception {
    for (int round = 0; round < 50; round++) {
      Space space = new Space(16);
      List<FutureTask<Boolean>> tasks = new ArrayList<>();
      for (int thread = 0; thread < 3; thread++) {
        int seed = thread;
        FutureTask<Boolean> task = new FutureTask<>(() -> workUntilClosed(space, seed));
        new Thread(task).start();
        tasks.add(task);
      }
      for (int i = 0; i < 100; i++) {
        space.put("main" + i, i);
      }
      space.close();
      for (FutureTask<Boolean> task : tasks) {
        assertTrue(task.get(LIMIT_SECONDS, TimeUnit.SECONDS));
      }
    }
  }

  /** Works until the store is closed; tells whether it then stays so. */
  private static boolean workUntilClosed(Space space, int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    while (true) {
      try {
        work(space, random);
      } catch (StoreClosedException e) {
        for (int i = 0; i < 100; i++) {
          assertThrows(StoreClosedException.class, () -> work(space, random));
        }
        return true;
      }
    }
  }

  private static void work(Space space, SplittableRandom random) {
    String key = "key" + random.nextInt(100);
    switch (random.nextInt(5)) {
      case 0 -> space.put(key, 1L);
      case 1 -> space.access.read(key);
      case 2 -> space.access.size();
      case 3 -> space.access.atomically(List.of(key, "other"), inner -> 0);
      default -> space.put(key, 1L, Space.START_MILLIS + 1_000);
    }
  }
}
