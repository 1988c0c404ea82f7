// SPDX-License-Identifier: Apache-2.0
package dev.redstart.keyspace;

import dev.redstart.StoreClosedException;
import dev.redstart.spi.Binary;
import dev.redstart.spi.BinaryStrings;
import dev.redstart.structure.CollectionValue;
import dev.redstart.structure.HashValue;
import dev.redstart.structure.ObjectTable;
import dev.redstart.structure.SegmentTable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The way to the keys of one database, directly or from inside a transaction.
 *
 * <p>Safe for many threads when direct; confined to its thread inside a transaction.
 */
public final class Access {
  // Fixed after construction.
  private final Keyspace keyspace;
  private final int database;
  private final Shard[] shards;
  private final int hashShift;
  private final @Nullable Transaction transaction;
  private final @Nullable @Binary String group;
  private final boolean isForced;

  Access(Keyspace keyspace, int database) {
    this(keyspace, database, null, null, false);
  }

  private Access(
      Keyspace keyspace,
      int database,
      @Nullable Transaction transaction,
      @Nullable @Binary String group,
      boolean isForced) {
    this.keyspace = keyspace;
    this.database = database;
    this.shards = keyspace.shards(database);
    this.hashShift = 32 - keyspace.stripeBits();
    this.transaction = transaction;
    this.group = group;
    this.isForced = isForced;
  }

  /** Returns the number of the database. */
  public int database() {
    return database;
  }

  /** Returns the same way to another database. */
  public Access inDatabase(int other) {
    return new Access(keyspace, other, transaction, group, isForced);
  }

  /**
   * Returns the way to the keys of a group, which are given by their whole names.
   *
   * @param prefix what they begin with
   * @throws IllegalStateException inside a transaction
   */
  public Access inGroup(@Binary String prefix) {
    enter(false);
    return new Access(keyspace, database, transaction, prefix, isForced);
  }

  /** Returns the same way for putting back what may not be lost, however full a group is. */
  public Access forced() {
    return new Access(keyspace, database, transaction, group, true);
  }

  boolean isForced() {
    return isForced;
  }

  /** Returns the prefix of the group whose keys these are, or null for all keys. */
  public @Nullable @Binary String group() {
    return group;
  }

  /** Tells whether a key is one of the group, or of the database if there is none. */
  public boolean owns(@Binary String key) {
    return group == null || (key.startsWith(group) && !isTag(key));
  }

  /** Returns a key of the group without the prefix. */
  public @Binary String nameOf(@Binary String key) {
    return group == null ? key : key.substring(group.length());
  }

  /** Returns the same way to each database that was ever used. */
  public List<Access> inUsedDatabases() {
    return keyspace.usedDatabases().stream().map(this::inDatabase).toList();
  }

  /**
   * Replaces what was declared for the group.
   *
   * @param lifetimeMillis how long its keys live, or {@link Groups#FOR_EVER}
   * @param limit how many keys it may have; {@code Long.MAX_VALUE} for any number
   * @param removesOldest whether one too many removes the oldest, rather than being refused
   */
  public void declare(long lifetimeMillis, long limit, boolean removesOldest) {
    enter(true);
    keyspace
        .groups()
        .declare(database, Objects.requireNonNull(group), lifetimeMillis, limit, removesOldest);
  }

  /** Tells whether this belongs to a transaction, in which nothing may block. */
  public boolean isInTransaction() {
    return transaction != null;
  }

  /** Tells whether anybody wants effects, for which values have to be encoded before a hold. */
  public boolean isRecorded() {
    return keyspace.journal().isAttached();
  }

  /** Returns the wall time in milliseconds, which stands still inside a transaction. */
  public long wallMillis() {
    return transaction != null ? transaction.nowMillis() : keyspace.time().wallMillis();
  }

  Keyspace keyspace() {
    return keyspace;
  }

  /** Returns the shard of a key's hash in a database. */
  Shard shard(int anyDatabase, int hash) {
    return anyDatabase == database
        ? shard(hash)
        : keyspace.shards(anyDatabase)[keyspace.stripeIndex(hash)];
  }

  private Shard shard(int hash) {
    return shards[(int) ((hash & 0xffffffffL) >>> hashShift)];
  }

  @Nullable Transaction transaction() {
    return transaction;
  }

  /**
   * Returns what a key holds, or null, without a lock if it can. O(1).
   *
   * <p>An immutable value is good as it is; a collection only tells its type, and has to be read
   * under a hold.
   */
  public @Nullable Object read(@Binary String key) {
    Object value = readRacy(key, false, null);
    // A hash whose fields have deadlines may be without any by now. That it has some is seen here:
    // who gave them did so before the stamp that validated the value, or at the same time as this.
    boolean isSure =
        value != ObjectTable.UNSURE
            && !(value instanceof CollectionValue some && some.deadlines() != null);
    return isSure ? value : readHeld(key);
  }

  /**
   * As {@link #read}, for a key that is text. A key that is there is found without looking whether
   * it is ASCII, which is the most of what a lookup in the processor's caches costs.
   */
  public @Nullable Object readText(String key) {
    Object value = readRacy(key, true, null);
    if (value == ObjectTable.UNSURE || (value == null && !BinaryStrings.isAscii(key))) {
      return read(BinaryStrings.fromText(key));
    }
    return value;
  }

  /**
   * Returns the value of a field of the hash at a key that is text, null, or {@link
   * ObjectTable#UNSURE} if that has to be found out under a hold. O(1).
   */
  public @Nullable Object readField(String key, @Binary String field) {
    Object value = readRacy(key, true, field);
    return value == null && !BinaryStrings.isAscii(key) ? ObjectTable.UNSURE : value;
  }

  /**
   * Returns what is found without a lock, or UNSURE.
   *
   * @param isText whether the key is text, which means nothing among keys that are not all ASCII
   * @param field the field of a hash that is wanted, or null for the key's value
   */
  private @Nullable Object readRacy(String key, boolean isText, @Nullable String field) {
    if (transaction != null) {
      return ObjectTable.UNSURE;
    }
    if (keyspace.isGuarded()) {
      keyspace.checkGuard();
    }
    int hash = SegmentTable.spread(key);
    Shard shard = shard(hash);
    Stripe stripe = shard.stripe;
    long stamp = stripe.tryOptimisticRead();
    if (stamp == 0 || stripe.isClosed() || (isText && !shard.isAscii)) {
      return ObjectTable.UNSURE;
    }
    Object value = shard.table.getRacy(hash, key);
    if (value instanceof ExpiringValue expiring) {
      value = expiring.deadlineMillis() <= wallMillis() ? null : expiring.value;
    }
    if (field != null && value != null) {
      value = value instanceof HashValue some ? some.getRacy(field) : ObjectTable.UNSURE;
    }
    return stripe.validate(stamp) ? value : ObjectTable.UNSURE;
  }

  private @Nullable Object readHeld(@Binary String key) {
    try (Hold hold = holdToRead(key)) {
      return hold.value();
    }
  }

  /** Holds a key for reading: nothing may be changed, and a full journal is not waited for. */
  public Hold holdToRead(@Binary String key) {
    return hold(key, false);
  }

  /** Holds a key for writing: takes its stripe, or checks that the transaction has it. */
  public Hold hold(@Binary String key) {
    return hold(key, true);
  }

  private Hold hold(String key, boolean writing) {
    if (writing) {
      refuseTag(key);
    }
    int hash = SegmentTable.spread(key);
    Shard shard = shard(hash);
    long stamp = 0;
    if (transaction != null) {
      transaction.checkDeclared(key);
    } else {
      enter(writing);
      stamp = shard.stripe.writeLock();
      if (shard.stripe.isClosed()) {
        shard.stripe.unlockWrite(stamp);
        throw new StoreClosedException();
      }
      if (writing && HeldStripes.reachesFurther(keyspace, shard.stripe, key)) {
        shard.stripe.unlockWrite(stamp);
        return new Hold(this, HeldStripes.lockToServe(keyspace, List.of(key)), true).at(key);
      }
    }
    return new Hold(this, shard, stamp, key, hash, writing);
  }

  /** Holds several keys for writing; {@link Hold#at} moves between them. */
  public Hold hold(Collection<@Binary String> keys) {
    keys.forEach(Access::refuseTag);
    return hold(keys, true);
  }

  /** Tells whether a key is that of a tag's set, which is written as a tag only. */
  public static boolean isTag(@Binary String key) {
    return TagIndex.isTag(key);
  }

  /** Refuses a key that must not be written as any other. */
  public static void refuseTag(@Binary String key) {
    if (isTag(key)) {
      throw new IllegalArgumentException(
          "a tag's set must be changed by tagging, untagging or deleting: " + key);
    }
  }

  /** Holds a tag's set and the keys that it may get or lose, for writing. */
  public Hold holdTag(@Binary String tag, Collection<@Binary String> keys) {
    keys.forEach(Access::refuseTag);
    List<String> all = new ArrayList<>(keys);
    all.add(tag);
    return hold(all, true);
  }

  /** Holds keys that may be tags' sets, for removing. O(stripes) if one is. */
  public Hold holdToRemove(Collection<@Binary String> keys) {
    return transaction == null && keys.stream().anyMatch(Access::isTag)
        ? holdAll(true)
        : hold(keys, true);
  }

  /** Holds a tag's set and every key that it may have, for reading. O(stripes). */
  public Hold holdTagToRead(@Binary String tag) {
    return transaction == null ? holdAll(false) : hold(List.of(tag), false);
  }

  /** Holds several keys for reading; {@link Hold#at} moves between them. */
  public Hold holdToRead(Collection<@Binary String> keys) {
    return hold(keys, false);
  }

  private Hold hold(Collection<@Binary String> keys, boolean writing) {
    if (transaction != null) {
      for (String key : keys) {
        transaction.checkDeclared(key);
      }
      return new Hold(this, new HeldStripes(new Stripe[0]), writing);
    }
    enter(writing);
    HeldStripes held =
        writing
            ? HeldStripes.lockToServe(keyspace, keys)
            : HeldStripes.lock(keyspace.stripesOf(keys));
    return new Hold(this, held, writing);
  }

  /**
   * Holds every key of every database, for writing.
   *
   * @throws IllegalStateException inside a transaction, which holds its own keys only
   */
  public Hold holdAll() {
    return holdAll(true);
  }

  /**
   * Holds every key of every database, for reading.
   *
   * @throws IllegalStateException inside a transaction, which holds its own keys only
   */
  public Hold holdAllToRead() {
    return holdAll(false);
  }

  private Hold holdAll(boolean writing) {
    refuseInTransaction();
    enter(writing);
    return new Hold(this, HeldStripes.lock(keyspace.stripes()), writing);
  }

  private void enter(boolean writing) {
    if (keyspace.isGuarded()) {
      keyspace.checkGuard();
    }
    if (writing) {
      keyspace.journal().awaitRoom();
    }
  }

  private void refuseInTransaction() {
    if (transaction != null) {
      throw new IllegalStateException(
          "inside atomically only declared keys may be used, not the whole database");
    }
  }

  /** Waits until what was recorded up to a position is durable, if that was promised. */
  public void settle(long position) {
    if (transaction == null) {
      keyspace.journal().settle(position);
    }
  }

  /**
   * Runs a body with all its keys held, as one change: all of it, or after an exception nothing.
   *
   * @param keys the keys that the body may use
   * @param body gets the access whose holds it has to use
   */
  public <R> R atomically(Collection<@Binary String> keys, Function<Access, R> body) {
    if (transaction != null) {
      throw new IllegalStateException("atomically must not be called inside atomically");
    }
    enter(true);
    HeldStripes held =
        keys.stream().anyMatch(Access::isTag)
            ? HeldStripes.lock(keyspace.stripes())
            : HeldStripes.lockToServe(keyspace, keys);
    Transaction inner = null;
    R result;
    long position;
    try {
      inner = new Transaction(keyspace, database, keys);
      result = run(inner, body);
      position = inner.commit();
    } catch (Throwable t) { // whatever it is: everything goes back, and on it goes
      if (inner != null) {
        inner.rollBack();
      }
      throw t;
    } finally {
      held.unlock(keyspace, true);
      if (inner != null) {
        inner.afterwards();
      }
    }
    keyspace.journal().settle(position);
    return result;
  }

  private <R> R run(Transaction inner, Function<Access, R> body) {
    keyspace.begin(inner);
    try {
      return body.apply(new Access(keyspace, database, inner, group, false));
    } finally {
      keyspace.end();
    }
  }

  /** Blocks the calling thread until a waiter is served or its time is over; under no hold. */
  public long await(Waiter waiter, Collection<@Binary String> keys, long timeoutNanos)
      throws InterruptedException {
    try {
      return waiter.await(keyspace.time(), timeoutNanos);
    } finally {
      for (String key : keys) {
        Shard shard = shard(SegmentTable.spread(key));
        long stamp = shard.stripe.writeLock();
        try {
          shard.removeWaiter(key, waiter);
        } finally {
          shard.stripe.unlockWrite(stamp);
        }
      }
    }
  }

  /** Returns the number of keys of the group if it is limited, otherwise -1. O(1). */
  public long limitedSize() {
    refuseInTransaction();
    enter(false);
    GroupLimit limit = group == null ? null : keyspace.groups().limit(database, group);
    return limit == null ? -1 : limit.size();
  }

  /** Returns the number of keys in the database. O(stripes). */
  public long size() {
    refuseInTransaction();
    enter(false);
    HeldStripes held = HeldStripes.lock(keyspace.stripes());
    try {
      return KeyWalks.size(shards);
    } finally {
      held.unlock(keyspace, false);
    }
  }

  /**
   * Returns a key chosen uniformly from those not expired, or null if none is found. O(stripes).
   */
  public @Nullable @Binary String randomKey(RandomGenerator random) {
    refuseInTransaction();
    enter(false);
    HeldStripes held = HeldStripes.lock(keyspace.stripes());
    try {
      return KeyWalks.randomKey(shards, random, wallMillis());
    } finally {
      held.unlock(keyspace, false);
    }
  }

  /** Tells whether a value, as it stands in a table, has a deadline that has passed. */
  public static boolean isExpired(@Nullable Object raw, long nowMillis) {
    return raw instanceof ExpiringValue expiring && expiring.deadlineMillis() <= nowMillis;
  }

  /** Returns a frozen table per stripe, all of one moment. O(stripes), whatever the size. */
  public List<ObjectTable> freezeTables() {
    refuseInTransaction();
    enter(false);
    HeldStripes held = HeldStripes.lock(keyspace.stripes());
    try {
      List<ObjectTable> tables = new ArrayList<>();
      for (Shard shard : shards) {
        if (shard.table.size() > 0) {
          tables.add(shard.table.freeze());
        }
      }
      return tables;
    } finally {
      held.unlock(keyspace, false);
    }
  }

  /**
   * Hands over keys from a cursor on and returns where to go on, or 0 at the end.
   *
   * <p>Keeps no state: the cursor is a place in the order of hashes. A key that is there during the
   * whole scan is handed over at least once. Expired keys may be among them.
   *
   * @param cursor 0, or what an earlier call returned
   * @param count about how many keys to hand over
   */
  public long scan(long cursor, long count, Consumer<? super @Binary String> visitor) {
    refuseInTransaction();
    return KeyWalks.scan(shards, keyspace.stripeBits(), cursor, count, () -> enter(false), visitor);
  }
}
