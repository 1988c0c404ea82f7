// SPDX-License-Identifier: Apache-2.0
/**
 * The one feed of changes: writers append under their stripes, sinks read on one thread.
 *
 * <p>The keyspace appends; the assembler attaches sinks; the journal's own lock comes after every
 * stripe in the lock order and nothing is taken under it. No value, table or command's meaning may
 * be known here. Start reading at {@link dev.redstart.journal.Journal}.
 */
@NullMarked
package dev.redstart.journal;

import org.jspecify.annotations.NullMarked;
