// SPDX-License-Identifier: Apache-2.0
package dev.redstart.keyspace;

import dev.redstart.StoreClosedException;
import dev.redstart.spi.Binary;
import dev.redstart.spi.EventClass;
import dev.redstart.structure.InsertionOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What was declared for the groups of a store: the lifetimes of their keys, and limits.
 *
 * <p>Safe for many threads.
 */
public final class Groups {
  // Overview. A limit comes and goes with all stripes held, so that its keys are counted while no
  // hold is under way, and every hold finds the same limits from its beginning to its end. Shards
  // have a reference to the limits of their database, and to null as long as it has none.

  /** A lifetime that does not end. */
  public static final long FOR_EVER = Long.MAX_VALUE;

  /** The latest deadline that a lifetime may lead to. */
  private static final long LATEST = Long.MAX_VALUE - 1;

  private final Keyspace keyspace;
  private final ConcurrentHashMap<Place, Declared> declared = new ConcurrentHashMap<>();

  Groups(Keyspace keyspace) {
    this.keyspace = keyspace;
  }

  /** A prefix in a database; ordered, so that a map of prefixes that collide stays fast. */
  private record Place(int database, @Binary String prefix) implements Comparable<Place> {
    @Override
    public int compareTo(Place other) {
      int byPrefix = prefix.compareTo(other.prefix);
      return byPrefix != 0 ? byPrefix : Integer.compare(database, other.database);
    }
  }

  private record Declared(long lifetimeMillis, @Nullable GroupLimit limit) {}

  private @Nullable Declared find(int database, @Binary String prefix) {
    return declared.isEmpty() ? null : declared.get(new Place(database, prefix));
  }

  /** Returns the deadline of a key that is made through a group now, or {@link #FOR_EVER}. */
  long deadlineMillis(int database, @Binary String prefix, long nowMillis) {
    Declared found = find(database, prefix);
    if (found == null || found.lifetimeMillis == FOR_EVER) {
      return FOR_EVER;
    }
    long deadline = nowMillis + found.lifetimeMillis;
    return deadline < nowMillis || deadline > LATEST ? LATEST : deadline;
  }

  /** Returns the limit of a group, or null if it has none. */
  @Nullable GroupLimit limit(int database, @Binary String prefix) {
    Declared found = find(database, prefix);
    return found == null ? null : found.limit;
  }

  /**
   * Replaces what was declared for a group; under no lock.
   *
   * @param limit {@code Long.MAX_VALUE} for none
   */
  void declare(
      int database, @Binary String prefix, long lifetimeMillis, long limit, boolean removesOldest) {
    GroupLimit after;
    HeldStripes held = HeldStripes.lock(keyspace.stripes());
    try {
      GroupLimit before = limit(database, prefix);
      if (before != null && limit != Long.MAX_VALUE && before.removesOldest() == removesOldest) {
        before.setLimit(limit); // its keys are counted already
        after = before;
      } else {
        after =
            limit == Long.MAX_VALUE
                ? null
                : new GroupLimit(this, database, prefix, limit, removesOldest);
        replace(database, before, after);
      }
      Place place = new Place(database, prefix);
      if (after == null && lifetimeMillis == FOR_EVER) {
        declared.remove(place);
      } else {
        declared.put(place, new Declared(lifetimeMillis, after));
      }
    } finally {
      held.unlock(keyspace, false);
    }
    if (after != null) {
      removeOldest(List.of(after));
    }
  }

  private void replace(int database, @Nullable GroupLimit before, @Nullable GroupLimit after) {
    if (before == null && after == null) {
      return;
    }
    Shard[] shards = keyspace.shards(database);
    GroupLimits limits = shards[0].limits == null ? new GroupLimits() : shards[0].limits;
    if (after != null) {
      for (Shard shard : shards) {
        shard.table.forEachKey(
            key -> {
              if (key.startsWith(after.prefix) && !TagIndex.isTag(key)) {
                after.count(key);
              }
            });
      }
      limits.put(after);
    } else if (before != null) {
      limits.remove(before);
    }
    for (Shard shard : shards) {
      shard.limits = limits.isEmpty() ? null : limits;
    }
  }

  /**
   * Removes the oldest keys of groups that have too many, each under its stripe; under no lock. The
   * groups inside others come first, since what they lose the others lose too.
   */
  void removeOldest(List<GroupLimit> groups) {
    List<GroupLimit> inward = new ArrayList<>(groups);
    inward.sort(Comparator.comparingInt((GroupLimit group) -> group.prefix.length()).reversed());
    long position = 0;
    for (GroupLimit group : inward) {
      InsertionOrder.Node oldest = group.claimOldest();
      while (oldest != null) {
        try {
          position = Math.max(position, removeIfStill(group, oldest));
        } catch (StoreClosedException e) {
          return; // all keys are gone
        } finally {
          group.unclaim(oldest);
        }
        oldest = isDeclared(group) ? group.claimOldest() : null;
      }
    }
    keyspace.journal().settle(position);
  }

  /** Tells whether a limit was not replaced by another meanwhile, or taken away. */
  private boolean isDeclared(GroupLimit group) {
    return limit(group.database, group.prefix) == group;
  }

  private long removeIfStill(GroupLimit group, InsertionOrder.Node oldest) {
    keyspace.journal().awaitRoom();
    String key = oldest.key();
    HeldStripes held = HeldStripes.lockToServe(keyspace, List.of(key));
    try (Hold hold = new Hold(keyspace.access(group.database), held, true).at(key)) {
      if (!isDeclared(group) || hold.value() == null || !group.isToGo(oldest)) {
        return 0;
      }
      hold.remove();
      hold.event(EventClass.EVICTED, "evicted");
      return hold.isRecorded() ? hold.record(List.of("DEL", key)) : 0;
    }
  }
}
