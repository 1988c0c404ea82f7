// SPDX-License-Identifier: Apache-2.0
package dev.redstart.keyspace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redstart.StoreClosedException;
import dev.redstart.keyspace.Space.Taker;
import dev.redstart.spi.JournalBatch;
import dev.redstart.structure.SortedSetValue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WaiterTest {
  private static final long LIMIT_SECONDS = 60;
  private static final long FOR_EVER = Long.MAX_VALUE;
  private static final int RACES = Boolean.getBoolean("redstart.long") ? 5_000 : 500;
  private static final int MANY = 10_000;

  private final EffectList effects = new EffectList();
  private final Space space = new Space(64, effects);
  private final Access access = space.access;

  @AfterEach
  void close() {
    space.close();
  }

  /** A thread that takes, and what came of it. */
  private final class Taking {
    private final FutureTask<@Nullable String> task;
    private final Thread thread;

    Taking(long timeoutNanos, String... keys) {
      task = new FutureTask<>(() -> space.take(List.of(keys), timeoutNanos));
      thread = new Thread(task, "taking");
      thread.setDaemon(true);
      thread.start();
    }

    Taking awaitBlocked() {
      long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
      while (thread.getState() != Thread.State.WAITING) {
        assertTrue(thread.isAlive() && System.nanoTime() < limit, "it must block");
        Thread.onSpinWait();
      }
      return this;
    }

    @Nullable String get() throws Exception {
      return task.get(LIMIT_SECONDS, TimeUnit.SECONDS);
    }

    Throwable failure() throws Exception {
      return assertThrows(ExecutionException.class, () -> task.get(LIMIT_SECONDS, TimeUnit.SECONDS))
          .getCause();
    }
  }

  // Serving.

  @Test
  void push_toAWaiter_handsOverInTheSameHold() throws Exception {
    Taking taking = new Taking(FOR_EVER, "a").awaitBlocked();
    space.push("a", 1, "x");
    assertNull(access.read("a")); // nobody can slip between
    assertEquals("a x", taking.get());
    assertEquals(List.of("PUSH a x", "TAKE a"), space.settled(effects).takeCommands());
  }

  @Test
  void push_oneMemberToTwoWaiters_servesTheFirst() throws Exception {
    Taking first = new Taking(FOR_EVER, "a").awaitBlocked();
    Taking second = new Taking(FOR_EVER, "a").awaitBlocked();
    space.push("a", 1, "x");
    assertEquals("a x", first.get());
    second.awaitBlocked();
    space.push("a", 1, "y");
    assertEquals("a y", second.get());
  }

  @Test
  void push_toOneOfSeveralKeys_servesOnceAndLeavesTheOtherQueues() throws Exception {
    Taking taking = new Taking(FOR_EVER, "a", "b", "c").awaitBlocked();
    space.push("b", 1, "x");
    assertEquals("b x", taking.get());
    space.push("a", 1, "y");
    space.push("c", 1, "z");
    assertEquals(List.of("y"), space.members("a"));
    assertEquals(List.of("z"), space.members("c"));
    assertNoWaiters();
  }

  @Test
  void hold_pushesToSeveralKeysOfAWaiter_servesByTheFirstPush() {
    for (List<String> order : List.of(List.of("a", "b", "c"), List.of("c", "b", "a"))) {
      Taker taker = space.enqueue(List.of("b", "a", "c"));
      try (Hold hold = access.hold(order)) {
        for (String key : order) {
          hold.at(key).findOrCreate(SortedSetValue.TYPE).put("x", 1);
        }
      }
      assertEquals(order.get(0) + " x", taker.takenMember());
      assertEquals(List.of("x"), space.members(order.get(1)));
      assertEquals(List.of("x"), space.members(order.get(2)));
      order.forEach(space::remove);
    }
  }

  /** As Redis does at EXEC: in the order in which the keys became ready. */
  @Test
  void atomically_pushesToSeveralKeysOfAWaiter_servesByTheFirstPush() {
    for (int i = 0; i < 50; i++) {
      List<String> order = new ArrayList<>(List.of("a" + i, "b" + i, "c" + i, "d" + i));
      Collections.shuffle(order, new Random(i));
      Taker taker = space.enqueue(List.of("b" + i, "d" + i, "a" + i, "c" + i));
      access.atomically(
          order,
          inner -> {
            order.forEach(key -> Space.push(inner, key, 1, "x"));
            return 0;
          });
      assertEquals(order.get(0) + " x", taker.takenMember(), "of " + order);
    }
  }

  @Test
  void atomically_pushesToAWaiter_servesAfterTheWholeBatch() throws Exception {
    Taking taking = new Taking(FOR_EVER, "b").awaitBlocked();
    String seen =
        access.atomically(
            List.of("a", "b"),
            inner -> {
              Space.push(inner, "b", 2, "y");
              Space.push(inner, "a", 1, "x");
              Space.push(inner, "b", 1, "z");
              return String.join(" ", membersOf(inner, "b"));
            });
    assertEquals("z y", seen);
    assertEquals("b z", taking.get());
    List<JournalBatch> batches = space.settled(effects).takeBatches();
    assertEquals(2, batches.size());
    assertTrue(batches.get(0).transaction());
    assertEquals(3, batches.get(0).effects().size());
    assertFalse(batches.get(1).transaction());
    assertEquals(List.of("TAKE", "b"), batches.get(1).effects().get(0).command());
    assertEquals(List.of("y"), space.members("b"));
  }

  private static List<String> membersOf(Access inner, String key) {
    List<String> members = new ArrayList<>();
    try (Hold hold = inner.holdToRead(key)) {
      SortedSetValue set = hold.find(SortedSetValue.TYPE);
      if (set != null) {
        set.forEach(0, set.size(), (score, member) -> members.add(member));
      }
    }
    return members;
  }

  @Test
  void atomically_throws_servesNobody() throws Exception {
    Taking taking = new Taking(FOR_EVER, "a").awaitBlocked();
    assertThrows(
        ArithmeticException.class,
        () ->
            access.atomically(
                List.of("a"),
                inner -> {
                  Space.push(inner, "a", 1, "lost");
                  throw new ArithmeticException("on purpose");
                }));
    space.push("a", 1, "x");
    assertEquals("a x", taking.get());
  }

  @Test
  void put_valueOfAnotherType_leavesTheWaiterWaiting() throws Exception {
    Taking taking = new Taking(FOR_EVER, "a").awaitBlocked();
    space.put("a", "a string");
    taking.awaitBlocked();
    SortedSetValue set = new SortedSetValue();
    set.put("x", 1);
    space.put("a", set); // in its place, without a removal
    assertEquals("a x", taking.get());
    assertNoWaiters();
  }

  @Test
  void push_inAnotherDatabase_servesNobody() {
    Taker taker = space.enqueue(List.of("a"));
    Space.push(space.keyspace.access(1), "a", 1, "x");
    assertTrue(taker.isWaiting());
    space.push("a", 1, "y");
    assertEquals("a y", taker.takenMember());
  }

  @Test
  void clearDatabase_leavesWaitersWaiting() {
    Taker taker = space.enqueue(List.of("a"));
    try (Hold hold = access.holdAll()) {
      hold.clearDatabase(0);
    }
    assertTrue(taker.isWaiting());
    space.push("a", 1, "x");
    assertEquals("a x", taker.takenMember());
  }

  // The order.

  @Test
  void push_manyWaitersOneByOne_servesInArrivalOrder() {
    List<Taker> takers = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      takers.add(space.enqueue(List.of("a", "b" + i % 100)));
    }
    for (int i = 0; i < MANY; i++) {
      space.push("a", 1, "m" + i);
      assertEquals("a m" + i, takers.get(i).takenMember());
    }
    assertNull(access.read("a"));
    for (int i = 0; i < 100; i++) { // those who were served are passed over
      space.push("b" + i, 1, "x");
      assertEquals(List.of("x"), space.members("b" + i));
    }
    assertNoWaiters();
  }

  @Test
  void put_manyMembersAtOnce_servesInArrivalOrderAndKeepsTheRest() {
    List<Taker> takers = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      takers.add(space.enqueue(List.of("a")));
    }
    SortedSetValue set = new SortedSetValue();
    IntStream.range(0, MANY + 5).forEach(i -> set.put("m" + i, i));
    space.put("a", set);
    for (int i = 0; i < MANY; i++) {
      assertEquals("a m" + i, takers.get(i).takenMember());
    }
    assertEquals(5, space.members("a").size());
    assertNoWaiters();
  }

  @Test
  void push_someHaveLeft_servesTheOthersInOrder() throws Exception {
    List<Taking> takings = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      takings.add(new Taking(i % 3 == 1 ? 1_000_000 : FOR_EVER, "a").awaitBlocked());
    }
    for (int i = 0; i < 60; i += 3) {
      takings.get(i).thread.interrupt();
      assertInstanceOf(InterruptedException.class, takings.get(i).failure());
    }
    space.advance(1);
    for (int i = 1; i < 60; i += 3) {
      assertNull(takings.get(i).get());
    }
    for (int i = 2; i < 60; i += 3) {
      space.push("a", 1, "m" + i);
      assertEquals("a m" + i, takings.get(i).get());
    }
    assertNoWaiters();
  }

  // Leaving.

  @Test
  void await_timeout_answersNullOnTime() throws Exception {
    Taking taking = new Taking(5_000_000, "a", "b").awaitBlocked();
    space.advance(4);
    taking.awaitBlocked();
    space.advance(1);
    assertNull(taking.get());
    space.push("a", 1, "x");
    assertEquals(List.of("x"), space.members("a"));
    assertNoWaiters();
  }

  @Test
  void await_interrupted_throwsAndTakesNothing() throws Exception {
    Taking taking = new Taking(FOR_EVER, "a").awaitBlocked();
    taking.thread.interrupt();
    assertInstanceOf(InterruptedException.class, taking.failure());
    space.push("a", 1, "x");
    assertEquals(List.of("x"), space.members("a"));
    assertNoWaiters();
  }

  @Test
  void close_waiters_areToldSo() throws Exception {
    List<Taking> takings = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      takings.add(new Taking(FOR_EVER, "a", "b" + i).awaitBlocked());
    }
    space.close();
    for (Taking taking : takings) {
      assertInstanceOf(StoreClosedException.class, taking.failure());
    }
    assertInstanceOf(StoreClosedException.class, new Taking(FOR_EVER, "a").failure());
  }

  // Races. An element is taken by one who says so, or it is still there.

  @Test
  void push_besideInterrupt_losesNothing() throws Exception {
    race(taking -> taking.thread.interrupt());
  }

  @Test
  void push_besideTimeout_losesNothing() throws Exception {
    race(taking -> space.advance(1));
  }

  private interface Leaving {
    void leave(Taking taking);
  }

  private void race(Leaving leaving) throws Exception {
    SplittableRandom random = new SplittableRandom(1);
    int taken = 0;
    for (int i = 0; i < RACES; i++) {
      Taking taking = new Taking(1_000_000, "a", "b");
      if (random.nextBoolean()) {
        taking.awaitBlocked();
      }
      CountDownLatch ready = new CountDownLatch(2);
      FutureTask<Void> pushing =
          new FutureTask<>(
              () -> {
                meet(ready);
                space.push("a", 1, "x");
                return null;
              });
      Thread thread = new Thread(pushing);
      thread.start();
      meet(ready);
      leaving.leave(taking);
      pushing.get(LIMIT_SECONDS, TimeUnit.SECONDS);
      space.advance(1);
      String member = null;
      try {
        member = taking.get();
      } catch (ExecutionException e) {
        assertInstanceOf(InterruptedException.class, e.getCause());
      }
      taken += member == null ? 0 : 1;
      assertEquals(member == null ? List.of("x") : List.of(), space.members("a"), "race " + i);
      space.remove("a");
    }
    assertTrue(taken > 0, "never taken");
    assertNoWaiters();
  }

  private static void meet(CountDownLatch ready) throws InterruptedException {
    ready.countDown();
    assertTrue(ready.await(LIMIT_SECONDS, TimeUnit.SECONDS));
  }

  /** A bank of members that many threads take from some keys and push to others. */
  @Test
  void take_manyThreadsAndKeys_conservesTheMembers() throws Exception {
    int members = 20;
    int rounds = Boolean.getBoolean("redstart.long") ? 10_000 : 1_000;
    List<String> keys = IntStream.range(0, 8).mapToObj(i -> "key" + i).toList();
    for (int i = 0; i < members; i++) {
      space.push(keys.get(i % keys.size()), i, "m" + i);
    }
    List<FutureTask<Void>> tasks = new ArrayList<>();
    for (int thread = 0; thread < 8; thread++) {
      SplittableRandom random = new SplittableRandom(thread);
      FutureTask<Void> task =
          new FutureTask<>(
              () -> {
                for (int i = 0; i < rounds; i++) {
                  List<String> some = new ArrayList<>(keys);
                  Collections.shuffle(some, new Random(random.nextLong()));
                  String taken = space.take(some.subList(0, 4), 1_000_000);
                  if (taken != null) {
                    String member = taken.substring(taken.indexOf(' ') + 1);
                    space.push(some.get(random.nextInt(8)), random.nextInt(9), member);
                  }
                }
                return null;
              });
      tasks.add(task);
      Thread started = new Thread(task);
      started.setDaemon(true);
      started.start();
    }
    long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
    while (!tasks.stream().allMatch(FutureTask::isDone) && System.nanoTime() < limit) {
      space.advance(1); // ends the waits that nothing comes for
    }
    for (FutureTask<Void> task : tasks) {
      task.get(LIMIT_SECONDS, TimeUnit.SECONDS);
    }
    List<String> left = new ArrayList<>();
    keys.forEach(key -> left.addAll(space.members(key)));
    Collections.sort(left);
    assertEquals(IntStream.range(0, members).mapToObj(i -> "m" + i).sorted().toList(), left);
    assertNoWaiters();
  }

  private void assertNoWaiters() {
    for (Shard shard : space.keyspace.shards(0)) {
      shard.forEachWaiter(
          waiter -> {
            throw new AssertionError("nobody must be waiting");
          });
    }
  }
}
