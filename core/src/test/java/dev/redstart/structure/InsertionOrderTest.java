// SPDX-License-Identifier: Apache-2.0
package dev.redstart.structure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** {@link InsertionOrder} against a sorted map, and what it says of single additions. */
class InsertionOrderTest {
  private final InsertionOrder order = new InsertionOrder();

  @Test
  void takeFirst_ofNone_isNull() {
    assertNull(order.takeFirst());
    order.add("a");
    order.takeFirst();
    assertNull(order.takeFirst());
    assertEquals(1, order.size());
    order.clear();
    assertEquals(0, order.size());
  }

  @Test
  void keyThatIsAddedAgain_isAnother() {
    order.add("a");
    InsertionOrder.Node first = order.takeFirst();
    assertTrue(order.has(first));
    assertTrue(order.remove("a"));
    assertFalse(order.has(first));
    order.add("a");
    assertFalse(order.has(first));
    assertFalse(order.remove("a"));
    assertThrows(IllegalStateException.class, () -> order.remove("a"));
  }

  @Test
  void randomSteps_areAsInASortedMap() {
    SplittableRandom random = new SplittableRandom(7);
    TreeMap<Integer, String> model = new TreeMap<>(); // by the step in which a key was added
    TreeMap<Integer, InsertionOrder.Node> aside = new TreeMap<>();
    for (int step = 0; step < 100_000; step++) {
      String key = "k" + random.nextInt(200);
      int what = random.nextInt(10);
      if (what < 5
          && !model.containsValue(key)
          && aside.values().stream().noneMatch(node -> node.key().equals(key))) {
        order.add(key);
        model.put(step, key);
      } else if (what < 8 && model.values().remove(key)) {
        assertFalse(order.remove(key));
      } else if (what == 8) {
        InsertionOrder.Node first = order.takeFirst();
        assertEquals(model.isEmpty(), first == null);
        if (first != null) {
          assertEquals(model.firstEntry().getValue(), first.key());
          aside.put(model.pollFirstEntry().getKey(), first);
        }
      } else if (what == 9 && !aside.isEmpty()) { // in any order
        Map.Entry<Integer, InsertionOrder.Node> back =
            random.nextBoolean() ? aside.pollFirstEntry() : aside.pollLastEntry();
        order.putBack(back.getValue());
        model.put(back.getKey(), back.getValue().key());
      }
      assertEquals(model.size() + aside.size(), order.size());
    }
    for (String key : model.values()) {
      assertEquals(key, order.takeFirst().key());
    }
    assertNull(order.takeFirst());
  }
}
