// SPDX-License-Identifier: Apache-2.0
package dev.redstart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The contract of {@link RList}: pops and moves that wait. */
class ListBlockingTest<E> extends Contract<E> {
  private static final Duration LONG = Duration.ofHours(1);
  private static final Duration FOREVER = Duration.ofSeconds(Long.MAX_VALUE);
  private static final ListEnd LEFT = ListEnd.LEFT;
  private static final ListEnd RIGHT = ListEnd.RIGHT;

  private RList<E> list() {
    return list("k");
  }

  private List<String> others(String... names) {
    return List.of(names).stream().map(this::key).toList();
  }

  private List<E> some(String... names) {
    return List.of(names).stream().map(this::of).toList();
  }

  /** Starts a call and waits until it blocks; in a transaction nothing waits, it ends at once. */
  private Background<@Nullable String> start(Callable<@Nullable String> call) throws Exception {
    Background<@Nullable String> pop = Background.start(call);
    if (reach.isAtomic()) {
      assertNull(pop.get());
    } else {
      pop.awaitBlocked();
    }
    return pop;
  }

  private Background<@Nullable String> startPop(Duration timeout) throws Exception {
    return start(() -> name(list().popLeft(timeout)));
  }

  private Background<@Nullable String> startMove(String from, String to) throws Exception {
    return start(() -> name(list(from).moveTo(key(to), LEFT, RIGHT, LONG)));
  }

  private void assertServed(@Nullable String expected, Background<@Nullable String> pop)
      throws Exception {
    assertEquals(reach.isAtomic() ? null : expected, pop.get());
  }

  private @Nullable String popped(@Nullable PoppedElements<E> popped) {
    return popped == null
        ? null
        : popped.key().substring(key("").length()) + " " + names(popped.elements());
  }

  // Pops.

  @Test
  void pop_somethingThere_takesAtOnce() throws Exception {
    list("k", "a", "b", "c", "d");
    assertValue("a", list().popLeft(LONG));
    assertValue("d", list().popRight(FOREVER));
    assertValue("b", list().popLeft(Duration.ZERO));
    assertValue("c", list().moveTo(key("x"), RIGHT, LEFT, Duration.ofNanos(1)));
    assertFalse(list().exists());
    assertEquals("x [c]", popped(list().popFirstNonEmpty(LEFT, 2, others("x"), LONG)));
  }

  @Test
  void pop_zeroTimeout_doesNotWait() throws Exception {
    assertNull(list().popLeft(Duration.ZERO));
    assertNull(list().popRight(Duration.ZERO));
    assertNull(list().popFirstNonEmpty(LEFT, 3, others("x"), Duration.ZERO));
    assertNull(list().moveTo(key("x"), LEFT, RIGHT, Duration.ZERO));
  }

  @Test
  void pop_badArguments_areRefused() {
    list("k", "a");
    Duration bad = Duration.ofNanos(-1);
    assertThrows(IllegalArgumentException.class, () -> list().popLeft(bad));
    assertThrows(IllegalArgumentException.class, () -> list().popRight(Duration.ofDays(-1)));
    assertThrows(
        IllegalArgumentException.class, () -> list().popFirstNonEmpty(LEFT, 1, others("x"), bad));
    assertThrows(
        IllegalArgumentException.class, () -> list().popFirstNonEmpty(LEFT, 0, others("x"), LONG));
    assertThrows(IllegalArgumentException.class, () -> list().moveTo(key("x"), LEFT, RIGHT, bad));
    assertList("k", "a");
  }

  @Test
  void pop_wrongType_isRefusedAtOnce() {
    value("k").set(of("a"));
    assertThrows(WrongTypeException.class, () -> list().popLeft(LONG));
    assertThrows(WrongTypeException.class, () -> list().moveTo(key("x"), LEFT, RIGHT, LONG));
    assertThrows(
        WrongTypeException.class, () -> list("y").popFirstNonEmpty(LEFT, 1, others("k"), LONG));
  }

  @Test
  void pop_eachWayToBringAList_serves() throws Exception {
    List<Runnable> ways =
        List.of(
            () -> list().pushLeft(of("a")),
            () -> list().pushRight(some("a", "b")),
            () -> list("s").rename(key("k")),
            () -> store.keys().copy(key("s"), key("k")),
            () -> store.keys().renameIfAbsent(key("s"), key("k")),
            () -> list("s").moveTo(key("k"), LEFT, LEFT),
            () -> moveHere());
    for (Runnable way : ways) {
      store.keys().flush();
      list("s", "a");
      Background<@Nullable String> pop = startPop(FOREVER);
      advance(Duration.ofDays(1000).toMillis());
      way.run();
      assertServed("a", pop);
    }
  }

  private void moveHere() {
    Store other = store.root().database(12);
    other.list(key("k"), content.codec()).pushLeft(of("a"));
    int here = reach.database();
    assertTrue(other.keys().move(key("k"), here));
  }

  @Test
  void pop_severalWaiting_areServedInOrder() throws Exception {
    Background<@Nullable String> first = startPop(LONG);
    Background<@Nullable String> second = start(() -> name(list().popRight(LONG)));
    Background<@Nullable String> third =
        start(() -> popped(list().popFirstNonEmpty(LEFT, 2, others("x"), LONG)));
    Background<@Nullable String> fourth = startPop(LONG);
    list().pushRight(some("a", "b", "c", "d"));
    assertServed("a", first);
    assertServed("d", second);
    assertServed("k [b, c]", third);
    assertEquals(reach.isAtomic(), fourth.isDone());
    list().pushLeft(of("e"));
    assertEquals(reach.isAtomic(), list().pushLeftIfPresent(of("f")) > 0);
    assertServed("e", fourth);
  }

  @Test
  void pop_timedOut_takesNothingAndLeavesTheTurn() throws Exception {
    Background<@Nullable String> first = startPop(Duration.ofMillis(500));
    Background<@Nullable String> second = startPop(LONG);
    advance(499);
    assertEquals(reach.isAtomic(), first.isDone());
    advance(1);
    assertNull(first.get());
    list().pushLeft(of("a"));
    assertServed("a", second);
  }

  @Test
  void pop_interrupted_takesNothing() throws Exception {
    Background<@Nullable String> pop = startPop(LONG);
    Background<@Nullable String> move = startMove("k", "x");
    if (!reach.isAtomic()) {
      pop.interrupt();
      assertTrue(pop.failure() instanceof InterruptedException);
      move.interrupt();
      assertTrue(move.failure() instanceof InterruptedException);
    }
    list().pushLeft(of("a"));
    assertList("k", "a");
    assertList("x");
  }

  @Test
  void pop_valueOfAnotherType_waitsOn() throws Exception {
    Background<@Nullable String> pop = startPop(LONG);
    Background<@Nullable String> scores = start(() -> pair(sortedSet("k").popMin(LONG)));
    value("k").set(of("x"));
    store.keys().delete(key("k"));
    sortedSet("k").add(of("m"), 1);
    assertServed("m 1", scores);
    store.keys().delete(key("k"));
    assertEquals(reach.isAtomic(), pop.isDone());
    list().pushLeft(of("a"));
    assertServed("a", pop);
  }

  @Test
  void pop_storeClosed_isToldSo() throws Exception {
    if (!reach.isAtomic()) {
      Background<@Nullable String> pop = startPop(LONG);
      Background<@Nullable String> move = startMove("k", "x");
      store.store().close();
      assertTrue(pop.failure() instanceof StoreClosedException);
      assertTrue(move.failure() instanceof StoreClosedException);
      store = reach.open();
    }
  }

  // Moves.

  @Test
  void moveTo_elementPushedLater_movesIt() throws Exception {
    list("x", "0");
    Background<@Nullable String> move = startMove("k", "x");
    list().pushRight(some("a", "b"));
    assertServed("a", move);
    if (!reach.isAtomic()) {
      assertList("x", "0", "a");
      assertList("k", "b");
    }
  }

  @Test
  void moveTo_itself_rotatesForEachWaiting() throws Exception {
    Background<@Nullable String> first = startMove("k", "k");
    Background<@Nullable String> second = startMove("k", "k");
    list().pushRight(some("a", "b", "c"));
    assertServed("a", first);
    assertServed("b", second);
    assertEquals(3, list().size());
    assertValue(reach.isAtomic() ? "a" : "c", list().get(0));
  }

  @Test
  void moveTo_chain_servesOneAfterTheOther() throws Exception {
    Background<@Nullable String> last = start(() -> name(list("d").popLeft(LONG)));
    Background<@Nullable String> third = startMove("c", "d");
    Background<@Nullable String> second = startMove("b", "c");
    Background<@Nullable String> first = startMove("k", "b");
    list().pushRight(of("a"));
    assertServed("a", first);
    assertServed("a", second);
    assertServed("a", third);
    assertServed("a", last);
    assertEquals(reach.isAtomic() ? 1 : 0, store.keys().size());
  }

  @Test
  void moveTo_cycle_ends() throws Exception {
    Background<@Nullable String> back = startMove("x", "k");
    Background<@Nullable String> forth = startMove("k", "x");
    Background<@Nullable String> again = startMove("k", "x");
    list().pushRight(of("a"));
    assertServed("a", forth);
    assertServed("a", back);
    assertServed("a", again);
    if (!reach.isAtomic()) {
      assertList("x", "a");
      assertList("k");
    }
  }

  @Test
  void moveTo_destinationOfAnotherType_isToldAndTheElementStays() throws Exception {
    Background<@Nullable String> move = startMove("k", "x");
    Background<@Nullable String> next = startPop(LONG);
    value("x").set(of("string"));
    list().pushRight(some("a", "b"));
    if (!reach.isAtomic()) {
      assertTrue(move.failure() instanceof WrongTypeException);
    }
    assertServed("a", next);
    assertValue("string", value("x").get());
    assertEquals(reach.isAtomic() ? 2 : 1, list().size());
  }

  @Test
  void moveTo_inATransactionsCommit_serves() throws Exception {
    Background<@Nullable String> last = start(() -> name(list("d").popLeft(LONG)));
    Background<@Nullable String> first = startMove("k", "d");
    Background<@Nullable String> second = startMove("k", "e");
    store
        .store()
        .atomically(
            List.of(key("k")),
            transaction -> {
              RList<E> list = transaction.list(key("k"), content.codec());
              list.pushRight(of("x"));
              list.pushLeft(of("a"));
              assertEquals(2, list.size()); // nobody is served yet
            });
    assertServed("a", first);
    assertServed("x", second);
    assertServed("a", last);
    assertEquals(reach.isAtomic() ? 0 : 1, list("e").size());
  }

  @Test
  void moveTo_addedByAFailingBody_movesNothing() throws Exception {
    Background<@Nullable String> move = startMove("k", "d");
    assertThrows(
        ArithmeticException.class,
        () ->
            store
                .store()
                .atomically(
                    List.of(key("k")),
                    transaction -> {
                      transaction.list(key("k"), content.codec()).pushRight(of("x"));
                      throw new ArithmeticException();
                    }));
    assertEquals(reach.isAtomic(), move.isDone());
    assertEquals(0, store.keys().size());
    list().pushRight(of("b"));
    assertServed("b", move);
  }

  @Test
  void moveTo_fromAnotherDatabase_movesWithinItsOwn() throws Exception {
    Background<@Nullable String> move = startMove("k", "d");
    moveHere();
    assertServed("a", move);
    assertEquals(reach.isAtomic() ? 1 : 0, list().size());
    assertEquals(reach.isAtomic() ? 0 : 1, list("d").size());
    assertEquals(0, store.root().database(12).keys().size());
  }
}
