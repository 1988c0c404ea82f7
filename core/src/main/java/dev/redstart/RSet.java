// SPDX-License-Identifier: Apache-2.0
package dev.redstart;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A key that holds members, each once, in no order.
 *
 * <p>Safe for many threads; see {@link RObject} for what all handles share. Members are compared by
 * the bytes that the codec makes of them. Sets that are returned are copies, compared as their
 * objects compare: what has other bytes but is equal comes once. Complexities speak of a set of n
 * members.
 *
 * @param <E> the type of the members
 * @see <a href="https://redis.io/docs/latest/develop/data-types/sets/">Redis sets</a>
 */
public interface RSet<E> extends RObject {

  // Members.

  /**
   * Adds a member; false if it was there. Redis: SADD. O(1).
   *
   * @see <a href="https://redis.io/docs/latest/commands/sadd/">SADD</a>
   */
  boolean add(E member);

  /**
   * Adds members and returns how many are new. Redis: SADD. O(k).
   *
   * @throws IllegalArgumentException if there is none
   */
  long add(Collection<? extends E> members);

  /** As {@link #add(Collection)}. */
  @SuppressWarnings("unchecked") // the array is only read
  long add(E... members);

  /**
   * Removes a member; false if it was not there. Redis: SREM. O(1).
   *
   * @see <a href="https://redis.io/docs/latest/commands/srem/">SREM</a>
   */
  boolean remove(E member);

  /**
   * Removes members and returns how many were there. Redis: SREM. O(k).
   *
   * @throws IllegalArgumentException if there is none
   */
  long removeAll(Collection<? extends E> members);

  /** As {@link #removeAll(Collection)}. */
  @SuppressWarnings("unchecked") // the array is only read
  long removeAll(E... members);

  /**
   * Tells whether a member is there. Redis: SISMEMBER. O(1).
   *
   * @see <a href="https://redis.io/docs/latest/commands/sismember/">SISMEMBER</a>
   */
  boolean contains(E member);

  /**
   * Tells of each member whether it is there, in their order. Redis: SMISMEMBER. O(k).
   *
   * @throws IllegalArgumentException if there is none
   * @see <a href="https://redis.io/docs/latest/commands/smismember/">SMISMEMBER</a>
   */
  List<Boolean> containsEach(Collection<? extends E> members);

  /**
   * Returns the number of members. Redis: SCARD. O(1).
   *
   * @see <a href="https://redis.io/docs/latest/commands/scard/">SCARD</a>
   */
  long size();

  /**
   * Returns all members. Redis: SMEMBERS. O(n), during which nobody waits.
   *
   * @see <a href="https://redis.io/docs/latest/commands/smembers/">SMEMBERS</a>
   */
  Set<E> members();

  /**
   * Moves a member to another set; false if it is not there. Redis: SMOVE. O(1).
   *
   * @param destination a key, perhaps this one, where nothing changes
   * @throws WrongTypeException if the destination holds something else; not if this key is missing
   * @see <a href="https://redis.io/docs/latest/commands/smove/">SMOVE</a>
   */
  boolean moveTo(String destination, E member);

  // Random members.

  /**
   * Returns some member, each with the same chance, or null. Redis: SRANDMEMBER. O(1).
   *
   * @see <a href="https://redis.io/docs/latest/commands/srandmember/">SRANDMEMBER</a>
   */
  @Nullable E random();

  /**
   * Returns up to {@code count} different members, chosen at random. Redis: SRANDMEMBER count.
   * O(k), or O(n) for more than a third of them.
   *
   * @throws IllegalArgumentException if the count is negative
   */
  List<E> random(long count);

  /**
   * Returns exactly {@code count} members, each chosen anew, so that some may come more than once;
   * none if the set is empty. Redis: SRANDMEMBER with a negative count. O(k).
   *
   * @throws IllegalArgumentException if the count is negative or above {@code Integer.MAX_VALUE -
   *     8}
   */
  List<E> randomWithRepeats(long count);

  /**
   * Takes some member, each with the same chance, or returns null. Redis: SPOP. O(1).
   *
   * @see <a href="https://redis.io/docs/latest/commands/spop/">SPOP</a>
   */
  @Nullable E pop();

  /**
   * Takes up to {@code count} members, chosen at random. Redis: SPOP count. O(k), or O(n) for more
   * than a third of them.
   *
   * @throws IllegalArgumentException if the count is negative
   */
  List<E> pop(long count);

  // Set algebra. This set comes first, then the others in their order; a missing key is empty.

  /** Returns the members of this or any other set. Redis: SUNION. O(m) in the sum of the sizes. */
  default Set<E> union(String... otherKeys) {
    return union(List.of(otherKeys));
  }

  /**
   * As {@link #union(String...)}.
   *
   * @see <a href="https://redis.io/docs/latest/commands/sunion/">SUNION</a>
   */
  Set<E> union(Collection<String> otherKeys);

  /**
   * Puts the union in place of whatever a key holds, and returns its size; an empty one removes the
   * key. Redis: SUNIONSTORE. O(m) in the sum of the sizes less the greatest.
   *
   * @param destination a key, perhaps one of the sets'
   */
  default long storeUnion(String destination, String... otherKeys) {
    return storeUnion(destination, List.of(otherKeys));
  }

  /**
   * As {@link #storeUnion(String, String...)}.
   *
   * @see <a href="https://redis.io/docs/latest/commands/sunionstore/">SUNIONSTORE</a>
   */
  long storeUnion(String destination, Collection<String> otherKeys);

  /** Returns the members of all the sets. Redis: SINTER. O(s·k), the smallest size by k sets. */
  default Set<E> intersect(String... otherKeys) {
    return intersect(List.of(otherKeys));
  }

  /**
   * As {@link #intersect(String...)}.
   *
   * @see <a href="https://redis.io/docs/latest/commands/sinter/">SINTER</a>
   */
  Set<E> intersect(Collection<String> otherKeys);

  /**
   * Puts the intersection in place of whatever a key holds, and returns its size; an empty one
   * removes the key. Redis: SINTERSTORE. O(s·k).
   *
   * @param destination a key, perhaps one of the sets'
   */
  default long storeIntersection(String destination, String... otherKeys) {
    return storeIntersection(destination, List.of(otherKeys));
  }

  /**
   * As {@link #storeIntersection(String, String...)}.
   *
   * @see <a href="https://redis.io/docs/latest/commands/sinterstore/">SINTERSTORE</a>
   */
  long storeIntersection(String destination, Collection<String> otherKeys);

  /** Counts the members of all the sets. Redis: SINTERCARD. O(s·k). */
  default long intersectSize(String... otherKeys) {
    return intersectSize(Long.MAX_VALUE, List.of(otherKeys));
  }

  /**
   * Counts the members of all the sets, up to a limit. Redis: SINTERCARD LIMIT. O(s·k).
   *
   * @param limit where to stop counting; 0 for no limit
   * @throws IllegalArgumentException if the limit is negative
   * @see <a href="https://redis.io/docs/latest/commands/sintercard/">SINTERCARD</a>
   */
  long intersectSize(long limit, Collection<String> otherKeys);

  /** Returns the members of this set that are in no other. Redis: SDIFF. O(n·k). */
  default Set<E> difference(String... otherKeys) {
    return difference(List.of(otherKeys));
  }

  /**
   * As {@link #difference(String...)}.
   *
   * @see <a href="https://redis.io/docs/latest/commands/sdiff/">SDIFF</a>
   */
  Set<E> difference(Collection<String> otherKeys);

  /**
   * Puts the difference in place of whatever a key holds, and returns its size; an empty one
   * removes the key. Redis: SDIFFSTORE. O(n·k).
   *
   * @param destination a key, perhaps one of the sets'
   */
  default long storeDifference(String destination, String... otherKeys) {
    return storeDifference(destination, List.of(otherKeys));
  }

  /**
   * As {@link #storeDifference(String, String...)}.
   *
   * @see <a href="https://redis.io/docs/latest/commands/sdiffstore/">SDIFFSTORE</a>
   */
  long storeDifference(String destination, Collection<String> otherKeys);

  // Scans.

  /**
   * Returns one step of a scan. Redis: SSCAN. O(count).
   *
   * <p>Guarantees as for {@link RKeys#scan(long, ScanOptions)}; a small set is returned in one
   * step.
   *
   * @param cursor 0 to begin, then what the step before returned
   * @param options a glob for the members' bytes and a count; a type is refused
   * @throws IllegalArgumentException if the options name a type, or the cursor is negative
   * @see <a href="https://redis.io/docs/latest/commands/sscan/">SSCAN</a>
   */
  ScanPage<E> scan(long cursor, ScanOptions options);

  /** Returns all members that options ask for, scanned step by step as they are iterated over. */
  Iterable<E> scan(ScanOptions options);

  // As a set of Java.

  /**
   * Returns the set as a live set of Java: reads and writes go through to the key, nothing is
   * copied.
   *
   * <p>Every method is atomic but for those over several members. Iterators are weakly consistent.
   * Nothing may be null. A key that comes to hold another type makes it throw {@link
   * WrongTypeException}.
   */
  Set<E> asSet();
}
