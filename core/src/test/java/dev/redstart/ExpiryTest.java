// SPDX-License-Identifier: Apache-2.0
package dev.redstart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redstart.spi.Effect;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Deadlines: kept to the millisecond, on time without an access, in order. */
class ExpiryTest {
  private static final int STEPS = Boolean.getBoolean("redstart.long") ? 20_000 : 2_000;

  private final ManualTime time = TimeSource.manual(ReachedStore.START);
  private final RecordingSink sink = new RecordingSink();
  private final Store store = Store.builder().timeSource(time).journalSink(sink).open();

  @AfterEach
  void close() {
    store.close();
  }

  private static Duration millis(long millis) {
    return Duration.ofMillis(millis);
  }

  /** Returns the keys that expired since the last call, with their databases, in order. */
  private List<String> expired() {
    store.value("settled").set("");
    List<String> expired = new ArrayList<>();
    for (Effect effect : sink.takeEffects()) {
      effect.notifications().stream()
          .filter(each -> each.event().equals("expired"))
          .forEach(each -> expired.add(each.database() + ":" + each.key()));
    }
    return expired;
  }

  @Test
  void deadline_withoutAnAccess_isKeptOnTime() {
    store.value("a").set("v", millis(10));
    store.sortedSet("z").add("m", 1);
    store.sortedSet("z").expire(millis(20));
    time.advance(millis(9));
    assertEquals(List.of(), expired());
    time.advance(millis(1));
    assertEquals(List.of("0:a"), expired());
    time.advance(millis(10));
    assertEquals(List.of("0:z"), expired());
    assertEquals(1, store.keys().size());
  }

  @Test
  void deadlines_overStripesAndDatabases_areInOrder() {
    TreeMap<Long, String> expected = new TreeMap<>();
    for (int i = 0; i < 500; i++) {
      int database = i % 5;
      long lifetime = 1 + (i * 7919L) % 100_003;
      store.database(database).value("k" + i).set("v", millis(lifetime));
      expected.put(lifetime, database + ":k" + i);
    }
    time.advance(millis(100_003));
    assertEquals(new ArrayList<>(expected.values()), expired());
  }

  @Test
  void deadlines_inSteps_areInOrderToo() {
    TreeMap<Long, String> expected = new TreeMap<>();
    for (int i = 0; i < 500; i++) {
      long lifetime = 1 + (i * 7919L) % 100_003;
      store.value("k" + i).set("v", millis(lifetime));
      expected.put(lifetime, "0:k" + i);
    }
    List<String> all = new ArrayList<>();
    for (int step = 0; step < 101; step++) {
      time.advance(millis(997));
      long now = (step + 1) * 997L;
      all.addAll(expired());
      assertEquals(new ArrayList<>(expected.headMap(now, true).values()), all);
    }
  }

  @Test
  void deadlines_manyAtOnce_allGo() {
    for (int i = 0; i < 5_000; i++) {
      store.value("k" + i).set("v", millis(1000));
    }
    time.advance(millis(999));
    assertEquals(5_000, store.keys().size());
    time.advance(millis(1));
    assertEquals(0, store.keys().size());
    assertEquals(5_000, expired().size());
  }

  @Test
  void expiry_ofAnExpiredKey_showsTheTimeOfItsDeadline() {
    List<Instant> seen = new ArrayList<>();
    store.value("k").set("v", millis(10));
    assertNotNull(
        time.schedule(ReachedStore.START.toEpochMilli() + 10, () -> seen.add(time.instant())));
    time.advance(Duration.ofDays(1));
    assertEquals(List.of(ReachedStore.START.plusMillis(10)), seen);
    assertEquals(ReachedStore.START.plus(Duration.ofDays(1)), time.instant());
  }

  @Test
  void expired_beforeItIsReclaimed_isRefusedByEveryRead() {
    IdleTime idle = new IdleTime(0);
    try (Store other = Store.builder().timeSource(idle).open()) {
      other.value("k").set("v", millis(10));
      other.sortedSet("z").add("m", 1);
      other.sortedSet("z").expire(millis(10));
      other.value("stays").set("v");
      idle.set(10);
      assertNull(other.value("k").get());
      assertFalse(other.value("k").exists());
      assertEquals(0, other.value("k").length());
      assertNull(other.value("k").timeToLive());
      assertEquals(0, other.sortedSet("z").size());
      assertEquals(List.of(), other.sortedSet("z").range(0, -1));
      assertNull(other.sortedSet("z").random());
      assertEquals(List.of(), other.sortedSet("z").scan(0, ScanOptions.all()).elements());
      assertEquals(0, other.sortedSet("stays2").union("z").size());
      assertEquals(KeyType.NONE, other.keys().type("z"));
      assertEquals(0, other.keys().exists("k", "z"));
      assertEquals(0, other.keys().touch("k", "z"));
      assertEquals(List.of("stays"), other.keys().match("*"));
      assertEquals(List.of("stays"), other.keys().scan(0, ScanOptions.all()).elements());
      assertTrue(other.values().getAll("k").isEmpty());
      for (int i = 0; i < 50; i++) {
        assertEquals("stays", other.keys().random());
      }
      idle.runTasks();
      assertEquals(1, other.keys().size());
    }
  }

  @Test
  void expired_beforeItIsReclaimed_isNewForEveryWrite() {
    IdleTime idle = new IdleTime(0);
    try (Store other = Store.builder().timeSource(idle).open()) {
      for (String key : List.of("a", "b", "c", "d", "e", "f", "g")) {
        other.value(key).set("9", millis(10));
      }
      idle.set(10);
      assertEquals(1, other.counter("a").increment());
      assertEquals(1, other.value("b").append("x"));
      assertTrue(other.sortedSet("c").add("m", 1));
      assertFalse(other.value("d").setIfPresent("x"));
      assertNull(other.value("e").getAndSet("y"));
      assertFalse(other.keys().delete("f"));
      assertFalse(other.keys().persist("g"));
      for (String key : List.of("a", "b", "c", "e")) {
        assertNull(other.keys().deadline(key));
      }
      idle.runTasks();
      idle.set(20);
      idle.runTasks();
      assertEquals(4, other.keys().size());
    }
  }

  @Test
  void deadline_dropped_neverComes() {
    store.value("a").set("v", millis(10));
    store.value("a").persist();
    store.value("b").set("v", millis(10));
    store.value("b").set("v");
    store.value("c").set("v", millis(10));
    store.value("c").delete();
    store.value("c").set("v");
    store.value("d").set("v", millis(10));
    store.values().setAll(Map.of("d", "v"));
    time.advance(millis(100));
    assertEquals(4, store.keys().size());
    assertEquals(List.of(), expired());
  }

  @Test
  void deadline_movedEarlierOrLater_comesThen() {
    store.value("a").set("v", millis(1000));
    store.value("a").expire(millis(10));
    store.value("b").set("v", millis(10));
    store.value("b").expire(millis(1000));
    time.advance(millis(10));
    assertEquals(List.of("0:a"), expired());
    time.advance(millis(990));
    assertEquals(List.of("0:b"), expired());
  }

  @Test
  void deadline_ofACopyOrMovedKey_comesThere() {
    store.value("a").set("v", millis(10));
    store.keys().copy("a", "b");
    store.keys().copy("a", 3, "a", false);
    store.keys().rename("a", "c");
    store.keys().move("b", 4);
    store.value("a").set("stays");
    store.value("b").set("stays");
    time.advance(millis(10));
    assertEquals(List.of("0:c", "3:a", "4:b"), expired().stream().sorted().toList());
    assertEquals("stays", store.value("a").get());
    assertEquals("stays", store.value("b").get());
  }

  @Test
  void wallClock_setBack_letsKeysLiveOn() {
    store.value("a").set("v", Duration.ofMinutes(10));
    time.setWallClock(ReachedStore.START.minus(Duration.ofHours(1)));
    assertEquals(Duration.ofMinutes(70), store.value("a").timeToLive());
    time.advance(Duration.ofMinutes(69));
    assertTrue(store.value("a").exists());
    time.advance(Duration.ofMinutes(1));
    assertFalse(store.value("a").exists());
    assertEquals(List.of("0:a"), expired());
  }

  @Test
  void wallClock_setBackAfterExpiries_keepsNewDeadlines() {
    for (int i = 0; i < 100; i++) {
      store.value("k" + i).set("v", millis(i + 1));
    }
    time.advance(Duration.ofHours(2));
    assertEquals(100, expired().size());
    time.setWallClock(ReachedStore.START);
    for (int i = 0; i < 100; i++) {
      store.value("k" + i).set("v", Duration.ofMinutes(i + 1));
    }
    time.advance(Duration.ofMinutes(1).minusMillis(1));
    assertEquals(101, store.keys().size());
    assertEquals(List.of(), expired());
    for (int i = 0; i < 100; i++) {
      assertEquals("v", store.value("k" + i).get());
      time.advance(Duration.ofMinutes(i == 0 ? 0 : 1).plusMillis(i == 0 ? 1 : 0));
      assertEquals(List.of("0:k" + i), expired());
    }
  }

  @Test
  void wallClock_setBackWhileSomeWait_keepsAllDeadlines() {
    for (int i = 0; i < 200; i++) {
      store.value("k" + i).set("v", Duration.ofMinutes(i + 1));
    }
    time.advance(Duration.ofMinutes(100));
    assertEquals(100, expired().size());
    time.setWallClock(ReachedStore.START);
    store.value("new").set("v", Duration.ofMinutes(5));
    time.advance(Duration.ofMinutes(5).minusMillis(1));
    assertEquals(List.of(), expired());
    time.advance(millis(1));
    assertEquals(List.of("0:new"), expired());
    time.advance(Duration.ofMinutes(96));
    assertEquals(List.of("0:k100"), expired());
  }

  @Test
  void wallClock_setForward_expiresAtOnce() {
    store.value("a").set("v", Duration.ofMinutes(10));
    store.value("b").set("v", Duration.ofDays(10));
    time.setWallClock(ReachedStore.START.plus(Duration.ofDays(1)));
    assertEquals(List.of("0:a"), expired());
    assertEquals(Duration.ofDays(9), store.value("b").timeToLive());
  }

  @ParameterizedTest
  @ValueSource(strings = {"P1D", "P49D", "P400D", "P4000D", "P36500D", "P100000D"})
  void deadline_far_comesThen(Duration lifetime) {
    store.value("a").set("v", lifetime);
    store.value("b").set("v", lifetime.plusMillis(1));
    time.advance(lifetime.minusMillis(1));
    assertEquals(millis(1), store.value("a").timeToLive());
    assertEquals(List.of(), expired());
    time.advance(millis(1));
    assertEquals(List.of("0:a"), expired());
    time.advance(millis(1));
    assertEquals(List.of("0:b"), expired());
  }

  @Test
  void deadline_farAfterNear_comesThen() {
    store.value("far").set("v", Duration.ofDays(300));
    for (int day = 1; day < 300; day++) {
      store.value("near").set("v", Duration.ofHours(23));
      time.advance(Duration.ofDays(1));
      assertEquals(List.of("0:near"), expired());
    }
    time.advance(Duration.ofDays(1));
    assertEquals(List.of("0:far"), expired());
  }

  /** A time that cannot wait. */
  private static final class FailingTime implements TimeSource {
    @Override
    public long wallMillis() {
      return 0;
    }

    @Override
    public long monotonicNanos() {
      return 0;
    }

    @Override
    public Scheduled schedule(long deadlineMillis, Runnable task) {
      throw new ArithmeticException();
    }

    @Override
    public Scheduled scheduleAfter(long delayNanos, Runnable task) {
      throw new ArithmeticException();
    }
  }

  @Test
  void timeSource_failing_leavesNothingHeldOrQueued() throws Exception {
    try (Store other = Store.builder().timeSource(new FailingTime()).open()) {
      RSortedSet<String> set = other.sortedSet("z");
      assertThrows(ArithmeticException.class, () -> set.popMin(millis(5)));
      assertTrue(set.add("m", 1));
      assertEquals(1, set.size());
      assertThrows(ArithmeticException.class, () -> other.value("z").set("v", millis(5)));
      Background<Boolean> free = Background.start(() -> other.value("z").setIfPresent("w"));
      assertEquals(true, free.get());
      assertEquals("w", other.value("z").get());
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void steps_random_keepEveryDeadline(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    TreeMap<String, Long> model = new TreeMap<>();
    for (int i = 0; i < STEPS; i++) {
      String key = "k" + random.nextInt(60);
      long lifetime = 1L << random.nextInt(40);
      switch (random.nextInt(6)) {
        case 0 -> {
          store.value(key).set("v", millis(lifetime));
          model.put(key, time.wallMillis() + lifetime);
        }
        case 1 -> {
          if (store.keys().expire(key, millis(lifetime))) {
            model.put(key, time.wallMillis() + lifetime);
          }
        }
        case 2 -> {
          if (store.keys().persist(key)) {
            model.put(key, Long.MAX_VALUE);
          }
        }
        case 3 -> {
          if (store.keys().delete(key)) {
            model.remove(key);
          }
        }
        case 4 -> time.advance(millis(1L << random.nextInt(30)));
        default ->
            time.setWallClock(time.instant().plusMillis(random.nextLong(-10_000_000, 10_000_000)));
      }
      long now = time.wallMillis();
      model.values().removeIf(deadline -> deadline <= now);
      assertEquals(
          new ArrayList<>(model.keySet()), sorted(store.keys().match("*")), "seed " + seed);
      assertEquals(model.size(), store.keys().size(), "seed " + seed);
    }
  }

  private static List<String> sorted(List<String> keys) {
    return keys.stream().sorted().toList();
  }
}
