// SPDX-License-Identifier: Apache-2.0
package dev.redstart.operation;

import dev.redstart.AddCondition;
import dev.redstart.keyspace.Access;
import dev.redstart.keyspace.Hold;
import dev.redstart.spi.Binary;
import dev.redstart.structure.SortedSetValue;
import java.util.ArrayList;
import java.util.List;

/**
 * Taking members from the first of several sorted sets that has any, waiting or not.
 *
 * <p>Immutable; as safe for threads as its access. A pop costs O(k log n).
 */
public final class SortedSetPops extends FirstPops<SortedSetValue, ScoredMembers> {
  private final boolean fromMax;
  private final long count;

  /**
   * Creates the operation.
   *
   * @param keys in the order in which they are looked at
   * @param fromMax whether the highest scores are taken rather than the lowest
   * @param count how many members to take at most; positive
   */
  public SortedSetPops(Access access, List<@Binary String> keys, boolean fromMax, long count) {
    super(access, keys, SortedSetValue.TYPE);
    this.fromMax = fromMax;
    this.count = count;
  }

  @Override
  ScoredMembers look(SortedSetValue set) {
    long taken = Math.min(count, set.size());
    ScoredMembers members = new ScoredMembers(taken);
    if (fromMax) {
      set.forEachReverse(set.size() - taken, set.size(), members);
    } else {
      set.forEach(0, taken, members);
    }
    return members;
  }

  @Override
  boolean isSame(ScoredMembers one, ScoredMembers other) {
    return one.isSame(other);
  }

  @Override
  ScoredMembers nothing() {
    return new ScoredMembers(Math.min(count, 16));
  }

  @Override
  long pop(Hold hold, ScoredMembers popped) {
    return SortedSetOperations.pop(hold, fromMax, count, popped);
  }

  @Override
  public void putBack(Taken<ScoredMembers> taken) {
    ScoredMembers gone = taken.elements();
    double[] scores = new double[gone.size()];
    List<String> members = new ArrayList<>(scores.length);
    for (int i = 0; i < scores.length; i++) {
      scores[i] = gone.score(i);
      members.add(gone.member(i));
    }
    new SortedSetOperations(access.forced(), taken.key()).add(members, scores, AddCondition.ABSENT);
  }
}
