// SPDX-License-Identifier: Apache-2.0
package dev.redstart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The limit of a group, against every way to make a key of it. */
@ParameterizedClass
@EnumSource(GroupWaysInTest.Way.class)
class GroupWaysInTest {
  /** The key that each way makes, or would. */
  private static final String NEW = "g:n";

  @Parameter Way way;

  private final RecordingSink sink = new RecordingSink();
  private final Store store =
      Store.builder().timeSource(TimeSource.manual(ReachedStore.START)).journalSink(sink).open();

  /** A way to make the key, from sources that are outside the group, or in another database. */
  enum Way {
    SET(store -> store.value(NEW).set("v")),
    SET_WITH_LIFETIME(store -> store.value(NEW).set("v", Duration.ofMinutes(1))),
    SET_KEEPING(store -> store.value(NEW).set("v", SetOptions.always().keepingDeadline())),
    SET_IF_ABSENT(store -> store.value(NEW).setIfAbsent("v")),
    GET_AND_SET(store -> store.value(NEW).getAndSet("v")),
    APPEND(store -> store.value(NEW).append("v")),
    SET_RANGE(store -> store.value(NEW).setRange(3, "v")),
    LOAD(store -> store.value(NEW).getOrLoad(() -> "v")),
    REFERENCE(store -> store.value(NEW, Codec.reference(Codec.text())).set("v")),
    INCREMENT(store -> store.counter(NEW).increment()),
    ADD_FRACTION(store -> store.counter(NEW).addFraction(1.5)),
    SET_NUMBER(store -> store.counter(NEW).getAndSet(1)),
    SET_ALL(store -> store.values().setAll(Map.of("out", "v", NEW, "v", "g:a", "w"))),
    SET_ALL_IF_ABSENT(store -> store.values().setAllIfAbsent(Map.of("out", "v", NEW, "v"))),
    PUSH(store -> store.list(NEW).pushLeft("v")),
    LIST_VIEW(store -> store.list(NEW).asList().add("v")),
    DEQUE_VIEW(store -> store.list(NEW).asDeque().addFirst("v")),
    LIST_MOVE(store -> store.list("list").moveTo(NEW, ListEnd.LEFT, ListEnd.LEFT)),
    BLOCKING_LIST_MOVE(
        store -> {
          try {
            store.list("list").moveTo(NEW, ListEnd.LEFT, ListEnd.LEFT, Duration.ofDays(1));
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
        }),
    PUT(store -> store.hash(NEW).put("f", "v")),
    PUT_IF_ABSENT(store -> store.hash(NEW).putIfAbsent("f", "v")),
    INCREMENT_FIELD(store -> store.hash(NEW).increment("f", 1)),
    INCREMENT_FRACTION(store -> store.hash(NEW).increment("f", 1.5)),
    MAP_VIEW(store -> store.hash(NEW).asMap().merge("f", "v", String::concat)),
    ADD(store -> store.set(NEW).add("v")),
    SET_VIEW(store -> store.set(NEW).asSet().add("v")),
    SET_MOVE(store -> store.set("set").moveTo(NEW, "x")),
    SET_UNION(store -> store.set("set").storeUnion(NEW)),
    SET_INTERSECTION(store -> store.set("set").storeIntersection(NEW)),
    SET_DIFFERENCE(store -> store.set("set").storeDifference(NEW)),
    ADD_SCORED(store -> store.sortedSet(NEW).add("v", 1)),
    INCREMENT_SCORE(store -> store.sortedSet(NEW).increment("v", 1)),
    SCORE_MAP_VIEW(store -> store.sortedSet(NEW).asScoreMap().put("v", 1.0)),
    SORTED_SET_UNION(store -> store.sortedSet("set").storeUnion(NEW)),
    SORTED_SET_INTERSECTION(store -> store.sortedSet("set").storeIntersection(NEW)),
    SORTED_SET_RANGE(store -> store.sortedSet("sorted").storeRange(NEW, SortedRange.byRank(0, -1))),
    RENAME(store -> store.keys().rename("list", NEW)),
    RENAME_BY_HANDLE(store -> store.list("list").rename(NEW)),
    RENAME_IF_ABSENT(store -> store.keys().renameIfAbsent("list", NEW)),
    COPY(store -> store.keys().copy("list", NEW)),
    COPY_REPLACING(store -> store.keys().copy("list", NEW, true)),
    COPY_FROM_DATABASE(store -> store.database(3).keys().copy("list", 0, NEW, true)),
    MOVE(store -> store.database(3).keys().move(NEW, 0)),
    SORT(store -> store.keys().sortAndStore("list", NEW, SortOptions.ascending().alphabetic())),
    SORT_BY(
        store ->
            store.keys().sortAndStore("list", NEW, SortOptions.ascending().by("w*").alphabetic())),
    ATOMICALLY(
        store ->
            store.atomically(
                List.of("out", NEW),
                tx -> {
                  tx.value("out").set("v");
                  tx.value(NEW).set("v");
                })),
    BY_THE_GROUP(store -> store.group("g:").value("n").set("v")),
    BY_A_GROUP_AROUND(store -> store.group("g").value(":n").set("v")),
    BY_A_GROUP_ATOMICALLY(
        store -> store.group("g:").atomically(List.of("n"), tx -> tx.set("n").add("v"))),
    BY_ANOTHER_DATABASES_VIEW(store -> store.database(5).database(0).value(NEW).set("v"));

    @SuppressWarnings("ImmutableEnumChecker") // none of them has a state
    private final Consumer<Store> make;

    Way(Consumer<Store> make) {
      this.make = make;
    }
  }

  @BeforeEach
  void prepare() {
    store.value("g:a").set("v");
    store.value("g:b").set("v");
    Stream.of(store, store.database(3))
        .forEach(
            each -> {
              each.list("list").pushRight("x", "y");
              each.list(NEW).pushRight("x");
              each.set("set").add("x", "y");
              each.sortedSet("sorted").add("x", 1);
            });
    store.list(NEW).delete();
  }

  @AfterEach
  void close() {
    store.close();
  }

  private Map<String, String> content() {
    Map<String, String> content = new TreeMap<>();
    for (Store each : List.of(store, store.database(3))) {
      for (String key : each.keys().match("*")) {
        String value =
            switch (each.keys().type(key)) {
              case STRING -> each.value(key).get();
              case LIST -> each.list(key).range(0, -1).toString();
              case SET -> each.set(key).members().stream().sorted().toList().toString();
              default -> each.keys().type(key).toString();
            };
        content.put((each == store ? "0 " : "3 ") + key, value);
      }
    }
    return content;
  }

  @Test
  void fullGroupThatRefuses_changesNothing() {
    StoreGroup group = store.group("g:", GroupOptions.none().limit(2));
    Map<String, String> before = content();
    sink.takeBatches();
    GroupFullException full = assertThrows(GroupFullException.class, () -> way.make.accept(store));
    assertEquals("OOM", full.code());
    assertTrue(full.getMessage().endsWith(" g:"));
    assertEquals(before, content());
    assertEquals(List.of(), sink.takeEffects());
    assertEquals(2, group.size());
    store.value("g:b").delete();
    way.make.accept(store);
    assertEquals(2, group.size());
    assertEquals(List.of("a", "n"), group.keys().match("*").stream().sorted().toList());
    assertThrows(GroupFullException.class, () -> store.value("g:c").set("v"));
  }

  @Test
  void fullGroupThatRemovesTheOldest_isWithinItsLimit() {
    store.keys().delete("g:a", "g:b");
    StoreGroup group = store.group("g:", GroupOptions.none().limit(2).removeOldest());
    store.value("g:a").set("v");
    store.value("g:b").set("v");
    Map<String, String> before = content();
    way.make.accept(store);
    assertEquals(2, group.size());
    assertEquals(List.of("b", "n"), group.keys().match("*").stream().sorted().toList());
    assertEquals(before.get("0 g:b"), content().get("0 g:b"));
    assertFalse(store.keys().exists("g:a"));
    assertEquals(
        "DEL g:a -> e evicted g:a",
        sink.takeEffects().stream().map(EffectsContract::text).reduce((a, b) -> b).orElseThrow());
  }
}
