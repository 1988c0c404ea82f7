// SPDX-License-Identifier: Apache-2.0
package dev.redstart.structure;

import dev.redstart.spi.Binary;
import java.util.Arrays;

/**
 * A lowest node of a {@link ScoreTree}: elements, scores beside members.
 *
 * <p>Guarded as every {@link ScoreTreeNode}.
 */
final class ScoreTreeLeaf extends ScoreTreeNode {
  ScoreTreeLeaf(Object owner, int capacity, int room) {
    super(owner, capacity, room);
  }

  @Override
  long size() {
    return count;
  }

  @Override
  ScoreTreeLeaf slice(Object newOwner, ScoreTreeNode next, int from, int to) {
    ScoreTreeLeaf slice = new ScoreTreeLeaf(newOwner, capacity, roomFor(to - from, capacity));
    copySlots(scores, count, next.scores, from, to, slice.scores);
    copySlots(members, count, next.members, from, to, slice.members);
    slice.count = to - from;
    return slice;
  }

  @Override
  void add(double score, @Binary String member) {
    int index = indexOf(score, member, 0);
    if (count == scores.length) {
      resize(roomFor(count, capacity));
    }
    System.arraycopy(scores, index, scores, index + 1, count - index);
    System.arraycopy(members, index, members, index + 1, count - index);
    scores[index] = score;
    members[index] = member;
    count++;
  }

  @Override
  boolean remove(double score, @Binary String member) {
    int index = indexOf(score, member, 0);
    if (!holds(index, score, member)) {
      return false;
    }
    if (scores.length > count + 2 * (roomFor(count, capacity) - count) + 4) {
      resize(roomFor(count, capacity));
    }
    close(index, index + 1);
    return true;
  }

  boolean holds(int index, double score, @Binary String member) {
    return index < count && scores[index] == score && members[index].equals(member);
  }

  @Override
  void removeRange(long from, long to) {
    close((int) from, (int) to);
  }

  private void close(int from, int to) {
    System.arraycopy(scores, to, scores, from, count - to);
    System.arraycopy(members, to, members, from, count - to);
    int left = count - (to - from);
    if (to - from == 1) {
      members[left] = null;
    } else {
      Arrays.fill(members, left, count, null);
    }
    count = left;
  }

  @Override
  void forEach(long from, long to, ScoreVisitor visitor) {
    for (int i = (int) from; i < to; i++) {
      visitor.visit(scores[i], members[i]);
    }
  }

  @Override
  void forEachReverse(long from, long to, ScoreVisitor visitor) {
    for (int i = (int) to - 1; i >= from; i--) {
      visitor.visit(scores[i], members[i]);
    }
  }

  @Override
  int checkInvariants() {
    checkRow();
    return 1;
  }
}
