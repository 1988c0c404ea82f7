// SPDX-License-Identifier: Apache-2.0
package dev.redstart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The contract of {@link RObject}, for the handles of every type. */
class ObjectTest<E> extends Contract<E> {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  /** Fills the key as three types, one after the other, and hands over its handle. */
  private void forEachType(TypeTest test) {
    value("k").set(of("a"));
    test.run(value("k"));
    store.keys().flush();
    store.counter(key("k")).set(5);
    test.run(store.counter(key("k")));
    store.keys().flush();
    set("k", "a", "b");
    test.run(set("k"));
    store.keys().flush();
    sortedSet("k", "a 1", "b 2");
    test.run(sortedSet("k"));
  }

  private List<RObject> handles() {
    return List.of(value("k"), store.counter(key("k")), set("k"), sortedSet("k"));
  }

  @Test
  void key_any_isAsGiven() {
    for (RObject handle : handles()) {
      assertEquals(key("k"), handle.key());
    }
    assertEquals("", store.value("").key());
  }

  @Test
  void handle_obtained_createsNothing() {
    for (RObject handle : handles()) {
      assertFalse(handle.exists());
      assertFalse(handle.delete());
      assertFalse(handle.persist());
      assertNull(handle.timeToLive());
      assertFalse(handle.expire(MINUTE));
      assertFalse(handle.expireAt(now().plusSeconds(1)));
      assertThrows(NoSuchKeyException.class, () -> handle.rename(key("n")));
    }
    assertEquals(0, store.keys().size());
  }

  @Test
  void exists_ofWhateverType_tells() {
    forEachType(
        handle -> {
          for (RObject other : handles()) {
            assertTrue(other.exists());
          }
        });
  }

  @Test
  void delete_ofWhateverType_removes() {
    forEachType(
        handle -> {
          assertTrue(handle.delete());
          assertFalse(handle.exists());
          assertFalse(handle.delete());
        });
    sortedSet("z", "a 1");
    assertTrue(store.value(key("z")).delete());
    assertFalse(sortedSet("z").exists());
  }

  @Test
  void rename_existing_movesWithItsDeadline() {
    forEachType(
        handle -> {
          KeyType type = store.keys().type(key("k"));
          handle.expire(MINUTE);
          value("n").set(of("old"));
          handle.rename(key("n"));
          assertFalse(handle.exists());
          assertEquals(key("k"), handle.key());
          assertEquals(type, store.keys().type(key("n")));
          assertDeadline(now().plus(MINUTE), "n");
          assertThrows(NoSuchKeyException.class, () -> handle.rename(key("n")));
        });
  }

  @Test
  void expire_existing_goesOnTime() {
    forEachType(
        handle -> {
          assertNull(handle.timeToLive());
          assertTrue(handle.expire(MINUTE));
          assertEquals(MINUTE, handle.timeToLive());
          advance(59_999);
          assertEquals(Duration.ofMillis(1), handle.timeToLive());
          assertTrue(handle.exists());
          advance(1);
          assertFalse(handle.exists());
          assertNull(handle.timeToLive());
          assertFalse(handle.expire(MINUTE));
          assertEquals(0, store.keys().size());
        });
  }

  @Test
  void expire_zero_removesAtOnce() {
    forEachType(
        handle -> {
          assertTrue(handle.expire(Duration.ZERO));
          assertFalse(handle.exists());
        });
  }

  @Test
  void expire_badLifetime_isRefused() {
    forEachType(
        handle -> {
          handle.expire(MINUTE);
          for (Duration bad :
              List.of(
                  Duration.ofNanos(-1),
                  Duration.ofSeconds(Long.MIN_VALUE),
                  Duration.ofMillis(Long.MAX_VALUE),
                  Duration.ofSeconds(Long.MAX_VALUE, 999_999_999))) {
            assertThrows(IllegalArgumentException.class, () -> handle.expire(bad));
          }
          assertEquals(MINUTE, handle.timeToLive());
        });
  }

  @Test
  void expire_longest_isKept() {
    value("k").set(of("a"));
    Duration longest = Duration.ofMillis(Long.MAX_VALUE - 1 - now().toEpochMilli());
    assertTrue(value("k").expire(longest));
    assertEquals(longest, value("k").timeToLive());
    advance(1_000_000);
    assertValue("a", value("k").get());
    assertTrue(value("k").expireAt(Instant.ofEpochMilli(Long.MAX_VALUE - 1)));
    assertThrows(
        IllegalArgumentException.class,
        () -> value("k").expireAt(Instant.ofEpochMilli(Long.MAX_VALUE)));
  }

  @Test
  void expireAt_futureOrPast_setsOrRemoves() {
    forEachType(
        handle -> {
          assertTrue(handle.expireAt(now().plusMillis(3)));
          assertEquals(Duration.ofMillis(3), handle.timeToLive());
          assertTrue(handle.expireAt(now()));
          assertFalse(handle.exists());
        });
    forEachType(handle -> assertTrue(handle.expireAt(Instant.ofEpochMilli(-5))));
    assertEquals(0, store.keys().size());
  }

  @Test
  void expireAt_partOfAMillisecond_isCut() {
    value("k").set(of("a"));
    assertTrue(value("k").expireAt(now().plusNanos(1_999_999)));
    assertEquals(Duration.ofMillis(1), value("k").timeToLive());
  }

  @Test
  void expireAt_past64Bits_isRefused() {
    forEachType(
        handle -> {
          assertThrows(IllegalArgumentException.class, () -> handle.expireAt(Instant.MAX));
          assertThrows(IllegalArgumentException.class, () -> handle.expireAt(Instant.MIN));
          assertTrue(handle.exists());
          assertNull(handle.timeToLive());
        });
  }

  @Test
  void persist_eitherCase_tells() {
    forEachType(
        handle -> {
          assertFalse(handle.persist());
          handle.expire(MINUTE);
          assertTrue(handle.persist());
          assertNull(handle.timeToLive());
          advance(60_000);
          assertTrue(handle.exists());
        });
  }

  @Test
  void write_collectionEmptied_removesTheKey() {
    RSortedSet<E> set = sortedSet("k", "a 1");
    set.expire(MINUTE);
    set.remove(of("a"));
    assertFalse(set.exists());
    sortedSet("k", "b 1");
    assertDeadline(null, "k");
  }

  /** What is done with the handle of each type. */
  private interface TypeTest {
    void run(RObject handle);
  }
}
