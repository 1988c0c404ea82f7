// SPDX-License-Identifier: Apache-2.0
package dev.redstart.structure;

import dev.redstart.spi.Binary;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/**
 * A form in which the members of a set rest.
 *
 * <p>Guarded by the stripe of the set's key; a frozen one may be read by any one thread.
 */
sealed interface SetForm permits IntSet, PackedSet, KeyTable {
  /** Returns the number of members. O(1). */
  long size();

  /** Tells whether a member is there. */
  boolean contains(@Binary String member);

  /**
   * Keeps in an array, in order, those strings that are members, or those that are not.
   *
   * @param count how many of the array's strings to look at
   * @param present whether members are kept
   * @return how many were kept
   */
  default int retain(@Binary String[] strings, int count, boolean present) {
    int kept = 0;
    for (int i = 0; i < count; i++) {
      String string = strings[i];
      if (contains(string) == present) {
        strings[kept++] = string;
      }
    }
    return kept;
  }

  /** Removes a member; false if it was not there. */
  boolean remove(@Binary String member);

  /** Returns some member, each with the same chance; there must be one. */
  @Binary
  String random(RandomGenerator random);

  /** Hands over members until one is answered with false. O(n). */
  void forEachWhile(Predicate<? super @Binary String> visitor);

  /** Returns an independent form of the same members, which shares the nodes for now. O(1). */
  SetForm freeze();
}
