// SPDX-License-Identifier: Apache-2.0
package dev.redstart;

/**
 * A stored value is not the number that the operation needs; nothing was changed.
 *
 * <p>Immutable.
 */
public final class NotANumberException extends StoreException {
  private static final long serialVersionUID = 1L;

  private NotANumberException(String message) {
    super("ERR", message);
  }

  /** Returns the exception for a value that is not a decimal of 64 bits. */
  public static NotANumberException integer() {
    return new NotANumberException("value is not an integer or out of range");
  }

  /** Returns the exception for a value that is not a floating point number. */
  public static NotANumberException fraction() {
    return new NotANumberException("value is not a valid float");
  }

  /** Returns the exception for a hash's value that is not a decimal of 64 bits. */
  public static NotANumberException hashInteger() {
    return new NotANumberException("hash value is not an integer");
  }

  /** Returns the exception for a hash's value that is not a floating point number. */
  public static NotANumberException hashFraction() {
    return new NotANumberException("hash value is not a float");
  }
}
