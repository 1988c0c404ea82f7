// SPDX-License-Identifier: Apache-2.0
package dev.redstart;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The keys of a database, whatever they hold.
 *
 * <p>Safe for many threads. Each method is atomic, those of several keys too. Inside {@link
 * Store#atomically} the methods that name their keys may be used. What would make a key for which a
 * limited group has no room is a {@link GroupFullException}, and does nothing.
 */
public interface RKeys {
  /** Tells whether a key exists. Redis: EXISTS. O(1). */
  boolean exists(String key);

  /**
   * Counts the keys that exist; a key that is named twice counts twice. Redis: EXISTS. O(n).
   *
   * @throws IllegalArgumentException if there is no key
   */
  default long exists(String... keys) {
    return exists(List.of(keys));
  }

  /** As {@link #exists(String...)}. */
  long exists(Collection<String> keys);

  /** Removes a key; false if there was none. Redis: DEL. O(1). */
  boolean delete(String key);

  /**
   * Removes keys and returns how many there were. Redis: DEL. O(n).
   *
   * @throws IllegalArgumentException if there is no key
   */
  default long delete(String... keys) {
    return delete(List.of(keys));
  }

  /** As {@link #delete(String...)}. */
  long delete(Collection<String> keys);

  /**
   * Removes keys and returns how many there were; as {@link #delete(String...)}, since the memory
   * of a value is the garbage collector's in either case. Redis: UNLINK. O(n).
   *
   * @throws IllegalArgumentException if there is no key
   */
  default long unlink(String... keys) {
    return unlink(List.of(keys));
  }

  /** As {@link #unlink(String...)}. */
  long unlink(Collection<String> keys);

  /**
   * Returns how many of some keys there are; nothing is evicted yet, so using a key leaves no mark.
   * Redis: TOUCH. O(n).
   *
   * @throws IllegalArgumentException if there is no key
   */
  default long touch(String... keys) {
    return touch(List.of(keys));
  }

  /** As {@link #touch(String...)}. */
  long touch(Collection<String> keys);

  /** Returns what a key holds, {@link KeyType#NONE} if it does not exist. Redis: TYPE. O(1). */
  KeyType type(String key);

  /**
   * Lets a key expire after a time; false if there is no such key. Redis: PEXPIRE. O(1).
   *
   * @param lifetime from now on, in whole milliseconds rounded up; zero removes the key at once
   * @throws IllegalArgumentException if the lifetime is negative or too long for 64 bits
   */
  default boolean expire(String key, Duration lifetime) {
    return expire(key, lifetime, ExpireCondition.ALWAYS);
  }

  /** As {@link #expire(String, Duration)}, under a condition; false if it does not hold. O(1). */
  boolean expire(String key, Duration lifetime, ExpireCondition condition);

  /**
   * Lets a key expire at a time; false if there is no such key. Redis: PEXPIREAT. O(1).
   *
   * @param deadline to the millisecond; one that has passed removes the key at once
   * @throws IllegalArgumentException if 64 bits of milliseconds cannot say it
   */
  default boolean expireAt(String key, Instant deadline) {
    return expireAt(key, deadline, ExpireCondition.ALWAYS);
  }

  /** As {@link #expireAt(String, Instant)}, under a condition; false if it does not hold. O(1). */
  boolean expireAt(String key, Instant deadline, ExpireCondition condition);

  /**
   * Returns how long a key has to live, null if it has no deadline or does not exist. Redis: PTTL.
   * O(1).
   */
  @Nullable Duration timeToLive(String key);

  /** Returns a key's deadline, null if it has none or does not exist. Redis: PEXPIRETIME. O(1). */
  @Nullable Instant deadline(String key);

  /** Takes a key's deadline away; false if it had none. Redis: PERSIST. O(1). */
  boolean persist(String key);

  /**
   * Moves what a key holds, with its deadline, to another key, whose content is lost. Redis:
   * RENAME. O(1).
   *
   * @throws NoSuchKeyException if the key does not exist
   */
  void rename(String key, String newKey);

  /**
   * As {@link #rename}, unless the new key exists. Redis: RENAMENX. O(1).
   *
   * @return whether it was renamed
   * @throws NoSuchKeyException if the key does not exist
   */
  boolean renameIfAbsent(String key, String newKey);

  /**
   * Copies what a key holds, with its deadline, to a key that does not exist. Redis: COPY. O(1),
   * whatever the size: the two share what neither has changed.
   *
   * @return whether there was something to copy and a free place for it
   * @throws IllegalArgumentException if both keys are the same
   */
  default boolean copy(String source, String destination) {
    return copy(source, destination, false);
  }

  /**
   * Copies what a key holds, with its deadline, to another key. Redis: COPY REPLACE. O(1).
   *
   * @param replace whether the destination may exist, and is lost then
   * @return whether it was copied
   * @throws IllegalArgumentException if both keys are the same
   */
  boolean copy(String source, String destination, boolean replace);

  /**
   * Copies what a key holds, with its deadline, to a key of another database. Redis: COPY DB. O(1).
   *
   * @param database the destination's database
   * @param replace whether the destination may exist, and is lost then
   * @return whether it was copied
   * @throws IllegalArgumentException if there is no such database, or key and database are the same
   */
  boolean copy(String source, int database, String destination, boolean replace);

  /**
   * Moves a key to another database, unless it exists there. Redis: MOVE. O(1).
   *
   * @return whether it was moved
   * @throws IllegalArgumentException if there is no such database, or it is this one
   */
  boolean move(String key, int database);

  /**
   * Returns some key, each with the same chance, or null if there is none. Redis: RANDOMKEY.
   * O(stripes).
   */
  @Nullable String random();

  /**
   * Returns one step of a scan over all keys. Redis: SCAN. O(count).
   *
   * <p>The cursor is all the state there is: a scan may be left or begun anew at any time. A key
   * that is there from the first step to the last is returned at least once; one that comes or goes
   * meanwhile may be returned or not.
   *
   * @param cursor 0 to begin, then what the step before returned
   */
  ScanPage<String> scan(long cursor, ScanOptions options);

  /** Returns all keys that options ask for, scanned step by step as they are iterated over. */
  Iterable<String> scan(ScanOptions options);

  /** Returns all keys that match a glob, scanned step by step as they are iterated over. */
  default Iterable<String> scan(String glob) {
    return scan(ScanOptions.all().matching(glob));
  }

  /**
   * Returns all keys that match a glob, as they were at one moment. Redis: KEYS. O(n), during which
   * nobody waits.
   */
  List<String> match(String glob);

  /**
   * Returns what a set, sorted set or list holds, sorted, or what belongs to its elements, as text.
   * Redis: SORT. O(n log n), during which nobody waits; but every other operation waits while the
   * values of keys that the options name by patterns are gathered, which takes O(n).
   *
   * <p>Elements of equal numbers are in order of their bytes; of equal texts, in an order that is
   * not promised. Inside {@link Store#atomically} the keys that patterns name have to be declared.
   *
   * @return what was asked for of each element in turn, null where there is no such key or field
   * @throws WrongTypeException if the key holds something else
   * @throws StoreException if something that is compared is not a number, nor to be compared by
   *     bytes
   */
  default List<@Nullable String> sort(String key, SortOptions options) {
    return sort(key, options, Codec.text());
  }

  /** As {@link #sort(String, SortOptions)}, for elements and values of a codec's type. */
  <E> List<@Nullable E> sort(String key, SortOptions options, Codec<E> codec);

  /**
   * Puts what {@link #sort(String, SortOptions)} would return, as a list, in place of whatever a
   * key holds, and returns its length; nothing removes the key. Redis: SORT STORE. O(n log n),
   * during which every other operation waits if the options name keys by patterns.
   *
   * <p>What a pattern does not find is stored as the empty string. A set whose elements are to be
   * left in their own order is sorted by bytes, since it has none.
   *
   * @param destination a key, perhaps the sorted one
   * @throws WrongTypeException if the key holds something else
   * @throws StoreException if something that is compared is not a number, nor to be compared by
   *     bytes
   */
  long sortAndStore(String key, String destination, SortOptions options);

  /**
   * Returns the names of a key's tags, in order of their bytes; none of a missing key. O(t) for t
   * tags.
   *
   * @see StoreView#tag
   */
  Set<String> tags(String key);

  /** Returns how many keys there are. Redis: DBSIZE. O(stripes). */
  long size();

  /** Removes every key of this database. Redis: FLUSHDB. O(stripes). */
  void flush();

  /** Removes every key of every database. Redis: FLUSHALL. O(stripes). */
  void flushAll();
}
