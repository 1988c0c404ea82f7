// SPDX-License-Identifier: Apache-2.0
package dev.redstart.local;

import dev.redstart.keyspace.Access;
import dev.redstart.operation.FirstPops;
import dev.redstart.operation.FirstPops.Taken;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Decodes what is popped, under no stripe and without losing what cannot be read.
 *
 * <p>Stateless; safe for many threads.
 */
final class Pops {
  private Pops() {}

  /**
   * Decodes what would be taken, then takes it if it is still what comes first: a codec that throws
   * changes nothing, and no codec runs under a stripe.
   */
  static <E, P> @Nullable P now(FirstPops<?, E> pops, Function<Taken<E>, P> decode) {
    while (true) {
      Taken<E> seen = pops.peek();
      P decoded = seen == null ? null : decode.apply(seen);
      if (seen == null || pops.takeIfSame(seen)) {
        return decoded;
      }
    }
  }

  /** As {@link #now}, waiting; what comes while waiting is decoded afterwards. */
  static <E, P> @Nullable P waiting(
      Access access, FirstPops<?, E> pops, Duration timeout, Function<Taken<E>, P> decode)
      throws InterruptedException {
    long timeoutNanos = Times.timeoutNanos(timeout);
    refuseInterrupted();
    P atOnce = now(pops, decode);
    if (atOnce != null || timeoutNanos == 0 || access.isInTransaction()) {
      return atOnce;
    }
    Taken<E> taken = pops.take(timeoutNanos);
    if (taken == null) {
      return null;
    }
    try {
      return decode.apply(taken);
    } catch (RuntimeException | Error unreadable) {
      pops.putBack(taken);
      throw unreadable;
    }
  }

  static void refuseInterrupted() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
  }
}
