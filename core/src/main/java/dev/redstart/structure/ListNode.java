// SPDX-License-Identifier: Apache-2.0
package dev.redstart.structure;

/**
 * A node of a list: a leaf of elements, or a branch over leaves or branches.
 *
 * <p>Guarded by the lock of the list whose owner token it carries; never written by anybody else,
 * so that any thread may read it through a frozen list.
 */
abstract class ListNode {
  // Fixed after construction.
  /** The token of the one list that may change this node in place. */
  final Object owner;

  ListNode(Object owner) {
    this.owner = owner;
  }

  /** Returns the number of elements below this node. */
  abstract long size();

  static void require(boolean holds, String rule) {
    if (!holds) {
      throw new IllegalStateException(rule);
    }
  }
}
