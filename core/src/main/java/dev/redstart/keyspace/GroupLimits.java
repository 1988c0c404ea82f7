// SPDX-License-Identifier: Apache-2.0
package dev.redstart.keyspace;

import dev.redstart.spi.Binary;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.function.Consumer;

/**
 * The limited groups of a database, by their prefixes.
 *
 * <p>Changed with all stripes held, and read with one of them.
 */
final class GroupLimits {
  // Overview. A key is looked up once for each length that a prefix has, however many groups there
  // are. A shard has a reference to this only if there is a group at all.

  private final HashMap<String, GroupLimit> byPrefix = new HashMap<>();
  private int[] lengths = {};

  /** Returns the groups that a key counts for; the key of a tag's set for none. */
  List<GroupLimit> of(@Binary String key) {
    List<GroupLimit> groups = List.of();
    for (int length : lengths) {
      if (length > key.length()) {
        break;
      }
      GroupLimit group = byPrefix.get(key.substring(0, length));
      if (group != null && !TagIndex.isTag(key)) {
        groups = groups.isEmpty() ? new ArrayList<>(2) : groups;
        groups.add(group);
      }
    }
    return groups;
  }

  boolean isEmpty() {
    return byPrefix.isEmpty();
  }

  void put(GroupLimit group) {
    byPrefix.put(group.prefix, group);
    measure();
  }

  void remove(GroupLimit group) {
    byPrefix.remove(group.prefix);
    measure();
  }

  /** Notes that all keys of the database are gone. */
  void clear() {
    forAllAtOnce(byPrefix.values(), GroupLimit::clear);
  }

  private static void forAllAtOnce(Collection<GroupLimit> groups, Consumer<GroupLimit> change) {
    if (!groups.isEmpty()) {
      synchronized (groups.iterator().next().together) {
        groups.forEach(change);
      }
    }
  }

  private void measure() {
    lengths = byPrefix.keySet().stream().mapToInt(String::length).distinct().sorted().toArray();
  }

  /** Notes that a key is gone, which no hold removed. */
  void removed(@Binary String key) {
    forAllAtOnce(of(key), group -> group.removed(key));
  }
}
