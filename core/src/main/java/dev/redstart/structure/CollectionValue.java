// SPDX-License-Identifier: Apache-2.0
package dev.redstart.structure;

import org.jspecify.annotations.Nullable;

/**
 * A collection that a key holds: everything but a string or a number.
 *
 * <p>Guarded by the stripe of its key; a frozen one that nobody changes may be read by any thread.
 */
public abstract class CollectionValue implements Freezable {
  @Override
  public abstract CollectionValue freeze();

  /** Tells whether nothing is left, so that the key has to go. */
  public abstract boolean isEmpty();

  /** Returns what the value is. */
  public abstract ValueType<?> type();

  /** Returns when elements of it go by themselves; null if none was ever to. O(1). */
  public @Nullable FieldDeadlines deadlines() {
    return null;
  }

  /** Tells whether all that is there goes by itself up to a time. O(log n). */
  public boolean isGoneAt(long millis) {
    return false;
  }
}
