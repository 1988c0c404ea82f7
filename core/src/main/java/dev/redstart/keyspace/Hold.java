// SPDX-License-Identifier: Apache-2.0
package dev.redstart.keyspace;

import dev.redstart.WrongTypeException;
import dev.redstart.spi.Binary;
import dev.redstart.spi.BinaryStrings;
import dev.redstart.spi.Effect;
import dev.redstart.spi.EventClass;
import dev.redstart.structure.CollectionValue;
import dev.redstart.structure.SegmentTable;
import dev.redstart.structure.SetValue;
import dev.redstart.structure.ValueType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keys held by the calling thread, one of them at hand: looked up, changed, recorded.
 *
 * <p>Confined to its thread and to a try-with-resources statement. All lookups, expiry, creation
 * and removal of keys go through here.
 */
public final class Hold extends HeldKey implements AutoCloseable {
  // Overview. An operation holds, looks up, changes, records, answers. Whoever waits for a key that
  // was created here is served when the hold ends, before the stripes are given back, each with an
  // effect of
  // its own after the operation's. Serving may create further keys, for which others wait; keys are
  // served in the order in which they came. A key that goes leaves its tags: see TagUpkeep. Keys
  // that come and go count for limited groups: see GroupChanges; those that an operation through a
  // group makes get its lifetime at once, and it is recorded with the operation.

  // Fixed after construction.
  private final @Nullable HeldStripes held;
  private final long stamp;

  /** The prefix of the group that the operation came through, or the waiter that is served. */
  private @Nullable @Binary String group;

  /** Whether keys are put back, for which there must be room. */
  private boolean isForced;

  // What has gathered until the next record, or the end.
  private @Nullable EffectLog log;
  private @Nullable TagUpkeep upkeep;
  private @Nullable GroupChanges groupChanges;
  private @Nullable ReadyKeys ready;
  private boolean deadlineSet;

  Hold(Access access, Shard shard, long stamp, String key, int hash, boolean writing) {
    super(access, writing);
    this.group = access.group();
    this.isForced = access.isForced();
    this.held = null;
    this.stamp = stamp;
    moveTo(shard, key, hash);
  }

  Hold(Access access, HeldStripes held, boolean writing) {
    super(access, writing);
    this.group = access.group();
    this.isForced = access.isForced();
    this.held = held;
    this.stamp = 0;
  }

  /** Moves to another of the held keys, in the access's own database. */
  public Hold at(@Binary String other) {
    return at(access.database(), other);
  }

  /** Moves to another of the held keys, in a given database. */
  public Hold at(int database, @Binary String other) {
    int hash = SegmentTable.spread(other);
    Shard shard = access.shard(database, hash);
    assert shard.stripe.isWriteLocked() : "the key must be held: " + other;
    moveTo(shard, other, hash);
    return this;
  }

  /**
   * Returns the key's collection for changing, or null. O(1).
   *
   * @throws WrongTypeException if it holds something else
   */
  public <V extends CollectionValue> @Nullable V findToChange(ValueType<V> type) {
    V value = find(type);
    if (value != null) {
      remember();
    }
    return value;
  }

  /**
   * Returns the key's collection for changing; an empty one is put there if there is none. O(1).
   *
   * <p>The caller adds to it at once, since no key may hold an empty collection.
   *
   * @throws WrongTypeException if it holds something else
   */
  public <V extends CollectionValue> V findOrCreate(ValueType<V> type) {
    V value = findToChange(type);
    if (value == null) {
      value = type.empty().get();
      put(value);
    }
    return value;
  }

  /**
   * Makes the key hold a value, whatever it held, without a deadline but for its group's lifetime.
   * O(1).
   *
   * @throws dev.redstart.GroupFullException if there is no key, and a group no room for one
   */
  public void put(Object value) {
    place(value);
    if (group != null) {
      giveLifetime(group);
    }
  }

  /** As {@link #put}, and the key's group gives it no lifetime. O(1). */
  public void place(Object value) {
    Object before = locate();
    remember();
    if (before == null) {
      create(value);
      return;
    }
    shard().dropTimers(before);
    forgetLifetime();
    table().setValue(value);
    raw = value;
    setFieldTimer(value);
    noteReady();
  }

  private void giveLifetime(@Binary String through) {
    int database = shard().database;
    long deadline = access.keyspace().groups().deadlineMillis(database, through, nowMillis());
    if (deadline != Groups.FOR_EVER && !TagIndex.isTag(key)) {
      setDeadline(deadline);
      log().lifetimeGiven(database, key, deadline);
    }
  }

  private void forgetLifetime() {
    if (log != null) {
      log.lifetimeLost(shard().database, key);
    }
  }

  /** Goes on as an operation that came through a group, or through none, and puts nothing back. */
  void actFor(@Nullable @Binary String prefix) {
    group = prefix;
    isForced = false;
  }

  /** Makes the key hold a value and leaves its deadline as it is. O(1). */
  public void putKeepingDeadline(Object value) {
    if (locate() instanceof ExpiringValue expiring) {
      remember();
      shard().dropFieldTimer(expiring.value);
      expiring.value = value;
      setFieldTimer(value);
    } else if (raw != null) {
      place(value);
    } else {
      put(value);
    }
  }

  /** Removes the key, which must be there. O(1). */
  public void remove() {
    Object before = locate();
    remember();
    if (before != null) {
      shard().dropTimers(before);
      forgetLifetime();
      countRemoved();
    }
    table().remove();
    raw = null;
    if (shard().isTagged(key)) {
      leaveTags();
    } else if (before instanceof SetValue members && TagIndex.isTag(key)) {
      upkeep().tagGone(shard().database, key, members);
    }
  }

  // Tags. The tag is the key of its set, in the database of the key at hand.

  /** Notes that the key at hand was added to a tag's set. */
  public void tagAdded(@Binary String tag) {
    upkeep().link(shard(), key, tag);
  }

  /** Notes that the key at hand was removed from a tag's set. */
  public void tagRemoved(@Binary String tag) {
    upkeep().unlink(shard(), key, tag);
  }

  /** Takes the key at hand out of its tags. O(t) for t tags. */
  public void leaveTags() {
    if (shard().isTagged(key)) {
      upkeep().keyGone(shard(), key);
      located = false; // a tag's set may be in the same table, which is its own cursor
    }
  }

  /** Gives the tags of the key at hand to another key of its database, which has none. */
  public void handTagsTo(@Binary String newKey) {
    if (shard().isTagged(key)) {
      Shard to = access.shard(shard().database, SegmentTable.spread(newKey));
      upkeep().keyRenamed(shard(), key, to, newKey);
      located = false;
    }
  }

  /** Tells whether there may be keys in the store whose deadlines have passed; all are held. */
  public boolean mayHaveOverdueKeys() {
    return access.keyspace().mayHaveOverdueKeys(nowMillis());
  }

  private TagUpkeep upkeep() {
    if (upkeep == null) {
      upkeep = new TagUpkeep(access, recorded);
    }
    return upkeep;
  }

  /** Gives the key, which must be there, a deadline; the past is allowed. O(1). */
  public void setDeadline(long deadlineMillis) {
    Object before = locate();
    remember();
    forgetLifetime();
    ExpiringValue expiring;
    if (before instanceof ExpiringValue already) {
      expiring = already;
    } else if (before != null) {
      expiring = new ExpiringValue(table().keyAtCursor(), before);
      table().setValue(expiring);
      raw = expiring;
    } else {
      throw new IllegalStateException("a deadline needs a key");
    }
    shard().setDeadline(expiring, deadlineMillis, nowMillis());
    deadlineSet = true;
  }

  /** Takes the key's deadline away. O(1). */
  public void dropDeadline() {
    if (locate() instanceof ExpiringValue expiring) {
      remember();
      forgetLifetime();
      shard().dropDeadline(expiring);
      table().setValue(expiring.value);
      raw = expiring.value;
    }
  }

  /** Sees to it that fields of the hash at hand go on time, after one got a deadline. O(log n). */
  public void fieldDeadlineSet() {
    Object value = value();
    if (value != null) {
      setFieldTimer(value);
    }
  }

  private void setFieldTimer(Object value) {
    if (value instanceof CollectionValue collection && collection.deadlines() != null) {
      deadlineSet |= shard().setFieldTimer(table().keyAtCursor(), value, nowMillis());
    }
  }

  /** Adds an event about the key at hand to the effect that is recorded next. */
  public void event(EventClass eventClass, String event) {
    if (recorded) {
      log().event(eventClass, event, shard().database, key);
    }
  }

  /** Records the change as a command in the database of the key at hand, with the events so far. */
  public long record(List<@Binary String> command) {
    return recordAll(List.of(command));
  }

  /** As {@link #record}, for a change that takes several commands; the events go with the last. */
  public long recordAll(List<List<@Binary String>> commands) {
    return log().record(shard().database, commands, upkeep);
  }

  /** Returns what {@link #record} would record, for others to do that. */
  Effect takeEffect(List<@Binary String> command) {
    return log().take(shard().database, command);
  }

  private EffectLog log() {
    if (log == null) {
      log = new EffectLog(access);
    }
    return log;
  }

  /**
   * Lets a waiter take its place in the queues of keys that had nothing for it.
   *
   * <p>Afterwards, under no hold, the thread calls {@link Access#await}.
   */
  public void enqueue(Waiter waiter, Iterable<@Binary String> keys) {
    for (String wanted : keys) {
      at(wanted).shard().addWaiter(wanted, waiter);
    }
  }

  /** Drops every key of a database; all stripes must be held. O(stripes). */
  public void clearDatabase(int database) {
    access.keyspace().clear(database);
  }

  /** Drops every key of every database; all stripes must be held. O(stripes and databases). */
  public void clearAllDatabases() {
    access.keyspace().usedDatabases().forEach(this::clearDatabase);
  }

  // Groups that are limited. An operation that changes something before it makes a key, or makes
  // several, plans all of it first, with each key at hand in turn.

  /** Plans to make the key at hand, if it is not there. */
  public void planCreation() {
    GroupLimits limits = shard().limits;
    if (limits != null && !isForced && locate() == null) {
      groupChanges().planCreation(limits, shard(), key);
    }
  }

  /** Plans to remove the key at hand, which is there. */
  public void planRemoval() {
    GroupLimits limits = shard().limits;
    if (limits != null && !isForced) {
      groupChanges().planRemoval(limits, key);
    }
  }

  /**
   * Sees to it that there is room for what was planned.
   *
   * @throws dev.redstart.GroupFullException if a group has none; nothing was changed then
   */
  public void admit() {
    if (groupChanges != null) {
      groupChanges.admit();
    }
  }

  private GroupChanges groupChanges() {
    if (groupChanges == null) {
      groupChanges = transaction != null ? transaction.groupChanges() : new GroupChanges();
    }
    return groupChanges;
  }

  /** Counts what happens to groups among others' changes, who make them count. */
  void join(GroupChanges others) {
    groupChanges = others;
  }

  private void countRemoved() {
    GroupLimits limits = shard().limits;
    if (limits != null) {
      groupChanges().removed(limits, key);
    }
  }

  /** Serves who waits for what came, gives the stripes back and wakes who was served. */
  @Override
  public void close() {
    List<Waiter> served = ready == null ? null : new ArrayList<>();
    List<GroupLimit> over = null;
    try {
      if (served != null) {
        serveReady(served);
      }
    } finally {
      try {
        over = settleGroups();
      } finally {
        release();
        if (served != null) {
          served.forEach(Waiter::wake);
        }
      }
      if (over != null) {
        access.keyspace().groups().removeOldest(over);
      }
    }
  }

  private @Nullable List<GroupLimit> settleGroups() {
    if (groupChanges == null) {
      return null;
    }
    groupChanges.endOperation();
    return transaction == null ? groupChanges.settle() : null;
  }

  private void release() {
    if (transaction != null) {
      return;
    }
    if (held != null) {
      held.unlock(access.keyspace(), deadlineSet);
      return;
    }
    Stripe stripe = shard().stripe;
    if (deadlineSet) {
      long wake = access.keyspace().nextWakeMillis(stripe);
      stripe.unlockWrite(stamp);
      access.keyspace().wakeAt(stripe, wake);
    } else {
      stripe.unlockWrite(stamp);
    }
  }

  /** Notes that a key came to hold something that waiters may want. */
  void addReady(Shard at, @Binary String wanted) {
    if (ready == null) {
      ready = new ReadyKeys();
    }
    ready.add(at, wanted);
  }

  /** Serves those who wait for what came, and for what comes by serving them. */
  long serveReady(List<Waiter> served) {
    return ready == null ? 0 : ready.serve(this, served);
  }

  /** Forgets an expired key; a writer, who met it before the timer did, removes it too. */
  @Override
  void expire(Object expired, boolean byFields) {
    if (writing) {
      if (transaction != null) {
        transaction.remember(shard(), key, expired);
      }
      shard().dropTimers(expired);
      countRemoved();
      table().remove();
      List<Effect> effects = new ArrayList<>(1);
      if (recorded) {
        effects.add(
            byFields
                ? Keyspace.fieldsExpiredEffect(shard().database, List.of("DEL", key), true)
                : Keyspace.expiredEffect(shard().database, key));
      }
      if (shard().isTagged(key)) {
        upkeep().keyGone(shard(), key, effects);
      }
      if (recorded) {
        log().append(effects);
      }
    }
    raw = null;
  }

  /** Removes the key at hand if a timer, which has let go of it, found this there to be due. */
  void reclaim(Object due) {
    raw = table().find(hash, key) ? table().value() : null;
    located = true;
    if (raw == null || raw != due) {
      raw = null;
      located = false;
    } else if (raw instanceof ExpiringValue expiring && !expiring.isScheduled()) {
      expire(expiring, false);
    } else if (isWithoutFields(raw)) {
      expire(raw, true);
    } else { // the clock went back
      setFieldTimer(raw instanceof ExpiringValue expiring ? expiring.value : raw);
    }
  }

  private void create(Object value) {
    if (shard().limits != null) {
      groupChanges().created(shard().limits, key, isForced);
    }
    shard().isAscii &= BinaryStrings.isAscii(key);
    table().insert(key);
    table().setValue(value);
    raw = value;
    setFieldTimer(value);
    event(EventClass.NEW, "new");
    noteReady();
  }

  private void noteReady() {
    if (shard().waitersOf(key) != null) {
      if (transaction != null) {
        transaction.addReady(shard(), key);
      } else {
        addReady(shard(), key);
      }
    }
  }

  private void remember() {
    if (transaction != null) {
      transaction.remember(shard(), key, raw);
    }
  }
}
