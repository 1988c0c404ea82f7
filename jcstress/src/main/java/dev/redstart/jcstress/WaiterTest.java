// SPDX-License-Identifier: Apache-2.0
package dev.redstart.jcstress;

import dev.redstart.RSortedSet;
import dev.redstart.Scored;
import dev.redstart.Store;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/** What was taken for a blocked taker is there when it wakes, and each member goes to one. */
@JCStressTest
@Outcome(
    id = {"a, b", "b, a"},
    expect = Expect.ACCEPTABLE,
    desc = "each has taken one")
@Outcome(expect = Expect.FORBIDDEN, desc = "a member was lost, doubled or half handed over")
@State
public class WaiterTest {
  private static final Duration FOREVER = ChronoUnit.FOREVER.getDuration();

  private final Store store = SmallStore.open();

  /** Brings two members, one by one. */
  @Actor
  public void bringer() {
    RSortedSet<String> set = store.sortedSet(SmallStore.LOW);
    set.add("a", 1);
    set.add("b", 2);
  }

  /** Takes one. */
  @Actor
  public void first(LL_Result result) {
    result.r1 = take();
  }

  /** Takes one. */
  @Actor
  public void second(LL_Result result) {
    result.r2 = take();
  }

  private String take() {
    try {
      Scored<String> taken = store.sortedSet(SmallStore.LOW).popMin(FOREVER);
      return taken == null ? "null" : taken.member();
    } catch (InterruptedException e) {
      return "interrupted";
    }
  }
}
