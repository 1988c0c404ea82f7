// SPDX-License-Identifier: Apache-2.0
package dev.redstart.structure;

import dev.redstart.spi.Binary;

/**
 * Sees the elements of a range of scores, one by one, in the range's order.
 *
 * <p>Confined to the caller of the walk. It must not change what it is walked over.
 */
@FunctionalInterface
public interface ScoreVisitor {
  /** Takes the next element. */
  void visit(double score, @Binary String member);
}
