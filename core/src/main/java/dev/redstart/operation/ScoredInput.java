// SPDX-License-Identifier: Apache-2.0
package dev.redstart.operation;

import dev.redstart.WrongTypeException;
import dev.redstart.spi.Binary;
import dev.redstart.structure.CollectionValue;
import dev.redstart.structure.ScoreVisitor;
import dev.redstart.structure.SetValue;
import dev.redstart.structure.SortedSetValue;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What sorted set algebra reads: a sorted set, a set as if all scores were 1, or nothing.
 *
 * <p>As safe for threads as its value.
 *
 * @param set a {@link SortedSetValue}, a {@link SetValue}, or null
 * @param weight what the scores are multiplied with
 */
record ScoredInput(@Nullable CollectionValue set, double weight) {
  private static final double SCORE_OF_ALL = 1;

  /**
   * Returns a key's value as an input.
   *
   * @throws WrongTypeException if it is neither a sorted set nor a set
   */
  static ScoredInput of(@Nullable Object value, boolean frozen, double weight) {
    if (value == null) {
      return new ScoredInput(null, weight);
    }
    if (value instanceof CollectionValue set
        && (set instanceof SortedSetValue || set instanceof SetValue)) {
      return new ScoredInput(frozen ? set.freeze() : set, weight);
    }
    throw new WrongTypeException();
  }

  long size() {
    if (set instanceof SortedSetValue scored) {
      return scored.size();
    }
    return set instanceof SetValue plain ? plain.size() : 0;
  }

  /** Returns a member's score, or NaN if it is not there. */
  double score(@Binary String member) {
    if (set instanceof SortedSetValue scored) {
      return scored.score(member);
    }
    return set instanceof SetValue plain && plain.contains(member) ? SCORE_OF_ALL : Double.NaN;
  }

  boolean contains(@Binary String member) {
    return !Double.isNaN(score(member));
  }

  /** Tells whether {@link #forEach} is in order of scores, then of bytes. */
  boolean isInOrder() {
    return !(set instanceof SetValue);
  }

  void forEach(ScoreVisitor visitor) {
    if (set instanceof SortedSetValue scored) {
      scored.forEach(0, scored.size(), visitor);
    } else if (set instanceof SetValue plain) {
      plain.forEach(member -> visitor.visit(SCORE_OF_ALL, member));
    }
  }

  /** Hands over members while some are wanted. */
  void forEachUntil(ScoreVisitor visitor, LongSupplier wanted) {
    if (set instanceof SetValue plain) {
      plain.forEachWhile(
          member -> {
            visitor.visit(SCORE_OF_ALL, member);
            return wanted.getAsLong() > 0;
          });
    } else if (set instanceof SortedSetValue scored) {
      long rank = 0;
      while (rank < scored.size() && wanted.getAsLong() > 0) {
        long step =
            wanted.getAsLong() < scored.size() - rank ? rank + wanted.getAsLong() : scored.size();
        scored.forEach(rank, step, visitor);
        rank = step;
      }
    }
  }

  /** Tells whether some score times the weight is not a number: infinity times zero. */
  boolean hasNaN() {
    if (!(set instanceof SortedSetValue scored) || scored.isEmpty()) {
      return false;
    }
    if (Double.isInfinite(weight)) {
      return scored.countBelow(0, true) > scored.countBelow(0, false);
    }
    ScoredMembers ends = new ScoredMembers(2); // infinite scores are at the ends
    scored.forEach(0, 1, ends);
    scored.forEach(size() - 1, size(), ends);
    return Double.isNaN(ends.score(0) * weight) || Double.isNaN(ends.score(1) * weight);
  }
}
