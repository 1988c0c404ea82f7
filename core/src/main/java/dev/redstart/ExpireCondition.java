// SPDX-License-Identifier: Apache-2.0
package dev.redstart;

/**
 * When a key gets a new deadline: the options of EXPIRE.
 *
 * <p>Immutable.
 *
 * @see <a href="https://redis.io/docs/latest/commands/expire/">EXPIRE</a>
 */
public enum ExpireCondition {
  /** In any case. */
  ALWAYS,
  /** If the key has no deadline ({@code NX}). */
  WITHOUT_DEADLINE,
  /** If the key has a deadline ({@code XX}). */
  WITH_DEADLINE,
  /** If the new deadline is later ({@code GT}); a key without one never expires, so never then. */
  LATER,
  /** If the new deadline is earlier ({@code LT}), or the key has none. */
  EARLIER,
  /** If the key has a deadline and the new one is earlier ({@code XX LT}). */
  WITH_DEADLINE_EARLIER
}
