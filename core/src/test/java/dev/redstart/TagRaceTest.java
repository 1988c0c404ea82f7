// SPDX-License-Identifier: Apache-2.0
package dev.redstart;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tags under many threads: whoever looks, a key and its entries agree. */
class TagRaceTest {
  private static final int ROUNDS = Boolean.getBoolean("redstart.long") ? 100_000 : 4_000;
  private static final int WRITERS = 3;
  private static final List<String> KEYS = List.of("a", "b", "c", "d", "e", "f");
  private static final List<String> TAGS = List.of("s", "t", "u");

  private final ManualTime time = TimeSource.manual(Instant.ofEpochMilli(1_900_000_000_000L));
  private final AtomicBoolean done = new AtomicBoolean();

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void keyAndEntries_amongAllThatChangesThem_agree(long seed) throws Exception {
    RecordingSink sink = new RecordingSink();
    StoreBuilder builder = Store.builder().stripes(seed == 1 ? 2 : 64).timeSource(time);
    try (Store store = (seed == 2 ? builder.journalSink(sink) : builder).open()) {
      List<Background<Boolean>> writers = new ArrayList<>();
      for (int i = 0; i < WRITERS; i++) {
        SplittableRandom random = new SplittableRandom(seed * 100 + i);
        writers.add(Background.start(() -> write(store, random)));
      }
      Background<Boolean> reader = Background.start(() -> read(store));
      Background<Boolean> clock =
          Background.start(
              () -> {
                while (!done.get()) {
                  time.advance(Duration.ofMillis(1));
                }
                return true;
              });
      for (Background<Boolean> writer : writers) {
        assertEquals(true, writer.get(), "seed " + seed);
      }
      done.set(true);
      assertEquals(true, reader.get(), "seed " + seed);
      assertEquals(true, clock.get(), "seed " + seed);
      look(store);
      time.advance(Duration.ofMillis(100));
      TAGS.forEach(tag -> store.tag(tag).deleteKeys());
      store.keys().delete(KEYS);
      assertEquals(0, store.keys().size(), "seed " + seed);
    }
  }

  private static boolean write(Store store, SplittableRandom random) {
    for (int i = 0; i < ROUNDS; i++) {
      String key = KEYS.get(random.nextInt(KEYS.size()));
      String other = KEYS.get(random.nextInt(KEYS.size()));
      RTag tag = store.tag(TAGS.get(random.nextInt(TAGS.size())));
      switch (random.nextInt(12)) {
        case 0, 1 -> store.value(key).set("v");
        case 2, 3 -> tag.add(key, other);
        case 4 -> tag.remove(key);
        case 5 -> store.keys().delete(key, other);
        case 6 -> rename(store, key, other);
        case 7 -> store.keys().expire(key, Duration.ofMillis(random.nextInt(3)));
        case 8 -> tag.delete();
        case 9 -> tag.deleteKeys();
        case 10 -> store.atomically(List.of(key, other), tx -> tx.keys().delete(key, other));
        default -> store.keys().move(key, 1);
      }
      if (i % 500 == 0) {
        store.database(1).keys().flush();
      }
    }
    return true;
  }

  private static void rename(Store store, String key, String newKey) {
    try {
      store.keys().rename(key, newKey);
    } catch (NoSuchKeyException gone) {
      // Another thread was first.
    }
  }

  private boolean read(Store store) {
    while (!done.get()) {
      look(store);
      for (String tag : TAGS) {
        store.tag(tag).keys();
        store.tag(tag).size();
      }
    }
    return true;
  }

  /** Looks at all keys and tags in one moment. */
  private static void look(Store store) {
    List<String> all = new ArrayList<>(KEYS);
    TAGS.forEach(tag -> all.add(RTag.KEY_PREFIX + tag));
    store.atomically(
        all,
        tx -> {
          for (String tag : TAGS) {
            Set<String> expected = new TreeSet<>();
            for (String key : KEYS) {
              Set<String> tags = tx.keys().tags(key);
              assertEquals(tags.contains(tag), tx.tag(tag).contains(key));
              if (tags.contains(tag)) {
                expected.add(key);
              }
            }
            assertEquals(expected, tx.tag(tag).keys());
            assertEquals(expected.size(), tx.tag(tag).size());
            Set<String> listed = tx.set(RTag.KEY_PREFIX + tag).members();
            listed.removeIf(key -> !tx.keys().exists(key)); // due, and not reclaimed yet
            assertEquals(expected, listed);
            expected.forEach(key -> assertEquals(true, tx.keys().exists(key)));
          }
        });
  }
}
