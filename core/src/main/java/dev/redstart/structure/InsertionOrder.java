// SPDX-License-Identifier: Apache-2.0
package dev.redstart.structure;

import dev.redstart.spi.Binary;
import org.jspecify.annotations.Nullable;

/**
 * Keys in the order in which they were added, the first of them at hand.
 *
 * <p>Not safe for threads. Everything is O(1), and no step takes longer for many keys.
 */
public final class InsertionOrder {
  // Overview. A ring of nodes around one that stands for both ends, and a segmented table from keys
  // to nodes. A node that was put aside is in the table but not in the ring. Nodes are numbered, so
  // that several that were put aside find their places again, in whatever order they come back.

  private static final int MAX_GROUPS = 512;

  private ObjectTable nodes = new ObjectTable(0, MAX_GROUPS);
  private final Node ends = new Node("", 0);
  private long added;

  /** Creates an order of no keys. */
  public InsertionOrder() {
    ends.before = ends;
    ends.after = ends;
  }

  /** One addition of a key; the key's next addition is another. Guarded as its order is. */
  public static final class Node {
    private final @Binary String key;
    private final long number;
    private @Nullable Node before;
    private @Nullable Node after;

    private Node(@Binary String key, long number) {
      this.key = key;
      this.number = number;
    }

    /** Returns the key. */
    public @Binary String key() {
      return key;
    }
  }

  /** Adds a key, which is not there, as the last one. */
  public void add(@Binary String key) {
    Node node = new Node(key, ++added);
    nodes.insert(key);
    nodes.setValue(node);
    link(node, previous(ends));
  }

  /** Removes a key, which is there or aside, and returns whether it was aside. */
  public boolean remove(@Binary String key) {
    if (!nodes.find(key) || !(nodes.value() instanceof Node node)) {
      throw new IllegalStateException("the order must have every key");
    }
    nodes.remove();
    boolean isAside = node.before == null;
    unlink(node);
    return isAside;
  }

  /** Removes all keys. */
  public void clear() {
    nodes = new ObjectTable(0, MAX_GROUPS);
    ends.before = ends;
    ends.after = ends;
  }

  /**
   * Puts the first key aside, so that another comes first, and returns it; null if none is left.
   */
  public @Nullable Node takeFirst() {
    Node first = ends.after;
    if (first == null || first == ends) {
      return null;
    }
    unlink(first);
    return first;
  }

  /** Puts a key that was put aside back in its place. O(k) for k that were aside and came back. */
  public void putBack(Node node) {
    Node before = ends;
    Node next = ends.after;
    while (next != null && next != ends && next.number < node.number) {
      before = next;
      next = next.after;
    }
    link(node, before);
  }

  /** Tells whether a key is there, or aside, by this very addition. */
  public boolean has(Node node) {
    return nodes.get(node.key) == node;
  }

  /** Returns the number of keys, those aside too. */
  public long size() {
    return nodes.size();
  }

  private void link(Node node, Node before) {
    Node after = before.after == null ? ends : before.after;
    node.before = before;
    node.after = after;
    before.after = node;
    after.before = node;
  }

  private void unlink(Node node) {
    Node before = node.before;
    Node after = node.after;
    if (before != null && after != null) {
      before.after = after;
      after.before = before;
      node.before = null;
      node.after = null;
    }
  }

  private Node previous(Node node) {
    return node.before == null ? ends : node.before;
  }
}
