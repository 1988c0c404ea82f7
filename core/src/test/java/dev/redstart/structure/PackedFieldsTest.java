// SPDX-License-Identifier: Apache-2.0
package dev.redstart.structure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PackedFieldsTest {
  private static final byte[] NOTHING = new byte[0];

  // What a reader without the lock may meet: an array and counts of different moments.

  @Test
  void find_arrayTooShortForItsCount_findsNothing() {
    byte[] entries = Arrays.copyOf(one("field", "value"), 47);
    assertEquals(0, PackedFields.find(entries, 8, "field"));
    assertEquals(-1, PackedFields.find(entries, 9, "field"));
    assertEquals(-1, PackedFields.find(NOTHING, 1, "field"));
  }

  @Test
  void find_entryBeyondTheArray_findsNothing() {
    byte[] entries = one("field", "");
    byte[] exact = Arrays.copyOf(entries, PackedFields.used(1, 6));
    assertEquals(0, PackedFields.find(Arrays.copyOf(entries, exact.length + 1), 1, "field"));
    for (int length = 24; length < exact.length; length++) {
      assertEquals(-1, PackedFields.find(Arrays.copyOf(exact, length), 1, "field"));
    }
  }

  @Test
  void value_entryBeyondTheArray_isUnsure() {
    byte[] entries = one("f", "value");
    int used = PackedFields.used(1, 7);
    assertEquals("value", PackedFields.value(Arrays.copyOf(entries, used), 1, 7, 0));
    for (int length = 24; length < used; length++) {
      byte[] cut = Arrays.copyOf(entries, length);
      assertSame(ObjectTable.UNSURE, PackedFields.value(cut, 1, 7, 0));
    }
  }

  @Test
  void value_entryThatEndsBeforeItBegins_isUnsure() {
    byte[] entries = one("f", "value");
    assertEquals("", PackedFields.value(entries, 1, 2, 0));
    assertSame(ObjectTable.UNSURE, PackedFields.value(entries, 1, 1, 0));
    assertSame(ObjectTable.UNSURE, PackedFields.value(entries, 1, 0, 0));
  }

  @Test
  void findAndValue_anyBytesAndCounts_neverFail() {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 200_000; i++) {
      byte[] entries = new byte[random.nextInt(80)];
      random.nextBytes(entries);
      if (random.nextBoolean()) {
        for (int at = 0; at < entries.length; at++) {
          entries[at] = (byte) (random.nextBoolean() ? 0 : entries[at] & 31); // near offsets
        }
      }
      int count = random.nextInt(17);
      PackedFields.find(entries, count, "f" + random.nextInt(9));
      if (count > 0 && PackedFields.used(count, 0) <= entries.length) {
        PackedFields.value(entries, count, random.nextInt(80), random.nextInt(count));
      }
    }
  }

  // Forms of values.

  @Test
  void value_oneByteBeyondAscii_isBytesWhereverItStands() {
    for (int length = 1; length <= PackedFields.LONGEST; length++) {
      byte[] value = new byte[length];
      Arrays.fill(value, (byte) 'v');
      byte[] entries = one("field", value);
      assertEquals("v".repeat(length), PackedFields.value(entries, 1, 6 + length, 0));
      for (int i = 0; i < length; i++) {
        byte[] marked = value.clone();
        marked[i] = (byte) 0x80;
        Object found = PackedFields.value(one("field", marked), 1, 6 + length, 0);
        assertTrue(found instanceof byte[], length + " bytes, beyond ASCII at " + i);
        assertArrayEquals(marked, (byte[]) found);
      }
    }
  }

  private static byte[] one(String field, Object value) {
    return PackedFields.add(NOTHING, true, 0, 0, field, value);
  }
}
