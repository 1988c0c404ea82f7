// SPDX-License-Identifier: Apache-2.0
package dev.redstart.benchmarks;

import dev.redstart.benchmarks.Contenders.CaffeineValues;
import dev.redstart.benchmarks.Contenders.MapValues;
import dev.redstart.benchmarks.Contenders.RedstartValues;
import dev.redstart.benchmarks.Contenders.StripedValues;
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
 * Reads of string keys by equal but not identical keys, uniformly.
 *
 * <p>Stateless.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(
    value = 3,
    jvmArgs = {"-Xms3g", "-Xmx3g"})
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 1)
public class GetBenchmark {
  /** Reads through a fresh handle. */
  @Benchmark
  public @Nullable String redstart(RedstartValues values, Workload workload, Cursor cursor) {
    return values.store.value(workload.lookups[cursor.next()]).get();
  }

  /** Reads from a bounded cache. */
  @Benchmark
  public @Nullable String caffeine(CaffeineValues values, Workload workload, Cursor cursor) {
    return values.cache.getIfPresent(workload.lookups[cursor.next()]);
  }

  /** Reads from a map. */
  @Benchmark
  public @Nullable String concurrentHashMap(MapValues values, Workload workload, Cursor cursor) {
    return values.map.get(workload.lookups[cursor.next()]);
  }

  /** Reads from maps behind locks. */
  @Benchmark
  public @Nullable String lockedFastutil(StripedValues values, Workload workload, Cursor cursor) {
    return values.map.get(workload.lookups[cursor.next()]);
  }
}
