// SPDX-License-Identifier: Apache-2.0
package dev.redstart.operation;

import dev.redstart.NotANumberException;
import dev.redstart.NumberOverflowException;
import dev.redstart.keyspace.Access;
import dev.redstart.keyspace.Hold;
import dev.redstart.spi.Binary;
import dev.redstart.spi.EventClass;
import dev.redstart.structure.FieldDeadlines;
import dev.redstart.structure.HashValue;
import dev.redstart.structure.ReferenceValue;
import dev.redstart.text.Decimals;
import dev.redstart.text.LongDouble;
import java.util.List;

/**
 * Adding to numbers that fields of one hash hold.
 *
 * <p>Immutable; as safe for threads as its access.
 */
public final class HashNumbers {
  private final Access access;
  private final @Binary String key;

  /** Creates the operations of a key. */
  public HashNumbers(Access access, @Binary String key) {
    this.access = access;
    this.key = key;
  }

  /** Adds to a field's number, which begins at 0, and returns the sum. O(1). */
  public long increment(@Binary String field, long delta) {
    long position = 0;
    long sum;
    try (Hold hold = holdEncoded(field)) {
      HashValue hash = hold.find(HashValue.TYPE);
      Object present = hash == null ? null : HashOperations.get(hold, hash, field);
      long before = present == null ? 0 : number(present);
      sum = before + delta;
      if (((before ^ sum) & (delta ^ sum)) < 0) {
        throw NumberOverflowException.integer();
      }
      replace(hold, field, sum);
      if (hold.isRecorded()) {
        hold.event(EventClass.HASH, "hincrby");
        position = hold.record(List.of("HINCRBY", key, field, Long.toString(delta)));
      }
    }
    access.settle(position);
    return sum;
  }

  private static long number(Object form) {
    if (form instanceof Long number) {
      return number;
    }
    String bytes = StringForm.bytes(form);
    long number = Decimals.parseLong(bytes);
    if (number == Decimals.NOT_A_LONG && !Decimals.isLong(bytes)) {
      throw NotANumberException.hashInteger();
    }
    return number;
  }

  /**
   * Adds to a field's fraction in 64 bits of precision and returns the sum as it is stored. O(1).
   *
   * @throws NotANumberException if the field holds no number
   * @throws NumberOverflowException if the sum is not finite
   */
  public @Binary String increment(@Binary String field, LongDouble delta) {
    long position = 0;
    String sum;
    try (Hold hold = holdEncoded(field)) {
      HashValue hash = hold.find(HashValue.TYPE);
      Object present = hash == null ? null : HashOperations.get(hold, hash, field);
      LongDouble before =
          present == null ? LongDouble.of(0) : LongDouble.parse(StringForm.bytes(present));
      if (before == null) {
        throw NotANumberException.hashFraction();
      }
      LongDouble result = before.plus(delta);
      if (!result.isFinite()) {
        throw NumberOverflowException.fraction();
      }
      sum = result.toString();
      long deadline = replace(hold, field, sum);
      if (hold.isRecorded()) {
        hold.event(EventClass.HASH, "hincrbyfloat");
        position = recordSum(hold, field, sum, deadline);
      }
    }
    access.settle(position);
    return sum;
  }

  /** Records a sum as a plain value, since not every Redis computes it with the same precision. */
  private long recordSum(Hold hold, @Binary String field, @Binary String sum, long deadline) {
    List<String> command = List.of("HSET", key, field, sum);
    return deadline == FieldDeadlines.NONE
        ? hold.record(command)
        : hold.recordAll(
            List.of(command, HashDeadlines.expireCommand(key, deadline, List.of(field))));
  }

  /** Sets a field and leaves its deadline, which is returned, unless it has passed. */
  private static long replace(Hold hold, @Binary String field, Object value) {
    HashValue hash = hold.findOrCreate(HashValue.TYPE);
    HashOperations.removeDue(hold, hash, List.of(field));
    hash.putKeepingDeadline(field, value);
    return hash.deadline(field);
  }

  /** Holds the key when a reference in the field has its bytes; foreign code runs before. */
  private Hold holdEncoded(@Binary String field) {
    while (true) {
      Hold hold = access.hold(key);
      Object value =
          hold.value() instanceof HashValue hash && !hash.isPacked() ? hash.get(field) : null;
      if (!(value instanceof ReferenceValue reference) || reference.isEncoded()) {
        return hold;
      }
      hold.close();
      reference.bytes();
    }
  }
}
