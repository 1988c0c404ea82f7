// SPDX-License-Identifier: Apache-2.0
package dev.redstart.keyspace;

import dev.redstart.StoreClosedException;
import dev.redstart.spi.Binary;
import dev.redstart.structure.SegmentTable;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Several stripes that one thread holds.
 *
 * <p>Confined to the thread that took them.
 */
final class HeldStripes {
  // Overview. Who brings an element serves who waits for it in the same hold, and serving may
  // change further keys, whose own waiters are served then too; and who removes a key takes it out
  // of the sets of its tags. So a writer looks, with its stripes taken and nothing changed, which
  // keys that can reach; if some are of other stripes, it gives all back, takes the stripes of all
  // keys found so far, and looks again. The set of keys only grows from one round to the next, so
  // the rounds end. Nobody joins a queue or tags a key meanwhile without holding its stripe, so
  // what was found complete stays so to the end of the hold.

  private final Stripe[] stripes;
  private final long[] stamps;

  HeldStripes(Stripe[] stripes) {
    this.stripes = stripes;
    this.stamps = new long[stripes.length];
  }

  /**
   * Takes stripes, which come by ascending index.
   *
   * @throws StoreClosedException if the store is closed; none is held then
   */
  static HeldStripes lock(Stripe[] stripes) {
    HeldStripes held = new HeldStripes(stripes);
    for (int i = 0; i < stripes.length; i++) {
      held.stamps[i] = stripes[i].writeLock();
    }
    if (stripes.length > 0 && stripes[0].isClosed()) {
      held.release();
      throw new StoreClosedException();
    }
    return held;
  }

  /**
   * Takes the stripes of keys that may be written, of all that serving who waits for them may
   * change, and of the tags of all these.
   *
   * @throws StoreClosedException if the store is closed; none is held then
   */
  static HeldStripes lockToServe(Keyspace keyspace, Collection<@Binary String> keys) {
    HeldStripes held = lock(keyspace.stripesOf(keys));
    if (!held.reachFurther()) {
      return held;
    }
    Set<String> reached = new LinkedHashSet<>();
    boolean complete = false;
    while (!complete) {
      try {
        reached.addAll(keys);
        complete = held.reach(keyspace, reached);
      } finally {
        if (!complete) { // or out of memory
          held.release();
        }
      }
      if (!complete) {
        held = lock(keyspace.stripesOf(reached));
      }
    }
    return held;
  }

  /** Tells whether to change a key of a stripe that is held may mean to change further keys. */
  static boolean reachesFurther(Keyspace keyspace, Stripe stripe, @Binary String key) {
    if (stripe.reachesFurther()) {
      for (Shard shard : keyspace.shardsOf(stripe)) {
        WaiterQueue queue = shard.waitersOf(key);
        if (shard.isTagged(key) || (queue != null && !queue.furtherKeys().isEmpty())) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean reachFurther() {
    for (Stripe stripe : stripes) {
      if (stripe.reachesFurther()) {
        return true;
      }
    }
    return false;
  }

  /** Adds the keys that a change can reach, as far as is held; tells whether all of them are. */
  private boolean reach(Keyspace keyspace, Set<String> reached) {
    boolean complete = true;
    ArrayDeque<String> open = new ArrayDeque<>(reached);
    while (!open.isEmpty()) {
      String key = open.remove();
      Stripe stripe = keyspace.stripes()[keyspace.stripeIndex(SegmentTable.spread(key))];
      if (!holds(stripe)) {
        complete = false;
      } else if (stripe.reachesFurther()) {
        for (Shard shard : keyspace.shardsOf(stripe)) {
          shard.tagsOf(key).stream().filter(reached::add).forEach(open::add);
          WaiterQueue queue = shard.waitersOf(key);
          if (queue != null) {
            queue.furtherKeys().stream().filter(reached::add).forEach(open::add);
          }
        }
      }
    }
    return complete;
  }

  private boolean holds(Stripe stripe) {
    return Arrays.asList(stripes).contains(stripe);
  }

  /**
   * Gives all stripes back, and has them woken for deadlines.
   *
   * @param deadlineSet whether a deadline may have been set meanwhile
   */
  void unlock(Keyspace keyspace, boolean deadlineSet) {
    if (!deadlineSet) {
      release();
      return;
    }
    long[] wakes = new long[stripes.length];
    for (int i = 0; i < stripes.length; i++) {
      wakes[i] = keyspace.nextWakeMillis(stripes[i]);
    }
    release();
    for (int i = 0; i < stripes.length; i++) {
      keyspace.wakeAt(stripes[i], wakes[i]);
    }
  }

  private void release() {
    for (int i = stripes.length - 1; i >= 0; i--) {
      stripes[i].unlockWrite(stamps[i]);
    }
  }
}
