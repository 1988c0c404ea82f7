// SPDX-License-Identifier: Apache-2.0
package dev.redstart.jcstress;

import dev.redstart.RValue;
import dev.redstart.Store;
import java.time.Duration;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** A value is never lost from sight while a deadline is wrapped around it or taken away. */
@JCStressTest
@Outcome(id = "old", expect = Expect.ACCEPTABLE, desc = "before the last set")
@Outcome(id = "new", expect = Expect.ACCEPTABLE, desc = "after it")
@Outcome(expect = Expect.FORBIDDEN, desc = "the value was missed or half made")
@State
public class DeadlineTest {
  private final Store store = SmallStore.open();

  /** Puts the key there before anybody reads. */
  public DeadlineTest() {
    store.value(SmallStore.LOW).set("old");
  }

  /** Wraps, changes in place, unwraps. */
  @Actor
  public void writer() {
    RValue<String> value = store.value(SmallStore.LOW);
    value.expire(Duration.ofHours(1));
    value.expire(Duration.ofHours(2));
    value.persist();
    value.set("new", Duration.ofHours(1));
  }

  /** Reads. */
  @Actor
  public void reader(L_Result result) {
    result.r1 = String.valueOf(store.value(SmallStore.LOW).get());
  }
}
