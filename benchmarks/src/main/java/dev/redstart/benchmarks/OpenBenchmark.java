// SPDX-License-Identifier: Apache-2.0
package dev.redstart.benchmarks;

import dev.redstart.Store;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The way from no store to its first answer, in a JVM that has done it before.
 *
 * <p>Stateless.
 */
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Threads(1)
@Fork(
    value = 3,
    jvmArgs = {"-Xms3g", "-Xmx3g"})
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 1)
public class OpenBenchmark {
  /** Opens a store, writes a value and reads it. */
  @Benchmark
  public @Nullable String openAndAnswer(Opened opened) {
    Store store = Store.open();
    opened.store = store;
    store.value("page:1").set("hello");
    return store.value("page:1").get();
  }

  /** The store that was opened, closed when the clock stands still. */
  @State(Scope.Thread)
  public static class Opened {
    private @Nullable Store store;

    /** Closes the store. */
    @TearDown(Level.Invocation)
    public void close() {
      Store opened = store;
      if (opened != null) {
        opened.close();
      }
    }
  }
}
