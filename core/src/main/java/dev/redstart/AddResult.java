// SPDX-License-Identifier: Apache-2.0
package dev.redstart;

/**
 * What adding members to a sorted set did.
 *
 * <p>Immutable.
 *
 * @param added how many members are new
 * @param updated how many members were there and have another score now
 */
public record AddResult(long added, long updated) {
  /** Returns how many members are new or have another score: ZADD's answer with {@code CH}. */
  public long changed() {
    return added + updated;
  }
}
