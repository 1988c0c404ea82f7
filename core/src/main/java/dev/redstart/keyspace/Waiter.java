// SPDX-License-Identifier: Apache-2.0
package dev.redstart.keyspace;

import dev.redstart.StoreClosedException;
import dev.redstart.TimeSource;
import dev.redstart.spi.Binary;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who is blocked until one of several keys has something to take.
 *
 * <p>Safe for many threads. The subclass takes what it wants in {@link #serve}, under the stripes
 * of the key that has it and of its further keys, on the thread of whoever brought it.
 */
public abstract class Waiter {
  // Overview. States: WAITING, then one of SERVING -> SERVED or FAILED (a bringer has claimed it),
  // LEFT (timeout, interrupt) or CLOSED. One compare-and-set leaves WAITING, so a waiter on several
  // keys is served at most once, and one that has left takes nothing.

  private static final int WAITING = 0;
  private static final int SERVING = 1;
  private static final int SERVED = 2;
  private static final int LEFT = 3;
  private static final int CLOSED = 4;
  private static final int FAILED = 5;
  private static final VarHandle STATE;

  static {
    try {
      STATE = MethodHandles.lookup().findVarHandle(Waiter.class, "state", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final Thread thread = Thread.currentThread();
  private final @Nullable String group;
  private volatile int state = WAITING;

  // Written by the thread that has claimed it, and read by none other.
  private @Nullable Thread claimer;

  // Published by the write of SERVED or FAILED.
  private long position;
  private @Nullable Throwable failure;

  /** Creates a waiter of an operation that reaches its keys through an access. */
  protected Waiter(Access access) {
    this.group = access.group();
  }

  /** Returns the prefix of the group that it came through, or null. */
  final @Nullable @Binary String group() {
    return group;
  }

  /**
   * Takes what is wanted from the value at the hold's key, if there is any.
   *
   * <p>Calls {@link #claim} after seeing that there is something and before the first change, and
   * changes nothing if that is refused.
   *
   * @return the position of the recorded effect, or -1 if nothing was taken
   */
  protected abstract long serve(Hold hold);

  /**
   * Returns the keys of its database that serving changes besides the one that has something.
   *
   * <p>Always the same ones. Whoever may bring something holds them too.
   */
  protected List<@Binary String> furtherKeys() {
    return List.of();
  }

  /** Makes this waiter the caller's to serve; false if it has left or was served. */
  protected final boolean claim() {
    boolean claimed = STATE.compareAndSet(this, WAITING, SERVING);
    if (claimed) {
      claimer = Thread.currentThread();
    }
    return claimed;
  }

  final boolean isWaiting() {
    return state == WAITING;
  }

  final void served(long position) {
    this.position = position;
    state = SERVED;
  }

  /** Tells the waiter that serving it failed, unless it is another's to serve, or has left. */
  final void failed(Throwable thrown) {
    if (claimer == Thread.currentThread() || claim()) {
      failure = thrown;
      state = FAILED;
    }
  }

  /** Wakes the thread; under no lock. */
  final void wake() {
    LockSupport.unpark(thread);
  }

  final void close() {
    if (STATE.compareAndSet(this, WAITING, CLOSED)) {
      wake();
    }
  }

  /**
   * Waits to be served.
   *
   * @param timeoutNanos nanoseconds to wait at most, or {@code Long.MAX_VALUE} for no limit
   * @return the position of what was recorded for this waiter, or -1 after the timeout
   * @throws InterruptedException if the thread was interrupted before it was served
   */
  final long await(TimeSource time, long timeoutNanos) throws InterruptedException {
    TimeSource.@Nullable Scheduled timeout = null;
    boolean interrupted = false;
    try {
      if (timeoutNanos != Long.MAX_VALUE) {
        timeout = time.scheduleAfter(timeoutNanos, this::leave);
      }
      while (state == WAITING || state == SERVING) {
        LockSupport.park(this);
        if (Thread.interrupted()) {
          interrupted = true;
          STATE.compareAndSet(this, WAITING, LEFT);
        }
      }
    } finally {
      STATE.compareAndSet(this, WAITING, LEFT); // a time source may throw: then nothing is taken
      if (timeout != null) {
        timeout.cancel();
      }
    }
    if (interrupted) {
      if (state != SERVED) {
        throw new InterruptedException();
      }
      Thread.currentThread().interrupt(); // served in the same moment: nothing may be lost
    }
    if (state == CLOSED) {
      throw new StoreClosedException();
    }
    if (state == FAILED) {
      throw new IllegalStateException("what was brought could not be taken", failure);
    }
    return state == SERVED ? position : -1;
  }

  private void leave() {
    if (STATE.compareAndSet(this, WAITING, LEFT)) {
      wake();
    }
  }
}
