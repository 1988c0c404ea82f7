// SPDX-License-Identifier: Apache-2.0
package dev.redstart.structure;

import org.jspecify.annotations.Nullable;

/**
 * A segmented hash table from members to scores.
 *
 * <p>Guarded by its owner's lock.
 */
public final class ScoreTable extends SegmentTable<ScoreTable.ScoreSegment> {
  /** Segments of at most 1,024 slots: what one write copies after a freeze. */
  private static final int MAX_GROUPS = 128;

  /** Creates an empty table. */
  public ScoreTable() {
    super(0, MAX_GROUPS, null);
  }

  private ScoreTable(SipHash keyedHash) {
    super(0, MAX_GROUPS, keyedHash);
  }

  private ScoreTable(ScoreTable source) {
    super(source);
  }

  /** Returns an empty table with room for about so many members, in any order. O(n). */
  public static ScoreTable expecting(long members) {
    ScoreTable table = new ScoreTable();
    table.expect(members);
    return table;
  }

  /** Returns a twin with the same content at this moment, for reading or writing. O(1). */
  public ScoreTable freeze() {
    return (ScoreTable) freezeTable();
  }

  /** Returns the score at the cursor. */
  public double score() {
    return segment.scores[slot];
  }

  /** Sets the score at the cursor. */
  public void setScore(double score) {
    if (!ownsCursor()) {
      own();
    }
    segment.scores[slot] = score;
  }

  /** Hands over every member with its score, in no order. O(n). */
  public void forEachScore(ScoreVisitor visitor) {
    forEachSegment(
        found -> {
          for (int at = 0; at < found.slots(); at++) {
            String member = found.key(at);
            if (member != null) {
              visitor.visit(found.scores[at], member);
            }
          }
        });
  }

  @Override
  ScoreSegment newSegment(
      Object owner, int prefixBits, int groups, @Nullable SegmentTable<?> nested) {
    return new ScoreSegment(owner, prefixBits, groups, nested);
  }

  @Override
  ScoreSegment copySegment(Object owner, ScoreSegment source, @Nullable SegmentTable<?> nested) {
    return new ScoreSegment(owner, source, nested);
  }

  @Override
  SegmentTable<ScoreSegment> newNested(SipHash keyedHash) {
    return new ScoreTable(keyedHash);
  }

  @Override
  SegmentTable<ScoreSegment> twin() {
    return new ScoreTable(this);
  }

  /** A segment whose payload is a score. */
  static final class ScoreSegment extends Segment {
    // Fixed after construction; the content guarded by the table's owner.
    final double[] scores;

    ScoreSegment(Object owner, int prefixBits, int groups, @Nullable SegmentTable<?> nested) {
      super(owner, prefixBits, groups, 0, nested);
      this.scores = new double[groups * GROUP];
    }

    ScoreSegment(Object owner, ScoreSegment source, @Nullable SegmentTable<?> nested) {
      super(owner, source, nested);
      this.scores = source.scores.clone();
    }

    @Override
    void takePayload(Segment source, int sourceSlot, int slot) {
      scores[slot] = ((ScoreSegment) source).scores[sourceSlot];
    }

    @Override
    void clearPayload(int slot) {
      // a score needs no clearing: the tag says that the slot is free
    }
  }
}
