// SPDX-License-Identifier: Apache-2.0
package dev.redstart.operation;

import dev.redstart.spi.Binary;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.random.RandomGenerator;

/**
 * Fields with their values as they rest, gathered in two lists.
 *
 * <p>Confined to one thread.
 */
public final class FieldValues implements BiConsumer<String, Object> {
  private static final int SMALLEST = 10;

  private final List<@Binary String> fields;
  private final List<Object> values;

  /** Creates an empty list with room for {@code expected} fields. */
  FieldValues(long expected) {
    int room = (int) Math.max(SMALLEST, Math.min(expected, 1 << 20));
    this.fields = new ArrayList<>(room);
    this.values = new ArrayList<>(room);
  }

  @Override
  public void accept(@Binary String field, Object value) {
    fields.add(field);
    values.add(value);
  }

  /** Returns how many there are. */
  public int size() {
    return fields.size();
  }

  /** Returns a field by index. */
  public @Binary String field(int index) {
    return fields.get(index);
  }

  /** Returns a value by index, in a form to read. */
  public Object value(int index) {
    return values.get(index);
  }

  /** Returns some of these, each as likely as the others; the order of these is lost. O(count). */
  FieldValues sample(RandomGenerator random, long count) {
    FieldValues sample = new FieldValues(count);
    for (int i = 0; i < count && i < size(); i++) {
      int chosen = random.nextInt(i, size());
      sample.accept(field(chosen), value(chosen));
      fields.set(chosen, field(i));
      values.set(chosen, value(i));
    }
    return sample;
  }

  /** Returns some of these, each chosen anew; not of none. O(count). */
  FieldValues sampleWithRepeats(RandomGenerator random, long count) {
    FieldValues sample = new FieldValues(count);
    for (long i = 0; i < count; i++) {
      int chosen = random.nextInt(size());
      sample.accept(field(chosen), value(chosen));
    }
    return sample;
  }
}
