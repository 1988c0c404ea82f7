// SPDX-License-Identifier: Apache-2.0
package dev.redstart.keyspace;

import dev.redstart.spi.Binary;
import dev.redstart.structure.TimerNode;

/**
 * A value that has a deadline, as it stands in a table and in the timer wheel.
 *
 * <p>Guarded by the stripe of its key; racy readers validate the stripe's stamp.
 */
final class ExpiringValue extends TimerNode {
  // Fixed after construction.
  final @Binary String key;

  // Guarded by the stripe.
  Object value;

  ExpiringValue(@Binary String key, Object value) {
    this.key = key;
    this.value = value;
  }
}
