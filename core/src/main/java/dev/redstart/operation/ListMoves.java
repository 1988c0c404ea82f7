// SPDX-License-Identifier: Apache-2.0
package dev.redstart.operation;

import dev.redstart.GroupFullException;
import dev.redstart.ListEnd;
import dev.redstart.StoreException;
import dev.redstart.WrongTypeException;
import dev.redstart.keyspace.Access;
import dev.redstart.keyspace.Hold;
import dev.redstart.keyspace.Waiter;
import dev.redstart.spi.Binary;
import dev.redstart.spi.EventClass;
import dev.redstart.structure.ListValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Moving an element from an end of a list to an end of another, or of the same, waiting or not.
 *
 * <p>Immutable; as safe for threads as its access.
 */
public final class ListMoves {
  // Overview. A waiter is served in the hold of whoever brings an element, perhaps from another
  // database; so a hold is always moved to a key together with the database.

  private final Access access;
  private final @Binary String source;
  private final @Binary String destination;
  private final ListEnd from;
  private final ListEnd to;

  /** Creates the operation. */
  public ListMoves(
      Access access, @Binary String source, @Binary String destination, ListEnd from, ListEnd to) {
    this.access = access;
    this.source = source;
    this.destination = destination;
    this.from = from;
    this.to = to;
  }

  /**
   * Returns what would be moved now, or null. O(log n).
   *
   * @throws WrongTypeException if one of the keys that are needed holds something else
   */
  public @Nullable @Binary String peek() {
    try (Hold hold = access.holdToRead(List.of(source, destination))) {
      ListValue list = findSource(hold);
      return list == null ? null : ListOperations.atEnd(list, from);
    }
  }

  /** Moves if that is what was seen; false if it is something else by now. O(log n). */
  public boolean moveIfSame(@Binary String seen) {
    long position;
    try (Hold hold = access.hold(List.of(source, destination))) {
      ListValue list = findSource(hold);
      if (list == null || !ListOperations.atEnd(list, from).equals(seen)) {
        return false;
      }
      position = move(hold, list);
    }
    access.settle(position);
    return true;
  }

  /** Moves back what was moved but could not be read, if it is still where it was put. */
  public void moveBack(@Binary String moved) {
    new ListMoves(access.forced(), destination, source, to, from).moveIfSame(moved);
  }

  /** Returns the list to take from, or null; with it, the destination has to be in order. */
  private @Nullable ListValue findSource(Hold hold) {
    ListValue list = hold.at(access.database(), source).find(ListValue.TYPE);
    if (list != null) {
      hold.at(access.database(), destination).find(ListValue.TYPE);
    }
    return list;
  }

  /** Moves an element of a list that is there, and returns the position. */
  private long move(Hold hold, ListValue list) {
    hold.at(access.database(), destination).planCreation();
    hold.at(access.database(), source);
    if (list.size() == 1) {
      hold.planRemoval();
    }
    hold.admit();
    hold.findToChange(ListValue.TYPE);
    if (source.equals(destination)) {
      ListOperations.add(list, to, ListOperations.removeEnd(list, from));
      hold.event(EventClass.LIST, ListOperations.pushEvent(to));
      hold.event(EventClass.LIST, ListOperations.popEvent(from));
    } else {
      ListValue target = hold.at(access.database(), destination).findOrCreate(ListValue.TYPE);
      ListOperations.add(target, to, ListOperations.atEnd(list, from));
      hold.event(EventClass.LIST, ListOperations.pushEvent(to));
      hold.at(access.database(), source);
      ListOperations.removeEnd(list, from);
      hold.event(EventClass.LIST, ListOperations.popEvent(from));
      ListOperations.removeIfEmpty(hold, list);
    }
    return hold.isRecorded()
        ? hold.record(List.of("LMOVE", source, destination, from.name(), to.name()))
        : 0;
  }

  /**
   * Moves, or waits until there is an element; not inside a transaction.
   *
   * @param timeoutNanos nanoseconds to wait at most, {@code Long.MAX_VALUE} for no limit
   * @return null after the timeout
   * @throws WrongTypeException if the destination holds something else when an element is there
   * @throws GroupFullException if there is no destination then, nor room for it in a group
   */
  public @Nullable @Binary String take(long timeoutNanos) throws InterruptedException {
    Mover mover = new Mover();
    long position;
    try (Hold hold = access.hold(List.of(source, destination))) {
      ListValue list = findSource(hold);
      position = list == null ? -1 : mover.take(hold, list);
      if (list == null) {
        hold.enqueue(mover, List.of(source));
      }
    }
    if (position < 0) {
      position = access.await(mover, List.of(source), timeoutNanos);
    }
    access.settle(Math.max(0, position));
    if (mover.refusal != null) {
      throw mover.refusal;
    }
    return position < 0 ? null : mover.moved;
  }

  /** One call of take, as it waits in the source's queue. */
  private final class Mover extends Waiter {
    // Written before the hold is given back, or before the waiter is told that it was served.
    private @Nullable String moved;
    private @Nullable StoreException refusal;

    Mover() {
      super(access);
    }

    @Override
    protected List<@Binary String> furtherKeys() {
      return List.of(destination);
    }

    @Override
    protected long serve(Hold hold) {
      if (!(hold.value() instanceof ListValue list) || !claim()) {
        return -1;
      }
      Object there = hold.at(access.database(), destination).value();
      if (there != null && !(there instanceof ListValue)) {
        refusal = new WrongTypeException(); // the element stays for the next one
        return 0;
      }
      try {
        return take(hold, list);
      } catch (GroupFullException full) { // before the first change
        refusal = full;
        return 0;
      }
    }

    private long take(Hold hold, ListValue list) {
      moved = ListOperations.atEnd(list, from);
      return move(hold, list);
    }
  }
}
