// SPDX-License-Identifier: Apache-2.0
package dev.redstart;

/**
 * How much tests do: the usual, more in the profile {@code long}, less in {@code pit}.
 *
 * <p>Stateless.
 */
public final class TestScale {
  /** Tells whether tests are run over and over, for each mutant once. */
  public static final boolean IS_SMALL = Boolean.getBoolean("redstart.pit");

  private TestScale() {}

  /** Returns how many elements a test of something large works with. */
  public static int elements(int usual) {
    return IS_SMALL ? usual / 10 : usual;
  }

  /** Returns how many seeds a model test runs through. */
  public static int seeds(int usual, int many) {
    return IS_SMALL ? 1 : Boolean.getBoolean("redstart.long") ? many : usual;
  }
}
