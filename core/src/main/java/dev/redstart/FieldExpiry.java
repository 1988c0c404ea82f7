// SPDX-License-Identifier: Apache-2.0
package dev.redstart;

/**
 * What asking for a new deadline did to a field of a hash: the answers of HEXPIRE.
 *
 * <p>Immutable.
 *
 * @see <a href="https://redis.io/docs/latest/commands/hexpire/">HEXPIRE</a>
 */
public enum FieldExpiry {
  /** There is no such field, or no such key ({@code -2}). */
  NO_FIELD,
  /** The condition did not hold ({@code 0}). */
  NOT_MET,
  /** The field has the deadline ({@code 1}). */
  SET,
  /** The deadline has passed, so the field is removed ({@code 2}). */
  DELETED
}
