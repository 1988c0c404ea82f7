// SPDX-License-Identifier: Apache-2.0
package dev.redstart;

/**
 * A way to reach a store, which contract suites are run through.
 *
 * <p>Immutable.
 */
enum Reach {
  /** A store's own handles. */
  DIRECT(0, false, false),
  /** Each call inside a transaction of its own. */
  ATOMICALLY(0, true, false),
  /** The handles of another database, of a store with one stripe. */
  OTHER_DATABASE(7, false, false),
  /** A store's own handles, with a journal's sink attached. */
  RECORDED(0, false, true),
  /** Each call inside a transaction of another database, with a sink attached. */
  RECORDED_ATOMICALLY(3, true, true);

  private final int database;
  private final boolean atomic;
  private final boolean recorded;

  Reach(int database, boolean atomic, boolean recorded) {
    this.database = database;
    this.atomic = atomic;
    this.recorded = recorded;
  }

  /** Tells whether each call is a transaction. */
  boolean isAtomic() {
    return atomic;
  }

  ReachedStore open() {
    return new ReachedStore(this, database, recorded);
  }
}
