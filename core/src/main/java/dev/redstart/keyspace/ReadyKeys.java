// SPDX-License-Identifier: Apache-2.0
package dev.redstart.keyspace;

import dev.redstart.spi.Binary;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * The keys of a hold that came to hold something that waiters may want, in order.
 *
 * <p>Confined to its hold.
 */
final class ReadyKeys {
  private final List<ReadyKey> keys = new ArrayList<>(1);

  private record ReadyKey(Shard shard, @Binary String key) {}

  void add(Shard shard, @Binary String key) {
    keys.add(new ReadyKey(shard, key));
  }

  /** Serves those who wait for what came, and for what comes by serving them. */
  long serve(Hold hold, List<Waiter> served) {
    long last = 0;
    for (int i = 0; i < keys.size(); i++) {
      ReadyKey each = keys.get(i);
      last = Math.max(last, serveWaiters(hold, each.shard, each.key, served));
    }
    return last;
  }

  /** Serves those who wait for a key, in order of arrival, as far as it lasts. */
  private static long serveWaiters(
      Hold hold, Shard at, @Binary String wanted, List<Waiter> served) {
    long last = 0;
    WaiterQueue queue = at.waitersOf(wanted);
    if (queue == null) {
      return last;
    }
    Iterator<Waiter> waiters = queue.iterator();
    while (waiters.hasNext() && hold.at(at.database, wanted).value() != null) {
      Waiter waiter = waiters.next();
      long position = serve(hold, waiter, served);
      if (position >= 0) {
        waiter.served(position);
        served.add(waiter);
        last = position;
      }
      if (!waiter.isWaiting()) {
        waiters.remove();
      }
    }
    at.dropQueueIfEmpty(wanted, queue);
    return last;
  }

  private static long serve(Hold hold, Waiter waiter, List<Waiter> served) {
    if (!waiter.isWaiting()) {
      return -1;
    }
    try {
      hold.actFor(waiter.group());
      return waiter.serve(hold);
    } catch (Throwable t) { // out of memory, say: whoever was claimed has to hear of it
      waiter.failed(t);
      served.add(waiter);
      throw t;
    }
  }
}
