// SPDX-License-Identifier: Apache-2.0
package dev.redstart;

/**
 * When a member of a sorted set is added or gets its new score: the options of ZADD.
 *
 * <p>Immutable.
 *
 * @see <a href="https://redis.io/docs/latest/commands/zadd/">ZADD</a>
 */
public enum AddCondition {
  /** In any case. */
  ALWAYS(true, true, 0),
  /** Only members that are not there ({@code NX}). */
  ABSENT(true, false, 0),
  /** Only members that are there ({@code XX}). */
  PRESENT(false, true, 0),
  /** New members, and members whose score would grow ({@code GT}). */
  GREATER(true, true, 1),
  /** New members, and members whose score would sink ({@code LT}). */
  LESS(true, true, -1),
  /** Only members that are there and whose score would grow ({@code XX GT}). */
  PRESENT_GREATER(false, true, 1),
  /** Only members that are there and whose score would sink ({@code XX LT}). */
  PRESENT_LESS(false, true, -1);

  private final boolean adds;
  private final boolean updates;
  private final int direction;

  AddCondition(boolean adds, boolean updates, int direction) {
    this.adds = adds;
    this.updates = updates;
    this.direction = direction;
  }

  /** Tells whether a member that is not there may be added. */
  public boolean allowsNew() {
    return adds;
  }

  /** Tells whether a member that is there may go from one score to another. */
  public boolean allowsUpdate(double from, double to) {
    return updates && (direction == 0 || (direction > 0 ? to > from : to < from));
  }
}
