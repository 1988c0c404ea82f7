// SPDX-License-Identifier: Apache-2.0
package dev.redstart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The contract of {@link RKeys}: rename, copy and move. */
class KeysMoveTest<E> extends Contract<E> {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final int OTHER = 9;

  private RKeys keys() {
    return store.keys();
  }

  private Store other() {
    return store.root().database(OTHER);
  }

  private int here() {
    return reach.database();
  }

  @Test
  void rename_missing_isRefused() {
    value("n").set(of("a"));
    StoreException missing =
        assertThrows(NoSuchKeyException.class, () -> keys().rename(key("k"), key("n")));
    assertEquals("ERR", missing.code());
    assertThrows(NoSuchKeyException.class, () -> keys().rename(key("k"), key("k")));
    assertThrows(NoSuchKeyException.class, () -> keys().renameIfAbsent(key("k"), key("n")));
    assertThrows(NoSuchKeyException.class, () -> keys().renameIfAbsent(key("k"), key("k")));
    assertValue("a", value("n").get());
  }

  @Test
  void rename_toItself_changesNothing() {
    value("k").set(of("a"), MINUTE);
    keys().rename(key("k"), key("k"));
    assertFalse(keys().renameIfAbsent(key("k"), key("k")));
    assertValue("a", value("k").get());
    assertDeadline(now().plus(MINUTE), "k");
  }

  @Test
  void rename_overExisting_replacesItWithItsDeadline() {
    sortedSet("n", "x 1");
    sortedSet("n").expire(Duration.ofMillis(5));
    value("k").set(of("a"));
    keys().rename(key("k"), key("n"));
    assertValue("a", value("n").get());
    assertDeadline(null, "n");
    advance(10);
    assertTrue(value("n").exists());
    assertFalse(value("k").exists());
  }

  @Test
  void rename_withDeadline_takesItAlong() {
    value("k").set(of("a"), MINUTE);
    keys().rename(key("k"), key("n"));
    assertDeadline(now().plus(MINUTE), "n");
    value("k").set(of("b"));
    advance(60_000);
    assertFalse(value("n").exists());
    assertValue("b", value("k").get());
  }

  @Test
  void rename_largeSet_isWhole() {
    for (int i = 0; i < 1000; i++) {
      sortedSet("k").add(of("m" + i), i);
    }
    keys().rename(key("k"), key("n"));
    assertEquals(1000, sortedSet("n").size());
    assertEquals(500L, sortedSet("n").rank(of("m500")));
    sortedSet("n").add(of("m500"), -1);
    assertEquals(0L, sortedSet("n").rank(of("m500")));
  }

  @Test
  void renameIfAbsent_eitherCase_tells() {
    value("k").set(of("a"), MINUTE);
    value("n").set(of("b"));
    assertFalse(keys().renameIfAbsent(key("k"), key("n")));
    assertValue("b", value("n").get());
    assertTrue(keys().renameIfAbsent(key("k"), key("o")));
    assertDeadline(now().plus(MINUTE), "o");
    value("n").expire(Duration.ofMillis(1));
    advance(1);
    assertTrue(keys().renameIfAbsent(key("o"), key("n")));
    assertValue("a", value("n").get());
  }

  @Test
  void copy_missing_isFalse() {
    value("n").set(of("b"));
    assertFalse(keys().copy(key("k"), key("n"), true));
    assertFalse(keys().copy(key("k"), key("x")));
    assertFalse(keys().copy(key("k"), OTHER, key("k"), true));
    assertValue("b", value("n").get());
  }

  @Test
  void copy_existingDestination_needsReplace() {
    value("k").set(of("a"), MINUTE);
    sortedSet("n", "x 1");
    assertFalse(keys().copy(key("k"), key("n")));
    assertFalse(keys().copy(key("k"), key("n"), false));
    assertSet("n", "x 1");
    assertTrue(keys().copy(key("k"), key("n"), true));
    assertValue("a", value("n").get());
    assertValue("a", value("k").get());
    assertDeadline(now().plus(MINUTE), "n");
    assertDeadline(now().plus(MINUTE), "k");
  }

  @Test
  void copy_withoutDeadline_dropsTheOldOne() {
    value("k").set(of("a"));
    value("n").set(of("b"), MINUTE);
    assertTrue(keys().copy(key("k"), key("n"), true));
    assertDeadline(null, "n");
  }

  @Test
  void copy_toItself_isRefused() {
    value("k").set(of("a"));
    assertThrows(IllegalArgumentException.class, () -> keys().copy(key("k"), key("k")));
    assertThrows(IllegalArgumentException.class, () -> keys().copy(key("k"), key("k"), true));
    assertThrows(
        IllegalArgumentException.class, () -> keys().copy(key("k"), here(), key("k"), true));
    assertTrue(keys().copy(key("k"), here(), key("l"), false));
    assertValue("a", value("l").get());
  }

  @Test
  void copy_eachForm_isIndependent() {
    for (int size : new int[] {3, 1000}) {
      keys().flush();
      for (int i = 0; i < size; i++) {
        sortedSet("k").add(of("m" + i), i);
      }
      assertTrue(keys().copy(key("k"), key("n")));
      sortedSet("k").add(of("m1"), -5);
      sortedSet("n").remove(of("m0"));
      sortedSet("n").add(of("new"), 1.5);
      assertEquals(size, sortedSet("k").size());
      assertEquals(size, sortedSet("n").size());
      assertEquals(0L, sortedSet("k").rank(of("m1")));
      assertEquals(0L, sortedSet("n").rank(of("m1")));
      assertEquals(0.0, sortedSet("k").score(of("m0")));
      assertNull(sortedSet("n").score(of("m0")));
      assertNull(sortedSet("k").score(of("new")));
    }
    store.counter(key("c")).set(5);
    assertTrue(keys().copy(key("c"), key("d")));
    store.counter(key("d")).increment();
    assertEquals(5, store.counter(key("c")).get());
  }

  @Test
  void copy_toAnotherDatabase_isThere() {
    value("k").set(of("a"), MINUTE);
    assertTrue(keys().copy(key("k"), OTHER, key("k"), false));
    assertFalse(keys().copy(key("k"), OTHER, key("k"), false));
    assertValue("a", other().value(key("k"), content.codec()).get());
    assertEquals(now().plus(MINUTE), other().keys().deadline(key("k")));
    value("k").set(of("b"));
    assertTrue(keys().copy(key("k"), OTHER, key("k"), true));
    assertValue("b", other().value(key("k"), content.codec()).get());
    assertNull(other().keys().deadline(key("k")));
    assertTrue(keys().copy(key("k"), OTHER, key("n"), true));
    assertEquals(2, other().keys().size());
    assertEquals(1, keys().size());
  }

  @Test
  void move_eitherCase_tells() {
    assertFalse(keys().move(key("k"), OTHER));
    value("k").set(of("a"), MINUTE);
    assertTrue(keys().move(key("k"), OTHER));
    assertFalse(value("k").exists());
    assertValue("a", other().value(key("k"), content.codec()).get());
    assertEquals(now().plus(MINUTE), other().keys().deadline(key("k")));
    value("k").set(of("b"));
    assertFalse(keys().move(key("k"), OTHER));
    assertValue("b", value("k").get());
    assertValue("a", other().value(key("k"), content.codec()).get());
    advance(60_000);
    assertTrue(keys().move(key("k"), OTHER));
    assertValue("b", other().value(key("k"), content.codec()).get());
    assertNull(other().keys().deadline(key("k")));
    advance(60_000);
    assertEquals(1, other().keys().size());
  }

  @Test
  void move_withDeadline_expiresThere() {
    value("k").set(of("a"), MINUTE);
    assertTrue(keys().move(key("k"), OTHER));
    value("k").set(of("b"));
    advance(60_000);
    assertEquals(0, other().keys().size());
    assertValue("b", value("k").get());
  }

  @Test
  void database_none_isRefused() {
    value("k").set(of("a"));
    for (int bad : List.of(-1, 16, Integer.MAX_VALUE, Integer.MIN_VALUE)) {
      assertThrows(IllegalArgumentException.class, () -> keys().move(key("k"), bad));
      assertThrows(
          IllegalArgumentException.class, () -> keys().copy(key("k"), bad, key("n"), true));
      assertThrows(IllegalArgumentException.class, () -> store.store().database(bad));
    }
    assertThrows(IllegalArgumentException.class, () -> keys().move(key("k"), here()));
    assertThrows(IllegalArgumentException.class, () -> keys().move(key("x"), here()));
    assertValue("a", value("k").get());
  }
}
