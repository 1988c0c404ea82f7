// SPDX-License-Identifier: Apache-2.0
/**
 * Where keys live: stripes, their tables and deadlines, holds, transactions and blocked takers.
 *
 * <p>Operations reach it through {@link dev.redstart.keyspace.Access}; the lock order is stripes by
 * ascending index, then a stripe's alarm or a limited group, then the journal, then nothing. No
 * data type's meaning, command or codec may be known here, but that of tags and of deadlines, and
 * no foreign code runs under a stripe but the body of a transaction. Start reading at {@link
 * dev.redstart.keyspace.Hold}.
 */
@NullMarked
package dev.redstart.keyspace;

import org.jspecify.annotations.NullMarked;
