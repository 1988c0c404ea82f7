// SPDX-License-Identifier: Apache-2.0
package dev.redstart.operation;

import dev.redstart.spi.Binary;
import dev.redstart.structure.ScoreVisitor;
import dev.redstart.structure.SortedSetValue;
import it.unimi.dsi.fastutil.ints.IntArrays;
import it.unimi.dsi.fastutil.ints.IntComparator;
import java.util.Arrays;

/**
 * Members with their scores, gathered in two arrays.
 *
 * <p>Confined to one thread.
 */
public final class ScoredMembers implements ScoreVisitor {
  private static final int SMALLEST = 10;

  private @Binary String[] members;
  private double[] scores;
  private int size;

  /** Creates an empty list with room for {@code expected} members. */
  public ScoredMembers(long expected) {
    int room = (int) Math.max(SMALLEST, Math.min(expected, 1 << 20));
    this.members = new String[room];
    this.scores = new double[room];
  }

  @Override
  public void visit(double score, @Binary String member) {
    if (size == members.length) {
      members = Arrays.copyOf(members, size + (size >> 1));
      scores = Arrays.copyOf(scores, members.length);
    }
    members[size] = member;
    scores[size++] = score;
  }

  /** Returns how many there are. */
  public int size() {
    return size;
  }

  /** Returns a member by index. */
  public @Binary String member(int index) {
    return members[index];
  }

  /** Returns a score by index. */
  public double score(int index) {
    return scores[index];
  }

  /** Tells whether these are the same members with the same scores in the same order. O(n). */
  boolean isSame(ScoredMembers other) {
    return Arrays.equals(members, 0, size, other.members, 0, other.size)
        && Arrays.equals(scores, 0, size, other.scores, 0, other.size);
  }

  /** Returns the same in ascending order of scores, then of bytes. O(n log n). */
  ScoredMembers sorted() {
    int[] order = new int[size];
    Arrays.setAll(order, i -> i);
    IntComparator byScore =
        (a, b) ->
            scores[a] < scores[b]
                ? -1
                : scores[a] > scores[b] ? 1 : members[a].compareTo(members[b]);
    IntArrays.mergeSort(order, byScore);
    ScoredMembers sorted = new ScoredMembers(size);
    for (int index : order) {
      sorted.visit(scores[index], members[index]);
    }
    return sorted;
  }

  /** Returns a sorted set of these, which have to be in order and each there once. O(n). */
  SortedSetValue toValue() {
    return SortedSetValue.ofSorted(scores, members, size);
  }
}
