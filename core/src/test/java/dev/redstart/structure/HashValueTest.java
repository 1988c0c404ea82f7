// SPDX-License-Identifier: Apache-2.0
package dev.redstart.structure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.redstart.Codec;
import dev.redstart.KeyType;
import dev.redstart.TestScale;
import dev.redstart.spi.BinaryCodec;
import dev.redstart.structure.SegmentTableKeys.Family;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HashValueTest {
  private static final int MOST_PACKED = 128;
  private static final int MOST_LISTPACK = 512;
  private static final int LONGEST_PACKED = 64;
  private static final int MANY = TestScale.elements(100_000);

  // The forms.

  @Test
  void type_emptyHash_isOfItsType() {
    HashValue hash = HashValue.TYPE.empty().get();
    assertTrue(hash.isEmpty());
    assertTrue(hash.isPacked());
    assertTrue(hash.isListpack());
    assertEquals(HashValue.TYPE, hash.type());
    assertEquals(KeyType.HASH, hash.type().keyType());
    assertEquals(hash, HashValue.TYPE.cast(hash));
    assertNull(HashValue.TYPE.cast("a string"));
    assertNull(hash.deadlines());
    assertFalse(hash.isGoneAt(Long.MAX_VALUE));
  }

  @Test
  void put_oneFieldTooMany_unpacksForGood() {
    HashValue hash = counted(MOST_PACKED);
    assertTrue(hash.isPacked());
    assertFalse(hash.put(field(5), "other")); // no further field
    assertTrue(hash.isPacked());
    assertTrue(hash.put("one more", "v"));
    assertFalse(hash.isPacked());
    assertTrue(hash.isListpack());
    assertEquals(MOST_PACKED + 1, hash.size());
    assertEquals("other", hash.get(field(5)));
    for (int i = 0; i < MOST_PACKED; i++) {
      assertTrue(hash.remove(field(i)));
    }
    assertEquals("v", hash.get("one more"));
    assertTrue(hash.remove("one more"));
    assertTrue(hash.isEmpty());
    assertFalse(hash.isPacked());
  }

  @Test
  void put_pastRedissThreshold_isNoListpackForGood() {
    HashValue hash = counted(MOST_LISTPACK);
    assertTrue(hash.isListpack());
    hash.put("one more", "v");
    assertFalse(hash.isListpack());
    hash.remove("one more");
    assertFalse(hash.isListpack());
    assertFalse(hash.freeze().isListpack());
  }

  @Test
  void put_longFieldOrValue_unpacks() {
    String longest = "\u00ff".repeat(LONGEST_PACKED);
    HashValue hash = new HashValue();
    assertTrue(hash.put(longest, "v".repeat(LONGEST_PACKED)));
    assertTrue(hash.put("bytes", new byte[LONGEST_PACKED]));
    assertTrue(hash.isPacked());
    HashValue byField = hash.freeze();
    byField.put(longest + "x", "v");
    assertFalse(byField.isPacked());
    assertFalse(byField.isListpack());
    HashValue byValue = hash.freeze();
    assertFalse(byValue.put("bytes", "v".repeat(LONGEST_PACKED + 1)));
    assertFalse(byValue.isPacked());
    assertEquals("v".repeat(LONGEST_PACKED), byValue.get(longest));
    HashValue byBytes = hash.freeze();
    byBytes.put("b", new byte[LONGEST_PACKED + 1]);
    assertFalse(byBytes.isPacked());
    assertTrue(hash.isPacked());
    assertEquals(2, hash.size());
  }

  @Test
  void put_reference_restsAsItself() {
    HashValue hash = counted(3);
    BinaryCodec<Object> form = cast(Codec.text());
    ReferenceValue reference = new ReferenceValue("object", form);
    hash.put("r", reference);
    assertSame(reference, hash.get("r"));
    assertFalse(hash.isPacked());
    assertFalse(reference.isEncoded());
    assertEquals("v1", hash.get(field(1)));
  }

  @SuppressWarnings("unchecked") // a form of text, which is given text only
  private static BinaryCodec<Object> cast(Codec<String> codec) {
    return (BinaryCodec<Object>) (BinaryCodec<?>) BinaryCodec.of(codec);
  }

  @Test
  void get_eachForm_isAsciiOrBytes() {
    byte[] all = new byte[LONGEST_PACKED];
    new SplittableRandom(1).nextBytes(all);
    all[7] = -128;
    for (int size : new int[] {0, MOST_PACKED}) {
      HashValue hash = counted(size);
      hash.put("bytes", all);
      hash.put("ascii", "\0\u007f");
      hash.put("empty", "");
      hash.put("number", 12L);
      assertArrayEquals(all, (byte[]) hash.get("bytes"));
      assertEquals("\0\u007f", hash.get("ascii"));
      assertEquals("", hash.get("empty"));
      assertEquals("12", String.valueOf(hash.get("number")));
    }
  }

  @Test
  void get_likeFields_areToldApart() {
    List<String> fields =
        List.of("", "a", "b", "aa", "ab", "ba", "aba", "abb", "aab", "\u00ff", "a\u00ffa", "a\0a");
    HashValue hash = new HashValue();
    for (String field : fields) {
      assertTrue(hash.put(field, "<" + field.length() + ">"));
    }
    assertEquals(fields.size(), hash.size());
    for (String field : fields) {
      assertEquals("<" + field.length() + ">", hash.get(field));
      assertFalse(hash.put(field, "x"));
    }
    for (String absent : List.of("c", "aaa", "bb", "\u00fe", "aXa", "abab", "\u0161")) {
      assertNull(hash.get(absent));
      assertFalse(hash.remove(absent));
    }
  }

  // Memory.

  @Test
  void put_fiveShortFields_fitsInLittle() {
    HashValue hash = new HashValue();
    for (int i = 0; i < 5; i++) {
      hash.put("field" + i, "value 00" + i);
    }
    assertEquals(104, hash.packedBytes());
    assertTrue(hash.packedCapacity() <= 140, hash.packedCapacity() + " bytes");
  }

  @Test
  void remove_most_givesTheMemoryBack() {
    HashValue hash = counted(MOST_PACKED);
    for (int i = 1; i < MOST_PACKED; i++) {
      hash.remove(field(i));
      int spare = hash.packedCapacity() - hash.packedBytes();
      assertTrue(spare >= 0 && spare <= hash.packedBytes() / 4 + 64, "spare bytes: " + spare);
    }
    assertEquals("v0", hash.get(field(0)));
  }

  // Hostile fields.

  @ParameterizedTest
  @EnumSource(names = {"COLLIDING", "CROWDED", "MIXED"})
  void put_collidingFields_areAllThere(Family family) {
    HashValue hash = new HashValue();
    for (int i = 0; i < MANY; i++) {
      assertTrue(hash.put(family.key(i), (long) i));
      if (i % 10 == 0) {
        hash.setDeadline(family.key(i), i);
      }
    }
    assertEquals(MANY, hash.size());
    assertEquals(MANY / 10, hash.countDue(MANY));
    Set<String> scanned = new HashSet<>();
    long cursor = 0;
    do {
      cursor = hash.scan(cursor, 10, scanned::add);
    } while (cursor != 0);
    assertEquals(MANY, scanned.size());
    hash.removeDue(MANY, Long.MAX_VALUE, scanned::remove);
    assertEquals(MANY - MANY / 10, hash.size());
    assertEquals(MANY - MANY / 10, scanned.size());
    for (int i = 0; i < MANY; i++) {
      assertEquals(i % 10 == 0 ? "null" : "" + i, String.valueOf(hash.get(family.key(i))));
    }
    hash.checkInvariants();
  }

  // Freezing.

  @Test
  void freeze_manyFields_costsAFewNodes() {
    HashValue hash = counted(MANY);
    for (int i = 0; i < MANY; i++) {
      hash.setDeadline(field(i), i);
    }
    hash.freeze();
    hash.put(field(1), "x"); // everything that happens once has happened
    long start = allocatedBytes();
    HashValue frozen = hash.freeze();
    long afterFreeze = allocatedBytes();
    hash.put(field(MANY / 2), "y");
    long afterWrite = allocatedBytes();
    assertTrue(afterFreeze - start < 3_000, afterFreeze - start + " bytes");
    assertTrue(afterWrite - afterFreeze < 90_000, afterWrite - afterFreeze + " bytes");
    assertEquals("v" + MANY / 2, frozen.get(field(MANY / 2)));
    assertEquals(MANY / 2, frozen.deadline(field(MANY / 2)));
    assertEquals("y", hash.get(field(MANY / 2)));
    assertEquals(FieldDeadlines.NONE, hash.deadline(field(MANY / 2)));
  }

  @Test
  void freeze_ofFrozen_isIndependent() {
    for (int size : new int[] {3, MOST_PACKED + 1}) {
      HashValue hash = counted(size);
      hash.setDeadline(field(0), 5);
      HashValue first = hash.freeze();
      HashValue second = first.freeze();
      first.put(field(1), "first");
      hash.remove(field(1));
      second.dropDeadline(field(0));
      assertEquals("v1", second.get(field(1)));
      assertEquals("first", first.get(field(1)));
      assertNull(hash.get(field(1)));
      assertEquals(5, first.deadline(field(0)));
      assertEquals(FieldDeadlines.NONE, second.deadline(field(0)));
    }
  }

  @Test
  void freeze_timer_isNotTaken() {
    HashValue hash = counted(2);
    hash.setDeadline(field(0), 5);
    TimerNode timer = new TimerNode() {};
    FieldDeadlines deadlines = hash.deadlines();
    assertNotNull(deadlines);
    deadlines.keepTimer(timer);
    assertSame(timer, deadlines.timer());
    FieldDeadlines frozen = hash.freeze().deadlines();
    assertNotNull(frozen);
    assertNull(frozen.timer());
  }

  // Deadlines.

  @Test
  void deadline_latest_isExact() {
    HashValue hash = counted(3);
    hash.setDeadline(field(0), FieldDeadlines.LATEST);
    hash.setDeadline(field(1), FieldDeadlines.LATEST - 1);
    assertEquals(FieldDeadlines.LATEST, hash.deadline(field(0)));
    assertEquals(1, hash.countDue(FieldDeadlines.LATEST - 1));
    assertTrue(hash.isDue(field(1), FieldDeadlines.LATEST - 1));
    assertFalse(hash.isDue(field(0), FieldDeadlines.LATEST - 1));
    assertFalse(hash.isGoneAt(Long.MAX_VALUE));
    hash.remove(field(2));
    assertFalse(hash.isGoneAt(FieldDeadlines.LATEST - 1));
    assertTrue(hash.isGoneAt(FieldDeadlines.LATEST));
  }

  // Scanning.

  @Test
  void scan_packed_handsOverAllAtOnce() {
    HashValue hash = counted(MOST_PACKED);
    List<String> found = new ArrayList<>();
    assertEquals(0, hash.scan(0, 1, found::add));
    assertEquals(MOST_PACKED, found.size());
  }

  @Test
  void scan_cursorPastTheEnd_findsNothing() {
    HashValue hash = counted(1_000);
    List<String> found = new ArrayList<>();
    assertEquals(0, hash.scan(1L << 52, 10, found::add));
    assertEquals(0, hash.scan(Long.MAX_VALUE, 10, found::add));
    assertEquals(List.of(), found);
  }

  @Test
  void randomField_eachForm_isEachOfThem() {
    for (int size : new int[] {1, 5, MOST_PACKED, 2 * MOST_PACKED}) {
      HashValue hash = counted(size);
      SplittableRandom random = new SplittableRandom(size);
      Set<String> seen = new HashSet<>();
      for (int i = 0; i < 20 * size; i++) {
        seen.add(hash.randomField(random));
      }
      assertEquals(size, seen.size());
    }
  }

  private static HashValue counted(int count) {
    HashValue hash = new HashValue();
    for (int i = 0; i < count; i++) {
      hash.put(field(i), "v" + i);
    }
    return hash;
  }

  private static String field(int i) {
    return "field:" + i;
  }

  private static long allocatedBytes() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
  }
}
