// SPDX-License-Identifier: Apache-2.0
package dev.redstart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The contract of {@link RValue}: reading and setting, with conditions and lifetimes. */
class ValueTest<E> extends Contract<E> {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  @Test
  void get_missingKey_isNull() {
    assertNull(value("k").get());
    assertFalse(value("k").exists());
  }

  @Test
  void set_missingKey_isThere() {
    value("k").set(of("a"));
    assertValue("a", value("k").get());
    assertEquals(KeyType.STRING, store.keys().type(key("k")));
  }

  @Test
  void set_emptyContent_isThere() {
    store.value(key("k"), Codec.bytes()).set(new byte[0]);
    assertTrue(value("k").exists());
    assertEquals(0, value("k").length());
  }

  @Test
  void set_existingKey_replacesItAndItsDeadline() {
    value("k").set(of("a"), MINUTE);
    value("k").set(of("b"));
    assertValue("b", value("k").get());
    assertDeadline(null, "k");
  }

  @Test
  void set_keyOfAnotherType_replacesIt() {
    sortedSet("k", "a 1", "b 2");
    value("k").set(of("a"));
    assertValue("a", value("k").get());
    assertEquals(KeyType.STRING, store.keys().type(key("k")));
  }

  @Test
  void set_numberAsText_readsBackAsItWas() {
    for (String text : new String[] {"0", "-1", "007", "+7", "9223372036854775807", "1.50", " 1"}) {
      store.value(key("k")).set(text);
      assertEquals(text, store.value(key("k")).get());
      assertEquals(text.length(), store.value(key("k")).length());
    }
  }

  @Test
  void set_lifetime_endsThen() {
    value("k").set(of("a"), MINUTE);
    assertDeadline(now().plus(MINUTE), "k");
    advance(59_999);
    assertValue("a", value("k").get());
    advance(1);
    assertNull(value("k").get());
    assertFalse(value("k").exists());
  }

  @Test
  void set_partOfAMillisecond_isRoundedUp() {
    value("k").set(of("a"), Duration.ofNanos(1));
    assertDeadline(now().plusMillis(1), "k");
    value("k").set(of("a"), Duration.ofNanos(1_000_001));
    assertDeadline(now().plusMillis(2), "k");
    value("k").set(of("a"), Duration.ofMillis(2));
    assertDeadline(now().plusMillis(2), "k");
  }

  @Test
  void set_lifetimeNotPositive_isRefused() {
    value("k").set(of("a"));
    for (Duration bad : new Duration[] {Duration.ZERO, Duration.ofNanos(-1), Duration.ofDays(-1)}) {
      assertThrows(IllegalArgumentException.class, () -> value("k").set(of("b"), bad));
      assertThrows(IllegalArgumentException.class, () -> value("k").setIfAbsent(of("b"), bad));
      assertThrows(IllegalArgumentException.class, () -> value("k").getAndExpire(bad));
      assertThrows(IllegalArgumentException.class, () -> SetOptions.always().lasting(bad));
    }
    assertValue("a", value("k").get());
    assertDeadline(null, "k");
  }

  @Test
  void set_lifetimePast64Bits_isRefused() {
    value("k").set(of("a"));
    for (Duration bad :
        new Duration[] {Duration.ofMillis(Long.MAX_VALUE), Duration.ofSeconds(Long.MAX_VALUE)}) {
      assertThrows(IllegalArgumentException.class, () -> value("k").set(of("b"), bad));
      assertThrows(IllegalArgumentException.class, () -> value("n").setIfAbsent(of("b"), bad));
      assertThrows(IllegalArgumentException.class, () -> value("k").getAndExpire(bad));
      SetOptions options = SetOptions.always().lasting(bad);
      assertThrows(IllegalArgumentException.class, () -> value("k").set(of("b"), options));
      assertThrows(IllegalArgumentException.class, () -> value("k").getAndSet(of("b"), options));
    }
    assertValue("a", value("k").get());
    assertDeadline(null, "k");
    assertFalse(value("n").exists());
  }

  @Test
  void set_deadlinePast64Bits_isRefused() {
    value("k").set(of("a"));
    for (Instant bad : new Instant[] {Instant.MAX, Instant.MIN}) {
      SetOptions options = SetOptions.always().until(bad);
      assertThrows(IllegalArgumentException.class, () -> value("k").set(of("b"), options));
      assertThrows(IllegalArgumentException.class, () -> value("k").getAndExpireAt(bad));
    }
    assertValue("a", value("k").get());
  }

  @Test
  void set_until_endsThen() {
    assertTrue(value("k").set(of("a"), SetOptions.always().until(now().plusMillis(5))));
    assertDeadline(now().plusMillis(5), "k");
    advance(5);
    assertNull(value("k").get());
  }

  @Test
  void set_untilPast_isGoneAtOnce() {
    value("k").set(of("a"));
    assertTrue(value("k").set(of("b"), SetOptions.always().until(now().minusMillis(1))));
    assertNull(value("k").get());
    assertEquals(0, store.keys().exists(key("k"), key("k")));
  }

  @Test
  void set_untilNotAfter1970_isRefused() {
    value("k").set(of("a"));
    for (long bad : new long[] {0, -1, Long.MIN_VALUE}) {
      Instant deadline = Instant.ofEpochMilli(bad);
      SetOptions options = SetOptions.always().until(deadline);
      assertThrows(IllegalArgumentException.class, () -> value("k").set(of("b"), options));
      assertThrows(IllegalArgumentException.class, () -> value("k").getAndSet(of("b"), options));
      assertThrows(IllegalArgumentException.class, () -> value("k").getAndExpireAt(deadline));
    }
    assertValue("a", value("k").get());
    assertDeadline(null, "k");
  }

  @Test
  void set_keepingDeadline_keepsIt() {
    value("k").set(of("a"), MINUTE);
    assertTrue(value("k").set(of("b"), SetOptions.always().keepingDeadline()));
    assertValue("b", value("k").get());
    assertDeadline(now().plus(MINUTE), "k");
  }

  @Test
  void set_keepingDeadlineOfNone_livesForEver() {
    assertTrue(value("k").set(of("a"), SetOptions.always().keepingDeadline()));
    assertDeadline(null, "k");
    sortedSet("z", "a 1");
    sortedSet("z").expire(MINUTE);
    assertTrue(value("z").set(of("a"), SetOptions.always().keepingDeadline()));
    assertDeadline(now().plus(MINUTE), "z");
  }

  @Test
  void set_keepingDeadlineOfExpired_livesForEver() {
    value("k").set(of("a"), MINUTE);
    advance(60_000);
    assertTrue(value("k").set(of("b"), SetOptions.always().keepingDeadline()));
    assertDeadline(null, "k");
  }

  @Test
  void set_ifAbsent_setsMissingOnly() {
    assertTrue(value("k").set(of("a"), SetOptions.ifAbsent().lasting(MINUTE)));
    assertFalse(value("k").set(of("b"), SetOptions.ifAbsent()));
    assertFalse(value("k").set(of("b"), SetOptions.ifAbsent().keepingDeadline()));
    assertValue("a", value("k").get());
    assertDeadline(now().plus(MINUTE), "k");
  }

  @Test
  void set_ifPresent_setsExistingOnly() {
    assertFalse(value("k").set(of("a"), SetOptions.ifPresent()));
    assertFalse(value("k").exists());
    value("k").set(of("a"));
    assertTrue(value("k").set(of("b"), SetOptions.ifPresent().lasting(MINUTE)));
    assertValue("b", value("k").get());
    assertDeadline(now().plus(MINUTE), "k");
    assertTrue(value("k").set(of("c"), SetOptions.ifPresent().keepingDeadline()));
    assertDeadline(now().plus(MINUTE), "k");
  }

  @Test
  void setIfAbsent_eitherCase_tells() {
    assertTrue(value("k").setIfAbsent(of("a")));
    assertFalse(value("k").setIfAbsent(of("b")));
    assertFalse(value("k").setIfAbsent(of("b"), MINUTE));
    assertValue("a", value("k").get());
    assertDeadline(null, "k");
    assertTrue(value("l").setIfAbsent(of("a"), MINUTE));
    assertDeadline(now().plus(MINUTE), "l");
  }

  @Test
  void setIfAbsent_keyOfAnotherType_isThere() {
    sortedSet("k", "a 1");
    assertFalse(value("k").setIfAbsent(of("a")));
    assertSet("k", "a 1");
  }

  @Test
  void setIfAbsent_expiredKey_sets() {
    value("k").set(of("a"), MINUTE);
    advance(60_000);
    assertTrue(value("k").setIfAbsent(of("b")));
    assertValue("b", value("k").get());
  }

  @Test
  void setIfPresent_eitherCase_tells() {
    assertFalse(value("k").setIfPresent(of("a")));
    assertFalse(value("k").exists());
    value("k").set(of("a"), MINUTE);
    assertTrue(value("k").setIfPresent(of("b")));
    assertValue("b", value("k").get());
    assertDeadline(null, "k");
  }

  @Test
  void setIfPresent_keyOfAnotherType_replacesIt() {
    sortedSet("k", "a 1");
    assertTrue(value("k").setIfPresent(of("b")));
    assertValue("b", value("k").get());
  }

  @Test
  void getAndSet_always_returnsTheOld() {
    assertNull(value("k").getAndSet(of("a")));
    assertTrue(value("k").expire(MINUTE));
    assertValue("a", value("k").getAndSet(of("b")));
    assertValue("b", value("k").get());
    assertDeadline(null, "k");
  }

  @Test
  void getAndSet_condition_returnsTheOldInEitherCase() {
    assertNull(value("k").getAndSet(of("a"), SetOptions.ifPresent()));
    assertFalse(value("k").exists());
    assertNull(value("k").getAndSet(of("a"), SetOptions.ifAbsent().lasting(MINUTE)));
    assertValue("a", value("k").getAndSet(of("b"), SetOptions.ifAbsent()));
    assertValue("a", value("k").get());
    assertDeadline(now().plus(MINUTE), "k");
    assertValue("a", value("k").getAndSet(of("c"), SetOptions.ifPresent().keepingDeadline()));
    assertValue("c", value("k").get());
    assertDeadline(now().plus(MINUTE), "k");
  }

  @Test
  void getAndSet_numberOrAppended_returnsItsText() {
    store.counter(key("k")).set(12);
    assertEquals("12", store.value(key("k")).getAndSet("x"));
    store.value(key("k")).append("y");
    assertEquals("xy", store.value(key("k")).getAndSet("z"));
  }

  @Test
  void getAndDelete_eitherCase_returnsTheOld() {
    assertNull(value("k").getAndDelete());
    value("k").set(of("a"), MINUTE);
    assertValue("a", value("k").getAndDelete());
    assertFalse(value("k").exists());
    assertNull(value("k").getAndDelete());
    value("k").set(of("b"));
    assertDeadline(null, "k");
  }

  @Test
  void getAndExpire_eitherCase_setsTheDeadline() {
    assertNull(value("k").getAndExpire(MINUTE));
    assertFalse(value("k").exists());
    value("k").set(of("a"));
    assertValue("a", value("k").getAndExpire(MINUTE));
    assertDeadline(now().plus(MINUTE), "k");
    assertValue("a", value("k").getAndExpire(Duration.ofNanos(5)));
    assertDeadline(now().plusMillis(1), "k");
  }

  @Test
  void getAndExpireAt_future_setsTheDeadline() {
    assertNull(value("k").getAndExpireAt(now().plusMillis(7)));
    value("k").set(of("a"));
    assertValue("a", value("k").getAndExpireAt(now().plusMillis(7)));
    assertDeadline(now().plusMillis(7), "k");
  }

  @Test
  void getAndExpireAt_past_removesTheKey() {
    for (Instant past : new Instant[] {now(), now().minusMillis(1), Instant.ofEpochMilli(1)}) {
      value("k").set(of("a"));
      assertValue("a", value("k").getAndExpireAt(past));
      assertFalse(value("k").exists());
    }
  }

  @Test
  void getAndPersist_eitherCase_dropsTheDeadline() {
    assertNull(value("k").getAndPersist());
    value("k").set(of("a"), MINUTE);
    assertValue("a", value("k").getAndPersist());
    assertDeadline(null, "k");
    assertValue("a", value("k").getAndPersist());
    advance(60_000);
    assertValue("a", value("k").get());
  }

  @Test
  void compareAndSet_sameBytes_sets() {
    value("k").set(of("a"), MINUTE);
    assertTrue(value("k").compareAndSet(of("a"), of("b")));
    assertValue("b", value("k").get());
    assertDeadline(null, "k");
  }

  @Test
  void compareAndSet_otherOrMissing_changesNothing() {
    assertFalse(value("k").compareAndSet(of(""), of("b")));
    assertFalse(value("k").exists());
    value("k").set(of("a"), MINUTE);
    assertFalse(value("k").compareAndSet(of("ab"), of("b")));
    assertFalse(value("k").compareAndSet(of(""), of("b")));
    assertValue("a", value("k").get());
    assertDeadline(now().plus(MINUTE), "k");
  }

  @Test
  void compareAndSet_otherForms_comparesTheirBytes() {
    store.counter(key("k")).set(12);
    assertTrue(store.value(key("k")).compareAndSet("12", "x"));
    store.value(key("k")).append("y");
    assertTrue(store.value(key("k")).compareAndSet("xy", "5"));
    assertEquals(6, store.counter(key("k")).increment());
    assertTrue(store.value(key("k"), Codec.longs()).compareAndSet(6L, 7L));
    assertEquals(7L, store.value(key("k"), Codec.longs()).get());
  }
}
