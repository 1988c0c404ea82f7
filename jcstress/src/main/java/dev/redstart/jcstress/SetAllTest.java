// SPDX-License-Identifier: Apache-2.0
package dev.redstart.jcstress;

import dev.redstart.Store;
import java.util.Map;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** Nobody sees the second half of setAll missing who has seen the first. */
@JCStressTest
@Outcome(id = "0, 0", expect = Expect.ACCEPTABLE, desc = "both read before")
@Outcome(id = "0, 1", expect = Expect.ACCEPTABLE, desc = "read before, read after")
@Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "both read after")
@Outcome(id = "1, 0", expect = Expect.FORBIDDEN, desc = "half of it was seen")
@State
public class SetAllTest {
  private final Store store = SmallStore.open();

  /** Sets both keys, one of each stripe. */
  @Actor
  public void writer() {
    store.values().setAll(Map.of(SmallStore.LOW, "1", SmallStore.HIGH, "1"));
  }

  /** Reads the stripe that is given back last, then the one that is given back first. */
  @Actor
  public void reader(II_Result result) {
    result.r1 = store.value(SmallStore.HIGH).get() == null ? 0 : 1;
    result.r2 = store.value(SmallStore.LOW).get() == null ? 0 : 1;
  }
}
