// SPDX-License-Identifier: Apache-2.0
package dev.redstart;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A key that holds members, each once, ordered by score and among equal scores by bytes.
 *
 * <p>Safe for many threads; see {@link RObject} for what all handles share. Members are compared by
 * the bytes that the codec makes of them. Complexities speak of a set of n members. Blocking
 * methods are served in the order of their calls, and take nothing when they end by timeout or
 * interrupt; inside {@link Store#atomically} they answer at once.
 *
 * @param <E> the type of the members
 * @see <a href="https://redis.io/docs/latest/develop/data-types/sorted-sets/">Redis sorted sets</a>
 */
public interface RSortedSet<E> extends RObject {

  // Adding and scores.

  /**
   * Adds a member, or gives it a new score; true if it is new. Redis: ZADD. O(log n).
   *
   * @throws IllegalArgumentException if the score is not a number; infinite ones are
   */
  default boolean add(E member, double score) {
    return add(member, score, AddCondition.ALWAYS).added() > 0;
  }

  /** As {@link #add(Object, double)}, under a condition. Redis: ZADD NX XX GT LT CH. O(log n). */
  AddResult add(E member, double score, AddCondition condition);

  /**
   * Adds members or gives them new scores, and returns how many are new. Redis: ZADD. O(k log n).
   *
   * @throws IllegalArgumentException if there is none, or a score is not a number
   */
  default long add(Map<? extends E, Double> members) {
    return add(members, AddCondition.ALWAYS).added();
  }

  /** As {@link #add(Map)}, under a condition for each member. O(k log n). */
  AddResult add(Map<? extends E, Double> members, AddCondition condition);

  /**
   * Adds members or gives them new scores, and returns how many are new; of one that is named twice
   * the last score counts. Redis: ZADD. O(k log n).
   *
   * @throws IllegalArgumentException if there is none, or a score is not a number
   */
  default long add(Collection<? extends Scored<? extends E>> members) {
    return add(members, AddCondition.ALWAYS).added();
  }

  /** As {@link #add(Collection)}. */
  @SuppressWarnings("unchecked") // the array is only read
  default long add(Scored<? extends E>... members) {
    return add(List.of(members));
  }

  /** As {@link #add(Collection)}, under a condition for each member. O(k log n). */
  AddResult add(Collection<? extends Scored<? extends E>> members, AddCondition condition);

  /**
   * Adds to a member's score, which begins at 0 if it is not there, and returns the sum. Redis:
   * ZINCRBY. O(log n).
   *
   * @throws IllegalArgumentException if {@code delta} is not a number
   * @throws NumberOverflowException if the sum would not be a number (of opposite infinities)
   */
  double increment(E member, double delta);

  /**
   * As {@link #increment(Object, double)}, under a condition; null if it does not hold. Redis: ZADD
   * INCR. O(log n).
   */
  @Nullable Double increment(E member, double delta, AddCondition condition);

  /** Returns a member's score, or null if it is not there. Redis: ZSCORE. O(1). */
  @Nullable Double score(E member);

  /**
   * Returns the scores of members, in their order, null for each that is not there. Redis: ZMSCORE.
   * O(k).
   *
   * @throws IllegalArgumentException if there is none
   */
  List<@Nullable Double> scores(Collection<? extends E> members);

  /** As {@link #scores(Collection)}. */
  @SuppressWarnings("unchecked") // the array is only read
  List<@Nullable Double> scores(E... members);

  /** Tells whether a member is there. Redis: ZSCORE. O(1). */
  boolean contains(E member);

  /** Returns the number of members. Redis: ZCARD. O(1). */
  long size();

  // Ranks and counts.

  /**
   * Returns how many members stand before one, or null if it is not there. Redis: ZRANK. O(log n).
   */
  @Nullable Long rank(E member);

  /** Returns how many members stand after one, or null. Redis: ZREVRANK. O(log n). */
  @Nullable Long reverseRank(E member);

  /** Returns a member's rank and score, or null. Redis: ZRANK WITHSCORE (7.2). O(log n). */
  @Nullable Ranked rankWithScore(E member);

  /** Returns a member's reverse rank and score, or null. Redis: ZREVRANK WITHSCORE. O(log n). */
  @Nullable Ranked reverseRankWithScore(E member);

  /**
   * Counts the members with scores from min to max, both included. Redis: ZCOUNT. O(log n).
   *
   * @throws IllegalArgumentException if an end is not a number
   */
  default long count(double min, double max) {
    return count(ScoreRange.closed(min, max));
  }

  /** Counts the members with such scores. Redis: ZCOUNT. O(log n). */
  long count(ScoreRange range);

  /** Counts such members of a set of equal scores. Redis: ZLEXCOUNT. O(log n). */
  long lexCount(MemberRange<E> range);

  // Ranges.

  /**
   * Returns members by rank, lowest score first. Redis: ZRANGE. O(log n + k).
   *
   * @param start index of the first; negative counts from the end
   * @param stop index of the last, included; negative counts from the end
   */
  default List<E> range(long start, long stop) {
    return range(SortedRange.byRank(start, stop));
  }

  /** As {@link #range(long, long)}, with scores. Redis: ZRANGE WITHSCORES. O(log n + k). */
  default List<Scored<E>> rangeWithScores(long start, long stop) {
    return rangeWithScores(SortedRange.byRank(start, stop));
  }

  /** Returns members by rank, highest score first. Redis: ZREVRANGE. O(log n + k). */
  default List<E> reverseRange(long start, long stop) {
    return range(SortedRange.<E>byRank(start, stop).reversed());
  }

  /** As {@link #reverseRange}, with scores. Redis: ZREVRANGE WITHSCORES. O(log n + k). */
  default List<Scored<E>> reverseRangeWithScores(long start, long stop) {
    return rangeWithScores(SortedRange.<E>byRank(start, stop).reversed());
  }

  /**
   * Returns members with scores from min to max, both included, lowest first. Redis: ZRANGEBYSCORE.
   * O(log n + k).
   *
   * @throws IllegalArgumentException if an end is not a number
   */
  default List<E> rangeByScore(double min, double max) {
    return range(SortedRange.byScore(ScoreRange.closed(min, max)));
  }

  /** Returns members with such scores, lowest first. Redis: ZRANGEBYSCORE. O(log n + k). */
  default List<E> rangeByScore(ScoreRange range) {
    return range(SortedRange.byScore(range));
  }

  /** Returns such members of a set of equal scores. Redis: ZRANGEBYLEX. O(log n + k). */
  default List<E> rangeByMember(MemberRange<E> range) {
    return range(SortedRange.byMember(range));
  }

  /** Returns any part of the set. Redis: ZRANGE with all its options. O(log n + k). */
  List<E> range(SortedRange<E> range);

  /** Returns any part of the set, with scores. Redis: ZRANGE WITHSCORES. O(log n + k). */
  List<Scored<E>> rangeWithScores(SortedRange<E> range);

  /**
   * Puts a part of the set in place of whatever another key holds, and returns its size; an empty
   * part removes the key. Redis: ZRANGESTORE. O(log n + k).
   *
   * @param destination a key, perhaps this one
   */
  long storeRange(String destination, SortedRange<E> range);

  // Removing.

  /** Removes a member; false if it was not there. Redis: ZREM. O(log n). */
  boolean remove(E member);

  /**
   * Removes members and returns how many were there. Redis: ZREM. O(k log n).
   *
   * @throws IllegalArgumentException if there is none
   */
  long removeAll(Collection<? extends E> members);

  /** As {@link #removeAll(Collection)}. */
  @SuppressWarnings("unchecked") // the array is only read
  long removeAll(E... members);

  /**
   * Removes members by rank and returns how many. Redis: ZREMRANGEBYRANK. O(log n + k).
   *
   * @param start index of the first; negative counts from the end
   * @param stop index of the last, included; negative counts from the end
   */
  default long removeRange(long start, long stop) {
    return removeRange(SortedRange.byRank(start, stop));
  }

  /**
   * Removes a part of the set and returns how many members that were. Redis: ZREMRANGEBYRANK,
   * ZREMRANGEBYSCORE, ZREMRANGEBYLEX. O(log n + k).
   *
   * @throws IllegalArgumentException if the range is reversed or limited
   */
  long removeRange(SortedRange<E> range);

  /** Takes the member with the lowest score, or null. Redis: ZPOPMIN. O(log n). */
  @Nullable Scored<E> popMin();

  /** Takes the member with the highest score, or null. Redis: ZPOPMAX. O(log n). */
  @Nullable Scored<E> popMax();

  /**
   * Takes up to {@code count} members with the lowest scores, lowest first. Redis: ZPOPMIN. O(k log
   * n).
   *
   * @throws IllegalArgumentException if the count is negative
   */
  List<Scored<E>> popMin(long count);

  /**
   * Takes up to {@code count} members with the highest scores, highest first. Redis: ZPOPMAX. O(k
   * log n).
   *
   * @throws IllegalArgumentException if the count is negative
   */
  List<Scored<E>> popMax(long count);

  /**
   * Takes the member with the lowest score, waiting for one if there is none. Redis: BZPOPMIN.
   * O(log n).
   *
   * @param timeout how long to wait at most; zero does not wait, and one too long for 64 bits of
   *     nanoseconds waits without limit
   * @return null after the timeout
   * @throws IllegalArgumentException if the timeout is negative
   * @throws InterruptedException if the thread is interrupted while it waits; nothing is taken then
   */
  @Nullable Scored<E> popMin(Duration timeout) throws InterruptedException;

  /** As {@link #popMin(Duration)}, with the highest score. Redis: BZPOPMAX. O(log n). */
  @Nullable Scored<E> popMax(Duration timeout) throws InterruptedException;

  /**
   * Takes up to {@code count} members with the lowest scores from the first of this key and the
   * others that has any, or returns null. Redis: ZMPOP MIN. O(keys + k log n).
   *
   * @throws IllegalArgumentException if the count is not positive
   */
  @Nullable Popped<E> popMinOfAny(long count, Collection<String> otherKeys);

  /** As {@link #popMinOfAny(long, Collection)}, with the highest scores. Redis: ZMPOP MAX. */
  @Nullable Popped<E> popMaxOfAny(long count, Collection<String> otherKeys);

  /**
   * As {@link #popMinOfAny(long, Collection)}, waiting until one of the keys has a member. Redis:
   * BZMPOP MIN, BZPOPMIN of several keys.
   *
   * @param timeout as in {@link #popMin(Duration)}
   * @return null after the timeout
   * @throws InterruptedException if the thread is interrupted while it waits; nothing is taken then
   */
  @Nullable Popped<E> popMinOfAny(long count, Collection<String> otherKeys, Duration timeout)
      throws InterruptedException;

  /** As {@link #popMinOfAny(long, Collection, Duration)}, with the highest scores. */
  @Nullable Popped<E> popMaxOfAny(long count, Collection<String> otherKeys, Duration timeout)
      throws InterruptedException;

  // Set algebra. This set comes first, then the others in their order; a missing key is empty.

  /** Returns the members of this or any other set, with the sums of their scores. Redis: ZUNION. */
  default List<Scored<E>> union(String... otherKeys) {
    return union(List.of(otherKeys), Aggregate.SUM);
  }

  /**
   * Returns the members of this or any other set, in order of the scores that they get. Redis:
   * ZUNION. O(m log m) in the sum of the sizes.
   *
   * @param weights what to multiply the scores of each set with, this one's first; none for all 1
   * @throws IllegalArgumentException if there are weights, but not one for each set, or one is not
   *     a number
   */
  List<Scored<E>> union(Collection<String> otherKeys, Aggregate aggregate, double... weights);

  /** Puts the union in place of what a key holds; returns its size. Redis: ZUNIONSTORE. */
  default long storeUnion(String destination, String... otherKeys) {
    return storeUnion(destination, List.of(otherKeys), Aggregate.SUM);
  }

  /** As {@link #union(Collection, Aggregate, double...)}, stored. Redis: ZUNIONSTORE. */
  long storeUnion(
      String destination, Collection<String> otherKeys, Aggregate aggregate, double... weights);

  /** Returns the members of all the sets, with the sums of their scores. Redis: ZINTER. */
  default List<Scored<E>> intersect(String... otherKeys) {
    return intersect(List.of(otherKeys), Aggregate.SUM);
  }

  /**
   * Returns the members of all the sets, in order of the scores that they get. Redis: ZINTER. O(s·k
   * + r log r) with s the smallest size, k sets and r results.
   *
   * @param weights as in {@link #union(Collection, Aggregate, double...)}
   * @throws IllegalArgumentException as there
   */
  List<Scored<E>> intersect(Collection<String> otherKeys, Aggregate aggregate, double... weights);

  /** Puts the intersection in place of what a key holds; returns its size. Redis: ZINTERSTORE. */
  default long storeIntersection(String destination, String... otherKeys) {
    return storeIntersection(destination, List.of(otherKeys), Aggregate.SUM);
  }

  /** As {@link #intersect(Collection, Aggregate, double...)}, stored. Redis: ZINTERSTORE. */
  long storeIntersection(
      String destination, Collection<String> otherKeys, Aggregate aggregate, double... weights);

  /** Counts the members of all the sets. Redis: ZINTERCARD. O(s·k). */
  default long intersectSize(String... otherKeys) {
    return intersectSize(Long.MAX_VALUE, List.of(otherKeys));
  }

  /**
   * Counts the members of all the sets, up to a limit. Redis: ZINTERCARD LIMIT. O(s·k).
   *
   * @param limit where to stop counting; 0 for no limit
   * @throws IllegalArgumentException if the limit is negative
   */
  long intersectSize(long limit, Collection<String> otherKeys);

  /** Returns the members of this set that are in no other. Redis: ZDIFF. O(n·k). */
  default List<Scored<E>> difference(String... otherKeys) {
    return difference(List.of(otherKeys));
  }

  /** As {@link #difference(String...)}. */
  List<Scored<E>> difference(Collection<String> otherKeys);

  /** Puts the difference in place of what a key holds; returns its size. Redis: ZDIFFSTORE. */
  default long storeDifference(String destination, String... otherKeys) {
    return storeDifference(destination, List.of(otherKeys));
  }

  /** As {@link #storeDifference(String, String...)}. */
  long storeDifference(String destination, Collection<String> otherKeys);

  // Random members, and scans.

  /** Returns some member, each with the same chance, or null. Redis: ZRANDMEMBER. O(log n). */
  @Nullable E random();

  /**
   * Returns up to {@code count} different members, chosen at random. Redis: ZRANDMEMBER count. O(k
   * log n).
   *
   * @throws IllegalArgumentException if the count is negative
   */
  default List<E> random(long count) {
    return randomWithScores(count).stream().map(Scored::member).toList();
  }

  /** As {@link #random(long)}, with scores. Redis: ZRANDMEMBER count WITHSCORES. */
  List<Scored<E>> randomWithScores(long count);

  /**
   * Returns exactly {@code count} members, each chosen anew, so that some may come more than once;
   * none if the set is empty. Redis: ZRANDMEMBER with a negative count. O(k log n).
   *
   * @throws IllegalArgumentException if the count is negative or above {@code Integer.MAX_VALUE -
   *     8}
   */
  List<Scored<E>> randomWithRepeats(long count);

  /**
   * Returns one step of a scan. Redis: ZSCAN. O(count).
   *
   * <p>Guarantees as for {@link RKeys#scan(long, ScanOptions)}; a small set is returned in one
   * step.
   *
   * @param cursor 0 to begin, then what the step before returned
   * @param options a glob for the members' bytes and a count; a type is refused
   * @throws IllegalArgumentException if the options name a type, or the cursor is negative
   */
  ScanPage<Scored<E>> scan(long cursor, ScanOptions options);

  /** Returns all members that options ask for, scanned step by step as they are iterated over. */
  Iterable<Scored<E>> scan(ScanOptions options);

  // As a map of Java.

  /**
   * Returns the members with their scores as a live map, in the order of the scores: reads and
   * writes go through to the key, nothing is copied.
   *
   * <p>Every method is atomic but for those over several entries; functions given to {@code
   * compute}, {@code merge} and their like run outside of all locks, and may run more than once.
   * Iterators go over the set as it was when they were made. Nothing may be null, no score NaN. A
   * key that comes to hold another type makes it throw {@link WrongTypeException}.
   */
  Map<E, Double> asScoreMap();
}
