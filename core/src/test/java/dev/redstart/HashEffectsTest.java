// SPDX-License-Identifier: Apache-2.0
package dev.redstart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What writes of {@link RHash} record, and what its fields' deadlines do. */
class HashEffectsTest extends EffectsContract {
  private final RHash<String, String> hash = store.hash("h");

  private void fill(String... fields) {
    for (String field : fields) {
      hash.put(field, "v");
    }
    prepared();
  }

  private static Map<String, String> map(String... words) {
    Map<String, String> map = new LinkedHashMap<>();
    for (int i = 0; i < words.length; i += 2) {
      map.put(words[i], words[i + 1]);
    }
    return map;
  }

  @Test
  void put_eachCase_recordsHset() {
    assertTrue(hash.put("a", "1"));
    assertEffects("HSET h a 1 -> n new h, h hset h");
    assertFalse(hash.put("a", "1"));
    assertEffects("HSET h a 1 -> h hset h");
    assertEquals(1, hash.putAll(map("a", "2", "b", "3")));
    assertEffects("HSET h a 2 b 3 -> h hset h");
    assertTrue(hash.putIfAbsent("c", "4"));
    assertEffects("HSET h c 4 -> h hset h");
    assertFalse(hash.putIfAbsent("c", "5"));
    assertNothingRecorded();
  }

  @SuppressWarnings("unchecked") // the arrays are only read
  @Test
  void remove_someOrAll_recordsHdel() {
    assertFalse(hash.remove("a"));
    assertNothingRecorded();
    fill("a", "b", "c");
    assertEquals(0, hash.removeAll("x", "y"));
    assertNothingRecorded();
    assertEquals(1, hash.removeAll("b", "x", "b"));
    assertEffects("HDEL h b -> h hdel h");
    assertEquals(2, hash.removeAll("a", "c"));
    assertEffects("HDEL h a c -> h hdel h, g del h");
  }

  @Test
  void increment_eachCase_records() {
    assertEquals(5, hash.increment("a", 5));
    assertEffects("HINCRBY h a 5 -> n new h, h hincrby h");
    assertEquals(5, hash.increment("a", 0));
    assertEffects("HINCRBY h a 0 -> h hincrby h");
    assertEquals(5.5, hash.increment("a", 0.5));
    assertEffects("HSET h a 5.5 -> h hincrbyfloat h");
    assertThrows(NotANumberException.class, () -> hash.increment("a", 1));
    assertThrows(IllegalArgumentException.class, () -> hash.increment("a", 1 / 0.0));
    assertNothingRecorded();
    hash.expireAt("a", Instant.ofEpochMilli(2_000_000));
    prepared();
    assertEquals(6.0, hash.increment("a", 0.5));
    assertCommands("MULTI", "HSET h a 6", "HPEXPIREAT h 2000000 FIELDS 1 a", "EXEC");
    assertEquals(7, hash.increment("a", 1));
    assertEffects("HINCRBY h a 1 -> h hincrby h");
  }

  @Test
  void expire_eachCase_recordsADeadline() {
    assertEquals(FieldExpiry.NO_FIELD, hash.expire("a", MINUTE));
    assertNothingRecorded();
    fill("a", "b", "c", "d");
    assertEquals(FieldExpiry.NO_FIELD, hash.expire("x", MINUTE));
    assertNothingRecorded();
    assertEquals(FieldExpiry.SET, hash.expire("a", MINUTE));
    assertEffects("HPEXPIREAT h 1060000 FIELDS 1 a -> h hexpire h");
    assertEquals(FieldExpiry.NOT_MET, hash.expire("a", MINUTE, ExpireCondition.LATER));
    assertNothingRecorded();
    hash.expire(List.of("a", "x", "b", "c"), MINUTE, ExpireCondition.WITHOUT_DEADLINE);
    assertEffects("HPEXPIREAT h 1060000 FIELDS 2 b c -> h hexpire h");
    assertEquals(FieldExpiry.DELETED, hash.expire("a", Duration.ZERO));
    assertEffects("HDEL h a -> h hdel h");
    hash.expire(List.of("a", "b", "c", "d"), Duration.ZERO, ExpireCondition.ALWAYS);
    assertEffects("HDEL h b c d -> h hdel h, g del h");
  }

  @Test
  void persist_eachCase_recordsHpersist() {
    fill("a");
    assertFalse(hash.persist("a"));
    assertNothingRecorded();
    hash.expire("a", MINUTE);
    prepared();
    assertTrue(hash.persist("a"));
    assertEffects("HPERSIST h FIELDS 1 a -> h hpersist h");
    assertFalse(hash.persist("a"));
    assertNothingRecorded();
  }

  @Test
  void deadline_reached_recordsHdel() {
    fill("a", "b", "c", "d");
    hash.expire(List.of("a", "c"), Duration.ofMillis(10), ExpireCondition.ALWAYS);
    hash.expire("b", Duration.ofMillis(20));
    hash.expire("d", Duration.ofMillis(30));
    prepared();
    time.advance(Duration.ofMillis(9));
    assertSettledEffects();
    time.advance(Duration.ofMillis(1));
    assertSettledEffects("HDEL h a c -> h hexpired h");
    time.advance(Duration.ofMillis(100));
    assertSettledEffects("HDEL h b -> h hexpired h", "HDEL h d -> h hexpired h, g del h");
    assertFalse(hash.exists());
  }

  @Test
  void deadlines_many_recordBatches() {
    Map<String, String> fields = new LinkedHashMap<>();
    for (int i = 0; i < 1000; i++) {
      fields.put("f" + i, "v");
    }
    hash.putAll(fields);
    hash.expire(fields.keySet(), MINUTE, ExpireCondition.ALWAYS);
    prepared();
    time.advance(MINUTE);
    store.value("settled").set("");
    List<String> lines = new ArrayList<>();
    int removed = 0;
    for (var effect : sink.takeEffects()) {
      if (effect.command().get(0).equals("HDEL")) {
        int size = effect.command().size() - 2;
        assertTrue(size <= 128, size + " fields in one batch");
        removed += size;
        lines.add(text(effect).replaceAll(".* -> ", ""));
      }
    }
    assertEquals(1000, removed);
    assertEquals("h hexpired h, g del h", lines.remove(lines.size() - 1));
    assertTrue(lines.stream().allMatch("h hexpired h"::equals), lines.toString());
  }

  @Test
  void deadlines_ofKeysAndFields_areInOrder() {
    fill("a", "b", "c");
    hash.expire("a", Duration.ofMillis(10));
    hash.expire("b", Duration.ofMillis(30));
    store.value("v").set("x", Duration.ofMillis(20));
    hash.expire(Duration.ofMillis(40));
    prepared();
    time.advance(MINUTE);
    assertSettledEffects(
        "HDEL h a -> h hexpired h",
        "DEL v -> x expired v",
        "HDEL h b -> h hexpired h",
        "DEL h -> x expired h");
  }

  @Test
  void copyAndRename_withDeadlines_expireUnderTheirNames() {
    fill("a", "b");
    hash.expire("a", Duration.ofMillis(10));
    store.keys().copy("h", "c");
    hash.rename("r");
    assertTrue(store.keys().copy("r", 3, "d", false));
    prepared();
    time.advance(Duration.ofMillis(10));
    List<String> lines = new ArrayList<>();
    store.value("settled").set("");
    sink.takeEffects().forEach(each -> lines.add(each.database() + " " + text(each)));
    lines.remove(lines.size() - 1);
    assertEquals(
        List.of(
            "0 HDEL c a -> h hexpired c",
            "0 HDEL r a -> h hexpired r",
            "3 HDEL d a -> h hexpired@3 d"),
        lines.stream().sorted().toList());
  }

  /** Asserts the effects of timers, whose records nobody has waited for. */
  private void assertSettledEffects(String... lines) {
    store.value("settled").set("");
    List<String> found =
        new ArrayList<>(sink.takeEffects().stream().map(EffectsContract::text).toList());
    found.remove(found.size() - 1);
    assertEquals(List.of(lines), found);
  }

  // Between a deadline and its timer.

  private static final class Late implements AutoCloseable {
    final IdleTime idle = new IdleTime(1_000);
    final RecordingSink sink = new RecordingSink();
    final Store store = Store.builder().timeSource(idle).journalSink(sink).open();
    final RHash<String, String> hash = store.hash("h");

    /** Makes a hash of which "a" and "b" are due, and "c" is not. */
    Late() {
      hash.putAll(map("a", "1", "b", "2", "c", "3"));
      hash.expire(List.of("a", "b"), Duration.ofMillis(10), ExpireCondition.ALWAYS);
      idle.set(1_010);
      sink.takeBatches();
    }

    void assertEffects(String... lines) {
      store.database(1).value("settled").set("");
      assertEquals(
          List.of(lines),
          sink.takeEffects().stream()
              .filter(each -> each.database() == 0)
              .map(EffectsContract::text)
              .toList());
    }

    @Override
    public void close() {
      store.close();
    }
  }

  @Test
  void reads_beforeTheTimer_showNoGoneField() {
    try (Late late = new Late()) {
      RHash<String, String> h = late.hash;
      assertEquals(1, h.size());
      assertEquals(map("c", "3"), h.entries());
      assertEquals(map("c", "3"), h.getAll(List.of("a", "b", "c")));
      assertFalse(h.contains("a"));
      assertEquals(List.of("c"), h.random(10));
      assertEquals(List.of("c", "c"), h.randomWithRepeats(2));
      assertEquals("c", h.random());
      assertEquals(1, h.scan(0, ScanOptions.all()).elements().size());
      assertEquals(0, h.valueLength("a"));
      assertEquals(null, h.deadline("a"));
      late.assertEffects();
      late.idle.runTasks();
      late.assertEffects("HDEL h a b -> h hexpired h");
    }
  }

  @Test
  void view_writingBeforeTheTimer_removesTheGoneFieldFirst() {
    try (Late late = new Late()) {
      assertEquals("x", late.hash.asMap().compute("a", (field, gone) -> gone == null ? "x" : gone));
      late.assertEffects("HDEL h a -> h hexpired h", "HSET h a x -> h hset h");
      assertEquals(null, late.hash.asMap().computeIfPresent("b", (field, gone) -> "x"));
      assertEquals(null, late.hash.timeToLive("a"));
      late.assertEffects();
    }
  }

  @Test
  void reads_ofLargeHashBeforeTheTimer_showNoGoneField() {
    IdleTime idle = new IdleTime(0);
    try (Store late = Store.builder().timeSource(idle).open()) {
      RHash<String, String> h = late.hash("h");
      for (int i = 0; i < 2_000; i++) {
        h.put("f" + i, "v");
      }
      List<String> half = h.keys().stream().filter(each -> each.endsWith("5")).toList();
      h.expire(half, Duration.ofMillis(10), ExpireCondition.ALWAYS);
      idle.set(10);
      assertEquals(1_800, h.size());
      assertEquals(1_800, h.keys().size());
      assertEquals(1_800, h.random(5_000).size());
      assertTrue(h.randomWithRepeats(500).stream().noneMatch(each -> each.endsWith("5")));
      assertTrue(h.random(100).stream().noneMatch(each -> each.endsWith("5")));
      List<String> scanned = new ArrayList<>();
      h.scan(ScanOptions.all().withCount(1_000)).forEach(each -> scanned.add(each.getKey()));
      assertEquals(1_800, scanned.size());
    }
  }

  @Test
  void writes_beforeTheTimer_removeTheGoneFieldsTheyName() {
    try (Late late = new Late()) {
      assertTrue(late.hash.put("a", "x"));
      late.assertEffects("HDEL h a -> h hexpired h", "HSET h a x -> h hset h");
      assertEquals(0, late.hash.removeAll(List.of("b")));
      late.assertEffects("HDEL h b -> h hexpired h");
    }
    try (Late late = new Late()) {
      assertTrue(late.hash.putIfAbsent("a", "x"));
      late.assertEffects("HDEL h a -> h hexpired h", "HSET h a x -> h hset h");
      assertEquals(7, late.hash.increment("b", 7));
      late.assertEffects("HDEL h b -> h hexpired h", "HINCRBY h b 7 -> h hincrby h");
    }
    try (Late late = new Late()) {
      assertEquals(FieldExpiry.NO_FIELD, late.hash.expire("a", MINUTE));
      late.assertEffects("HDEL h a -> h hexpired h");
      assertFalse(late.hash.persist("b"));
      late.assertEffects("HDEL h b -> h hexpired h");
      assertEquals(map("c", "3"), late.hash.entries());
      late.idle.runTasks();
      late.assertEffects();
    }
  }

  @Test
  void key_whoseFieldsAreAllGone_isGone() {
    try (Late late = new Late()) {
      late.hash.remove("c");
      late.sink.takeBatches();
      assertFalse(late.hash.exists());
      assertEquals(KeyType.NONE, late.store.keys().type("h"));
      assertEquals(null, late.store.value("h").get());
      assertEquals(0, late.hash.size());
      assertEquals(0, late.store.keys().exists("h", "h"));
      late.assertEffects();
      assertFalse(late.store.keys().delete("h"));
      late.assertEffects("DEL h -> h hexpired h, g del h");
    }
    try (Late late = new Late()) {
      late.hash.remove("c");
      late.sink.takeBatches();
      late.store.value("h").set("v");
      late.assertEffects("DEL h -> h hexpired h, g del h", "SET h v -> n new h, $ set h");
      late.idle.runTasks();
      assertEquals("v", late.store.value("h").get());
    }
  }

  // Inside a transaction.

  @Test
  void rollback_ofDeadlines_putsThemBack() {
    fill("a", "b", "c");
    store.hash("g").put("a", "v");
    store.hash("g").expire("a", Duration.ofMillis(10));
    hash.expire("a", Duration.ofMillis(10));
    hash.expire("b", Duration.ofMillis(20));
    prepared();
    assertThrows(
        ArithmeticException.class,
        () ->
            store.atomically(
                List.of("h", "g", "new"),
                tx -> {
                  tx.hash("h").persist("a");
                  tx.hash("h").expire("b", Duration.ofMillis(5));
                  tx.hash("h").expire("c", Duration.ofMillis(5));
                  tx.keys().rename("g", "new");
                  tx.hash("new").put("x", "y");
                  throw new ArithmeticException();
                }));
    assertEquals(Instant.ofEpochMilli(1_000_010), hash.deadline("a"));
    assertEquals(Instant.ofEpochMilli(1_000_020), hash.deadline("b"));
    time.advance(Duration.ofMillis(9));
    assertSettledEffects();
    time.advance(Duration.ofMillis(91));
    store.value("settled").set("");
    List<String> lines = sink.takeEffects().stream().map(EffectsContract::text).sorted().toList();
    assertEquals(
        List.of(
            "HDEL g a -> h hexpired g, g del g",
            "HDEL h a -> h hexpired h",
            "HDEL h b -> h hexpired h",
            "SET settled  -> $ set settled"),
        lines);
    assertEquals(map("c", "v"), hash.entries());
  }

  @Test
  void commit_ofDeadlines_isOneBatch() {
    store.atomically(
        List.of("h"),
        tx -> {
          tx.hash("h").put("a", "1");
          tx.hash("h").put("b", "2");
          tx.hash("h").expire("a", Duration.ofMillis(10));
        });
    assertCommands(
        "SELECT 0", "MULTI", "HSET h a 1", "HSET h b 2", "HPEXPIREAT h 1000010 FIELDS 1 a", "EXEC");
    time.advance(Duration.ofMillis(10));
    assertSettledEffects("HDEL h a -> h hexpired h");
  }
}
