// SPDX-License-Identifier: Apache-2.0
package dev.redstart;

/**
 * An operation met a key that holds another type ({@code WRONGTYPE}, or {@code ERR} where Redis has
 * a text of its own for it); nothing was changed.
 *
 * <p>Immutable.
 */
public final class WrongTypeException extends StoreException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception with Redis's text. */
  public WrongTypeException() {
    super("WRONGTYPE", "Operation against a key holding the wrong kind of value");
  }

  private WrongTypeException(String code, String message) {
    super(code, message);
  }

  /** Returns the exception of LCS, which compares strings only. */
  public static WrongTypeException notStrings() {
    return new WrongTypeException("ERR", "The specified keys must contain string values");
  }
}
