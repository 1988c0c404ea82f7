// SPDX-License-Identifier: Apache-2.0
package dev.redstart.spi;

import java.util.List;

/**
 * Somebody who gets every change of a store, once and in order.
 *
 * <p>Called on one thread of the journal, under no lock of the store, so it may be slow: writers
 * wait once the journal's bound is reached. It may read the store but not write to it, which would
 * wait for itself and is an {@link IllegalStateException}. It may not fail silently: when it
 * throws, the store refuses every later write with the code {@code MISCONF}.
 */
public interface JournalSink {
  /**
   * Takes the batches that came since the last call, at least one.
   *
   * @throws Exception when they could not be taken; the store then refuses writes
   */
  void accept(List<JournalBatch> batches) throws Exception;

  /**
   * Tells whether a write may be answered only after {@link #accept} has returned for it.
   *
   * <p>Asked once, when the sink is attached.
   */
  default boolean isDurable() {
    return false;
  }
}
