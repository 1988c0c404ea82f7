// SPDX-License-Identifier: Apache-2.0
package dev.redstart.operation;

import dev.redstart.keyspace.Access;
import dev.redstart.keyspace.Hold;
import dev.redstart.spi.Binary;
import dev.redstart.spi.EventClass;
import dev.redstart.structure.CollectionValue;
import dev.redstart.structure.ReferenceValue;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes of many string keys at once.
 *
 * <p>Immutable; as safe for threads as its access.
 */
public final class MultiValueOperations {
  private final Access access;

  /** Creates the operations of a database. */
  public MultiValueOperations(Access access) {
    this.access = access;
  }

  /** Returns a string, ready to read, for each key, null where there is none. O(n). */
  public List<@Nullable Object> getAll(List<@Binary String> keys) {
    List<@Nullable Object> values = new ArrayList<>(keys.size());
    try (Hold hold = access.holdToRead(keys)) {
      for (String key : keys) {
        Object value = hold.at(key).value();
        values.add(value instanceof CollectionValue ? null : StringForm.toRead(value));
      }
    }
    return values;
  }

  /** Sets each key to the value of the same index, without deadlines. O(n). */
  public void setAll(List<@Binary String> keys, List<Object> values) {
    encode(values);
    long position;
    try (Hold hold = access.hold(keys)) {
      position = put(hold, keys, values);
    }
    access.settle(position);
  }

  /** As {@link #setAll}, if none of the keys exists. O(n). */
  public boolean setAllIfAbsent(List<@Binary String> keys, List<Object> values) {
    encode(values);
    long position;
    try (Hold hold = access.hold(keys)) {
      for (String key : keys) {
        if (hold.at(key).value() != null) {
          return false;
        }
      }
      position = put(hold, keys, values);
    }
    access.settle(position);
    return true;
  }

  private static long put(Hold hold, List<@Binary String> keys, List<Object> values) {
    for (String key : keys) {
      hold.at(key).planCreation();
    }
    hold.admit();
    for (int i = 0; i < keys.size(); i++) {
      hold.at(keys.get(i)).put(values.get(i));
      hold.event(EventClass.STRING, "set");
    }
    if (!hold.isRecorded()) {
      return 0;
    }
    List<String> command = new ArrayList<>(1 + 2 * keys.size());
    command.add("MSET");
    for (int i = 0; i < keys.size(); i++) {
      command.add(keys.get(i));
      command.add(StringForm.bytes(values.get(i)));
    }
    return hold.record(command);
  }

  private void encode(List<Object> values) {
    if (access.isRecorded()) {
      for (Object value : values) {
        if (value instanceof ReferenceValue reference) {
          reference.bytes();
        }
      }
    }
  }
}
