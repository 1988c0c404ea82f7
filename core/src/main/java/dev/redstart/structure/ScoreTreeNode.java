// SPDX-License-Identifier: Apache-2.0
package dev.redstart.structure;

import dev.redstart.spi.Binary;
import java.util.Arrays;

/**
 * A node of a {@link ScoreTree}: a sorted row of elements, with children or without.
 *
 * <p>Guarded by the lock of the tree whose owner token it carries; never written by anybody else,
 * so that any thread may read it through a frozen tree.
 */
abstract class ScoreTreeNode {
  // Fixed after construction.
  /** The token of the one tree that may change this node in place. */
  final Object owner;

  /** The number of slots that may ever be in use. */
  final int capacity;

  // Guarded by the owner's lock.
  /** The number of slots in use. */
  int count;

  /** The scores of the elements, or of each child's first element. */
  double[] scores;

  /** Their members; null from {@code count} on. */
  @Binary String[] members;

  ScoreTreeNode(Object owner, int capacity, int room) {
    this.owner = owner;
    this.capacity = capacity;
    this.scores = new double[room];
    this.members = new String[room];
  }

  /** Returns the number of elements below this node. */
  abstract long size();

  /** Returns a new node of another owner with the slots of this row and then of the next's. */
  abstract ScoreTreeNode slice(Object owner, ScoreTreeNode next, int from, int to);

  /** Adds an element; the node must be owned and not full. */
  abstract void add(double score, @Binary String member);

  /** Removes an element; the node must be owned and, unless it is the root, not weak. */
  abstract boolean remove(double score, @Binary String member);

  /** Removes elements by rank, some but not all; all nodes cut through must be owned. */
  abstract void removeRange(long from, long to);

  abstract void forEach(long from, long to, ScoreVisitor visitor);

  abstract void forEachReverse(long from, long to, ScoreVisitor visitor);

  /** Checks the node and what is below it; returns its height. */
  abstract int checkInvariants();

  final ScoreTreeNode copy(Object newOwner) {
    return slice(newOwner, this, 0, count);
  }

  final boolean isFull() {
    return count == capacity;
  }

  /** Tells whether a removal could leave less than the minimum here. */
  final boolean isWeak() {
    return count <= minimum();
  }

  /** Returns the least number of slots in use, but for the root. */
  final int minimum() {
    return capacity / 3;
  }

  /** Returns the most slots that are put into one node rather than evened out over two. */
  final int mergeLimit() {
    return Math.max(capacity * 3 / 4, 2 * minimum() + 1);
  }

  /** Returns the array length for a number of slots: some to spare, never beyond capacity. */
  static int roomFor(int count, int capacity) {
    return Math.min(capacity, count + (count >> 3) + 4);
  }

  /** Returns the first index, from the given one on, whose element is not below the pair. */
  final int indexOf(double score, @Binary String member, int from) {
    int low = from;
    int high = count;
    while (low < high) {
      int middle = (low + high) >>> 1;
      double candidate = scores[middle];
      if (candidate < score || (candidate == score && order(members[middle], member) < 0)) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Returns the first index, from the given one on, whose element is above the pair. */
  final int indexAfter(double score, @Binary String member, int from) {
    int low = from;
    int high = count;
    while (low < high) {
      int middle = (low + high) >>> 1;
      double candidate = scores[middle];
      if (candidate < score || (candidate == score && order(members[middle], member) <= 0)) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  @SuppressWarnings("ReferenceEquality") // spares two cache misses when given the very string
  private static int order(@Binary String candidate, @Binary String member) {
    return candidate == member ? 0 : candidate.compareTo(member);
  }

  /** Returns the first index, from the given one on, whose score is not below the bound. */
  final int indexOfScore(double bound, boolean inclusive, int from) {
    int low = from;
    int high = count;
    while (low < high) {
      int middle = (low + high) >>> 1;
      double candidate = scores[middle];
      if (candidate < bound || (inclusive && candidate == bound)) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Returns the first index, from the given one on, whose member is not below the bound. */
  final int indexOfMember(@Binary String bound, boolean inclusive, int from) {
    int limit = inclusive ? 1 : 0;
    int low = from;
    int high = count;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (members[middle].compareTo(bound) < limit) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Gives the arrays another length; nothing changes when there is no memory for it. */
  void resize(int room) {
    double[] newScores = Arrays.copyOf(scores, room);
    String[] newMembers = Arrays.copyOf(members, room);
    scores = newScores;
    members = newMembers;
  }

  /** Copies the slots from..to of one row followed by another. */
  static void copySlots(Object row, int rowCount, Object next, int from, int to, Object target) {
    int taken = Math.max(0, Math.min(to, rowCount) - from);
    if (taken > 0) {
      System.arraycopy(row, from, target, 0, taken);
    }
    if (taken < to - from) {
      System.arraycopy(next, from + taken - rowCount, target, taken, to - from - taken);
    }
  }

  static void require(boolean holds, String rule) {
    if (!holds) {
      throw new IllegalStateException(rule);
    }
  }

  /** Checks the row itself. */
  final void checkRow() {
    require(count <= capacity && count <= scores.length, "slots in use must fit: " + count);
    require(scores.length == members.length, "arrays must have one length: " + scores.length);
    for (int i = 0; i < members.length; i++) {
      require((members[i] != null) == (i < count), "members must end at the count: " + i);
    }
    for (int i = 1; i < count; i++) {
      int order = scores[i - 1] == scores[i] ? members[i - 1].compareTo(members[i]) : 0;
      require(scores[i - 1] < scores[i] || order < 0, "elements must ascend: " + members[i]);
    }
  }
}
