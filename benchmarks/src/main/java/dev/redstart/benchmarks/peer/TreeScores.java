// SPDX-License-Identifier: Apache-2.0
package dev.redstart.benchmarks.peer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A sorted set of the JDK's parts: a map to nodes, and a tree of the same nodes.
 *
 * <p>Safe for many threads: everything is guarded by the one lock.
 */
public final class TreeScores {
  private final ReentrantLock lock = new ReentrantLock();

  // Guarded by lock.
  private final Map<String, Node> nodes = new HashMap<>();
  private final TreeSet<Node> tree = new TreeSet<>();

  /** Adds a member, or gives it a new score; true if it is new. */
  public boolean add(String member, double score) {
    lock.lock();
    try {
      Node node = nodes.get(member);
      if (node == null) {
        node = new Node(member, score);
        nodes.put(member, node);
        tree.add(node);
        return true;
      }
      if (node.score != score) {
        tree.remove(node); // before its place in the order changes
        node.score = score;
        tree.add(node);
      }
      return false;
    } finally {
      lock.unlock();
    }
  }

  /** Returns the node of a member, for {@link #rangeFrom}. */
  public Node node(String member) {
    lock.lock();
    try {
      Node node = nodes.get(member);
      if (node == null) {
        throw new IllegalArgumentException("no such member: " + member);
      }
      return node;
    } finally {
      lock.unlock();
    }
  }

  /** Returns the members of up to {@code count} nodes, from a known one on. */
  public List<String> rangeFrom(Node first, int count) {
    List<String> members = new ArrayList<>(count);
    lock.lock();
    try {
      for (Node node : tree.tailSet(first, true)) {
        members.add(node.member);
        if (members.size() == count) {
          break;
        }
      }
    } finally {
      lock.unlock();
    }
    return members;
  }

  /** Returns the number of members. */
  public int size() {
    lock.lock();
    try {
      return tree.size();
    } finally {
      lock.unlock();
    }
  }

  /**
   * A member with its score.
   *
   * <p>Guarded by the lock of its set. Equality is identity, since a set has one node per member.
   */
  @SuppressWarnings("ComparableType") // the order is of the score at that time; see add
  public static final class Node implements Comparable<Node> {
    private final String member;
    private double score;

    private Node(String member, double score) {
      this.member = member;
      this.score = score;
    }

    @Override
    public int compareTo(Node other) {
      int order = Double.compare(score, other.score);
      return order != 0 ? order : member.compareTo(other.member);
    }
  }
}
