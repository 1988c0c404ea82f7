// SPDX-License-Identifier: Apache-2.0
package dev.redstart.structure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redstart.spi.Binary;
import dev.redstart.spi.BinaryStrings;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.StampedLock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HashValueRaceTest {
  private static final long WAIT_SECONDS = 60;
  private static final int STEPS = Boolean.getBoolean("redstart.long") ? 1_000_000 : 60_000;

  /**
   * Every fifth field stays and has a version that only grows; the others come and go and have
   * values of all lengths, so that the bytes move, and become a table and packed bytes again.
   */
  @ParameterizedTest
  @ValueSource(ints = {10, 60, 300})
  void getRacy_besideAWriter_isNeverWrongOnceValidated(int fields) throws Exception {
    Race race = new Race(fields);
    AtomicBoolean done = new AtomicBoolean();
    CompletableFuture<Void> writer =
        CompletableFuture.runAsync(race::write).whenComplete((nothing, failure) -> done.set(true));
    race.read(done);
    writer.get(WAIT_SECONDS, TimeUnit.SECONDS);
    assertTrue(race.validated > 0, "nothing was read");
    race.hash.checkInvariants();
  }

  /** A hash, its lock, and what the writer has told of it. */
  private static final class Race {
    private final StampedLock lock = new StampedLock();
    private final String[] fields;
    private final int[] seen;
    private HashValue hash = new HashValue();
    private long validated;

    /** How often the reader looked; the greatest long when it does no more. */
    private volatile long reads;

    Race(int count) {
      this.fields = new String[count];
      this.seen = new int[count];
      for (int i = 0; i < count; i++) {
        fields[i] = "field " + "x".repeat(i % 50) + i;
        if (i % 5 == 0) {
          hash.put(fields[i], value(i, 0, 0));
        }
      }
    }

    /** Returns a value that tells its field and version, ASCII or not. */
    private Object value(int i, int version, int length) {
      String text = i + ":" + version + ":" + "v".repeat(length);
      return version % 2 == 0 ? text : BinaryStrings.toBytes(text + "\u00ff");
    }

    void write() {
      SplittableRandom random = new SplittableRandom(1);
      for (int step = 1; step <= STEPS; step++) {
        boolean growing = step / 5_000 % 2 == 0;
        int i = random.nextInt(fields.length);
        long stamp = lock.writeLock();
        try {
          if (i % 5 == 0 || random.nextInt(100) < (growing ? 80 : 20)) {
            hash.put(fields[i], value(i, step, random.nextInt(random.nextInt(500) == 0 ? 99 : 40)));
          } else {
            hash.remove(fields[i]);
          }
          if (step % 100 == 0) {
            hash.freeze();
          } else if (step % 5_000 == 0) {
            packAnew();
          }
        } finally {
          lock.unlockWrite(stamp);
        }
        if (step % 50 == 0) {
          awaitReads();
        }
      }
    }

    private void packAnew() {
      HashValue packed = new HashValue();
      hash.forEach(packed::put);
      hash = packed;
    }

    /** Lets the reader come between, which a fast writer hardly would. */
    private void awaitReads() {
      long before = reads;
      while (reads - before < 3 && reads != Long.MAX_VALUE) {
        Thread.onSpinWait();
      }
    }

    void read(AtomicBoolean done) {
      try {
        SplittableRandom random = new SplittableRandom(2);
        for (long count = 1; !done.get(); count++) {
          readOne(random.nextInt(fields.length));
          reads = count;
        }
      } finally {
        reads = Long.MAX_VALUE;
      }
    }

    private void readOne(int i) {
      long stamp = lock.tryOptimisticRead();
      if (stamp != 0) {
        Object found = hash.getRacy(fields[i]);
        if (lock.validate(stamp)) {
          check(i, found);
        }
      }
    }

    private void check(int i, @Nullable Object found) {
      if (found == ObjectTable.UNSURE) {
        return;
      }
      validated++;
      if (i % 5 == 0) {
        assertNotNull(found, "a field that stays must be found");
      }
      if (found != null) {
        String[] words = text(found).split(":", -1);
        assertEquals(Integer.toString(i), words[0]);
        int version = Integer.parseInt(words[1]);
        assertTrue(version >= seen[i], "a version must not go back");
        seen[i] = version;
        assertTrue(words[2].matches(version % 2 == 0 ? "v*" : "v*\u00ff"), words[2]);
      }
    }
  }

  private static @Binary String text(Object value) {
    return value instanceof byte[] bytes ? BinaryStrings.fromBytes(bytes) : (String) value;
  }
}
