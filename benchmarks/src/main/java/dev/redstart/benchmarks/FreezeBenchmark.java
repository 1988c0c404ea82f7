// SPDX-License-Identifier: Apache-2.0
package dev.redstart.benchmarks;

import dev.redstart.benchmarks.Contenders.RedstartScores;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Single writes to a large sorted set that was frozen just before.
 *
 * <p>Stateless. The API freezes a value when it copies it and when a transaction may have to put it
 * back. Allocation, by JMH's {@code gc} profiler, includes that of the copying.
 */
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Threads(1)
@Fork(
    value = 3,
    jvmArgs = {"-Xms3g", "-Xmx3g"})
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 1)
public class FreezeBenchmark {
  /** Writes to a set that nobody has frozen. */
  @Benchmark
  public boolean write(RedstartScores scores, Workload workload, Cursor cursor) {
    return scores.board.add(workload.lookups[cursor.next()], cursor.score());
  }

  /** Writes to a set that was copied just before. */
  @Benchmark
  public boolean writeAfterCopy(CopiedScores scores, Workload workload, Cursor cursor) {
    return scores.board.add(workload.lookups[cursor.next()], cursor.score());
  }

  /** Writes in a transaction of its own, freezing included. */
  @Benchmark
  public boolean writeInTransaction(RedstartScores scores, Workload workload, Cursor cursor) {
    return scores.store.atomicallyGet(
        List.of(RedstartScores.KEY),
        transaction ->
            transaction
                .sortedSet(RedstartScores.KEY)
                .add(workload.lookups[cursor.next()], cursor.score()));
  }

  /** A sorted set that is copied before every write. */
  @State(Scope.Benchmark)
  public static class CopiedScores extends RedstartScores {
    /** Copies the set over its last copy. */
    @Setup(Level.Invocation)
    public void copy() {
      if (!store.keys().copy(KEY, "copy", true)) {
        throw new IllegalStateException("there must be a set to copy");
      }
    }
  }
}
