// SPDX-License-Identifier: Apache-2.0
package dev.redstart;

/**
 * One of the two ends of a list.
 *
 * <p>Immutable.
 */
public enum ListEnd {
  /** The head, where index 0 is. */
  LEFT,
  /** The tail, where index -1 is. */
  RIGHT
}
