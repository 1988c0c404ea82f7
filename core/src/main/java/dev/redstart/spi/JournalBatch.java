// SPDX-License-Identifier: Apache-2.0
package dev.redstart.spi;

import java.util.List;

/**
 * The effects of one operation or one transaction, which are never to be torn apart.
 *
 * <p>Immutable.
 *
 * @param start the position of the batch's first byte in the journal's RESP stream
 * @param end the position after its last byte
 * @param transaction whether {@code MULTI} and {@code EXEC} stand around the effects in the stream
 * @param selected the database that the stream has selected before the batch, -1 for none
 * @param effects the effects in order; never empty
 */
public record JournalBatch(
    long start, long end, boolean transaction, int selected, List<Effect> effects) {
  /** Copies the list. */
  public JournalBatch {
    effects = List.copyOf(effects);
  }
}
