// SPDX-License-Identifier: Apache-2.0
package dev.redstart.structure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redstart.spi.Binary;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.util.HashMap;
import java.util.Map;
import java.util.function.ObjDoubleConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A segmented table beside a plain map: each step is done to both, and the answers compared.
 *
 * <p>Confined to its test. The payload is a number, whatever the table.
 */
final class SegmentTableModel {
  private final Numbers numbers;
  private final Map<String, Double> map;

  private SegmentTableModel(Numbers numbers, Map<String, Double> map) {
    this.numbers = numbers;
    this.map = map;
  }

  static SegmentTableModel ofObjects(int baseBits, int maxGroups) {
    return of(new ObjectTable(baseBits, maxGroups));
  }

  static SegmentTableModel of(ObjectTable table) {
    return new SegmentTableModel(new ObjectNumbers(table), new HashMap<>());
  }

  static SegmentTableModel ofScores() {
    return new SegmentTableModel(new ScoreNumbers(new ScoreTable()), new HashMap<>());
  }

  SegmentTable<?> table() {
    return numbers.table();
  }

  Map<String, Double> map() {
    return map;
  }

  int size() {
    return map.size();
  }

  void put(@Binary String key, double number) {
    boolean present = table().find(key);
    Double before = map.put(key, number);
    assertEquals(before != null, present, key);
    if (before == null) {
      table().insert(key);
    } else {
      assertEquals(before, numbers.read(), key);
    }
    assertEquals(key, table().keyAtCursor());
    numbers.write(number);
    assertEquals(key, table().keyAtCursor());
    assertEquals(number, numbers.read(), key);
    assertEquals(map.size(), table().size());
  }

  void remove(@Binary String key) {
    boolean present = table().find(key);
    Double before = map.remove(key);
    assertEquals(before != null, present, key);
    if (before != null) {
      assertEquals(key, table().keyAtCursor());
      assertEquals(before, numbers.read(), key);
      table().remove();
      assertFalse(table().find(key), key);
    }
    assertEquals(map.size(), table().size());
  }

  void get(@Binary String key) {
    assertEquals(map.get(key), table().find(key) ? (Double) numbers.read() : null, key);
  }

  /** Freezes the table and returns its twin beside a copy of the map. */
  SegmentTableModel freeze() {
    return new SegmentTableModel(numbers.freeze(), new HashMap<>(map));
  }

  /** Compares everything. */
  void check() {
    table().checkInvariants();
    Map<String, Double> found = new HashMap<>();
    numbers.forEach((key, number) -> assertEquals(null, found.put(key, number), key));
    assertEquals(map, found);
    map.keySet().forEach(this::get);
    int[] keys = new int[1];
    table().forEachKey(key -> keys[0] += map.containsKey(key) ? 1 : 0);
    assertEquals(map.size(), keys[0]);
    assertTrue(table().segmentCount() <= places(), "more segments than places");
  }

  /** Returns the segment of a key, null if it is a nested table. */
  @Nullable Segment segmentOf(@Binary String key) {
    return table().racySegmentOf(SegmentTable.spread(key));
  }

  /** Returns the length of the directory, which the table tells nobody. */
  int places() {
    try {
      Field directory = SegmentTable.class.getDeclaredField("directory");
      directory.setAccessible(true);
      return Array.getLength(directory.get(table()));
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(e.getMessage(), e);
    }
  }

  /** A table of numbers. */
  private interface Numbers {
    SegmentTable<?> table();

    Numbers freeze();

    double read();

    void write(double number);

    void forEach(ObjDoubleConsumer<String> visitor);
  }

  private record ObjectNumbers(ObjectTable table) implements Numbers {
    @Override
    public Numbers freeze() {
      return new ObjectNumbers(table.freeze());
    }

    @Override
    public double read() {
      return table.value() instanceof Double number ? number : Double.NaN;
    }

    @Override
    public void write(double number) {
      table.setValue(number);
    }

    @Override
    public void forEach(ObjDoubleConsumer<String> visitor) {
      table.forEach((key, value) -> visitor.accept(key, (Double) value));
    }
  }

  private record ScoreNumbers(ScoreTable table) implements Numbers {
    @Override
    public Numbers freeze() {
      return new ScoreNumbers(table.freeze());
    }

    @Override
    public double read() {
      return table.score();
    }

    @Override
    public void write(double number) {
      table.setScore(number);
    }

    @Override
    public void forEach(ObjDoubleConsumer<String> visitor) {
      table.forEachScore((score, member) -> visitor.accept(member, score));
    }
  }
}
