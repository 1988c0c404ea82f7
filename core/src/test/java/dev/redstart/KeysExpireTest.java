// SPDX-License-Identifier: Apache-2.0
package dev.redstart;

import static dev.redstart.ExpireCondition.ALWAYS;
import static dev.redstart.ExpireCondition.EARLIER;
import static dev.redstart.ExpireCondition.LATER;
import static dev.redstart.ExpireCondition.WITHOUT_DEADLINE;
import static dev.redstart.ExpireCondition.WITH_DEADLINE;
import static dev.redstart.ExpireCondition.WITH_DEADLINE_EARLIER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The contract of {@link RKeys}: deadlines, and the conditions of EXPIRE. */
class KeysExpireTest<E> extends Contract<E> {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private RKeys keys() {
    return store.keys();
  }

  @Test
  void expire_missingKey_isFalse() {
    for (ExpireCondition condition : ExpireCondition.values()) {
      assertFalse(keys().expire(key("k"), MINUTE, condition));
      assertFalse(keys().expireAt(key("k"), now().plusSeconds(1), condition));
      assertFalse(keys().expire(key("k"), Duration.ZERO, condition));
    }
    assertFalse(keys().expire(key("k"), MINUTE));
    assertFalse(keys().persist(key("k")));
    assertNull(keys().timeToLive(key("k")));
    assertNull(keys().deadline(key("k")));
  }

  @Test
  void expire_eachType_goesOnTime() {
    value("s").set(of("a"));
    sortedSet("z", "a 1");
    store.counter(key("c")).set(1);
    for (String name : new String[] {"s", "z", "c"}) {
      assertTrue(keys().expire(key(name), MINUTE));
      assertDeadline(now().plus(MINUTE), name);
    }
    advance(59_999);
    assertEquals(3, keys().size());
    advance(1);
    assertEquals(0, keys().size());
  }

  @Test
  void expire_again_movesTheDeadline() {
    value("k").set(of("a"));
    keys().expire(key("k"), MINUTE);
    keys().expire(key("k"), Duration.ofHours(1));
    advance(60_000);
    assertTrue(value("k").exists());
    keys().expire(key("k"), Duration.ofMillis(2));
    advance(2);
    assertFalse(value("k").exists());
  }

  @Test
  void expire_partOfAMillisecond_isRoundedUp() {
    value("k").set(of("a"));
    keys().expire(key("k"), Duration.ofNanos(1));
    assertDeadline(now().plusMillis(1), "k");
  }

  @Test
  void expire_zeroOrPast_removesAtOnce() {
    value("a").set(of("a"));
    value("b").set(of("a"));
    value("c").set(of("a"), MINUTE);
    assertTrue(keys().expire(key("a"), Duration.ZERO));
    assertTrue(keys().expireAt(key("b"), now()));
    assertTrue(keys().expireAt(key("c"), Instant.EPOCH.minusSeconds(5)));
    assertEquals(0, keys().size());
  }

  @Test
  void expire_badTimes_areRefused() {
    value("k").set(of("a"));
    for (Duration bad : new Duration[] {Duration.ofNanos(-1), Duration.ofSeconds(Long.MAX_VALUE)}) {
      assertThrows(IllegalArgumentException.class, () -> keys().expire(key("k"), bad));
      assertThrows(IllegalArgumentException.class, () -> keys().expire(key("x"), bad, LATER));
    }
    assertThrows(IllegalArgumentException.class, () -> keys().expireAt(key("k"), Instant.MAX));
    assertThrows(IllegalArgumentException.class, () -> keys().expireAt(key("x"), Instant.MIN));
    assertDeadline(null, "k");
  }

  /** Returns the conditions under which a key with one deadline may get another. */
  private Set<ExpireCondition> holding(@Nullable Long beforeMillis, long afterMillis) {
    Set<ExpireCondition> holding = EnumSet.noneOf(ExpireCondition.class);
    for (ExpireCondition condition : ExpireCondition.values()) {
      value("k").set(of("a"));
      if (beforeMillis != null) {
        value("k").expire(Duration.ofMillis(beforeMillis));
      }
      Instant before = keys().deadline(key("k"));
      if (keys().expire(key("k"), Duration.ofMillis(afterMillis), condition)) {
        holding.add(condition);
        if (afterMillis > 0) {
          assertDeadline(now().plusMillis(afterMillis), "k");
        } else {
          assertFalse(value("k").exists());
        }
      } else {
        assertEquals(before, keys().deadline(key("k")));
        assertTrue(value("k").exists());
      }
    }
    return holding;
  }

  @Test
  void expire_conditions_withoutDeadline() {
    assertEquals(EnumSet.of(ALWAYS, WITHOUT_DEADLINE, EARLIER), holding(null, 500));
    assertEquals(EnumSet.of(ALWAYS, WITHOUT_DEADLINE, EARLIER), holding(null, 0));
  }

  @Test
  void expire_conditions_withDeadline() {
    assertEquals(EnumSet.of(ALWAYS, WITH_DEADLINE, LATER), holding(500L, 501));
    assertEquals(EnumSet.of(ALWAYS, WITH_DEADLINE), holding(500L, 500));
    assertEquals(
        EnumSet.of(ALWAYS, WITH_DEADLINE, EARLIER, WITH_DEADLINE_EARLIER), holding(500L, 499));
    assertEquals(
        EnumSet.of(ALWAYS, WITH_DEADLINE, EARLIER, WITH_DEADLINE_EARLIER), holding(500L, 0));
  }

  @Test
  void expireAt_conditions_apply() {
    value("k").set(of("a"));
    assertFalse(keys().expireAt(key("k"), now().plusSeconds(5), WITH_DEADLINE));
    assertFalse(keys().expireAt(key("k"), now().plusSeconds(5), LATER));
    assertTrue(keys().expireAt(key("k"), now().plusSeconds(5), WITHOUT_DEADLINE));
    assertFalse(keys().expireAt(key("k"), now().plusSeconds(4), LATER));
    assertTrue(keys().expireAt(key("k"), now().plusSeconds(6), LATER));
    assertDeadline(now().plusSeconds(6), "k");
    assertTrue(keys().expireAt(key("k"), now(), WITH_DEADLINE_EARLIER));
    assertFalse(value("k").exists());
  }

  @Test
  void persist_eitherCase_tells() {
    value("k").set(of("a"), MINUTE);
    assertTrue(keys().persist(key("k")));
    assertFalse(keys().persist(key("k")));
    advance(60_000);
    assertTrue(value("k").exists());
  }

  @Test
  void persist_expired_isFalse() {
    value("k").set(of("a"), MINUTE);
    advance(60_000);
    assertFalse(keys().persist(key("k")));
    assertFalse(keys().expire(key("k"), MINUTE));
  }

  @Test
  void deadline_afterEachWrite_staysOrGoes() {
    sortedSet("z", "a 1", "b 2", "c 3");
    sortedSet("z").expire(MINUTE);
    sortedSet("z").add(of("d"), 4);
    sortedSet("z").increment(of("a"), 1);
    sortedSet("z").remove(of("b"));
    sortedSet("z").popMin();
    sortedSet("z").removeRange(0, 0);
    assertDeadline(now().plus(MINUTE), "z");
    sortedSet("o", "a 1");
    sortedSet("o").storeUnion(key("z"), key("x"));
    assertDeadline(null, "z");
    sortedSet("z").expire(MINUTE);
    sortedSet("o").storeRange(key("z"), SortedRange.byRank(0, -1));
    assertDeadline(null, "z");
  }

  @Test
  void expired_keys_areNotThereForAnyone() {
    value("k").set(of("a"), Duration.ofMillis(1));
    sortedSet("z", "a 1");
    sortedSet("z").expire(Duration.ofMillis(1));
    advance(1);
    assertNull(value("k").get());
    assertEquals(0, value("k").length());
    assertEquals(0, store.counter(key("k")).get());
    assertNull(sortedSet("z").score(of("a")));
    assertNull(sortedSet("z").popMin());
    assertThrows(NoSuchKeyException.class, () -> keys().rename(key("k"), key("l")));
    assertFalse(keys().copy(key("k"), key("l")));
    assertTrue(sortedSet("z").add(of("b"), 1));
    assertSet("z", "b 1");
    assertDeadline(null, "z");
  }
}
