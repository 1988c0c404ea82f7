// SPDX-License-Identifier: Apache-2.0
package dev.redstart.benchmarks.types;

import dev.redstart.Store;
import dev.redstart.benchmarks.Cursor;
import dev.redstart.benchmarks.Workload;
import java.util.Map;
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
 * Reads and writes of fields that exist, of hashes of ten fields each.
 *
 * <p>Stateless. All fields are asked for uniformly, through a fresh handle each time.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(
    value = 3,
    jvmArgs = {"-Xms3g", "-Xmx3g"})
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 1)
public class HashBenchmark {
  private static final int FIELDS = 10;

  /** Which field of which hash each lookup asks for. */
  @State(Scope.Benchmark)
  public static class Fields {
    String[] keys = {};
    String[] names = {};

    /** Makes the names; a lookup's strings are equal to those stored and not the same. */
    @Setup
    public void make(Workload workload) {
      keys = new String[workload.entries];
      names = new String[workload.entries];
      int hashes = 0;
      for (int i = 0; i < workload.entries; i++) {
        int random = workload.order[i];
        keys[i] = workload.copyOfKey(random / FIELDS);
        names[i] = "field" + random % FIELDS;
        hashes |= names[i].hashCode(); // computed before it is used, as the keys' are
      }
      Workload.finish(hashes);
    }
  }

  /** Hashes of a store. */
  @State(Scope.Benchmark)
  public static class Hashes {
    final Store store = Store.open();

    /** Fills the hashes, in another order than that of the lookups. */
    @Setup
    public void fill(Workload workload, Fields fields) {
      for (int i = 0; i < workload.entries; i++) {
        store.hash(workload.keys[i / FIELDS]).put("field" + i % FIELDS, workload.values[i]);
      }
      Workload.finish(store.hash(fields.keys[0]).get(fields.names[0]));
    }

    /** Closes the store. */
    @TearDown
    public void close() {
      store.close();
    }
  }

  /** Maps in a map. */
  @State(Scope.Benchmark)
  public static class Maps {
    final ConcurrentHashMap<String, Map<String, String>> maps = new ConcurrentHashMap<>();

    /** Fills the maps, in another order than that of the lookups. */
    @Setup
    public void fill(Workload workload, Fields fields) {
      for (int i = 0; i < workload.entries; i++) {
        maps.computeIfAbsent(workload.keys[i / FIELDS], key -> new ConcurrentHashMap<>())
            .put("field" + i % FIELDS, workload.values[i]);
      }
      Workload.finish(maps.get(fields.keys[0]));
    }
  }

  /** Reads a field. */
  @Benchmark
  public @Nullable String getRedstart(Hashes hashes, Fields fields, Cursor cursor) {
    int i = cursor.next();
    return hashes.store.hash(fields.keys[i]).get(fields.names[i]);
  }

  /** Reads an entry of a map in a map. */
  @Benchmark
  public @Nullable String getMaps(Maps maps, Fields fields, Cursor cursor) {
    int i = cursor.next();
    Map<String, String> map = maps.maps.get(fields.keys[i]);
    return map == null ? null : map.get(fields.names[i]);
  }

  /** Writes a field. */
  @Benchmark
  public boolean putRedstart(Hashes hashes, Fields fields, Workload workload, Cursor cursor) {
    int i = cursor.next();
    return hashes
        .store
        .hash(fields.keys[i])
        .put(fields.names[i], workload.values[cursor.nextValue()]);
  }

  /** Writes an entry of a map in a map. */
  @Benchmark
  public @Nullable String putMaps(Maps maps, Fields fields, Workload workload, Cursor cursor) {
    int i = cursor.next();
    Map<String, String> map = maps.maps.get(fields.keys[i]);
    return map == null ? null : map.put(fields.names[i], workload.values[cursor.nextValue()]);
  }
}
