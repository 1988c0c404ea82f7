// SPDX-License-Identifier: Apache-2.0
package dev.redstart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The contract of {@link RKeys}: existence, types, removal, and the whole database. */
class KeysTest<E> extends Contract<E> {
  private RKeys keys() {
    return store.keys();
  }

  /** Makes a string, a counter and a sorted set: "s", "c" and "z". */
  private void fill() {
    value("s").set(of("a"));
    store.counter(key("c")).set(1);
    sortedSet("z", "a 1");
  }

  @Test
  void exists_one_tells() {
    fill();
    assertTrue(keys().exists(key("s")));
    assertTrue(keys().exists(key("z")));
    assertFalse(keys().exists(key("x")));
  }

  @Test
  void exists_many_countsEachAsOftenAsNamed() {
    fill();
    assertEquals(2, keys().exists(key("s"), key("s")));
    assertEquals(3, keys().exists(key("s"), key("x"), key("c"), key("z"), key("y")));
    assertEquals(0, keys().exists(List.of(key("x"))));
    assertEquals(4, keys().exists(List.of(key("z"), key("z"), key("s"), key("z"))));
  }

  @Test
  void exists_expired_doesNot() {
    fill();
    value("s").expire(Duration.ofMillis(1));
    advance(1);
    assertFalse(keys().exists(key("s")));
    assertEquals(1, keys().exists(key("s"), key("c")));
  }

  @Test
  void touch_many_countsEachAsOftenAsNamed() {
    fill();
    assertEquals(3, keys().touch(key("s"), key("z"), key("z"), key("x")));
    assertEquals(1, keys().touch(List.of(key("c"))));
  }

  @Test
  void delete_one_tells() {
    fill();
    assertTrue(keys().delete(key("s")));
    assertFalse(keys().delete(key("s")));
    assertFalse(keys().exists(key("s")));
  }

  @Test
  void delete_many_countsEachOnce() {
    fill();
    assertEquals(2, keys().delete(key("s"), key("s"), key("x"), key("z")));
    assertEquals(0, keys().delete(key("s"), key("z")));
    assertEquals(1, keys().delete(List.of(key("c"))));
    assertEquals(0, keys().size());
  }

  @Test
  void unlink_many_countsEachOnce() {
    fill();
    assertEquals(2, keys().unlink(key("s"), key("s"), key("x"), key("z")));
    assertEquals(1, keys().unlink(List.of(key("c"), key("c"))));
    assertEquals(0, keys().size());
  }

  @Test
  void delete_expired_isNotThere() {
    fill();
    value("s").expire(Duration.ofMillis(1));
    advance(1);
    assertFalse(keys().delete(key("s")));
    assertEquals(1, keys().delete(key("s"), key("c")));
  }

  @Test
  void many_noKey_isRefused() {
    assertThrows(IllegalArgumentException.class, () -> keys().exists());
    assertThrows(IllegalArgumentException.class, () -> keys().exists(List.of()));
    assertThrows(IllegalArgumentException.class, () -> keys().delete());
    assertThrows(IllegalArgumentException.class, () -> keys().delete(List.of()));
    assertThrows(IllegalArgumentException.class, () -> keys().unlink());
    assertThrows(IllegalArgumentException.class, () -> keys().unlink(List.of()));
    assertThrows(IllegalArgumentException.class, () -> keys().touch());
    assertThrows(IllegalArgumentException.class, () -> keys().touch(List.of()));
  }

  @Test
  void type_each_isRedissName() {
    fill();
    assertEquals("string", keys().type(key("s")).toString());
    assertEquals("string", keys().type(key("c")).toString());
    assertEquals("zset", keys().type(key("z")).toString());
    assertEquals("none", keys().type(key("x")).toString());
    store.value(key("s")).append("more");
    assertEquals(KeyType.STRING, keys().type(key("s")));
    sortedSet("z").expire(Duration.ofMillis(1));
    assertEquals(KeyType.SORTED_SET, keys().type(key("z")));
    advance(1);
    assertEquals(KeyType.NONE, keys().type(key("z")));
  }

  @Test
  void key_emptyName_isAKey() {
    store.value("").set("a");
    assertTrue(keys().exists(""));
    assertEquals(List.of(""), keys().match("*"));
    assertTrue(keys().delete(""));
  }

  @Test
  void size_ofKeys_followsThem() {
    assertEquals(0, keys().size());
    fill();
    assertEquals(3, keys().size());
    keys().delete(key("z"));
    assertEquals(2, keys().size());
    value("s").expire(Duration.ofMillis(1));
    advance(1);
    assertEquals(1, keys().size());
  }

  @Test
  void random_ofNone_isNull() {
    assertNull(keys().random());
    fill();
    keys().flush();
    assertNull(keys().random());
  }

  @Test
  void random_ofSome_isEachOfThem() {
    fill();
    Set<String> seen = new TreeSet<>();
    for (int i = 0; i < 500; i++) {
      seen.add(requireKey(keys().random()));
    }
    assertEquals(new TreeSet<>(List.of(key("s"), key("c"), key("z"))), seen);
  }

  private static String requireKey(@Nullable String key) {
    assertNotNull(key);
    return key;
  }

  @Test
  void match_globs_asInRedis() {
    for (String name : List.of("user:1", "user:2", "user:10", "use", "[x]")) {
      value(name).set(of("a"));
    }
    assertEquals(names("user:1", "user:2"), matching("user:?"));
    assertEquals(names("user:1", "user:10", "user:2"), matching("user:*"));
    assertEquals(names("user:1", "user:10"), matching("*1*"));
    assertEquals(names("user:1"), matching("user:[^2-9]"));
    assertEquals(names("[x]"), matching("\\[x\\]"));
    assertEquals(names("use"), matching("use"));
    assertEquals(names(), matching("USE"));
    assertEquals(5, keys().match("*").size());
    assertEquals(List.of(), keys().match(""));
  }

  private Set<String> names(String... names) {
    Set<String> keys = new TreeSet<>();
    for (String name : names) {
      keys.add(key(name));
    }
    return keys;
  }

  /** Matches below this content's key prefix, which has nothing that a glob takes specially. */
  private Set<String> matching(String glob) {
    return new TreeSet<>(keys().match(key(glob)));
  }

  @Test
  void match_expired_isLeftOut() {
    fill();
    value("s").expire(Duration.ofMillis(5));
    assertEquals(3, keys().match("*").size());
    advance(5);
    assertEquals(names("c", "z"), new TreeSet<>(keys().match("*")));
  }

  @Test
  void flush_database_emptiesItAlone() {
    fill();
    Store other = store.root().database(11);
    other.value("k").set("a");
    keys().flush();
    assertEquals(0, keys().size());
    assertFalse(sortedSet("z").exists());
    assertEquals(1, other.keys().size());
    fill();
    assertEquals(3, keys().size());
  }

  @Test
  void flush_withDeadlines_forgetsThem() {
    for (int i = 0; i < 100; i++) {
      value("k" + i).set(of("a"), Duration.ofMillis(5));
    }
    keys().flush();
    for (int i = 0; i < 100; i++) {
      value("k" + i).set(of("b"));
    }
    advance(10);
    assertEquals(100, keys().size());
  }

  @Test
  void flushAll_databases_emptiesThemAll() {
    fill();
    IntStream.of(0, 1, 11, 15).forEach(number -> store.root().database(number).value("k").set("a"));
    keys().flushAll();
    for (int number = 0; number < 16; number++) {
      assertEquals(0, store.root().database(number).keys().size());
    }
  }
}
