// SPDX-License-Identifier: Apache-2.0
package dev.redstart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redstart.structure.SegmentTable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A group that refuses keys beyond its limit. */
class GroupLimitTest {
  private static final Duration LONG = Duration.ofDays(1);
  private static final int ROUNDS = 2_000;

  private final ManualTime time = TimeSource.manual(ReachedStore.START);
  private final Store store = Store.builder().timeSource(time).open();
  private final StoreGroup group = store.group("g:", GroupOptions.none().limit(2));

  @AfterEach
  void countsAreRight() {
    assertEquals(store.keys().match("g:*").size(), group.size());
    store.close();
  }

  private void fill(String... keys) {
    for (String key : keys) {
      group.value(key).set("v");
    }
  }

  private void assertKeys(String... keys) {
    assertEquals(List.of(keys), group.keys().match("*").stream().sorted().toList());
    assertEquals(keys.length, group.size());
  }

  private static void assertFull(Runnable operation) {
    assertThrows(GroupFullException.class, operation::run);
  }

  @Test
  void operationThatNeedsNoRoom_isNotRefused() {
    fill("a", "b");
    group.value("a").set("w");
    group.value("a").append("x");
    group.values().setAll(Map.of("a", "1", "b", "2"));
    group.set("s").storeUnion("a");
    fill("a");
    store.value("out").set("v");
    store.keys().rename("out", "g:a");
    assertTrue(store.keys().copy("g:a", "g:b", true));
    assertFalse(group.keys().copy("a", "b"));
    assertEquals(0, group.list("l").pushLeftIfPresent("x"));
    assertFalse(group.value("n").setIfPresent("v"));
    assertFalse(group.keys().expire("n", LONG));
    assertKeys("a", "b");
  }

  @Test
  void renameInAFullGroup_takesItsOwnRoom() {
    fill("a", "b");
    group.keys().rename("a", "c");
    assertTrue(group.keys().renameIfAbsent("b", "d"));
    assertKeys("c", "d");
    group.keys().rename("c", "d");
    assertKeys("d");
    fill("e");
    assertFull(() -> fill("f"));
  }

  @Test
  void lastElementThatMoves_givesItsRoom() {
    group.list("l").pushLeft("x");
    group.set("s").add("x");
    group.list("l").moveTo("m", ListEnd.LEFT, ListEnd.LEFT);
    assertTrue(group.set("s").moveTo("t", "x"));
    assertKeys("m", "t");
    group.list("m").pushLeft("y");
    group.set("t").add("y");
    assertFull(() -> group.list("m").moveTo("n", ListEnd.LEFT, ListEnd.LEFT));
    assertFull(() -> group.set("t").moveTo("u", "x"));
    assertEquals(List.of("y", "x"), group.list("m").range(0, -1));
    assertEquals(2, group.set("t").size());
    group.list("m").moveTo("m", ListEnd.LEFT, ListEnd.RIGHT);
    assertEquals(List.of("x", "y"), group.list("m").range(0, -1));
  }

  @Test
  void severalKeys_areMadeAllOrNone() {
    fill("a");
    assertFull(() -> group.values().setAll(Map.of("a", "w", "b", "w", "c", "w")));
    assertFull(() -> group.values().setAllIfAbsent(Map.of("b", "w", "c", "w")));
    assertEquals("v", group.value("a").get());
    assertKeys("a");
    assertTrue(group.values().setAllIfAbsent(Map.of("b", "w")));
    assertKeys("a", "b");
  }

  @Test
  void renameIntoAnotherFullGroup_isRefused() {
    StoreGroup other = store.group("h:", GroupOptions.none().limit(1));
    other.value("x").set("v");
    fill("a", "b");
    assertFull(() -> store.keys().rename("g:a", "h:y"));
    assertFull(() -> store.keys().rename("h:x", "g:c"));
    store.keys().rename("g:a", "h:x");
    assertKeys("b");
    assertEquals(1, other.size());
  }

  @Test
  void bodyOfATransaction_mayUseTheRoomItMakes() {
    fill("a", "b");
    group.atomically(
        List.of("a", "b", "c", "d"),
        tx -> {
          tx.keys().delete("a");
          tx.value("c").set("v");
          assertFull(() -> tx.value("d").set("v"));
          tx.keys().rename("c", "d");
          assertFull(() -> tx.values().setAll(Map.of("a", "1", "b", "1")));
          assertEquals("v", tx.value("b").get());
        });
    assertKeys("b", "d");
  }

  @Test
  void bodyThatThrows_getsItsRoomBack() {
    fill("a", "b");
    assertThrows(
        IllegalStateException.class,
        () ->
            group.atomically(
                List.of("a", "b", "c"),
                tx -> {
                  tx.keys().delete("a", "b");
                  tx.value("c").set("v");
                  throw new IllegalStateException("rolled back");
                }));
    assertKeys("a", "b");
    assertFull(() -> fill("c"));
    group.keys().delete("a");
    fill("c");
    assertKeys("b", "c");
  }

  @Test
  void roomThatABodyMakes_isForOthersWhenItHasEnded() {
    fill("a", "b");
    String elsewhere = elsewhere("g:a", "g:c");
    group.atomically(
        List.of("a"),
        tx -> {
          tx.keys().delete("a");
          Exception refusal =
              Background.start(
                      () -> {
                        store.value(elsewhere).set("v");
                        return 0;
                      })
                  .failure();
          assertEquals(GroupFullException.class, refusal.getClass());
          try {
            assertEquals(2L, Background.start(group::size).get()); // nothing is seen of it yet
          } catch (Exception e) {
            throw new AssertionError(e);
          }
        });
    store.value(elsewhere).set("v");
    assertEquals(2, group.size());
  }

  /** Returns a key that begins as another and is in another stripe. */
  private static String elsewhere(String key, String beginning) {
    return IntStream.range(0, 1000)
        .mapToObj(i -> beginning + i)
        .filter(each -> SegmentTable.spread(each) >>> 20 != SegmentTable.spread(key) >>> 20)
        .filter(each -> SegmentTable.spread(each) >>> 31 != SegmentTable.spread(key) >>> 31)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void moverThatWaits_hearsOfTheFullGroup() throws Exception {
    fill("a");
    Background<String> move =
        Background.startBlocked(
            () -> store.list("l").moveTo("g:m", ListEnd.LEFT, ListEnd.LEFT, LONG));
    Background<String> second = Background.startBlocked(() -> store.list("l").popLeft(LONG));
    fill("b");
    store.list("l").pushLeft("x");
    assertEquals(GroupFullException.class, move.failure().getClass());
    assertEquals("x", second.get());
    assertKeys("a", "b");
    group.keys().delete("a");
    Background<String> third =
        Background.startBlocked(
            () -> store.list("l").moveTo("g:m", ListEnd.LEFT, ListEnd.LEFT, LONG));
    store.atomically(List.of("l"), tx -> tx.list("l").pushLeft("y"));
    assertEquals("y", third.get());
    assertKeys("b", "m");
  }

  @Test
  void elementThatCannotBeRead_isPutBackInAnyCase() throws Exception {
    Codec<String> bad =
        new Codec<>() {
          @Override
          public byte[] encode(String text) {
            return Codec.text().encode(text);
          }

          @Override
          public String decode(byte[] bytes) {
            fill("a", "b"); // somebody comes before it is put back
            throw new CodecException("unreadable");
          }
        };
    Background<String> pop = Background.startBlocked(() -> group.list("l", bad).popLeft(LONG));
    group.list("l").pushLeft("x");
    assertEquals(CodecException.class, pop.failure().getClass());
    assertEquals(List.of("x"), group.list("l").range(0, -1));
    assertKeys("a", "b", "l");
    assertFull(() -> fill("c"));
    group.keys().delete("a");
    assertFull(() -> fill("c"));
    group.keys().delete("b");
    fill("c");
    assertKeys("c", "l");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void lastRoom_takenByABody_isWaitedFor(boolean commits) throws Exception {
    fill("a");
    List<Background<Boolean>> others = new ArrayList<>();
    try {
      group.atomically(
          List.of("b"),
          tx -> {
            tx.value("b").set("v");
            others.add(
                Background.startBlocked(
                    () -> {
                      group.value("c").set("w");
                      return true;
                    }));
            if (!commits) {
              throw new ArithmeticException("on purpose");
            }
          });
    } catch (ArithmeticException e) {
      assertFalse(commits);
    }
    if (commits) {
      assertInstanceOf(GroupFullException.class, others.get(0).failure());
      assertKeys("a", "b");
    } else {
      assertEquals(true, others.get(0).get());
      assertKeys("a", "c");
    }
  }

  @Test
  void moverThatIsServedByAPutBack_isRefusedAsAnyOther() throws Exception {
    fill("a", "b");
    RList<Long> numbers = store.list("numbers", Codec.longs());
    Background<@Nullable Long> reader =
        Background.startBlocked(() -> numbers.popLeft(Duration.ofHours(1)));
    RList<String> texts = store.list("numbers");
    Background<@Nullable String> mover =
        Background.startBlocked(
            () -> texts.moveTo("g:c", ListEnd.LEFT, ListEnd.LEFT, Duration.ofHours(1)));
    texts.pushRight("no number");
    assertInstanceOf(StoreException.class, reader.failure());
    assertInstanceOf(GroupFullException.class, mover.failure());
    assertEquals(List.of("no number"), texts.range(0, -1));
    assertKeys("a", "b");
  }

  @Test
  void sizesOfTwoGroups_changeTogether() throws Exception {
    StoreGroup other = store.group("h:", GroupOptions.none().limit(2));
    for (int round = 0; round < ROUNDS; round++) {
      fill("a");
      Background<Boolean> mover = Background.start(() -> store.keys().renameIfAbsent("g:a", "h:a"));
      while (other.size() == 0) {
        Thread.onSpinWait();
      }
      assertEquals(0, group.size(), "round " + round);
      assertEquals(true, mover.get());
      other.clear();
    }
  }

  @Test
  void keyThatExpires_givesItsRoom() {
    group.value("a").set("v", Duration.ofMillis(5));
    group.hash("h").put("f", "v");
    group.hash("h").expire("f", Duration.ofMillis(7));
    assertFull(() -> fill("b"));
    time.advance(Duration.ofMillis(5));
    assertKeys("h");
    fill("b");
    assertFull(() -> fill("c"));
    time.advance(Duration.ofMillis(2));
    fill("c");
    assertKeys("b", "c");
    group.keys().expire("b", Duration.ZERO);
    assertKeys("c");
  }

  @Test
  void taggedKeyThatExpires_givesItsRoom() {
    fill("a", "b");
    group.tag("t").add("a", "b");
    group.keys().expire("a", Duration.ofMillis(5));
    time.advance(Duration.ofMillis(5));
    fill("c");
    assertKeys("b", "c");
    assertEquals(1, group.tag("t").deleteKeys());
    assertKeys("c");
  }

  @Test
  void flush_ofTheDatabase_emptiesTheGroup() {
    fill("a", "b");
    store.database(3).keys().flush();
    assertFull(() -> fill("c"));
    store.keys().flush();
    assertKeys();
    fill("a", "b");
    store.database(3).keys().flushAll();
    assertKeys();
    fill("c", "d");
    assertFull(() -> fill("e"));
    group.clear();
    fill("e");
    assertKeys("e");
  }

  @Test
  void otherDatabase_hasItsOwnLimit() {
    fill("a", "b");
    StoreGroup other = group.database(3);
    IntStream.range(0, 5).forEach(i -> other.value("k" + i).set("v"));
    assertEquals(5, other.size());
    store.database(3).group("g:", GroupOptions.none().limit(1));
    assertFull(() -> other.value("n").set("v"));
    assertEquals(5, other.size());
    assertFull(() -> other.keys().move("k0", 0));
    assertTrue(other.keys().exists("k0"));
  }

  @Test
  void limitThatIsDeclaredAnew_countsFromThenOn() {
    fill("a", "b");
    store.group("g:", GroupOptions.none().limit(3));
    fill("c");
    assertFull(() -> fill("d"));
    store.group("g:", GroupOptions.none().limit(1));
    assertFull(() -> fill("d"));
    group.keys().delete("a", "b");
    assertFull(() -> fill("d"));
    fill("c");
    store.group("g:", GroupOptions.none());
    fill("d", "e", "f");
    assertEquals(4, group.size());
    store.group("g:", GroupOptions.none().limit(5));
    fill("g");
    assertFull(() -> fill("h"));
    store.group("g:", GroupOptions.none().limit(2).removeOldest());
    assertEquals(2, group.size());
    store.group("g:", GroupOptions.none().limit(2));
    assertFull(() -> fill("h"));
  }

  @Test
  void groupInAGroup_mustHaveRoomInBoth() {
    StoreGroup outer = store.group("o:", GroupOptions.none().limit(3));
    StoreGroup inner = outer.group("i:", GroupOptions.none().limit(2));
    inner.value("a").set("v");
    inner.value("b").set("v");
    assertFull(() -> inner.value("c").set("v"));
    outer.value("c").set("v");
    inner.keys().delete("a");
    outer.value("d").set("v");
    for (int i = 0; i < 3; i++) {
      GroupFullException full =
          assertThrows(GroupFullException.class, () -> inner.value("e").set("v"));
      assertTrue(full.getMessage().endsWith(" o:"));
    }
    assertEquals(1, inner.size());
    assertEquals(3, outer.size());
    outer.keys().rename("c", "i:c");
    assertEquals(2, inner.size());
    assertFull(() -> outer.keys().rename("d", "i:d"));
    outer.keys().delete("d");
    outer.value("e").set("v");
    assertEquals(3, outer.size());
  }

  @Test
  void manyGroups_countEachForItself() {
    for (int i = 0; i < 1000; i++) {
      StoreGroup each = store.group("many" + i + ":", GroupOptions.none().limit(1));
      each.value("a").set("v");
      assertFull(() -> each.value("b").set("v"));
    }
    assertEquals(1, store.group("many7:").size());
    store.keys().delete("many7:a");
    assertEquals(0, store.group("many7:").size());
    assertEquals(1, store.group("many8:").size());
  }
}
