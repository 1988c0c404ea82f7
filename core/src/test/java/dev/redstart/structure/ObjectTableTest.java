// SPDX-License-Identifier: Apache-2.0
package dev.redstart.structure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redstart.spi.Binary;
import dev.redstart.structure.SegmentTableKeys.Family;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.StampedLock;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ObjectTableTest {
  private static final int MAX_GROUPS = 8;
  private static final long WAIT_SECONDS = 120;

  @Test
  void get_keys_answersTheirObjects() {
    ObjectTable table = new ObjectTable(0, MAX_GROUPS);
    Object value = new Object();
    assertNull(table.get("a"));
    table.insert("a");
    assertNull(table.value());
    assertNull(table.get("a"));
    table.setValue(value);
    assertSame(value, table.get("a"));
    assertSame(value, table.value());
    table.remove();
    assertNull(table.get("a"));
  }

  @Test
  void forEach_someKeysWithoutObject_handsOverTheOthers() {
    ObjectTable table = new ObjectTable(0, MAX_GROUPS);
    table.insert("empty");
    table.insert("full");
    table.setValue(1);
    Map<String, Object> found = new HashMap<>();
    table.forEach(found::put);
    assertEquals(Map.of("full", 1), found);
  }

  // Reading without the lock.

  @Test
  void getRacy_ordinaryKeys_answersAsGet() {
    ObjectTable table = filled(Family.ORDINARY, 5_000);
    for (int i = 0; i < 10_000; i++) {
      String key = Family.ORDINARY.key(i);
      assertSame(table.get(key), table.getRacy(SegmentTable.spread(key), key));
    }
  }

  @Test
  void getRacy_nestedKeys_isUnsure() {
    ObjectTable table = filled(Family.COLLIDING, 100);
    String key = Family.COLLIDING.key(1);
    assertSame(ObjectTable.UNSURE, table.getRacy(SegmentTable.spread(key), key));
    assertEquals(1, table.get(key));
  }

  private static ObjectTable filled(Family family, int count) {
    ObjectTable table = new ObjectTable(family.baseBits, MAX_GROUPS);
    for (int i = 0; i < count; i++) {
      table.insert(family.key(i));
      table.setValue(i);
    }
    return table;
  }

  /**
   * Every tenth key stays and has a version that only grows; the others come and go, so that the
   * table grows, splits, merges, nests and is copied after freezing meanwhile.
   */
  @Tag("race")
  @ParameterizedTest
  @EnumSource
  void getRacy_besideAWriter_isNeverWrongOnceValidated(Family family) throws Exception {
    Race race = new Race(family);
    AtomicBoolean done = new AtomicBoolean();
    CompletableFuture<Void> writer =
        CompletableFuture.runAsync(race::write).whenComplete((nothing, failure) -> done.set(true));
    race.read(done);
    writer.get(WAIT_SECONDS, TimeUnit.SECONDS);
    assertTrue(race.validated > 0 || family.isHostile(), "nothing was read");
    race.table.checkInvariants();
  }

  /** What a key holds: itself, so that an object of another key is known, and a version. */
  private record Versioned(@Binary String key, int version) {}

  /** A table, its lock, and what the writer has told of it. */
  private static final class Race {
    private static final int KEYS = 3_000;
    private static final int STEPS = Boolean.getBoolean("redstart.long") ? 1_000_000 : 150_000;

    private final Family family;
    private final ObjectTable table;
    private final StampedLock lock = new StampedLock();
    private final String[] keys = new String[KEYS];
    private final int[] seen = new int[KEYS];
    private long validated;

    /** How often the reader looked; the greatest long when it does no more. */
    private volatile long reads;

    Race(Family family) {
      this.family = family;
      this.table = new ObjectTable(family.baseBits, MAX_GROUPS);
      for (int i = 0; i < KEYS; i++) {
        keys[i] = family.key(i);
        if (i % 10 == 0) {
          put(i, 0);
        }
      }
    }

    void write() {
      SplittableRandom random = new SplittableRandom(1);
      for (int step = 1; step <= STEPS; step++) {
        boolean growing = step / 5_000 % 2 == 0;
        int i = random.nextInt(KEYS);
        long stamp = lock.writeLock();
        try {
          if (i % 10 == 0 || random.nextInt(100) < (growing ? 80 : 20)) {
            put(i, step);
          } else if (table.find(keys[i])) {
            table.remove();
          }
          if (step % 100 == 0) {
            table.freeze();
          }
        } finally {
          lock.unlockWrite(stamp);
        }
        if (step % 50 == 0) {
          awaitReads();
        }
      }
    }

    /** Lets the reader come between, which a fast writer hardly would. */
    private void awaitReads() {
      long before = reads;
      while (reads - before < 3 && reads != Long.MAX_VALUE) {
        Thread.onSpinWait();
      }
    }

    private void put(int i, int version) {
      if (!table.find(keys[i])) {
        table.insert(keys[i]);
      }
      table.setValue(new Versioned(keys[i], version));
    }

    void read(AtomicBoolean done) {
      try {
        SplittableRandom random = new SplittableRandom(2);
        for (long count = 1; !done.get(); count++) {
          readOne(random.nextInt(KEYS));
          reads = count;
        }
      } finally {
        reads = Long.MAX_VALUE;
      }
    }

    private void readOne(int i) {
      long stamp = lock.tryOptimisticRead();
      if (stamp != 0) {
        Object found = table.getRacy(SegmentTable.spread(keys[i]), keys[i]);
        if (lock.validate(stamp)) {
          check(i, found);
        }
      }
    }

    private void check(int i, Object found) {
      if (found == ObjectTable.UNSURE) {
        assertTrue(family.isHostile(), "unsure of " + keys[i]);
        return;
      }
      validated++;
      if (found instanceof Versioned value) {
        assertEquals(keys[i], value.key);
        assertTrue(value.version >= seen[i], value + " after " + seen[i]);
        seen[i] = value.version;
      } else {
        assertNull(found);
        assertTrue(i % 10 != 0, "missed " + keys[i]);
      }
    }
  }
}
