// SPDX-License-Identifier: Apache-2.0
/**
 * The API: a store, the types that it holds, codecs, time and exceptions.
 *
 * <p>Everything here is for applications; interfaces are implemented by the store alone, unless
 * they say otherwise, and every handle is safe for many threads. Nothing here may see the engine,
 * but for {@link dev.redstart.Store#open} and its builder. Start reading at {@link
 * dev.redstart.Store}.
 */
@NullMarked
package dev.redstart;

import org.jspecify.annotations.NullMarked;
