// SPDX-License-Identifier: Apache-2.0
package dev.redstart;

/**
 * The root of what a store refuses, with the error code that Redis uses for it.
 *
 * <p>Immutable. Arguments that no state of the store could make right (null, an empty list, a score
 * that is not a number) are an {@link IllegalArgumentException} or {@link NullPointerException}
 * instead.
 */
public class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String code;

  /** Creates an exception with Redis's error code, such as {@code ERR}, and a message. */
  public StoreException(String code, String message) {
    super(message);
    this.code = code;
  }

  /** Creates an exception with Redis's error code, a message and what caused it. */
  public StoreException(String code, String message, Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  /** Returns Redis's error code: {@code ERR}, {@code WRONGTYPE}, {@code MISCONF} and so on. */
  public final String code() {
    return code;
  }
}
