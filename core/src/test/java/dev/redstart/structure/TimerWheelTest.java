// SPDX-License-Identifier: Apache-2.0
package dev.redstart.structure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimerWheelTest {
  private static final int AMPLE = 1_000;

  /** A node moves to a lower level at most so often, and is handed over once. */
  private static final int MAXIMUM_UNITS_PER_NODE = 11;

  private final TimerWheel<TestNode> wheel = new TimerWheel<>();
  private final List<Long> handedOver = new ArrayList<>();

  static final class TestNode extends TimerNode {}

  private TestNode add(long deadlineMillis) {
    TestNode node = new TestNode();
    wheel.add(node, deadlineMillis);
    return node;
  }

  private int advance(long nowMillis, int budget) {
    return wheel.advance(nowMillis, budget, node -> handedOver.add(node.deadlineMillis()));
  }

  @Test
  void advance_emptyWheel_keepsTheBudget() {
    assertEquals(7, advance(1_000_000, 7));
    assertEquals(0, wheel.size());
    assertEquals(Long.MAX_VALUE, wheel.nextWakeMillis());
  }

  @ParameterizedTest
  @ValueSource(
      longs = {
        0,
        1,
        63,
        64,
        65,
        4_095,
        4_096,
        1L << 30,
        1_700_000_000_000L,
        (1L << 62) + 5,
        Long.MAX_VALUE - 1,
        Long.MAX_VALUE
      })
  void advance_deadlineReached_handsOverThenAndNotBefore(long deadlineMillis) {
    TestNode node = add(deadlineMillis);
    advance(deadlineMillis - 1, AMPLE);
    assertTrue(node.isScheduled());
    assertEquals(deadlineMillis, wheel.nextWakeMillis());
    advance(deadlineMillis, AMPLE);
    assertFalse(node.isScheduled());
    assertEquals(List.of(deadlineMillis), handedOver);
    assertEquals(0, wheel.size());
    assertEquals(Long.MAX_VALUE, wheel.nextWakeMillis());
  }

  @Test
  void advance_pastDeadlines_areDueAtOnceInOrder() {
    add(1_000);
    advance(500, AMPLE);
    add(300);
    add(-5);
    add(200);
    add(500);
    add(Long.MIN_VALUE);
    assertEquals(Long.MIN_VALUE, wheel.nextWakeMillis());
    advance(500, AMPLE);
    assertEquals(List.of(Long.MIN_VALUE, -5L, 200L, 300L, 500L), handedOver);
    assertEquals(1, wheel.size());
  }

  @Test
  void advance_clockWentBack_movesNothingButServesNewDeadlines() {
    add(1_000);
    advance(500, AMPLE);
    advance(-100, AMPLE);
    TestNode early = add(200);
    advance(100, AMPLE);
    assertTrue(early.isScheduled());
    assertEquals(200, wheel.nextWakeMillis());
    advance(200, AMPLE);
    assertEquals(List.of(200L), handedOver);
    advance(999, AMPLE);
    assertEquals(List.of(200L), handedOver);
    advance(1_000, AMPLE);
    assertEquals(List.of(200L, 1_000L), handedOver);
  }

  @Test
  void advance_budgetOfOne_handsOverOneAtATime() {
    for (int count = 0; count < 5; count++) {
      add(3);
    }
    for (int count = 1; count <= 5; count++) {
      assertEquals(0, advance(3, 1));
      assertEquals(count, handedOver.size());
    }
    assertEquals(1, advance(3, 1));
  }

  @Test
  void advance_budgetEndsWhileNodesMove_addAndRemoveStayRight() {
    List<TestNode> nodes = new ArrayList<>();
    for (long deadline = 5_000; deadline < 5_020; deadline++) {
      nodes.add(add(deadline));
    }
    advance(4_096, 5);
    assertTrue(handedOver.isEmpty());
    assertTrue(wheel.nextWakeMillis() <= 5_000);
    assertEquals(AMPLE, advance(4_000, AMPLE));
    for (TestNode node : nodes.subList(0, 18)) {
      wheel.remove(node);
    }
    add(4_999);
    add(4_096);
    add(4_000);
    assertEquals(5, wheel.size());
    for (int call = 0; call < 20; call++) {
      advance(6_000, 2);
    }
    assertEquals(List.of(4_000L, 4_096L, 4_999L, 5_018L, 5_019L), handedOver);
  }

  @Test
  void advance_massAtOneDeadline_keepsEveryBudget() {
    int count = 100_000;
    long deadlineMillis = (1L << 40) + 12_345;
    for (int index = 0; index < count; index++) {
      add(deadlineMillis);
    }
    int budget = 1_000;
    int calls = 0;
    int before;
    do {
      before = handedOver.size();
      calls++;
      assertEquals(count, wheel.size() + before);
    } while (advance(deadlineMillis, budget) == 0 && handedOver.size() - before <= budget);
    assertEquals(count, handedOver.size());
    assertTrue(calls <= count / budget * MAXIMUM_UNITS_PER_NODE + 1, "calls " + calls);
  }

  @Test
  void advance_receiverAddsAndRemoves_seesThemInTheSameCall() {
    TestNode victim = add(20);
    TestNode again = add(10);
    List<Long> deadlines = new ArrayList<>();
    wheel.advance(
        100,
        AMPLE,
        node -> {
          deadlines.add(node.deadlineMillis());
          if (node == again && deadlines.size() == 1) {
            wheel.remove(victim);
            wheel.add(node, 30);
            add(5);
            add(200);
          }
        });
    assertEquals(List.of(10L, 5L, 30L), deadlines);
    assertEquals(1, wheel.size());
  }

  @Test
  void advance_receiverThrows_leavesTheOthersDue() {
    add(1);
    add(2);
    assertThrows(
        IllegalStateException.class,
        () ->
            wheel.advance(
                5,
                AMPLE,
                node -> {
                  throw new IllegalStateException("receiver");
                }));
    assertEquals(1, wheel.size());
    advance(5, AMPLE);
    assertEquals(List.of(2L), handedOver);
  }

  @Test
  void add_scheduledNode_isRefused() {
    TestNode node = add(5);
    assertThrows(IllegalStateException.class, () -> wheel.add(node, 6));
    assertEquals(5, node.deadlineMillis());
    assertEquals(1, wheel.size());
  }

  @Test
  void remove_nodeOutsideAnyWheel_doesNothing() {
    wheel.remove(new TestNode());
    TestNode node = add(5);
    wheel.remove(node);
    wheel.remove(node);
    assertEquals(0, wheel.size());
    wheel.add(node, 7);
    advance(10, AMPLE);
    wheel.remove(node);
    assertEquals(List.of(7L), handedOver);
    assertEquals(0, wheel.size());
  }

  @Test
  void remove_fromEveryPlaceInARing_leavesTheOthers() {
    TestNode first = add(70);
    TestNode middle = add(70);
    TestNode last = add(70);
    add(71);
    wheel.remove(middle);
    wheel.remove(first);
    wheel.remove(last);
    advance(100, AMPLE);
    assertEquals(List.of(71L), handedOver);
  }
}
