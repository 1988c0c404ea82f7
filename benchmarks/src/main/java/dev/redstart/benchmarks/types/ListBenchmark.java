// SPDX-License-Identifier: Apache-2.0
package dev.redstart.benchmarks.types;

import dev.redstart.RList;
import dev.redstart.Store;
import dev.redstart.benchmarks.Cursor;
import dev.redstart.benchmarks.Workload;
import java.util.concurrent.LinkedBlockingDeque;
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
import org.openjdk.jmh.infra.ThreadParams;

/**
 * A push at one end of a queue of a thousand elements and a pop at the other; a queue per thread.
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
public class ListBenchmark {
  private static final int LENGTH = 1_000;

  /** The store that the threads' lists are in. */
  @State(Scope.Benchmark)
  public static class Lists {
    final Store store = Store.open();

    /** Closes the store. */
    @TearDown
    public void close() {
      store.close();
    }
  }

  /** A thread's list. */
  @State(Scope.Thread)
  public static class OwnList {
    private String key = "";

    /** Fills the list. */
    @Setup
    public void fill(Lists lists, Workload workload, ThreadParams threads) {
      key = "queue" + threads.getThreadIndex();
      for (int i = 0; i < LENGTH; i++) {
        list(lists).pushRight(workload.values[i]);
      }
    }

    RList<String> list(Lists lists) {
      return lists.store.list(key);
    }
  }

  /** A thread's queue of the JDK. */
  @State(Scope.Thread)
  public static class OwnDeque {
    final LinkedBlockingDeque<String> deque = new LinkedBlockingDeque<>();

    /** Fills the queue. */
    @Setup
    public void fill(Workload workload) {
      for (int i = 0; i < LENGTH; i++) {
        deque.addLast(workload.values[i]);
      }
    }
  }

  /** Both through a fresh handle. */
  @Benchmark
  public @Nullable String redstart(Lists lists, OwnList own, Workload workload, Cursor cursor) {
    own.list(lists).pushRight(workload.values[cursor.next()]);
    return own.list(lists).popLeft();
  }

  /** Both. */
  @Benchmark
  public @Nullable String linkedBlockingDeque(OwnDeque own, Workload workload, Cursor cursor) {
    own.deque.addLast(workload.values[cursor.next()]);
    return own.deque.pollFirst();
  }
}
