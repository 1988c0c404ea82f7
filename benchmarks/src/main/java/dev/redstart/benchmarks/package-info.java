// SPDX-License-Identifier: Apache-2.0
/**
 * JMH programs and programs with a main method that put Redstart beside its peers.
 *
 * <p>Nothing here is published, and everything is confined to one measuring process unless it says
 * otherwise. What a program measures goes into a result file; it must never print a verdict of its
 * own, since those are drawn from the result files. Start reading at {@link
 * dev.redstart.benchmarks.JmhProgram} or at the folder's script {@code run}.
 */
@NullMarked
package dev.redstart.benchmarks;

import org.jspecify.annotations.NullMarked;
