// SPDX-License-Identifier: Apache-2.0
package dev.redstart.structure;

import dev.redstart.spi.Binary;

/**
 * Builds the nodes of a {@link ScoreTree} from sorted elements, level by level.
 *
 * <p>Confined to one build.
 */
final class ScoreTreeBuilder {
  // Fixed after construction.
  private final Object owner;
  private final int leafCapacity;
  private final int branchCapacity;

  ScoreTreeBuilder(Object owner, int leafCapacity, int branchCapacity) {
    this.owner = owner;
    this.leafCapacity = leafCapacity;
    this.branchCapacity = branchCapacity;
  }

  /** Tells whether each of the first {@code count} elements is above the one before it. */
  static boolean ascend(double[] scores, @Binary String[] members, int count) {
    for (int i = 1; i < count; i++) {
      boolean equal = scores[i - 1] == scores[i];
      if (equal ? members[i - 1].compareTo(members[i]) >= 0 : !(scores[i - 1] < scores[i])) {
        return false;
      }
    }
    return true;
  }

  /** Returns the root over the first {@code count} elements, at least one. */
  ScoreTreeNode build(double[] scores, @Binary String[] members, int count) {
    ScoreTreeNode[] level = leavesOf(scores, members, count);
    while (level.length > 1) {
      level = branchesOver(level);
    }
    return level[0];
  }

  private ScoreTreeNode[] leavesOf(double[] scores, @Binary String[] members, int count) {
    ScoreTreeNode[] leaves = new ScoreTreeNode[nodesFor(count, leafCapacity)];
    int from = 0;
    for (int i = 0; i < leaves.length; i++) {
      int to = share(count, i + 1, leaves.length);
      int room = ScoreTreeNode.roomFor(to - from, leafCapacity);
      ScoreTreeLeaf leaf = new ScoreTreeLeaf(owner, leafCapacity, room);
      leaf.count = to - from;
      System.arraycopy(scores, from, leaf.scores, 0, to - from);
      System.arraycopy(members, from, leaf.members, 0, to - from);
      leaves[i] = leaf;
      from = to;
    }
    return leaves;
  }

  private ScoreTreeNode[] branchesOver(ScoreTreeNode[] nodes) {
    ScoreTreeNode[] branches = new ScoreTreeNode[nodesFor(nodes.length, branchCapacity)];
    int from = 0;
    for (int i = 0; i < branches.length; i++) {
      int to = share(nodes.length, i + 1, branches.length);
      branches[i] = ScoreTreeBranch.over(owner, branchCapacity, nodes, from, to);
      from = to;
    }
    return branches;
  }

  /** Returns where the given number of equal parts of all slots ends. */
  private static int share(int slots, int parts, int allParts) {
    return (int) ((long) slots * parts / allParts);
  }

  /** Returns how many nodes, each about nine tenths full, hold the given slots. */
  private static int nodesFor(int slots, int capacity) {
    int fill = capacity - capacity / 10;
    return (int) (((long) slots + fill - 1) / fill);
  }
}
