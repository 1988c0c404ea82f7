// SPDX-License-Identifier: Apache-2.0
package dev.redstart.structure;

import dev.redstart.spi.Binary;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Members ordered by score, then by bytes: a counted B+ tree.
 *
 * <p>Guarded by the stripe's lock of its owner; a frozen copy that nobody writes may be read by any
 * thread after safe publication.
 *
 * <p>Scores compare as primitives, so that 0.0 and -0.0 are one, and NaN must not arrive. A pair of
 * score and member is there at most once. Unless said otherwise, an operation costs O(log n). Ranks
 * count from 0. An element is found soonest when asked for with the very string that was added.
 */
public final class ScoreTree {
  // Overview
  //
  // The idea: leaves of at most 128 elements, scores and members in two arrays, so that a search is
  // one binary search in a double[] per level and looks at members only where scores are equal.
  // A branch keeps for each child its first element and its size, so that one descent finds a pair
  // or a rank.
  //
  // 1. All leaves have one depth. A node other than the root has at least max(1, capacity / 3)
  //    slots in use; a root with children has at least two.
  // 2. A branch's element i is exactly, by reference, the first element of its child i, so that no
  //    removed member is kept alive by a separator.
  // 3. A node is changed only by the tree whose owner token it carries. freeze() gives both sides
  //    new tokens and so disowns every node at once; a later write copies its path alone.
  // 4. Nodes are prepared on the way down: a full child is split before an add enters it, a weak
  //    one strengthened before a removal does. Counts and first elements are put right on the way
  //    back, where nothing is allocated: an OutOfMemoryError leaves a whole tree with the element
  //    either there or not. removeRange copies its two paths before it cuts; only what it
  //    strengthens afterwards may then stay weak.
  // 5. There are no parent or sibling links (3 forbids them): a cursor descends again at the end of
  //    a leaf.
  //
  // removeRange drops whole subtrees, then walks down the two edges of the gap, strengthening what
  // it finds weak, until both walks find nothing.
  //
  // Arrays have an eighth to spare instead of their full capacity. This costs a copy of a leaf
  // every dozen inserts and makes the fill of nodes nearly irrelevant to memory, so that a full
  // node is simply halved: no two-to-three splits, no pushing into siblings.

  /** Where a leaf is at most 1.5 KB, and a copied path about 6 KB. */
  private static final int LEAF_CAPACITY = 128;

  private static final int BRANCH_CAPACITY = 128;

  // Fixed after construction.
  private final int leafCapacity;
  private final int branchCapacity;

  // Guarded by the stripe's lock of the owner.
  private Object owner;
  private ScoreTreeNode root;
  private long size;

  /** Creates an empty tree. */
  public ScoreTree() {
    this(LEAF_CAPACITY, BRANCH_CAPACITY);
  }

  /** Creates an empty tree with nodes of at most these numbers of slots, each at least 4. */
  ScoreTree(int leafCapacity, int branchCapacity) {
    this.leafCapacity = leafCapacity;
    this.branchCapacity = branchCapacity;
    this.owner = new Object();
    this.root = emptyLeaf();
  }

  private ScoreTree(ScoreTree source) {
    this.leafCapacity = source.leafCapacity;
    this.branchCapacity = source.branchCapacity;
    this.owner = new Object();
    this.root = source.root;
    this.size = source.size;
  }

  /** Creates a tree of the first {@code count} scores and members, which must ascend. O(n). */
  public static ScoreTree ofSorted(double[] scores, @Binary String[] members, int count) {
    return ofSorted(scores, members, count, LEAF_CAPACITY, BRANCH_CAPACITY);
  }

  static ScoreTree ofSorted(
      double[] scores, @Binary String[] members, int count, int leafCapacity, int branchCapacity) {
    assert ScoreTreeBuilder.ascend(scores, members, count) : "elements must ascend";
    ScoreTree tree = new ScoreTree(leafCapacity, branchCapacity);
    if (count == 0) {
      return tree;
    }
    ScoreTreeBuilder builder = new ScoreTreeBuilder(tree.owner, leafCapacity, branchCapacity);
    tree.root = builder.build(scores, members, count);
    tree.size = count;
    return tree;
  }

  /** Returns the number of elements. O(1). */
  public long size() {
    return size;
  }

  /** Returns an independent tree of the same elements, which shares all nodes for now. O(1). */
  public ScoreTree freeze() {
    ScoreTree frozen = new ScoreTree(this);
    owner = new Object();
    return frozen;
  }

  /** Adds an element, which must be absent. */
  public void add(double score, @Binary String member) {
    assert !Double.isNaN(score) : "score must be a number";
    assert rank(score, member) < 0 : "element must be absent: " + member;
    if (root.isFull()) {
      ScoreTreeNode[] only = {root};
      ScoreTreeBranch grown = ScoreTreeBranch.over(owner, branchCapacity, only, 0, 1);
      grown.split(0);
      root = grown;
    }
    ownRoot().add(score, member);
    size++;
  }

  /** Removes an element; returns whether it was there. */
  public boolean remove(double score, @Binary String member) {
    boolean removed = ownRoot().remove(score, member);
    if (removed) {
      size--;
    }
    shrinkRoot();
    return removed;
  }

  /**
   * Removes the elements of a range of ranks, which are first reported in order.
   *
   * <p>O(log n), and O(nodes) for what is dropped; O(n) for what is reported.
   *
   * @throws IndexOutOfBoundsException when the range is not within the size
   */
  public void removeRange(long fromRank, long toRankExclusive, @Nullable ScoreVisitor removed) {
    if (removed != null) {
      forEach(fromRank, toRankExclusive, removed);
    }
    Objects.checkFromToIndex(fromRank, toRankExclusive, size);
    if (fromRank == toRankExclusive) {
      return;
    }
    if (toRankExclusive - fromRank == size) {
      root = emptyLeaf();
      size = 0;
      return;
    }
    ownPath(fromRank);
    ownPath(toRankExclusive - 1);
    root.removeRange(fromRank, toRankExclusive);
    size -= toRankExclusive - fromRank;
    boolean weak = true;
    while (weak) {
      weak = fromRank > 0 && strengthenPath(fromRank - 1);
      weak |= fromRank < size && strengthenPath(fromRank);
    }
  }

  /** Copies what is shared of the path to an element, so that nothing needs to be later. */
  private void ownPath(long rank) {
    ScoreTreeNode node = ownRoot();
    long left = rank;
    while (node instanceof ScoreTreeBranch branch) {
      int slot = branch.slotOfRank(left);
      left -= branch.sizeBefore(slot);
      node = branch.ownedChild(slot);
    }
  }

  /** Strengthens all weak nodes on the path to an element; returns whether there was one. */
  private boolean strengthenPath(long rank) {
    shrinkRoot();
    boolean weak = false;
    ScoreTreeNode node = ownRoot();
    long left = rank;
    while (node instanceof ScoreTreeBranch branch) {
      int slot = branch.slotOfRank(left);
      if (branch.child(slot).isWeak() && branch.count > 1) {
        branch.strengthen(slot);
        weak = true;
        slot = branch.slotOfRank(left);
      }
      left -= branch.sizeBefore(slot);
      boolean lowest = branch.child(slot) instanceof ScoreTreeLeaf;
      node = lowest ? branch.child(slot) : branch.ownedChild(slot);
    }
    return weak;
  }

  private ScoreTreeNode ownRoot() {
    if (root.owner != owner) {
      root = root.copy(owner);
    }
    return root;
  }

  private void shrinkRoot() {
    while (root.count == 1 && root instanceof ScoreTreeBranch branch) {
      root = branch.child(0);
    }
  }

  private ScoreTreeLeaf emptyLeaf() {
    return new ScoreTreeLeaf(owner, leafCapacity, ScoreTreeNode.roomFor(0, leafCapacity));
  }

  /** Returns the rank of an element, -1 if absent. */
  public long rank(double score, @Binary String member) {
    long before = 0;
    ScoreTreeNode node = root;
    while (node instanceof ScoreTreeBranch branch) {
      int slot = branch.slotOf(score, member);
      before += branch.sizeBefore(slot);
      node = branch.child(slot);
    }
    int index = node.indexOf(score, member, 0);
    return ((ScoreTreeLeaf) node).holds(index, score, member) ? before + index : -1;
  }

  /** Returns how many elements have a score below the bound, or at most the bound. */
  public long countBelow(double bound, boolean inclusive) {
    long before = 0;
    ScoreTreeNode node = root;
    while (node instanceof ScoreTreeBranch branch) {
      int slot = branch.slotOfScore(bound, inclusive);
      before += branch.sizeBefore(slot);
      node = branch.child(slot);
    }
    return before + node.indexOfScore(bound, inclusive, 0);
  }

  /**
   * Returns how many elements have a member below the bound, or at most the bound.
   *
   * <p>Right when all scores are equal; otherwise some number from 0 to the size.
   */
  public long countBelowMember(@Binary String bound, boolean inclusive) {
    long before = 0;
    ScoreTreeNode node = root;
    while (node instanceof ScoreTreeBranch branch) {
      int slot = branch.slotOfMember(bound, inclusive);
      before += branch.sizeBefore(slot);
      node = branch.child(slot);
    }
    return before + node.indexOfMember(bound, inclusive, 0);
  }

  /**
   * Shows the elements of a range of ranks in ascending order. O(log n + range).
   *
   * @throws IndexOutOfBoundsException when the range is not within the size
   */
  public void forEach(long fromRank, long toRankExclusive, ScoreVisitor visitor) {
    Objects.checkFromToIndex(fromRank, toRankExclusive, size);
    if (fromRank < toRankExclusive) {
      root.forEach(fromRank, toRankExclusive, visitor);
    }
  }

  /**
   * Shows the elements of a range of ranks in descending order. O(log n + range).
   *
   * @throws IndexOutOfBoundsException when the range is not within the size
   */
  public void forEachReverse(long fromRank, long toRankExclusive, ScoreVisitor visitor) {
    Objects.checkFromToIndex(fromRank, toRankExclusive, size);
    if (fromRank < toRankExclusive) {
      root.forEachReverse(fromRank, toRankExclusive, visitor);
    }
  }

  /**
   * Returns a cursor in the gap before the element of a rank, or after all when the rank is the
   * size.
   *
   * @throws IndexOutOfBoundsException when the rank is not within 0 and the size
   */
  public Cursor cursorAt(long rank) {
    return new Cursor(this, rank);
  }

  /** Throws IllegalStateException unless the invariants of the overview hold. */
  void checkInvariants() {
    root.checkInvariants();
    ScoreTreeNode.require(root.size() == size, "size must be the root's: " + size);
    boolean lonely = root instanceof ScoreTreeBranch && root.count < 2;
    ScoreTreeNode.require(!lonely, "a root with children must have two: " + root.count);
  }

  /** Returns the number of levels. */
  int height() {
    int height = 1;
    for (ScoreTreeNode node = root; node instanceof ScoreTreeBranch branch; height++) {
      node = branch.child(0);
    }
    return height;
  }

  /**
   * A place between two elements of a tree, to walk from in both directions.
   *
   * <p>Confined to its user, under the tree's guard. It starts without an element; after {@link
   * #next} or {@link #previous} has returned true it shows the one stepped over. After a write to
   * the tree it must be placed anew. A step costs O(1), and O(log n) once per leaf.
   */
  public static final class Cursor {
    // Fixed after construction.
    private final ScoreTree tree;

    // Confined to the user.
    private ScoreTreeNode leaf;
    private long leafRank;
    private int gap;
    private int index;

    private Cursor(ScoreTree tree, long rank) {
      this.tree = tree;
      this.leaf = tree.root;
      moveTo(rank);
    }

    /**
     * Moves to the gap before the element of a rank.
     *
     * @throws IndexOutOfBoundsException when the rank is not within 0 and the size
     */
    public void moveTo(long rank) {
      Objects.checkIndex(rank, tree.size + 1);
      int behind = rank == tree.size && rank > 0 ? 1 : 0; // the end has no element to descend to
      long left = rank - behind;
      ScoreTreeNode node = tree.root;
      while (node instanceof ScoreTreeBranch branch) {
        int slot = branch.slotOfRank(left);
        left -= branch.sizeBefore(slot);
        node = branch.child(slot);
      }
      leaf = node;
      gap = (int) left + behind;
      leafRank = rank - gap;
    }

    /** Steps over the next element, if there is one. */
    public boolean next() {
      if (gap == leaf.count) {
        if (rank() == tree.size) {
          return false;
        }
        moveTo(rank());
      }
      index = gap;
      gap++;
      return true;
    }

    /** Steps back over the previous element, if there is one. */
    public boolean previous() {
      if (gap == 0) {
        if (leafRank == 0) {
          return false;
        }
        moveTo(leafRank - 1);
      } else {
        gap--;
      }
      index = gap;
      return true;
    }

    /** Returns the rank of the element after the gap. */
    public long rank() {
      return leafRank + gap;
    }

    /** Returns the score of the element stepped over last. */
    public double score() {
      return leaf.scores[index];
    }

    /** Returns the member of the element stepped over last. */
    public @Binary String member() {
      return leaf.members[index];
    }
  }
}
