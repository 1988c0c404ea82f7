// SPDX-License-Identifier: Apache-2.0
package dev.redstart.keyspace;

import dev.redstart.WrongTypeException;
import dev.redstart.spi.Binary;
import dev.redstart.structure.CollectionValue;
import dev.redstart.structure.HashValue;
import dev.redstart.structure.ObjectTable;
import dev.redstart.structure.ValueType;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * The key at hand of a hold: where it stands, and what it holds now.
 *
 * <p>Confined to its hold. Expiry is checked in {@link #locate}, and nowhere else.
 */
abstract class HeldKey {
  // Fixed after construction.
  final Access access;
  final @Nullable Transaction transaction;
  final boolean writing;
  final boolean recorded;

  // The key at hand.
  private @Nullable Shard shard;
  String key = "";
  int hash;
  @Nullable Object raw;
  boolean located;

  private long nowMillis = Long.MIN_VALUE;

  HeldKey(Access access, boolean writing) {
    this.access = access;
    this.transaction = access.transaction();
    this.recorded = access.keyspace().journal().isAttached();
    this.writing = writing;
  }

  final void moveTo(Shard other, @Binary String otherKey, int otherHash) {
    shard = other;
    key = otherKey;
    hash = otherHash;
    located = false;
  }

  /** Forgets an expired key, which is at hand; a writer removes it, too. */
  abstract void expire(Object expired, boolean byFields);

  /** Returns the key at hand. */
  public final @Binary String key() {
    return key;
  }

  /** Returns the wall time in milliseconds, the same during the whole hold. */
  public final long nowMillis() {
    if (nowMillis == Long.MIN_VALUE) {
      nowMillis = access.wallMillis();
    }
    return nowMillis;
  }

  /** Returns what the key holds, or null. O(1). */
  public final @Nullable Object value() {
    Object found = locate();
    return found instanceof ExpiringValue expiring ? expiring.value : found;
  }

  /**
   * Returns the key's collection for reading, or null. O(1).
   *
   * @throws WrongTypeException if it holds something else
   */
  public final <V extends CollectionValue> @Nullable V find(ValueType<V> type) {
    Object value = value();
    return value == null ? null : cast(type, value);
  }

  /** Tells whether anybody wants effects; if not, they need not be made. */
  public final boolean isRecorded() {
    return recorded;
  }

  /** Tells whether the key at hand has a tag. */
  public final boolean hasTag(@Binary String tag) {
    return shard().hasTag(key, tag);
  }

  /** Returns the tags of the key at hand, in order. */
  public final SortedSet<@Binary String> tags() {
    return shard().tagsOf(key);
  }

  /**
   * Returns the deadline in wall milliseconds, or {@code Long.MAX_VALUE} if there is none. O(1).
   */
  public final long deadlineMillis() {
    return locate() instanceof ExpiringValue expiring ? expiring.deadlineMillis() : Long.MAX_VALUE;
  }

  final @Nullable Object locate() {
    if (!located) {
      located = true;
      raw = table().find(hash, key) ? table().value() : null;
      if (raw instanceof ExpiringValue expiring && expiring.deadlineMillis() <= nowMillis()) {
        expire(expiring, false);
      } else if (isWithoutFields(raw)) {
        expire(raw, true);
      }
    }
    return raw;
  }

  /** Tells whether what stands in the table is a hash whose fields are all due. */
  final boolean isWithoutFields(@Nullable Object found) {
    Object value = found instanceof ExpiringValue expiring ? expiring.value : found;
    return value instanceof HashValue collection
        && collection.deadlines() != null
        && collection.isGoneAt(nowMillis());
  }

  final Shard shard() {
    Shard current = shard;
    if (current == null) {
      throw new IllegalStateException("the hold must be at a key");
    }
    return current;
  }

  final ObjectTable table() {
    return shard().table;
  }

  private static <V extends CollectionValue> V cast(ValueType<V> type, Object value) {
    V cast = type.cast(value);
    if (cast == null) {
      throw new WrongTypeException();
    }
    return cast;
  }
}
