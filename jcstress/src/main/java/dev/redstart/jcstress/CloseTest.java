// SPDX-License-Identifier: Apache-2.0
package dev.redstart.jcstress;

import dev.redstart.Store;
import dev.redstart.StoreClosedException;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/** Who was refused because the store is closed is refused ever after, and a read sees no ghost. */
@JCStressTest
@Outcome(id = "here, here", expect = Expect.ACCEPTABLE, desc = "both before the end")
@Outcome(id = "here, closed", expect = Expect.ACCEPTABLE, desc = "closed between")
@Outcome(id = "closed, closed", expect = Expect.ACCEPTABLE, desc = "both after the end")
@Outcome(expect = Expect.FORBIDDEN, desc = "something else was seen of a closed store")
@State
public class CloseTest {
  private final Store store = SmallStore.open();

  /** Puts the key there before anybody reads. */
  public CloseTest() {
    store.value(SmallStore.LOW).set("here");
  }

  /** Closes. */
  @Actor
  public void closer() {
    store.close();
  }

  /** Reads twice. */
  @Actor
  public void reader(LL_Result result) {
    result.r1 = read();
    result.r2 = read();
  }

  private String read() {
    try {
      return String.valueOf(store.value(SmallStore.LOW).get());
    } catch (StoreClosedException closed) {
      return "closed";
    }
  }
}
