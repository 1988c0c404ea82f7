// SPDX-License-Identifier: Apache-2.0
package dev.redstart.structure;

import dev.redstart.spi.Binary;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A segmented hash table from binary strings to objects.
 *
 * <p>Guarded by its owner's lock; {@link #getRacy} alone may be called without it.
 */
public final class ObjectTable extends SegmentTable<ObjectTable.ObjectSegment> {
  /** What {@link #getRacy} answers when only a reader with the lock can know. */
  public static final Object UNSURE = new Object();

  /** Creates an empty table; the keys' hashes share their {@code baseBits} top bits. */
  public ObjectTable(int baseBits, int maxGroups) {
    super(baseBits, maxGroups, null);
  }

  private ObjectTable(int maxGroups, SipHash keyedHash) {
    super(0, maxGroups, keyedHash);
  }

  private ObjectTable(ObjectTable source) {
    super(source);
  }

  /** Returns a twin with the same content at this moment, for reading or writing. O(1). */
  public ObjectTable freeze() {
    return (ObjectTable) freezeTable();
  }

  /** Returns the object of a key, or null. O(1). */
  public @Nullable Object get(@Binary String key) {
    return find(key) ? segment.value(slot) : null;
  }

  /** Returns the object at the cursor. */
  public @Nullable Object value() {
    return segment.value(slot);
  }

  /** Sets the object at the cursor. */
  public void setValue(Object value) {
    if (!ownsCursor()) {
      own();
    }
    segment.cells[(slot << 1) + 1] = value;
  }

  /**
   * Returns the object of a key, null, or {@link #UNSURE}, without the lock. O(1).
   *
   * <p>The answer means nothing until the caller has validated that no writer was there meanwhile.
   * It never fails or hangs, whatever a writer does.
   */
  public @Nullable Object getRacy(int hash, @Binary String key) {
    ObjectSegment found = racySegmentOf(hash);
    if (found == null) {
      return UNSURE;
    }
    int at = found.find(hash, key);
    return at < 0 ? null : found.value(at);
  }

  /** Hands over every key with its object. O(n). */
  public void forEach(BiConsumer<? super String, Object> visitor) {
    forEachSegment(
        found -> {
          for (int at = 0; at < found.slots(); at++) {
            String key = found.key(at);
            Object value = found.value(at);
            if (key != null && value != null) {
              visitor.accept(key, value);
            }
          }
        });
  }

  @Override
  ObjectSegment newSegment(
      Object owner, int prefixBits, int groups, @Nullable SegmentTable<?> nested) {
    return new ObjectSegment(owner, prefixBits, groups, nested);
  }

  @Override
  ObjectSegment copySegment(Object owner, ObjectSegment source, @Nullable SegmentTable<?> nested) {
    return new ObjectSegment(owner, source, nested);
  }

  @Override
  SegmentTable<ObjectSegment> newNested(SipHash keyedHash) {
    return new ObjectTable(maxGroups(), keyedHash);
  }

  @Override
  SegmentTable<ObjectSegment> twin() {
    return new ObjectTable(this);
  }

  /** A segment whose payload is an object, in the cell after its key. */
  static final class ObjectSegment extends Segment {
    ObjectSegment(Object owner, int prefixBits, int groups, @Nullable SegmentTable<?> nested) {
      super(owner, prefixBits, groups, 1, nested);
    }

    ObjectSegment(Object owner, ObjectSegment source, @Nullable SegmentTable<?> nested) {
      super(owner, source, nested);
    }

    @Nullable Object value(int slot) {
      return cells[(slot << 1) + 1];
    }

    @Override
    void takePayload(Segment source, int sourceSlot, int slot) {
      cells[(slot << 1) + 1] = source.cells[(sourceSlot << 1) + 1];
    }

    @Override
    void clearPayload(int slot) {
      cells[(slot << 1) + 1] = null;
    }
  }
}
