// SPDX-License-Identifier: Apache-2.0
package dev.redstart;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What every handle of a key can do, whatever the key holds.
 *
 * <p>Safe for many threads. A handle is a view of its key: obtaining one creates nothing, a missing
 * key reads as empty, and a key whose collection becomes empty is gone. Each method is atomic. A
 * method throws {@link WrongTypeException} if the key holds another type than the handle's, {@link
 * StoreClosedException} after the store was closed, {@link GroupFullException} if it would make a
 * key for which a limited group has no room, and {@link NullPointerException} for a null argument;
 * where a method says nothing more, it throws nothing more.
 */
public interface RObject {
  /** Returns the key as it was given. */
  String key();

  /** Tells whether the key holds anything, of whatever type. Redis: EXISTS. O(1). */
  boolean exists();

  /** Removes the key, of whatever type; false if there was none. Redis: DEL. O(1). */
  boolean delete();

  /**
   * Moves what the key holds, with its deadline, to another key, whose own content is lost; this
   * handle stays with the old key. Redis: RENAME. O(1).
   *
   * @throws NoSuchKeyException if the key does not exist
   */
  void rename(String newKey);

  /**
   * Lets the key expire after a time; false if there is no such key. Redis: PEXPIRE. O(1).
   *
   * @param lifetime from now on, in whole milliseconds rounded up; zero removes the key at once
   * @throws IllegalArgumentException if the lifetime is negative or its end past what 64 bits of
   *     milliseconds can say
   */
  boolean expire(Duration lifetime);

  /**
   * Lets the key expire at a time; false if there is no such key. Redis: PEXPIREAT. O(1).
   *
   * @param deadline to the millisecond; one that has passed removes the key at once
   * @throws IllegalArgumentException if 64 bits of milliseconds cannot say it
   */
  boolean expireAt(Instant deadline);

  /** Takes the key's deadline away; false if it had none. Redis: PERSIST. O(1). */
  boolean persist();

  /**
   * Returns how long the key has to live, or null if it has no deadline or does not exist. Redis:
   * PTTL. O(1).
   */
  @Nullable Duration timeToLive();
}
