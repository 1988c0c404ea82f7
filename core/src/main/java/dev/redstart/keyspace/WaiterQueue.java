// SPDX-License-Identifier: Apache-2.0
package dev.redstart.keyspace;

import dev.redstart.spi.Binary;
import it.unimi.dsi.fastutil.objects.ObjectLinkedOpenHashSet;
import it.unimi.dsi.fastutil.objects.ObjectListIterator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Those who wait for one key, in order of arrival.
 *
 * <p>Guarded by the stripe of the key.
 */
final class WaiterQueue implements Iterable<Waiter> {
  // Overview. furtherKeys counts how many of them change which further keys when they are served,
  // so that a writer finds out in the number of such keys, however many wait; their stripe knows
  // whether anybody in any of its queues does, so that a writer need not even look here.

  // Fixed after construction.
  private final Stripe stripe;

  // Guarded by the stripe.
  private final ObjectLinkedOpenHashSet<Waiter> waiters = new ObjectLinkedOpenHashSet<>(2);
  private final LinkedHashMap<String, Integer> furtherKeys = new LinkedHashMap<>(0);

  WaiterQueue(Stripe stripe) {
    this.stripe = stripe;
  }

  void add(Waiter waiter) {
    if (waiters.add(waiter)) {
      count(waiter, 1);
    }
  }

  void remove(Waiter waiter) {
    if (waiters.remove(waiter)) {
      count(waiter, -1);
    }
  }

  private void count(Waiter waiter, int change) {
    for (String key : waiter.furtherKeys()) {
      stripe.countReaching(change);
      furtherKeys.merge(key, change, (before, by) -> before + by == 0 ? null : before + by);
    }
  }

  boolean isEmpty() {
    return waiters.isEmpty();
  }

  /** Returns the further keys that serving those who wait may change. */
  Set<@Binary String> furtherKeys() {
    return furtherKeys.keySet();
  }

  @Override
  public void forEach(Consumer<? super Waiter> visitor) {
    waiters.forEach(visitor);
  }

  @Override
  public Iterator<Waiter> iterator() {
    ObjectListIterator<Waiter> each = waiters.iterator();
    return new Iterator<>() {
      private @Nullable Waiter last;

      @Override
      public boolean hasNext() {
        return each.hasNext();
      }

      @Override
      public Waiter next() {
        Waiter next = each.next();
        last = next;
        return next;
      }

      @Override
      public void remove() {
        each.remove();
        count(Objects.requireNonNull(last), -1);
      }
    };
  }
}
