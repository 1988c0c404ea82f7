// SPDX-License-Identifier: Apache-2.0
package dev.redstart.benchmarks;

import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * The keys, values and lookups that all contenders of a benchmark get.
 *
 * <p>Immutable after its setup.
 */
@State(Scope.Benchmark)
public class Workload {
  /** How many keys or members there are. */
  @Param("1000000")
  public int entries;

  /** What a contender is filled with. */
  public String[] keys = {};

  /** The value of each key. */
  public String[] values = {};

  /** Strings equal to the keys, in random order. */
  public String[] lookups = {};

  /** The numbers of all entries, in random order. */
  public int[] order = {};

  /** Makes everything. */
  @Setup
  public void make() {
    keys = new Keys(Keys.KEY_LENGTH, 1).next(entries);
    values = new Keys(Keys.VALUE_LENGTH, 2).next(entries);
    lookups = Keys.shuffledCopies(keys, 3);
    order = Keys.shuffledNumbers(entries, 4);
  }

  /** Returns a string equal to a key that shares nothing with it, its hash computed. */
  public String copyOfKey(int number) {
    return Keys.copy(keys[number]);
  }

  /**
   * Checks that a contender works, and collects garbage.
   *
   * <p>What a program keeps for long lies in the old generation, where writing a reference costs
   * more. A contender that allocates nothing would stay young for as long as it is measured.
   */
  public static void finish(@Nullable Object answer) {
    if (answer == null) {
      throw new IllegalStateException("a contender must find what it was filled with");
    }
    System.gc();
  }
}
