// SPDX-License-Identifier: Apache-2.0
package dev.redstart;

/**
 * How the scores of one member in several sorted sets become one.
 *
 * <p>Immutable.
 *
 * @see <a href="https://redis.io/docs/latest/commands/zunionstore/">ZUNIONSTORE</a>
 */
public enum Aggregate {
  /** Their sum; that of opposite infinities is 0. */
  SUM,
  /** The smallest. */
  MIN,
  /** The greatest. */
  MAX
}
