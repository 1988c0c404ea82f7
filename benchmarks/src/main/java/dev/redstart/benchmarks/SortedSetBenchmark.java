// SPDX-License-Identifier: Apache-2.0
package dev.redstart.benchmarks;

import dev.redstart.benchmarks.Contenders.JdkScores;
import dev.redstart.benchmarks.Contenders.RedstartScores;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Changes of scores, ranks and short ranges in one large sorted set.
 *
 * <p>Stateless. Every thread works on the same set.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(
    value = 3,
    jvmArgs = {"-Xms3g", "-Xmx3g"})
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 1)
public class SortedSetBenchmark {
  private static final int RANGE_LENGTH = 10;

  /** Gives a member another score. */
  @Benchmark
  public boolean addRedstart(RedstartScores scores, Workload workload, Cursor cursor) {
    return scores.board.add(workload.lookups[cursor.next()], cursor.score());
  }

  /** Gives a member another score, in a map and a tree. */
  @Benchmark
  public boolean addTreeSet(JdkScores scores, Workload workload, Cursor cursor) {
    return scores.board.add(workload.lookups[cursor.next()], cursor.score());
  }

  /** Asks for a member's rank, which a tree of the JDK cannot answer but by counting. */
  @Benchmark
  public @Nullable Long rankRedstart(RedstartScores scores, Workload workload, Cursor cursor) {
    return scores.board.rank(workload.lookups[cursor.next()]);
  }

  /** Asks for ten members by their ranks. */
  @Benchmark
  public List<String> rangeRedstart(RedstartScores scores, Cursor cursor) {
    int start = cursor.rank(RANGE_LENGTH);
    return scores.board.range(start, start + RANGE_LENGTH - 1);
  }

  /** Asks for ten members from one on whose node is at hand. */
  @Benchmark
  public List<String> rangeTreeSet(JdkScores scores, Cursor cursor) {
    return scores.board.rangeFrom(scores.nodes[cursor.next()], RANGE_LENGTH);
  }
}
