// SPDX-License-Identifier: Apache-2.0
package dev.redstart.structure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** {@link InsertionOrder} against a linked set, and what it says of single additions. */
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
  void randomSteps_areAsInALinkedSet() {
    SplittableRandom random = new SplittableRandom(7);
    LinkedHashSet<String> model = new LinkedHashSet<>();
    Deque<InsertionOrder.Node> aside = new ArrayDeque<>();
    for (int step = 0; step < 100_000; step++) {
      String key = "k" + random.nextInt(200);
      int what = random.nextInt(10);
      if (what < 5 && !model.contains(key) && aside.stream().noneMatch(n -> n.key().equals(key))) {
        order.add(key);
        model.add(key);
      } else if (what < 8 && model.remove(key)) {
        assertFalse(order.remove(key));
      } else if (what == 8) {
        InsertionOrder.Node first = order.takeFirst();
        assertEquals(model.isEmpty(), first == null);
        if (first != null) {
          assertEquals(model.iterator().next(), first.key());
          model.remove(first.key());
          aside.push(first);
        }
      } else if (what == 9 && !aside.isEmpty()) {
        InsertionOrder.Node last = aside.pop();
        order.putBack(last);
        List<String> all = new ArrayList<>(List.of(last.key()));
        all.addAll(model);
        model.clear();
        model.addAll(all);
      }
      assertEquals(model.size() + aside.size(), order.size());
    }
    for (String key : model) {
      assertEquals(key, order.takeFirst().key());
    }
    assertNull(order.takeFirst());
  }
}
