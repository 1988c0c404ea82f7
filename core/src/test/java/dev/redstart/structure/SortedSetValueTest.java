// SPDX-License-Identifier: Apache-2.0
package dev.redstart.structure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.redstart.KeyType;
import dev.redstart.TestScale;
import dev.redstart.structure.ScoreTreeModel.Element;
import dev.redstart.structure.SegmentTableKeys.Family;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SortedSetValueTest {
  private static final int MOST_PACKED = 128;
  private static final int LONGEST_PACKED = 64;
  private static final int MANY = TestScale.elements(100_000);

  // The two forms.

  @Test
  void type_emptySet_isOfItsType() {
    SortedSetValue set = SortedSetValue.TYPE.empty().get();
    assertTrue(set.isEmpty());
    assertTrue(set.isPacked());
    assertEquals(SortedSetValue.TYPE, set.type());
    assertEquals(KeyType.SORTED_SET, set.type().keyType());
    assertEquals(set, SortedSetValue.TYPE.cast(set));
    assertNull(SortedSetValue.TYPE.cast("a string"));
  }

  @Test
  void put_oneMemberTooMany_unpacksForGood() {
    SortedSetValue set = counted(MOST_PACKED);
    assertTrue(set.isPacked());
    set.put(member(5), -1); // no further member
    assertTrue(set.isPacked());
    set.put("one more", 0.5);
    assertFalse(set.isPacked());
    assertEquals(MOST_PACKED + 1, set.size());
    assertEquals(0, set.rank(-1, member(5)));
    assertEquals(0.5, set.score("one more"));
    for (int i = 0; i < MOST_PACKED; i++) {
      set.remove(member(i));
    }
    assertEquals(1, set.size());
    assertFalse(set.isPacked());
    assertEquals(0.5, set.remove("one more"));
    assertTrue(set.isEmpty());
    assertFalse(set.isPacked());
  }

  @Test
  void put_longMember_unpacks() {
    SortedSetValue set = new SortedSetValue();
    set.put("\u00ff".repeat(LONGEST_PACKED), 1);
    assertTrue(set.isPacked());
    set.put("\u00ff".repeat(LONGEST_PACKED + 1), 2);
    assertFalse(set.isPacked());
    assertEquals(2, set.size());
    assertEquals(1, set.score("\u00ff".repeat(LONGEST_PACKED)));
    assertEquals(2, set.score("\u00ff".repeat(LONGEST_PACKED + 1)));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, MOST_PACKED, MOST_PACKED + 1, 5_000})
  void ofSorted_members_isAsPutOneByOne(int count) {
    double[] scores = new double[count + 3];
    String[] members = new String[count + 3];
    for (int i = 0; i < count; i++) {
      scores[i] = i - i % 3;
      members[i] = "member:" + (char) (i / 256) + (char) (i % 256);
    }
    SortedSetValue set = SortedSetValue.ofSorted(scores, members, count);
    assertEquals(count <= MOST_PACKED, set.isPacked());
    assertEquals(count, set.size());
    List<Element> found = new ArrayList<>();
    set.forEach(0, count, (score, member) -> found.add(new Element(score, member)));
    for (int i = 0; i < count; i++) {
      assertEquals(new Element(scores[i], members[i]), found.get(i));
      assertEquals(i, set.rank(scores[i], members[i]));
      assertEquals(scores[i], set.score(members[i]));
    }
  }

  @Test
  void ofSorted_oneLongMember_isLarge() {
    String[] members = {"a", "b".repeat(LONGEST_PACKED + 1)};
    assertFalse(SortedSetValue.ofSorted(new double[2], members, 2).isPacked());
    assertTrue(SortedSetValue.ofSorted(new double[2], members, 1).isPacked());
  }

  // Hostile members.

  @ParameterizedTest
  @EnumSource(names = {"COLLIDING", "CROWDED", "MIXED"})
  void put_collidingMembers_areAllThere(Family family) {
    SortedSetValue set = new SortedSetValue();
    for (int i = 0; i < MANY; i++) {
      assertTrue(Double.isNaN(set.put(family.key(i), i)));
    }
    assertEquals(MANY, set.size());
    for (int i = 0; i < MANY; i++) {
      assertEquals(i, set.put(family.key(i), i + 0.5));
    }
    Set<String> scanned = new HashSet<>();
    long cursor = 0;
    do {
      cursor = set.scan(cursor, 10, scanned::add);
    } while (cursor != 0);
    assertEquals(MANY, scanned.size());
    set.removeRange(10, MANY, null);
    for (int i = 0; i < 20; i++) {
      assertEquals(i < 10 ? i + 0.5 : Double.NaN, set.score(family.key(i)));
    }
  }

  // Freezing.

  @Test
  void freeze_manyMembers_costsAFewNodes() {
    SortedSetValue set = counted(MANY);
    set.freeze();
    set.put(member(1), -1); // everything that happens once has happened
    long start = allocatedBytes();
    SortedSetValue frozen = set.freeze();
    long afterFreeze = allocatedBytes();
    set.put(member(MANY / 2), -2);
    long afterWrite = allocatedBytes();
    assertTrue(afterFreeze - start < 2_000, afterFreeze - start + " bytes");
    assertTrue(afterWrite - afterFreeze < 60_000, afterWrite - afterFreeze + " bytes");
    assertEquals(MANY / 2.0, frozen.score(member(MANY / 2)));
    assertEquals(-2, set.score(member(MANY / 2)));
  }

  // Scanning.

  @Test
  void scan_packed_handsOverAllAtOnce() {
    SortedSetValue set = counted(MOST_PACKED);
    List<String> found = new ArrayList<>();
    assertEquals(0, set.scan(0, 1, found::add));
    assertEquals(MOST_PACKED, found.size());
  }

  @Test
  void scan_cursorPastTheEnd_findsNothing() {
    SortedSetValue set = counted(1_000);
    List<String> found = new ArrayList<>();
    assertEquals(0, set.scan(1L << 52, 10, found::add));
    assertEquals(0, set.scan(Long.MAX_VALUE, 10, found::add));
    assertEquals(List.of(), found);
  }

  @Test
  void scan_unpackedBetweenSteps_returnsAll() {
    SortedSetValue set = counted(MOST_PACKED + 1);
    Set<String> found = new HashSet<>();
    long cursor = 0;
    int steps = 0;
    do {
      cursor = set.scan(cursor, 1 + steps % 7, found::add);
      steps++;
      set.put(member(10_000 + steps), steps);
    } while (cursor != 0);
    for (int i = 0; i <= MOST_PACKED; i++) {
      assertTrue(found.contains(member(i)), member(i));
    }
    assertTrue(steps > 10, steps + " steps");
  }

  private static SortedSetValue counted(int count) {
    SortedSetValue set = new SortedSetValue();
    for (int i = 0; i < count; i++) {
      set.put(member(i), i);
    }
    return set;
  }

  private static String member(int i) {
    return "member:" + i;
  }

  private static long allocatedBytes() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
  }
}
