// SPDX-License-Identifier: Apache-2.0
/**
 * The speed of hashes, lists and sets beside the JDK's.
 *
 * <p>One class for each type, which holds its contenders as JMH states. Nothing here may know how a
 * store does it.
 */
@NullMarked
package dev.redstart.benchmarks.types;

import org.jspecify.annotations.NullMarked;
