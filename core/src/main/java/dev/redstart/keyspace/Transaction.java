// SPDX-License-Identifier: Apache-2.0
package dev.redstart.keyspace;

import dev.redstart.spi.Binary;
import dev.redstart.spi.Effect;
import dev.redstart.structure.Freezable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * What an open transaction has to remember: its keys, its effects and how things were before.
 *
 * <p>Confined to the thread that runs the body, which holds the stripes of all the keys.
 */
final class Transaction {
  // Overview. The first change of a key keeps its old value: an immutable one as it is, a
  // collection frozen, which is O(1) and makes later changes copy the nodes that they touch. A
  // rollback puts the old values back; effects are handed to the journal only at the commit.

  private final Keyspace keyspace;
  private final Thread thread = Thread.currentThread();
  private final Set<String> declared;
  private final int database;
  private final long nowMillis;
  private final Map<Place, Before> before = new LinkedHashMap<>();
  private final Map<Place, SortedSet<String>> tagsBefore = new LinkedHashMap<>();
  private final List<Effect> effects = new ArrayList<>();
  private final Set<Place> ready = new LinkedHashSet<>();
  private final List<Waiter> served = new ArrayList<>();
  private final Set<Stripe> overdue = new LinkedHashSet<>();
  private final GroupChanges groupChanges = new GroupChanges();
  private @Nullable List<GroupLimit> overLimit;
  private boolean open = true;

  Transaction(Keyspace keyspace, int database, Collection<@Binary String> keys) {
    this.keyspace = keyspace;
    this.database = database;
    this.declared = new HashSet<>(keys);
    this.nowMillis = keyspace.time().wallMillis();
  }

  long nowMillis() {
    return nowMillis;
  }

  /** Throws unless the calling thread is in the body and the key was declared. */
  void checkDeclared(@Binary String key) {
    checkOpen();
    if (!declared.contains(key)) {
      throw new IllegalStateException("atomically must declare every key that it uses");
    }
  }

  private void checkOpen() {
    if (!open || Thread.currentThread() != thread) {
      throw new IllegalStateException(
          "handles of a transaction must be used in its body only, on its thread");
    }
  }

  /** Keeps what a key holds before its first change. */
  void remember(Shard shard, @Binary String key, @Nullable Object raw) {
    Place place = new Place(shard, key);
    if (!before.containsKey(place)) {
      Object value = raw instanceof ExpiringValue expiring ? expiring.value : raw;
      long deadline =
          raw instanceof ExpiringValue expiring ? expiring.deadlineMillis() : Long.MAX_VALUE;
      before.put(
          place,
          new Before(value instanceof Freezable mutable ? mutable.freeze() : value, deadline));
    }
  }

  /** Keeps what tags a key has before they change first. */
  void rememberTags(Shard shard, @Binary String key) {
    tagsBefore.computeIfAbsent(new Place(shard, key), place -> shard.tagsOf(key));
  }

  void add(Effect effect) {
    effects.add(effect);
  }

  /** Notes that a key came to hold something that waiters may want. */
  void addReady(Shard shard, @Binary String key) {
    ready.add(new Place(shard, key));
  }

  /** Records all effects as one batch, then serves who waits for the keys; under the stripes. */
  long commit() {
    long position = effects.isEmpty() ? 0 : keyspace.journal().append(effects, effects.size() > 1);
    open = false;
    try {
      return ready.isEmpty() ? position : Math.max(position, serveReady());
    } finally {
      overLimit = groupChanges.settle();
    }
  }

  private long serveReady() {
    Hold hold = new Hold(keyspace.access(database), new HeldStripes(new Stripe[0]), true);
    hold.join(groupChanges);
    ready.forEach(place -> hold.addReady(place.shard, place.key));
    return hold.serveReady(served);
  }

  /** Returns what the body does to limited groups. */
  GroupChanges groupChanges() {
    return groupChanges;
  }

  /** Puts everything back as it was, unless it is recorded already; under the stripes. */
  void rollBack() {
    if (!open) {
      return;
    }
    open = false;
    groupChanges.abandon();
    tagsBefore.forEach((place, tags) -> place.shard.tagsToChange().replace(place.key, tags));
    before.forEach(
        (place, old) -> {
          Shard shard = place.shard;
          if (shard.table.find(place.key)) {
            Object present = shard.table.value();
            if (present != null) {
              shard.dropTimers(present);
            }
            shard.table.remove();
          }
          if (old.value != null) {
            shard.table.insert(place.key);
            Object raw = old.value;
            if (old.deadlineMillis != Long.MAX_VALUE) {
              ExpiringValue expiring = new ExpiringValue(place.key, old.value);
              shard.setDeadline(expiring, old.deadlineMillis, nowMillis);
              raw = expiring;
            }
            shard.table.setValue(raw);
            shard.setFieldTimer(place.key, old.value, nowMillis);
          }
        });
  }

  /** Keeps an alarm that rang on the body's own thread, because the body moved the time. */
  void addOverdue(Stripe stripe) {
    overdue.add(stripe);
  }

  /** Wakes those who were served, and does what had to wait for the end; under no lock. */
  void afterwards() {
    served.forEach(Waiter::wake);
    overdue.forEach(keyspace::reclaim);
    if (overLimit != null) {
      keyspace.groups().removeOldest(overLimit);
    }
  }

  /** A key in a database; ordered, so that a map of keys that collide stays fast. */
  private record Place(Shard shard, @Binary String key) implements Comparable<Place> {
    @Override
    public int compareTo(Place other) {
      int byKey = key.compareTo(other.key);
      return byKey != 0 ? byKey : Integer.compare(shard.database, other.shard.database);
    }
  }

  private record Before(@Nullable Object value, long deadlineMillis) {}
}
