// SPDX-License-Identifier: Apache-2.0
package dev.redstart.jcstress;

import dev.redstart.Store;
import java.util.List;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** A body of atomically is seen whole or not at all, and not while it runs. */
@JCStressTest
@Outcome(id = "0, 0", expect = Expect.ACCEPTABLE, desc = "both read before")
@Outcome(id = "0, 2", expect = Expect.ACCEPTABLE, desc = "read before, read after")
@Outcome(id = "2, 2", expect = Expect.ACCEPTABLE, desc = "both read after")
@Outcome(expect = Expect.FORBIDDEN, desc = "the body was seen while it ran")
@State
public class AtomicallyTest {
  private final Store store = SmallStore.open();

  /** Changes each key twice. */
  @Actor
  public void writer() {
    store.atomically(
        List.of(SmallStore.LOW, SmallStore.HIGH),
        tx -> {
          tx.counter(SmallStore.LOW).increment();
          tx.counter(SmallStore.HIGH).increment();
          tx.counter(SmallStore.LOW).increment();
          tx.counter(SmallStore.HIGH).increment();
        });
  }

  /** Reads both. */
  @Actor
  public void reader(II_Result result) {
    result.r1 = (int) store.counter(SmallStore.HIGH).get();
    result.r2 = (int) store.counter(SmallStore.LOW).get();
  }
}
