// SPDX-License-Identifier: Apache-2.0
package dev.redstart.benchmarks;

import dev.redstart.benchmarks.Contenders.CaffeineValues;
import dev.redstart.benchmarks.Contenders.MapValues;
import dev.redstart.benchmarks.Contenders.RedstartValues;
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
 * Writes to string keys that exist, by equal but not identical keys, uniformly.
 *
 * <p>Stateless. The values shift against the keys, so that every write is a change.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(
    value = 3,
    jvmArgs = {"-Xms3g", "-Xmx3g"})
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 1)
public class SetBenchmark {
  /** Writes through a fresh handle. */
  @Benchmark
  public void redstart(RedstartValues values, Workload workload, Cursor cursor) {
    values.store.value(workload.lookups[cursor.next()]).set(workload.values[cursor.nextValue()]);
  }

  /** Writes to a bounded cache. */
  @Benchmark
  public void caffeine(CaffeineValues values, Workload workload, Cursor cursor) {
    values.cache.put(workload.lookups[cursor.next()], workload.values[cursor.nextValue()]);
  }

  /** Writes to a map. */
  @Benchmark
  public @Nullable String concurrentHashMap(MapValues values, Workload workload, Cursor cursor) {
    return values.map.put(workload.lookups[cursor.next()], workload.values[cursor.nextValue()]);
  }
}
