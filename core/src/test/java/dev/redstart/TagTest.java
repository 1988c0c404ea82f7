// SPDX-License-Identifier: Apache-2.0
package dev.redstart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** {@link RTag} in every way there is to reach it, with names and keys of every content. */
class TagTest<E> extends Contract<E> {
  private RTag tag(String name) {
    return store.tag(key(name));
  }

  private void make(String... names) {
    for (String name : names) {
      store.value(key(name)).set(name);
    }
  }

  /** Makes keys with a tag. */
  private RTag tag(String name, String... keys) {
    make(keys);
    for (String key : keys) {
      assertTrue(tag(name).add(key(key)));
    }
    return tag(name);
  }

  private RSet<String> setOf(String tag) {
    return store.set(RTag.KEY_PREFIX + key(tag));
  }

  /** Returns what a tag's set has, which is a key of the whole store. */
  private Set<String> membersOf(String tag) {
    Set<String> members = new TreeSet<>();
    for (String key : store.raw().set(tag(tag).key()).members()) {
      assertTrue(key.startsWith(prefix()));
      members.add(key.substring(prefix().length()));
    }
    return members;
  }

  private String prefix() {
    String prefix = reach.prefix();
    return prefix == null ? "" : prefix;
  }

  /** Asserts which keys have a tag, by every way of asking. */
  private void assertTag(String tag, String... keys) {
    Set<String> expected = new TreeSet<>();
    for (String key : keys) {
      expected.add(key(key));
      assertTrue(tag(tag).contains(key(key)));
      assertTrue(store.keys().tags(key(key)).contains(key(tag)));
    }
    assertEquals(expected, tag(tag).keys());
    assertEquals(expected.size(), tag(tag).size());
    assertEquals(expected, membersOf(tag));
    assertEquals(!expected.isEmpty(), store.raw().keys().exists(tag(tag).key()));
  }

  private void assertTagsOf(String key, String... tags) {
    Set<String> expected = new TreeSet<>();
    for (String tag : tags) {
      expected.add(key(tag));
    }
    assertEquals(expected, store.keys().tags(key(key)));
  }

  @Test
  void add_keysThatExist_tagsThem() {
    make("a", "b", "c");
    assertTag("t");
    assertTrue(tag("t").add(key("a")));
    assertFalse(tag("t").add(key("a")));
    assertFalse(tag("t").add(key("none")));
    assertEquals(2, tag("t").add(key("a"), key("b"), key("none"), key("c"), key("b")));
    assertEquals(0, tag("t").add(List.of(key("a"), key("none"))));
    assertTag("t", "a", "b", "c");
    assertFalse(tag("t").contains(key("none")));
    assertFalse(tag("u").contains(key("a")));
    assertTagsOf("none");
  }

  @Test
  void name_andKey_areAsGiven() {
    assertEquals(key("t"), tag("t").name());
    assertEquals("redstart:tag:" + prefix() + key("t"), tag("t").key());
  }

  @Test
  void remove_keys_leavesThemThere() {
    tag("t", "a", "b", "c");
    assertTrue(tag("t").remove(key("a")));
    assertFalse(tag("t").remove(key("a")));
    assertFalse(tag("t").remove(key("none")));
    assertEquals(1, tag("t").remove(key("a"), key("b"), key("b")));
    assertTag("t", "c");
    assertEquals(1, tag("t").remove(List.of(key("c"))));
    assertTag("t");
    assertEquals(0, tag("t").remove(List.of(key("c"))));
    assertEquals(3, store.keys().exists(key("a"), key("b"), key("c")));
    assertTagsOf("a");
  }

  @Test
  void delete_aTag_leavesItsKeys() {
    assertFalse(tag("t").delete());
    tag("t", "a", "b");
    tag("u", "a");
    assertTrue(tag("t").delete());
    assertTag("t");
    assertTag("u", "a");
    assertTagsOf("a", "u");
    assertTrue(store.keys().exists(key("b")));
    assertTrue(store.keys().delete(key("a")));
    assertTag("u");
  }

  @Test
  void deleteKeys_ofATag_removesThemFromAllTheirTags() {
    assertEquals(0, tag("t").deleteKeys());
    tag("t", "a", "b");
    tag("u", "b", "c");
    if (reach.isAtomic()) {
      assertThrows(IllegalStateException.class, () -> tag("t").deleteKeys());
      assertTag("t", "a", "b");
      List<String> keys = List.of(tag("t").key(), key("a"), key("b"));
      assertEquals(
          2L, store.store().<Long>atomicallyGet(keys, tx -> tx.tag(key("t")).deleteKeys()));
    } else {
      assertEquals(2, tag("t").deleteKeys());
    }
    assertTag("t");
    assertTag("u", "c");
    assertEquals(1, store.keys().exists(key("a"), key("b"), key("c")));
  }

  @Test
  void deletedKey_ofAnyType_leavesItsTags() {
    store.value(key("a")).set("v");
    list("b").pushLeft(of("v"));
    hash("c").put(of("f"), of("v"));
    set("d").add(of("v"));
    sortedSet("e").add(of("v"), 1);
    String[] all = {"a", "b", "c", "d", "e"};
    for (String key : all) {
      assertTrue(tag("t").add(key(key)));
      assertTrue(tag("u").add(key(key)));
    }
    assertTag("t", all);
    assertEquals("v", store.value(key("a")).getAndDelete());
    assertTag("t", "b", "c", "d", "e");
    list("b").popLeft();
    assertTag("t", "c", "d", "e");
    hash("c").remove(of("f"));
    assertTag("u", "d", "e");
    set("d").pop();
    assertTag("t", "e");
    sortedSet("e").popMin();
    assertTag("t");
    assertTag("u");
    tag("t", "a", "b", "c");
    assertEquals(2, store.keys().delete(key("a"), key("none"), key("b")));
    assertTag("t", "c");
    assertTrue(store.keys().expire(key("c"), Duration.ZERO));
    assertTag("t");
    assertTagsOf("c");
  }

  @Test
  void writtenKey_thatStays_keepsItsTags() {
    tag("t", "a");
    make("a");
    store.value(key("a")).set("w", Duration.ofMinutes(1));
    store.value(key("a")).append("x");
    store.keys().persist(key("a"));
    tag("t", "b").remove(key("b"));
    assertTrue(tag("t").add(key("b")));
    assertTag("t", "a", "b");
    list("l", "x", "y");
    assertTrue(tag("t").add(key("l")));
    list("l").popLeft();
    list("l").moveTo(key("l"), ListEnd.LEFT, ListEnd.RIGHT);
    assertTag("t", "a", "b", "l");
    store.value(key("l")).set("now a string");
    assertTag("t", "a", "b", "l");
  }

  @Test
  void renamedKey_takesItsTagsAlong() {
    tag("t", "a");
    tag("u", "a", "b");
    tag("v", "b");
    store.keys().rename(key("a"), key("b"));
    assertTag("t", "b");
    assertTag("u", "b");
    assertTag("v");
    assertTagsOf("a");
    assertTagsOf("b", "t", "u");
    store.keys().rename(key("b"), key("b"));
    assertFalse(store.keys().renameIfAbsent(key("b"), key("b")));
    assertTrue(store.keys().renameIfAbsent(key("b"), key("c")));
    assertTagsOf("c", "t", "u");
    make("d");
    store.keys().rename(key("d"), key("c"));
    assertTag("t");
    assertTag("u");
  }

  @Test
  void copiedKey_hasNoTags() {
    tag("t", "a");
    tag("u", "b");
    assertTrue(store.keys().copy(key("a"), key("c"), false));
    assertTag("t", "a");
    assertTrue(store.keys().copy(key("a"), key("b"), true));
    assertTag("t", "a");
    assertTag("u");
    assertFalse(store.keys().copy(key("c"), key("a"), false));
    assertTag("t", "a");
  }

  @Test
  void storedAnswer_hasNoTags() {
    set("s", "x", "y");
    list("l", "1");
    sortedSet("z", "x 1");
    tag("t", "a", "b", "c");
    set("s").storeUnion(key("a"));
    assertTag("t", "b", "c");
    sortedSet("z").storeRange(key("b"), SortedRange.byRank(0, -1));
    assertTag("t", "c");
    store.keys().sortAndStore(key("l"), key("c"), SortOptions.ascending().alphabetic());
    assertTag("t");
  }

  @Test
  void movedKey_leavesItsTags_perDatabase() {
    tag("t", "a");
    Store other = store.store().database(9);
    other.value(key("b")).set("v");
    assertTrue(other.tag(key("t")).add(key("b")));
    assertTag("t", "a");
    assertTrue(store.keys().move(key("a"), 9));
    assertTag("t");
    assertEquals(Set.of(key("b")), other.tag(key("t")).keys());
    assertEquals(Set.of(), other.keys().tags(key("a")));
    make("a");
    assertTrue(store.keys().copy(key("a"), 9, key("b"), true));
    assertEquals(0, other.tag(key("t")).size());
  }

  @Test
  void expiredKey_leavesItsTags_onTime() {
    tag("t", "a", "b");
    tag("u", "a");
    store.keys().expire(key("a"), Duration.ofMillis(100));
    advance(99);
    assertTag("t", "a", "b");
    advance(1);
    assertTag("t", "b");
    assertTag("u");
    hash("h").put(of("f"), of("v"));
    hash("h").put(of("g"), of("v"));
    assertTrue(tag("t").add(key("h")));
    hash("h").expire(of("f"), Duration.ofMillis(10));
    hash("h").expire(of("g"), Duration.ofMillis(20));
    advance(10);
    assertTag("t", "b", "h");
    advance(10);
    assertTag("t", "b");
    assertFalse(store.keys().exists(key("h")));
  }

  @Test
  void flush_ofADatabase_clearsItsTagsOnly() {
    tag("t", "a", "b");
    Store other = store.store().database(9);
    other.value(key("b")).set("v");
    assertTrue(other.tag(key("t")).add(key("b")));
    store.keys().flush();
    assertTag("t");
    make("a");
    assertTagsOf("a");
    assertEquals(Set.of(key("b")), other.tag(key("t")).keys());
    tag("t", "b");
    store.keys().flushAll();
    assertTag("t");
    assertEquals(0, other.tag(key("t")).size());
  }

  @Test
  void set_ofATag_tagsAndUntags() {
    if (reach.isGroup()) {
      return; // has no handle of such a set
    }
    make("a", "b");
    RSet<String> set = setOf("t");
    assertTrue(set.add(key("a")));
    assertFalse(set.add(key("none")));
    assertEquals(1, set.add(key("a"), key("b")));
    assertTag("t", "a", "b");
    assertEquals(1, set.removeAll(key("a"), key("none")));
    assertTag("t", "b");
    assertTagsOf("a");
    assertTrue(set.delete());
    assertTag("t");
    assertTagsOf("b");
    assertFalse(set.delete());
    tag("t", "b");
    assertEquals(2, store.keys().delete(key("b"), RTag.KEY_PREFIX + key("t")) + 1);
    tag("t", "b");
    assertEquals(2, store.keys().unlink(List.of(RTag.KEY_PREFIX + key("t"), key("b"))));
    assertTag("t");
  }

  @Test
  void otherWrites_ofATagsSet_areRefused() {
    if (reach.isGroup()) {
      return; // has no handle of such a set
    }
    make("a");
    set("s", "x");
    list("l", "x");
    tag("t", "a");
    String key = RTag.KEY_PREFIX + key("t");
    for (String each : List.of(key, RTag.KEY_PREFIX + "none", RTag.KEY_PREFIX)) {
      RKeys keys = store.keys();
      List.<Runnable>of(
              () -> store.value(each).set("v"),
              () -> store.values().setAll(Map.of(each, "v")),
              () -> store.counter(each).increment(),
              () -> store.list(each).pushLeft("v"),
              () -> store.hash(each).put("f", "v"),
              () -> store.sortedSet(each).add("a", 1),
              () -> store.set(each).moveTo(key("s"), key("a")),
              () -> set("s").moveTo(each, of("x")),
              () -> set("s").storeUnion(each),
              () -> store.set(each).storeUnion(key("d")),
              () -> sortedSet("z").storeUnion(each),
              () -> list("l").moveTo(each, ListEnd.LEFT, ListEnd.LEFT),
              () -> keys.rename(key("a"), each),
              () -> keys.rename(each, key("d")),
              () -> keys.copy(key("a"), each, true),
              () -> keys.copy(each, key("d"), true),
              () -> keys.move(each, 9),
              () -> keys.expire(each, Duration.ofMinutes(1)),
              () -> keys.persist(each),
              () -> keys.sortAndStore(key("l"), each, SortOptions.ascending().alphabetic()),
              () ->
                  keys.sortAndStore(
                      key("l"), each, SortOptions.ascending().by("w*").get("g*").alphabetic()),
              () -> tag("t").add(each),
              () -> tag("t").add(List.of(key("s"), each)),
              () -> tag("t").remove(each))
          .forEach(TagTest::assertRefused);
    }
    assertThrows(IllegalArgumentException.class, () -> store.set(key).pop());
    assertTag("t", "a");
    assertTagsOf("s");
    assertTrue(store.keys().exists(key("a")));
  }

  /** Asserts that a write is refused, be it for the set's type. */
  private static void assertRefused(Runnable write) {
    RuntimeException refusal = assertThrows(RuntimeException.class, write::run);
    assertTrue(
        refusal instanceof IllegalArgumentException || refusal instanceof WrongTypeException,
        refusal::toString);
  }

  @Test
  void emptyArguments_areRefused() {
    assertThrows(IllegalArgumentException.class, () -> tag("t").add());
    assertThrows(IllegalArgumentException.class, () -> tag("t").add(List.of()));
    assertThrows(IllegalArgumentException.class, () -> tag("t").remove());
    assertThrows(IllegalArgumentException.class, () -> tag("t").remove(List.of()));
  }

  @Test
  void key_ofAHundredTags_leavesThemAll() {
    make("a", "b");
    for (int i = 0; i < 100; i++) {
      tag("t" + i).add(key("a"), key("b"));
    }
    assertEquals(
        IntStream.range(0, 100).mapToObj(i -> key("t" + i)).collect(Collectors.toSet()),
        store.keys().tags(key("a")));
    store.keys().rename(key("a"), key("c"));
    assertEquals(100, store.keys().tags(key("c")).size());
    store.keys().delete(key("c"));
    for (int i = 0; i < 100; i++) {
      assertTag("t" + i, "b");
    }
    assertEquals(reach.isGroup() ? 1 : 101, store.keys().size()); // no group has tags' sets
  }

  @Test
  void emptyNames_areNames() {
    store.value("").set("v");
    assertTrue(store.tag("").add(""));
    assertEquals(Set.of(""), store.tag("").keys());
    assertEquals(Set.of(""), store.keys().tags(""));
    assertTrue(store.keys().delete(""));
    assertEquals(0, store.keys().size());
  }
}
