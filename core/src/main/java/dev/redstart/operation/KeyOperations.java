// SPDX-License-Identifier: Apache-2.0
package dev.redstart.operation;

import dev.redstart.ExpireCondition;
import dev.redstart.KeyType;
import dev.redstart.NoSuchKeyException;
import dev.redstart.keyspace.Access;
import dev.redstart.keyspace.Hold;
import dev.redstart.spi.Binary;
import dev.redstart.spi.EventClass;
import dev.redstart.structure.CollectionValue;
import dev.redstart.structure.Freezable;
import dev.redstart.structure.ObjectTable;
import dev.redstart.text.Glob;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes of keys, whatever they hold.
 *
 * <p>Immutable; as safe for threads as its access.
 */
public final class KeyOperations {
  /** What {@link #deadline} answers for a key that does not exist. */
  public static final long NO_KEY = Long.MIN_VALUE;

  private final Access access;

  /** Creates the operations of a database. */
  public KeyOperations(Access access) {
    this.access = access;
  }

  /** Tells whether a key exists. O(1). */
  public boolean exists(@Binary String key) {
    return access.read(key) != null;
  }

  /** Counts the keys that exist, each as often as it is named. O(n). */
  public long countExisting(List<@Binary String> keys) {
    try (Hold hold = access.holdToRead(keys)) {
      long count = 0;
      for (String key : keys) {
        count += hold.at(key).value() != null ? 1 : 0;
      }
      return count;
    }
  }

  /** Returns what a key holds. O(1). */
  public KeyType type(@Binary String key) {
    return typeOf(access.read(key));
  }

  private static KeyType typeOf(@Nullable Object value) {
    if (value == null) {
      return KeyType.NONE;
    }
    return value instanceof CollectionValue collection
        ? collection.type().keyType()
        : KeyType.STRING;
  }

  /** Removes keys and returns how many there were. O(n). */
  public long delete(List<@Binary String> keys) {
    Deleted deleted = deleteUnsettled(keys);
    access.settle(deleted.position);
    return deleted.count;
  }

  private record Deleted(long count, long position) {}

  private Deleted deleteUnsettled(List<@Binary String> keys) {
    long position = 0;
    List<String> command = new ArrayList<>(keys.size() + 1);
    command.add("DEL");
    try (Hold hold = access.holdToRemove(keys)) {
      for (String key : keys) {
        if (hold.at(key).value() != null) {
          hold.remove();
          hold.event(EventClass.GENERIC, "del");
          command.add(key);
        }
      }
      if (command.size() > 1 && hold.isRecorded()) {
        position = hold.record(command);
      }
    }
    return new Deleted(command.size() - 1L, position);
  }

  /** Gives a key a deadline in wall milliseconds; false if it is missing or the condition fails. */
  public boolean expire(@Binary String key, long deadlineMillis, ExpireCondition condition) {
    long position;
    try (Hold hold = access.hold(key)) {
      if (hold.value() == null || !allows(condition, hold.deadlineMillis(), deadlineMillis)) {
        return false;
      }
      position = Deadlines.expire(hold, deadlineMillis);
    }
    access.settle(position);
    return true;
  }

  /** Tells whether a condition lets a deadline be changed; {@code Long.MAX_VALUE} is none. */
  static boolean allows(ExpireCondition condition, long before, long after) {
    boolean hasDeadline = before != Long.MAX_VALUE;
    return switch (condition) {
      case ALWAYS -> true;
      case WITHOUT_DEADLINE -> !hasDeadline;
      case WITH_DEADLINE -> hasDeadline;
      case LATER -> hasDeadline && after > before;
      case EARLIER -> after < before;
      case WITH_DEADLINE_EARLIER -> hasDeadline && after < before;
    };
  }

  /** Takes a key's deadline away; false if it had none. O(1). */
  public boolean persist(@Binary String key) {
    long position;
    try (Hold hold = access.hold(key)) {
      position = Deadlines.persist(hold);
    }
    access.settle(Math.max(0, position));
    return position >= 0;
  }

  /**
   * Returns a key's deadline in wall milliseconds, {@link ValueOperations#NO_DEADLINE} or {@link
   * #NO_KEY}. O(1).
   */
  public long deadline(@Binary String key) {
    try (Hold hold = access.holdToRead(key)) {
      return hold.value() == null ? NO_KEY : hold.deadlineMillis();
    }
  }

  /**
   * Moves what a key holds to another key. O(1).
   *
   * @param replaces whether the new key may exist
   * @return whether it was moved
   * @throws NoSuchKeyException if there is nothing to move
   */
  public boolean rename(@Binary String key, @Binary String newKey, boolean replaces) {
    long position = 0;
    try (Hold hold = access.hold(List.of(key, newKey))) {
      Object value = hold.at(key).value();
      if (value == null) {
        throw new NoSuchKeyException();
      }
      if (key.equals(newKey) || (!replaces && hold.at(newKey).value() != null)) {
        return replaces;
      }
      hold.at(newKey).planCreation();
      hold.at(key).planRemoval();
      hold.admit();
      long deadline = hold.deadlineMillis();
      if (hold.at(newKey).value() != null) {
        hold.remove();
      }
      hold.at(key).handTagsTo(newKey);
      hold.remove();
      place(hold.at(newKey), value, deadline);
      hold.at(key).event(EventClass.GENERIC, "rename_from");
      hold.at(newKey).event(EventClass.GENERIC, "rename_to");
      position = hold.isRecorded() ? hold.record(List.of("RENAME", key, newKey)) : 0;
    }
    access.settle(position);
    return true;
  }

  /** Copies what a key holds to a key, of any database; false if it is missing or in the way. */
  public boolean copy(
      @Binary String source, int database, @Binary String destination, boolean replaces) {
    boolean sameDatabase = database == access.database();
    if (sameDatabase && source.equals(destination)) {
      throw new IllegalArgumentException("source and destination objects are the same");
    }
    access.inDatabase(database);
    long position = 0;
    try (Hold hold = access.hold(List.of(source, destination))) {
      Object value = hold.at(source).value();
      if (value == null || (!replaces && hold.at(database, destination).value() != null)) {
        return false;
      }
      long deadline = hold.at(source).deadlineMillis();
      Object copy = value instanceof Freezable mutable ? mutable.freeze() : value;
      place(hold.at(database, destination), copy, deadline);
      hold.event(EventClass.GENERIC, "copy_to");
      if (hold.isRecorded()) {
        List<String> command = new ArrayList<>(List.of("COPY", source, destination));
        if (!sameDatabase) {
          command.addAll(List.of("DB", Integer.toString(database)));
        }
        if (replaces) {
          command.add("REPLACE");
        }
        position = hold.at(source).record(command);
      }
    }
    access.settle(position);
    return true;
  }

  /** Moves a key to another database; false if it is missing or in the way. O(1). */
  public boolean move(@Binary String key, int database) {
    if (database == access.database()) {
      throw new IllegalArgumentException("source and destination objects are the same");
    }
    access.inDatabase(database);
    long position = 0;
    try (Hold hold = access.hold(List.of(key))) {
      Object value = hold.at(key).value();
      if (value == null || hold.at(database, key).value() != null) {
        return false;
      }
      hold.planCreation();
      hold.at(key).planRemoval();
      hold.admit();
      long deadline = hold.deadlineMillis();
      hold.remove();
      place(hold.at(database, key), value, deadline);
      hold.at(key).event(EventClass.GENERIC, "move_from");
      hold.at(database, key).event(EventClass.GENERIC, "move_to");
      position =
          hold.isRecorded()
              ? hold.at(key).record(List.of("MOVE", key, Integer.toString(database)))
              : 0;
    }
    access.settle(position);
    return true;
  }

  /** Puts a value at a key that may exist, as a new key: Redis removes before it adds. */
  private static void place(Hold hold, Object value, long deadlineMillis) {
    if (hold.value() != null) {
      hold.remove();
    }
    hold.place(value);
    if (deadlineMillis != Long.MAX_VALUE) {
      hold.setDeadline(deadlineMillis);
    }
  }

  /** Returns some key, each with the same chance, or null. O(stripes), or O(n) in a group. */
  public @Nullable @Binary String random(RandomGenerator random) {
    if (access.group() == null) {
      return access.randomKey(random);
    }
    List<String> keys = present(key -> true);
    return keys.isEmpty() ? null : keys.get(random.nextInt(keys.size()));
  }

  /**
   * Collects keys from a cursor on and returns where to go on, or 0 at the end. O(count).
   *
   * @param glob what keys must match, or null
   * @param type what keys must hold, or null
   */
  public long scan(
      long cursor,
      @Nullable Glob glob,
      @Nullable KeyType type,
      long count,
      List<@Binary String> found) {
    return access.scan(
        cursor,
        count,
        key -> {
          if (access.owns(key) && (glob == null || matches(glob, key)) && isThere(key, type)) {
            found.add(key);
          }
        });
  }

  private boolean matches(Glob glob, @Binary String key) {
    return glob.matchesAll() || glob.matches(access.nameOf(key));
  }

  private boolean isThere(@Binary String key, @Nullable KeyType type) {
    Object value = access.read(key);
    return value != null && (type == null || typeOf(value) == type);
  }

  /** Returns all keys that match, as they were at one moment; nobody waits meanwhile. O(n). */
  public List<@Binary String> match(Glob glob) {
    return present(key -> matches(glob, key));
  }

  /** Returns the keys that are not expired, as they were at one moment. O(n). */
  private List<@Binary String> present(Predicate<@Binary String> wanted) {
    long now = access.wallMillis();
    List<String> found = new ArrayList<>();
    for (ObjectTable table : access.freezeTables()) {
      table.forEach(
          (key, raw) -> {
            // A harmless race: a deadline only moves among times to come, or its key goes.
            if (!Access.isExpired(raw, now) && access.owns(key) && wanted.test(key)) {
              found.add(key);
            }
          });
    }
    return found;
  }

  /** Returns the keys of the group, as they stood in the tables at one moment. O(n). */
  private List<@Binary String> standing() {
    List<String> found = new ArrayList<>();
    for (ObjectTable table : access.freezeTables()) {
      table.forEachKey(
          key -> {
            if (access.owns(key)) {
              found.add(key);
            }
          });
    }
    return found;
  }

  /** Returns the keys of the sets of a key's tags, in order; none of a missing key. O(t). */
  public SortedSet<@Binary String> tags(@Binary String key) {
    try (Hold hold = access.holdToRead(key)) {
      return hold.value() == null ? new TreeSet<>() : hold.tags();
    }
  }

  /** Returns the number of keys. O(stripes); in a group O(n), or O(1) if it is limited. */
  public long size() {
    if (access.group() == null) {
      return access.size();
    }
    long limited = access.limitedSize();
    return limited >= 0 ? limited : standing().size();
  }

  /**
   * Removes every key of this database. O(stripes). Those of a group in O(n), each in a moment of
   * its own.
   */
  public void flush() {
    if (access.group() != null) {
      long last = 0;
      for (String key : standing()) {
        last = Math.max(last, deleteUnsettled(List.of(key)).position);
      }
      access.settle(last);
      return;
    }
    long position;
    try (Hold hold = access.holdAll()) {
      hold.clearDatabase(access.database());
      position = hold.isRecorded() ? hold.at("").record(List.of("FLUSHDB")) : 0;
    }
    access.settle(position);
  }

  /** Removes every key of every database. O(stripes and databases). */
  public void flushAll() {
    if (access.group() != null) {
      access.inUsedDatabases().forEach(each -> new KeyOperations(each).flush());
      return;
    }
    long position;
    try (Hold hold = access.holdAll()) {
      hold.clearAllDatabases();
      position = hold.isRecorded() ? hold.at("").record(List.of("FLUSHALL")) : 0;
    }
    access.settle(position);
  }
}
