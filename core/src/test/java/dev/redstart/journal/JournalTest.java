// SPDX-License-Identifier: Apache-2.0
package dev.redstart.journal;

import static dev.redstart.journal.RespFeedTest.effect;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redstart.RValue;
import dev.redstart.Store;
import dev.redstart.StoreClosedException;
import dev.redstart.StoreException;
import dev.redstart.spi.Effect;
import dev.redstart.spi.JournalBatch;
import dev.redstart.spi.JournalSink;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JournalTest {
  private static final long LIMIT_SECONDS = 60;
  private static final long WIDE = 1L << 30;

  private final List<Journal> journals = new ArrayList<>();
  private final List<GatedSink> sinks = new ArrayList<>();

  @AfterEach
  void close() {
    sinks.forEach(GatedSink::open);
    journals.forEach(Journal::close);
  }

  private Journal journal(long boundBytes, JournalSink... attached) {
    for (JournalSink sink : attached) {
      if (sink instanceof GatedSink gated) {
        sinks.add(gated);
      }
    }
    Journal journal = new Journal(boundBytes, List.of(attached));
    journals.add(journal);
    return journal;
  }

  private static long append(Journal journal, String key) {
    return journal.append(List.of(effect(0, "DEL", key)), false);
  }

  private static List<String> keys(List<JournalBatch> batches) {
    return batches.stream().map(batch -> batch.effects().get(0).command().get(1)).toList();
  }

  // Order and positions.

  @Test
  void isAttached_withoutSinks_isFalse() {
    Journal journal = journal(1);
    assertFalse(journal.isAttached());
    journal.awaitRoom();
    journal.settle(0);
    assertEquals(0, journal.position());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void append_randomBatches_positionsAreBytesOfTheStream(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    GatedSink sink = GatedSink.open(true);
    Journal journal = journal(WIDE, sink);
    List<Long> ends = new ArrayList<>();
    List<List<Effect>> appended = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      List<Effect> effects = new ArrayList<>();
      for (int e = random.nextInt(4); e >= 0; e--) {
        int database = random.nextInt(3) == 0 ? random.nextInt(16) : 0;
        effects.add(new Effect(database, RespFeedTest.randomCommand(random), List.of()));
      }
      appended.add(effects);
      ends.add(journal.append(effects, random.nextBoolean()));
      assertEquals(ends.get(i), journal.position());
    }
    journal.settle(journal.position());
    List<JournalBatch> batches = sink.batches();
    StringBuilder stream = new StringBuilder();
    int selected = -1;
    for (int i = 0; i < batches.size(); i++) {
      JournalBatch batch = batches.get(i);
      String message = "seed " + seed + ", batch " + i;
      assertEquals(appended.get(i), batch.effects(), message);
      assertEquals(selected, batch.selected(), message);
      assertEquals(stream.length(), batch.start(), message);
      stream.append(RespFeedTest.encode(RespFeed.commands(batch)));
      assertEquals(stream.length(), batch.end(), message);
      assertEquals(ends.get(i), batch.end(), message);
      selected = batch.effects().get(batch.effects().size() - 1).database();
    }
    assertEquals(500, batches.size());
  }

  @Test
  void append_whileTheSinkWorks_comesAsOneGroup() throws Exception {
    GatedSink sink = new GatedSink(true);
    Journal journal = journal(WIDE, sink);
    append(journal, "first");
    sink.awaitEntered();
    for (int i = 0; i < 50; i++) {
      append(journal, "later" + i);
    }
    sink.letOne();
    sink.awaitEntered();
    sink.letOne();
    journal.settle(journal.position());
    assertEquals(List.of(1, 50), sink.groups().stream().map(List::size).toList());
    assertEquals("first", keys(sink.groups().get(0)).get(0));
    assertEquals(
        IntStream.range(0, 50).mapToObj(i -> "later" + i).toList(), keys(sink.groups().get(1)));
  }

  @Test
  void append_manyThreads_keepsEachThreadsOrder() throws Exception {
    GatedSink sink = GatedSink.open(true);
    Journal journal = journal(WIDE, sink);
    int each = 2_000;
    List<CompletableFuture<Void>> writers = new ArrayList<>();
    for (int thread = 0; thread < 4; thread++) {
      int number = thread;
      writers.add(
          CompletableFuture.runAsync(
              () -> {
                long last = 0;
                for (int i = 0; i < each; i++) {
                  long end =
                      journal.append(List.of(effect(number, "SET", "" + number, "" + i)), false);
                  assertTrue(end > last, end + " after " + last);
                  last = end;
                }
                journal.settle(last);
              }));
    }
    for (CompletableFuture<Void> writer : writers) {
      writer.get(LIMIT_SECONDS, TimeUnit.SECONDS);
    }
    int[] next = new int[4];
    long end = 0;
    for (JournalBatch batch : sink.batches()) {
      Effect effect = batch.effects().get(0);
      assertEquals(Integer.toString(next[effect.database()]++), effect.command().get(2));
      assertEquals(end, batch.start());
      end = batch.end();
    }
    assertEquals(4L * each, IntStream.of(next).sum());
    assertEquals(journal.position(), end);
  }

  @Test
  void append_twoSinks_bothGetAll() {
    GatedSink one = GatedSink.open(false);
    GatedSink other = GatedSink.open(true);
    Journal journal = journal(WIDE, one, other);
    for (int i = 0; i < 100; i++) {
      append(journal, "" + i);
    }
    journal.settle(journal.position());
    assertEquals(one.batches(), other.batches());
    assertEquals(100, one.batches().size());
    assertEquals(1, one.timesAsked());
    assertEquals(1, other.timesAsked());
  }

  // The bound.

  @Test
  void awaitRoom_fullJournal_waitsForTheSink() throws Exception {
    GatedSink sink = new GatedSink(false);
    Journal journal = journal(100, sink);
    append(journal, "x".repeat(50));
    journal.awaitRoom();
    append(journal, "y".repeat(50));
    Blocked<Void> writer = Blocked.start(journal::awaitRoom);
    sink.awaitEntered();
    assertFalse(writer.isDone());
    sink.open();
    writer.get();
    journal.awaitRoom();
  }

  @Test
  void awaitRoom_interrupted_goesOnWaitingAndKeepsTheFlag() throws Exception {
    GatedSink sink = new GatedSink(false);
    Journal journal = journal(1, sink);
    append(journal, "x");
    Blocked<Boolean> writer =
        Blocked.start(
            () -> {
              journal.awaitRoom();
              return Thread.currentThread().isInterrupted();
            });
    writer.interrupt();
    writer.awaitBlocked();
    sink.open();
    assertTrue(writer.get());
  }

  @Test
  void write_fullJournal_waitsBeforeItHolds() throws Exception {
    GatedSink sink = new GatedSink(false);
    sinks.add(sink);
    try (Store store = Store.builder().stripes(1).journalBytes(1).journalSink(sink).open()) {
      RValue<String> value = store.value("a");
      value.set("1");
      Blocked<Void> writer = Blocked.start(() -> value.set("2"));
      Blocked<Void> transaction =
          Blocked.start(() -> store.atomically(List.of("a"), tx -> tx.value("a").set("3")));
      assertEquals("1", value.get());
      assertEquals(1, value.length()); // takes the one stripe
      assertEquals(1, store.keys().size()); // takes all
      assertFalse(writer.isDone() || transaction.isDone());
      sink.open();
      writer.get();
      transaction.get();
    }
  }

  @Test
  void hasRoomOrLater_fullJournal_callsOnceThereIs() throws Exception {
    GatedSink sink = new GatedSink(false);
    Journal journal = journal(1, sink);
    CountDownLatch called = new CountDownLatch(2);
    assertTrue(journal.hasRoomOrLater(() -> called.countDown()));
    append(journal, "x");
    assertFalse(
        journal.hasRoomOrLater(
            () -> {
              called.countDown();
              throw new IllegalStateException("on purpose: a call that fails hurts nobody else");
            }));
    assertFalse(journal.hasRoomOrLater(called::countDown));
    assertEquals(2, called.getCount());
    sink.open();
    assertTrue(called.await(LIMIT_SECONDS, TimeUnit.SECONDS));
  }

  // Durability.

  @Test
  void settle_durableSink_waitsForAccept() throws Exception {
    GatedSink sink = new GatedSink(true);
    Journal journal = journal(WIDE, sink);
    long first = append(journal, "first");
    sink.awaitEntered();
    long second = append(journal, "second");
    Blocked<Void> one = Blocked.start(() -> journal.settle(first));
    Blocked<Void> other = Blocked.start(() -> journal.settle(second));
    sink.letOne();
    one.get();
    assertEquals(1, sink.batches().size());
    assertFalse(other.isDone());
    sink.letOne();
    other.get();
    assertEquals(2, sink.batches().size());
  }

  @Test
  void settle_durableAmongOthers_waitsForAll() throws Exception {
    GatedSink durable = GatedSink.open(true);
    GatedSink slow = new GatedSink(false);
    Journal journal = journal(WIDE, durable, slow);
    long position = append(journal, "a");
    slow.awaitEntered();
    Blocked<Void> writer = Blocked.start(() -> journal.settle(position));
    assertEquals(1, durable.batches().size());
    slow.open();
    writer.get();
  }

  @Test
  void settle_noDurableSink_answersAtOnce() {
    GatedSink sink = new GatedSink(false);
    Journal journal = journal(WIDE, sink);
    journal.settle(append(journal, "a"));
    assertEquals(List.of(), sink.batches());
  }

  @Test
  void settle_interrupted_goesOnWaitingAndKeepsTheFlag() throws Exception {
    GatedSink sink = new GatedSink(true);
    Journal journal = journal(WIDE, sink);
    long position = append(journal, "a");
    Blocked<Boolean> writer =
        Blocked.start(
            () -> {
              journal.settle(position);
              return Thread.currentThread().isInterrupted();
            });
    writer.interrupt();
    writer.awaitBlocked();
    sink.open();
    assertTrue(writer.get());
  }

  @Test
  void onSettled_severalPositions_callsInTheirOrder() throws Exception {
    GatedSink sink = new GatedSink(true);
    Journal journal = journal(WIDE, sink);
    long first = append(journal, "first");
    sink.awaitEntered();
    long second = append(journal, "second");
    long third = append(journal, "third");
    List<Long> called = new ArrayList<>(); // by one thread, read after the last call
    CountDownLatch all = new CountDownLatch(3);
    for (long position : new long[] {third, first, second}) {
      journal.onSettled(
          position,
          failure -> {
            assertNull(failure);
            called.add(position);
            all.countDown();
            throw new IllegalStateException("on purpose: a call that fails hurts nobody else");
          });
    }
    assertEquals(List.of(), called);
    sink.open();
    assertTrue(all.await(LIMIT_SECONDS, TimeUnit.SECONDS));
    assertEquals(List.of(first, second, third), called);
  }

  @Test
  void onSettled_settledOrNotDurable_callsAtOnce() {
    GatedSink durable = GatedSink.open(true);
    Journal journal = journal(WIDE, durable);
    long position = append(journal, "a");
    journal.settle(position);
    assertEquals("called null", answerAtOnce(journal, position));
    assertEquals("called null", answerAtOnce(journal, 0));
    Journal careless = journal(WIDE, new GatedSink(false));
    assertEquals("called null", answerAtOnce(careless, append(careless, "a")));
  }

  private static String answerAtOnce(Journal journal, long position) {
    StringBuilder answer = new StringBuilder();
    Thread test = Thread.currentThread();
    journal.onSettled(
        position,
        failure -> {
          assertSame(test, Thread.currentThread());
          answer.append("called ").append(failure);
        });
    return answer.toString();
  }

  // Failure.

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void accept_throws_laterWritesAreRefused(boolean durable) throws Exception {
    GatedSink sink = new GatedSink(durable);
    Throwable cause = durable ? new IOException("disk full") : new AssertionError("broken");
    Journal journal = journal(100, sink);
    long before = append(journal, "before");
    sink.awaitEntered();
    long lost = append(journal, "x".repeat(100));
    sink.letOne();
    sink.awaitEntered();
    sink.failWith(cause);
    Blocked<Void> full = Blocked.start(journal::awaitRoom);
    sink.open();
    assertMisconf(cause, full.failure());
    assertMisconf(cause, assertThrows(StoreException.class, journal::awaitRoom));
    journal.settle(before); // it was taken
    if (durable) {
      assertMisconf(cause, assertThrows(StoreException.class, () -> journal.settle(lost)));
      assertEquals("called " + cause, answerAtOnce(journal, lost));
    } else {
      journal.settle(lost);
      assertEquals("called null", answerAtOnce(journal, lost));
    }
    assertFalse(journal.hasRoomOrLater(() -> {}));
    append(journal, "of somebody who was let in before");
    journal.close();
    assertEquals(2, sink.batches().size(), "nothing is delivered after the failure");
  }

  @Test
  void accept_throws_whoWaitsIsToldSo() throws Exception {
    GatedSink sink = new GatedSink(true);
    IOException cause = new IOException("disk full");
    sink.failWith(cause);
    Journal journal = journal(WIDE, sink);
    long position = append(journal, "a");
    Blocked<Void> writer = Blocked.start(() -> journal.settle(position));
    CompletableFuture<@Nullable Throwable> told = new CompletableFuture<>();
    journal.onSettled(position, told::complete);
    sink.open();
    assertMisconf(cause, writer.failure());
    assertSame(cause, told.get(LIMIT_SECONDS, TimeUnit.SECONDS));
  }

  @Test
  void accept_oneOfTwoThrows_theOtherGotTheSame() {
    GatedSink broken = GatedSink.open(true);
    broken.failWith(new IOException("disk full"));
    GatedSink whole = GatedSink.open(false);
    Journal journal = journal(WIDE, broken, whole);
    long position = append(journal, "a");
    assertThrows(StoreException.class, () -> journal.settle(position));
    assertEquals(1, whole.batches().size());
  }

  @Test
  void write_afterFailure_isRefusedAndReadsAreNot() {
    GatedSink sink = GatedSink.open(true);
    sinks.add(sink);
    IOException cause = new IOException("disk full");
    try (Store store = Store.builder().journalSink(sink).open()) {
      RValue<String> value = store.value("a");
      value.set("1");
      sink.failWith(cause);
      assertMisconf(cause, assertThrows(StoreException.class, () -> value.set("2")));
      assertMisconf(cause, assertThrows(StoreException.class, () -> value.set("3")));
      assertMisconf(
          cause,
          assertThrows(
              StoreException.class,
              () -> store.atomically(List.of("a"), tx -> tx.value("a").set("4"))));
      assertEquals("2", value.get()); // in memory, but not durable, as its writer was told
      assertEquals(1, value.length());
    }
  }

  private static void assertMisconf(Throwable cause, Throwable thrown) {
    StoreException refused = assertInstanceOf(StoreException.class, thrown);
    assertEquals("MISCONF", refused.code());
    assertSame(cause, refused.getCause());
  }

  // Closing.

  @Test
  void close_pendingBatches_deliversThem() throws Exception {
    GatedSink sink = new GatedSink(true);
    Journal journal = journal(WIDE, sink);
    append(journal, "first");
    sink.awaitEntered();
    for (int i = 0; i < 10; i++) {
      append(journal, "" + i);
    }
    Blocked<Void> closing = Blocked.start(journal::close);
    sink.open();
    closing.get();
    assertEquals(11, sink.batches().size());
    journal.settle(journal.position());
    journal.close();
  }

  @Test
  void close_writerWaitsForRoom_isRefused() throws Exception {
    GatedSink sink = new GatedSink(false);
    Journal journal = journal(1, sink);
    append(journal, "x");
    sink.awaitEntered();
    Blocked<Void> writer = Blocked.start(journal::awaitRoom);
    Blocked<Void> closing = Blocked.start(journal::close);
    assertInstanceOf(StoreClosedException.class, writer.failure());
    sink.open();
    closing.get();
  }

  @Test
  void close_interrupted_waitsAndKeepsTheFlag() throws Exception {
    GatedSink sink = new GatedSink(false);
    Journal journal = journal(WIDE, sink);
    append(journal, "x");
    Blocked<Boolean> closing =
        Blocked.start(
            () -> {
              journal.close();
              return Thread.currentThread().isInterrupted();
            });
    closing.interrupt();
    closing.awaitBlocked();
    sink.open();
    assertTrue(closing.get());
    assertEquals(1, sink.batches().size());
  }

  @Test
  void close_insideTheSink_doesNotWaitForItself() throws Exception {
    CompletableFuture<Journal> itself = new CompletableFuture<>();
    CompletableFuture<Boolean> closed = new CompletableFuture<>();
    Journal journal =
        journal(
            WIDE,
            batches -> {
              itself.get(LIMIT_SECONDS, TimeUnit.SECONDS).close();
              closed.complete(true);
            });
    itself.complete(journal);
    append(journal, "a");
    assertTrue(closed.get(LIMIT_SECONDS, TimeUnit.SECONDS));
    journal.close();
  }
}
