// SPDX-License-Identifier: Apache-2.0
package dev.redstart.keyspace;

import dev.redstart.spi.Binary;
import dev.redstart.structure.InsertionOrder;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A limited group of keys: how many there are, and which was made first.
 *
 * <p>Safe for many threads: guarded by {@code this}, under which nothing else is taken, and before
 * which {@link #together} may be.
 */
final class GroupLimit {
  // Overview.
  // 1. size is the number of keys as others may see it: it changes once for each hold or
  //    transaction, at its end and under its stripes, so that nobody sees a part, or what is going
  //    to be rolled back; and under the monitor of all groups together, so that who looks at one
  //    after another does not see a key that goes from one to the other in both, or in none.
  // 2. taken is size, and the room that running holds have in hand: what they asked for before they
  //    made keys, and what they got by removing some. They give back what is left at their end. So
  //    a rollback always finds the room for what it puts back.
  // 3. Both change in one step, and in a group that refuses taken grows within the limit only, but
  //    for what may not be lost. So a group that is within its limit stays there. Who finds no
  //    room because others have it in hand waits for their end: refused before that, it could see
  //    less than the limit afterwards. Only who has nothing unsettled itself waits, and nobody has
  //    to wait for it; so there is no ring.
  // 4. In a group that removes its oldest keys there is always room. A thread that has made one too
  //    many puts the oldest aside, which is a claim: others find the next one. It removes the key
  //    under its stripe if that is still the one that it put aside, and still too many; claimed
  //    counts those put aside, and going has those that are being removed.

  // Fixed after construction.
  final int database;
  final @Binary String prefix;

  /** Under this monitor the sizes of all groups change, and are read. */
  final Object together;

  private final @Nullable InsertionOrder order;

  // Guarded by this.
  private long limit;
  private long taken;
  private long claimed;
  private final Set<String> going = new HashSet<>(0);

  // Written under both monitors.
  private long size;

  /** Creates the limit of a group that has no keys yet. */
  GroupLimit(
      Object together, int database, @Binary String prefix, long limit, boolean removesOldest) {
    this.together = together;
    this.database = database;
    this.prefix = prefix;
    this.limit = limit;
    this.order = removesOldest ? new InsertionOrder() : null;
  }

  /** Tells whether a key too many removes the oldest, rather than being refused. */
  boolean removesOldest() {
    return order != null;
  }

  /** Returns the number of keys. */
  long size() {
    synchronized (together) {
      return size;
    }
  }

  synchronized void setLimit(long keys) {
    limit = keys;
    notifyAll();
  }

  /** Counts a key that was there before the group was limited. */
  synchronized void count(@Binary String key) {
    taken++;
    size++;
    if (order != null) {
      order.add(key);
    }
  }

  /** Forgets all keys, which are gone; with all stripes held. */
  synchronized void clear() {
    taken = 0;
    size = 0;
    claimed = 0;
    going.clear();
    if (order != null) {
      order.clear();
    }
    notifyAll();
  }

  /** Takes room for so many keys; false if there is less. */
  synchronized boolean tryTake(long keys) {
    if (order == null && limit - taken < keys) {
      return false;
    }
    taken += keys;
    return true;
  }

  /**
   * Waits as long as there would be room but for what others have in hand.
   *
   * @return whether there is room now; if not, the group is full as everybody sees it
   */
  synchronized boolean awaitRoom(long keys) {
    boolean interrupted = false;
    while (limit - size >= keys && limit - taken < keys) {
      try {
        wait();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return limit - size >= keys;
  }

  /** Gives back room that was taken. */
  synchronized void giveBack(long room) {
    taken -= room;
    notifyAll();
  }

  /** A key that was made or removed. */
  record Change(@Binary String key, boolean isMade) {}

  /**
   * Notes what a hold or transaction did, under its stripes.
   *
   * @param room what it has in hand and gives back; what it took too much if negative
   * @param growth how many keys more there are
   * @param changes the keys that were made and removed, in order, if {@link #removesOldest}
   * @return whether {@link #claimOldest} may have something to do
   */
  synchronized boolean settle(long room, long growth, List<Change> changes) {
    taken -= room;
    size += growth;
    notifyAll();
    if (order != null) {
      for (Change change : changes) {
        if (change.isMade) {
          order.add(change.key);
        } else if (order.remove(change.key)) {
          claimed--;
          going.remove(change.key);
        }
      }
    }
    return isOver();
  }

  private boolean isOver() {
    return order != null && size - claimed > limit;
  }

  /** Notes that a key is gone, which no hold removed; under its stripe. */
  void removed(@Binary String key) {
    settle(1, -1, List.of(new Change(key, false)));
  }

  /** Puts the oldest key aside for the caller to remove; null if none is too many. */
  synchronized InsertionOrder.@Nullable Node claimOldest() {
    InsertionOrder.Node oldest = order != null && isOver() ? order.takeFirst() : null;
    claimed += oldest != null ? 1 : 0;
    return oldest;
  }

  /**
   * Tells whether the caller has to remove a key that it put aside: it is the same still, and still
   * too many. Under the key's stripe.
   */
  synchronized boolean isToGo(InsertionOrder.Node oldest) {
    return order != null
        && order.has(oldest)
        && size - going.size() > limit
        && going.add(oldest.key());
  }

  /** Gives up a claim, unless the key is gone. */
  synchronized void unclaim(InsertionOrder.Node oldest) {
    if (order != null && order.has(oldest)) {
      order.putBack(oldest);
      claimed--;
      going.remove(oldest.key());
    }
  }
}
