// SPDX-License-Identifier: Apache-2.0
package dev.redstart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The contract of {@link RSortedSet}: pops that wait. */
class SortedSetBlockingTest<E> extends Contract<E> {
  private static final Duration LONG = Duration.ofHours(1);
  private static final Duration FOREVER = Duration.ofSeconds(Long.MAX_VALUE);

  private RSortedSet<E> set() {
    return sortedSet("k");
  }

  private List<String> others(String... names) {
    return List.of(names).stream().map(this::key).toList();
  }

  /** Starts a pop and waits until it blocks; in a transaction nothing waits, it ends at once. */
  private Background<@Nullable String> start(Callable<@Nullable String> call) throws Exception {
    Background<@Nullable String> pop = Background.start(call);
    if (reach.isAtomic()) {
      assertNull(pop.get());
    } else {
      pop.awaitBlocked();
    }
    return pop;
  }

  private Background<@Nullable String> startPopMin(Duration timeout) throws Exception {
    return start(() -> pair(set().popMin(timeout)));
  }

  private void assertServed(@Nullable String expected, Background<@Nullable String> pop)
      throws Exception {
    assertEquals(reach.isAtomic() ? null : expected, pop.get());
  }

  private @Nullable String popped(@Nullable Popped<E> popped) {
    return popped == null
        ? null
        : popped.key().substring(key("").length()) + " " + pairs(popped.members());
  }

  @Test
  void pop_somethingThere_takesAtOnce() throws Exception {
    sortedSet("k", "a 1", "b 2", "c 3", "d 4");
    assertEquals("a 1", pair(set().popMin(LONG)));
    assertEquals("d 4", pair(set().popMax(FOREVER)));
    assertEquals("b 2", pair(set().popMin(Duration.ZERO)));
    assertEquals("c 3", pair(set().popMax(Duration.ofNanos(1))));
    assertFalse(set().exists());
  }

  @Test
  void pop_zeroTimeout_doesNotWait() throws Exception {
    assertNull(set().popMin(Duration.ZERO));
    assertNull(set().popMax(Duration.ZERO));
    assertNull(set().popMinOfAny(3, others("x"), Duration.ZERO));
    assertNull(set().popMaxOfAny(3, others(), Duration.ZERO));
  }

  @Test
  void pop_badArguments_areRefused() {
    sortedSet("k", "a 1");
    Duration bad = Duration.ofNanos(-1);
    assertThrows(IllegalArgumentException.class, () -> set().popMin(bad));
    assertThrows(IllegalArgumentException.class, () -> set().popMax(Duration.ofDays(-1)));
    assertThrows(IllegalArgumentException.class, () -> set().popMinOfAny(1, others("x"), bad));
    assertThrows(IllegalArgumentException.class, () -> set().popMaxOfAny(1, others("x"), bad));
    assertThrows(IllegalArgumentException.class, () -> set().popMinOfAny(0, others("x"), LONG));
    assertThrows(IllegalArgumentException.class, () -> set().popMaxOfAny(-1, others("x"), LONG));
    assertSet("k", "a 1");
  }

  @Test
  void pop_wrongType_isRefusedAtOnce() {
    value("k").set(of("a"));
    value("x").set(of("a"));
    assertThrows(WrongTypeException.class, () -> set().popMin(LONG));
    assertThrows(WrongTypeException.class, () -> set().popMax(LONG));
    assertThrows(WrongTypeException.class, () -> sortedSet("y").popMinOfAny(1, others("x"), LONG));
  }

  @Test
  void popOfAny_somethingThere_takesFromTheFirst() throws Exception {
    sortedSet("y", "a 1", "b 2", "c 3");
    assertEquals("y [a 1, b 2]", popped(set().popMinOfAny(2, others("x", "y"), LONG)));
    assertEquals("y [c 3]", popped(set().popMaxOfAny(9, others("x", "y"), LONG)));
  }

  @Test
  void pop_memberAddedLater_takesIt() throws Exception {
    Background<@Nullable String> pop = startPopMin(LONG);
    set().add(of("a"), 5);
    assertServed("a 5", pop);
    assertEquals(reach.isAtomic(), set().exists());
  }

  @Test
  void pop_withoutLimit_waitsOn() throws Exception {
    Background<@Nullable String> pop = startPopMin(FOREVER);
    advance(Duration.ofDays(1000).toMillis());
    set().add(of("a"), 5);
    assertServed("a 5", pop);
  }

  @Test
  void pop_severalAdded_takesTheEnd() throws Exception {
    Background<@Nullable String> min = startPopMin(LONG);
    set().add(Map.of(of("a"), 3.0, of("b"), 1.0, of("c"), 2.0));
    assertServed("b 1", min);
    store.keys().delete(key("k"));
    Background<@Nullable String> max = start(() -> pair(set().popMax(LONG)));
    set().add(Map.of(of("a"), 3.0, of("b"), 1.0, of("c"), 2.0));
    assertServed("a 3", max);
  }

  @Test
  void pop_severalWaiting_areServedInOrder() throws Exception {
    Background<@Nullable String> first = startPopMin(LONG);
    Background<@Nullable String> second = startPopMin(LONG);
    Background<@Nullable String> third = startPopMin(LONG);
    set().add(Map.of(of("a"), 1.0, of("b"), 2.0));
    assertServed("a 1", first);
    assertServed("b 2", second);
    assertEquals(reach.isAtomic(), third.isDone());
    set().add(of("c"), 3);
    assertServed("c 3", third);
  }

  @Test
  void pop_timedOut_takesNothing() throws Exception {
    Background<@Nullable String> pop = startPopMin(Duration.ofMillis(500));
    advance(499);
    assertEquals(reach.isAtomic(), pop.isDone());
    advance(1);
    assertNull(pop.get());
    set().add(of("a"), 5);
    assertSet("k", "a 5");
  }

  @Test
  void pop_timedOut_leavesTheTurnToTheNext() throws Exception {
    Background<@Nullable String> first = startPopMin(Duration.ofMillis(500));
    Background<@Nullable String> second = startPopMin(LONG);
    advance(500);
    assertNull(first.get());
    set().add(of("a"), 5);
    assertServed("a 5", second);
  }

  @Test
  void pop_interrupted_takesNothing() throws Exception {
    Background<@Nullable String> pop = startPopMin(LONG);
    if (!reach.isAtomic()) {
      pop.interrupt();
      assertTrue(pop.failure() instanceof InterruptedException);
    }
    set().add(of("a"), 5);
    assertSet("k", "a 5");
  }

  @Test
  void pop_interruptedBefore_throwsAtOnce() throws Exception {
    sortedSet("k", "a 1");
    boolean interrupted = false;
    Thread.currentThread().interrupt();
    try {
      set().popMin(LONG);
    } catch (InterruptedException expected) {
      interrupted = true;
    }
    assertTrue(interrupted);
    assertFalse(Thread.interrupted());
    assertSet("k", "a 1");
    assertEquals("a 1", pair(set().popMin(LONG)));
  }

  @Test
  void popOfAny_anyKey_serves() throws Exception {
    for (String filled : new String[] {"k", "x", "y"}) {
      Background<@Nullable String> pop =
          start(() -> popped(set().popMinOfAny(2, others("x", "y"), LONG)));
      sortedSet(filled).add(Map.of(of("a"), 1.0, of("b"), 2.0, of("c"), 3.0));
      assertServed(filled + " [a 1, b 2]", pop);
      store.keys().delete(key(filled));
    }
  }

  @Test
  void popOfAny_served_leavesTheOtherQueues() throws Exception {
    Background<@Nullable String> pop = start(() -> popped(set().popMaxOfAny(1, others("x"), LONG)));
    set().add(of("a"), 1);
    assertServed("k [a 1]", pop);
    sortedSet("x").add(of("b"), 1);
    assertSet("x", "b 1");
  }

  @Test
  void pop_otherDatabase_servesNobody() throws Exception {
    Background<@Nullable String> pop = startPopMin(LONG);
    store.root().database(12).sortedSet(key("k"), content.codec()).add(of("a"), 1);
    assertEquals(reach.isAtomic(), pop.isDone());
    set().add(of("b"), 2);
    assertServed("b 2", pop);
  }

  @Test
  void pop_stringSet_servesNobodyUntilASetIsThere() throws Exception {
    Background<@Nullable String> pop = startPopMin(LONG);
    value("k").set(of("x"));
    assertEquals(reach.isAtomic(), pop.isDone());
    sortedSet("s", "a 1", "b 2");
    sortedSet("s").storeUnion(key("k"));
    assertServed("a 1", pop);
  }

  @Test
  void pop_eachWayToBringASet_serves() throws Exception {
    List<Runnable> ways =
        List.of(
            () -> sortedSet("s").rename(key("k")),
            () -> store.keys().copy(key("s"), key("k")),
            () -> store.keys().renameIfAbsent(key("s"), key("k")),
            () -> sortedSet("s").storeRange(key("k"), SortedRange.byRank(0, -1)),
            () -> sortedSet("s").storeUnion(key("k")),
            () -> sortedSet("s").storeIntersection(key("k")),
            () -> sortedSet("s").storeDifference(key("k")),
            () -> set().increment(of("a"), 1),
            () -> moveHere());
    for (Runnable way : ways) {
      store.keys().flush();
      sortedSet("s", "a 1");
      Background<@Nullable String> pop = startPopMin(LONG);
      way.run();
      assertServed("a 1", pop);
    }
  }

  private void moveHere() {
    Store other = store.root().database(12);
    other.sortedSet(key("k"), content.codec()).add(of("a"), 1);
    int here = reach.database();
    assertTrue(other.keys().move(key("k"), here));
  }

  @Test
  void pop_addedAndRemovedAtomically_servesNobody() throws Exception {
    Background<@Nullable String> pop = startPopMin(LONG);
    store
        .store()
        .atomically(
            List.of(key("k")),
            transaction -> {
              RSortedSet<E> set = transaction.sortedSet(key("k"), content.codec());
              set.add(of("a"), 1);
              set.remove(of("a"));
            });
    assertEquals(reach.isAtomic(), pop.isDone());
    store
        .store()
        .atomically(
            List.of(key("k")),
            transaction -> transaction.sortedSet(key("k"), content.codec()).add(of("b"), 2));
    assertServed("b 2", pop);
  }

  @Test
  void popOfAny_keysOfATransaction_serveInTheirOrder() throws Exception {
    List<String> names = new ArrayList<>(List.of("k", "v", "w", "x", "y"));
    for (int round = 0; round < 10; round++) {
      Collections.shuffle(names, new Random(round));
      Background<@Nullable String> pop =
          start(() -> popped(set().popMinOfAny(1, others("y", "x", "w", "v"), LONG)));
      store
          .store()
          .atomically(
              names.stream().map(this::key).toList(),
              transaction ->
                  names.forEach(
                      name -> transaction.sortedSet(key(name), content.codec()).add(of("a"), 1)));
      assertServed(names.get(0) + " [a 1]", pop); // as Redis, in the order in which they came
      store.keys().flush();
    }
  }

  @Test
  void pop_addedByAFailingBody_servesNobody() throws Exception {
    Background<@Nullable String> pop = startPopMin(LONG);
    assertThrows(
        ArithmeticException.class,
        () ->
            store
                .store()
                .atomically(
                    List.of(key("k")),
                    transaction -> {
                      transaction.sortedSet(key("k"), content.codec()).add(of("a"), 1);
                      throw new ArithmeticException();
                    }));
    assertEquals(reach.isAtomic(), pop.isDone());
    assertFalse(set().exists());
    set().add(of("b"), 2);
    assertServed("b 2", pop);
  }

  @Test
  void pop_storeClosed_isToldSo() throws Exception {
    if (!reach.isAtomic()) {
      Background<@Nullable String> min = startPopMin(LONG);
      Background<@Nullable String> any =
          Background.startBlocked(() -> popped(set().popMaxOfAny(1, others("x", "y"), FOREVER)));
      store.store().close();
      assertTrue(min.failure() instanceof StoreClosedException);
      assertTrue(any.failure() instanceof StoreClosedException);
      store = reach.open();
    }
  }
}
