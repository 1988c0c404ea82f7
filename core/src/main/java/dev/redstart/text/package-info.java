// SPDX-License-Identifier: Apache-2.0
/**
 * How Redis reads text: numbers in their strict forms, numbers in print, and glob patterns.
 *
 * <p>Everything here is immutable or stateless and may be used by any thread under any lock. It
 * must never see another package of ours, a key, a clock or a reply: callers choose the error text.
 * Start reading at {@link dev.redstart.text.Decimals}.
 */
@NullMarked
package dev.redstart.text;

import org.jspecify.annotations.NullMarked;
