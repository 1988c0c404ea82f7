// SPDX-License-Identifier: Apache-2.0
package dev.redstart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** {@link StoreGroup}: its names, whatever its prefix is made of, and what belongs to it. */
@ParameterizedClass
@ValueSource(strings = {"s:", "a*[b:", "键😀é", "\\", "redstart:", "{x}?", "# ->"})
class GroupTest {
  private static final Duration LONG = Duration.ofDays(1);

  @Parameter String prefix;

  private final Store store =
      Store.builder().timeSource(TimeSource.manual(ReachedStore.START)).open();
  private StoreGroup group;

  @BeforeEach
  void makeGroup() {
    group = store.group(prefix);
    List.of("", "other", prefix.substring(0, prefix.length() - 1), "x" + prefix)
        .forEach(key -> store.value(key).set("other's"));
  }

  @AfterEach
  void othersAreUntouched() {
    for (String key :
        List.of("", "other", prefix.substring(0, prefix.length() - 1), "x" + prefix)) {
      assertEquals("other's", store.value(key).get());
    }
    store.close();
  }

  @Test
  void handles_ofAGroup_areThoseOfThePrefixedKeys() {
    group.value("v").set("1");
    assertEquals("1", store.value(prefix + "v").get());
    store.list(prefix + "l").pushRight("a");
    assertEquals(List.of("a"), group.list("l").range(0, -1));
    assertEquals("v", group.value("v").key());
    assertEquals("", group.value("").key());
    assertEquals(prefix, group.prefix());
    assertFalse(group.keys().exists("other"));
    assertFalse(group.keys().delete("other"));
    assertNull(group.value(prefix + "v").get());
  }

  @Test
  void keys_ofAGroup_areItsOwn() {
    fill("", "a", "b", "键");
    Set<String> all = Set.of("", "a", "b", "键");
    assertEquals(all, new TreeSet<>(group.keys().match("*")));
    assertEquals(Set.of("a", "b"), new TreeSet<>(group.keys().match("[ab]")));
    assertEquals(List.of(), group.keys().match(prefix + "*"));
    assertEquals(List.of("a"), group.keys().match("a"));
    assertEquals(List.of(""), group.keys().match(""));
    Set<String> scanned = new TreeSet<>();
    group.keys().scan(ScanOptions.all()).forEach(scanned::add);
    assertEquals(all, scanned);
    scanned.clear();
    group.keys().scan("?").forEach(scanned::add);
    assertEquals(Set.of("a", "b"), scanned);
    assertEquals(4, group.size());
    assertEquals(4, group.keys().size());
    Set<String> random = new TreeSet<>();
    while (random.size() < 4) {
      random.add(group.keys().random());
    }
    assertEquals(all, random);
  }

  @Test
  void severalKeys_areNamedWithoutThePrefix() throws Exception {
    group.values().setAll(Map.of("a", "1", "b", "2"));
    assertEquals(Map.of("a", "1", "b", "2"), group.values().getAll(List.of("b", "a", "c")));
    group.keys().rename("a", "c");
    group.value("c").rename("d");
    assertTrue(group.keys().copy("d", "e"));
    assertEquals("1", store.value(prefix + "e").get());
    group.list("l").pushLeft("x");
    assertEquals("x", group.list("l").moveTo("m", ListEnd.LEFT, ListEnd.LEFT));
    PoppedElements<String> popped =
        group.list("l").popFirstNonEmpty(ListEnd.LEFT, 1, List.of("m"), LONG);
    assertEquals(new PoppedElements<>("m", List.of("x")), popped);
    group.sortedSet("z").add("x", 1);
    assertEquals("z", group.sortedSet("y").popMinOfAny(1, List.of("z")).key());
    group.set("s").add("x", "y");
    assertEquals(2, group.set("s").storeUnion("u", List.of("t")));
    assertEquals(Set.of("x", "y"), store.set(prefix + "u").members());
    assertTrue(group.set("s").moveTo("t", "x"));
    assertEquals(
        List.of("b", "d", "e", "s", "t", "u"), group.keys().match("*").stream().sorted().toList());
  }

  @Test
  void blockedPop_ofAGroup_isServedByTheStore() throws Exception {
    Background<PoppedElements<String>> pop =
        Background.startBlocked(
            () -> group.list("a").popFirstNonEmpty(ListEnd.LEFT, 1, List.of("b"), LONG));
    store.list("b").pushLeft("not this");
    store.list(prefix + "b").pushLeft("x");
    assertEquals(new PoppedElements<>("b", List.of("x")), pop.get());
    assertEquals(1, store.list("b").size());
    assertTrue(store.list("b").delete());
  }

  @Test
  void sort_byPatterns_findsTheGroupsKeys() {
    group.list("k").pushRight("1", "2");
    group.value("w_1").set("9");
    group.value("w_2").set("3");
    store.value("w_1").set("1");
    group.hash("h_1").put("f->*", "one");
    SortOptions options = SortOptions.ascending().by("w_*").get("#").get("w_*").get("h_*->f->*");
    List<String> expected = Arrays.asList("2", "3", null, "1", "9", "one");
    assertEquals(expected, group.keys().sort("k", options));
    assertEquals(6, group.keys().sortAndStore("k", "d", options));
    assertEquals(6, store.list(prefix + "d").size());
    assertEquals(List.of("2", "1"), group.keys().sort("k", SortOptions.unsorted().reversed()));
    store.value("w_1").delete();
  }

  @Test
  void atomically_inAGroup_declaresItsNames() {
    group.atomically(
        List.of("a", "b"),
        tx -> {
          tx.value("a").set("1");
          tx.keys().rename("a", "b");
          assertThrows(IllegalStateException.class, () -> tx.value("c").get());
          assertThrows(IllegalStateException.class, () -> tx.value(prefix + "a").get());
        });
    assertEquals("1", store.value(prefix + "b").get());
    assertEquals(1L, group.<Long>atomicallyGet(List.of("b"), tx -> tx.counter("b").get()));
    store.atomically(
        List.of("a"),
        tx -> {
          assertThrows(IllegalStateException.class, () -> store.group(prefix));
          assertThrows(IllegalStateException.class, () -> group.group("x"));
          assertThrows(IllegalStateException.class, () -> store.group(prefix, GroupOptions.none()));
          assertThrows(IllegalStateException.class, () -> group.size());
          assertThrows(IllegalStateException.class, () -> group.clear());
          assertThrows(IllegalStateException.class, () -> group.value("b").get());
          assertThrows(IllegalStateException.class, () -> group.keys().random());
        });
  }

  @Test
  void getOrLoad_ofAGroup_loadsWithTheStores() {
    AtomicInteger loads = new AtomicInteger();
    assertEquals("1", group.value("k").getOrLoad(() -> "" + loads.incrementAndGet()));
    assertEquals("1", store.value(prefix + "k").getOrLoad(() -> "" + loads.incrementAndGet()));
  }

  @Test
  void groupOfAGroup_hasBothPrefixes() {
    StoreGroup inner = group.group("in:");
    assertEquals(prefix + "in:", inner.prefix());
    inner.value("a").set("1");
    assertEquals("1", store.value(prefix + "in:a").get());
    assertEquals("1", group.value("in:a").get());
    assertEquals("a", inner.value("a").key());
    assertEquals(List.of("in:a"), group.keys().match("*"));
    assertEquals(List.of("a"), store.group(prefix + "in:").keys().match("*"));
    inner.clear();
    assertEquals(0, group.size());
  }

  @Test
  void database_ofAGroup_isThePrefixThere() {
    StoreGroup other = group.database(3);
    assertEquals(prefix, other.prefix());
    other.value("a").set("1");
    assertEquals("1", store.database(3).value(prefix + "a").get());
    assertEquals("1", store.database(3).group(prefix).value("a").get());
    assertEquals(0, group.size());
    assertTrue(other.keys().move("a", 0));
    assertEquals("1", group.value("a").get());
    assertTrue(group.keys().copy("a", 3, "b", false));
    assertEquals(List.of("b"), other.keys().match("*"));
    assertThrows(IllegalArgumentException.class, () -> group.database(16));
  }

  @Test
  void flush_ofAGroup_removesItsOwnKeys() {
    fill("a", "b");
    group.database(3).value("c").set("1");
    store.database(3).value("c").set("1");
    group.keys().flush();
    assertEquals(0, group.size());
    assertEquals(1, group.database(3).size());
    fill("a");
    group.clear();
    assertEquals(0, group.size());
    fill("a");
    group.keys().flushAll();
    assertEquals(0, group.size());
    assertEquals(0, group.database(3).size());
    assertTrue(store.database(3).value("c").exists());
    assertNull(group.keys().random());
  }

  @Test
  void close_ofAGroup_closesTheStore() {
    Store another = Store.open();
    StoreGroup its = another.group(prefix, GroupOptions.none().limit(1));
    its.close();
    assertThrows(StoreClosedException.class, () -> another.value("a").get());
    assertThrows(StoreClosedException.class, () -> its.value("a").set("1"));
    assertThrows(StoreClosedException.class, () -> its.size());
    assertThrows(StoreClosedException.class, () -> its.clear());
    assertThrows(StoreClosedException.class, () -> another.group(prefix));
    assertThrows(StoreClosedException.class, () -> another.group("x", GroupOptions.none()));
  }

  private void fill(String... keys) {
    for (String key : keys) {
      group.value(key).set("v");
    }
  }

  @Test
  void groupAroundTheTags_doesNotReachThem() {
    try (Store own = Store.open()) {
      own.value("k").set("v");
      own.tag("t").add("k");
      StoreGroup around = own.group("redstart:");
      assertThrows(IllegalArgumentException.class, () -> around.keys().exists("tag:t"));
      assertThrows(IllegalArgumentException.class, () -> around.keys().delete("tag:t"));
      assertThrows(IllegalArgumentException.class, () -> around.set("tag:t").members());
      assertThrows(IllegalArgumentException.class, () -> own.group("redstart:tag:"));
      assertEquals(0, around.size());
      around.clear();
      assertEquals(Set.of("k"), own.tag("t").keys());
    }
  }
}
