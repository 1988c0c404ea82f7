// SPDX-License-Identifier: Apache-2.0
package dev.redstart.structure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** A tree of several levels, made of elements so long that each has a leaf of its own. */
class ListTreeTest {
  private static final int MOST = ListBranch.CAPACITY * ListBranch.CAPACITY + 1_000;

  private final SplittableRandom random = new SplittableRandom(1);
  private final List<String> elements = new ArrayList<>();
  private final List<String> model = new ArrayList<>();
  private ListValue list = new ListValue();

  ListTreeTest() {
    for (int i = 0; i < 8; i++) {
      elements.add(Integer.toString(i).repeat(ListLeaf.MAX_BYTES + 1));
    }
  }

  private String element() {
    return elements.get(random.nextInt(elements.size()));
  }

  private void insert(int index) {
    String element = element();
    model.add(index, element);
    list.insert(index, element);
  }

  private static void assertSameElements(List<String> expected, ListValue list) {
    list.checkInvariants();
    assertEquals(expected.size(), list.size());
    List<String> found = new ArrayList<>();
    list.forEach(0, list.size(), found::add);
    for (int i = 0; i < expected.size(); i++) {
      assertEquals(expected.get(i), found.get(i), "at " + i);
    }
  }

  @Test
  void insertThenRemove_atRandom_growAndShrinkTheLevels() {
    int height = 0;
    while (model.size() < MOST) {
      insert(random.nextInt(model.size() + 1));
      height = Math.max(height, list.height());
      if (model.size() % 1_000 == 0) {
        assertSameElements(model, list);
      }
    }
    assertTrue(height >= 3, "height: " + height);
    assertTrue(list.heapBytes() > list.bytes(), "bytes: " + list.heapBytes());
    while (!model.isEmpty()) {
      int index = random.nextInt(model.size());
      list.remove(index);
      model.remove(index);
      if (model.size() % 1_000 == 0) {
        assertSameElements(model, list);
      }
    }
    assertTrue(list.isOneLeaf());
  }

  @Test
  void insert_atOnePlace_splitsWhatIsFull() {
    for (int i = 0; i < MOST; i++) {
      insert(model.size() / 2);
      if (i % 997 == 0) {
        assertSameElements(model, list);
      }
    }
    assertSameElements(model, list);
    for (int i = 0; i < MOST; i++) {
      insert(1);
      if (i % 997 == 0) {
        assertSameElements(model, list);
      }
    }
    assertSameElements(model, list);
  }

  @Test
  void set_shortForLong_joinsNoLeavesThatAreTooFull() {
    while (model.size() < 1_000) {
      insert(model.size());
    }
    for (int step = 0; step < 5_000; step++) {
      int index = random.nextInt(model.size());
      String element = random.nextInt(3) == 0 ? element() : "short";
      model.set(index, element);
      list.set(index, element);
      if (step % 250 == 0) {
        assertSameElements(model, list);
      }
    }
    assertSameElements(model, list);
  }

  @Test
  void removeRange_ofEachSize_keepsTheInvariants() {
    while (model.size() < MOST) {
      insert(model.size());
    }
    ListValue frozen = list.freeze();
    List<String> before = List.copyOf(model);
    while (!model.isEmpty()) {
      int from = random.nextInt(model.size());
      int most = 1 << random.nextInt(12);
      int to = Math.min(model.size(), from + random.nextInt(most) + 1);
      model.subList(from, to).clear();
      list.removeRange(from, to);
      assertSameElements(model, list);
      if (random.nextInt(8) == 0) {
        list = list.freeze();
      }
    }
    assertSameElements(before, frozen);
  }
}
