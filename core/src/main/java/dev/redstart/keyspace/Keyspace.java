// SPDX-License-Identifier: Apache-2.0
package dev.redstart.keyspace;

import dev.redstart.StoreClosedException;
import dev.redstart.TimeSource;
import dev.redstart.journal.Journal;
import dev.redstart.spi.Binary;
import dev.redstart.spi.Effect;
import dev.redstart.spi.EventClass;
import dev.redstart.spi.Notification;
import dev.redstart.structure.HashValue;
import dev.redstart.structure.SegmentTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * All keys of a store: a fixed number of stripes, each with its share of every database.
 *
 * <p>Safe for many threads.
 */
public final class Keyspace {
  // Overview.
  // 1. A key's stripe is the top bits of its spread hash, the same in every database. So the
  //    stripes by index, and each stripe's table, are in one ascending order of hashes, which a
  //    scan follows.
  // 2. Several stripes are taken by ascending index; under them the journal's lock may be taken.
  // 3. A write over several stripes keeps all of them until its last change, so a racy reader that
  //    has seen one change cannot miss another.
  // 4. guarded is false unless the store is closed or a transaction is open somewhere; only then
  //    does an operation look who it is.

  /** The most work, in keys and timer steps, that an alarm does under one hold of a stripe. */
  private static final int EXPIRY_BUDGET = 128;

  // Fixed after construction.
  private final Stripe[] stripes;
  private final int stripeBits;
  private final TimeSource time;
  private final Journal journal;
  private final Groups groups = new Groups(this);
  private final ConcurrentHashMap<Thread, Transaction> transactions = new ConcurrentHashMap<>();

  /** The shards of each database by stripe; a database is made on first use and then fixed. */
  private final AtomicReferenceArray<Shard @Nullable []> databases;

  private final CopyOnWriteArrayList<Shard[]> usedDatabases = new CopyOnWriteArrayList<>();

  // Written by close and by transactions; read by every operation.
  private volatile boolean closed;
  private volatile boolean guarded;

  /**
   * Creates an empty keyspace.
   *
   * @param stripeCount a power of two
   */
  public Keyspace(int stripeCount, int databases, TimeSource time, Journal journal) {
    this.stripeBits = Integer.numberOfTrailingZeros(stripeCount);
    this.databases = new AtomicReferenceArray<>(databases);
    this.time = time;
    this.journal = journal;
    this.stripes = new Stripe[stripeCount];
    for (int i = 0; i < stripeCount; i++) {
      stripes[i] = new Stripe(i);
    }
  }

  /** Returns how the keys of a database are reached. */
  public Access access(int database) {
    return new Access(this, database);
  }

  /** Returns the shards of a database by stripe, which are made on first use. */
  Shard[] shards(int database) {
    if (database < 0 || database >= databases.length()) {
      throw new IllegalArgumentException(
          "database must be from 0 to " + (databases.length() - 1) + ": " + database);
    }
    Shard[] shards = databases.get(database);
    if (shards == null) {
      Shard[] made = new Shard[stripes.length];
      for (int i = 0; i < made.length; i++) {
        made[i] = new Shard(stripes[i], database, stripeBits);
      }
      Shard[] other = databases.compareAndExchange(database, null, made);
      shards = other == null ? made : other;
      if (other == null) {
        usedDatabases.add(made);
      }
    }
    return shards;
  }

  /** Returns the shards of a stripe in all databases that were ever used. */
  List<Shard> shardsOf(Stripe stripe) {
    List<Shard> used = new ArrayList<>(usedDatabases.size());
    for (Shard[] shards : usedDatabases) {
      used.add(shards[stripe.index]);
    }
    return used;
  }

  /** Drops every key of a database; all stripes are held. */
  void clear(int database) {
    Shard[] shards = shards(database);
    for (Shard shard : shards) {
      shard.clear();
    }
    GroupLimits limits = shards[0].limits;
    if (limits != null) {
      limits.clear();
    }
  }

  /** Tells whether there may be keys whose deadlines have passed; all stripes are held. */
  boolean mayHaveOverdueKeys(long nowMillis) {
    for (Stripe stripe : stripes) {
      if (stripe.dueTagged > 0 || nextWakeMillis(stripe) <= nowMillis) {
        return true;
      }
    }
    return false;
  }

  /** Returns the numbers of the databases that were ever used. */
  List<Integer> usedDatabases() {
    return usedDatabases.stream().map(shards -> shards[0].database).toList();
  }

  Groups groups() {
    return groups;
  }

  Journal journal() {
    return journal;
  }

  TimeSource time() {
    return time;
  }

  int stripeBits() {
    return stripeBits;
  }

  Stripe[] stripes() {
    return stripes;
  }

  /** Returns the index of the stripe of a key's hash. */
  int stripeIndex(int hash) {
    return (int) ((hash & 0xffffffffL) >>> (32 - stripeBits));
  }

  /** Tells whether {@link #checkGuard} has something to check. */
  boolean isGuarded() {
    return guarded;
  }

  /** Throws if the store is closed, or if the calling thread is inside a transaction of it. */
  void checkGuard() {
    if (closed) {
      throw new StoreClosedException();
    }
    if (!transactions.isEmpty() && transactions.containsKey(Thread.currentThread())) {
      throw new IllegalStateException(
          "inside atomically only the handles of its transaction may be used");
    }
  }

  void begin(Transaction transaction) {
    synchronized (transactions) {
      transactions.put(Thread.currentThread(), transaction);
      guarded = true;
    }
  }

  void end() {
    synchronized (transactions) {
      transactions.remove(Thread.currentThread());
      guarded = closed || !transactions.isEmpty();
    }
  }

  /** Returns the distinct stripes of keys, by ascending index. */
  Stripe[] stripesOf(Iterable<? extends @Binary String> keys) {
    long[] words = new long[(stripes.length + 63) / 64];
    int count = 0;
    for (String key : keys) {
      int index = stripeIndex(SegmentTable.spread(key));
      long bit = 1L << index;
      count += (words[index >> 6] & bit) == 0 ? 1 : 0;
      words[index >> 6] |= bit;
    }
    Stripe[] distinct = new Stripe[count];
    int at = 0;
    for (int word = 0; word < words.length; word++) {
      for (long bits = words[word]; bits != 0; bits &= bits - 1) {
        distinct[at++] = stripes[(word << 6) + Long.numberOfTrailingZeros(bits)];
      }
    }
    return distinct;
  }

  /** Sees to it that what is due in a stripe is reclaimed on time; called under no lock. */
  void wakeAt(Stripe stripe, long millis) {
    if (millis != Long.MAX_VALUE) {
      stripe.wakeAt(millis, time, () -> reclaim(stripe));
    }
  }

  /** Removes keys whose deadline has passed and tells of it; a timer's task. */
  void reclaim(Stripe stripe) {
    Transaction running = transactions.get(Thread.currentThread());
    if (running != null) {
      running.addOverdue(stripe);
      return;
    }
    stripe.clearAlarm();
    boolean more = true;
    while (more) {
      if (closed || !journal.hasRoomOrLater(() -> reclaim(stripe))) {
        return;
      }
      long nextWake;
      List<DueTagged> tagged = new ArrayList<>(0);
      long stamp = stripe.writeLock();
      try {
        more = !stripe.isClosed() && reclaimSome(stripe, time.wallMillis(), tagged);
        nextWake = nextWakeMillis(stripe);
      } finally {
        stripe.dueTagged += tagged.size();
        stripe.unlockWrite(stamp);
      }
      try {
        tagged.forEach(this::reclaimTagged);
      } finally {
        if (!more) {
          wakeAt(stripe, nextWake);
        }
      }
    }
  }

  /** Returns when a deadline of any database may be due in a stripe; under its lock. */
  long nextWakeMillis(Stripe stripe) {
    long wake = Long.MAX_VALUE;
    for (Shard shard : shardsOf(stripe)) {
      wake = Math.min(wake, shard.nextWakeMillis());
    }
    return wake;
  }

  /** Removes a tagged key that was found due, and takes it out of its tags, under all stripes. */
  private void reclaimTagged(DueTagged due) {
    HeldStripes held;
    try {
      held = HeldStripes.lockToServe(this, List.of(due.key));
    } catch (StoreClosedException e) {
      return; // all keys are gone
    }
    try (Hold hold = new Hold(access(due.shard.database), held, true)) {
      due.shard.stripe.dueTagged--;
      hold.at(due.key).reclaim(due.raw);
    }
  }

  /**
   * Spends the budget on each shard; true if there may be more to do.
   *
   * @param tagged gets what is due but needs more stripes
   */
  private boolean reclaimSome(Stripe stripe, long nowMillis, List<DueTagged> tagged) {
    boolean more = false;
    for (Shard shard : shardsOf(stripe)) {
      if (shard.wheel != null) {
        List<ExpiringValue> due = new ArrayList<>();
        more |= shard.wheel.advance(nowMillis, EXPIRY_BUDGET, due::add) == 0;
        for (ExpiringValue expired : due) {
          if (shard.isTagged(expired.key)) {
            tagged.add(new DueTagged(shard, expired.key, expired));
          } else if (shard.table.find(expired.key)) {
            shard.dropFieldTimer(expired.value);
            shard.removeExpired(expired.key);
            record(expiredEffect(shard.database, expired.key));
          }
        }
      }
      more |= reclaimFields(shard, nowMillis, tagged);
    }
    return more;
  }

  /** Spends the budget on hashes with fields that are due; true if there may be more to do. */
  private boolean reclaimFields(Shard shard, long nowMillis, List<DueTagged> tagged) {
    if (shard.fieldWheel == null) {
      return false;
    }
    List<FieldTimer> due = new ArrayList<>();
    boolean more = shard.fieldWheel.advance(nowMillis, EXPIRY_BUDGET, due::add) == 0;
    int left = EXPIRY_BUDGET;
    for (FieldTimer timer : due) {
      if (shard.table.find(timer.key)) {
        Object raw = shard.table.value();
        Object value = raw instanceof ExpiringValue expiring ? expiring.value : raw;
        if (value instanceof HashValue hash
            && shard.isTagged(timer.key)
            && hash.isGoneAt(nowMillis)) {
          tagged.add(new DueTagged(shard, timer.key, Objects.requireNonNull(raw)));
          continue;
        }
        if (value instanceof HashValue hash && left > 0) {
          left -= reclaimFields(shard, timer.key, hash, left, nowMillis);
          if (hash.isEmpty()) {
            shard.dropTimers(Objects.requireNonNull(raw));
            shard.removeExpired(timer.key);
          }
        }
        more |= value != null && shard.setFieldTimer(timer.key, value, nowMillis) && left <= 0;
      }
    }
    return more;
  }

  private int reclaimFields(
      Shard shard, @Binary String key, HashValue hash, int limit, long nowMillis) {
    List<String> command = new ArrayList<>(List.of("HDEL", key));
    hash.removeDue(nowMillis, limit, command::add);
    int removed = command.size() - 2;
    if (removed > 0) {
      record(fieldsExpiredEffect(shard.database, command, hash.isEmpty()));
    }
    return removed;
  }

  /** What a timer found due and let go of, at a key that has tags. */
  private record DueTagged(Shard shard, @Binary String key, Object raw) {}

  private void record(Effect effect) {
    if (journal.isAttached()) {
      journal.append(List.of(effect), false);
    }
  }

  /** Returns the effect of a command that removes fields whose deadlines have passed. */
  static Effect fieldsExpiredEffect(
      int database, List<@Binary String> command, boolean removesTheKey) {
    String key = command.get(1);
    List<Notification> events = new ArrayList<>(2);
    events.add(new Notification(EventClass.HASH, "hexpired", database, key));
    if (removesTheKey) {
      events.add(new Notification(EventClass.GENERIC, "del", database, key));
    }
    return new Effect(database, command, events);
  }

  static Effect expiredEffect(int database, @Binary String key) {
    return new Effect(
        database,
        List.of("DEL", key),
        List.of(new Notification(EventClass.EXPIRED, "expired", database, key)));
  }

  /**
   * Refuses every later operation, waits for those that run and lets go of who is blocked.
   *
   * <p>Idempotent. The journal and the time are the caller's to close afterwards.
   */
  public void close() {
    if (transactions.containsKey(Thread.currentThread())) {
      throw new IllegalStateException("a store must not be closed inside atomically");
    }
    synchronized (transactions) {
      closed = true;
      guarded = true;
    }
    List<Waiter> waiting = new ArrayList<>();
    for (Stripe stripe : stripes) {
      long stamp = stripe.writeLock();
      try {
        stripe.close();
        for (Shard shard : shardsOf(stripe)) {
          shard.forEachWaiter(waiting::add);
          shard.clear();
        }
      } finally {
        stripe.unlockWrite(stamp);
      }
    }
    waiting.forEach(Waiter::close);
  }
}
