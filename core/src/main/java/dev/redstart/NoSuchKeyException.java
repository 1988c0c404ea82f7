// SPDX-License-Identifier: Apache-2.0
package dev.redstart;

/**
 * An operation needs a key that does not exist; nothing was changed.
 *
 * <p>Immutable.
 */
public final class NoSuchKeyException extends StoreException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception with Redis's text. */
  public NoSuchKeyException() {
    super("ERR", "no such key");
  }
}
