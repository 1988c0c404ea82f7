// SPDX-License-Identifier: Apache-2.0
package dev.redstart.operation;

import dev.redstart.keyspace.Access;
import dev.redstart.keyspace.Hold;
import dev.redstart.spi.Binary;
import dev.redstart.spi.EventClass;
import dev.redstart.structure.SetValue;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes of one tag: of its set, and of what its keys know of it.
 *
 * <p>Immutable; as safe for threads as its access.
 */
public final class TagOperations {
  private final Access access;
  private final @Binary String tag;

  /**
   * Creates the operations of a tag.
   *
   * @param tag the key of its set
   */
  public TagOperations(Access access, @Binary String tag) {
    this.access = access;
    this.tag = tag;
  }

  /** Tags keys and returns how many are new; what does not exist is left out. O(k). */
  public long add(List<@Binary String> keys) {
    long position = 0;
    List<String> command = new ArrayList<>(List.of("SADD", tag));
    try (Hold hold = access.holdTag(tag, keys)) {
      List<String> present = new ArrayList<>(keys.size());
      for (String key : keys) {
        if (hold.at(key).value() != null && !hold.hasTag(tag)) {
          present.add(key);
        }
      }
      if (present.isEmpty()) {
        return 0;
      }
      SetValue set = hold.at(tag).findOrCreate(SetValue.TYPE);
      set.expect(present);
      for (String key : present) {
        if (set.add(key)) {
          command.add(key);
        }
      }
      for (String key : keysOf(command)) {
        hold.at(key).tagAdded(tag);
      }
      hold.at(tag).event(EventClass.SET, "sadd");
      position = hold.isRecorded() ? hold.record(command) : 0;
    }
    access.settle(position);
    return keysOf(command).size();
  }

  /** Takes the tag from keys and returns how many had it. O(k). */
  public long remove(List<@Binary String> keys) {
    long position = 0;
    List<String> command = new ArrayList<>(List.of("SREM", tag));
    try (Hold hold = access.holdTag(tag, keys)) {
      for (String key : keys) {
        if (hold.at(key).value() != null && hold.hasTag(tag)) {
          hold.tagRemoved(tag);
          command.add(key);
        }
      }
      SetValue set = hold.at(tag).findToChange(SetValue.TYPE);
      if (set == null || keysOf(command).isEmpty()) {
        return 0;
      }
      keysOf(command).forEach(set::remove);
      SetOperations.finishRemoval(hold, set, "srem");
      position = hold.isRecorded() ? hold.record(command) : 0;
    }
    access.settle(position);
    return keysOf(command).size();
  }

  /** Returns the members in a command of the set. */
  private static List<@Binary String> keysOf(List<@Binary String> command) {
    return command.subList(2, command.size());
  }

  /** Tells whether a key exists and has the tag. O(1). */
  public boolean contains(@Binary String key) {
    try (Hold hold = access.holdToRead(List.of(tag, key))) {
      return hold.at(key).value() != null && hold.hasTag(tag);
    }
  }

  /** Returns the keys that have the tag. O(n). */
  public List<@Binary String> keys() {
    SetValue frozen;
    try (Hold hold = access.holdTagToRead(tag)) {
      SetValue set = hold.at(tag).find(SetValue.TYPE);
      if (set == null || hold.mayHaveOverdueKeys()) {
        return present(hold, set);
      }
      frozen = set.freeze();
    }
    List<String> keys = SetOperations.all(frozen);
    keys.removeIf(key -> !access.owns(key));
    return keys;
  }

  /** Returns how many keys have the tag. O(stripes), or O(n) in a group. */
  public long size() {
    if (access.group() != null) {
      return keys().size();
    }
    try (Hold hold = access.holdTagToRead(tag)) {
      SetValue set = hold.at(tag).find(SetValue.TYPE);
      if (set == null || hold.mayHaveOverdueKeys()) {
        return present(hold, set).size();
      }
      return set.size();
    }
  }

  /** Returns the members that exist; in the moment between a deadline and its timer, not all do. */
  private List<@Binary String> present(Hold hold, @Nullable SetValue set) {
    List<String> present = new ArrayList<>();
    if (set != null) {
      set.forEach(
          key -> {
            if (access.owns(key) && hold.at(key).value() != null) {
              present.add(key);
            }
          });
    }
    return present;
  }

  /** Removes the keys that have the tag, and returns how many there were. O(n). */
  public long deleteKeys() {
    List<String> keys = keys();
    if (access.isInTransaction()) {
      return new KeyOperations(access).delete(keys);
    }
    long deleted = 0;
    for (String key : keys) {
      deleted += deleteIfTagged(key) ? 1 : 0;
    }
    return deleted;
  }

  private boolean deleteIfTagged(@Binary String key) {
    long position;
    try (Hold hold = access.hold(key)) {
      if (hold.value() == null || !hold.hasTag(tag)) {
        return false;
      }
      hold.remove();
      hold.event(EventClass.GENERIC, "del");
      position = hold.isRecorded() ? hold.record(List.of("DEL", key)) : 0;
    }
    access.settle(position);
    return true;
  }
}
