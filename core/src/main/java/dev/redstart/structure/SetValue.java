// SPDX-License-Identifier: Apache-2.0
package dev.redstart.structure;

import dev.redstart.KeyType;
import dev.redstart.spi.Binary;
import dev.redstart.text.Decimals;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/**
 * A set: packed numbers or packed bytes while small, a hash table beyond.
 *
 * <p>Guarded by the stripe of its key; a frozen one that nobody changes may be read by one thread.
 */
public final class SetValue extends CollectionValue {
  // Overview. A set begins as numbers. The first member that is none makes it packed bytes, and too
  // many or too long members a table; both are final, as in Redis 7.2, whose thresholds these are.

  /** The type. */
  public static final ValueType<SetValue> TYPE =
      new ValueType<>(KeyType.SET, SetValue.class, SetValue::new);

  /** Redis: set-max-intset-entries. */
  private static final int MAX_NUMBERS = 512;

  /** Redis: set-max-listpack-entries. */
  private static final int MAX_PACKED_ENTRIES = 128;

  /** Redis: set-max-listpack-value, in bytes. */
  private static final int MAX_PACKED_MEMBER = 64;

  // Guarded by the stripe.
  private SetForm form;

  /** Creates an empty one. */
  public SetValue() {
    this(new IntSet());
  }

  private SetValue(SetForm form) {
    this.form = form;
  }

  /** The forms, in the order in which a set passes through them. */
  public enum Form {
    /** Redis's intset. */
    NUMBERS,
    /** Redis's listpack. */
    PACKED,
    /** Redis's hashtable. */
    TABLE
  }

  /** Returns one of members that come each once, in any order. O(n). */
  public static SetValue of(List<@Binary String> members) {
    SetValue set = new SetValue();
    set.expect(members);
    members.forEach(set.form instanceof KeyTable table ? table::insert : set::add);
    return set;
  }

  @Override
  public SetValue freeze() {
    return new SetValue(form.freeze());
  }

  @Override
  public boolean isEmpty() {
    return form.size() == 0;
  }

  @Override
  public ValueType<SetValue> type() {
    return TYPE;
  }

  /** Returns the number of members. O(1). */
  public long size() {
    return form.size();
  }

  /** Returns the form that is in use. O(1). */
  public Form form() {
    if (form instanceof IntSet) {
      return Form.NUMBERS;
    }
    return form instanceof PackedSet ? Form.PACKED : Form.TABLE;
  }

  /**
   * Tells whether it has more members than any small form, so that whatever is united with it needs
   * a table too. O(1).
   */
  public boolean isLarge() {
    return form.size() > MAX_NUMBERS;
  }

  /** Tells whether a member is there. O(1). */
  public boolean contains(@Binary String member) {
    return form.contains(member);
  }

  /**
   * Keeps in an array, in order, those strings that are members, or those that are not; faster for
   * many than one by one. O(count).
   *
   * @param count how many of the array's strings to look at
   * @param present whether members are kept
   * @return how many were kept
   */
  public int retain(@Binary String[] strings, int count, boolean present) {
    return form.retain(strings, count, present);
  }

  /**
   * Makes ready for members that are about to be added: many become a table at once. O(n).
   *
   * <p>As in Redis, it counts how many are named, not how many of them are new.
   */
  public void expect(List<@Binary String> members) {
    int count = members.size();
    boolean small = count <= MAX_PACKED_ENTRIES;
    if (form instanceof IntSet && !small) {
      small = count <= MAX_NUMBERS && (!isEmpty() || IntSet.isNumber(members.get(0)));
    }
    if (!small && !(form instanceof KeyTable)) {
      toTable(count);
    }
  }

  /** Adds a member; false if it was there. O(1) amortized. */
  public boolean add(@Binary String member) {
    if (form instanceof IntSet numbers) {
      if (IntSet.isNumber(member)) {
        boolean added = numbers.add(Decimals.parseLong(member));
        if (numbers.size() > MAX_NUMBERS) {
          toTable(numbers.size());
        }
        return added;
      }
      if (fits(member)) {
        PackedSet packed = new PackedSet();
        forEach(packed::add);
        form = packed;
      }
    }
    if (form instanceof PackedSet packed) {
      if (packed.contains(member)) {
        return false;
      }
      if (fits(member)) {
        packed.add(member);
        return true;
      }
    }
    return toTable(form.size() + 1).add(member);
  }

  private boolean fits(@Binary String member) {
    return form.size() < MAX_PACKED_ENTRIES && member.length() <= MAX_PACKED_MEMBER;
  }

  private KeyTable toTable(long expected) {
    if (form instanceof KeyTable already) {
      return already;
    }
    KeyTable table = KeyTable.expecting(Math.max(expected, form.size()));
    forEach(table::insert);
    form = table;
    return table;
  }

  /** Removes a member; false if it was not there. O(1) amortized. */
  public boolean remove(@Binary String member) {
    return form.remove(member);
  }

  /** Returns some member, each with the same chance; there must be one. O(1) expected. */
  public @Binary String random(RandomGenerator random) {
    return form.random(random);
  }

  /** Hands over every member, in no order. O(n). */
  public void forEach(Consumer<? super @Binary String> visitor) {
    forEachWhile(
        member -> {
          visitor.accept(member);
          return true;
        });
  }

  /** Hands over members until one is answered with false. O(n). */
  public void forEachWhile(Predicate<? super @Binary String> visitor) {
    form.forEachWhile(visitor);
  }

  /**
   * Hands over members from a cursor on, and returns where to go on or 0 at the end; a small set at
   * once. Guarantees as for {@link SegmentTable#scan}.
   */
  public long scan(long cursor, long count, Consumer<? super @Binary String> visitor) {
    if (form instanceof KeyTable table) {
      boolean isPast = cursor >= 1L << (32 + SegmentTable.NESTED_CURSOR_BITS);
      return isPast ? 0 : Math.max(0, table.scan(cursor, count, visitor));
    }
    forEach(visitor);
    return 0;
  }
}
