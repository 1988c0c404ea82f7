// SPDX-License-Identifier: Apache-2.0
package dev.redstart.jcstress;

import dev.redstart.Store;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** A slot that is freed and taken by another key never shows that key's value. */
@JCStressTest
@Outcome(id = "mine", expect = Expect.ACCEPTABLE, desc = "before the removal")
@Outcome(id = "null", expect = Expect.ACCEPTABLE, desc = "after it")
@Outcome(expect = Expect.FORBIDDEN, desc = "another key's value")
@State
public class RemovalTest {
  private static final int MANY = 8;

  private final Store store = SmallStore.open();

  /** Puts the key there before anybody reads. */
  public RemovalTest() {
    store.value(SmallStore.LOW).set("mine");
  }

  /** Frees the slot and fills the table. */
  @Actor
  public void writer() {
    store.keys().delete(SmallStore.LOW);
    for (int i = 0; i < MANY; i++) {
      store.value("other" + i).set("others");
    }
  }

  /** Reads. */
  @Actor
  public void reader(L_Result result) {
    result.r1 = String.valueOf(store.value(SmallStore.LOW).get());
  }
}
