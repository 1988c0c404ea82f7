// SPDX-License-Identifier: Apache-2.0
package dev.redstart.structure;

import dev.redstart.spi.Binary;
import dev.redstart.spi.BinaryStrings;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A small sorted set in one byte array.
 *
 * <p>Guarded by the stripe's lock of its owner; a frozen copy that nobody writes may be read by any
 * thread after safe publication.
 *
 * <p>The order is that of {@link ScoreTree}: by score as a primitive, then by the member's bytes. A
 * <em>position</em> is where an entry begins, from 0 for the first to {@link #bytes} for the end;
 * it holds until the next write. Unless said otherwise, an operation costs O(n).
 */
public final class PackedScores {
  // Overview
  //
  // entries = *entry                       in ascending order, without gaps, from index 0 to end
  // entry   = score member
  // score   = 8 bytes                      a double, little endian
  // member  = length bytes                 as PackedBytes has it
  //
  // 1. Arrays are shared by freeze() alone, which marks both sides; a marked side writes into a new
  //    array and is then unmarked. A shared array is never written.
  // 2. What must be allocated is allocated before the first change.

  private static final VarHandle SCORE =
      MethodHandles.byteArrayViewVarHandle(double[].class, ByteOrder.LITTLE_ENDIAN);

  private static final int SCORE_BYTES = Double.BYTES;

  // Guarded by the stripe's lock of the owner.
  private byte[] entries;
  private int end;
  private int size;
  private boolean shared;

  /** Creates an empty set. */
  public PackedScores() {
    this.entries = new byte[0];
  }

  private PackedScores(PackedScores source) {
    this.entries = source.entries;
    this.end = source.end;
    this.size = source.size;
    this.shared = true;
  }

  /** Returns the number of elements. O(1). */
  public int size() {
    return size;
  }

  /** Returns the number of bytes of all entries, which is the end's position. O(1). */
  public int bytes() {
    return end;
  }

  /** Returns an independent set of the same elements, which shares the array for now. O(1). */
  public PackedScores freeze() {
    PackedScores frozen = new PackedScores(this);
    shared = true;
    return frozen;
  }

  /** Returns the position of a member, -1 if absent. */
  public int find(@Binary String member) {
    for (int position = 0; position < end; position = next(position)) {
      if (holds(position, member)) {
        return position;
      }
    }
    return -1;
  }

  /** Returns the position after that of an entry, the end's after the last. O(1). */
  public int next(int position) {
    int length = lengthAt(position);
    return startOfMember(position, length) + length;
  }

  /**
   * Returns the position of the element of a rank, the end's for the size.
   *
   * @throws IndexOutOfBoundsException when the rank is not within 0 and the size
   */
  public int positionOf(int rank) {
    Objects.checkIndex(rank, size + 1);
    if (rank == size) {
      return end;
    }
    int position = 0;
    for (int i = 0; i < rank; i++) {
      position = next(position);
    }
    return position;
  }

  /** Returns the rank of the entry at a position. */
  public int rankAt(int position) {
    int rank = 0;
    for (int i = 0; i < position; i = next(i)) {
      rank++;
    }
    return rank;
  }

  /** Returns the score at a position. O(1). */
  public double scoreAt(int position) {
    return (double) SCORE.get(entries, position);
  }

  /** Returns the member at a position, copied. O(1). */
  public @Binary String memberAt(int position) {
    int length = lengthAt(position);
    return BinaryStrings.fromBytes(entries, startOfMember(position, length), length);
  }

  /** Adds an element, which must be absent. */
  public void add(double score, @Binary String member) {
    assert !Double.isNaN(score) : "score must be a number";
    assert rank(score, member) < 0 : "element must be absent: " + member;
    int position = seek(score, member);
    int length = member.length();
    int gap = Math.addExact(SCORE_BYTES + PackedBytes.bytesOfLength(length), length);
    adopt(PackedBytes.open(entries, end, position, gap, shared), end + gap);
    SCORE.set(entries, position, score);
    int start = PackedBytes.putLength(entries, position + SCORE_BYTES, length);
    BinaryStrings.copyTo(member, entries, start);
    size++;
  }

  /** Removes an element; returns whether it was there. */
  public boolean remove(double score, @Binary String member) {
    int position = seek(score, member);
    if (position == end || compare(position, score, member) != 0) {
      return false;
    }
    removeAt(position);
    return true;
  }

  /** Removes the element at a position. */
  public void removeAt(int position) {
    close(position, next(position));
    size--;
  }

  /**
   * Removes the elements of a range of ranks, which are first reported in order.
   *
   * @throws IndexOutOfBoundsException when the range is not within the size
   */
  public void removeRange(int fromRank, int toRankExclusive, @Nullable ScoreVisitor removed) {
    Objects.checkFromToIndex(fromRank, toRankExclusive, size);
    if (removed != null) {
      forEach(fromRank, toRankExclusive, removed);
    }
    if (fromRank < toRankExclusive) {
      close(positionOf(fromRank), positionOf(toRankExclusive));
      size -= toRankExclusive - fromRank;
    }
  }

  /** Returns the rank of an element, -1 if absent. */
  public int rank(double score, @Binary String member) {
    int rank = 0;
    for (int position = 0; position < end; position = next(position)) {
      int order = compare(position, score, member);
      if (order >= 0) {
        return order == 0 ? rank : -1;
      }
      rank++;
    }
    return -1;
  }

  /** Returns how many elements have a score below the bound, or at most the bound. */
  public int countBelow(double bound, boolean inclusive) {
    int count = 0;
    for (int position = 0; position < end; position = next(position)) {
      double score = scoreAt(position);
      if (score > bound || (!inclusive && score == bound)) {
        break;
      }
      count++;
    }
    return count;
  }

  /**
   * Returns how many elements have a member below the bound, or at most the bound.
   *
   * <p>Right when all scores are equal; otherwise some number from 0 to the size.
   */
  public int countBelowMember(@Binary String bound, boolean inclusive) {
    int limit = inclusive ? 1 : 0;
    int count = 0;
    for (int position = 0; position < end; position = next(position)) {
      if (compareMember(position, bound) >= limit) {
        break;
      }
      count++;
    }
    return count;
  }

  /**
   * Shows the elements of a range of ranks in ascending order.
   *
   * @throws IndexOutOfBoundsException when the range is not within the size
   */
  public void forEach(int fromRank, int toRankExclusive, ScoreVisitor visitor) {
    Objects.checkFromToIndex(fromRank, toRankExclusive, size);
    int position = positionOf(fromRank);
    for (int rank = fromRank; rank < toRankExclusive; rank++) {
      visitor.visit(scoreAt(position), memberAt(position));
      position = next(position);
    }
  }

  /**
   * Shows the elements of a range of ranks in descending order.
   *
   * @throws IndexOutOfBoundsException when the range is not within the size
   */
  public void forEachReverse(int fromRank, int toRankExclusive, ScoreVisitor visitor) {
    Objects.checkFromToIndex(fromRank, toRankExclusive, size);
    int[] positions = new int[toRankExclusive - fromRank]; // entries can be walked forwards only
    int position = positionOf(fromRank);
    for (int i = 0; i < positions.length; i++) {
      positions[i] = position;
      position = next(position);
    }
    for (int i = positions.length - 1; i >= 0; i--) {
      visitor.visit(scoreAt(positions[i]), memberAt(positions[i]));
    }
  }

  /** Returns the array's length, to be held against {@link #bytes}. O(1). */
  int capacity() {
    return entries.length;
  }

  /** Returns the position of the first entry that is not below the pair. */
  private int seek(double score, @Binary String member) {
    int position = 0;
    while (position < end && compare(position, score, member) < 0) {
      position = next(position);
    }
    return position;
  }

  private int compare(int position, double score, @Binary String member) {
    double candidate = scoreAt(position);
    if (candidate == score) {
      return compareMember(position, member);
    }
    return candidate < score ? -1 : 1;
  }

  private int compareMember(int position, @Binary String member) {
    int length = lengthAt(position);
    return PackedBytes.compare(entries, startOfMember(position, length), length, member);
  }

  private boolean holds(int position, @Binary String member) {
    int length = lengthAt(position);
    return PackedBytes.isSame(entries, startOfMember(position, length), length, member);
  }

  private int lengthAt(int position) {
    return PackedBytes.lengthAt(entries, position + SCORE_BYTES);
  }

  private static int startOfMember(int position, int length) {
    return position + SCORE_BYTES + PackedBytes.bytesOfLength(length);
  }

  private void close(int from, int to) {
    adopt(PackedBytes.close(entries, end, from, to, shared), end - (to - from));
  }

  private void adopt(byte[] target, int newEnd) {
    entries = target;
    end = newEnd;
    shared = false;
  }
}
