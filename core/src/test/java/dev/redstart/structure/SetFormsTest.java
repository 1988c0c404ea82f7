// SPDX-License-Identifier: Apache-2.0
package dev.redstart.structure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redstart.CollidingStrings;
import dev.redstart.structure.SetValue.Form;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The forms of a set, at their limits. */
class SetFormsTest {
  private static final long[] NUMBERS = {
    0,
    1,
    -1,
    Short.MAX_VALUE,
    Short.MIN_VALUE,
    Short.MAX_VALUE + 1L,
    Short.MIN_VALUE - 1L,
    Integer.MAX_VALUE,
    Integer.MIN_VALUE,
    Integer.MAX_VALUE + 1L,
    Integer.MIN_VALUE - 1L,
    Long.MAX_VALUE,
    Long.MIN_VALUE,
    -0x5ca1ab1e_0ddba11L
  };

  @Test
  void numbers_ofEachWidth_arePackedByTheWidest() {
    IntSet set = new IntSet();
    TreeSet<Long> model = new TreeSet<>();
    for (long number : NUMBERS) {
      assertTrue(set.add(number));
      assertFalse(set.add(number));
      model.add(number);
      boolean isShort = model.first() >= Short.MIN_VALUE && model.last() <= Short.MAX_VALUE;
      boolean isInt = model.first() >= Integer.MIN_VALUE && model.last() <= Integer.MAX_VALUE;
      assertEquals(isShort ? 2 : isInt ? 4 : 8, set.width());
      List<Long> found = new ArrayList<>();
      for (int rank = 0; rank < set.size(); rank++) {
        found.add(set.get(rank));
      }
      assertEquals(new ArrayList<>(model), found);
    }
    assertEquals(NUMBERS.length, set.size());
    for (long number : NUMBERS) {
      assertTrue(set.contains(number));
      assertTrue(set.contains(Long.toString(number)));
      assertFalse(set.contains("+" + number));
      assertFalse(set.contains(" " + number));
      assertFalse(set.contains("0" + number));
    }
    assertThrows(IndexOutOfBoundsException.class, () -> set.get(NUMBERS.length));
    assertThrows(IndexOutOfBoundsException.class, () -> set.get(-1));
    for (long number : NUMBERS) {
      assertTrue(set.remove(Long.toString(number)));
      assertFalse(set.remove(Long.toString(number)));
    }
    assertEquals(0, set.size());
    assertEquals(8, set.width());
  }

  @Test
  void numbers_growingAndShrinking_keepTheArrayTight() {
    IntSet set = new IntSet();
    for (int i = 0; i < 512; i++) {
      set.add(i * 3L);
      assertTrue(set.capacity() <= 2 * set.size() * 9 / 8 + 20, "" + set.capacity());
    }
    IntSet frozen = set.freeze();
    for (int i = 0; i < 512; i++) {
      assertTrue(set.remove(Integer.toString(i * 3)));
      assertTrue(set.capacity() <= 2 * set.size() * 5 / 4 + 100, "" + set.capacity());
    }
    assertEquals(512, frozen.size());
    assertTrue(frozen.contains(511 * 3L));
  }

  @Test
  void add_oneByOne_replacesTheArraySeldom() {
    IntSet numbers = new IntSet();
    PackedSet members = new PackedSet();
    Set<Integer> capacities = new HashSet<>();
    Set<Integer> packedCapacities = new HashSet<>();
    for (int i = 0; i < 512; i++) {
      numbers.add(i);
      capacities.add(numbers.capacity());
      members.add("member " + i);
      packedCapacities.add(members.capacity());
    }
    assertTrue(capacities.size() > 10 && capacities.size() < 40, "" + capacities);
    assertTrue(packedCapacities.size() > 10 && packedCapacities.size() < 60, "" + packedCapacities);
    assertTrue(numbers.capacity() >= 2 * 512, "" + capacities);
    assertTrue(members.capacity() >= members.bytes(), "" + packedCapacities);
  }

  @Test
  void packed_lengthsOfEachSize_areFound() {
    PackedSet set = new PackedSet();
    List<String> members = new ArrayList<>();
    for (int length : new int[] {0, 1, 63, 64, 127, 128, 129, 16_383, 16_384, 100_000}) {
      members.add("\u00ff".repeat(length));
    }
    members.forEach(set::add);
    assertEquals(members.size(), set.size());
    for (int i = 0; i < members.size(); i++) {
      assertEquals(members.get(i), set.get(i));
    }
    assertThrows(AssertionError.class, () -> set.add(""));
    assertThrows(IndexOutOfBoundsException.class, () -> set.get(members.size()));
    PackedSet frozen = set.freeze();
    Collections.reverse(members);
    for (String member : members) {
      assertTrue(set.remove(member));
      assertFalse(set.contains(member));
      assertTrue(frozen.contains(member));
      assertTrue(set.capacity() <= set.bytes() * 5 / 4 + 80, "" + set.capacity());
    }
    assertEquals(0, set.bytes());
  }

  /** Keys that come in the order of a table's hashes stand in one made for them as in any. */
  @Test
  void table_expectedKeys_standWellInAnyOrder() {
    for (int size : new int[] {0, 1, 100, 700, 5_000, 200_000}) {
      KeyTable random = new KeyTable();
      for (int i = 0; i < size; i++) {
        random.insert("member " + i);
      }
      KeyTable ordered = KeyTable.expecting(size);
      random.forEachKey(ordered::insert);
      ordered.checkInvariants();
      assertEquals(size, ordered.size());
      assertTrue(ordered.segmentCount() <= 2 * random.segmentCount(), "" + ordered.segmentCount());
      random.forEachKey(key -> assertTrue(ordered.contains(key)));
      for (int i = 0; i < size; i++) {
        assertTrue(ordered.remove("member " + i));
      }
      ordered.checkInvariants();
      assertEquals(0, ordered.size());
    }
  }

  @Test
  void table_afterGrowingShrinkingAndNesting_isRandomEachTime() {
    SplittableRandom random = new SplittableRandom(5);
    KeyTable table = new KeyTable();
    for (int i = 0; i < 100_000; i++) {
      table.insert("m" + i);
    }
    for (int kept : new int[] {100_000, 5_000, 50, 1}) {
      for (int i = 99_999; i >= kept; i--) {
        table.remove("m" + i);
      }
      assertEquals(kept, table.size());
      for (int i = 0; i < 200; i++) {
        assertTrue(table.contains(table.random(random)));
      }
    }
    List<String> colliding = CollidingStrings.of(100);
    colliding.forEach(table::insert);
    int found = 0;
    for (int i = 0; i < 1_000; i++) {
      found += table.random(random).equals("m0") ? 1 : 0;
    }
    assertTrue(found < 60, "one of 101: " + found);
    colliding.forEach(table::remove);
    table.checkInvariants();
  }

  @Test
  void add_ofMany_becomesATableAtOnce() {
    List<String> numbers = IntStream.range(0, 513).mapToObj(Integer::toString).toList();
    List<String> texts = IntStream.range(0, 129).mapToObj(i -> "t" + i).toList();
    assertEquals(Form.NUMBERS, expecting(List.of(), numbers.subList(0, 512)));
    assertEquals(Form.TABLE, expecting(List.of(), numbers));
    assertEquals(Form.NUMBERS, expecting(List.of(), texts.subList(0, 128)));
    assertEquals(Form.TABLE, expecting(List.of(), texts));
    assertEquals(Form.NUMBERS, expecting(List.of("1"), texts));
    assertEquals(Form.TABLE, expecting(List.of("1"), numbers));
    assertEquals(Form.PACKED, expecting(List.of("a"), texts.subList(0, 128)));
    assertEquals(Form.TABLE, expecting(List.of("a"), texts));
  }

  private static Form expecting(List<String> before, List<String> some) {
    SetValue set = SetValue.of(before);
    set.expect(some);
    before.forEach(member -> assertTrue(set.contains(member)));
    return set.form();
  }
}
