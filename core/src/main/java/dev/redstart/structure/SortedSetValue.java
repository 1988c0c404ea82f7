// SPDX-License-Identifier: Apache-2.0
package dev.redstart.structure;

import dev.redstart.KeyType;
import dev.redstart.spi.Binary;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A sorted set: packed while small, a score tree and a score table beyond.
 *
 * <p>Guarded by the stripe of its key; a frozen one that nobody changes may be read by any thread.
 */
public final class SortedSetValue extends CollectionValue {
  // Overview. In the large form a table knows each member's score and a tree their order. The
  // change to it is final, as in Redis.

  /** The type. */
  public static final ValueType<SortedSetValue> TYPE =
      new ValueType<>(KeyType.SORTED_SET, SortedSetValue.class, SortedSetValue::new);

  /** Redis: zset-max-listpack-entries. */
  private static final int MAX_PACKED_ENTRIES = 128;

  /** Redis: zset-max-listpack-value, in bytes. */
  private static final int MAX_PACKED_MEMBER = 64;

  // Guarded by the stripe. Exactly one of them is there.
  private @Nullable PackedScores packed;
  private @Nullable Large large;

  /** Creates an empty one. */
  public SortedSetValue() {
    this(new PackedScores(), null);
  }

  private SortedSetValue(@Nullable PackedScores packed, @Nullable Large large) {
    this.packed = packed;
    this.large = large;
  }

  /**
   * Returns one of members that come in order, each once. O(n).
   *
   * @param count how many of the arrays' elements to take
   */
  public static SortedSetValue ofSorted(double[] scores, @Binary String[] members, int count) {
    boolean small = count <= MAX_PACKED_ENTRIES;
    for (int i = 0; i < count && small; i++) {
      small = members[i].length() <= MAX_PACKED_MEMBER;
    }
    if (small) {
      PackedScores packed = new PackedScores();
      for (int i = 0; i < count; i++) {
        packed.add(withoutSign(scores[i]), members[i]);
      }
      return new SortedSetValue(packed, null);
    }
    ScoreTable table = new ScoreTable();
    for (int i = 0; i < count; i++) {
      table.insert(members[i]);
      table.setScore(scores[i]);
    }
    return new SortedSetValue(null, new Large(ScoreTree.ofSorted(scores, members, count), table));
  }

  @Override
  public SortedSetValue freeze() {
    return packed != null
        ? new SortedSetValue(packed.freeze(), null)
        : new SortedSetValue(null, new Large(tree().freeze(), table().freeze()));
  }

  @Override
  public boolean isEmpty() {
    return size() == 0;
  }

  @Override
  public ValueType<SortedSetValue> type() {
    return TYPE;
  }

  /** Returns the number of members. O(1). */
  public long size() {
    return packed != null ? packed.size() : tree().size();
  }

  /** Tells whether the small form is in use: Redis's listpack rather than skiplist. */
  public boolean isPacked() {
    return packed != null;
  }

  /** Returns a member's score, or NaN if it is not there. O(1). */
  public double score(@Binary String member) {
    if (packed != null) {
      int position = packed.find(member);
      return position < 0 ? Double.NaN : packed.scoreAt(position);
    }
    return table().find(member) ? table().score() : Double.NaN;
  }

  /** Adds a member or changes its score; returns the score before, or NaN. O(log n). */
  public double put(@Binary String member, double score) {
    if (packed != null) {
      int position = packed.find(member);
      if (position >= 0 || fits(member)) {
        return putPacked(packed, position, member, score);
      }
      unpack(packed);
    }
    ScoreTree tree = tree();
    ScoreTable table = table();
    if (!table.find(member)) {
      table.insert(member);
      table.setScore(score);
      tree.add(score, member);
      return Double.NaN;
    }
    double before = table.score();
    if (before != score) {
      String same = table.keyAtCursor(); // one object for both structures
      table.setScore(score);
      tree.remove(before, same);
      tree.add(score, same);
    }
    return before;
  }

  private static double putPacked(
      PackedScores packed, int position, @Binary String member, double score) {
    double before = Double.NaN;
    if (position >= 0) {
      before = packed.scoreAt(position);
      if (before == score) {
        return before;
      }
      packed.removeAt(position);
    }
    packed.add(withoutSign(score), member);
    return before;
  }

  /** Returns 0.0 for -0.0: a listpack holds whole scores as integers, so Redis loses that sign. */
  private static double withoutSign(double score) {
    return score + 0.0;
  }

  private boolean fits(@Binary String member) {
    return size() < MAX_PACKED_ENTRIES && member.length() <= MAX_PACKED_MEMBER;
  }

  private void unpack(PackedScores small) {
    int size = small.size();
    double[] scores = new double[size];
    String[] members = new String[size];
    ScoreTable newTable = new ScoreTable();
    int i = 0;
    for (int position = 0; i < size; position = small.next(position)) {
      scores[i] = small.scoreAt(position);
      members[i] = small.memberAt(position);
      newTable.insert(members[i]);
      newTable.setScore(scores[i]);
      i++;
    }
    large = new Large(ScoreTree.ofSorted(scores, members, size), newTable);
    packed = null;
  }

  /** Removes a member; returns the score that it had, or NaN. O(log n). */
  public double remove(@Binary String member) {
    if (packed != null) {
      int position = packed.find(member);
      if (position < 0) {
        return Double.NaN;
      }
      double score = packed.scoreAt(position);
      packed.removeAt(position);
      return score;
    }
    ScoreTable table = table();
    if (!table.find(member)) {
      return Double.NaN;
    }
    double score = table.score();
    tree().remove(score, table.keyAtCursor());
    table.remove();
    return score;
  }

  /** Returns how many members stand before one that is there. O(log n). */
  public long rank(double score, @Binary String member) {
    if (packed != null) {
      return packed.rank(score, member);
    }
    ScoreTable table = table(); // its own string is the tree's too, so the search ends sooner
    return table.find(member) ? tree().rank(score, table.keyAtCursor()) : -1;
  }

  /** Counts members with a score below a bound, or equal to it if included. O(log n). */
  public long countBelow(double bound, boolean inclusive) {
    return packed != null
        ? packed.countBelow(bound, inclusive)
        : tree().countBelow(bound, inclusive);
  }

  /** Counts members below a bound, or equal to it if included; of equal scores. O(log n). */
  public long countBelowMember(@Binary String bound, boolean inclusive) {
    return packed != null
        ? packed.countBelowMember(bound, inclusive)
        : tree().countBelowMember(bound, inclusive);
  }

  /** Hands over the members of ranks [from, to), ascending. O(log n + k). */
  public void forEach(long from, long to, ScoreVisitor visitor) {
    if (packed != null) {
      packed.forEach((int) from, (int) to, visitor);
    } else {
      tree().forEach(from, to, visitor);
    }
  }

  /** Hands over the members of ranks [from, to), descending. O(log n + k). */
  public void forEachReverse(long from, long to, ScoreVisitor visitor) {
    if (packed != null) {
      packed.forEachReverse((int) from, (int) to, visitor);
    } else {
      tree().forEachReverse(from, to, visitor);
    }
  }

  /** Removes the members of ranks [from, to) and hands them over, ascending. O(log n + k). */
  public void removeRange(long from, long to, @Nullable ScoreVisitor removed) {
    if (packed != null) {
      packed.removeRange((int) from, (int) to, removed);
      return;
    }
    ScoreTable table = table();
    tree()
        .removeRange(
            from,
            to,
            (score, member) -> {
              table.find(member);
              table.remove();
              if (removed != null) {
                removed.visit(score, member);
              }
            });
  }

  /**
   * Hands over members from a cursor on, and returns where to go on or 0 at the end; a packed set
   * at once. Guarantees as for {@link SegmentTable#scan}.
   */
  public long scan(long cursor, long count, Consumer<? super @Binary String> visitor) {
    if (packed != null) {
      packed.forEach(0, packed.size(), (score, member) -> visitor.accept(member));
      return 0;
    }
    long next =
        cursor >= 1L << (32 + SegmentTable.NESTED_CURSOR_BITS)
            ? -1
            : table().scan(cursor, count, visitor);
    return Math.max(0, next);
  }

  private ScoreTree tree() {
    return Objects.requireNonNull(large).tree;
  }

  private ScoreTable table() {
    return Objects.requireNonNull(large).table;
  }

  /** The large form. */
  private record Large(ScoreTree tree, ScoreTable table) {}
}
