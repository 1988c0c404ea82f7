// SPDX-License-Identifier: Apache-2.0
package dev.redstart.operation;

import dev.redstart.ExpireCondition;
import dev.redstart.FieldExpiry;
import dev.redstart.keyspace.Access;
import dev.redstart.keyspace.Hold;
import dev.redstart.spi.Binary;
import dev.redstart.spi.EventClass;
import dev.redstart.structure.FieldDeadlines;
import dev.redstart.structure.HashValue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Deadlines of fields of one hash: given, taken away and asked for.
 *
 * <p>Immutable; as safe for threads as its access.
 */
public final class HashDeadlines {
  private final Access access;
  private final @Binary String key;

  /** Creates the operations of a key. */
  public HashDeadlines(Access access, @Binary String key) {
    this.access = access;
    this.key = key;
  }

  /**
   * Gives fields a deadline, or removes them if it has passed; each under the condition. O(k log
   * n).
   *
   * @param deadlineMillis wall milliseconds, from 0 to {@link FieldDeadlines#LATEST}
   * @return what it did to each field
   */
  public List<FieldExpiry> expire(
      List<@Binary String> fields, long deadlineMillis, ExpireCondition condition) {
    long position = 0;
    List<FieldExpiry> results = new ArrayList<>(fields.size());
    try (Hold hold = access.hold(key)) {
      HashValue hash = hold.findToChange(HashValue.TYPE);
      if (hash == null) {
        return Collections.nCopies(fields.size(), FieldExpiry.NO_FIELD);
      }
      HashOperations.removeDue(hold, hash, fields);
      boolean hasPassed = deadlineMillis <= hold.nowMillis();
      List<String> changed = new ArrayList<>();
      for (String field : fields) {
        FieldExpiry result = expire(hash, field, deadlineMillis, hasPassed, condition);
        results.add(result);
        if (result == FieldExpiry.SET || result == FieldExpiry.DELETED) {
          changed.add(field);
        }
      }
      if (!changed.isEmpty()) {
        position =
            hasPassed
                ? recordRemoval(hold, hash, changed)
                : recordDeadline(hold, deadlineMillis, changed);
      }
    }
    access.settle(position);
    return results;
  }

  private static FieldExpiry expire(
      HashValue hash,
      @Binary String field,
      long deadlineMillis,
      boolean hasPassed,
      ExpireCondition condition) {
    if (!hash.contains(field)) {
      return FieldExpiry.NO_FIELD;
    }
    if (!KeyOperations.allows(condition, hash.deadline(field), deadlineMillis)) {
      return FieldExpiry.NOT_MET;
    }
    if (hasPassed) {
      hash.remove(field);
      return FieldExpiry.DELETED;
    }
    hash.setDeadline(field, deadlineMillis);
    return FieldExpiry.SET;
  }

  private long recordRemoval(Hold hold, HashValue hash, List<@Binary String> removed) {
    List<String> command = new ArrayList<>(List.of("HDEL", key));
    command.addAll(removed);
    return HashOperations.finishRemoval(hold, hash, command);
  }

  private long recordDeadline(Hold hold, long deadlineMillis, List<@Binary String> changed) {
    hold.fieldDeadlineSet();
    hold.event(EventClass.HASH, "hexpire");
    return hold.isRecorded() ? hold.record(expireCommand(key, deadlineMillis, changed)) : 0;
  }

  /** Returns the command that gives fields a deadline. */
  static List<@Binary String> expireCommand(
      @Binary String key, long deadlineMillis, List<@Binary String> fields) {
    List<String> command =
        new ArrayList<>(
            List.of(
                "HPEXPIREAT",
                key,
                Long.toString(deadlineMillis),
                "FIELDS",
                Integer.toString(fields.size())));
    command.addAll(fields);
    return command;
  }

  /** Takes a field's deadline away; false if it had none, or is not there. O(log n). */
  public boolean persist(@Binary String field) {
    long position;
    try (Hold hold = access.hold(key)) {
      HashValue hash = hold.findToChange(HashValue.TYPE);
      if (hash == null) {
        return false;
      }
      HashOperations.removeDue(hold, hash, List.of(field));
      if (!hash.dropDeadline(field)) {
        return false;
      }
      hold.event(EventClass.HASH, "hpersist");
      position =
          hold.isRecorded() ? hold.record(List.of("HPERSIST", key, "FIELDS", "1", field)) : 0;
    }
    access.settle(position);
    return true;
  }

  /**
   * Returns a field's deadline in wall milliseconds, or {@link FieldDeadlines#NONE} if it has none
   * or is not there. O(1).
   */
  public long deadline(@Binary String field) {
    try (Hold hold = access.holdToRead(key)) {
      HashValue hash = hold.find(HashValue.TYPE);
      if (hash == null || hash.deadlines() == null || hash.isDue(field, hold.nowMillis())) {
        return FieldDeadlines.NONE;
      }
      return hash.deadline(field);
    }
  }
}
