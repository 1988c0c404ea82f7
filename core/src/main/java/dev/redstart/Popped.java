// SPDX-License-Identifier: Apache-2.0
package dev.redstart;

import java.util.List;

/**
 * What was taken from one of several sorted sets.
 *
 * <p>Immutable, if the members are.
 *
 * @param key the key that it was taken from
 * @param members what was taken, in the order of taking; never empty
 */
public record Popped<E>(String key, List<Scored<E>> members) {
  /** Copies the list. */
  public Popped {
    members = List.copyOf(members);
  }
}
