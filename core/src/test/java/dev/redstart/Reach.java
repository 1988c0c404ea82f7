// SPDX-License-Identifier: Apache-2.0
package dev.redstart;

import org.jspecify.annotations.Nullable;

/**
 * A way to reach a store, which contract suites are run through.
 *
 * <p>Immutable.
 */
enum Reach {
  /** A store's own handles. */
  DIRECT(0, false, false, null),
  /** Each call inside a transaction of its own. */
  ATOMICALLY(0, true, false, null),
  /** The handles of another database, of a store with one stripe. */
  OTHER_DATABASE(7, false, false, null),
  /** A store's own handles, with a journal's sink attached. */
  RECORDED(0, false, true, null),
  /** Each call inside a transaction of another database, with a sink attached. */
  RECORDED_ATOMICALLY(3, true, true, null),
  /** The handles of a group, whose prefix would mean something in a pattern. */
  GROUP(0, false, false, "a*[b:"),
  /** Each call inside a transaction of a group that is limited, with a sink attached. */
  LIMITED_GROUP_ATOMICALLY(5, true, true, "é键\\:");

  /** The limit of a limited group, which no test comes near. */
  static final long LIMIT = 1_000_000;

  private final int database;
  private final boolean atomic;
  private final boolean recorded;
  private final @Nullable String prefix;

  Reach(int database, boolean atomic, boolean recorded, @Nullable String prefix) {
    this.database = database;
    this.atomic = atomic;
    this.recorded = recorded;
    this.prefix = prefix;
  }

  /** Returns the number of the database that is reached. */
  int database() {
    return database;
  }

  /** Tells whether each call is a transaction. */
  boolean isAtomic() {
    return atomic;
  }

  /** Tells whether a sink is attached. */
  boolean isRecorded() {
    return recorded;
  }

  /** Tells whether the handles are those of a group. */
  boolean isGroup() {
    return prefix != null;
  }

  /** Tells whether the group is limited. */
  boolean isLimited() {
    return this == LIMITED_GROUP_ATOMICALLY;
  }

  /** Returns the prefix of the group, or null. */
  @Nullable String prefix() {
    return prefix;
  }

  ReachedStore open() {
    return new ReachedStore(this);
  }
}
