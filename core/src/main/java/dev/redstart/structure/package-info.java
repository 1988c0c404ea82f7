// SPDX-License-Identifier: Apache-2.0
/**
 * The data structures: hash tables in segments, score trees, lists, packed arrays, timing wheels.
 *
 * <p>Only the keyspace and the operations touch them, each instance under the stripe of its key,
 * apart from the reads that are said to be racy. No lock, clock, key's meaning or journal may be
 * known here. Start reading at {@link dev.redstart.structure.SegmentTable} and {@link
 * dev.redstart.structure.SortedSetValue}.
 */
@NullMarked
package dev.redstart.structure;

import org.jspecify.annotations.NullMarked;
