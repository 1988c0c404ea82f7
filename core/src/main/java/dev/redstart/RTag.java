// SPDX-License-Identifier: Apache-2.0
package dev.redstart;

import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * A name that keys carry, so that they can be found and deleted together.
 *
 * <p>Safe for many threads; each method is atomic. A tag belongs to its database. It is a Redis set
 * at the key {@link #KEY_PREFIX} with the name, whose members are the names of the tagged keys:
 * {@code SMEMBERS redstart:tag:news} lists them, over the wire and in files that a Redis reads.
 *
 * <p>A key keeps its tags as long as it is the same key: writing to it, SET over it too, changes
 * nothing. When it is deleted, expires, becomes empty, moves to another database or is overwritten
 * by a renamed or copied key or a stored answer ({@code SUNIONSTORE}, {@code SORT STORE}), it
 * leaves its tags in the same moment and in the same recorded batch. A key that is renamed takes
 * its tags to the new name; a copy has none. So nobody sees a key in a tag that does not exist, but
 * for one case: a look at the Redis set itself may still find a key whose deadline has passed and
 * which nobody has reclaimed yet.
 *
 * <p>A tag's set may be read like any set. It may be changed with {@link RSet#add} and {@link
 * RSet#remove}, which then do as {@link #add(String)} and {@link #remove(String)}, and deleted,
 * which does as {@link #delete()}; so a recorded log can be replayed. Every other write that names
 * such a key, be it only as a source, is an {@link IllegalArgumentException}, or a {@link
 * WrongTypeException} if it looks at the set's type first. Tags cannot be tagged.
 *
 * <p>Inside {@link Store#atomically} the tag's {@link #key()} has to be declared, and each key that
 * is tagged, untagged, asked for or deleted; to declare a tag holds all keys of the store. That a
 * tagged key leaves its tags because the body deletes it needs no declaration.
 */
public interface RTag {
  /** What the keys of all tags begin with. */
  String KEY_PREFIX = "redstart:tag:";

  /** Returns the name as it was given. */
  String name();

  /** Returns the key of the tag's Redis set. */
  String key();

  /**
   * Tags a key; false if it does not exist, or has the tag. Redis: SADD. O(log t) for a key with t
   * tags.
   *
   * @throws IllegalArgumentException if the key is a tag's
   * @see <a href="https://redis.io/docs/latest/commands/sadd/">SADD</a>
   */
  boolean add(String key);

  /**
   * Tags keys and returns how many are new: those that exist and did not have the tag. Redis: SADD.
   * O(k).
   *
   * @throws IllegalArgumentException if there is none, or one is a tag's; then none is tagged
   */
  long add(Collection<String> keys);

  /** As {@link #add(Collection)}. */
  default long add(String... keys) {
    return add(List.of(keys));
  }

  /**
   * Takes the tag from a key, which stays; false if it did not have it. Redis: SREM. O(log t).
   *
   * @throws IllegalArgumentException if the key is a tag's
   * @see <a href="https://redis.io/docs/latest/commands/srem/">SREM</a>
   */
  boolean remove(String key);

  /**
   * Takes the tag from keys, which stay, and returns how many had it. Redis: SREM. O(k).
   *
   * @throws IllegalArgumentException if there is none, or one is a tag's
   */
  long remove(Collection<String> keys);

  /** As {@link #remove(Collection)}. */
  default long remove(String... keys) {
    return remove(List.of(keys));
  }

  /** Tells whether a key exists and has the tag. Redis: SISMEMBER. O(1). */
  boolean contains(String key);

  /**
   * Returns the keys that have the tag, all of one moment and in no order. Redis: SMEMBERS. O(n).
   */
  Set<String> keys();

  /** Returns how many keys have the tag. Redis: SCARD. O(stripes). */
  long size();

  /**
   * Deletes the keys that have the tag and returns how many there were. Redis: DEL. O(n).
   *
   * <p>Each key goes with all its entries in one moment, but not all keys in the same; a key that
   * is tagged meanwhile stays. Inside {@link Store#atomically} they all go together.
   */
  long deleteKeys();

  /** Forgets the tag, and leaves the keys; false if no key had it. Redis: DEL. O(n). */
  boolean delete();
}
