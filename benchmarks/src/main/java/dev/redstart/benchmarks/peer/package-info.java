// SPDX-License-Identifier: Apache-2.0
/**
 * What Redstart is compared with and no library offers ready-made: maps, a tree, a server.
 *
 * <p>The benchmarks use these; each type says how it is locked. A peer must be written as well as
 * one would for an application of its own, never to lose. Start reading at {@link
 * dev.redstart.benchmarks.peer.TreeScores}.
 */
@NullMarked
package dev.redstart.benchmarks.peer;

import org.jspecify.annotations.NullMarked;
