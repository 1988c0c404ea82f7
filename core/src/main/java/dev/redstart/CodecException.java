// SPDX-License-Identifier: Apache-2.0
package dev.redstart;

/**
 * A codec could not turn an object into bytes, or bytes into an object; nothing was changed.
 *
 * <p>Immutable.
 */
public final class CodecException extends StoreException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception with the rule that was broken. */
  public CodecException(String message) {
    super("ERR", message);
  }

  /** Creates the exception with the rule that was broken and what the codec threw. */
  public CodecException(String message, Throwable cause) {
    super("ERR", message, cause);
  }
}
