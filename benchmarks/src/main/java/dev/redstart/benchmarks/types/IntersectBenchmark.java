// SPDX-License-Identifier: Apache-2.0
package dev.redstart.benchmarks.types;

import dev.redstart.Store;
import dev.redstart.benchmarks.Workload;
import java.util.HashSet;
import java.util.Set;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The intersection of two sets of a million members, half of which they share.
 *
 * <p>Stateless. Both make a new set of what is shared: Redstart one for its caller, the JDK by
 * {@code retainAll} of a copy, which is made beforehand and not on the clock.
 */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(
    value = 3,
    jvmArgs = {"-Xms3g", "-Xmx3g"})
@Warmup(iterations = 5)
@Measurement(iterations = 10)
public class IntersectBenchmark {
  /** Two sets of a store. */
  @State(Scope.Benchmark)
  public static class Members {
    final Store store = Store.open();

    /** Fills the sets. */
    @Setup
    public void fill(Workload workload) {
      int half = workload.entries / 2;
      for (int i = 0; i < workload.entries; i++) {
        store.set("one").add(workload.keys[i]);
        store.set("two").add(i < half ? workload.lookups[i] : workload.values[i]);
      }
    }

    /** Closes the store. */
    @TearDown
    public void close() {
      store.close();
    }
  }

  /** Two sets of the JDK. */
  @State(Scope.Benchmark)
  public static class JdkMembers {
    private final Set<String> one = new HashSet<>();
    private final Set<String> two = new HashSet<>();
    private Set<String> copy = Set.of();

    /** Fills the sets. */
    @Setup
    public void fill(Workload workload) {
      int half = workload.entries / 2;
      for (int i = 0; i < workload.entries; i++) {
        one.add(workload.keys[i]);
        two.add(i < half ? workload.lookups[i] : workload.values[i]);
      }
    }

    /** Makes a copy to be changed. */
    @Setup(Level.Invocation)
    public void copy() {
      copy = new HashSet<>(one);
    }
  }

  /** Returns what both have. */
  @Benchmark
  public Set<String> redstart(Members members) {
    return members.store.set("one").intersect("two");
  }

  /** Counts what both have. */
  @Benchmark
  public long sizeRedstart(Members members) {
    return members.store.set("one").intersectSize("two");
  }

  /** Keeps what both have. */
  @Benchmark
  public boolean retainAll(JdkMembers members) {
    return members.copy.retainAll(members.two);
  }
}
