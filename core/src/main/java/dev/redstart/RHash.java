// SPDX-License-Identifier: Apache-2.0
package dev.redstart;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * A key that holds fields, each with a value, and perhaps with a lifetime of its own.
 *
 * <p>Safe for many threads; see {@link RObject} for what all handles share. Fields are compared by
 * the bytes that the codec makes of them. Complexities speak of a hash of n fields. What a method
 * returns is a copy, in no order that means anything. A field is gone from its deadline on, and is
 * removed on time without an access; the key goes with its last field. The methods without a field
 * that {@link RObject} has are about the key as a whole.
 *
 * @param <F> the type of the fields
 * @param <V> the type of the values
 * @see <a href="https://redis.io/docs/latest/develop/data-types/hashes/">Redis hashes</a>
 */
public interface RHash<F, V> extends RObject {

  // Writing.

  /** Sets a field, without a deadline; true if it is new. Redis: HSET. O(1). */
  boolean put(F field, V value);

  /**
   * Sets fields, without deadlines, and returns how many are new. Redis: HSET. O(k).
   *
   * @throws IllegalArgumentException if there is none
   */
  long putAll(Map<? extends F, ? extends V> entries);

  /** Sets a field unless it is there; true if it was set. Redis: HSETNX. O(1). */
  boolean putIfAbsent(F field, V value);

  /** Removes a field; false if it was not there. Redis: HDEL. O(1). */
  boolean remove(F field);

  /**
   * Removes fields and returns how many were there. Redis: HDEL. O(k).
   *
   * @throws IllegalArgumentException if there is none
   */
  long removeAll(Collection<? extends F> fields);

  /** As {@link #removeAll(Collection)}. */
  @SuppressWarnings("unchecked") // the array is only read
  long removeAll(F... fields);

  /**
   * Adds to the number that a field holds, which begins at 0 if it is not there, and returns the
   * sum; the field's deadline stays. Redis: HINCRBY. O(1).
   *
   * @throws NotANumberException if the field holds no decimal of 64 bits
   * @throws NumberOverflowException if the sum is past 64 bits
   */
  long increment(F field, long delta);

  /**
   * Adds to the fraction that a field holds, which begins at 0 if it is not there, and returns the
   * sum, rounded; the field's deadline stays. The sum is stored in decimal, computed in 64 bits of
   * precision. Redis: HINCRBYFLOAT. O(1).
   *
   * @throws IllegalArgumentException if {@code delta} is infinite or not a number
   * @throws NotANumberException if the field holds no number
   * @throws NumberOverflowException if the sum is not finite
   */
  double increment(F field, double delta);

  // Reading.

  /** Returns a field's value, or null if it is not there. Redis: HGET. O(1). */
  @Nullable V get(F field);

  /**
   * Returns those of the fields that are there, with their values, in the order in which they are
   * asked for. Redis: HMGET. O(k).
   *
   * @throws IllegalArgumentException if there is none
   */
  Map<F, V> getAll(Collection<? extends F> fields);

  /** Tells whether a field is there. Redis: HEXISTS. O(1). */
  boolean contains(F field);

  /** Returns the number of fields. Redis: HLEN. O(1), with deadlines O(log n). */
  long size();

  /** Returns all fields. Redis: HKEYS. O(n). */
  Set<F> keys();

  /** Returns the values of all fields. Redis: HVALS. O(n). */
  List<V> values();

  /** Returns all fields with their values. Redis: HGETALL. O(n). */
  Map<F, V> entries();

  /** Returns the length of a field's value in bytes, 0 if it is not there. Redis: HSTRLEN. O(1). */
  long valueLength(F field);

  // Random fields, and scans.

  /** Returns some field, each with the same chance, or null. Redis: HRANDFIELD. O(1). */
  @Nullable F random();

  /**
   * Returns up to {@code count} different fields, chosen at random. Redis: HRANDFIELD count. O(k),
   * and O(n) for more than a quarter of them.
   *
   * @throws IllegalArgumentException if the count is negative
   */
  List<F> random(long count);

  /** As {@link #random(long)}, with values. Redis: HRANDFIELD count WITHVALUES. */
  List<Map.Entry<F, V>> randomEntries(long count);

  /**
   * Returns exactly {@code count} fields, each chosen anew, so that some may come more than once;
   * none if the hash is empty. Redis: HRANDFIELD with a negative count. O(k).
   *
   * @throws IllegalArgumentException if the count is negative or above {@code Integer.MAX_VALUE -
   *     8}
   */
  List<F> randomWithRepeats(long count);

  /**
   * Returns one step of a scan. Redis: HSCAN. O(count).
   *
   * <p>Guarantees as for {@link RKeys#scan(long, ScanOptions)}; a small hash is returned in one
   * step.
   *
   * @param cursor 0 to begin, then what the step before returned
   * @param options a glob for the fields' bytes and a count; a type is refused
   * @throws IllegalArgumentException if the options name a type, or the cursor is negative
   */
  ScanPage<Map.Entry<F, V>> scan(long cursor, ScanOptions options);

  /** Returns all fields that options ask for, scanned step by step as they are iterated over. */
  Iterable<Map.Entry<F, V>> scan(ScanOptions options);

  // Lifetimes of fields.

  /** As {@link #expire(Object, Duration, ExpireCondition)}, in any case. */
  default FieldExpiry expire(F field, Duration lifetime) {
    return expire(field, lifetime, ExpireCondition.ALWAYS);
  }

  /**
   * Lets a field expire after a time, under a condition; a field without a deadline counts as one
   * that expires never. Redis: HPEXPIRE (7.4). O(log n).
   *
   * @param lifetime from now on, in whole milliseconds rounded up; zero removes the field at once
   * @throws IllegalArgumentException if the lifetime is negative, or its end past 2^46 milliseconds
   *     after 1970 began (in the year 4199), which is as far as Redis goes for fields
   */
  FieldExpiry expire(F field, Duration lifetime, ExpireCondition condition);

  /**
   * As {@link #expire(Object, Duration, ExpireCondition)}, for several fields.
   *
   * @return what it did to each, in the order given
   * @throws IllegalArgumentException as there, and if there is no field
   */
  Map<F, FieldExpiry> expire(
      Collection<? extends F> fields, Duration lifetime, ExpireCondition condition);

  /** As {@link #expireAt(Object, Instant, ExpireCondition)}, in any case. */
  default FieldExpiry expireAt(F field, Instant deadline) {
    return expireAt(field, deadline, ExpireCondition.ALWAYS);
  }

  /**
   * Lets a field expire at a time, under a condition. Redis: HPEXPIREAT (7.4). O(log n).
   *
   * @param deadline to the millisecond; one that has passed removes the field at once
   * @throws IllegalArgumentException if the deadline is before 1970 or past 2^46 milliseconds after
   *     it began
   */
  FieldExpiry expireAt(F field, Instant deadline, ExpireCondition condition);

  /**
   * Takes a field's deadline away; false if it had none or is not there. Redis: HPERSIST (7.4).
   * O(log n).
   */
  boolean persist(F field);

  /**
   * Returns how long a field has to live, or null if it has no deadline or is not there. Redis:
   * HPTTL (7.4). O(1).
   */
  @Nullable Duration timeToLive(F field);

  /**
   * Returns a field's deadline, or null if it has none or is not there. Redis: HPEXPIRETIME (7.4).
   * O(1).
   */
  @Nullable Instant deadline(F field);

  // As a map of Java.

  /**
   * Returns the hash as a live map: reads and writes go through to the key, nothing is copied.
   *
   * <p>Every method is atomic but for those over several entries; functions given to {@code
   * compute}, {@code merge} and their like run outside of all locks, and may run more than once if
   * others change the field meanwhile. Iterators are weakly consistent. Nothing may be null. A key
   * that comes to hold another type makes it throw {@link WrongTypeException}.
   */
  ConcurrentMap<F, V> asMap();
}
