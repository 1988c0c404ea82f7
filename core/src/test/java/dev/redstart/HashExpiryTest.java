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
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The contract of {@link RHash}: lifetimes of fields. */
class HashExpiryTest<E> extends Contract<E> {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Instant LATEST = Instant.ofEpochMilli((1L << 46) - 1);

  private RHash<E, E> hash() {
    return hash("k");
  }

  private static Duration millis(long millis) {
    return Duration.ofMillis(millis);
  }

  /** Puts fields of one letter, each its own value. */
  private void fill(String name, String fields) {
    for (String field : letters(fields)) {
      hash(name).put(of(field), of(field));
    }
  }

  private void assertFields(String name, String fields) {
    assertHash(
        name, letters(fields).stream().map(each -> each + " " + each).toArray(String[]::new));
  }

  private static List<String> letters(String fields) {
    return fields.chars().mapToObj(Character::toString).toList();
  }

  private void assertFieldDeadline(@Nullable Instant expected, String name, String field) {
    assertEquals(expected, hash(name).deadline(of(field)));
    Duration left = hash(name).timeToLive(of(field));
    assertEquals(expected == null ? null : Duration.between(now(), expected), left);
  }

  @Test
  void expire_eachAnswer_isTold() {
    assertEquals(FieldExpiry.NO_FIELD, hash().expire(of("a"), MINUTE));
    assertFalse(hash().exists());
    fill("k", "ab");
    assertEquals(FieldExpiry.NO_FIELD, hash().expire(of("x"), MINUTE));
    assertEquals(FieldExpiry.SET, hash().expire(of("a"), MINUTE));
    assertEquals(FieldExpiry.NOT_MET, hash().expire(of("a"), MINUTE, WITHOUT_DEADLINE));
    assertFieldDeadline(now().plus(MINUTE), "k", "a");
    assertEquals(FieldExpiry.DELETED, hash().expire(of("a"), Duration.ZERO));
    assertEquals(FieldExpiry.NO_FIELD, hash().expireAt(of("a"), now()));
    assertFields("k", "b");
    assertEquals(FieldExpiry.DELETED, hash().expireAt(of("b"), Instant.EPOCH));
    assertFields("k", "");
    assertEquals(KeyType.NONE, store.keys().type(key("k")));
  }

  @Test
  void expire_conditions_decide() {
    Instant soon = now().plusSeconds(10);
    Instant late = now().plusSeconds(20);
    // Whether a new deadline is set: on none, on an earlier, on the same, on a later one.
    assertCondition(ALWAYS, true, true, true, true);
    assertCondition(WITHOUT_DEADLINE, true, false, false, false);
    assertCondition(WITH_DEADLINE, false, true, true, true);
    assertCondition(LATER, false, true, false, false);
    assertCondition(EARLIER, true, false, false, true);
    assertCondition(WITH_DEADLINE_EARLIER, false, false, false, true);
    fill("k", "a");
    hash().expireAt(of("a"), late);
    assertEquals(FieldExpiry.DELETED, hash().expireAt(of("a"), Instant.EPOCH, EARLIER));
    fill("k", "a");
    assertEquals(FieldExpiry.NOT_MET, hash().expireAt(of("a"), Instant.EPOCH, LATER));
    hash().expireAt(of("a"), soon);
    assertEquals(FieldExpiry.NOT_MET, hash().expireAt(of("a"), Instant.EPOCH, WITHOUT_DEADLINE));
    assertFields("k", "a");
  }

  private void assertCondition(
      ExpireCondition condition, boolean none, boolean earlier, boolean same, boolean later) {
    Instant wanted = now().plusSeconds(15);
    Instant[] before = {null, wanted.minusMillis(1), wanted, wanted.plusMillis(1)};
    boolean[] expected = {none, earlier, same, later};
    for (int i = 0; i < before.length; i++) {
      fill("k", "a"); // without a deadline
      if (before[i] != null) {
        assertEquals(FieldExpiry.SET, hash().expireAt(of("a"), before[i]));
      }
      FieldExpiry result = hash().expireAt(of("a"), wanted, condition);
      assertEquals(expected[i] ? FieldExpiry.SET : FieldExpiry.NOT_MET, result);
      assertFieldDeadline(expected[i] ? wanted : before[i], "k", "a");
    }
  }

  @Test
  void expire_several_answersForEach() {
    fill("k", "abcd");
    hash().expire(of("b"), millis(5));
    List<E> fields = List.of(of("a"), of("b"), of("x"), of("c"));
    Map<E, FieldExpiry> results = hash().expire(fields, MINUTE, WITHOUT_DEADLINE);
    assertEquals(
        List.of(FieldExpiry.SET, FieldExpiry.NOT_MET, FieldExpiry.NO_FIELD, FieldExpiry.SET),
        List.copyOf(results.values()));
    assertEquals(List.of("a", "b", "x", "c"), names(List.copyOf(results.keySet())));
    advance(5);
    assertFields("k", "acd");
    results = hash().expire(fields, Duration.ZERO, ALWAYS);
    assertEquals(
        List.of(
            FieldExpiry.DELETED, FieldExpiry.NO_FIELD, FieldExpiry.NO_FIELD, FieldExpiry.DELETED),
        List.copyOf(results.values()));
    assertFields("k", "d");
    assertThrows(IllegalArgumentException.class, () -> hash().expire(List.of(), MINUTE, ALWAYS));
  }

  @Test
  void expire_badTimes_areRefused() {
    fill("k", "a");
    E field = of("a");
    Duration tooLong = Duration.between(now(), LATEST).plusMillis(1);
    List<Duration> bad =
        List.of(millis(-1), Duration.ofNanos(-1), tooLong, Duration.ofSeconds(Long.MAX_VALUE));
    for (Duration each : bad) {
      assertThrows(IllegalArgumentException.class, () -> hash().expire(field, each));
      List<E> some = List.of(field);
      assertThrows(IllegalArgumentException.class, () -> hash().expire(some, each, LATER));
    }
    for (Instant each :
        List.of(Instant.ofEpochMilli(-1), LATEST.plusMillis(1), Instant.MIN, Instant.MAX)) {
      assertThrows(IllegalArgumentException.class, () -> hash().expireAt(field, each));
    }
    assertFieldDeadline(null, "k", "a");
    assertEquals(FieldExpiry.SET, hash().expireAt(field, LATEST));
    assertFieldDeadline(LATEST, "k", "a");
    assertEquals(FieldExpiry.SET, hash().expire(field, tooLong.minusMillis(1)));
    assertFieldDeadline(LATEST, "k", "a");
    assertEquals(FieldExpiry.SET, hash().expire(field, Duration.ofNanos(1)));
    assertFieldDeadline(now().plusMillis(1), "k", "a");
  }

  @Test
  void deadline_reached_fieldIsGone() {
    for (int more : new int[] {0, 200}) {
      store.keys().flush();
      fill("k", "abc");
      for (int i = 0; i < more; i++) {
        hash().put(of("f" + i), of("v"));
      }
      hash().expire(of("a"), millis(10));
      hash().expire(of("b"), millis(20));
      advance(9);
      assertTrue(hash().contains(of("a")));
      assertEquals(millis(1), hash().timeToLive(of("a")));
      advance(1);
      assertFalse(hash().contains(of("a")));
      assertNull(hash().get(of("a")));
      assertEquals(0, hash().valueLength(of("a")));
      assertNull(hash().deadline(of("a")));
      assertTrue(hash().getAll(List.of(of("a"))).isEmpty());
      assertFalse(hash().remove(of("a")));
      assertEquals(more + 2, hash().size());
      assertEquals(more + 2, hash().entries().size());
      advance(10);
      assertEquals(more + 1, hash().size());
      advance(1_000_000);
      assertEquals(more + 1, hash().size());
      assertValue("c", hash().get(of("c")));
    }
  }

  @Test
  void deadline_ofAllFields_keyIsGone() {
    fill("k", "abc");
    assertEquals(3, hash().expire(List.of(of("a"), of("b"), of("c")), millis(10), ALWAYS).size());
    advance(9);
    assertFields("k", "abc");
    advance(1);
    assertFields("k", "");
    assertEquals(0, store.keys().size());
    store.value(key("k")).set("another type");
    advance(1_000_000);
    assertTrue(store.keys().exists(key("k")));
  }

  @Test
  void deadlines_manyAtOnce_allGo() {
    for (int i = 0; i < 1_000; i++) {
      hash().put(of("f" + i), of("v"));
      hash().expire(of("f" + i), millis(10 + i % 2));
    }
    fill("k", "a");
    advance(10);
    assertEquals(501, hash().size());
    advance(1);
    assertFields("k", "a");
  }

  @Test
  void put_again_dropsTheDeadline() {
    fill("k", "abcd");
    for (String field : List.of("a", "b", "c", "d")) {
      hash().expire(of(field), millis(10));
    }
    assertFalse(hash().put(of("a"), of("a")));
    assertEquals(0, hash().putAll(Map.of(of("b"), of("b"))));
    assertFalse(hash().putIfAbsent(of("c"), of("x")));
    hash().remove(of("d"));
    hash().put(of("d"), of("d"));
    assertFieldDeadline(null, "k", "a");
    assertFieldDeadline(null, "k", "b");
    assertFieldDeadline(now().plusMillis(10), "k", "c");
    assertFieldDeadline(null, "k", "d");
    advance(10);
    assertFields("k", "abd");
  }

  @Test
  void put_goneField_isNew() {
    fill("k", "ab");
    hash().expire(of("a"), millis(10));
    advance(10);
    assertTrue(hash().put(of("a"), of("a")));
    assertFieldDeadline(null, "k", "a");
    hash().expire(of("a"), millis(10));
    advance(10);
    assertTrue(hash().putIfAbsent(of("a"), of("a")));
    assertFields("k", "ab");
  }

  @Test
  void increment_any_keepsTheDeadline() {
    RHash<E, Long> numbers = store.hash(key("n"), content.codec(), Codec.longs());
    numbers.put(of("a"), 5L);
    numbers.expire(of("a"), millis(10));
    assertEquals(6, numbers.increment(of("a"), 1));
    assertEquals(8.0, numbers.increment(of("a"), 2.0));
    assertEquals(now().plusMillis(10), numbers.deadline(of("a")));
    numbers.put(of("b"), 1L);
    advance(10);
    assertEquals(1, numbers.increment(of("a"), 1));
    assertNull(numbers.deadline(of("a")));
    numbers.expire(of("a"), millis(10));
    advance(10);
    assertEquals(1.5, numbers.increment(of("a"), 1.5));
    assertNull(numbers.deadline(of("a")));
  }

  @Test
  void persist_eachCase_tells() {
    assertFalse(hash().persist(of("a")));
    fill("k", "ab");
    assertFalse(hash().persist(of("a")));
    assertFalse(hash().persist(of("x")));
    hash().expire(of("a"), millis(10));
    assertTrue(hash().persist(of("a")));
    assertFalse(hash().persist(of("a")));
    assertFieldDeadline(null, "k", "a");
    hash().expire(of("b"), millis(20));
    advance(20);
    assertFalse(hash().persist(of("b")));
    assertFields("k", "a");
    assertFalse(hash().persist());
    assertNull(hash().timeToLive());
  }

  @Test
  void expire_movedDeadline_countsTheLast() {
    fill("k", "ab");
    hash().expire(of("a"), millis(10));
    hash().expire(of("a"), millis(100));
    hash().expire(of("b"), millis(100));
    hash().expire(of("b"), millis(10));
    advance(10);
    assertFields("k", "a");
    advance(89);
    assertFields("k", "a");
    advance(1);
    assertFields("k", "");
  }

  @Test
  void deadlines_ofKeyAndField_areApart() {
    fill("k", "ab");
    hash().expire(of("a"), millis(10));
    hash().expire(millis(20));
    assertFieldDeadline(now().plusMillis(10), "k", "a");
    assertDeadline(now().plusMillis(20), "k");
    advance(10);
    assertFields("k", "b");
    assertDeadline(now().plusMillis(10), "k");
    hash().expire(of("b"), millis(100));
    assertTrue(hash().persist());
    advance(10);
    assertFields("k", "b");
    hash().expire(millis(5));
    advance(5);
    assertFields("k", "");
    fill("k", "b");
    advance(1_000);
    assertFields("k", "b");
  }

  @Test
  void rename_andCopy_takeDeadlinesAlong() {
    fill("k", "ab");
    fill("n", "cd");
    hash().expire(of("a"), millis(10));
    hash("n").expire(of("c"), millis(5));
    assertTrue(store.keys().copy(key("k"), key("c")));
    store.keys().rename(key("k"), key("n"));
    fill("k", "a");
    assertFieldDeadline(now().plusMillis(10), "n", "a");
    assertFieldDeadline(now().plusMillis(10), "c", "a");
    hash("c").persist(of("a"));
    hash("c").expire(of("b"), millis(20));
    advance(10);
    assertFields("n", "b");
    assertFields("c", "ab");
    assertFields("k", "a");
    advance(10);
    assertFields("n", "b");
    assertFields("c", "a");
  }

  @Test
  void rename_thereAndBack_staysOnTime() {
    fill("k", "ab");
    hash().expire(of("a"), millis(10));
    store.keys().rename(key("k"), key("n"));
    store.keys().rename(key("n"), key("k"));
    store.keys().rename(key("k"), key("k"));
    advance(9);
    assertFields("k", "ab");
    advance(1);
    assertFields("k", "b");
  }

  @Test
  void move_toAnotherDatabase_takesDeadlinesAlong() {
    Store other = store.root().database(9);
    fill("k", "ab");
    hash().expire(of("a"), millis(10));
    assertTrue(store.keys().move(key("k"), 9));
    assertTrue(other.keys().copy(key("k"), key("c")));
    fill("k", "a");
    advance(10);
    assertFields("k", "a");
    for (String name : List.of("k", "c")) {
      RHash<E, E> moved = other.hash(key(name), content.codec(), content.codec());
      assertEquals(1, moved.size());
      assertTrue(moved.contains(of("b")));
    }
    other.keys().flush();
  }

  @Test
  void overwriteOrDelete_thenAnew_leavesNoDeadline() {
    for (int way = 0; way < 4; way++) {
      fill("k", "ab");
      hash().expire(of("a"), millis(10));
      switch (way) {
        case 0 -> store.value(key("k")).set("another type");
        case 1 -> hash().delete();
        case 2 -> hash().removeAll(List.of(of("a"), of("b")));
        default -> store.keys().flush();
      }
      store.keys().delete(key("k"));
      fill("k", "ab");
      advance(10);
      assertFields("k", "ab");
      hash().expire(of("b"), millis(10));
      advance(10);
      assertFields("k", "a");
      hash().delete();
    }
  }

  @Test
  void randomAndScan_showNoGoneField() {
    for (int size : new int[] {10, 1000}) {
      store.keys().flush();
      for (int i = 0; i < size; i++) {
        hash().put(of("f" + i), of("v" + i));
        if (i % 2 == 0) {
          hash().expire(of("f" + i), millis(10));
        }
      }
      advance(10);
      assertEquals(size / 2, hash().random(Long.MAX_VALUE).size());
      assertEquals(size / 2, hash().keys().size());
      assertEquals(size / 2, hash().values().size());
      List<String> scanned = new ArrayList<>();
      hash().scan(ScanOptions.all()).forEach(each -> scanned.add(name(each.getKey())));
      assertEquals(size / 2, scanned.stream().distinct().count());
      E one = hash().random();
      assertNotNull(one);
      assertTrue(hash().contains(one));
    }
  }
}
