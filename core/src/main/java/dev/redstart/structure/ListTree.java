// SPDX-License-Identifier: Apache-2.0
package dev.redstart.structure;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The leaves of a list by position: a counted tree.
 *
 * <p>Guarded by the stripe of its list; a frozen one that nobody changes may be read by any thread.
 * Unless said otherwise, an operation costs O(log n). Indexes count elements from 0.
 */
final class ListTree {
  // Overview. Branches of at most 64 children, with the children's sizes, over leaves. It differs
  // from a ScoreTree in what a leaf may become: an edit puts up to three leaves, or none, in the
  // place of one, since elements differ in length.
  //
  // 1. All leaves have one depth and hold at least one element. A branch other than the root has
  //    at least MINIMUM children; a root over branches has at least two.
  // 2. A node is changed only by the list whose token it carries; freeze() gives both sides new
  //    tokens. There are no parent or sibling links.
  // 3. Branches are prepared on the way down: one that an edit could overfill is split, one that it
  //    could leave too small is strengthened. On the way back nothing is allocated.
  // 4. Leaves have no minimum, since the next may be too long to share one. After an edit that
  //    leaves a sparse leaf, tidy() joins it with a neighbour where the two fit three quarters of
  //    a leaf; so neighbours below one branch fill more than that, and decay stops there.

  /** What becomes of a leaf. */
  @FunctionalInterface
  interface Edit {
    /**
     * Returns up to three leaves to stand in the place of one.
     *
     * @param index where in the leaf the element is that was asked for
     */
    List<ListLeaf> apply(ListLeaf leaf, int index);
  }

  // Guarded by the stripe.
  private Object owner;
  private @Nullable ListBranch root;
  private long size;

  /** Creates an empty tree. */
  ListTree(Object owner) {
    this.owner = owner;
  }

  /** Returns a tree of the same leaves that shares all nodes for now. O(1). */
  ListTree freeze(Object frozenOwner, Object newOwner) {
    ListTree frozen = new ListTree(frozenOwner);
    frozen.root = root;
    frozen.size = size;
    owner = newOwner;
    return frozen;
  }

  /** Returns the number of elements. O(1). */
  long size() {
    return size;
  }

  /** Puts a leaf before all others. */
  void addFirst(ListLeaf leaf) {
    add(0, leaf, true);
  }

  /** Puts a leaf after all others. */
  void addLast(ListLeaf leaf) {
    add(size - 1, leaf, false);
  }

  private void add(long index, ListLeaf leaf, boolean before) {
    if (root == null) {
      root = ListBranch.over(owner, leaf);
      size = leaf.count();
    } else {
      edit(index, (end, i) -> before ? List.of(leaf, end) : List.of(end, leaf));
    }
  }

  /** Takes the first leaf away; there is one. */
  ListLeaf removeFirst() {
    return remove(0);
  }

  /** Takes the last leaf away; there is one. */
  ListLeaf removeLast() {
    return remove(size - 1);
  }

  private ListLeaf remove(long index) {
    ListLeaf[] taken = new ListLeaf[1];
    edit(
        index,
        (end, i) -> {
          taken[0] = end;
          return List.of();
        });
    return taken[0];
  }

  /** Puts what an edit makes of the leaf with an index in the leaf's place. */
  void edit(long index, Edit edit) {
    ListBranch top = ownRoot();
    if (top.isFull()) {
      ListBranch grown = ListBranch.over(owner, top);
      grown.split(0);
      root = grown;
      top = grown;
    }
    size += top.edit(index, edit);
    shrinkRoot();
  }

  /** Joins sparse leaves at and beside an index with neighbours. */
  void tidy(long index) {
    for (long each = Math.max(0, index - 1); each <= index + 1 && each < size; each++) {
      boolean weak = true;
      while (weak) {
        weak = strengthenPath(each);
      }
    }
  }

  /**
   * Removes a range of elements. O(log n), and O(leaves) for what is dropped.
   *
   * @throws IndexOutOfBoundsException when the range is not within the size
   */
  void removeRange(long from, long to) {
    Objects.checkFromToIndex(from, to, size);
    if (from == to) {
      return;
    }
    if (to - from == size) {
      root = null;
      size = 0;
      return;
    }
    ownPath(from);
    ownPath(to - 1);
    root().removeRange(from, to);
    size -= to - from;
    boolean weak = true;
    while (weak) {
      weak = from > 0 && strengthenPath(from - 1);
      weak |= from < size && strengthenPath(from);
    }
  }

  /** Copies what is shared of the path to an element, so that nothing needs to be later. */
  private void ownPath(long index) {
    ListBranch branch = ownRoot();
    long left = index;
    while (true) {
      int slot = branch.slotOf(left);
      left -= branch.sizeBefore(slot);
      if (branch.child(slot) instanceof ListLeaf) {
        branch.ownLeaf(slot);
        return;
      }
      branch = branch.ownedChild(slot);
    }
  }

  /** Strengthens all weak nodes on the path to an element; returns whether there was one. */
  private boolean strengthenPath(long index) {
    shrinkRoot();
    boolean weak = false;
    ListBranch branch = ownRoot();
    long left = index;
    while (true) {
      int slot = branch.slotOf(left);
      if (branch.child(slot) instanceof ListBranch below && below.isWeak() && branch.count() > 1) {
        branch.strengthen(slot);
        weak = true;
        slot = branch.slotOf(left);
      }
      if (branch.child(slot) instanceof ListLeaf) {
        return branch.joinLeaf(slot) || weak;
      }
      left -= branch.sizeBefore(slot);
      branch = branch.ownedChild(slot);
    }
  }

  private ListBranch ownRoot() {
    ListBranch top = root();
    if (top.owner != owner) {
      top = top.copy(owner);
      root = top;
    }
    return top;
  }

  private ListBranch root() {
    return Objects.requireNonNull(root);
  }

  private void shrinkRoot() {
    if (size == 0) {
      root = null;
      return;
    }
    while (root().count() == 1 && root().child(0) instanceof ListBranch below) {
      root = below;
    }
  }

  /** Places a cursor at the leaf with an index, whose elements begin at an index of the list. */
  void seek(long index, ListCursor cursor, long offset) {
    ListNode node = root();
    long left = index;
    while (node instanceof ListBranch branch) {
      int slot = branch.slotOf(left);
      left -= branch.sizeBefore(slot);
      node = branch.child(slot);
    }
    cursor.place((ListLeaf) node, offset + index - left);
  }

  /** Throws IllegalStateException unless the invariants of the overview hold. */
  void checkInvariants() {
    ListNode.require((root == null) == (size == 0), "root must go with the last leaf: " + size);
    if (root != null) {
      root.checkInvariants();
      ListNode.require(root.size() == size, "size must be the root's: " + size);
      boolean lonely = root.count() < 2 && root.child(0) instanceof ListBranch;
      ListNode.require(!lonely, "a root over branches must have two: " + root.count());
    }
  }

  /** Returns the number of levels of branches. */
  int height() {
    return root == null ? 0 : root.checkInvariants() - 1;
  }
}
