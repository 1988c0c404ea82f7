// SPDX-License-Identifier: Apache-2.0
package dev.redstart.benchmarks;

import java.util.SplittableRandom;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.ThreadParams;

/**
 * Where a measuring thread stands in the lookups, and its source of scores.
 *
 * <p>Confined to that thread.
 */
@State(Scope.Thread)
public class Cursor {
  private int entries;
  private int position;
  private int valuePosition;
  private SplittableRandom random = new SplittableRandom(0);

  /** Spreads the threads evenly over the lookups. */
  @Setup
  public void start(Workload workload, ThreadParams threads) {
    entries = workload.entries;
    position = entries / threads.getThreadCount() * threads.getThreadIndex();
    random = new SplittableRandom(threads.getThreadIndex());
  }

  /** Returns the next index into the lookups. */
  public int next() {
    int current = position;
    position = current + 1 == entries ? 0 : current + 1;
    return current;
  }

  /** Returns the next index into the values, which shifts against the lookups in every round. */
  public int nextValue() {
    int current = valuePosition;
    valuePosition = current + 2 >= entries ? 0 : current + 1;
    return current;
  }

  /** Returns some score from 0 to 1. */
  double score() {
    return random.nextDouble();
  }

  /** Returns some rank that at least {@code length} members stand at or after. */
  int rank(int length) {
    return random.nextInt(entries - length + 1);
  }
}
