// SPDX-License-Identifier: Apache-2.0
package dev.redstart.structure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.redstart.TestScale;
import dev.redstart.spi.Binary;
import dev.redstart.spi.BinaryStrings;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BytesValueTest {
  private static final int CHUNK = 1 << 14;
  private static final int SEEDS = TestScale.seeds(20, 100);

  @Test
  void append_bytes_goToTheEnd() {
    BytesValue value = new BytesValue("ab\u00ff");
    value.append("");
    value.append("\0c");
    assertEquals(5, value.length());
    assertEquals("ab\u00ff\0c", value.read(0, 5));
    assertEquals("\u00ff", value.read(2, 3));
    assertEquals("", value.read(2, 2));
  }

  @Test
  void write_pastTheEnd_fillsTheGapWithZeros() {
    BytesValue value = new BytesValue("");
    value.write(3, "x");
    assertEquals(4, value.length());
    assertEquals("\0\0\0x", value.read(0, 4));
    value.write(3L * CHUNK - 1, "yz");
    assertEquals(3L * CHUNK + 1, value.length());
    assertEquals("\0\0\0x\0", value.read(0, 5));
    assertEquals("\0yz", value.read(3L * CHUNK - 2, 3L * CHUNK + 1));
    assertEquals("\0".repeat(2 * CHUNK), value.read(CHUNK / 2, CHUNK / 2 + 2 * CHUNK));
  }

  @Test
  void read_fromWithinAShortChunk_givesZerosBehindIt() {
    BytesValue value = new BytesValue("abc");
    value.write(2 * CHUNK, "z");
    for (int from = 0; from < 40; from++) {
      String read = value.read(from, 2 * CHUNK + 1);
      assertEquals("abc".substring(Math.min(3, from)), read.replaceAll("\0.*", ""));
      assertEquals(2 * CHUNK + 1 - from, read.length());
      assertTrue(read.endsWith("\0z"));
    }
  }

  @Test
  void write_farOut_costsWhatIsThere() {
    BytesValue value = new BytesValue("a");
    long start = allocatedBytes();
    value.write((512L << 20) - 1, "z");
    long allocated = allocatedBytes() - start;
    assertTrue(allocated < 512 << 10, allocated + " bytes");
    assertEquals(512L << 20, value.length());
    assertEquals("\0z", value.read((512L << 20) - 2, 512L << 20));
  }

  @Test
  void append_manyShortOnes_copiesNoMoreThanAFewTimes() {
    BytesValue value = new BytesValue("");
    long start = allocatedBytes();
    for (int i = 0; i < 1 << 20; i++) {
      value.append("x");
    }
    long allocated = allocatedBytes() - start;
    assertEquals(1 << 20, value.length());
    assertTrue(allocated < 4 << 20, allocated + " bytes");
  }

  @Test
  void freeze_longValue_costsAChunkPerWrite() {
    BytesValue value = new BytesValue("x".repeat(16 << 20));
    value.freeze();
    value.write(0, "y"); // everything that happens once has happened
    long start = allocatedBytes();
    BytesValue frozen = value.freeze();
    long afterFreeze = allocatedBytes();
    value.write(5L << 20, "z");
    long afterWrite = allocatedBytes();
    assertTrue(afterFreeze - start < 2_000, afterFreeze - start + " bytes");
    assertTrue(afterWrite - afterFreeze < 2 * CHUNK, afterWrite - afterFreeze + " bytes");
    assertEquals("x", frozen.read(5L << 20, (5L << 20) + 1));
    assertEquals("z", value.read(5L << 20, (5L << 20) + 1));
  }

  @Test
  void randomSteps_acrossChunks_agreeWithAnArray() {
    for (long seed = 1; seed <= SEEDS; seed++) {
      try {
        new Run(seed).run(400);
      } catch (AssertionError | RuntimeException failure) {
        throw new AssertionError("seed " + seed, failure);
      }
    }
  }

  /** One sequence of random steps on a value, and on the twins frozen on the way. */
  private static final class Run {
    private static final int LONGEST = 5 * CHUNK;

    private final SplittableRandom random;
    private final List<BytesValue> values = new ArrayList<>();
    private final List<byte[]> models = new ArrayList<>();
    private int at;

    Run(long seed) {
      random = new SplittableRandom(seed);
      String start = bytes(random.nextInt(3) * random.nextInt(CHUNK));
      values.add(new BytesValue(start));
      models.add(BinaryStrings.toBytes(start));
    }

    void run(int steps) {
      for (int step = 0; step < steps; step++) {
        int kind = random.nextInt(100);
        if (kind < 30) {
          append();
        } else if (kind < 65) {
          write();
        } else if (kind < 95) {
          read();
        } else if (values.size() < 8) {
          values.add(values.get(at).freeze());
          models.add(models.get(at).clone());
        }
        at = random.nextInt(10) == 0 ? random.nextInt(values.size()) : at;
      }
      for (int i = 0; i < values.size(); i++) {
        byte[] model = models.get(i);
        assertEquals(model.length, values.get(i).length());
        assertEquals(BinaryStrings.fromBytes(model), values.get(i).read(0, model.length));
      }
    }

    private void append() {
      byte[] model = models.get(at);
      String bytes = bytes(length());
      if (model.length + bytes.length() <= LONGEST) {
        values.get(at).append(bytes);
        put(model.length, bytes);
      }
    }

    private void write() {
      byte[] model = models.get(at);
      String bytes = bytes(length());
      int offset =
          switch (random.nextInt(4)) {
            case 0 -> random.nextInt(LONGEST);
            case 1 -> Math.max(0, random.nextInt(1, 5) * CHUNK - random.nextInt(20));
            case 2 -> model.length + random.nextInt(3);
            default -> random.nextInt(model.length + 1);
          };
      if (offset + bytes.length() <= LONGEST && !bytes.isEmpty()) {
        values.get(at).write(offset, bytes);
        put(offset, bytes);
      }
    }

    private void put(int offset, @Binary String bytes) {
      byte[] model = models.get(at);
      model = Arrays.copyOf(model, Math.max(model.length, offset + bytes.length()));
      BinaryStrings.copyTo(bytes, model, offset);
      models.set(at, model);
      assertEquals(model.length, values.get(at).length());
    }

    private void read() {
      byte[] model = models.get(at);
      int from = random.nextInt(model.length + 1);
      int to = from + random.nextInt(Math.min(model.length - from, length()) + 1);
      assertEquals(
          BinaryStrings.fromBytes(Arrays.copyOfRange(model, from, to)),
          values.get(at).read(from, to));
    }

    private int length() {
      return switch (random.nextInt(12)) {
        case 0 -> 0;
        case 1 -> CHUNK - 1 + random.nextInt(3);
        case 2 -> random.nextInt(3 * CHUNK);
        case 3 -> 14 + random.nextInt(4);
        default -> random.nextInt(200);
      };
    }

    private @Binary String bytes(int length) {
      byte[] bytes = new byte[length];
      random.nextBytes(bytes);
      return BinaryStrings.fromBytes(bytes);
    }
  }

  private static long allocatedBytes() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
  }
}
