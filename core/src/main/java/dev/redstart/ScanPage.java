// SPDX-License-Identifier: Apache-2.0
package dev.redstart;

import java.util.List;

/**
 * One step of a scan.
 *
 * <p>Immutable.
 *
 * @param cursor what the next step begins with; 0 when the scan is complete
 * @param elements what was found in this step, perhaps nothing
 */
public record ScanPage<T>(long cursor, List<T> elements) {
  /** Copies the list. */
  public ScanPage {
    elements = List.copyOf(elements);
  }

  /** Tells whether the scan is complete. */
  public boolean isLast() {
    return cursor == 0;
  }
}
