// SPDX-License-Identifier: Apache-2.0
package dev.redstart.structure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redstart.TestScale;
import dev.redstart.spi.Binary;
import dev.redstart.spi.BinaryStrings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HashValueModelTest {
  private static final int SEEDS = TestScale.seeds(6, 40);
  private static final int STEPS = 6_000;

  /** How many fields a run has, and which. */
  enum Fields {
    FEW(100),
    SOME(200),
    MANY(900),
    HOSTILE(700);

    private final int count;

    Fields(int count) {
      this.count = count;
    }

    @Binary
    String field(int index) {
      return switch (this) {
        case HOSTILE -> SegmentTableKeys.colliding(index);
        default -> index == 0 ? "" : index % 7 == 0 ? "\u00ff\0" + index : "field:" + index;
      };
    }
  }

  @ParameterizedTest
  @EnumSource
  void randomSteps_acrossTheForms_agreeWithMaps(Fields fields) {
    for (long seed = 1; seed <= SEEDS; seed++) {
      try {
        new Run(fields, seed).run();
      } catch (AssertionError | RuntimeException failure) {
        throw new AssertionError("seed " + seed + " of " + fields, failure);
      }
    }
  }

  /** What a hash should be, the values as their bytes. */
  private static final class Model {
    final Map<String, String> values = new TreeMap<>();
    final Map<String, Long> deadlines = new HashMap<>();
    boolean packed = true;
    boolean listpack = true;

    Model copy() {
      Model copy = new Model();
      copy.values.putAll(values);
      copy.deadlines.putAll(deadlines);
      copy.packed = packed;
      copy.listpack = listpack;
      return copy;
    }

    boolean put(@Binary String field, @Binary String value) {
      boolean isNew = values.put(field, value) == null;
      listpack &= values.size() <= 512 && field.length() <= 64 && value.length() <= 64;
      packed &= values.size() <= 128 && listpack;
      return isNew;
    }

    boolean remove(@Binary String field) {
      deadlines.remove(field);
      return values.remove(field) != null;
    }

    List<String> due(long now) {
      return deadlines.entrySet().stream()
          .filter(each -> each.getValue() <= now)
          .sorted(
              Map.Entry.<String, Long>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
          .map(Map.Entry::getKey)
          .toList();
    }
  }

  /** One sequence of random steps on a hash, and on the twins frozen on the way. */
  private static final class Run {
    private final SplittableRandom random;
    private final Fields fields;
    private final List<HashValue> hashes = new ArrayList<>();
    private final List<Model> models = new ArrayList<>();
    private HashValue hash = new HashValue();
    private Model model = new Model();
    private boolean wasPacked;
    private boolean wasTable;

    Run(Fields fields, long seed) {
      this.random = new SplittableRandom(seed);
      this.fields = fields;
    }

    void run() {
      for (int step = 0; step < STEPS; step++) {
        boolean growing = step / 1_500 % 2 == 0;
        int kind = random.nextInt(100);
        if (kind < (growing ? 55 : 20)) {
          put();
        } else if (kind < 70) {
          String field = field();
          assertEquals(model.remove(field), hash.remove(field));
        } else if (kind < 88) {
          read();
        } else if (kind < 97) {
          deadline();
        } else if (kind < 98) {
          removeDue();
        } else {
          turn();
        }
        check(step % 50 == 0);
      }
      for (int i = 0; i < hashes.size(); i++) {
        assertSame(models.get(i), hashes.get(i));
      }
      assertTrue(wasPacked, "never packed");
      assertEquals(fields != Fields.FEW, wasTable, "table");
    }

    private void check(boolean all) {
      assertEquals(model.values.size(), hash.size());
      assertEquals(model.values.isEmpty(), hash.isEmpty());
      assertEquals(model.packed, hash.isPacked());
      assertEquals(model.listpack, hash.isListpack());
      wasPacked |= hash.isPacked();
      wasTable |= !hash.isPacked();
      if (all) {
        assertSame(model, hash);
      }
    }

    private void put() {
      String field = field();
      Object value = value();
      String bytes = text(value);
      boolean keeps = random.nextBoolean();
      boolean isNew = model.put(field, bytes);
      if (!keeps) {
        model.deadlines.remove(field);
      }
      assertEquals(isNew, keeps ? hash.putKeepingDeadline(field, value) : hash.put(field, value));
    }

    /** Returns a value of each form; too long for the small form now and then, but of FEW. */
    private Object value() {
      int length = random.nextInt(random.nextInt(10) == 0 ? 65 : 12);
      if (fields != Fields.FEW && random.nextInt(3_000) == 0) {
        length = 65 + random.nextInt(300);
      }
      return switch (random.nextInt(3)) {
        case 0 -> random.nextLong() >> random.nextInt(64);
        case 1 -> "v".repeat(length);
        default -> {
          byte[] bytes = new byte[Math.max(1, length)];
          random.nextBytes(bytes);
          bytes[0] = -1;
          yield bytes;
        }
      };
    }

    private void read() {
      String field = field();
      String expected = model.values.get(field);
      Object value = hash.get(field);
      if (expected == null) {
        assertNull(value);
      } else {
        assertEquals(expected, text(value));
      }
      assertEquals(expected != null, hash.contains(field));
      assertEquals(model.deadlines.getOrDefault(field, Long.MAX_VALUE), hash.deadline(field));
      long now = random.nextLong(1000);
      assertEquals(model.deadlines.getOrDefault(field, 2000L) <= now, hash.isDue(field, now));
      assertEquals(model.due(now).size(), hash.countDue(now));
      boolean gone = !model.values.isEmpty() && model.due(now).size() == model.values.size();
      assertEquals(gone, hash.isGoneAt(now));
      if (!model.values.isEmpty()) {
        assertTrue(model.values.containsKey(hash.randomField(random)));
      }
    }

    private void deadline() {
      String field = field();
      if (random.nextInt(4) == 0) {
        assertEquals(model.deadlines.remove(field) != null, hash.dropDeadline(field));
      } else if (model.values.containsKey(field)) {
        long deadline = random.nextLong(1000);
        model.deadlines.put(field, deadline);
        hash.setDeadline(field, deadline);
      }
    }

    private void removeDue() {
      long now = random.nextLong(random.nextInt(4) == 0 ? 1000 : 50);
      int limit = random.nextInt(20);
      List<String> expected = model.due(now);
      expected = expected.subList(0, Math.min(limit, expected.size()));
      expected.forEach(model::remove);
      List<String> removed = new ArrayList<>();
      hash.removeDue(now, limit, removed::add);
      assertEquals(expected, removed);
    }

    /** Freezes, and goes on with either side; or begins anew. */
    private void turn() {
      if (random.nextInt(12) == 0) {
        hash = new HashValue();
        model = new Model();
        return;
      }
      HashValue frozen = hash.freeze();
      Model copy = model.copy();
      boolean swaps = random.nextBoolean();
      hashes.add(swaps ? hash : frozen);
      models.add(swaps ? model : copy);
      if (swaps) {
        hash = frozen;
        model = copy;
      }
    }

    private @Binary String field() {
      return fields.field(random.nextInt(fields.count));
    }

    private static void assertSame(Model model, HashValue hash) {
      hash.checkInvariants();
      assertEquals(model.packed, hash.isPacked());
      assertEquals(model.listpack, hash.isListpack());
      Map<String, String> found = new TreeMap<>();
      hash.forEach((field, value) -> assertNull(found.put(field, text(value))));
      assertEquals(model.values, found);
      model.values.forEach((field, value) -> assertEquals(value, text(hash.get(field))));
      List<String> scanned = new ArrayList<>();
      long cursor = 0;
      do {
        cursor = hash.scan(cursor, 7, scanned::add);
      } while (cursor != 0);
      assertEquals(
          new ArrayList<>(model.values.keySet()), scanned.stream().sorted().distinct().toList());
      FieldDeadlines deadlines = hash.deadlines();
      assertFalse(deadlines == null && !model.deadlines.isEmpty());
      if (deadlines != null) {
        long first =
            model.deadlines.values().stream()
                .mapToLong(Long::longValue)
                .min()
                .orElse(FieldDeadlines.NONE);
        assertEquals(first, deadlines.first());
      }
    }
  }

  private static String text(Object value) {
    return value instanceof byte[] bytes ? BinaryStrings.fromBytes(bytes) : value.toString();
  }
}
