// SPDX-License-Identifier: Apache-2.0
package dev.redstart.structure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.redstart.KeyType;
import dev.redstart.TestScale;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListValueTest {
  private static final int MANY = TestScale.elements(100_000);

  private static ListValue counted(int count) {
    ListValue list = new ListValue();
    for (int i = 0; i < count; i++) {
      list.addLast(element(i));
    }
    return list;
  }

  private static String element(int i) {
    return String.format(Locale.ROOT, "element-%024d", i);
  }

  private static List<String> elements(ListValue list) {
    list.checkInvariants();
    List<String> found = new ArrayList<>();
    list.forEach(0, list.size(), found::add);
    return found;
  }

  @Test
  void type_emptyList_isOfItsType() {
    ListValue list = ListValue.TYPE.empty().get();
    assertTrue(list.isEmpty());
    assertEquals(0, list.size());
    assertEquals(ListValue.TYPE, list.type());
    assertEquals(KeyType.LIST, list.type().keyType());
    assertEquals(list, ListValue.TYPE.cast(list));
    assertNull(ListValue.TYPE.cast("a string"));
    assertThrows(IndexOutOfBoundsException.class, () -> list.get(0));
    assertThrows(IndexOutOfBoundsException.class, () -> list.removeRange(0, 1));
    assertThrows(IndexOutOfBoundsException.class, () -> list.cursorAt(1));
  }

  // The forms.

  @Test
  void addLast_oneElementTooMany_makesASecondLeaf() {
    ListValue list = counted(ListLeaf.MAX_COUNT);
    assertTrue(list.isOneLeaf());
    list.addLast("");
    assertFalse(list.isOneLeaf());
    for (int i = 0; i < 60; i++) {
      list.removeFirst();
    }
    assertFalse(list.isOneLeaf());
    for (int i = 0; i < 10; i++) {
      list.removeLast();
    }
    assertTrue(list.isOneLeaf());
    assertEquals(59, elements(list).size());
  }

  @ParameterizedTest
  @ValueSource(ints = {4095, 4096, 4097, 100_000})
  void add_longElements_standAlone(int length) {
    ListValue list = new ListValue();
    String longOne = "\u00ff".repeat(length);
    list.addLast(longOne);
    list.addFirst("ab");
    list.addLast("c");
    list.insert(2, longOne);
    list.set(0, longOne);
    assertEquals(List.of(longOne, longOne, longOne, "c"), elements(list));
    assertEquals(3L * length + 1, list.bytes());
    list.set(1, "d");
    list.remove(2);
    list.remove(0);
    assertEquals(List.of("d", "c"), elements(list));
    assertTrue(list.isOneLeaf());
  }

  @Test
  void pushAndPop_asAQueue_keepsOneLeaf() {
    ListValue list = counted(50);
    for (int i = 0; i < MANY; i++) {
      list.addLast(element(50 + i));
      assertEquals(element(i), list.removeFirst());
    }
    assertTrue(list.isOneLeaf());
    assertEquals(50, elements(list).size());
  }

  @Test
  void pushAndPop_acrossALeafsBoundary_keepsTheElements() {
    ListValue list = counted(10 * ListLeaf.MAX_COUNT);
    for (int i = 0; i < 1000; i++) {
      list.addLast("x");
      list.addFirst("y");
      assertEquals("x", list.removeLast());
      assertEquals("y", list.removeFirst());
    }
    assertEquals(10 * ListLeaf.MAX_COUNT, elements(list).size());
  }

  // Cost.

  @Test
  void memory_manyElements_staysNearTheirBytes() {
    ListValue list = counted(MANY);
    assertTrue(list.heapBytes() < 42L * MANY, "bytes: " + list.heapBytes());
    assertTrue(list.heapBytes() > list.bytes(), "bytes: " + list.heapBytes());
  }

  @Test
  void memory_pushedAtEitherEnd_isTheSame() {
    ListValue left = new ListValue();
    ListValue right = new ListValue();
    for (int i = 0; i < 10_000; i++) {
      left.addFirst("a".repeat(32));
      right.addLast("a".repeat(32));
    }
    assertTrue(left.heapBytes() - right.heapBytes() < 64, left.heapBytes() + " bytes");
    left.checkInvariants();
  }

  @Test
  void write_afterAFreeze_copiesItsPathOnly() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    ListValue list = counted(MANY);
    ListValue frozen = list.freeze();
    long before = threads.getCurrentThreadAllocatedBytes();
    list.set(MANY / 2, "x");
    list.addLast("y");
    list.addFirst("z");
    list.remove(MANY / 3);
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    assertTrue(allocated < 100_000, "bytes: " + allocated);
    assertEquals(MANY + 1, elements(list).size());
    assertEquals(elements(counted(MANY)), elements(frozen));
  }

  @Test
  void insertAndRemove_atRandom_doNotDecay() {
    SplittableRandom random = new SplittableRandom(1);
    ListValue list = counted(20_000);
    for (int i = 0; i < 200_000; i++) {
      list.insert(random.nextLong(list.size() + 1), element(i));
      list.remove(random.nextLong(list.size()));
    }
    assertEquals(20_000, elements(list).size());
    assertTrue(list.heapBytes() < 100L * 20_000, "bytes: " + list.heapBytes());
    while (list.size() > 500) {
      list.remove(random.nextLong(list.size()));
    }
    elements(list);
    assertTrue(list.heapBytes() < 200L * 500, "bytes: " + list.heapBytes());
  }

  @Test
  void removeRange_allButTheEnds_dropsTheLeaves() {
    ListValue list = counted(MANY);
    list.removeRange(10, MANY - 10);
    assertTrue(list.isOneLeaf());
    assertEquals(20, elements(list).size());
    assertEquals(element(9), list.get(9));
    assertEquals(element(MANY - 10), list.get(10));
    assertEquals(20L * element(0).length(), list.bytes());
  }

  @Test
  void search_equalElements_removesRuns() {
    ListValue list = new ListValue();
    for (int i = 0; i < MANY; i++) {
      list.addLast(i % 1000 == 0 ? "y" : "x");
    }
    assertEquals(5, new ListSearch(list, "y").remove(5, true));
    assertEquals(MANY - MANY / 1000, new ListSearch(list, "x").remove(Long.MAX_VALUE, false));
    assertEquals(MANY / 1000 - 5, elements(list).size());
    assertEquals(-1, new ListSearch(list, "x").first(0, list.size()));
  }
}
