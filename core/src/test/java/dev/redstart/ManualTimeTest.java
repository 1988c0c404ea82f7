// SPDX-License-Identifier: Apache-2.0
package dev.redstart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Time that is told to move, and time over a clock. */
class ManualTimeTest {
  private static final Instant START = Instant.parse("2030-01-01T00:00:00Z");
  private static final long LIMIT_SECONDS = 30;

  private final ManualTime time = TimeSource.manual(START);
  private final List<String> ran = new ArrayList<>();

  private TimeSource.Scheduled at(long millis, String name) {
    return time.schedule(START.toEpochMilli() + millis, () -> ran.add(name + "@" + elapsed()));
  }

  private TimeSource.Scheduled after(long millis, String name) {
    return time.scheduleAfter(millis * 1_000_000, () -> ran.add(name + "@" + elapsed()));
  }

  private long elapsed() {
    return time.wallMillis() - START.toEpochMilli();
  }

  @Test
  void time_untouched_standsStill() {
    assertEquals(START, time.instant());
    assertEquals(START.toEpochMilli(), time.wallMillis());
    assertEquals(time.monotonicNanos(), time.monotonicNanos());
  }

  @Test
  void advance_any_movesBothClocks() {
    long before = time.monotonicNanos();
    time.advance(Duration.ofMillis(1500));
    assertEquals(START.plusMillis(1500), time.instant());
    assertEquals(1_500_000_000, time.monotonicNanos() - before);
    time.advance(Duration.ZERO);
    assertEquals(START.plusMillis(1500), time.instant());
    assertThrows(IllegalArgumentException.class, () -> time.advance(Duration.ofNanos(-1)));
  }

  @Test
  void advance_partsOfAMillisecond_addUp() {
    for (int i = 0; i < 10; i++) {
      time.advance(Duration.ofNanos(300_000));
    }
    assertEquals(START.plusMillis(3), time.instant());
  }

  @Test
  void tasks_due_runInOrderAtTheirTime() {
    assertEquals(0, ran.size());
    TimeSource.Scheduled late = at(30, "late");
    at(10, "a");
    after(20, "b");
    at(20, "c");
    after(10, "d");
    at(10, "e");
    time.advance(Duration.ofMillis(25));
    assertEquals(List.of("a@10", "e@10", "d@10", "c@20", "b@20"), ran);
    late.cancel();
    late.cancel();
    time.advance(Duration.ofMillis(25));
    assertEquals(5, ran.size());
  }

  @Test
  void task_schedulingAnother_hasItRunInTheSameMove() {
    time.schedule(START.toEpochMilli() + 10, () -> at(15, "second"));
    time.scheduleAfter(
        12_000_000, () -> time.scheduleAfter(5_000_000, () -> ran.add("third@" + elapsed())));
    time.advance(Duration.ofMillis(100));
    assertEquals(List.of("second@15", "third@17"), ran);
    assertEquals(100, elapsed());
  }

  @Test
  void wallClock_setForward_runsWhatIsDueByIt() {
    at(10, "wall");
    after(10, "monotonic");
    time.setWallClock(START.plusMillis(10));
    assertEquals(List.of("wall@10"), ran);
    time.advance(Duration.ofMillis(10));
    assertEquals(List.of("wall@10", "monotonic@20"), ran);
  }

  @Test
  void wallClock_setBack_delaysWhatWaitsForIt() {
    at(10, "wall");
    after(10, "monotonic");
    long nanos = time.monotonicNanos();
    time.setWallClock(START.minusMillis(100));
    assertEquals(nanos, time.monotonicNanos());
    time.advance(Duration.ofMillis(109));
    assertEquals(List.of("monotonic@-90"), ran);
    time.advance(Duration.ofMillis(1));
    assertEquals(List.of("monotonic@-90", "wall@10"), ran);
  }

  @Test
  void advance_farAndOften_keepsCounting() {
    for (int i = 1; i <= 4; i++) {
      time.advance(Duration.ofDays(36_500));
      assertEquals(START.plus(Duration.ofDays(36_500L * i)), time.instant());
    }
    at(Duration.ofDays(36_500 * 5).toMillis(), "far");
    time.advance(Duration.ofDays(36_500));
    assertEquals(1, ran.size());
  }

  @Test
  void advance_tooFarAtOnce_isRefused() {
    assertThrows(IllegalArgumentException.class, () -> time.advance(Duration.ofDays(365 * 293L)));
    assertThrows(
        IllegalArgumentException.class, () -> time.advance(Duration.ofSeconds(Long.MAX_VALUE)));
    assertEquals(START, time.instant());
  }

  @Test
  void task_farAway_waits() {
    assertEquals(0, ran.size());
    time.schedule(Long.MAX_VALUE - 1, () -> ran.add("end of time"));
    time.scheduleAfter(Long.MAX_VALUE, () -> ran.add("292 years"));
    time.advance(Duration.ofDays(1000));
    assertEquals(List.of(), ran);
  }

  /** A clock that the test sets. */
  private static final class SetClock extends Clock {
    private final AtomicLong millis = new AtomicLong(START.toEpochMilli());

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return Instant.ofEpochMilli(millis.get());
    }
  }

  @Test
  void clock_ofAnApplication_decidesOnDeadlines() {
    SetClock clock = new SetClock();
    try (TimeSource source = TimeSource.of(clock);
        Store store = Store.builder().timeSource(source).open()) {
      store.value("k").set("v", Duration.ofHours(1));
      assertEquals(Duration.ofHours(1), store.value("k").timeToLive());
      clock.millis.addAndGet(Duration.ofMinutes(59).toMillis());
      assertTrue(store.value("k").exists());
      clock.millis.addAndGet(Duration.ofMinutes(1).toMillis());
      assertEquals(0, store.keys().exists("k", "k"));
      awaitEmpty(store);
    }
  }

  @Test
  void clock_system_reclaimsByItself() {
    try (Store store = Store.open()) {
      store.value("k").set("v", Duration.ofMillis(1));
      awaitEmpty(store);
    }
  }

  private static void awaitEmpty(Store store) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
    while (store.keys().size() > 0 && System.nanoTime() < deadline) {
      Thread.onSpinWait();
    }
    assertEquals(0, store.keys().size());
  }

  @Test
  void system_tasks_runAndCanBeCancelled() throws InterruptedException {
    CountDownLatch done = new CountDownLatch(3);
    AtomicInteger cancelled = new AtomicInteger();
    try (TimeSource system = TimeSource.system()) {
      TimeSource.Scheduled never =
          system.scheduleAfter(TimeUnit.HOURS.toNanos(1), cancelled::incrementAndGet);
      system.scheduleAfter(-5, done::countDown);
      system.scheduleAfter(1_000_000, done::countDown);
      system.schedule(system.wallMillis() + 1, done::countDown);
      never.cancel();
      never.cancel();
      assertTrue(done.await(LIMIT_SECONDS, TimeUnit.SECONDS));
      assertTrue(Math.abs(system.wallMillis() - System.currentTimeMillis()) < 60_000);
    }
    assertEquals(0, cancelled.get());
  }

  @Test
  void system_taskThatFails_leavesTheOthers() throws InterruptedException {
    CountDownLatch done = new CountDownLatch(2);
    try (TimeSource system = TimeSource.system()) {
      TimeSource.Scheduled failing =
          system.scheduleAfter(
              0,
              () -> {
                done.countDown();
                throw new ArithmeticException("a task of the test, to be logged");
              });
      system.scheduleAfter(1_000_000, done::countDown);
      assertTrue(done.await(LIMIT_SECONDS, TimeUnit.SECONDS));
      failing.cancel();
      long before = system.monotonicNanos();
      assertTrue(system.monotonicNanos() - before >= 0);
    }
  }

  @Test
  void system_closed_dropsItsTasks() {
    AtomicInteger ranAfter = new AtomicInteger();
    TimeSource system = TimeSource.system();
    system.schedule(system.wallMillis() + 3_600_000, ranAfter::incrementAndGet);
    system.close();
    system.close();
    system.schedule(0, ranAfter::incrementAndGet).cancel();
    system.scheduleAfter(0, ranAfter::incrementAndGet).cancel();
    assertEquals(0, ranAfter.get());
  }
}
