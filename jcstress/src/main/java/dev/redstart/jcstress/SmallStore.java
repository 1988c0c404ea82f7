// SPDX-License-Identifier: Apache-2.0
package dev.redstart.jcstress;

import dev.redstart.Store;
import dev.redstart.TimeSource;
import dev.redstart.structure.SegmentTable;
import java.time.Instant;

/**
 * Makes stores of two stripes without threads, and knows a key of each stripe.
 *
 * <p>Stateless; safe for many threads.
 */
final class SmallStore {
  static final String LOW = key(true);
  static final String HIGH = key(false);

  private SmallStore() {}

  static Store open() {
    return Store.builder()
        .stripes(2)
        .databases(1)
        .timeSource(TimeSource.manual(Instant.EPOCH))
        .open();
  }

  /** Returns a key of the stripe of the lower or the upper half of all hashes. */
  private static String key(boolean low) {
    int number = 0;
    while (SegmentTable.spread("key" + number) >= 0 != low) {
      number++;
    }
    return "key" + number;
  }
}
