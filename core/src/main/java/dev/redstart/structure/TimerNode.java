// SPDX-License-Identifier: Apache-2.0
package dev.redstart.structure;

import org.jspecify.annotations.Nullable;

/**
 * Something with a deadline that a timer wheel can hold.
 *
 * <p>Guarded by whatever guards its {@link TimerWheel}. It is in one wheel at most, and only the
 * wheel writes it: the links make a ring of the nodes that stand together, and are null outside.
 */
public abstract class TimerNode {
  @Nullable TimerNode previous;
  @Nullable TimerNode next;
  long deadlineMillis;

  /** Made outside of every wheel. */
  protected TimerNode() {}

  /** The deadline that it was last added with. */
  public final long deadlineMillis() {
    return deadlineMillis;
  }

  /** Whether it waits in a wheel now. */
  public final boolean isScheduled() {
    return next != null;
  }
}
