// SPDX-License-Identifier: Apache-2.0
package dev.redstart.operation;

import dev.redstart.ListEnd;
import dev.redstart.NoSuchKeyException;
import dev.redstart.PositionOptions;
import dev.redstart.keyspace.Access;
import dev.redstart.keyspace.Hold;
import dev.redstart.spi.Binary;
import dev.redstart.spi.BinaryCodec;
import dev.redstart.spi.EventClass;
import dev.redstart.structure.ListSearch;
import dev.redstart.structure.ListValue;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes of one list.
 *
 * <p>Immutable; as safe for threads as its access.
 */
public final class ListOperations {
  /** Longer reads go on after the hold, over a frozen value. */
  private static final long LONG_READ = 512;

  /** Elements of so many bytes are decoded under a hold, if the codec is quick. */
  private static final int SHORT = 1_024;

  private final Access access;
  private final @Binary String key;

  /** Creates the operations of a key. */
  public ListOperations(Access access, @Binary String key) {
    this.access = access;
    this.key = key;
  }

  /**
   * Puts elements at an end, one after the other, and returns the size. O(k).
   *
   * @param onlyIfPresent whether a missing key stays missing; the answer is 0 then
   */
  public long push(ListEnd end, List<@Binary String> elements, boolean onlyIfPresent) {
    for (String element : elements) {
      StringForm.checkLength(element.length());
    }
    long position = 0;
    long size;
    try (Hold hold = access.hold(key)) {
      ListValue list =
          onlyIfPresent ? hold.findToChange(ListValue.TYPE) : hold.findOrCreate(ListValue.TYPE);
      if (list == null) {
        return 0;
      }
      for (String element : elements) {
        add(list, end, element);
      }
      size = list.size();
      if (hold.isRecorded()) {
        hold.event(EventClass.LIST, pushEvent(end));
        List<String> command = new ArrayList<>(elements.size() + 2);
        command.add((end == ListEnd.LEFT ? "LPUSH" : "RPUSH") + (onlyIfPresent ? "X" : ""));
        command.add(key);
        command.addAll(elements);
        position = hold.record(command);
      }
    }
    access.settle(position);
    return size;
  }

  static void add(ListValue list, ListEnd end, @Binary String element) {
    if (end == ListEnd.LEFT) {
      list.addFirst(element);
    } else {
      list.addLast(element);
    }
  }

  static String pushEvent(ListEnd end) {
    return end == ListEnd.LEFT ? "lpush" : "rpush";
  }

  static String popEvent(ListEnd end) {
    return end == ListEnd.LEFT ? "lpop" : "rpop";
  }

  /**
   * Inserts an element beside the first occurrence of another. O(n).
   *
   * @return the size, -1 if the other is not there, 0 if the key is missing
   */
  public long insert(boolean before, @Binary String pivot, @Binary String element) {
    StringForm.checkLength(element.length());
    long position = 0;
    long size;
    try (Hold hold = access.hold(key)) {
      ListValue list = hold.find(ListValue.TYPE);
      if (list == null) {
        return 0;
      }
      long index = new ListSearch(list, pivot).first(0, list.size());
      if (index < 0) {
        return -1;
      }
      hold.findToChange(ListValue.TYPE);
      list.insert(before ? index : index + 1, element);
      size = list.size();
      if (hold.isRecorded()) {
        hold.event(EventClass.LIST, "linsert");
        position =
            hold.record(List.of("LINSERT", key, before ? "BEFORE" : "AFTER", pivot, element));
      }
    }
    access.settle(position);
    return size;
  }

  /** Returns the elements of a range of indexes, both ends included. O(log n + k). */
  public List<@Binary String> range(long start, long stop) {
    ListValue frozen;
    long from;
    long to;
    try (Hold hold = access.holdToRead(key)) {
      ListValue list = hold.find(ListValue.TYPE);
      long size = list == null ? 0 : list.size();
      from = first(size, start);
      to = afterLast(size, stop);
      if (list == null || from >= to) {
        return List.of();
      }
      if (to - from <= LONG_READ) {
        return collect(list, from, to);
      }
      frozen = list.freeze();
    }
    return collect(frozen, from, to);
  }

  private static long first(long size, long start) {
    return Math.max(0, start < 0 ? start + size : start);
  }

  private static long afterLast(long size, long stop) {
    return Math.min(size - 1, stop < 0 ? stop + size : stop) + 1;
  }

  private static List<@Binary String> collect(ListValue list, long from, long to) {
    List<String> found = new ArrayList<>(Math.toIntExact(to - from));
    list.forEach(from, to, found::add);
    return found;
  }

  /** Returns the element at an index, or null. O(log n). */
  public @Nullable @Binary String get(long index) {
    return read(
        list -> {
          long size = list == null ? 0 : list.size();
          long at = index < 0 ? index + size : index;
          return list == null || at < 0 || at >= size ? null : list.get(at);
        });
  }

  /** Returns the number of elements. O(1). */
  public long size() {
    return read(list -> list == null ? 0L : list.size());
  }

  /**
   * Returns the indexes of an element's occurrences, in the order of the search. O(n).
   *
   * @param limit how many at most
   */
  public List<Long> positions(@Binary String element, PositionOptions options, long limit) {
    ListValue frozen;
    try (Hold hold = access.holdToRead(key)) {
      ListValue list = hold.find(ListValue.TYPE);
      if (list == null) {
        return List.of();
      }
      if (list.size() <= LONG_READ) {
        return positions(list, element, options, limit);
      }
      frozen = list.freeze();
    }
    return positions(frozen, element, options, limit);
  }

  private static List<Long> positions(
      ListValue list, @Binary String element, PositionOptions options, long limit) {
    ListSearch search = new ListSearch(list, element);
    boolean fromRight = options.rank() < 0;
    long skipped = Math.abs(options.rank()) - 1;
    long length = options.maxLength() == 0 ? list.size() : options.maxLength();
    long from = fromRight ? Math.max(0, list.size() - length) : 0;
    long to = fromRight ? list.size() : Math.min(list.size(), length);
    List<Long> found = new ArrayList<>();
    while (found.size() < limit) {
      long index = fromRight ? search.last(from, to) : search.first(from, to);
      if (index < 0) {
        break;
      }
      if (skipped > 0) {
        skipped--;
      } else {
        found.add(index);
      }
      from = fromRight ? from : index + 1;
      to = fromRight ? index : to;
    }
    return found;
  }

  /**
   * Puts an element in the place of the one at an index. O(log n).
   *
   * @throws NoSuchKeyException if there is no list
   * @throws IndexOutOfBoundsException if there is no such element
   */
  public void set(long index, @Binary String element) {
    StringForm.checkLength(element.length());
    long position = 0;
    try (Hold hold = access.hold(key)) {
      ListValue list = hold.find(ListValue.TYPE);
      if (list == null) {
        throw new NoSuchKeyException();
      }
      long at = index < 0 ? index + list.size() : index;
      if (at < 0 || at >= list.size()) {
        throw new IndexOutOfBoundsException(
            "index must be within a list of " + list.size() + ": " + index);
      }
      hold.findToChange(ListValue.TYPE);
      list.set(at, element);
      if (hold.isRecorded()) {
        hold.event(EventClass.LIST, "lset");
        position = hold.record(List.of("LSET", key, Long.toString(at), element));
      }
    }
    access.settle(position);
  }

  /**
   * Removes occurrences of an element and returns how many. O(n).
   *
   * @param count how many at most, from the right if negative; 0 for all
   */
  public long remove(long count, @Binary String element) {
    long position = 0;
    long removed;
    try (Hold hold = access.hold(key)) {
      ListValue list = hold.findToChange(ListValue.TYPE);
      if (list == null) {
        return 0;
      }
      boolean fromRight = count < 0;
      boolean all = count == 0 || count == Long.MIN_VALUE;
      long limit = all ? Long.MAX_VALUE : Math.abs(count);
      removed = new ListSearch(list, element).remove(limit, fromRight);
      if (removed > 0) {
        String signed = Long.toString(fromRight ? -removed : removed);
        position = finishRemoval(hold, list, "lrem", List.of("LREM", key, signed, element));
      }
    }
    access.settle(position);
    return removed;
  }

  /** Removes all elements but those of a range of indexes, both ends included. O(log n + k). */
  public void trim(long start, long stop) {
    long position;
    try (Hold hold = access.hold(key)) {
      ListValue list = hold.findToChange(ListValue.TYPE);
      if (list == null) {
        return;
      }
      long size = list.size();
      long from = first(size, start);
      long to = afterLast(size, stop);
      if (from >= to) {
        from = 1; // so that Redis, too, keeps nothing
        to = 1;
        list.removeRange(0, size);
      } else {
        list.removeRange(to, size);
        list.removeRange(0, from);
      }
      List<String> command = List.of("LTRIM", key, Long.toString(from), Long.toString(to - 1));
      position = finishRemoval(hold, list, "ltrim", command);
    }
    access.settle(position);
  }

  /** Tells of a removal, and removes the key if nothing is left; both in one effect. */
  private static long finishRemoval(
      Hold hold, ListValue list, String event, List<@Binary String> command) {
    hold.event(EventClass.LIST, event);
    removeIfEmpty(hold, list);
    return hold.isRecorded() ? hold.record(command) : 0;
  }

  static void removeIfEmpty(Hold hold, ListValue list) {
    if (list.isEmpty()) {
      hold.remove();
      hold.event(EventClass.GENERIC, "del");
    }
  }

  /** Takes elements from the list at the hold's key, which is there; returns the position. */
  static long pop(Hold hold, ListEnd end, long count, List<@Binary String> popped) {
    ListValue list = hold.findOrCreate(ListValue.TYPE);
    long taken = Math.min(count, list.size());
    for (long i = 0; i < taken; i++) {
      popped.add(removeEnd(list, end));
    }
    List<String> command = new ArrayList<>(3);
    command.add(end == ListEnd.LEFT ? "LPOP" : "RPOP");
    command.add(hold.key());
    if (taken > 1) {
      command.add(Long.toString(taken));
    }
    return finishRemoval(hold, list, popEvent(end), command);
  }

  /**
   * Takes an element from an end unless there is none, or one so long that it is better read under
   * no hold. O(1).
   *
   * @param codec reads the element before it is taken; a quick one
   * @return null if nothing was taken
   */
  public <E> @Nullable E popShort(ListEnd end, BinaryCodec<E> codec) {
    long position;
    E decoded;
    try (Hold hold = access.hold(key)) {
      ListValue list = hold.findToChange(ListValue.TYPE);
      String element = list == null ? null : atEnd(list, end);
      if (list == null || element == null || element.length() > SHORT) {
        return null;
      }
      boolean isAscii = end == ListEnd.LEFT ? list.isFirstAscii() : list.isLastAscii();
      decoded = isAscii ? codec.decodeAscii(element) : codec.decodeBinary(element);
      if (end == ListEnd.LEFT) {
        list.dropFirst(element.length());
      } else {
        list.dropLast(element.length());
      }
      List<String> command =
          hold.isRecorded() ? List.of(end == ListEnd.LEFT ? "LPOP" : "RPOP", key) : List.of();
      position = finishRemoval(hold, list, popEvent(end), command);
    }
    access.settle(position);
    return decoded;
  }

  static @Binary String removeEnd(ListValue list, ListEnd end) {
    return end == ListEnd.LEFT ? list.removeFirst() : list.removeLast();
  }

  static @Binary String atEnd(ListValue list, ListEnd end) {
    return end == ListEnd.LEFT ? list.first() : list.last();
  }

  private <R> R read(Function<@Nullable ListValue, R> read) {
    try (Hold hold = access.holdToRead(key)) {
      return read.apply(hold.find(ListValue.TYPE));
    }
  }
}
