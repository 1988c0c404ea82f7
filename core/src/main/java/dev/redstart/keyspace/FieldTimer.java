// SPDX-License-Identifier: Apache-2.0
package dev.redstart.keyspace;

import dev.redstart.spi.Binary;
import dev.redstart.structure.TimerNode;

/**
 * The timer of a hash whose fields have deadlines: due at the earliest of them, or before.
 *
 * <p>Guarded by the stripe of its key.
 */
final class FieldTimer extends TimerNode {
  // Overview. It is in the wheel of the shard that holds the key, and kept by the value that the
  // key holds; who takes a value from its key takes the timer from the wheel. It may ring when
  // nothing is due any more, because a deadline was moved or taken away, and is then set anew.

  // Fixed after construction.
  final @Binary String key;

  FieldTimer(@Binary String key) {
    this.key = key;
  }
}
