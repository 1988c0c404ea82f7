// SPDX-License-Identifier: Apache-2.0
package dev.redstart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.function.Executable;

/** What writes of {@link RList} record. */
class ListEffectsTest extends EffectsContract {
  private static final Duration LONG = Duration.ofHours(1);
  private static final ListEnd LEFT = ListEnd.LEFT;
  private static final ListEnd RIGHT = ListEnd.RIGHT;

  private final RList<String> list = store.list("l");

  private void fill(String key, String... elements) {
    store.list(key).pushRight(elements);
    prepared();
  }

  @Test
  void push_eachEnd_recordsTheElements() {
    list.pushLeft("a");
    assertEffects("LPUSH l a -> n new l, l lpush l");
    list.pushLeft("b", "c");
    assertEffects("LPUSH l b c -> l lpush l");
    list.pushRight(List.of("d", "e"));
    assertEffects("RPUSH l d e -> l rpush l");
    list.pushLeftIfPresent("f");
    assertEffects("LPUSHX l f -> l lpush l");
    list.pushRightIfPresent("g", "h");
    assertEffects("RPUSHX l g h -> l rpush l");
    store.list("none").pushLeftIfPresent("x");
    assertNothingRecorded();
  }

  @Test
  void pop_eachEnd_recordsHowMany() throws InterruptedException {
    assertNull(list.popLeft());
    assertEquals(List.of(), list.popRight(5));
    fill("l", "a", "b", "c", "d", "e", "f", "g");
    assertEquals(List.of(), list.popLeft(0));
    assertNothingRecorded();
    assertEquals("a", list.popLeft());
    assertEffects("LPOP l -> l lpop l");
    assertEquals("g", list.popRight(LONG));
    assertEffects("RPOP l -> l rpop l");
    assertEquals(2, list.popRight(2).size());
    assertEffects("RPOP l 2 -> l rpop l");
    assertEquals(3, list.popLeft(100).size());
    assertEffects("LPOP l 3 -> l lpop l, g del l");
  }

  @Test
  void popFirstNonEmpty_found_recordsItsKey() throws InterruptedException {
    fill("y", "a", "b", "c");
    assertNotNull(list.popFirstNonEmpty(RIGHT, 2, List.of("x", "y")));
    assertEffects("RPOP y 2 -> l rpop y");
    assertNull(list.popFirstNonEmpty(LEFT, 2, List.of("x")));
    assertNull(list.popLeft(Duration.ZERO));
    assertNothingRecorded();
    assertNotNull(list.popFirstNonEmpty(LEFT, 2, List.of("x", "y"), LONG));
    assertEffects("LPOP y -> l lpop y, g del y");
  }

  @Test
  void moveTo_eachCase_recordsLmove() throws InterruptedException {
    assertNull(list.moveTo("d", LEFT, RIGHT));
    assertNothingRecorded();
    fill("l", "a", "b", "c");
    assertEquals("a", list.moveTo("d", LEFT, RIGHT));
    assertEffects("LMOVE l d LEFT RIGHT -> n new d, l rpush d, l lpop l");
    assertEquals("c", list.moveTo("d", RIGHT, LEFT, LONG));
    assertEffects("LMOVE l d RIGHT LEFT -> l lpush d, l rpop l");
    assertEquals("b", list.moveTo("l", LEFT, LEFT));
    assertEffects("LMOVE l l LEFT LEFT -> l lpush l, l lpop l");
    assertEquals("b", list.moveTo("d", LEFT, LEFT));
    assertEffects("LMOVE l d LEFT LEFT -> l lpush d, l lpop l, g del l");
  }

  @Test
  void set_andInsert_recordWhatTheyDid() {
    fill("l", "a", "b");
    list.set(-1, "c");
    assertEffects("LSET l 1 c -> l lset l");
    list.insertBefore("a", "0");
    assertEffects("LINSERT l BEFORE a 0 -> l linsert l");
    list.insertAfter("a", "1");
    assertEffects("LINSERT l AFTER a 1 -> l linsert l");
    list.insertAfter("none", "1");
    store.list("none").insertAfter("a", "1");
    assertThrows(IndexOutOfBoundsException.class, () -> list.set(4, "x"));
    assertThrows(NoSuchKeyException.class, () -> store.list("none").set(0, "x"));
    assertNothingRecorded();
  }

  @Test
  void remove_eachCase_recordsHowMany() {
    fill("l", "a", "b", "a", "b", "a", "c");
    assertEquals(1, list.remove(-1, "a"));
    assertEffects("LREM l -1 a -> l lrem l");
    assertEquals(2, list.remove(0, "b"));
    assertEffects("LREM l 2 b -> l lrem l");
    assertEquals(0, list.remove(5, "x"));
    assertNothingRecorded();
    assertEquals(1, list.remove(9, "c"));
    assertEquals(2, list.remove(Long.MIN_VALUE, "a"));
    assertEffects("LREM l 1 c -> l lrem l", "LREM l -2 a -> l lrem l, g del l");
  }

  @Test
  void trim_eachCase_recordsTheRange() {
    list.trim(0, -1);
    assertNothingRecorded();
    fill("l", "a", "b", "c", "d");
    list.trim(0, -1);
    assertEffects("LTRIM l 0 3 -> l ltrim l");
    list.trim(-3, 100);
    assertEffects("LTRIM l 1 3 -> l ltrim l");
    list.trim(9, 9);
    assertEffects("LTRIM l 1 0 -> l ltrim l, g del l");
  }

  @Test
  void pop_waiting_recordsAfterThePush() throws Exception {
    Background<?> first = Background.startBlocked(() -> list.popLeft(LONG));
    Background<?> second =
        Background.startBlocked(
            () -> store.list("y").popFirstNonEmpty(RIGHT, 2, List.of("l"), LONG));
    list.pushRight("a", "b", "c");
    assertEquals("a", first.get());
    assertNotNull(second.get());
    assertEffects(
        "RPUSH l a b c -> n new l, l rpush l",
        "LPOP l -> l lpop l",
        "RPOP l 2 -> l rpop l, g del l");
  }

  @Test
  void moveTo_waitingInAChain_recordsEach() throws Exception {
    Background<?> last = Background.startBlocked(() -> store.list("d").popLeft(LONG));
    Background<?> second =
        Background.startBlocked(() -> store.list("c").moveTo("d", LEFT, LEFT, LONG));
    Background<?> first = Background.startBlocked(() -> list.moveTo("c", RIGHT, LEFT, LONG));
    list.pushRight("a");
    assertEquals("a", first.get());
    assertEquals("a", second.get());
    assertEquals("a", last.get());
    assertEffects(
        "RPUSH l a -> n new l, l rpush l",
        "LMOVE l c RIGHT LEFT -> n new c, l lpush c, l rpop l, g del l",
        "LMOVE c d LEFT LEFT -> n new d, l lpush d, l lpop c, g del c",
        "LPOP d -> l lpop d, g del d");
  }

  @Test
  void moveTo_waitingForATransaction_recordsAfterExec() throws Exception {
    Background<?> move = Background.startBlocked(() -> list.moveTo("d", LEFT, LEFT, LONG));
    store.atomically(
        List.of("l", "k"),
        transaction -> {
          transaction.list("l").pushRight("a");
          transaction.value("k").set("v");
        });
    assertEquals("a", move.get());
    assertCommands("SELECT 0", "MULTI", "RPUSH l a", "SET k v", "EXEC", "LMOVE l d LEFT LEFT");
  }

  @Test
  @EnabledIfSystemProperty(named = "redstart.long", matches = "true") // takes half a gigabyte
  void write_elementTooLong_isRefused() {
    fill("l", "a");
    String element = "x".repeat((512 << 20) + 1);
    List<Executable> writes =
        List.of(
            () -> list.pushLeft(element),
            () -> list.pushRightIfPresent(List.of("b", element)),
            () -> list.insertAfter("a", element),
            () -> list.set(0, element));
    for (Executable write : writes) {
      StoreException refused = assertThrows(StoreException.class, write);
      assertEquals("ERR", refused.code());
    }
    assertEquals(List.of("a"), list.range(0, -1));
    assertNothingRecorded();
  }

  @Test
  void refused_writes_recordNothing() {
    store.value("s").set("v");
    fill("l", "a");
    RList<String> string = store.list("s");
    assertThrows(WrongTypeException.class, () -> string.pushLeft("a"));
    assertThrows(WrongTypeException.class, () -> string.pushRightIfPresent("a"));
    assertThrows(WrongTypeException.class, string::popLeft);
    assertThrows(WrongTypeException.class, () -> string.trim(0, 1));
    assertThrows(WrongTypeException.class, () -> list.moveTo("s", LEFT, LEFT));
    assertNothingRecorded();
  }

  @Test
  void trim_endBeforeTheFirst_keepsNothingOnRedisToo() {
    fill("l", "a", "b");
    list.trim(0, -3);
    assertEffects("LTRIM l 1 0 -> l ltrim l, g del l");
  }

  @Test
  void view_eachEdit_tellsItsEvent() {
    fill("l", "a", "b", "c", "d", "e");
    List<String> view = list.asList();
    view.set(1, "x");
    assertEffects("LSET l 1 x -> l lset l");
    view.add(0, "first");
    assertEffects("LPUSH l first -> l lpush l");
    view.addAll(0, List.of("p", "q"));
    assertEffects("LPUSH l q p -> l lpush l");
    view.subList(0, 2).clear();
    assertEffects("LTRIM l 2 -1 -> l ltrim l");
    view.addAll(6, List.of("y", "z"));
    assertEffects("RPUSH l y z -> l rpush l");
    view.add(2, "in");
    assertEquals("l linsert l", events());
    view.remove(2);
    assertEquals("l lrem l", events());
    view.remove(0);
    assertEffects("LTRIM l 1 -1 -> l ltrim l");
    view.subList(5, 7).clear();
    assertEffects("LTRIM l 0 4 -> l ltrim l");
    assertEquals(List.of("a", "x", "c", "d", "e"), view);
    view.subList(0, 5).clear();
    assertEffects("LTRIM l 1 0 -> l ltrim l, g del l");
  }

  /** Returns the notifications of all that was recorded since the last look. */
  private String events() {
    return sink.takeEffects().stream()
        .flatMap(effect -> effect.notifications().stream())
        .map(RecordingSink::text)
        .collect(Collectors.joining(", "));
  }
}
