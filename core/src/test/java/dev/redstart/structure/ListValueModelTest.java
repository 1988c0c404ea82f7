// SPDX-License-Identifier: Apache-2.0
package dev.redstart.structure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redstart.TestScale;
import dev.redstart.spi.Binary;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ListValueModelTest {
  private static final int SEEDS = TestScale.seeds(4, 40);
  private static final int STEPS = 4_000;

  /** Which lengths elements have. */
  private enum Lengths {
    TINY("0 1 2 3"),
    SHORT("31 32 33"),
    MIXED("0 1 63 64 300 2000 4095 4096 4097 100000"),
    LONG("4095 4096 4097 4097 4097 5000");

    private final String lengths;

    Lengths(String lengths) {
      this.lengths = lengths;
    }

    /** Returns some elements, of which two are seldom the same but some often come again. */
    List<@Binary String> pool(SplittableRandom random) {
      String[] each = lengths.split(" ", -1);
      List<String> pool = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        char[] chars = new char[Integer.parseInt(each[i % each.length])];
        char fill = (char) random.nextInt(256);
        for (int at = 0; at < chars.length; at++) {
          chars[at] = at < 8 ? (char) random.nextInt(256) : fill;
        }
        pool.add(new String(chars));
      }
      return pool;
    }
  }

  @ParameterizedTest
  @EnumSource
  void randomSteps_acrossTheForms_agreeWithArrayList(Lengths lengths) {
    int highest = 0;
    boolean collapsed = false;
    for (long seed = 1; seed <= SEEDS; seed++) {
      Run run = new Run(lengths, seed);
      try {
        run.run();
      } catch (AssertionError | RuntimeException failure) {
        throw new AssertionError("seed " + seed + " of " + lengths, failure);
      }
      highest = Math.max(highest, run.highest);
      collapsed |= run.collapsed;
    }
    int expected = lengths == Lengths.LONG ? 2 : 1;
    assertTrue(highest >= expected, "levels: " + highest);
    assertTrue(collapsed, "never one leaf again");
  }

  /** One sequence of random steps on a list, and on the twins frozen on the way. */
  private static final class Run {
    private final SplittableRandom random;
    private final List<String> pool;
    private final List<ListValue> lists = new ArrayList<>();
    private final List<List<String>> models = new ArrayList<>();
    private ListValue list = new ListValue();
    private List<String> model = new ArrayList<>();
    private int highest;
    private boolean wasSeveral;
    private boolean collapsed;

    Run(Lengths lengths, long seed) {
      this.random = new SplittableRandom(seed);
      this.pool = lengths.pool(random);
    }

    void run() {
      for (int step = 0; step < STEPS; step++) {
        boolean growing = step / 700 % 2 == 0;
        int kind = random.nextInt(100);
        if (kind < (growing ? 40 : 12)) {
          push();
        } else if (kind < (growing ? 45 : 35)) {
          pop();
        } else if (kind < (growing ? 65 : 45)) {
          insert();
        } else if (kind < (growing ? 70 : 65)) {
          remove();
        } else if (kind < 75) {
          set();
        } else if (kind < 95) {
          read();
        } else if (kind < 97) {
          removeRange();
        } else if (kind < 98) {
          removeOccurrences();
        } else {
          turn();
        }
        check(step % 100 == 0);
      }
      for (int i = 0; i < lists.size(); i++) {
        assertSame(models.get(i), lists.get(i));
      }
    }

    private void check(boolean all) {
      assertEquals(model.size(), list.size());
      assertEquals(model.isEmpty(), list.isEmpty());
      collapsed |= wasSeveral && list.isOneLeaf() && !list.isEmpty();
      wasSeveral = !list.isOneLeaf();
      if (all) {
        assertSame(model, list);
        highest = Math.max(highest, list.height());
      }
    }

    private @Binary String element() {
      return pool.get(random.nextInt(pool.size()));
    }

    private int times() {
      return random.nextInt(20) == 0 ? 300 : 1 + random.nextInt(3);
    }

    private void push() {
      boolean left = random.nextBoolean();
      for (int i = times(); i > 0; i--) {
        String element = element();
        if (left) {
          model.add(0, element);
          list.addFirst(element);
        } else {
          model.add(element);
          list.addLast(element);
        }
      }
    }

    private void pop() {
      boolean left = random.nextBoolean();
      for (int i = times(); i > 0 && !model.isEmpty(); i--) {
        String expected = model.remove(left ? 0 : model.size() - 1);
        assertEquals(expected, left ? list.removeFirst() : list.removeLast());
      }
    }

    /** Inserts at one place, or at places that follow each other. */
    private void insert() {
      int at = random.nextInt(model.size() + 1);
      int step = random.nextInt(2);
      for (int i = times(); i > 0; i--) {
        String element = element();
        model.add(at, element);
        list.insert(at, element);
        at += step;
      }
    }

    private void remove() {
      int at = random.nextInt(model.size() + 1);
      for (int i = times(); i > 0 && at < model.size(); i--) {
        model.remove(at);
        list.remove(at);
      }
    }

    private void set() {
      for (int i = times(); i > 0 && !model.isEmpty(); i--) {
        int at = random.nextInt(model.size());
        String element = element();
        model.set(at, element);
        list.set(at, element);
      }
    }

    private void removeRange() {
      int from = random.nextInt(model.size() + 1);
      int most = Math.min(model.size() - from, random.nextInt(6) == 0 ? 100_000 : 50);
      int to = from + random.nextInt(most + 1);
      model.subList(from, to).clear();
      list.removeRange(from, to);
    }

    private void removeOccurrences() {
      String element = element();
      boolean fromRight = random.nextBoolean();
      long limit = random.nextBoolean() ? Long.MAX_VALUE : 1 + random.nextInt(5);
      long expected = 0;
      while (expected < limit) {
        int at = fromRight ? model.lastIndexOf(element) : model.indexOf(element);
        if (at < 0) {
          break;
        }
        model.remove(at);
        expected++;
      }
      assertEquals(expected, new ListSearch(list, element).remove(limit, fromRight));
    }

    private void read() {
      int size = model.size();
      int from = random.nextInt(size + 1);
      int to = from + random.nextInt(Math.min(size - from, 500) + 1);
      List<String> expected = model.subList(from, to);
      List<String> found = new ArrayList<>();
      list.forEach(from, to, found::add);
      assertEquals(expected, found);
      List<String> reverse = new ArrayList<>();
      list.forEachReverse(from, to, reverse::add);
      Collections.reverse(reverse);
      assertEquals(expected, reverse);
      String element = element();
      ListSearch search = new ListSearch(list, element);
      int first = expected.indexOf(element);
      assertEquals(first < 0 ? -1 : from + first, search.first(from, to));
      int last = expected.lastIndexOf(element);
      assertEquals(last < 0 ? -1 : from + last, search.last(from, to));
      if (from < size) {
        assertEquals(model.get(from), list.get(from));
      }
      walk(from);
    }

    /** Walks to and fro. */
    private void walk(int from) {
      ListCursor cursor = list.cursorAt(from);
      int gap = from;
      boolean forth = random.nextBoolean();
      for (int i = 0; i < 30; i++) {
        forth ^= random.nextInt(10) == 0;
        assertEquals(gap, cursor.index());
        if (forth) {
          assertEquals(gap < model.size(), cursor.next());
          if (gap < model.size()) {
            assertEquals(model.get(gap++), cursor.element());
          }
        } else {
          assertEquals(gap > 0, cursor.previous());
          if (gap > 0) {
            assertEquals(model.get(--gap), cursor.element());
          }
        }
      }
    }

    /**
     * Freezes and goes on with either side, or goes back to a list from before, or to a new one.
     */
    private void turn() {
      switch (random.nextInt(6)) {
        case 0, 1, 2 -> {
          ListValue twin = list.freeze();
          boolean goesOn = random.nextBoolean();
          lists.add(goesOn ? twin : list);
          models.add(new ArrayList<>(model));
          list = goesOn ? list : twin;
        }
        case 3, 4 -> {
          if (!lists.isEmpty()) {
            int other = random.nextInt(lists.size());
            ListValue formerList = lists.set(other, list);
            List<String> formerModel = models.set(other, model);
            list = formerList;
            model = formerModel;
          }
        }
        default -> {
          lists.add(list);
          models.add(model);
          list = new ListValue();
          model = new ArrayList<>();
        }
      }
    }

    private static void assertSame(List<String> model, ListValue list) {
      list.checkInvariants();
      List<String> found = new ArrayList<>();
      list.forEach(0, list.size(), found::add);
      assertEquals(model, found);
      assertEquals(model.stream().mapToLong(String::length).sum(), list.bytes());
    }
  }
}
