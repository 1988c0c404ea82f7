// SPDX-License-Identifier: Apache-2.0
package dev.redstart.benchmarks.types;

import dev.redstart.RSet;
import dev.redstart.Store;
import dev.redstart.benchmarks.Cursor;
import dev.redstart.benchmarks.Workload;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
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
 * Questions and changes of one large set, uniformly.
 *
 * <p>Stateless. A member that is changed is taken out and put back, so that the set keeps its size.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(
    value = 3,
    jvmArgs = {"-Xms3g", "-Xmx3g"})
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 1)
public class SetTypeBenchmark {
  /** A set of a store. */
  @State(Scope.Benchmark)
  public static class Members {
    final Store store = Store.open();
    final RSet<String> set = store.set("set");

    /** Fills the set. */
    @Setup
    public void fill(Workload workload) {
      for (String key : workload.keys) {
        set.add(key);
      }
      Workload.finish(set.contains(workload.lookups[0]));
    }

    /** Closes the store. */
    @TearDown
    public void close() {
      store.close();
    }
  }

  /** A set of the JDK. */
  @State(Scope.Benchmark)
  public static class JdkMembers {
    final Set<String> set = ConcurrentHashMap.newKeySet();

    /** Fills the set. */
    @Setup
    public void fill(Workload workload) {
      for (String key : workload.keys) {
        set.add(key);
      }
      Workload.finish(set.contains(workload.lookups[0]));
    }
  }

  /** Asks. */
  @Benchmark
  public boolean containsRedstart(Members members, Workload workload, Cursor cursor) {
    return members.set.contains(workload.lookups[cursor.next()]);
  }

  /** Asks. */
  @Benchmark
  public boolean containsKeySet(JdkMembers members, Workload workload, Cursor cursor) {
    return members.set.contains(workload.lookups[cursor.next()]);
  }

  /** Takes a member out and puts it back. */
  @Benchmark
  public boolean addRedstart(Members members, Workload workload, Cursor cursor) {
    String member = workload.lookups[cursor.next()];
    boolean wasThere = members.set.remove(member);
    return members.set.add(member) && wasThere;
  }

  /** Takes a member out and puts it back. */
  @Benchmark
  public boolean addKeySet(JdkMembers members, Workload workload, Cursor cursor) {
    String member = workload.lookups[cursor.next()];
    boolean wasThere = members.set.remove(member);
    return members.set.add(member) && wasThere;
  }
}
