// SPDX-License-Identifier: Apache-2.0
package dev.redstart.jcstress;

import dev.redstart.RHash;
import dev.redstart.Store;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/** A field that is read without a lock is never seen half moved, or with another's value. */
@JCStressTest
@Outcome(id = "here, 1", expect = Expect.ACCEPTABLE, desc = "before the second put")
@Outcome(id = "here, twenty-two", expect = Expect.ACCEPTABLE, desc = "after it")
@Outcome(expect = Expect.FORBIDDEN, desc = "a field was missed, or its bytes are torn")
@State
public class FieldTest {
  private static final int MANY = 20;

  private final Store store = SmallStore.open();
  private final RHash<String, String> hash = store.hash(SmallStore.LOW);

  /** Puts the fields there before anybody reads. */
  public FieldTest() {
    hash.put("removed", "before all");
    hash.put("changed", "1");
    hash.put("stays", "here");
  }

  /** Moves every byte, in place and into longer arrays. */
  @Actor
  public void writer() {
    hash.put("changed", "twenty-two");
    hash.remove("removed");
    for (int i = 0; i < MANY; i++) {
      hash.put("other" + i, "x");
    }
  }

  /** Reads both. */
  @Actor
  public void reader(LL_Result result) {
    result.r1 = hash.get("stays");
    result.r2 = hash.get("changed");
  }
}
