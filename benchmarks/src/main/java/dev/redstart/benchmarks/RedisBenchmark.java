// SPDX-License-Identifier: Apache-2.0
package dev.redstart.benchmarks;

import dev.redstart.benchmarks.Contenders.RedisValues;
import dev.redstart.benchmarks.Contenders.RedstartValues;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Reads and writes of string keys, in this JVM and over loopback.
 *
 * <p>Stateless. One thread: there is one connection, and nothing is pipelined.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Threads(1)
@Fork(
    value = 3,
    jvmArgs = {"-Xms3g", "-Xmx3g"})
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 1)
public class RedisBenchmark {
  /** Reads in this JVM. */
  @Benchmark
  public @Nullable String getRedstart(RedstartValues values, Workload workload, Cursor cursor) {
    return values.store.value(workload.lookups[cursor.next()]).get();
  }

  /** Reads from a server. */
  @Benchmark
  public @Nullable String getJedis(RedisValues values, Workload workload, Cursor cursor) {
    return values.jedis.get(workload.lookups[cursor.next()]);
  }

  /** Writes in this JVM. */
  @Benchmark
  public void setRedstart(RedstartValues values, Workload workload, Cursor cursor) {
    values.store.value(workload.lookups[cursor.next()]).set(workload.values[cursor.nextValue()]);
  }

  /** Writes to a server. */
  @Benchmark
  public String setJedis(RedisValues values, Workload workload, Cursor cursor) {
    return values.jedis.set(workload.lookups[cursor.next()], workload.values[cursor.nextValue()]);
  }
}
