// SPDX-License-Identifier: Apache-2.0
package dev.redstart.operation;

import dev.redstart.CommonPart;
import dev.redstart.NotANumberException;
import dev.redstart.NumberOverflowException;
import dev.redstart.SetOptions.Condition;
import dev.redstart.WrongTypeException;
import dev.redstart.keyspace.Access;
import dev.redstart.keyspace.Hold;
import dev.redstart.spi.Binary;
import dev.redstart.spi.BinaryStrings;
import dev.redstart.spi.EventClass;
import dev.redstart.structure.BytesValue;
import dev.redstart.structure.CollectionValue;
import dev.redstart.structure.ReferenceValue;
import dev.redstart.text.LongDouble;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes of one string key.
 *
 * <p>Immutable; as safe for threads as its access.
 */
public final class ValueOperations {
  /** A deadline argument: the value lives for ever. */
  public static final long NO_DEADLINE = Long.MAX_VALUE;

  /** A deadline argument: the deadline stays as it is. */
  public static final long SAME_DEADLINE = Long.MIN_VALUE;

  private final Access access;
  private final @Binary String key;

  /** Creates the operations of a key. */
  public ValueOperations(Access access, @Binary String key) {
    this.access = access;
    this.key = key;
  }

  /**
   * What a conditional set did.
   *
   * @param wasSet whether the value was set
   * @param before the string that was there before, or null
   */
  public record SetResult(boolean wasSet, @Nullable Object before) {}

  /** Returns the string in a form to read, or null. O(1). */
  public @Nullable Object get() {
    return toRead(access.read(key));
  }

  /** Returns the string of a key that is text, in a form to read, or null. O(1). */
  public static @Nullable Object getText(Access access, String key) {
    Object value = access.readText(key);
    return value instanceof String
        ? value
        : new ValueOperations(access, BinaryStrings.fromText(key)).toRead(value);
  }

  private @Nullable Object toRead(@Nullable Object value) {
    return value instanceof BytesValue || value instanceof CollectionValue
        ? reading(StringForm::toRead)
        : value;
  }

  /** Returns the length in bytes, 0 if there is none. O(1). */
  public long length() {
    return reading(value -> value == null ? 0 : StringForm.length(value));
  }

  /** Returns the bytes from start to end, both included, negative from the end. O(n). */
  public @Binary String getRange(long start, long end) {
    Object value = get();
    if (value == null) {
      return "";
    }
    long length = StringForm.length(value);
    long from = Math.max(0, start < 0 ? start + length : start);
    long last = Math.max(0, end < 0 ? end + length : end); // as Redis before 8.0 does
    long to = Math.min(last, length - 1) + 1;
    boolean isReversed = start < 0 && end < 0 && start > end;
    return isReversed || from >= to ? "" : StringForm.part(value, from, to);
  }

  /** Returns the bytes of a longest subsequence in common with another key's string. O(n·m). */
  public @Binary String commonSubsequence(@Binary String other) {
    return common(other, true).bytes();
  }

  /** Returns how long a longest subsequence in common with another key's string is. O(n·m). */
  public long commonSubsequenceLength(@Binary String other) {
    return common(other, false).length();
  }

  /** Returns the parts of so many bytes of {@link #commonSubsequence}, the last first. O(n·m). */
  public List<CommonPart> commonParts(@Binary String other, long minLength) {
    return common(other, true).parts(minLength);
  }

  private CommonSubsequence common(@Binary String other, boolean withBytes) {
    List<Object> values = new ArrayList<>(2);
    try (Hold hold = access.holdToRead(List.of(key, other))) {
      for (String each : List.of(key, other)) {
        Object value = hold.at(each).value();
        if (value instanceof CollectionValue) {
          throw WrongTypeException.notStrings();
        }
        values.add(value == null ? "" : StringForm.toRead(value));
      }
    }
    return new CommonSubsequence(
        StringForm.bytes(values.get(0)), StringForm.bytes(values.get(1)), withBytes);
  }

  /** Sets a string without a deadline. O(1). */
  public void set(Object value) {
    encode(value);
    long position = 0;
    try (Hold hold = access.hold(key)) {
      hold.put(value);
      if (hold.isRecorded()) {
        hold.event(EventClass.STRING, "set");
        position = hold.record(List.of("SET", key, StringForm.bytes(value)));
      }
    }
    access.settle(position);
  }

  /**
   * Sets a string under a condition.
   *
   * @param deadlineMillis wall milliseconds, {@link #NO_DEADLINE} or {@link #SAME_DEADLINE}
   * @param returnsOld whether the old value is wanted, and has to be a string then
   */
  public SetResult set(Object value, Condition condition, long deadlineMillis, boolean returnsOld) {
    encode(value);
    long position = 0;
    Object before = null;
    boolean sets;
    try (Hold hold = access.hold(key)) {
      Object present = hold.value();
      if (returnsOld) {
        before = StringForm.toRead(present);
      }
      sets = condition == Condition.ALWAYS || (condition == Condition.PRESENT) == (present != null);
      if (sets) {
        position = put(hold, value, deadlineMillis);
      }
    }
    access.settle(position);
    return new SetResult(sets, before);
  }

  private long put(Hold hold, Object value, long deadlineMillis) {
    if (deadlineMillis == SAME_DEADLINE) {
      hold.putKeepingDeadline(value);
    } else {
      hold.put(value);
      if (deadlineMillis != NO_DEADLINE) {
        hold.setDeadline(deadlineMillis);
      }
    }
    if (!hold.isRecorded()) {
      return 0;
    }
    hold.event(EventClass.STRING, "set");
    String bytes = StringForm.bytes(value);
    if (deadlineMillis == SAME_DEADLINE) {
      return hold.record(List.of("SET", key, bytes, "KEEPTTL"));
    }
    if (deadlineMillis == NO_DEADLINE) {
      return hold.record(List.of("SET", key, bytes));
    }
    hold.event(EventClass.GENERIC, "expire");
    return hold.record(List.of("SET", key, bytes, "PXAT", Long.toString(deadlineMillis)));
  }

  /**
   * Sets a string under a condition if the present one is as it was seen. O(n) in its length.
   *
   * @param seen what {@link #get} returned
   * @return false if the present one is another, so that the caller looks again
   */
  public boolean setIfSame(
      @Nullable Object seen, Object value, Condition condition, long deadlineMillis) {
    encode(value);
    long position = 0;
    try (Hold hold = holdEncoded()) {
      Object present = hold.value();
      requireString(present);
      if (!StringForm.isSame(present, seen)) {
        return false;
      }
      if (condition == Condition.ALWAYS || (condition == Condition.PRESENT) == (present != null)) {
        position = put(hold, value, deadlineMillis);
      }
    }
    access.settle(position);
    return true;
  }

  /** Removes the key if its string is as it was seen; false if it is another. O(n). */
  public boolean deleteIfSame(Object seen) {
    long position = 0;
    try (Hold hold = holdEncoded()) {
      Object present = hold.value();
      requireString(present);
      if (present == null || !StringForm.isSame(present, seen)) {
        return false;
      }
      hold.remove();
      hold.event(EventClass.GENERIC, "del");
      position = hold.isRecorded() ? hold.record(List.of("DEL", key)) : 0;
    }
    access.settle(position);
    return true;
  }

  /**
   * Changes the deadline if the string is as it was seen; false if it is another. O(n).
   *
   * @param deadlineMillis wall milliseconds, or {@link #NO_DEADLINE} to take it away
   */
  public boolean expireIfSame(Object seen, long deadlineMillis) {
    long position;
    try (Hold hold = holdEncoded()) {
      Object present = hold.value();
      requireString(present);
      if (present == null || !StringForm.isSame(present, seen)) {
        return false;
      }
      position =
          deadlineMillis == NO_DEADLINE
              ? Deadlines.persist(hold)
              : Deadlines.expire(hold, deadlineMillis);
    }
    access.settle(Math.max(0, position));
    return true;
  }

  /** Sets a string without a deadline if the present one has the given bytes. O(n). */
  public boolean compareAndSet(@Binary String expected, Object value) {
    encode(value);
    long position;
    try (Hold hold = holdEncoded()) {
      Object present = hold.value();
      requireString(present);
      if (present == null || !StringForm.bytes(present).equals(expected)) {
        return false;
      }
      position = put(hold, value, NO_DEADLINE);
    }
    access.settle(position);
    return true;
  }

  /** Adds bytes to the end and returns the length. O(n) in their number, amortized. */
  public long append(@Binary String suffix) {
    long position = 0;
    long length;
    try (Hold hold = holdEncoded()) {
      Object present = hold.value();
      requireString(present);
      length = suffix.length();
      if (present == null) {
        StringForm.checkLength(length);
        hold.put(StringForm.of(suffix));
      } else {
        length += StringForm.length(present);
        StringForm.checkLength(length);
        growable(hold, present).append(suffix);
      }
      if (hold.isRecorded()) {
        hold.event(EventClass.STRING, "append");
        position = hold.record(List.of("APPEND", key, suffix));
      }
    }
    access.settle(position);
    return length;
  }

  /** Writes bytes from an offset on and returns the length. O(n) in their number. */
  public long setRange(long offset, @Binary String bytes) {
    if (bytes.isEmpty()) {
      return length();
    }
    long position = 0;
    long length;
    try (Hold hold = holdEncoded()) {
      Object present = hold.value();
      requireString(present);
      long end = offset + bytes.length();
      StringForm.checkLength(end);
      if (present == null) {
        BytesValue value = new BytesValue("");
        value.write(offset, bytes);
        hold.put(value);
        length = end;
      } else {
        BytesValue value = growable(hold, present);
        value.write(offset, bytes);
        length = value.length();
      }
      if (hold.isRecorded()) {
        hold.event(EventClass.STRING, "setrange");
        position = hold.record(List.of("SETRANGE", key, Long.toString(offset), bytes));
      }
    }
    access.settle(position);
    return length;
  }

  /** Sets a number without a deadline and returns the number before, 0 if there was none. O(1). */
  public long getAndSet(long number) {
    long before;
    long position;
    try (Hold hold = holdEncoded()) {
      Object present = hold.value();
      requireString(present);
      before = present == null ? 0 : StringForm.number(present);
      position = put(hold, number, NO_DEADLINE);
    }
    access.settle(position);
    return before;
  }

  /** Adds to a number and returns the sum. O(1). */
  public long add(long delta) {
    long position = 0;
    long sum;
    try (Hold hold = holdEncoded()) {
      Object present = hold.value();
      requireString(present);
      long before = present == null ? 0 : StringForm.number(present);
      sum = before + delta;
      if (((before ^ sum) & (delta ^ sum)) < 0) {
        throw NumberOverflowException.integer();
      }
      hold.putKeepingDeadline(sum);
      if (hold.isRecorded()) {
        hold.event(EventClass.STRING, "incrby");
        position = hold.record(List.of("INCRBY", key, Long.toString(delta)));
      }
    }
    access.settle(position);
    return sum;
  }

  /**
   * Adds to a fraction in 64 bits of precision and returns the sum as it is stored. O(1).
   *
   * @throws NotANumberException if the key holds no number
   * @throws NumberOverflowException if the sum is not finite
   */
  public @Binary String addFraction(LongDouble delta) {
    long position = 0;
    String sum;
    try (Hold hold = holdEncoded()) {
      Object present = hold.value();
      requireString(present);
      LongDouble before =
          present == null ? LongDouble.of(0) : LongDouble.parse(StringForm.bytes(present));
      if (before == null) {
        throw NotANumberException.fraction();
      }
      LongDouble result = before.plus(delta);
      if (!result.isFinite()) {
        throw NumberOverflowException.fraction();
      }
      sum = result.toString();
      hold.putKeepingDeadline(sum);
      if (hold.isRecorded()) {
        hold.event(EventClass.STRING, "incrbyfloat");
        position = hold.record(List.of("SET", key, sum, "KEEPTTL"));
      }
    }
    access.settle(position);
    return sum;
  }

  /** Runs a read under a hold, with a string or null. */
  private <R> R reading(Function<@Nullable Object, R> read) {
    while (true) {
      ReferenceValue unencoded;
      try (Hold hold = access.holdToRead(key)) {
        Object value = hold.value();
        requireString(value);
        if (!(value instanceof ReferenceValue reference) || reference.isEncoded()) {
          return read.apply(value);
        }
        unencoded = reference;
      }
      unencoded.bytes();
    }
  }

  /** Holds the key when a reference that it may hold has its bytes; foreign code runs before. */
  private Hold holdEncoded() {
    while (true) {
      Hold hold = access.hold(key);
      if (!(hold.value() instanceof ReferenceValue reference) || reference.isEncoded()) {
        return hold;
      }
      hold.close();
      reference.bytes();
    }
  }

  /** Makes the bytes of a reference before anything is held, if they are going to be needed. */
  private void encode(Object value) {
    if (value instanceof ReferenceValue reference && access.isRecorded()) {
      reference.bytes();
    }
  }

  /** Returns the key's bytes for changing in place; a copy takes the place of another form. */
  private BytesValue growable(Hold hold, Object present) {
    BytesValue value = StringForm.growable(present);
    hold.putKeepingDeadline(value);
    return value;
  }

  private static void requireString(@Nullable Object value) {
    if (value instanceof CollectionValue) {
      throw new WrongTypeException();
    }
  }
}
