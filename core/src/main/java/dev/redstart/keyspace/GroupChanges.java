// SPDX-License-Identifier: Apache-2.0
package dev.redstart.keyspace;

import dev.redstart.GroupFullException;
import dev.redstart.spi.Binary;
import dev.redstart.spi.BinaryStrings;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a hold, or a transaction with all its holds, does to the numbers of limited groups' keys.
 *
 * <p>Confined to its thread.
 */
final class GroupChanges {
  // Overview. Before a key is made there is a place for it in each of its groups: one that this has
  // in hand, because it removed a key, or one that it takes. An operation that changes something
  // before it makes a key, or makes several, says so first, and is admitted or refused as a whole;
  // then it may be one place short for as long as the key that makes room has not gone yet. One
  // that has changed no number yet waits for places that others have in hand; a later one does not,
  // since others may be waiting for it, and is refused.

  /** By group; a group is equal to itself only. */
  private final Map<GroupLimit, Share> shares = new LinkedHashMap<>(2);

  /** The keys that the next call of {@link #admit} is about. */
  private final Set<String> planned = new HashSet<>(0);

  /** What concerns one group. */
  private static final class Share {
    /** The places in hand. */
    private long room;

    /** How many keys more there are. */
    private long growth;

    /** How many places are asked for. */
    private long asked;

    /** How many keys are going to be made, and how many of them were admitted. */
    private long plannedKeys;

    private long admittedKeys;
    private final List<GroupLimit.Change> changes = new ArrayList<>(0);
  }

  private Share share(GroupLimit group) {
    return shares.computeIfAbsent(group, g -> new Share());
  }

  /** Says that a key, which is not there, is going to be made. */
  void planCreation(GroupLimits limits, Shard shard, @Binary String key) {
    if (planned.add(shard.database + " " + key)) {
      for (GroupLimit group : limits.of(key)) {
        share(group).asked++;
        share(group).plannedKeys++;
      }
    }
  }

  /** Says that a key, which is there, is going to be removed. */
  void planRemoval(GroupLimits limits, @Binary String key) {
    limits.of(key).forEach(group -> share(group).asked--);
  }

  /**
   * Takes the places that the planned changes need together.
   *
   * @throws GroupFullException if a group has not enough of them; none is taken then
   */
  void admit() {
    planned.clear();
    try {
      take();
      shares.values().forEach(share -> share.admittedKeys = share.plannedKeys);
    } finally {
      shares.values().forEach(share -> share.plannedKeys = 0);
    }
  }

  /** Takes the places that are asked for, of all groups or of none. */
  private void take() {
    boolean mayWait =
        shares.values().stream().allMatch(share -> share.room == 0 && share.growth == 0);
    try {
      GroupLimit full = tryTakeAll();
      while (full != null) {
        if (!mayWait || !full.awaitRoom(share(full).asked)) {
          throw new GroupFullException(BinaryStrings.toText(full.prefix));
        }
        full = tryTakeAll();
      }
    } finally {
      shares.values().forEach(share -> share.asked = 0);
    }
  }

  /** Takes all that is asked for and answers null, or takes none and answers whose is lacking. */
  private @Nullable GroupLimit tryTakeAll() {
    List<Runnable> undo = new ArrayList<>(shares.size());
    for (Map.Entry<GroupLimit, Share> each : shares.entrySet()) {
      GroupLimit group = each.getKey();
      Share share = each.getValue();
      long lacking = share.asked - share.room;
      if (share.asked > 0 && lacking > 0) {
        if (!group.tryTake(lacking)) {
          undo.forEach(Runnable::run);
          return group;
        }
        share.room += lacking;
        undo.add(
            () -> {
              group.giveBack(lacking);
              share.room -= lacking;
            });
      }
    }
    return null;
  }

  /**
   * Notes that the hold is about to make a key.
   *
   * @param isForced whether it is made even if a group has no place for it
   * @throws GroupFullException if a group has none; nothing is noted then
   */
  void created(GroupLimits limits, @Binary String key, boolean isForced) {
    List<GroupLimit> groups = limits.of(key);
    if (groups.isEmpty()) {
      return;
    }
    if (!isForced) {
      for (GroupLimit group : groups) {
        Share share = share(group);
        share.asked += share.admittedKeys > 0 ? 0 : 1;
      }
      take();
    }
    for (GroupLimit group : groups) {
      Share share = share(group);
      share.admittedKeys = Math.max(0, share.admittedKeys - 1);
      note(group, share, key, true);
    }
  }

  /** Notes that the hold has removed a key. */
  void removed(GroupLimits limits, @Binary String key) {
    limits.of(key).forEach(group -> note(group, share(group), key, false));
  }

  private static void note(GroupLimit group, Share share, @Binary String key, boolean isMade) {
    int growth = isMade ? 1 : -1;
    share.room -= growth;
    share.growth += growth;
    if (group.removesOldest()) {
      share.changes.add(new GroupLimit.Change(key, isMade));
    }
  }

  /** Ends an operation, so that the next one has to be admitted by itself. */
  void endOperation() {
    shares.values().forEach(share -> share.admittedKeys = 0);
  }

  /**
   * Makes the changes count for all, under the stripes.
   *
   * @return the groups that grew too large by this, whose oldest keys the caller removes
   *     afterwards; or null if there is none
   */
  @Nullable List<GroupLimit> settle() {
    if (shares.isEmpty()) {
      return null;
    }
    synchronized (shares.keySet().iterator().next().together) {
      return settleAll();
    }
  }

  private @Nullable List<GroupLimit> settleAll() {
    List<GroupLimit> over = null;
    for (Map.Entry<GroupLimit, Share> each : shares.entrySet()) {
      Share share = each.getValue();
      boolean isOver = each.getKey().settle(share.room, share.growth, share.changes);
      if (isOver && share.growth > 0) { // a hold that removes keys leaves the rest to who made them
        over = over == null ? new ArrayList<>(1) : over;
        over.add(each.getKey());
      }
    }
    shares.clear();
    return over;
  }

  /** Gives back all places, since the keys are as they were before; under the stripes. */
  void abandon() {
    shares.forEach((group, share) -> group.giveBack(share.room + share.growth));
    shares.clear();
  }
}
