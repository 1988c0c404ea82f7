// SPDX-License-Identifier: Apache-2.0
package dev.redstart.keyspace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redstart.spi.Binary;
import dev.redstart.structure.ListValue;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Waiters whom to serve changes further keys, of other stripes too. */
class ReachingWaiterTest {
  private static final int MANY = 10_000;
  private static final long LIMIT_SECONDS = 60;

  private final EffectList effects = new EffectList();
  private final Space space = new Space(64, effects);
  private final Access access = space.access;

  @AfterEach
  void close() {
    space.close();
  }

  /** A waiter that moves an element to another key's end, or takes it if there is none. */
  private static final class Mover extends Waiter {
    private final List<@Binary String> destination;
    private @Nullable String moved;

    Mover(Access access, @Nullable @Binary String destination) {
      super(access);
      this.destination = destination == null ? List.of() : List.of(destination);
    }

    @Override
    protected List<@Binary String> furtherKeys() {
      return destination;
    }

    @Override
    protected long serve(Hold hold) {
      if (!(hold.value() instanceof ListValue list) || !claim()) {
        return -1;
      }
      String source = hold.key();
      String element = list.removeFirst();
      if (list.isEmpty()) {
        hold.remove();
      }
      for (String key : destination) {
        hold.at(key).findOrCreate(ListValue.TYPE).addLast(element);
      }
      moved = source + " " + element;
      return hold.isRecorded() ? hold.record(List.of("MOVE", source)) : 0;
    }
  }

  private Mover enqueue(@Binary String key, @Nullable @Binary String destination) {
    Mover mover = new Mover(access, destination);
    try (Hold hold = access.hold(key)) {
      hold.enqueue(mover, List.of(key));
    }
    return mover;
  }

  private void push(@Binary String key, String... elements) {
    push(access, key, elements);
  }

  private static void push(Access way, @Binary String key, String... elements) {
    try (Hold hold = way.hold(key)) {
      ListValue list = hold.findOrCreate(ListValue.TYPE);
      for (String element : elements) {
        list.addLast(element);
      }
      hold.record(List.of("PUSH", key));
    }
  }

  private List<@Binary String> elements(@Binary String key) {
    List<String> elements = new ArrayList<>();
    try (Hold hold = access.holdToRead(key)) {
      ListValue list = hold.find(ListValue.TYPE);
      if (list != null) {
        list.forEach(0, list.size(), elements::add);
      }
    }
    return elements;
  }

  private boolean isReached() {
    for (Stripe stripe : space.keyspace.stripes()) {
      if (stripe.reachesFurther()) {
        return true;
      }
    }
    return false;
  }

  @Test
  void push_chainOverManyStripes_servesToItsEnd() {
    List<Mover> movers = new ArrayList<>();
    for (int i = 99; i >= 0; i--) {
      movers.add(0, enqueue("k" + i, "k" + (i + 1)));
    }
    push("k0", "x");
    for (int i = 0; i < 100; i++) {
      assertEquals("k" + i + " x", movers.get(i).moved);
    }
    assertEquals(List.of("x"), elements("k100"));
    assertEquals(101, space.settled(effects).takeCommands().size());
    assertFalse(isReached());
  }

  @Test
  void push_cycle_endsWithTheLastWaiter() {
    List<Mover> movers = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      movers.add(enqueue("k" + i % 3, "k" + (i + 1) % 3));
    }
    push("k0", "x");
    movers.forEach(mover -> assertFalse(mover.isWaiting()));
    assertEquals(List.of("x"), elements("k0"));
    assertFalse(isReached());
  }

  @Test
  void atomically_pushesToSeveral_servesInTheOrderOfReadiness() {
    Mover second = enqueue("b", "d");
    Mover first = enqueue("a", "d");
    Mover last = enqueue("d", null);
    access.atomically(
        List.of("a", "b"),
        inner -> {
          push(inner, "a", "x");
          push(inner, "b", "y");
          return 0;
        });
    assertEquals("a x", first.moved);
    assertEquals("b y", second.moved);
    assertEquals("d x", last.moved);
    assertEquals(List.of("y"), elements("d"));
  }

  @Test
  void push_manyMoversOfOneKey_servesInArrivalOrder() {
    List<Mover> movers = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      movers.add(enqueue("a", "b" + i % 50));
    }
    for (int i = 0; i < MANY; i++) {
      push("a", "e" + i);
      assertEquals("a e" + i, movers.get(i).moved);
    }
    assertNull(access.read("a"));
    assertEquals(MANY / 50, elements("b7").size());
    assertFalse(isReached());
  }

  @Test
  void push_manyElementsToManyMovers_servesAllInOneHold() {
    List<Mover> movers = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      movers.add(enqueue("a", "b"));
    }
    push("a", IntStream.range(0, MANY).mapToObj(i -> "e" + i).toArray(String[]::new));
    for (int i = 0; i < MANY; i++) {
      assertEquals("a e" + i, movers.get(i).moved);
    }
    assertEquals(MANY, elements("b").size());
  }

  @Test
  void await_timedOutMover_isForgotten() throws Exception {
    FutureTask<Long> waiting =
        new FutureTask<>(
            () -> {
              Mover mover = enqueue("a", "b");
              assertTrue(isReached());
              return access.await(mover, List.of("a"), 1_000_000);
            });
    new Thread(waiting).start();
    long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
    while (!waiting.isDone() && System.nanoTime() < limit) {
      space.advance(1);
    }
    assertEquals(-1L, waiting.get(LIMIT_SECONDS, TimeUnit.SECONDS));
    assertFalse(isReached());
    push("a", "x");
    assertEquals(List.of("x"), elements("a"));
  }

  /** Pushes on all keys while movers come: nobody waits for ever, and nothing is lost. */
  @Test
  void push_whileMoversCome_neverDeadlocks() throws Exception {
    int keys = 12;
    int pushes = 2_000;
    List<FutureTask<Void>> tasks = new ArrayList<>();
    for (int thread = 0; thread < 4; thread++) {
      int number = thread;
      SplittableRandom random = new SplittableRandom(thread);
      tasks.add(
          new FutureTask<>(
              () -> {
                for (int i = 0; i < pushes; i++) {
                  String key = "k" + random.nextInt(keys);
                  String other = "k" + random.nextInt(keys);
                  if (number % 2 == 0) {
                    push(key, "e");
                  } else {
                    enqueueIfEmpty(key, other);
                  }
                }
                return null;
              }));
    }
    tasks.forEach(task -> new Thread(task).start());
    for (FutureTask<Void> task : tasks) {
      task.get(LIMIT_SECONDS, TimeUnit.SECONDS);
    }
    int sum = 0;
    for (int i = 0; i < keys; i++) {
      sum += elements("k" + i).size();
    }
    assertEquals(2 * pushes, sum);
  }

  private void enqueueIfEmpty(@Binary String key, @Binary String destination) {
    try (Hold hold = access.hold(List.of(key, destination))) {
      if (hold.at(key).value() == null) {
        hold.enqueue(new Mover(access, destination), List.of(key));
      }
    }
  }
}
