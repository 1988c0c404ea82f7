// SPDX-License-Identifier: Apache-2.0
package dev.redstart;

/**
 * A store, or a handle of it, was used after the store was closed.
 *
 * <p>Immutable.
 */
public final class StoreClosedException extends StoreException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception. */
  public StoreClosedException() {
    super("ERR", "the store is closed");
  }
}
