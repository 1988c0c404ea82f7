// SPDX-License-Identifier: Apache-2.0
package dev.redstart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What writes of {@link RValue}, {@link RValues} and {@link RCounter} record. */
class ValueEffectsTest extends EffectsContract {
  private final RValue<String> value = store.value("k");
  private final RCounter counter = store.counter("k");

  @Test
  void set_newAndOld_recordsSet() {
    value.set("a");
    assertEquals("a", value.get());
    assertEffects("SET k a -> n new k, $ set k");
    value.set("b");
    assertEffects("SET k b -> $ set k");
  }

  @Test
  void set_otherTypeOrDeadline_recordsSetAlone() {
    store.sortedSet("k").add("m", 1);
    prepared();
    value.set("a");
    assertEffects("SET k a -> $ set k");
    value.expire(MINUTE);
    prepared();
    value.set("b");
    assertEffects("SET k b -> $ set k");
    assertNull(value.timeToLive());
  }

  @Test
  void set_lifetime_recordsTheDeadline() {
    value.set("a", MINUTE);
    assertEffects("SET k a PXAT 1060000 -> n new k, $ set k, g expire k");
    assertTrue(value.set("b", SetOptions.always().until(Instant.ofEpochMilli(1_000_007))));
    assertEffects("SET k b PXAT 1000007 -> $ set k, g expire k");
    assertTrue(value.set("c", SetOptions.ifPresent().keepingDeadline()));
    assertEffects("SET k c KEEPTTL -> $ set k");
    assertEquals(Duration.ofMillis(7), value.timeToLive());
  }

  @Test
  void set_conditions_recordOnlyWhatHappened() {
    assertFalse(value.setIfPresent("a"));
    assertNothingRecorded();
    assertTrue(value.setIfAbsent("a", MINUTE));
    assertEffects("SET k a PXAT 1060000 -> n new k, $ set k, g expire k");
    assertFalse(value.setIfAbsent("b"));
    assertFalse(value.setIfAbsent("b", MINUTE));
    assertEquals("a", value.getAndSet("b", SetOptions.ifAbsent()));
    assertNothingRecorded();
    assertTrue(value.setIfPresent("b"));
    assertEffects("SET k b -> $ set k");
    assertEquals("b", value.getAndSet("c"));
    assertEffects("SET k c -> $ set k");
  }

  @Test
  void set_bytesAndText_recordsTheBytes() {
    store.value("键", Codec.text()).set("é");
    assertEffects("SET é\u0094® Ã© -> n new é\u0094®, $ set é\u0094®");
    store.value("k", Codec.bytes()).set(new byte[] {0, -1, 13, 10});
    assertEffects("SET k \0\u00ff\r\n -> n new k, $ set k");
    store.value("k", Codec.longs()).set(-5L);
    assertEffects("SET k -5 -> $ set k");
    store.value("k", Codec.doubles()).set(0.1);
    assertEffects("SET k 0.1 -> $ set k");
    store.value("k", Codec.reference(Codec.text())).set("ref");
    assertEffects("SET k ref -> $ set k");
  }

  @Test
  void getAndDelete_eitherCase_recordsDel() {
    assertNull(value.getAndDelete());
    assertNothingRecorded();
    value.set("a");
    prepared();
    assertEquals("a", value.getAndDelete());
    assertEffects("DEL k -> g del k");
  }

  @Test
  void getAndExpire_eachForm_recordsTheDeadline() {
    assertNull(value.getAndExpire(MINUTE));
    assertNull(value.getAndPersist());
    assertNothingRecorded();
    value.set("a");
    prepared();
    assertEquals("a", value.getAndPersist());
    assertNothingRecorded();
    assertEquals("a", value.getAndExpire(MINUTE));
    assertEffects("PEXPIREAT k 1060000 -> g expire k");
    assertEquals("a", value.getAndExpireAt(Instant.ofEpochMilli(1_000_001)));
    assertEffects("PEXPIREAT k 1000001 -> g expire k");
    assertEquals("a", value.getAndPersist());
    assertEffects("PERSIST k -> g persist k");
    assertEquals("a", value.getAndExpireAt(Instant.ofEpochMilli(1_000_000)));
    assertEffects("DEL k -> g del k");
  }

  @Test
  void compareAndSet_eitherCase_recordsSet() {
    assertFalse(value.compareAndSet("a", "b"));
    value.set("a", MINUTE);
    prepared();
    assertFalse(value.compareAndSet("x", "b"));
    assertNothingRecorded();
    assertTrue(value.compareAndSet("a", "b"));
    assertEffects("SET k b -> $ set k");
  }

  @Test
  void getOrLoad_loadedOrThere_recordsTheLoaded() {
    assertNull(value.getOrLoad(() -> null));
    assertNothingRecorded();
    assertEquals("a", value.getOrLoad(() -> "a"));
    assertEffects("SET k a -> n new k, $ set k");
    assertEquals("a", value.getOrLoad(() -> "b"));
    assertNothingRecorded();
    value.delete();
    prepared();
    assertEquals("c", value.getOrLoad(MINUTE, () -> "c"));
    assertEffects("SET k c PXAT 1060000 -> n new k, $ set k, g expire k");
  }

  @Test
  void append_any_recordsAppend() {
    assertEquals(1, value.append("a"));
    assertEffects("APPEND k a -> n new k, $ append k");
    assertEquals(3, value.append("bc"));
    assertEffects("APPEND k bc -> $ append k");
    assertEquals(3, value.append(""));
    assertEffects("APPEND k  -> $ append k");
  }

  @Test
  void setRange_any_recordsSetrange() {
    assertEquals(0, value.setRange(5, ""));
    assertNothingRecorded();
    assertEquals(3, value.setRange(2, "x"));
    assertEffects("SETRANGE k 2 x -> n new k, $ setrange k");
    assertEquals(3, value.setRange(0, "ab"));
    assertEffects("SETRANGE k 0 ab -> $ setrange k");
    assertEquals(3, value.setRange(9, ""));
    assertNothingRecorded();
  }

  @Test
  void counter_whole_recordsIncrby() {
    counter.increment();
    assertEffects("INCRBY k 1 -> n new k, $ incrby k");
    counter.decrement();
    assertEffects("INCRBY k -1 -> $ incrby k");
    counter.add(Long.MIN_VALUE);
    assertEffects("INCRBY k -9223372036854775808 -> $ incrby k");
    counter.set(12);
    assertEffects("SET k 12 -> $ set k");
    assertEquals(12, counter.getAndSet(5));
    assertEffects("SET k 5 -> $ set k");
    counter.add(0);
    assertEffects("INCRBY k 0 -> $ incrby k");
  }

  @Test
  void counter_fraction_recordsTheSum() {
    counter.addFraction(0.1);
    assertEffects("SET k 0.1 KEEPTTL -> n new k, $ incrbyfloat k");
    counter.addFraction(0.2);
    assertEffects("SET k 0.3 KEEPTTL -> $ incrbyfloat k");
    counter.setFraction(-2.5);
    assertEffects("SET k -2.5 -> $ set k");
  }

  @Test
  void refused_writes_recordNothing() {
    value.set("x");
    store.sortedSet("z").add("m", 1);
    prepared();
    assertThrows(NotANumberException.class, counter::increment);
    assertThrows(NotANumberException.class, () -> counter.addFraction(1));
    assertThrows(WrongTypeException.class, () -> store.value("z").append("x"));
    assertThrows(WrongTypeException.class, () -> store.value("z").getAndSet("x"));
    assertThrows(WrongTypeException.class, () -> store.counter("z").increment());
    assertThrows(StoreException.class, () -> value.setRange(1L << 40, "x"));
    counter.set(Long.MAX_VALUE);
    prepared();
    assertThrows(NumberOverflowException.class, counter::increment);
    assertNothingRecorded();
  }

  @Test
  void setAll_some_recordsMset() {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("a", "1");
    all.put("b", "2");
    store.value("b").set("0");
    prepared();
    store.values().setAll(all);
    assertEffects("MSET a 1 b 2 -> n new a, $ set a, $ set b");
    assertFalse(store.values().setAllIfAbsent(Map.of("c", "1", "a", "1")));
    assertNothingRecorded();
    assertTrue(store.values().setAllIfAbsent(Map.of("c", "1")));
    assertEffects("MSET c 1 -> n new c, $ set c");
    assertEquals(Map.of("a", "1"), store.values().getAll(List.of("a", "x")));
    assertNothingRecorded();
  }

  @Test
  void expired_onTime_recordsDelBefore() {
    value.set("a", MINUTE);
    prepared();
    time.advance(MINUTE);
    value.set("b");
    assertEffects("DEL k -> x expired k", "SET k b -> n new k, $ set k");
  }

  @Test
  void expired_metByAWriter_recordsDelBefore() {
    IdleTime idle = new IdleTime(0);
    RecordingSink late = new RecordingSink();
    try (Store other = Store.builder().timeSource(idle).journalSink(late).open()) {
      other.value("k").set("a", MINUTE);
      other.value("l").set("a", MINUTE);
      idle.set(60_000);
      late.takeBatches();
      assertNull(other.value("k").get());
      assertEquals(List.of(), late.takeEffects());
      assertTrue(other.value("k").setIfAbsent("b"));
      other.atomically(List.of("l"), transaction -> transaction.counter("l").increment());
      assertEquals(
          List.of(
              "DEL k -> x expired k",
              "SET k b -> n new k, $ set k",
              "DEL l -> x expired l",
              "INCRBY l 1 -> n new l, $ incrby l"),
          late.takeEffects().stream().map(EffectsContract::text).toList());
    }
  }

  @Test
  void reads_any_recordNothing() {
    value.set("a");
    store.sortedSet("z").add("m", 1);
    prepared();
    assertEquals("a", value.get());
    assertEquals(1, value.length());
    assertEquals("a", value.getRange(0, -1));
    assertTrue(value.exists());
    assertEquals(1, store.keys().touch("k"));
    assertEquals(KeyType.STRING, store.keys().type("k"));
    assertEquals(List.of("m"), store.sortedSet("z").range(0, -1));
    assertEquals(2, store.keys().size());
    assertNothingRecorded();
  }

  @Test
  void databases_several_areSelected() {
    store.database(5).value("k").set("a");
    value.set("b");
    value.set("c");
    store.database(5).value("k").set("d");
    assertCommands("SELECT 5", "SET k a", "SELECT 0", "SET k b", "SET k c", "SELECT 5", "SET k d");
  }
}
