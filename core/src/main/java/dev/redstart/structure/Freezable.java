// SPDX-License-Identifier: Apache-2.0
package dev.redstart.structure;

/**
 * A value that is changed in place and can be frozen.
 *
 * <p>Guarded by the stripe of its key; a frozen one that nobody changes may be read by any thread.
 */
public interface Freezable {
  /**
   * Returns a value with the same content at this moment, sharing all nodes. O(1).
   *
   * <p>Later changes of either side copy only the nodes that they touch.
   */
  Freezable freeze();
}
