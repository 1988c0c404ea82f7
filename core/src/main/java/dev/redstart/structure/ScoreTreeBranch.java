// SPDX-License-Identifier: Apache-2.0
package dev.redstart.structure;

import dev.redstart.spi.Binary;
import java.util.Arrays;

/**
 * An inner node of a {@link ScoreTree}: children, their sizes and first elements.
 *
 * <p>Guarded as every {@link ScoreTreeNode}. A child is owned by this node's owner or by an older
 * one; in the second case it is copied before it is changed.
 */
final class ScoreTreeBranch extends ScoreTreeNode {
  // Guarded by the owner's lock.
  private ScoreTreeNode[] children;
  private long[] sizes;

  ScoreTreeBranch(Object owner, int capacity, int room) {
    super(owner, capacity, room);
    this.children = new ScoreTreeNode[room];
    this.sizes = new long[room];
  }

  /** Returns an owned branch over the given nodes, in order. */
  static ScoreTreeBranch over(Object owner, int capacity, ScoreTreeNode[] nodes, int from, int to) {
    ScoreTreeBranch branch = new ScoreTreeBranch(owner, capacity, roomFor(to - from, capacity));
    branch.count = to - from;
    for (int slot = 0; slot < to - from; slot++) {
      branch.put(slot, nodes[from + slot]);
    }
    return branch;
  }

  ScoreTreeNode child(int slot) {
    return children[slot];
  }

  /** Returns the child at a slot, after making it a copy of our own where it is shared. */
  ScoreTreeNode ownedChild(int slot) {
    ScoreTreeNode child = children[slot];
    if (child.owner != owner) {
      child = child.copy(owner);
      children[slot] = child;
    }
    return child;
  }

  /** Returns the slot of the child that holds the pair, or would. */
  int slotOf(double score, @Binary String member) {
    return indexAfter(score, member, 1) - 1;
  }

  /** Returns the slot of the child that holds the last element below the bound, or the first. */
  int slotOfScore(double bound, boolean inclusive) {
    return indexOfScore(bound, inclusive, 1) - 1;
  }

  /** Returns the slot of the child that holds the last element below the bound, or the first. */
  int slotOfMember(@Binary String bound, boolean inclusive) {
    return indexOfMember(bound, inclusive, 1) - 1;
  }

  /** Returns the slot of the child that holds the element of a rank within this node. */
  int slotOfRank(long rank) {
    int slot = 0;
    for (long left = rank; left >= sizes[slot]; slot++) {
      left -= sizes[slot];
    }
    return slot;
  }

  /** Returns the number of elements in the children before a slot. */
  long sizeBefore(int slot) {
    long sum = 0;
    for (int i = 0; i < slot; i++) {
      sum += sizes[i];
    }
    return sum;
  }

  @Override
  long size() {
    return sizeBefore(count);
  }

  @Override
  ScoreTreeBranch slice(Object newOwner, ScoreTreeNode next, int from, int to) {
    ScoreTreeBranch right = (ScoreTreeBranch) next;
    ScoreTreeBranch slice = new ScoreTreeBranch(newOwner, capacity, roomFor(to - from, capacity));
    copySlots(scores, count, right.scores, from, to, slice.scores);
    copySlots(members, count, right.members, from, to, slice.members);
    copySlots(children, count, right.children, from, to, slice.children);
    copySlots(sizes, count, right.sizes, from, to, slice.sizes);
    slice.count = to - from;
    return slice;
  }

  @Override
  void add(double score, @Binary String member) {
    int slot = slotOf(score, member);
    if (children[slot].isFull()) {
      split(slot);
      slot = slotOf(score, member);
    }
    ScoreTreeNode child = ownedChild(slot);
    child.add(score, member);
    sizes[slot]++;
    refresh(slot, child);
  }

  @Override
  boolean remove(double score, @Binary String member) {
    int slot = slotOf(score, member);
    if (children[slot].isWeak()) {
      strengthen(slot);
      slot = slotOf(score, member);
    }
    ScoreTreeNode child = ownedChild(slot);
    if (!child.remove(score, member)) {
      return false;
    }
    sizes[slot]--;
    refresh(slot, child);
    return true;
  }

  @Override
  void removeRange(long from, long to) {
    int first = slotOfRank(from);
    long before = sizeBefore(first);
    long left = to - before;
    if (from > before) {
      long size = sizes[first];
      cut(first, from - before, Math.min(left, size));
      left -= size;
      first++;
    }
    int last = first;
    while (left > 0 && sizes[last] <= left) {
      left -= sizes[last];
      last++;
    }
    if (left > 0) {
      cut(last, 0, left);
    }
    close(first, last);
  }

  private void cut(int slot, long from, long to) {
    ScoreTreeNode child = ownedChild(slot);
    child.removeRange(from, to);
    sizes[slot] -= to - from;
    refresh(slot, child);
  }

  /** Puts two halves in the place of a child; this node must not be full. */
  void split(int slot) {
    ScoreTreeNode child = children[slot];
    int half = child.count / 2;
    ScoreTreeNode left = child.slice(owner, child, 0, half);
    ScoreTreeNode right = child.slice(owner, child, half, child.count);
    if (count == scores.length) {
      resize(roomFor(count, capacity));
    }
    int moved = count - slot;
    System.arraycopy(scores, slot, scores, slot + 1, moved);
    System.arraycopy(members, slot, members, slot + 1, moved);
    System.arraycopy(children, slot, children, slot + 1, moved);
    System.arraycopy(sizes, slot, sizes, slot + 1, moved);
    count++;
    put(slot, left);
    put(slot + 1, right);
  }

  /** Merges a weak child with a neighbour, or evens the two out; without one does nothing. */
  void strengthen(int slot) {
    if (count == 1) {
      return;
    }
    int first = slot == 0 ? 0 : slot - 1;
    ScoreTreeNode left = children[first];
    ScoreTreeNode right = children[first + 1];
    int total = left.count + right.count;
    if (total <= left.mergeLimit()) {
      put(first, left.slice(owner, right, 0, total));
      close(first + 1, first + 2);
    } else {
      ScoreTreeNode half = left.slice(owner, right, 0, total / 2);
      put(first + 1, left.slice(owner, right, total / 2, total));
      put(first, half);
    }
  }

  private void put(int slot, ScoreTreeNode child) {
    children[slot] = child;
    sizes[slot] = child.size();
    refresh(slot, child);
  }

  @SuppressWarnings("ReferenceEquality") // the very string, so that no removed one is kept alive
  private void refresh(int slot, ScoreTreeNode child) {
    scores[slot] = child.scores[0];
    @Binary String first = child.members[0];
    if (members[slot] != first) { // most often equal, and a store of a reference costs a barrier
      members[slot] = first;
    }
  }

  private void close(int from, int to) {
    System.arraycopy(scores, to, scores, from, count - to);
    System.arraycopy(members, to, members, from, count - to);
    System.arraycopy(children, to, children, from, count - to);
    System.arraycopy(sizes, to, sizes, from, count - to);
    int left = count - (to - from);
    Arrays.fill(members, left, count, null);
    Arrays.fill(children, left, count, null);
    count = left;
  }

  @Override
  void resize(int room) {
    ScoreTreeNode[] newChildren = Arrays.copyOf(children, room);
    long[] newSizes = Arrays.copyOf(sizes, room);
    super.resize(room);
    children = newChildren;
    sizes = newSizes;
  }

  @Override
  void forEach(long from, long to, ScoreVisitor visitor) {
    int slot = 0;
    long start = from;
    long left = to;
    for (; start >= sizes[slot]; slot++) {
      start -= sizes[slot];
      left -= sizes[slot];
    }
    for (; left > 0; slot++) {
      long size = sizes[slot];
      children[slot].forEach(start, Math.min(left, size), visitor);
      start = 0;
      left -= size;
    }
  }

  @Override
  void forEachReverse(long from, long to, ScoreVisitor visitor) {
    int slot = 0;
    long start = from;
    long end = to;
    for (; end > sizes[slot]; slot++) {
      start -= sizes[slot];
      end -= sizes[slot];
    }
    while (true) {
      children[slot].forEachReverse(Math.max(start, 0), end, visitor);
      if (start >= 0) {
        return;
      }
      slot--;
      end = sizes[slot];
      start += end;
    }
  }

  @Override
  @SuppressWarnings("ReferenceEquality") // as in refresh
  int checkInvariants() {
    checkRow();
    int height = 0;
    for (int slot = 0; slot < count; slot++) {
      ScoreTreeNode child = children[slot];
      int childHeight = child.checkInvariants();
      require(height == 0 || height == childHeight, "leaves must have one depth: " + childHeight);
      height = childHeight;
      require(child.count >= Math.max(1, child.minimum()), "node must be filled: " + child.count);
      require(child.size() == sizes[slot], "size must be the child's: " + sizes[slot]);
      require(child.scores[0] == scores[slot], "score must be the child's first: " + scores[slot]);
      require(child.members[0] == members[slot], "member must be the child's: " + members[slot]);
      int end = child.count - 1;
      require(
          slot + 1 == count || indexAfter(child.scores[end], child.members[end], 0) == slot + 1,
          "children must not overlap: " + slot);
    }
    return height + 1;
  }
}
