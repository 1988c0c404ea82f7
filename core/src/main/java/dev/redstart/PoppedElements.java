// SPDX-License-Identifier: Apache-2.0
package dev.redstart;

import java.util.List;

/**
 * What was taken from one of several lists.
 *
 * <p>Immutable, if the elements are.
 *
 * @param key the key that it was taken from
 * @param elements what was taken, in the order of taking; never empty
 */
public record PoppedElements<E>(String key, List<E> elements) {
  /** Copies the list. */
  public PoppedElements {
    elements = List.copyOf(elements);
  }
}
