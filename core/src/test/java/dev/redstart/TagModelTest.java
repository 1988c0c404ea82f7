// SPDX-License-Identifier: Apache-2.0
package dev.redstart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.redstart.spi.JournalBatch;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tags under random steps: beside a plain map, and replayed on a real Redis. */
class TagModelTest {
  private static final int STEPS =
      Boolean.getBoolean("redstart.long") ? 100_000 : TestScale.elements(4_000);

  private final ManualTime time = TimeSource.manual(Instant.ofEpochMilli(1_900_000_000_000L));

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 64})
  void randomSteps_besideAMap_agree(int stripes) {
    long seed = System.nanoTime();
    try (Store store = Store.builder().stripes(stripes).timeSource(time).open()) {
      TagSteps steps = new TagSteps(store, time, seed);
      for (int i = 0; i < STEPS; i++) {
        steps.step();
        steps.check();
      }
    }
  }

  @Test
  @Tag("oracle")
  void randomSteps_replayedOnARedis_giveTheSame() {
    long seed = System.nanoTime();
    RecordingSink sink = new RecordingSink();
    try (RedisOracle redis = RedisOracle.start();
        Store store = Store.builder().timeSource(time).journalSink(sink).open()) {
      TagSteps steps = new TagSteps(store, time, seed);
      for (int i = 0; i < STEPS; i++) {
        steps.step();
        if (i % 20 == 0) {
          steps.check();
          compare(store, sink, redis, "seed " + seed);
        }
      }
    }
  }

  /** Feeds a Redis with what was recorded; it has to have the same keys, and sets of tags. */
  private static void compare(Store store, RecordingSink sink, RedisOracle redis, String label) {
    store.value("settled").set(""); // a deadline's effects may not be written yet
    for (JournalBatch batch : sink.takeBatches()) {
      List<String[]> commands = new ArrayList<>();
      batch
          .effects()
          .forEach(
              effect -> {
                if (!effect
                    .command()
                    .get(0)
                    .equals("HPEXPIREAT")) { // of 7.4; when due, HDEL follows
                  commands.add(new String[] {"SELECT", "" + effect.database()});
                  commands.add(effect.command().toArray(String[]::new));
                }
              });
      redis
          .callAll(commands)
          .forEach(reply -> assertFalse(reply instanceof RedisOracle.Failure, label + reply));
    }
    for (int database = 0; database < TagSteps.DATABASES; database++) {
      RKeys keys = store.database(database).keys();
      redis.call("SELECT", "" + database);
      assertEquals(strings(redis.call("KEYS", "*")), new TreeSet<>(keys.match("*")), label);
      for (String key : keys.match(RTag.KEY_PREFIX + "*")) {
        Set<String> members = store.database(database).set(key).members();
        assertEquals(strings(redis.call("SMEMBERS", key)), new TreeSet<>(members), label);
      }
    }
    store.keys().delete("settled");
  }

  private static Set<String> strings(Object reply) {
    Set<String> strings = new TreeSet<>();
    ((List<?>) reply).forEach(each -> strings.add((String) each));
    return strings;
  }

  @Test
  void tenThousandKeys_ofOneTag_comeAndGo() {
    try (Store store = Store.builder().timeSource(time).open()) {
      List<String> keys = new ArrayList<>();
      for (int i = 0; i < 10_000; i++) {
        keys.add("key" + i);
        store.value("key" + i).set("v");
      }
      assertEquals(10_000, store.tag("t").add(keys));
      assertEquals(new TreeSet<>(keys), new TreeSet<>(store.tag("t").keys()));
      for (int i = 0; i < 1_000; i++) {
        store.keys().expire("key" + i, Duration.ofMillis(i));
      }
      time.advance(Duration.ofMillis(500));
      assertEquals(9_499, store.tag("t").size());
      time.advance(Duration.ofMillis(500));
      assertEquals(9_000, store.tag("t").size());
      assertEquals(1_000, store.keys().delete(keys.subList(1_000, 2_000)));
      assertEquals(8_000, store.tag("t").keys().size());
      assertEquals(8_000, store.tag("t").deleteKeys());
      assertEquals(0, store.keys().size());
      keys.forEach(key -> store.value(key).set("v"));
      assertEquals(10_000, store.tag("t").add(keys));
      assertEquals(true, store.tag("t").delete());
      assertEquals(Set.of(), store.keys().tags("key1"));
      assertEquals(10_000, store.keys().size());
    }
  }
}
