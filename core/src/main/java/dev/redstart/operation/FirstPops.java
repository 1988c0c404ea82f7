// SPDX-License-Identifier: Apache-2.0
package dev.redstart.operation;

import dev.redstart.keyspace.Access;
import dev.redstart.keyspace.Hold;
import dev.redstart.keyspace.Waiter;
import dev.redstart.spi.Binary;
import dev.redstart.structure.CollectionValue;
import dev.redstart.structure.ValueType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Taking elements from the first of several keys that has any, waiting or not.
 *
 * <p>Immutable; as safe for threads as its access.
 *
 * @param <V> what the keys hold
 * @param <E> several elements of it
 */
public abstract class FirstPops<V extends CollectionValue, E> {
  final Access access;
  private final List<@Binary String> keys;
  private final ValueType<V> type;

  /**
   * Creates the operation.
   *
   * @param keys in the order in which they are looked at
   */
  FirstPops(Access access, List<@Binary String> keys, ValueType<V> type) {
    this.access = access;
    this.keys = keys;
    this.type = type;
  }

  /**
   * What was taken.
   *
   * @param key from where
   * @param elements what, in the order of taking; not empty
   */
  public record Taken<E>(@Binary String key, E elements) {}

  /** Returns what would be taken of a value. */
  abstract E look(V value);

  abstract boolean isSame(E one, E other);

  /** Returns nothing, to which {@link #pop} adds. */
  abstract E nothing();

  /** Takes from what is at the hold's key, which is not empty; returns the position. */
  abstract long pop(Hold hold, E popped);

  /** Returns what would be taken now, or null if no key has anything. O(keys) and the pop. */
  public final @Nullable Taken<E> peek() {
    try (Hold hold = access.holdToRead(keys)) {
      V value = findFirst(hold);
      return value == null ? null : new Taken<>(hold.key(), look(value));
    }
  }

  /** Takes if that is what was seen; false if it is something else by now. O(keys) and the pop. */
  public final boolean takeIfSame(Taken<E> seen) {
    long position;
    try (Hold hold = access.hold(keys)) {
      V value = findFirst(hold);
      if (value == null || !hold.key().equals(seen.key) || !isSame(look(value), seen.elements)) {
        return false;
      }
      position = pop(hold, nothing());
    }
    access.settle(position);
    return true;
  }

  /** Gives back what was taken but could not be read. */
  public abstract void putBack(Taken<E> taken);

  /**
   * Takes, or waits until one of the keys has an element; not inside a transaction.
   *
   * @param timeoutNanos nanoseconds to wait at most, {@code Long.MAX_VALUE} for no limit
   * @return null after the timeout
   */
  public final @Nullable Taken<E> take(long timeoutNanos) throws InterruptedException {
    Taker taker = new Taker();
    long position;
    try (Hold hold = access.hold(keys)) {
      position = findFirst(hold) == null ? -1 : taker.take(hold);
      if (position < 0) {
        hold.enqueue(taker, keys);
      }
    }
    if (position < 0) {
      position = access.await(taker, keys, timeoutNanos);
    }
    access.settle(Math.max(0, position));
    return position < 0 ? null : taker.taken;
  }

  /** Moves the hold to the first key that has anything and returns that, or null. */
  private @Nullable V findFirst(Hold hold) {
    for (String key : keys) {
      V value = hold.at(key).find(type);
      if (value != null) {
        return value;
      }
    }
    return null;
  }

  /** One call of take, as it waits in the keys' queues. */
  private final class Taker extends Waiter {
    // Written before the hold is given back, or before the waiter is told that it was served.
    private @Nullable Taken<E> taken;

    Taker() {
      super(access);
    }

    @Override
    protected long serve(Hold hold) {
      Object value = hold.value();
      return value != null && type.cast(value) != null && claim() ? take(hold) : -1;
    }

    private long take(Hold hold) {
      E elements = nothing();
      long position = pop(hold, elements);
      taken = new Taken<>(hold.key(), elements);
      return position;
    }
  }
}
