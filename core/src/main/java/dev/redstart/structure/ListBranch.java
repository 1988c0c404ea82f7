// SPDX-License-Identifier: Apache-2.0
package dev.redstart.structure;

import java.util.Arrays;
import java.util.List;

/**
 * An inner node of a {@link ListTree}: children and their sizes.
 *
 * <p>Guarded as every {@link ListNode}. A child is owned by this node's owner or by an older one;
 * in the second case it is copied before it is changed.
 */
final class ListBranch extends ListNode {
  static final int CAPACITY = 64;

  /** The least number of children, but for the root. */
  static final int MINIMUM = CAPACITY / 4;

  /** The most children that an edit of a leaf adds. */
  private static final int GROWTH = 2;

  /** The most children that are put into one branch rather than evened out over two. */
  private static final int MERGE_LIMIT = CAPACITY * 3 / 4;

  /** A leaf is joined with a neighbour if both together fill so many eighths of one. */
  private static final int JOINED_EIGHTHS = 6;

  // Guarded by the owner's lock.
  private int count;
  private ListNode[] children;
  private long[] sizes;

  private ListBranch(Object owner, int count, ListNode[] children, long[] sizes) {
    super(owner);
    this.count = count;
    this.children = children;
    this.sizes = sizes;
  }

  /** Returns a branch over a single node. */
  static ListBranch over(Object owner, ListNode child) {
    ListNode[] children = {child, null, null, null};
    long[] sizes = {child.size(), 0, 0, 0};
    return new ListBranch(owner, 1, children, sizes);
  }

  int count() {
    return count;
  }

  ListNode child(int slot) {
    return children[slot];
  }

  /** Tells whether an edit could overfill this. */
  boolean isFull() {
    return count > CAPACITY - GROWTH;
  }

  /** Tells whether an edit could leave less than the minimum here. */
  boolean isWeak() {
    return count <= MINIMUM;
  }

  @Override
  long size() {
    return sizeBefore(count);
  }

  /** Returns the slot of the child that has the element of an index within this node. */
  int slotOf(long index) {
    int slot = 0;
    for (long left = index; left >= sizes[slot]; slot++) {
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

  ListBranch copy(Object newOwner) {
    return slice(newOwner, this, 0, count);
  }

  /** Returns a branch over some children of this one, and then of the next. */
  private ListBranch slice(Object newOwner, ListBranch next, int from, int to) {
    ListNode[] some = new ListNode[roomFor(to - from)];
    long[] theirSizes = new long[some.length];
    for (int i = from; i < to; i++) {
      ListBranch source = i < count ? this : next;
      int slot = i < count ? i : i - count;
      some[i - from] = source.children[slot];
      theirSizes[i - from] = source.sizes[slot];
    }
    return new ListBranch(newOwner, to - from, some, theirSizes);
  }

  private static int roomFor(int slots) {
    return Math.min(CAPACITY, slots + (slots >> 3) + GROWTH);
  }

  /** Returns the child branch at a slot, after making it a copy of our own where it is shared. */
  ListBranch ownedChild(int slot) {
    ListBranch child = (ListBranch) children[slot];
    if (child.owner != owner) {
      child = child.copy(owner);
      children[slot] = child;
    }
    return child;
  }

  /**
   * Puts what an edit makes of the leaf with an index in the leaf's place; this is not full.
   *
   * @return by how much this has grown
   */
  long edit(long index, ListTree.Edit edit) {
    int slot = slotOf(index);
    if (children[slot] instanceof ListBranch below) {
      if (below.isFull()) {
        split(slot);
        slot = slotOf(index);
      } else if (below.isWeak() && count > 1) {
        strengthen(slot);
        slot = slotOf(index);
      }
      long grown = ownedChild(slot).edit(index - sizeBefore(slot), edit);
      sizes[slot] += grown;
      return grown;
    }
    reserve(count + GROWTH);
    List<ListLeaf> made = edit.apply((ListLeaf) children[slot], (int) (index - sizeBefore(slot)));
    long grown = -sizes[slot];
    move(slot + 1, slot + made.size());
    for (ListLeaf leaf : made) {
      children[slot] = leaf;
      sizes[slot] = leaf.count();
      grown += sizes[slot];
      slot++;
    }
    return grown;
  }

  private void reserve(int room) {
    if (room > children.length) {
      ListNode[] more = Arrays.copyOf(children, roomFor(room));
      sizes = Arrays.copyOf(sizes, more.length);
      children = more;
    }
  }

  /** Moves the children from a slot on to another one; there is room. */
  private void move(int from, int to) {
    System.arraycopy(children, from, children, to, count - from);
    System.arraycopy(sizes, from, sizes, to, count - from);
    int newCount = count + to - from;
    if (newCount < count) {
      Arrays.fill(children, newCount, count, null);
    }
    count = newCount;
  }

  private void put(int slot, ListNode child) {
    children[slot] = child;
    sizes[slot] = child.size();
  }

  /** Puts two halves in the place of a child branch. */
  void split(int slot) {
    ListBranch child = (ListBranch) children[slot];
    int half = child.count / 2;
    ListBranch left = child.slice(owner, child, 0, half);
    ListBranch right = child.slice(owner, child, half, child.count);
    reserve(count + 1);
    move(slot + 1, slot + 2);
    put(slot, left);
    put(slot + 1, right);
  }

  /** Merges a weak child branch with a neighbour, or evens the two out; there is one. */
  void strengthen(int slot) {
    int first = slot == 0 ? 0 : slot - 1;
    ListBranch left = (ListBranch) children[first];
    ListBranch right = (ListBranch) children[first + 1];
    int total = left.count + right.count;
    if (total <= MERGE_LIMIT) {
      put(first, left.slice(owner, right, 0, total));
      move(first + 2, first + 1);
    } else {
      ListBranch half = left.slice(owner, right, 0, total / 2);
      put(first + 1, left.slice(owner, right, total / 2, total));
      put(first, half);
    }
  }

  /** Joins the leaf at a slot with a neighbour if one of the two is sparse; tells whether. */
  boolean joinLeaf(int slot) {
    return joinWithNext(slot - 1) || joinWithNext(slot);
  }

  private boolean joinWithNext(int slot) {
    if (slot < 0 || slot + 1 >= count) {
      return false;
    }
    ListLeaf left = (ListLeaf) children[slot];
    ListLeaf right = (ListLeaf) children[slot + 1];
    if (!(left.isSparse() || right.isSparse()) || !left.joins(right, JOINED_EIGHTHS)) {
      return false;
    }
    put(slot, left.joined(owner, right));
    move(slot + 2, slot + 1);
    return true;
  }

  /** Makes the leaf at a slot one that can be changed in place. */
  void ownLeaf(int slot) {
    ListLeaf leaf = (ListLeaf) children[slot];
    if (leaf.owner != owner) {
      children[slot] = leaf.slice(owner, 0, leaf.count());
    }
  }

  /** Removes elements, some but not all; all nodes that are cut through are owned. */
  void removeRange(long from, long to) {
    int first = slotOf(from);
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
    move(last, first);
  }

  private void cut(int slot, long from, long to) {
    if (children[slot] instanceof ListBranch below) {
      below.removeRange(from, to);
    } else {
      ListLeaf leaf = (ListLeaf) children[slot];
      children[slot] = leaf.without(owner, (int) from, (int) to);
    }
    sizes[slot] -= to - from;
  }

  /** Checks the node and what is below it; returns its height. */
  int checkInvariants() {
    require(count <= CAPACITY && count <= children.length, "children must fit: " + count);
    require(children.length == sizes.length, "arrays must have one length: " + sizes.length);
    int height = 0;
    for (int slot = 0; slot < children.length; slot++) {
      ListNode child = children[slot];
      require((child != null) == (slot < count), "children must end at the count: " + slot);
      if (child == null) {
        continue;
      }
      require(child.size() == sizes[slot] && sizes[slot] > 0, "size must be the child's: " + slot);
      int childHeight = 1;
      if (child instanceof ListBranch below) {
        require(below.count >= MINIMUM, "branch must be filled: " + below.count);
        childHeight = below.checkInvariants();
      } else {
        ((ListLeaf) child).checkInvariants();
      }
      require(height == 0 || height == childHeight, "leaves must have one depth: " + childHeight);
      height = childHeight;
    }
    return height + 1;
  }
}
