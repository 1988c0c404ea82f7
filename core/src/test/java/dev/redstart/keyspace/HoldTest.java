// SPDX-License-Identifier: Apache-2.0
package dev.redstart.keyspace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.redstart.WrongTypeException;
import dev.redstart.journal.Journal;
import dev.redstart.spi.Effect;
import dev.redstart.spi.EventClass;
import dev.redstart.spi.JournalBatch;
import dev.redstart.structure.SortedSetValue;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HoldTest {
  private static final long DEADLINE = Space.START_MILLIS + 10;

  private final EffectList effects = new EffectList();
  private final LateTime time = new LateTime();
  private final Journal journal = new Journal(1L << 30, List.of(effects));
  private final Keyspace keyspace = new Keyspace(8, 4, time, journal);
  private final Access access = keyspace.access(0);

  @AfterEach
  void close() {
    keyspace.close();
    journal.close();
  }

  private List<Effect> taken() {
    journal.settle(journal.position());
    return effects.takeBatches().stream().map(JournalBatch::effects).flatMap(List::stream).toList();
  }

  private void put(String key, Object value, long deadlineMillis) {
    try (Hold hold = access.hold(key)) {
      hold.put(value);
      hold.setDeadline(deadlineMillis);
    }
  }

  // Looking up.

  @Test
  void find_otherType_isRefusedAndNothingChanged() {
    Space.put(access, "a", "text");
    try (Hold hold = access.hold("a")) {
      assertThrows(WrongTypeException.class, () -> hold.find(SortedSetValue.TYPE));
      assertThrows(WrongTypeException.class, () -> hold.findToChange(SortedSetValue.TYPE));
      assertThrows(WrongTypeException.class, () -> hold.findOrCreate(SortedSetValue.TYPE));
    }
    assertEquals("text", access.read("a"));
  }

  @Test
  void findOrCreate_missingKey_makesOneValue() {
    try (Hold hold = access.hold("a")) {
      assertNull(hold.find(SortedSetValue.TYPE));
      assertNull(hold.findToChange(SortedSetValue.TYPE));
      SortedSetValue set = hold.findOrCreate(SortedSetValue.TYPE);
      set.put("x", 1);
      assertSame(set, hold.findOrCreate(SortedSetValue.TYPE));
      assertSame(set, hold.value());
    }
    assertEquals(1, access.size());
  }

  @Test
  void at_heldKeys_movesBetweenThemAndDatabases() {
    try (Hold hold = access.hold(List.of("a", "b"))) {
      hold.at("a").put(1L);
      hold.at("b").put(2L);
      hold.at(3, "a").put(3L);
      assertEquals(1L, hold.at("a").value());
      assertEquals("a", hold.key());
      hold.at("b").remove();
      assertNull(hold.at("b").value());
      assertEquals(3L, hold.at(3, "a").value());
    }
    assertEquals(1L, access.read("a"));
    assertNull(access.read("b"));
    assertEquals(3L, keyspace.access(3).read("a"));
  }

  @Test
  void value_holdOfSeveralBeforeAt_isRefused() {
    try (Hold hold = access.hold(List.of("a", "b"))) {
      assertThrows(IllegalStateException.class, hold::value);
    }
  }

  @Test
  void hold_keyNamedTwice_isHeldOnce() {
    try (Hold hold = access.hold(List.of("a", "a", "a"))) {
      hold.at("a").put(1L);
    }
    try (Hold hold = access.holdToRead(List.of("a", "a"))) {
      assertEquals(1L, hold.at("a").value());
    }
  }

  // Deadlines that the timer has not noticed.

  @Test
  void read_expiredKey_isNotThere() {
    put("a", "x", DEADLINE);
    time.advanceTo(DEADLINE - 1);
    assertEquals("x", access.read("a"));
    assertEquals("x", access.readText("a"));
    time.advanceTo(DEADLINE);
    assertNull(access.read("a"));
    assertNull(access.readText("a"));
    try (Hold hold = access.holdToRead("a")) {
      assertNull(hold.value());
      assertEquals(Long.MAX_VALUE, hold.deadlineMillis());
    }
    assertNull(access.randomKey(new SplittableRandom(1)));
    assertEquals(1, access.size()); // a reader removes nothing
    assertEquals(List.of(), taken());
  }

  @Test
  void hold_expiredKeyMetByAWriter_isRemovedAndRecordedFirst() {
    put("a", "x", DEADLINE);
    time.advanceTo(DEADLINE);
    try (Hold hold = access.hold("a")) {
      assertNull(hold.value());
      hold.put("y");
      hold.event(EventClass.STRING, "set");
      hold.record(List.of("SET", "a", "y"));
    }
    List<Effect> recorded = taken();
    assertEquals(List.of("DEL", "a"), recorded.get(0).command());
    assertEquals("expired", recorded.get(0).notifications().get(0).event());
    assertEquals(EventClass.EXPIRED, recorded.get(0).notifications().get(0).eventClass());
    assertEquals(List.of("SET", "a", "y"), recorded.get(1).command());
    assertEquals(
        List.of("new", "set"),
        recorded.get(1).notifications().stream().map(each -> each.event()).toList());
    time.advanceTo(DEADLINE + 1_000);
    assertEquals("y", access.read("a"));
    assertEquals(2, recorded.size());
  }

  @Test
  void hold_expiredCollectionMetByAWriter_beginsAnew() {
    SortedSetValue old = new SortedSetValue();
    old.put("old", 1);
    put("a", old, DEADLINE);
    time.advanceTo(DEADLINE);
    Space.push(access, "a", 2, "new");
    try (Hold hold = access.holdToRead("a")) {
      SortedSetValue set = hold.find(SortedSetValue.TYPE);
      assertNotNull(set);
      assertEquals(1, set.size());
      assertEquals(2, set.score("new"));
      assertEquals(Long.MAX_VALUE, hold.deadlineMillis());
    }
  }

  @Test
  void atomically_expiredKeyMet_recordsInTheBatch() {
    put("a", "x", DEADLINE);
    time.advanceTo(DEADLINE);
    access.atomically(
        List.of("a"),
        inner -> {
          assertNull(inner.read("a"));
          Space.put(inner, "a", "y");
          return 0;
        });
    journal.settle(journal.position());
    JournalBatch batch = effects.takeBatches().get(0);
    assertEquals(List.of("DEL", "a"), batch.effects().get(0).command());
    assertEquals(List.of("PUT", "a"), batch.effects().get(1).command());
  }

  @Test
  void atomically_expiredKeyMetAndThrows_recordsNothing() {
    put("a", "x", DEADLINE);
    time.advanceTo(DEADLINE);
    assertThrows(
        ArithmeticException.class,
        () ->
            access.atomically(
                List.of("a"),
                inner -> {
                  Space.put(inner, "a", "y");
                  throw new ArithmeticException("on purpose");
                }));
    assertEquals(List.of(), taken());
    assertNull(access.read("a"));
    time.advanceTo(DEADLINE - 1); // a clock may go back: the key has lived on
    assertEquals("x", access.read("a"));
  }

  @Test
  void nowMillis_clockMovesDuringAHold_standsStill() {
    put("a", "x", DEADLINE);
    try (Hold hold = access.hold("a")) {
      assertEquals("x", hold.value());
      long now = hold.nowMillis();
      time.advanceTo(DEADLINE);
      assertEquals(now, hold.nowMillis());
    }
  }

  // Deadlines and values.

  @Test
  void putKeepingDeadline_expiringValue_keepsIt() {
    put("a", "x", DEADLINE);
    try (Hold hold = access.hold("a")) {
      hold.putKeepingDeadline("y");
      assertEquals(DEADLINE, hold.deadlineMillis());
      hold.put("z");
      assertEquals(Long.MAX_VALUE, hold.deadlineMillis());
      hold.putKeepingDeadline("w");
      assertEquals(Long.MAX_VALUE, hold.deadlineMillis());
    }
    time.advanceTo(DEADLINE);
    assertEquals("w", access.read("a"));
  }

  @Test
  void setDeadline_missingKey_isRefused() {
    try (Hold hold = access.hold("a")) {
      assertThrows(IllegalStateException.class, () -> hold.setDeadline(DEADLINE));
    }
    assertEquals(0, access.size());
  }

  @Test
  void isRecorded_noSink_isFalse() {
    try (Space quiet = new Space(1)) {
      try (Hold hold = quiet.access.hold("a")) {
        assertFalse(hold.isRecorded());
      }
      assertFalse(quiet.access.isRecorded());
    }
  }
}
