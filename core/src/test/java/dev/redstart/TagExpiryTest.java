// SPDX-License-Identifier: Apache-2.0
package dev.redstart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tagged keys whose deadlines have passed, while their timers are late or the clock goes back. */
class TagExpiryTest {
  private static final String SET = RTag.KEY_PREFIX + "t";

  private final LateTime time = new LateTime();
  private final RecordingSink sink = new RecordingSink();
  private final Store store = Store.builder().timeSource(time).journalSink(sink).open();
  private final RTag tag = store.tag("t");

  @AfterEach
  void close() {
    store.close();
  }

  private void makeOverdue() {
    store.value("a").set("v", Duration.ofMillis(5));
    store.hash("h").put("f", "v");
    store.hash("h").expire("f", Duration.ofMillis(5));
    store.value("b").set("v");
    assertEquals(3, tag.add("a", "b", "h"));
    time.millis += 5;
  }

  private void assertOnlyB(StoreView view) {
    assertEquals(Set.of("b"), view.tag("t").keys());
    assertEquals(1, view.tag("t").size());
    assertFalse(view.tag("t").contains("a"));
    assertFalse(view.tag("t").contains("h"));
    assertTrue(view.tag("t").contains("b"));
    assertEquals(Set.of(), view.keys().tags("a"));
    assertEquals(Set.of(), view.keys().tags("h"));
  }

  private String commands() {
    store.value("settled").set("");
    StringBuilder all = new StringBuilder();
    sink.takeCommands().forEach(each -> all.append(String.join(" ", each)).append(", "));
    return all.toString();
  }

  @Test
  void overdueKey_thatIsStillThere_hasNoTags() {
    makeOverdue();
    assertOnlyB(store);
    store.atomically(List.of("a", "b", "h", SET), this::assertOnlyB);
    assertEquals(Set.of("a", "b", "h"), store.set(SET).members());
  }

  @Test
  void overdueKey_metByAWriter_leavesItsTagsWithIt() {
    makeOverdue();
    commands();
    assertFalse(tag.add("a"));
    assertEquals(Set.of("b", "h"), store.set(SET).members());
    store.hash("h").put("g", "v");
    assertEquals(Set.of("b"), store.set(SET).members());
    assertEquals(
        "MULTI, DEL a, SREM redstart:tag:t a, EXEC, MULTI, DEL h, SREM redstart:tag:t h, EXEC,"
            + " HSET h g v, SET settled , ",
        commands());
    assertOnlyB(store);
  }

  @Test
  void overdueKeys_metByManyWrites_leaveTheirTags() {
    makeOverdue();
    assertEquals(1, tag.deleteKeys());
    makeOverdue();
    assertEquals(1, store.keys().delete("a", "b", "h"));
    assertEquals(0, tag.size());
    makeOverdue();
    store.keys().rename("b", "a");
    assertEquals(Set.of("a"), tag.keys());
    store.atomically(List.of("a", "h"), tx -> tx.keys().rename("a", "h"));
    assertEquals(Set.of("h"), store.set(SET).members());
    assertEquals(Set.of("t"), store.keys().tags("h"));
    store.keys().delete("h");
    makeOverdue();
    assertTrue(tag.delete());
    assertFalse(tag.add("a"));
    assertFalse(tag.delete());
  }

  @Test
  void overdueKeys_whenTheTimerComes_go() {
    makeOverdue();
    time.ring();
    assertEquals(Set.of("b"), store.set(SET).members());
    assertEquals(2, store.keys().size());
    assertOnlyB(store);
  }

  /** Found due by its timer, but not when it is removed: the key goes all the same, or waits. */
  @Test
  void clock_thatGoesBackMeanwhile_losesNoTimer() {
    store.hash("h").put("f", "v");
    store.hash("h").expire("f", Duration.ofMillis(5));
    store.value("a").set("v");
    tag.add("a", "h");
    time.once.add(time.millis + 5);
    time.ring();
    assertEquals(Set.of("a", "h"), tag.keys());
    time.millis += 5;
    time.ring();
    assertEquals(Set.of("a"), store.set(SET).members());
    store.keys().expire("a", Duration.ofMillis(5));
    time.once.add(time.millis + 5);
    time.ring();
    assertFalse(store.set(SET).exists());
    assertEquals(0, store.keys().size());
  }

  /** A time whose tasks run when the test says so; a first reading may be another. */
  private static final class LateTime implements TimeSource {
    final Queue<Long> once = new ArrayDeque<>();
    final List<Runnable> tasks = new ArrayList<>();
    long millis = 1_900_000_000_000L;

    void ring() {
      List<Runnable> due = List.copyOf(tasks);
      tasks.clear();
      due.forEach(Runnable::run);
    }

    @Override
    public long wallMillis() {
      Long next = once.poll();
      return next == null ? millis : next;
    }

    @Override
    public long monotonicNanos() {
      return 0;
    }

    @Override
    public Scheduled schedule(long deadlineMillis, Runnable task) {
      tasks.add(task);
      return () -> tasks.remove(task);
    }

    @Override
    public Scheduled scheduleAfter(long delayNanos, Runnable task) {
      return () -> {};
    }
  }
}
