// SPDX-License-Identifier: Apache-2.0
package dev.redstart.structure;

import dev.redstart.KeyType;
import dev.redstart.spi.Binary;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A hash: packed while small, a table beyond; fields may have deadlines.
 *
 * <p>Guarded by the stripe of its key; {@link #getRacy} alone may be called without it. A frozen
 * one that nobody changes may be read by any thread.
 *
 * <p>A value is a string as it rests: a String of ASCII chars, a {@code byte[]} that nobody
 * changes, a Long, or a {@link ReferenceValue}. Packed, it is its bytes. A field whose deadline has
 * passed is there until it is removed: who must not see it asks {@link #isDue}.
 */
public final class HashValue extends CollectionValue {
  // Overview. A small hash is this object and one byte array; so the counts that a packed form of
  // its own would have stand here, in the smallest types that hold them. Small means 128 fields and
  // 64 bytes, where a search through all tags still beats a table; the change to a table is final.
  // Redis's own small form goes up to 512 fields, which OBJECT ENCODING shows: the state knows that
  // too.
  //
  // 1. A byte array is shared by freeze() alone, which marks both sides; a marked side writes into
  //    a new array and is then unmarked. A shared array is never written.
  // 2. Only fields that are there have deadlines.

  /** The type. */
  public static final ValueType<HashValue> TYPE =
      new ValueType<>(KeyType.HASH, HashValue.class, HashValue::new);

  private static final int MAX_PACKED_FIELDS = 128;

  /** Redis: hash-max-listpack-entries. */
  private static final int MAX_LISTPACK_FIELDS = 512;

  /** Segments of at most 1,024 slots: what one write copies after a freeze. */
  private static final int MAX_GROUPS = 128;

  private static final byte[] NOTHING = new byte[0];

  // States.
  private static final byte PACKED = 0;
  private static final byte PACKED_SHARED = 1;
  private static final byte TABLE = 2;

  /** A table where Redis has one too. */
  private static final byte LARGE_TABLE = 3;

  // Guarded by the stripe.
  /** The packed entries, or an {@link ObjectTable}. */
  private Object form = NOTHING;

  private @Nullable FieldDeadlines deadlines;

  /** The bytes of the packed entries' data: at most 128 times 129. */
  private char dataBytes;

  /** How many packed entries there are, as unsigned. */
  private byte count;

  private byte state = PACKED_SHARED; // by all that are empty

  /** Creates an empty one. */
  public HashValue() {}

  private HashValue(HashValue source) {
    this.deadlines = source.deadlines == null ? null : source.deadlines.freeze();
    this.dataBytes = source.dataBytes;
    this.count = source.count;
    this.state = source.state;
    this.form = source.isPacked() ? source.form : source.table().freeze();
  }

  @Override
  public HashValue freeze() {
    if (isPacked()) {
      state = PACKED_SHARED;
    }
    return new HashValue(this);
  }

  @Override
  public boolean isEmpty() {
    return size() == 0;
  }

  @Override
  public ValueType<HashValue> type() {
    return TYPE;
  }

  /** Returns the number of fields, those that are due among them. O(1). */
  public long size() {
    return isPacked() ? packedCount() : table().size();
  }

  /** Tells whether the small form is in use. */
  public boolean isPacked() {
    return state <= PACKED_SHARED;
  }

  /** Tells whether Redis would have a listpack rather than a hashtable. */
  public boolean isListpack() {
    return state <= TABLE;
  }

  /** Returns a field's value, or null. O(1). */
  public @Nullable Object get(@Binary String field) {
    if (form instanceof byte[] entries) {
      int index = PackedFields.find(entries, packedCount(), field);
      return index < 0 ? null : PackedFields.value(entries, packedCount(), dataBytes, index);
    }
    return table().get(field);
  }

  /**
   * Returns a field's value, null, or {@link ObjectTable#UNSURE}, without the lock. O(1).
   *
   * <p>The answer means nothing until the caller has validated that no writer was there meanwhile.
   * It never fails or hangs, whatever a writer does.
   */
  public @Nullable Object getRacy(@Binary String field) {
    Object found = form;
    if (deadlines != null) {
      return ObjectTable.UNSURE;
    }
    if (found instanceof byte[] entries) {
      int size = packedCount(); // once, since a writer may change it meanwhile
      int index = PackedFields.find(entries, size, field);
      return index < 0 ? null : PackedFields.value(entries, size, dataBytes, index);
    }
    return found instanceof ObjectTable table // neither, if this was seen before it was made
        ? table.getRacy(SegmentTable.spread(field), field)
        : ObjectTable.UNSURE;
  }

  /** Tells whether a field is there. O(1). */
  public boolean contains(@Binary String field) {
    return form instanceof byte[] entries
        ? PackedFields.find(entries, packedCount(), field) >= 0
        : table().find(field);
  }

  /** Sets a field, which has no deadline then; true if it is new. O(1). */
  public boolean put(@Binary String field, Object value) {
    boolean isNew = putKeepingDeadline(field, value);
    if (!isNew && deadlines != null) {
      deadlines.remove(field);
    }
    return isNew;
  }

  /** Sets a field and leaves its deadline as it is; true if it is new. O(1). */
  public boolean putKeepingDeadline(@Binary String field, Object value) {
    if (form instanceof byte[] entries) {
      int index = PackedFields.find(entries, packedCount(), field);
      Object bytes = value instanceof Long number ? number.toString() : value;
      if (fits(field, bytes) && (index >= 0 || packedCount() < MAX_PACKED_FIELDS)) {
        putPacked(entries, index, field, bytes);
        return index < 0;
      }
      unpack();
    }
    ObjectTable table = table();
    boolean isNew = !table.find(field);
    if (isNew) {
      table.insert(field);
    }
    table.setValue(value);
    if (state == TABLE && (table.size() > MAX_LISTPACK_FIELDS || !fits(field, value))) {
      state = LARGE_TABLE;
    }
    return isNew;
  }

  private static boolean fits(@Binary String field, Object value) {
    int length =
        value instanceof String string
            ? string.length()
            : value instanceof byte[] bytes ? bytes.length : value instanceof Long ? 0 : -1;
    return length >= 0 && length <= PackedFields.LONGEST && field.length() <= PackedFields.LONGEST;
  }

  private void putPacked(byte[] entries, int index, @Binary String field, Object bytes) {
    int size = packedCount();
    if (index < 0) {
      byte[] target = PackedFields.add(entries, isShared(), size, dataBytes, field, bytes);
      adopt(target, size + 1, dataBytes + PackedFields.bytesOf(field, bytes));
    } else {
      int growth = PackedFields.growth(entries, size, dataBytes, index, bytes);
      byte[] target = PackedFields.replace(entries, isShared(), size, dataBytes, index, bytes);
      adopt(target, size, dataBytes + growth);
    }
  }

  private boolean isShared() {
    return state == PACKED_SHARED;
  }

  private void adopt(byte[] entries, int newCount, int newDataBytes) {
    form = entries;
    count = (byte) newCount;
    dataBytes = (char) newDataBytes;
    state = PACKED;
  }

  private void unpack() {
    ObjectTable table = new ObjectTable(0, MAX_GROUPS);
    forEach(
        (field, value) -> {
          table.insert(field);
          table.setValue(value);
        });
    form = table;
    state = TABLE;
  }

  /** Removes a field; false if it was not there. O(1). */
  public boolean remove(@Binary String field) {
    boolean wasThere = removeEntry(field);
    if (wasThere && deadlines != null) {
      deadlines.remove(field);
    }
    return wasThere;
  }

  private boolean removeEntry(@Binary String field) {
    if (form instanceof byte[] entries) {
      int size = packedCount();
      int index = PackedFields.find(entries, size, field);
      if (index < 0) {
        return false;
      }
      int removed = PackedFields.entryBytes(entries, size, dataBytes, index);
      byte[] target = PackedFields.remove(entries, isShared(), size, dataBytes, index);
      adopt(target, size - 1, dataBytes - removed);
      return true;
    }
    ObjectTable table = table();
    if (!table.find(field)) {
      return false;
    }
    table.remove();
    return true;
  }

  /** Hands over every field with its value. O(n). */
  public void forEach(BiConsumer<? super @Binary String, Object> visitor) {
    if (form instanceof byte[] entries) {
      int size = packedCount();
      for (int i = 0; i < size; i++) {
        visitor.accept(
            PackedFields.field(entries, size, i), PackedFields.value(entries, size, dataBytes, i));
      }
    } else {
      table().forEach(visitor);
    }
  }

  /**
   * Hands over fields from a cursor on, and returns where to go on or 0 at the end; a packed hash
   * at once. Guarantees as for {@link SegmentTable#scan}.
   */
  public long scan(long cursor, long count, Consumer<? super @Binary String> visitor) {
    if (form instanceof byte[] entries) {
      int size = packedCount();
      for (int i = 0; i < size; i++) {
        visitor.accept(PackedFields.field(entries, size, i));
      }
      return 0;
    }
    long next =
        cursor >= 1L << (32 + SegmentTable.NESTED_CURSOR_BITS)
            ? -1
            : table().scan(cursor, count, visitor);
    return Math.max(0, next);
  }

  /** Returns some field, each with the same chance; the hash must not be empty. */
  public @Binary String randomField(RandomGenerator random) {
    if (form instanceof byte[] entries) {
      return PackedFields.field(entries, packedCount(), random.nextInt(packedCount()));
    }
    ObjectTable table = table();
    table.findRandom(random);
    return table.keyAtCursor();
  }

  @Override
  public @Nullable FieldDeadlines deadlines() {
    return deadlines;
  }

  @Override
  public boolean isGoneAt(long millis) {
    long size = size();
    return size > 0 && countDue(millis) == size;
  }

  /** Returns a field's deadline, or {@link FieldDeadlines#NONE}. O(1). */
  public long deadline(@Binary String field) {
    return deadlines == null ? FieldDeadlines.NONE : deadlines.of(field);
  }

  /** Tells whether a field's deadline has passed. O(1). */
  public boolean isDue(@Binary String field, long nowMillis) {
    return deadlines != null && deadlines.of(field) <= nowMillis;
  }

  /** Counts the fields whose deadlines have passed. O(log n). */
  public long countDue(long nowMillis) {
    return deadlines == null ? 0 : deadlines.countDue(nowMillis);
  }

  /** Gives a field, which must be there, a deadline. O(log n). */
  public void setDeadline(@Binary String field, long deadlineMillis) {
    if (deadlines == null) {
      deadlines = new FieldDeadlines();
    }
    deadlines.set(field, deadlineMillis);
  }

  /** Takes a field's deadline away; false if it had none. O(log n). */
  public boolean dropDeadline(@Binary String field) {
    return deadlines != null && deadlines.remove(field);
  }

  /** Removes up to {@code limit} fields that are due, and hands them over. O(log n + k). */
  public void removeDue(long nowMillis, long limit, Consumer<? super @Binary String> removed) {
    if (deadlines != null) {
      deadlines.removeDue(
          nowMillis,
          limit,
          field -> {
            removeEntry(field);
            removed.accept(field);
          });
    }
  }

  private int packedCount() {
    return count & 0xFF;
  }

  /** Returns the length of the packed array, to be held against {@link #packedBytes}. */
  int packedCapacity() {
    return ((byte[]) form).length;
  }

  int packedBytes() {
    return PackedFields.used(packedCount(), dataBytes);
  }

  /** Throws if an invariant does not hold; for tests. */
  void checkInvariants() {
    if (form instanceof ObjectTable table) {
      table.checkInvariants();
    } else if (packedBytes() > packedCapacity()) {
      throw new IllegalStateException("broken: packed entries are within their array");
    }
    if (deadlines != null) {
      deadlines.freeze().removeDue(Long.MAX_VALUE, Long.MAX_VALUE, this::requireThere);
    }
  }

  private void requireThere(@Binary String field) {
    if (!contains(field)) {
      throw new IllegalStateException("broken: only fields that are there have deadlines");
    }
  }

  private ObjectTable table() {
    return (ObjectTable) form;
  }
}
