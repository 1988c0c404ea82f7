// SPDX-License-Identifier: Apache-2.0
package dev.redstart.jcstress;

import dev.redstart.Store;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** A key that is there is found while its segment grows. */
@JCStressTest
@Outcome(id = "true, true", expect = Expect.ACCEPTABLE, desc = "found")
@Outcome(expect = Expect.FORBIDDEN, desc = "a key was missed")
@State
public class GrowthTest {
  private static final int MANY = 40;

  private final Store store = SmallStore.open();

  /** Puts the keys there before anybody reads. */
  public GrowthTest() {
    store.value(SmallStore.LOW).set("here");
    store.value(SmallStore.HIGH).set("here");
  }

  /** Lets both tables grow some times. */
  @Actor
  public void writer() {
    for (int i = 0; i < MANY; i++) {
      store.value("other" + i).set("x");
    }
  }

  /** Reads both. */
  @Actor
  public void reader(ZZ_Result result) {
    result.r1 = "here".equals(store.value(SmallStore.LOW).get());
    result.r2 = "here".equals(store.value(SmallStore.HIGH).get());
  }
}
