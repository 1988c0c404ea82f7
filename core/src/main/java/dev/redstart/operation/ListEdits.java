// SPDX-License-Identifier: Apache-2.0
package dev.redstart.operation;

import dev.redstart.keyspace.Access;
import dev.redstart.keyspace.Hold;
import dev.redstart.spi.Binary;
import dev.redstart.spi.EventClass;
import dev.redstart.structure.ListValue;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Changes of a list by index, as a list of Java has them and Redis does not.
 *
 * <p>Immutable; as safe for threads as its access.
 */
public final class ListEdits {
  // Overview. Redis inserts beside, and removes, what it finds by value. So that an effect says
  // which of several equal elements is meant, it puts a mark in its place for as long as the effect
  // lasts, one that no list holds by chance.

  private final Access access;
  private final @Binary String key;

  /** Creates the edits of a key. */
  public ListEdits(Access access, @Binary String key) {
    this.access = access;
    this.key = key;
  }

  /**
   * Puts an element, or nothing, in the place of one, if that is as it was seen. O(log n).
   *
   * @param seen what stood at the index
   * @param element what takes its place, or null to remove it
   * @return false if another stands there, or none, so that the caller looks again
   */
  public boolean replaceIfSame(long index, @Binary String seen, @Nullable @Binary String element) {
    String mark = newMark();
    long position = 0;
    try (Hold hold = access.hold(key)) {
      ListValue list = hold.find(ListValue.TYPE);
      if (list == null || index >= list.size() || !list.get(index).equals(seen)) {
        return false;
      }
      hold.findToChange(ListValue.TYPE);
      if (element == null) {
        position = remove(hold, list, index, index + 1, mark);
      } else {
        list.set(index, element);
        hold.event(EventClass.LIST, "lset");
        position = hold.isRecorded() ? hold.record(set(index, element)) : 0;
      }
    }
    access.settle(position);
    return true;
  }

  /**
   * Inserts elements before the one at an index, or at the end. O(k log n).
   *
   * @return false if the list is shorter than that
   */
  public boolean insert(long index, List<@Binary String> elements) {
    String mark = newMark();
    long position = 0;
    try (Hold hold = access.hold(key)) {
      ListValue present = hold.find(ListValue.TYPE);
      long size = present == null ? 0 : present.size();
      if (index > size) {
        return false;
      }
      ListValue list = hold.findOrCreate(ListValue.TYPE);
      String shifted = index < size ? list.get(index) : "";
      long at = index;
      for (String element : elements) {
        list.insert(at++, element);
      }
      if (hold.isRecorded()) {
        boolean isEnd = index == 0 || index == size;
        hold.event(EventClass.LIST, !isEnd ? "linsert" : index == size ? "rpush" : "lpush");
        position =
            hold.recordAll(
                isEnd
                    ? List.of(push(index == size, elements))
                    : insertion(index, shifted, elements, mark));
      }
    }
    access.settle(position);
    return true;
  }

  private List<@Binary String> push(boolean atEnd, List<@Binary String> elements) {
    List<String> command = new ArrayList<>(List.of(atEnd ? "RPUSH" : "LPUSH", key));
    for (int i = 0; i < elements.size(); i++) {
      command.add(elements.get(atEnd ? i : elements.size() - 1 - i));
    }
    return command;
  }

  private List<List<@Binary String>> insertion(
      long index, @Binary String shifted, List<@Binary String> elements, String mark) {
    List<List<String>> commands = new ArrayList<>();
    commands.add(set(index, mark));
    for (String element : elements) {
      commands.add(List.of("LINSERT", key, "BEFORE", mark, element));
    }
    commands.add(set(index + elements.size(), shifted));
    return commands;
  }

  /** Removes the elements of [from, to), as far as they are there. O(log n + k). */
  public void removeRange(long from, long to) {
    String mark = newMark();
    long position = 0;
    try (Hold hold = access.hold(key)) {
      ListValue list = hold.findToChange(ListValue.TYPE);
      long end = list == null ? 0 : Math.min(to, list.size());
      if (list == null || from >= end) {
        return;
      }
      position = remove(hold, list, from, end, mark);
    }
    access.settle(position);
  }

  private long remove(Hold hold, ListValue list, long from, long to, String mark) {
    long size = list.size();
    list.removeRange(from, to);
    boolean isEnd = from == 0 || to == size;
    hold.event(EventClass.LIST, isEnd ? "ltrim" : "lrem");
    ListOperations.removeIfEmpty(hold, list);
    if (!hold.isRecorded()) {
      return 0;
    }
    if (isEnd) {
      long last = to == size ? from - 1 : -1;
      boolean isAll = from == 0 && to == size;
      return hold.record(
          List.of("LTRIM", key, isAll ? "1" : from == 0 ? "" + to : "0", isAll ? "0" : "" + last));
    }
    List<List<String>> commands = new ArrayList<>();
    for (long index = from; index < to; index++) {
      commands.add(set(index, mark));
    }
    commands.add(List.of("LREM", key, Long.toString(to - from), mark));
    return hold.recordAll(commands);
  }

  private List<@Binary String> set(long index, @Binary String element) {
    return List.of("LSET", key, Long.toString(index), element);
  }

  /** Returns a mark if effects are wanted; made under no hold, since it takes a while. */
  private String newMark() {
    return access.isRecorded() ? "redstart:mark:" + UUID.randomUUID() : "";
  }
}
