// SPDX-License-Identifier: Apache-2.0
/**
 * What modules beside core build on: binary strings, effects, and sinks of the journal.
 *
 * <p>Back ends, servers and feeds implement or call these types; an application rarely does. Sinks
 * are called under no lock, on the journal's thread. Nothing here may know a data type, a key's
 * place or a command. Start reading at {@link dev.redstart.spi.JournalSink}.
 */
@NullMarked
package dev.redstart.spi;

import org.jspecify.annotations.NullMarked;
