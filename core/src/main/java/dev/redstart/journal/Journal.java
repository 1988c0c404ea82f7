// SPDX-License-Identifier: Apache-2.0
package dev.redstart.journal;

import dev.redstart.StoreClosedException;
import dev.redstart.StoreException;
import dev.redstart.spi.Effect;
import dev.redstart.spi.JournalBatch;
import dev.redstart.spi.JournalSink;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The order of all changes, bounded in bytes, handed to sinks on a thread of its own.
 *
 * <p>Safe for many threads.
 */
public final class Journal {
  // Overview. A writer appends under the stripes of its keys, so the journal's order agrees with
  // the order of changes of every key; the thread takes all that is pending at once, which gives a
  // durable sink its group commit.
  //
  // 1. Positions are byte offsets in one RESP stream (RespFeed has its grammar): a batch begins
  //    where the one before it ends.
  // 2. The lock is taken last, under stripes or under nothing; under it nothing else is taken and
  //    no sink is called.
  // 3. A writer waits for room before it holds a stripe, never under one. The bound may be
  //    overshot by one batch for each writer that was let in at the same time.
  // 4. Once a sink has failed nothing is delivered any more: writers are refused before they hold,
  //    and those that wait in settle() are refused too, since their write may be lost.

  private static final System.Logger LOG = System.getLogger(Journal.class.getName());

  // Fixed after construction.
  private final long boundBytes;
  private final List<JournalSink> sinks;
  private final boolean durable;
  private final @Nullable Thread thread;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();
  private final Condition delivered = lock.newCondition();

  // Guarded by lock.
  private final ArrayDeque<JournalBatch> pending = new ArrayDeque<>();
  private final PriorityQueue<SettledCall> calls = new PriorityQueue<>();
  private final List<Runnable> roomCalls = new ArrayList<>();
  private long end;
  private long deliveredEnd;
  private int selected = -1;
  private boolean closing;

  // Written under lock; read without it by writers before they hold.
  private final AtomicLong pendingBytes = new AtomicLong();
  private volatile @Nullable Throwable failure;

  /** Creates a journal; without sinks it has no thread and {@link #isAttached} is false. */
  public Journal(long boundBytes, List<JournalSink> sinks) {
    this.boundBytes = boundBytes;
    this.sinks = List.copyOf(sinks);
    boolean anyDurable = false;
    for (JournalSink sink : this.sinks) {
      anyDurable |= sink.isDurable();
    }
    this.durable = anyDurable;
    if (this.sinks.isEmpty()) {
      this.thread = null;
    } else {
      this.thread = new Thread(this::deliver, "redstart-journal");
      this.thread.setDaemon(true);
      this.thread.start();
    }
  }

  /** Tells whether anybody listens; if not, effects need not be made. */
  public boolean isAttached() {
    return thread != null;
  }

  /**
   * Waits until there is room for a write; called under no lock.
   *
   * @throws StoreException {@code MISCONF} once a sink has failed
   * @throws IllegalStateException on the journal's own thread, which would wait for itself
   */
  public void awaitRoom() {
    refuseOwnThread();
    if (failure == null && pendingBytes.get() < boundBytes) {
      return;
    }
    lock.lock();
    try {
      while (failure == null && pendingBytes.get() >= boundBytes && !closing) {
        delivered.awaitUninterruptibly();
      }
      refuseAfterFailure();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Tells whether there is room now; if not, runs {@code call} on the journal's thread once there
   * is. For a timer's task, which must not wait. After a failure there is no room any more.
   */
  public boolean hasRoomOrLater(Runnable call) {
    if (failure == null && pendingBytes.get() < boundBytes) {
      return true;
    }
    lock.lock();
    try {
      boolean hasRoom = failure == null && pendingBytes.get() < boundBytes;
      if (!hasRoom && failure == null) {
        roomCalls.add(call);
      }
      return hasRoom;
    } finally {
      lock.unlock();
    }
  }

  /** Appends a batch under the stripes of its keys and returns the position after it. */
  public long append(List<Effect> effects, boolean transaction) {
    lock.lock();
    try {
      long length = RespFeed.length(RespFeed.commands(effects, transaction, selected));
      JournalBatch batch = new JournalBatch(end, end + length, transaction, selected, effects);
      selected = effects.get(effects.size() - 1).database();
      end += length;
      pending.add(batch);
      pendingBytes.addAndGet(length);
      arrived.signal();
      return end;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until all up to a position is durable, if a sink promises that; called under no lock.
   *
   * @throws StoreException {@code MISCONF} if a sink failed before it took the position
   */
  public void settle(long position) {
    if (!durable || position == 0) {
      return;
    }
    refuseOwnThread();
    lock.lock();
    try {
      while (deliveredEnd < position && failure == null) {
        delivered.awaitUninterruptibly();
      }
      if (deliveredEnd < position) {
        refuseAfterFailure();
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Runs {@code call} once all up to a position is settled, at once if it is; the argument is null,
   * or what made a sink fail.
   */
  public void onSettled(long position, Consumer<@Nullable Throwable> call) {
    lock.lock();
    try {
      if (durable && deliveredEnd < position && failure == null) {
        calls.add(new SettledCall(position, call));
        return;
      }
    } finally {
      lock.unlock();
    }
    call.accept(durable && deliveredEnd() < position ? failure : null);
  }

  /** Returns the position after the last batch that was appended. */
  public long position() {
    lock.lock();
    try {
      return end;
    } finally {
      lock.unlock();
    }
  }

  /** Delivers what is pending and ends the thread. Idempotent. */
  public void close() {
    if (thread == null) {
      return;
    }
    lock.lock();
    try {
      closing = true;
      arrived.signalAll();
      delivered.signalAll();
    } finally {
      lock.unlock();
    }
    boolean interrupted = false;
    while (thread.isAlive() && Thread.currentThread() != thread) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private long deliveredEnd() {
    lock.lock();
    try {
      return deliveredEnd;
    } finally {
      lock.unlock();
    }
  }

  private void refuseOwnThread() {
    if (thread != null && Thread.currentThread() == thread) {
      throw new IllegalStateException("a sink must not write to the store that it listens to");
    }
  }

  private void refuseAfterFailure() {
    Throwable cause = failure;
    if (cause != null) {
      throw new StoreException(
          "MISCONF", "writes are refused since the journal's sink failed: " + cause, cause);
    }
    if (closing) {
      throw new StoreClosedException();
    }
  }

  /** The thread's body: take all that is pending, hand it over, tell who waits. */
  private void deliver() {
    List<JournalBatch> batches = new ArrayList<>();
    try {
      deliverAll(batches);
    } catch (Throwable t) { // only a logger or a lack of memory comes here
      fail(t);
      throw t;
    }
  }

  /** Ends the journal: nobody may wait for what will not come. */
  private void fail(Throwable thrown) {
    List<SettledCall> due;
    lock.lock();
    try {
      if (failure == null) {
        failure = thrown;
      }
      pending.clear();
      roomCalls.clear();
      due = List.copyOf(calls);
      calls.clear();
      delivered.signalAll();
    } finally {
      lock.unlock();
    }
    due.forEach(call -> call.run(thrown));
  }

  private void deliverAll(List<JournalBatch> batches) {
    while (takePending(batches)) {
      Throwable thrown = null;
      for (JournalSink sink : failure == null ? sinks : List.<JournalSink>of()) {
        try {
          sink.accept(List.copyOf(batches));
        } catch (Throwable t) { // a sink is foreign code; whatever it throws stops the writes
          thrown = t;
          LOG.log(
              System.Logger.Level.ERROR,
              () -> "journal sink " + sink.getClass().getName() + " failed; writes are refused",
              t);
        }
      }
      tell(batches, thrown);
      batches.clear();
    }
  }

  private boolean takePending(List<JournalBatch> batches) {
    lock.lock();
    try {
      while (pending.isEmpty() && !closing) {
        arrived.awaitUninterruptibly();
      }
      batches.addAll(pending);
      pending.clear();
      return !batches.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  private void tell(List<JournalBatch> batches, @Nullable Throwable thrown) {
    List<SettledCall> due = new ArrayList<>();
    List<Runnable> room = List.of();
    lock.lock();
    try {
      JournalBatch last = batches.get(batches.size() - 1);
      pendingBytes.addAndGet(batches.get(0).start() - last.end());
      if (thrown == null && failure == null) {
        deliveredEnd = last.end();
      } else if (failure == null) {
        failure = thrown;
      }
      while (!calls.isEmpty() && (failure != null || calls.peek().position <= deliveredEnd)) {
        due.add(calls.poll());
      }
      if (pendingBytes.get() < boundBytes && !roomCalls.isEmpty()) {
        room = List.copyOf(roomCalls);
        roomCalls.clear();
      }
      delivered.signalAll();
    } finally {
      lock.unlock();
    }
    for (SettledCall call : due) {
      call.run(failure);
    }
    for (Runnable call : room) {
      try {
        call.run();
      } catch (Throwable t) { // a lost timer task must not end the journal's thread
        LOG.log(System.Logger.Level.ERROR, "what waited for room in the journal failed", t);
      }
    }
  }

  /** A call that waits for its position. */
  private record SettledCall(long position, Consumer<@Nullable Throwable> call)
      implements Comparable<SettledCall> {
    @Override
    public int compareTo(SettledCall other) {
      return Long.compare(position, other.position);
    }

    void run(@Nullable Throwable failure) {
      try {
        call.accept(failure);
      } catch (Throwable t) { // foreign code must not end the journal's thread
        LOG.log(System.Logger.Level.ERROR, "a callback of a settled write failed", t);
      }
    }
  }
}
