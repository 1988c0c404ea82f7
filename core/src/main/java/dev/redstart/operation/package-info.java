// SPDX-License-Identifier: Apache-2.0
/**
 * What reads and writes do: one file per type, each method one operation on held keys.
 *
 * <p>Handles and commands call it with parsed, encoded arguments; every method takes its own hold.
 * A method may not call a codec, convert text or know a wire format, and refuses whatever it
 * refuses before its first change. Start reading at {@link dev.redstart.operation.ValueOperations}.
 */
@NullMarked
package dev.redstart.operation;

import org.jspecify.annotations.NullMarked;
