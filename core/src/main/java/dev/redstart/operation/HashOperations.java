// SPDX-License-Identifier: Apache-2.0
package dev.redstart.operation;

import dev.redstart.keyspace.Access;
import dev.redstart.keyspace.Hold;
import dev.redstart.spi.Binary;
import dev.redstart.spi.BinaryStrings;
import dev.redstart.spi.EventClass;
import dev.redstart.structure.HashValue;
import dev.redstart.structure.ObjectTable;
import dev.redstart.structure.ReferenceValue;
import dev.redstart.text.Glob;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes of one hash.
 *
 * <p>Immutable; as safe for threads as its access. Values are in the forms of {@link StringForm},
 * but for growable bytes.
 */
public final class HashOperations {
  // Overview. A field is gone from its deadline on: reads pass over those that are due, and a write
  // removes those that it names, with an effect of its own, before it does anything else. A hash
  // whose fields are all due is not found at all; that is the hold's affair.

  /** Longer reads go on after the hold, over a frozen value. */
  private static final long LONG_READ = 512;

  /** With no deadlines, nothing is due. */
  private static final long NO_TIME = Long.MIN_VALUE;

  private final Access access;
  private final @Binary String key;

  /** Creates the operations of a key. */
  public HashOperations(Access access, @Binary String key) {
    this.access = access;
    this.key = key;
  }

  /** Sets fields, which have no deadlines then, and returns how many are new. O(k). */
  public long put(List<@Binary String> fields, List<Object> values) {
    values.forEach(this::encode);
    long position = 0;
    long added = 0;
    try (Hold hold = access.hold(key)) {
      HashValue hash = hold.findOrCreate(HashValue.TYPE);
      removeDue(hold, hash, fields);
      for (int i = 0; i < fields.size(); i++) {
        added += hash.put(fields.get(i), values.get(i)) ? 1 : 0;
      }
      if (hold.isRecorded()) {
        position = recordPut(hold, fields, values);
      }
    }
    access.settle(position);
    return added;
  }

  /** Sets a field if it is not there; true if it was set. O(1). */
  public boolean putIfAbsent(@Binary String field, Object value) {
    encode(value);
    long position = 0;
    try (Hold hold = access.hold(key)) {
      HashValue present = hold.find(HashValue.TYPE);
      if (present != null && isThere(hold, present, field)) {
        return false;
      }
      HashValue hash = hold.findOrCreate(HashValue.TYPE);
      removeDue(hold, hash, List.of(field));
      hash.put(field, value);
      if (hold.isRecorded()) {
        position = recordPut(hold, List.of(field), List.of(value));
      }
    }
    access.settle(position);
    return true;
  }

  private long recordPut(Hold hold, List<@Binary String> fields, List<Object> values) {
    List<String> command = newCommand("HSET");
    for (int i = 0; i < fields.size(); i++) {
      command.add(fields.get(i));
      command.add(StringForm.bytes(values.get(i)));
    }
    hold.event(EventClass.HASH, "hset");
    return hold.record(command);
  }

  /** Returns a field's value, or null. O(1). */
  public @Nullable Object get(@Binary String field) {
    try (Hold hold = access.holdToRead(key)) {
      HashValue hash = hold.find(HashValue.TYPE);
      return hash == null ? null : get(hold, hash, field);
    }
  }

  /** Returns a field's value in the hash at a key that is text, or null. O(1). */
  public static @Nullable Object getText(Access access, String key, @Binary String field) {
    Object value = access.readField(key, field);
    return value == ObjectTable.UNSURE
        ? new HashOperations(access, BinaryStrings.fromText(key)).get(field)
        : value;
  }

  static @Nullable Object get(Hold hold, HashValue hash, @Binary String field) {
    return isDue(hold, hash, field) ? null : hash.get(field);
  }

  /** Returns the values of fields, null for each that is not there. O(k). */
  public List<@Nullable Object> getAll(List<@Binary String> fields) {
    List<@Nullable Object> values = new ArrayList<>(fields.size());
    try (Hold hold = access.holdToRead(key)) {
      HashValue hash = hold.find(HashValue.TYPE);
      for (String field : fields) {
        values.add(hash == null ? null : get(hold, hash, field));
      }
    }
    return values;
  }

  /** Tells whether a field is there. O(1). */
  public boolean contains(@Binary String field) {
    try (Hold hold = access.holdToRead(key)) {
      HashValue hash = hold.find(HashValue.TYPE);
      return hash != null && isThere(hold, hash, field);
    }
  }

  /** Returns the length of a field's value in bytes, 0 if it is not there. O(1). */
  public long valueLength(@Binary String field) {
    Object value = get(field); // a reference is encoded here, under no hold
    return value == null ? 0 : StringForm.length(value);
  }

  /** Returns the number of fields. O(1), or O(log n) with deadlines. */
  public long size() {
    try (Hold hold = access.holdToRead(key)) {
      HashValue hash = hold.find(HashValue.TYPE);
      return hash == null ? 0 : hash.size() - hash.countDue(timeFor(hold, hash));
    }
  }

  /** Returns all fields with their values, as they are at one moment. O(n). */
  public FieldValues all() {
    HashValue frozen;
    long now;
    try (Hold hold = access.holdToRead(key)) {
      HashValue hash = hold.find(HashValue.TYPE);
      if (hash == null) {
        return new FieldValues(0);
      }
      now = timeFor(hold, hash);
      if (hash.size() <= LONG_READ) {
        return collect(hash, now);
      }
      frozen = hash.freeze();
    }
    return collect(frozen, now);
  }

  private static FieldValues collect(HashValue hash, long now) {
    FieldValues found = new FieldValues(hash.size());
    hash.forEach(
        (field, value) -> {
          if (!hash.isDue(field, now)) {
            found.accept(field, value);
          }
        });
    return found;
  }

  /** Removes fields and returns how many were there. O(k). */
  public long remove(List<@Binary String> fields) {
    long position = 0;
    List<String> command = newCommand("HDEL");
    try (Hold hold = access.hold(key)) {
      HashValue hash = hold.findToChange(HashValue.TYPE);
      if (hash == null) {
        return 0;
      }
      removeDue(hold, hash, fields);
      for (String field : fields) {
        if (hash.remove(field)) {
          command.add(field);
        }
      }
      if (command.size() > 2) {
        position = finishRemoval(hold, hash, command);
      }
    }
    access.settle(position);
    return command.size() - 2L;
  }

  /**
   * Sets a field, which has no deadline then, or removes it, if its value is as it was seen. O(1).
   *
   * @param seen what {@link #get} returned
   * @param value what takes its place, or null to remove the field
   * @return false if it is another, so that the caller looks again
   */
  public boolean replaceIfSame(
      @Binary String field, @Nullable Object seen, @Nullable Object value) {
    if (value != null) {
      encode(value);
    }
    long position = 0;
    try (Hold hold = access.hold(key)) {
      HashValue present = hold.find(HashValue.TYPE);
      if (!StringForm.isSame(present == null ? null : get(hold, present, field), seen)) {
        return false;
      }
      if (value == null && seen == null) {
        return true;
      }
      HashValue hash = hold.findOrCreate(HashValue.TYPE);
      removeDue(hold, hash, List.of(field));
      if (value == null) {
        hash.remove(field);
        position = finishRemoval(hold, hash, List.of("HDEL", key, field));
      } else {
        hash.put(field, value);
        position = hold.isRecorded() ? recordPut(hold, List.of(field), List.of(value)) : 0;
      }
    }
    access.settle(position);
    return true;
  }

  /** Tells of a removal, and removes the key if nothing is left; both in one effect. */
  static long finishRemoval(Hold hold, HashValue hash, List<@Binary String> command) {
    hold.event(EventClass.HASH, "hdel");
    if (hash.isEmpty()) {
      hold.remove();
      hold.event(EventClass.GENERIC, "del");
    }
    return hold.isRecorded() ? hold.record(command) : 0;
  }

  /** Returns some field with its value, each with the same chance, or nothing. O(1). */
  public FieldValues random(RandomGenerator random) {
    try (Hold hold = access.holdToRead(key)) {
      HashValue hash = hold.find(HashValue.TYPE);
      if (hash == null) {
        return new FieldValues(0);
      }
      long now = timeFor(hold, hash);
      if (hash.countDue(now) == 0) {
        return choose(hash, random, 1);
      }
      return collect(hash, now).sample(random, 1);
    }
  }

  private static FieldValues choose(HashValue hash, RandomGenerator random, long count) {
    FieldValues found = new FieldValues(Math.min(count, LONG_READ));
    for (long i = 0; i < count; i++) {
      visit(hash, hash.randomField(random), found);
    }
    return found;
  }

  private static void visit(HashValue hash, @Binary String field, FieldValues found) {
    Object value = hash.get(field);
    if (value != null) {
      found.accept(field, value);
    }
  }

  /** Returns fields chosen at random, different ones or each anew. O(k), at most O(n). */
  public FieldValues random(RandomGenerator random, long count, boolean repeats) {
    HashValue frozen = null;
    FieldValues all = null;
    long now;
    try (Hold hold = access.holdToRead(key)) {
      HashValue hash = hold.find(HashValue.TYPE);
      if (hash == null || count == 0) {
        return new FieldValues(0);
      }
      now = timeFor(hold, hash);
      if (hash.size() <= LONG_READ) {
        all = collect(hash, now);
      } else {
        frozen = hash.freeze();
      }
    }
    if (frozen != null) {
      boolean isSparse = repeats || count <= frozen.size() / 4;
      if (isSparse && frozen.countDue(now) == 0) {
        return repeats ? choose(frozen, random, count) : chooseDistinct(frozen, random, count);
      }
      all = collect(frozen, now);
    }
    FieldValues from = Objects.requireNonNull(all);
    return repeats ? from.sampleWithRepeats(random, count) : from.sample(random, count);
  }

  private static FieldValues chooseDistinct(HashValue hash, RandomGenerator random, long count) {
    Set<String> chosen = new HashSet<>();
    FieldValues found = new FieldValues(count);
    while (chosen.size() < count) {
      String field = hash.randomField(random);
      if (chosen.add(field)) {
        visit(hash, field, found);
      }
    }
    return found;
  }

  /** Returns fields from a cursor on, and where to go on or 0 at the end. O(count). */
  public Scanned scan(long cursor, @Nullable Glob glob, long count) {
    HashValue frozen;
    long now;
    try (Hold hold = access.holdToRead(key)) {
      HashValue hash = hold.find(HashValue.TYPE);
      if (hash == null) {
        return new Scanned(0, new FieldValues(0));
      }
      now = timeFor(hold, hash);
      if (count <= LONG_READ) {
        return scan(hash, cursor, glob, count, now);
      }
      frozen = hash.freeze();
    }
    return scan(frozen, cursor, glob, count, now);
  }

  private static Scanned scan(
      HashValue hash, long cursor, @Nullable Glob glob, long count, long now) {
    List<String> fields = new ArrayList<>();
    long next = hash.scan(cursor, count, fields::add);
    FieldValues found = new FieldValues(fields.size());
    for (String field : fields) {
      if (!hash.isDue(field, now) && (glob == null || glob.matchesAll() || glob.matches(field))) {
        visit(hash, field, found);
      }
    }
    return new Scanned(next, found);
  }

  /**
   * One step of a scan.
   *
   * @param cursor where to go on, or 0 at the end
   * @param found what was found
   */
  public record Scanned(long cursor, FieldValues found) {}

  /** Removes those of the fields that are due, and tells of it in an effect of its own. */
  static void removeDue(Hold hold, HashValue hash, List<@Binary String> fields) {
    if (hash.deadlines() == null) {
      return;
    }
    List<String> command = new ArrayList<>(List.of("HDEL", hold.key()));
    for (String field : fields) {
      if (isDue(hold, hash, field)) {
        hash.remove(field);
        command.add(field);
      }
    }
    if (command.size() > 2 && hold.isRecorded()) {
      hold.event(EventClass.HASH, "hexpired");
      hold.record(command);
    }
  }

  static boolean isThere(Hold hold, HashValue hash, @Binary String field) {
    return !isDue(hold, hash, field) && hash.contains(field);
  }

  private static boolean isDue(Hold hold, HashValue hash, @Binary String field) {
    return hash.deadlines() != null && hash.isDue(field, hold.nowMillis());
  }

  /** Returns the time, which is not asked for in vain. */
  private static long timeFor(Hold hold, HashValue hash) {
    return hash.deadlines() == null ? NO_TIME : hold.nowMillis();
  }

  /** Makes the bytes of a reference before anything is held, if they are going to be needed. */
  private void encode(Object value) {
    if (value instanceof ReferenceValue reference && access.isRecorded()) {
      reference.bytes();
    }
  }

  private List<@Binary String> newCommand(String name) {
    List<String> command = new ArrayList<>();
    command.add(name);
    command.add(key);
    return command;
  }
}
