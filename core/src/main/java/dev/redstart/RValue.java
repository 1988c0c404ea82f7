// SPDX-License-Identifier: Apache-2.0
package dev.redstart;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A key that holds one value: a Redis string.
 *
 * <p>Safe for many threads; see {@link RObject} for what all handles share. The value is what the
 * codec makes of it; {@link #get} throws {@link CodecException} if the bytes that are there are not
 * the codec's.
 *
 * @param <V> the type of the value
 */
public interface RValue<V> extends RObject {
  /** Returns the value, or null if there is none. Redis: GET. O(1). */
  @Nullable V get();

  /** Sets the value and takes the deadline away, whatever the key held. Redis: SET. O(1). */
  void set(V value);

  /**
   * Sets the value with a lifetime, whatever the key held. Redis: SET PX. O(1).
   *
   * @param lifetime positive, in whole milliseconds rounded up
   * @throws IllegalArgumentException if the lifetime is not positive, or too long for 64 bits
   */
  void set(V value, Duration lifetime);

  /**
   * Sets the value under a condition and with a lifetime. Redis: SET NX XX PXAT KEEPTTL. O(1).
   *
   * @return whether it was set
   * @throws IllegalArgumentException if the lifetime is too long for 64 bits of milliseconds, or
   *     the deadline not after 1970-01-01T00:00Z
   */
  boolean set(V value, SetOptions options);

  /** Sets the value if the key does not exist; true if it did. Redis: SET NX. O(1). */
  boolean setIfAbsent(V value);

  /**
   * Sets the value with a lifetime if the key does not exist. Redis: SET NX PX. O(1).
   *
   * @param lifetime positive, in whole milliseconds rounded up
   * @return whether it was set
   * @throws IllegalArgumentException if the lifetime is not positive, or too long for 64 bits
   */
  boolean setIfAbsent(V value, Duration lifetime);

  /** Sets the value if the key exists, of whatever type. Redis: SET XX. O(1). */
  boolean setIfPresent(V value);

  /**
   * Sets the value, takes the deadline away and returns the old value, or null. Redis: SET GET.
   * O(1).
   */
  @Nullable V getAndSet(V value);

  /**
   * Sets the value under a condition and returns the old value, or null, whether or not it was set.
   * Redis: SET GET with options. O(1).
   */
  @Nullable V getAndSet(V value, SetOptions options);

  /** Removes the key and returns the value, or null. Redis: GETDEL. O(1). */
  @Nullable V getAndDelete();

  /**
   * Returns the value, or null, and gives the key a lifetime. Redis: GETEX PX. O(1).
   *
   * @param lifetime positive, in whole milliseconds rounded up
   * @throws IllegalArgumentException if the lifetime is not positive, or too long for 64 bits
   */
  @Nullable V getAndExpire(Duration lifetime);

  /**
   * Returns the value, or null, and gives the key a deadline. Redis: GETEX PXAT. O(1).
   *
   * @param deadline to the millisecond; one that has passed removes the key at once
   * @throws IllegalArgumentException if the deadline is not after 1970-01-01T00:00Z, or too late
   *     for 64 bits of milliseconds
   */
  @Nullable V getAndExpireAt(Instant deadline);

  /** Returns the value, or null, and takes the deadline away. Redis: GETEX PERSIST. O(1). */
  @Nullable V getAndPersist();

  /**
   * Sets the value if the present one has the same bytes as {@code expected}, and takes the
   * deadline away; false if the key is missing or has another value. Redis: SET IFEQ (8.4). O(n) in
   * the length.
   */
  boolean compareAndSet(V expected, V value);

  /**
   * Returns the value; if there is none, the one that {@code loader} makes, which is set.
   *
   * <p>However many threads ask at the same time, the loader runs once, on one of their threads and
   * under no lock; the others wait for it, interrupted or not, and see what it returns or throws. A
   * value that somebody set meanwhile wins over the loaded one. O(1) and the loader.
   *
   * @return null only if the loader returned null, which sets nothing
   * @throws IllegalStateException if the loader asks for the same key again, directly or over other
   *     loaders that wait for each other, and inside {@link Store#atomically}
   */
  @Nullable V getOrLoad(Supplier<? extends @Nullable V> loader);

  /**
   * As {@link #getOrLoad(Supplier)}; a loaded value gets a lifetime.
   *
   * @param lifetime positive, in whole milliseconds rounded up
   * @throws IllegalArgumentException if the lifetime is not positive, or too long for 64 bits
   */
  @Nullable V getOrLoad(Duration lifetime, Supplier<? extends @Nullable V> loader);

  /**
   * Adds bytes to the end of the value, which begins empty if there is none. Redis: APPEND. O(1)
   * amortized.
   *
   * @return the length in bytes afterwards
   * @throws StoreException if the value would be longer than 512 MB
   */
  long append(V suffix);

  /** Returns the length of the value in bytes, 0 if there is none. Redis: STRLEN. O(1). */
  long length();

  /**
   * Returns a part of the value's bytes, empty if there is none. Redis: GETRANGE. O(n) in the part.
   *
   * @param start index of the first byte; negative counts from the end
   * @param end index of the last byte, included; negative counts from the end, and what is before
   *     the first byte means the first
   * @throws CodecException if the part alone is not the codec's (half a character of text)
   */
  V getRange(long start, long end);

  /**
   * Returns the longest sequence of bytes that this value and another key's have in common, in
   * order but perhaps with gaps; a missing value is empty. Redis: LCS. O(n·m) in the lengths.
   *
   * <p>Of several of the same length it is the one that Redis answers with.
   *
   * @param otherKey a key, perhaps this one's
   * @throws WrongTypeException if a key holds another type; in Redis's words for this command
   * @throws StoreException if the lengths, each one more, make a product above 134,217,728
   * @throws CodecException if the bytes are not the codec's (half a character of text)
   * @see <a href="https://redis.io/docs/latest/commands/lcs/">LCS</a>
   */
  V commonSubsequence(String otherKey);

  /**
   * Returns the length in bytes of {@link #commonSubsequence}. Redis: LCS LEN. O(n·m).
   *
   * @throws WrongTypeException as there
   * @throws StoreException as there
   * @see <a href="https://redis.io/docs/latest/commands/lcs/">LCS</a>
   */
  long commonSubsequenceLength(String otherKey);

  /**
   * Returns where the parts of {@link #commonSubsequence} are in both values, the last part first.
   * Redis: LCS IDX MINMATCHLEN WITHMATCHLEN. O(n·m).
   *
   * @param minLength in bytes: shorter parts are left out; 0 or less for none
   * @throws WrongTypeException as there
   * @throws StoreException as there
   * @see <a href="https://redis.io/docs/latest/commands/lcs/">LCS</a>
   */
  List<CommonPart> commonParts(String otherKey, long minLength);

  /**
   * Writes bytes over the value from an offset on; a gap is filled with zero bytes. Redis:
   * SETRANGE. O(n) in the bytes written.
   *
   * @param offset in bytes, from 0
   * @return the length in bytes afterwards
   * @throws IllegalArgumentException if the offset is negative
   * @throws StoreException if the value would be longer than 512 MB
   */
  long setRange(long offset, V bytes);
}
