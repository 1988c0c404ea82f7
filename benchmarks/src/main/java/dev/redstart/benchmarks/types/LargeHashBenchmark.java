// SPDX-License-Identifier: Apache-2.0
package dev.redstart.benchmarks.types;

import dev.redstart.RHash;
import dev.redstart.Store;
import dev.redstart.benchmarks.Cursor;
import dev.redstart.benchmarks.Workload;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Reads and writes of fields that exist, uniformly, of one large hash.
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
public class LargeHashBenchmark {
  /** A hash of a store. */
  @State(Scope.Benchmark)
  public static class Fields {
    final Store store = Store.open();
    final RHash<String, String> hash = store.hash("hash");

    /** Fills the hash. */
    @Setup
    public void fill(Workload workload) {
      for (int i = 0; i < workload.entries; i++) {
        hash.put(workload.keys[i], workload.values[i]);
      }
      Workload.finish(hash.get(workload.lookups[0]));
    }

    /** Closes the store. */
    @TearDown
    public void close() {
      store.close();
    }
  }

  /** A map of the JDK. */
  @State(Scope.Benchmark)
  public static class JdkFields {
    final ConcurrentHashMap<String, String> map = new ConcurrentHashMap<>();

    /** Fills the map. */
    @Setup
    public void fill(Workload workload) {
      for (int i = 0; i < workload.entries; i++) {
        map.put(workload.keys[i], workload.values[i]);
      }
      Workload.finish(map.get(workload.lookups[0]));
    }
  }

  /** Reads a field. */
  @Benchmark
  public @Nullable String getRedstart(Fields fields, Workload workload, Cursor cursor) {
    return fields.hash.get(workload.lookups[cursor.next()]);
  }

  /** Reads an entry. */
  @Benchmark
  public @Nullable String getMap(JdkFields fields, Workload workload, Cursor cursor) {
    return fields.map.get(workload.lookups[cursor.next()]);
  }

  /** Writes a field. */
  @Benchmark
  public boolean putRedstart(Fields fields, Workload workload, Cursor cursor) {
    return fields.hash.put(workload.lookups[cursor.next()], workload.values[cursor.nextValue()]);
  }

  /** Writes an entry. */
  @Benchmark
  public @Nullable String putMap(JdkFields fields, Workload workload, Cursor cursor) {
    return fields.map.put(workload.lookups[cursor.next()], workload.values[cursor.nextValue()]);
  }
}
