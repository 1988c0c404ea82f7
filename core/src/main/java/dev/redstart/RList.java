// SPDX-License-Identifier: Apache-2.0
package dev.redstart;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.BlockingDeque;
import org.jspecify.annotations.Nullable;

/**
 * A key that holds elements in the order in which they were put there, the same one often perhaps.
 *
 * <p>Safe for many threads; see {@link RObject} for what all handles share. Elements are compared
 * by the bytes that the codec makes of them. Indexes count from 0 at the left end, negative ones
 * from -1 at the right end. Complexities speak of a list of n elements; what Redis does in O(n) by
 * index takes O(log n) here. Blocking methods are served in the order of their calls, and take
 * nothing when they end by timeout or interrupt; inside {@link Store#atomically} they answer at
 * once.
 *
 * @param <E> the type of the elements
 * @see <a href="https://redis.io/docs/latest/develop/data-types/lists/">Redis lists</a>
 */
public interface RList<E> extends RObject {

  // Pushing.

  /**
   * Puts an element before all others and returns the size. Redis: LPUSH. O(1).
   *
   * @see <a href="https://redis.io/docs/latest/commands/lpush/">LPUSH</a>
   */
  long pushLeft(E element);

  /**
   * Puts elements before all others, one after the other, so that the last one comes to stand
   * first, and returns the size. Redis: LPUSH. O(k).
   *
   * @throws IllegalArgumentException if there is none
   */
  long pushLeft(Collection<? extends E> elements);

  /** As {@link #pushLeft(Collection)}. */
  @SuppressWarnings("unchecked") // the array is only read
  long pushLeft(E... elements);

  /**
   * Puts an element after all others and returns the size. Redis: RPUSH. O(1).
   *
   * @see <a href="https://redis.io/docs/latest/commands/rpush/">RPUSH</a>
   */
  long pushRight(E element);

  /**
   * Puts elements after all others, in their order, and returns the size. Redis: RPUSH. O(k).
   *
   * @throws IllegalArgumentException if there is none
   */
  long pushRight(Collection<? extends E> elements);

  /** As {@link #pushRight(Collection)}. */
  @SuppressWarnings("unchecked") // the array is only read
  long pushRight(E... elements);

  /**
   * As {@link #pushLeft(Object)} if the key exists; returns 0 if not. Redis: LPUSHX. O(1).
   *
   * @see <a href="https://redis.io/docs/latest/commands/lpushx/">LPUSHX</a>
   */
  long pushLeftIfPresent(E element);

  /** As {@link #pushLeft(Collection)} if the key exists; returns 0 if not. Redis: LPUSHX. O(k). */
  long pushLeftIfPresent(Collection<? extends E> elements);

  /** As {@link #pushLeftIfPresent(Collection)}. */
  @SuppressWarnings("unchecked") // the array is only read
  long pushLeftIfPresent(E... elements);

  /**
   * As {@link #pushRight(Object)} if the key exists; returns 0 if not. Redis: RPUSHX. O(1).
   *
   * @see <a href="https://redis.io/docs/latest/commands/rpushx/">RPUSHX</a>
   */
  long pushRightIfPresent(E element);

  /** As {@link #pushRight(Collection)} if the key exists; returns 0 if not. Redis: RPUSHX. O(k). */
  long pushRightIfPresent(Collection<? extends E> elements);

  /** As {@link #pushRightIfPresent(Collection)}. */
  @SuppressWarnings("unchecked") // the array is only read
  long pushRightIfPresent(E... elements);

  /**
   * Inserts an element before the first occurrence of another and returns the size; -1 if the other
   * is not there, 0 if the key is missing. Redis: LINSERT BEFORE. O(n).
   *
   * @see <a href="https://redis.io/docs/latest/commands/linsert/">LINSERT</a>
   */
  long insertBefore(E pivot, E element);

  /** As {@link #insertBefore}, after the other. Redis: LINSERT AFTER. O(n). */
  long insertAfter(E pivot, E element);

  // Popping.

  /**
   * Takes the first element, or returns null. Redis: LPOP. O(1).
   *
   * @see <a href="https://redis.io/docs/latest/commands/lpop/">LPOP</a>
   */
  @Nullable E popLeft();

  /**
   * Takes the last element, or returns null. Redis: RPOP. O(1).
   *
   * @see <a href="https://redis.io/docs/latest/commands/rpop/">RPOP</a>
   */
  @Nullable E popRight();

  /**
   * Takes up to {@code count} elements from the left end, the first one first. Redis: LPOP count.
   * O(k).
   *
   * @throws IllegalArgumentException if the count is negative
   */
  List<E> popLeft(long count);

  /**
   * Takes up to {@code count} elements from the right end, the last one first. Redis: RPOP count.
   * O(k).
   *
   * @throws IllegalArgumentException if the count is negative
   */
  List<E> popRight(long count);

  /**
   * Takes the first element, waiting for one if there is none. Redis: BLPOP. O(1).
   *
   * @param timeout how long to wait at most; zero does not wait, and one too long for 64 bits of
   *     nanoseconds waits without limit
   * @return null after the timeout
   * @throws IllegalArgumentException if the timeout is negative
   * @throws InterruptedException if the thread is interrupted while it waits; nothing is taken then
   * @see <a href="https://redis.io/docs/latest/commands/blpop/">BLPOP</a>
   */
  @Nullable E popLeft(Duration timeout) throws InterruptedException;

  /**
   * As {@link #popLeft(Duration)}, the last element. Redis: BRPOP. O(1).
   *
   * @see <a href="https://redis.io/docs/latest/commands/brpop/">BRPOP</a>
   */
  @Nullable E popRight(Duration timeout) throws InterruptedException;

  /**
   * Takes up to {@code count} elements from an end of the first of this key and the others that has
   * any, or returns null. Redis: LMPOP. O(keys + k).
   *
   * @throws IllegalArgumentException if the count is not positive
   * @see <a href="https://redis.io/docs/latest/commands/lmpop/">LMPOP</a>
   */
  @Nullable PoppedElements<E> popFirstNonEmpty(
      ListEnd from, long count, Collection<String> otherKeys);

  /**
   * As {@link #popFirstNonEmpty(ListEnd, long, Collection)}, waiting until one of the keys has an
   * element. Redis: BLMPOP, BLPOP and BRPOP of several keys.
   *
   * @param timeout as in {@link #popLeft(Duration)}
   * @return null after the timeout
   * @throws InterruptedException if the thread is interrupted while it waits; nothing is taken then
   * @see <a href="https://redis.io/docs/latest/commands/blmpop/">BLMPOP</a>
   */
  @Nullable PoppedElements<E> popFirstNonEmpty(
      ListEnd from, long count, Collection<String> otherKeys, Duration timeout)
      throws InterruptedException;

  /**
   * Takes an element from an end, puts it at an end of another list and returns it, or null if
   * there is none; all in one step. Redis: LMOVE, RPOPLPUSH. O(1).
   *
   * @param destination the other list's key; the list's own key rotates it
   * @throws WrongTypeException also if the destination holds something else; nothing is moved then
   * @see <a href="https://redis.io/docs/latest/commands/lmove/">LMOVE</a>
   */
  @Nullable E moveTo(String destination, ListEnd from, ListEnd to);

  /**
   * As {@link #moveTo(String, ListEnd, ListEnd)}, waiting for an element if there is none. Redis:
   * BLMOVE, BRPOPLPUSH. O(1).
   *
   * @param timeout as in {@link #popLeft(Duration)}
   * @return null after the timeout
   * @throws InterruptedException if the thread is interrupted while it waits; nothing is moved then
   * @see <a href="https://redis.io/docs/latest/commands/blmove/">BLMOVE</a>
   */
  @Nullable E moveTo(String destination, ListEnd from, ListEnd to, Duration timeout)
      throws InterruptedException;

  // Reading.

  /**
   * Returns elements by index. Redis: LRANGE. O(log n + k).
   *
   * @param start index of the first; negative counts from the end
   * @param stop index of the last, included; negative counts from the end
   * @see <a href="https://redis.io/docs/latest/commands/lrange/">LRANGE</a>
   */
  List<E> range(long start, long stop);

  /**
   * Returns the element at an index, or null. Redis: LINDEX. O(log n).
   *
   * @param index negative counts from the end
   * @see <a href="https://redis.io/docs/latest/commands/lindex/">LINDEX</a>
   */
  @Nullable E get(long index);

  /**
   * Returns the number of elements. Redis: LLEN. O(1).
   *
   * @see <a href="https://redis.io/docs/latest/commands/llen/">LLEN</a>
   */
  long size();

  /** Returns the index of an element's first occurrence, or null. Redis: LPOS. O(n). */
  default @Nullable Long indexOf(E element) {
    return indexOf(element, PositionOptions.fromLeft());
  }

  /**
   * Returns the index of an occurrence of an element, or null. Redis: LPOS RANK MAXLEN. O(n).
   *
   * @see <a href="https://redis.io/docs/latest/commands/lpos/">LPOS</a>
   */
  @Nullable Long indexOf(E element, PositionOptions options);

  /**
   * Returns the indexes of occurrences of an element, in the order in which they are found. Redis:
   * LPOS COUNT. O(n).
   *
   * @param count how many to return at most; 0 for all
   * @throws IllegalArgumentException if the count is negative
   */
  List<Long> indexesOf(E element, long count, PositionOptions options);

  // Changing and removing.

  /**
   * Puts an element in the place of the one at an index. Redis: LSET. O(log n).
   *
   * @param index negative counts from the end
   * @throws NoSuchKeyException if the key is missing
   * @throws IndexOutOfBoundsException if there is no element at the index
   * @see <a href="https://redis.io/docs/latest/commands/lset/">LSET</a>
   */
  void set(long index, E element);

  /**
   * Removes occurrences of an element and returns how many. Redis: LREM. O(n).
   *
   * @param count how many to remove at most, from the left end on; a negative number from the right
   *     end on; 0 for all
   * @see <a href="https://redis.io/docs/latest/commands/lrem/">LREM</a>
   */
  long remove(long count, E element);

  /**
   * Removes all elements but those of a range. Redis: LTRIM. O(log n), and O(1) for each leaf of
   * about a hundred elements that goes.
   *
   * @param start index of the first to keep; negative counts from the end
   * @param stop index of the last to keep; negative counts from the end
   * @see <a href="https://redis.io/docs/latest/commands/ltrim/">LTRIM</a>
   */
  void trim(long start, long stop);

  // As collections of Java.

  /**
   * Returns the list as a live list of Java: reads and writes go through to the key, nothing is
   * copied.
   *
   * <p>Every method is atomic but for those over several elements. Iterators are weakly consistent:
   * they walk by index, and never fail because others change the list. Nothing may be null. A key
   * that comes to hold another type makes it throw {@link WrongTypeException}. Inserting or
   * removing by index in the middle is O(log n) here; Redis has no command for it, so the effect
   * marks the place for a moment, and costs O(n) where it is replayed.
   */
  List<E> asList();

  /**
   * Returns the list as a live deque without a bound, whose first element is the left one.
   *
   * <p>As {@link #asList}. Its blocking methods are those of this list, served in the order of
   * their calls; inside {@link Store#atomically} {@code take} throws {@link IllegalStateException}
   * where it would wait.
   */
  BlockingDeque<E> asDeque();
}
