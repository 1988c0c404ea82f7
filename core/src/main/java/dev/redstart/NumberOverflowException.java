// SPDX-License-Identifier: Apache-2.0
package dev.redstart;

/**
 * A sum would leave the range of its type, or not be a number; nothing was changed.
 *
 * <p>Immutable.
 */
public final class NumberOverflowException extends StoreException {
  private static final long serialVersionUID = 1L;

  private NumberOverflowException(String message) {
    super("ERR", message);
  }

  /** Returns the exception for a sum past 64 bits. */
  public static NumberOverflowException integer() {
    return new NumberOverflowException("increment or decrement would overflow");
  }

  /** Returns the exception for a sum that is infinite or not a number. */
  public static NumberOverflowException fraction() {
    return new NumberOverflowException("increment would produce NaN or Infinity");
  }

  /** Returns the exception for a score that would not be a number. */
  public static NumberOverflowException score() {
    return new NumberOverflowException("resulting score is not a number (NaN)");
  }
}
