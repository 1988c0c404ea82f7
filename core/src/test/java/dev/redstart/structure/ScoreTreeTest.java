// SPDX-License-Identifier: Apache-2.0
package dev.redstart.structure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.redstart.structure.ScoreTreeModel.Element;
import dev.redstart.structure.ScoreTreeModel.Scores;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@link ScoreTree} against {@link ScoreTreeModel}, and what some operations allocate. */
class ScoreTreeTest {
  // Overview. It is longer than other tests since one tree is asked in all its ways by the same few
  // helpers, which stand at the end: random steps, order, bounds, cursors, removal of ranges,
  // frozen copies, building.

  // Random steps.

  @ParameterizedTest
  @CsvSource({"4, 4", "5, 7", "6, 6", "8, 4", "4, 128", "128, 4"})
  void randomSteps_smallNodes_agreeWithModel(int leafCapacity, int branchCapacity) {
    for (Scores scores : Scores.values()) {
      for (long seed = 1; seed <= 3; seed++) {
        run(new ScoreTree(leafCapacity, branchCapacity), scores, seed, 3000);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void randomSteps_nodesAsShipped_agreeWithModel(Scores scores) {
    ScoreTree tree = new ScoreTree();
    ScoreTreeModel model = new ScoreTreeModel();
    SplittableRandom random = new SplittableRandom(7);
    while (model.size() < 20_000) { // three levels
      double score = scores.next(random);
      String member = ScoreTreeModel.nextMember(random) + random.nextInt(100_000);
      if (model.add(score, member)) {
        tree.add(score, member);
      }
    }
    assertSame(model, tree);
    assertEquals(3, tree.height());
    List<Element> order = model.list();
    shuffle(order, random);
    for (Element element : order.subList(0, 19_950)) {
      assertTrue(tree.remove(element.score(), element.member()));
      assertTrue(model.remove(element.score(), element.member()));
      if (model.size() % 1000 == 0) {
        assertSame(model, tree);
      }
    }
    assertSame(model, tree);
    assertEquals(1, tree.height());
  }

  private static void run(ScoreTree tree, Scores scores, long seed, int steps) {
    try {
      new Run(tree, scores, seed).run(steps);
    } catch (AssertionError | RuntimeException failure) {
      throw new AssertionError("seed " + seed + " of " + scores, failure);
    }
  }

  /** One sequence of random steps on a tree, and on the copies frozen on the way. */
  private static final class Run {
    private final SplittableRandom random;
    private final Scores scores;
    private final List<ScoreTree> trees = new ArrayList<>();
    private final List<ScoreTreeModel> models = new ArrayList<>();
    private ScoreTree tree;
    private ScoreTreeModel model = new ScoreTreeModel();

    Run(ScoreTree tree, Scores scores, long seed) {
      this.random = new SplittableRandom(seed);
      this.scores = scores;
      this.tree = tree;
      trees.add(tree);
      models.add(model);
    }

    void run(int steps) {
      for (int step = 0; step < steps; step++) {
        boolean growing = step / 700 % 2 == 0;
        int kind = random.nextInt(100);
        if (kind < (growing ? 60 : 20)) {
          add();
        } else if (kind < 80) {
          remove();
        } else if (kind < 95) {
          read();
        } else if (kind < 97) {
          removeRange();
        } else {
          turn();
        }
        tree.checkInvariants();
        if (step % 50 == 0) {
          assertSame(model, tree);
        }
      }
      for (int i = 0; i < trees.size(); i++) {
        trees.get(i).checkInvariants();
        assertSame(models.get(i), trees.get(i));
      }
    }

    private void add() {
      double score = scores.next(random);
      String member = ScoreTreeModel.nextMember(random);
      if (model.add(score, member)) {
        tree.add(score, member);
      } else {
        assertThrows(AssertionError.class, () -> tree.add(score, member));
      }
    }

    private void remove() {
      double score = scores.next(random);
      String member = ScoreTreeModel.nextMember(random);
      if (random.nextInt(10) > 0 && model.size() > 0) {
        Element element = model.get(random.nextInt(model.size()));
        score = element.score();
        member = element.member();
      }
      assertEquals(model.remove(score, member), tree.remove(score, member));
    }

    private void removeRange() {
      int from = random.nextInt(model.size() + 1);
      int limit = random.nextInt(4) == 0 ? model.size() : Math.min(model.size(), from + 10);
      int to = random.nextInt(from, limit + 1);
      List<Element> removed = new ArrayList<>();
      tree.removeRange(from, to, collector(removed));
      assertEquals(model.removeRange(from, to), removed);
    }

    /** Freezes, and goes on with any of the trees so far: all of them are written sometimes. */
    private void turn() {
      if (trees.size() < 6) {
        trees.add(tree.freeze());
        models.add(model.copy());
      }
      int next = random.nextInt(trees.size());
      tree = trees.get(next);
      model = models.get(next);
      assertSame(model, tree);
    }

    private void read() {
      double score = scores.next(random);
      String member = ScoreTreeModel.nextMember(random);
      boolean inclusive = random.nextBoolean();
      assertEquals(model.rank(score, member), tree.rank(score, member));
      assertEquals(model.countBelow(score, inclusive), tree.countBelow(score, inclusive));
      long below = tree.countBelowMember(member, inclusive);
      assertTrue(below >= 0 && below <= tree.size());
      if (scores == Scores.EQUAL) {
        assertEquals(model.countBelowMember(member, inclusive), below);
      }
      List<Element> all = model.list();
      if (!all.isEmpty()) {
        int rank = random.nextInt(all.size());
        assertEquals(rank, tree.rank(all.get(rank).score(), all.get(rank).member()));
      }
      int from = random.nextInt(all.size() + 1);
      int to = random.nextInt(from, all.size() + 1);
      assertEquals(all.subList(from, to), range(tree, from, to));
      assertEquals(reversed(all.subList(from, to)), reverseRange(tree, from, to));
      walk(all, from);
    }

    private void walk(List<Element> all, int from) {
      ScoreTree.Cursor cursor = tree.cursorAt(from);
      int gap = from;
      for (int i = 0; i < 40; i++) {
        assertEquals(gap, cursor.rank());
        if (random.nextInt(40) < 20 + (from & 15)) {
          assertEquals(gap < all.size(), cursor.next());
          if (gap < all.size()) {
            assertEquals(all.get(gap++), new Element(cursor.score(), cursor.member()));
          }
        } else {
          assertEquals(gap > 0, cursor.previous());
          if (gap > 0) {
            assertEquals(all.get(--gap), new Element(cursor.score(), cursor.member()));
          }
        }
      }
    }
  }

  // Order.

  @Test
  void add_allByteValues_orderedAsUnsignedBytes() {
    ScoreTree tree = new ScoreTree(4, 4);
    List<Element> expected = new ArrayList<>();
    expected.add(new Element(1, ""));
    for (int first = 0; first < 256; first++) {
      expected.add(new Element(1, "" + (char) first));
      expected.add(new Element(1, (char) first + "\0"));
      expected.add(new Element(1, (char) first + "\u00ff"));
    }
    List<Element> shuffled = new ArrayList<>(expected);
    shuffle(shuffled, new SplittableRandom(3));
    shuffled.forEach(element -> tree.add(element.score(), element.member()));
    tree.checkInvariants();
    assertEquals(expected, range(tree, 0, expected.size()));
    for (int rank = 0; rank < expected.size(); rank++) {
      String member = expected.get(rank).member();
      assertEquals(rank, tree.rank(1, member));
      assertEquals(rank, tree.countBelowMember(member, false));
      assertEquals(rank + 1, tree.countBelowMember(member, true));
    }
  }

  @Test
  void add_infinitiesAndZeros_orderedAsPrimitives() {
    ScoreTree tree = new ScoreTree();
    tree.add(0.0, "b");
    tree.add(-0.0, "a");
    tree.add(-0.0, "c");
    tree.add(Double.POSITIVE_INFINITY, "x");
    tree.add(Double.NEGATIVE_INFINITY, "x");
    List<String> members = new ArrayList<>();
    tree.forEach(0, 5, (score, member) -> members.add(member));
    assertEquals(List.of("x", "a", "b", "c", "x"), members);
    assertEquals(1, tree.countBelow(-0.0, false));
    assertEquals(1, tree.countBelow(0.0, false));
    assertEquals(4, tree.countBelow(-0.0, true));
    assertEquals(0, tree.countBelow(Double.NEGATIVE_INFINITY, false));
    assertEquals(1, tree.countBelow(Double.NEGATIVE_INFINITY, true));
    assertEquals(4, tree.countBelow(Double.POSITIVE_INFINITY, false));
    assertEquals(5, tree.countBelow(Double.POSITIVE_INFINITY, true));
    assertEquals(2, tree.rank(-0.0, "b"));
    assertTrue(tree.remove(-0.0, "b"));
    assertEquals(-1, tree.rank(0.0, "b"));
  }

  @Test
  void add_oneStringWithManyScores_countsAsManyElements() {
    ScoreTree tree = new ScoreTree(4, 4);
    for (int i = 0; i < 200; i++) {
      tree.add((i * 37) % 200, "same");
      tree.checkInvariants();
    }
    for (int i = 0; i < 200; i++) {
      assertEquals(0, tree.rank(i, "same"));
      assertTrue(tree.remove(i, "same"));
      tree.checkInvariants();
    }
    assertEquals(0, tree.size());
  }

  @Test
  void remove_mostOfALeaf_givesTheMemoryBack() {
    ScoreTreeLeaf leaf = new ScoreTreeLeaf(new Object(), 128, 4);
    for (int i = 0; i < 128; i++) {
      leaf.add(i, "m" + i);
      assertTrue(leaf.scores.length <= leaf.count * 9 / 8 + 4, "room: " + leaf.scores.length);
    }
    assertTrue(leaf.isFull());
    for (int i = 0; i < 128; i++) {
      assertTrue(leaf.remove(i, "m" + i));
      assertTrue(leaf.scores.length <= leaf.count * 5 / 4 + 14, "room: " + leaf.scores.length);
      leaf.checkInvariants();
    }
  }

  @Test
  void add_notANumber_isRefused() {
    ScoreTree tree = new ScoreTree();
    assertThrows(AssertionError.class, () -> tree.add(Double.NaN, "a"));
    assertEquals(0, tree.size());
  }

  // Empty trees and ranges out of bounds.

  @Test
  void reads_emptyTree_findNothing() {
    ScoreTree tree = new ScoreTree();
    tree.checkInvariants();
    assertEquals(0, tree.size());
    assertEquals(-1, tree.rank(0, "a"));
    assertEquals(0, tree.countBelow(Double.POSITIVE_INFINITY, true));
    assertEquals(0, tree.countBelowMember("a", true));
    assertFalse(tree.remove(0, "a"));
    assertEquals(List.of(), range(tree, 0, 0));
    assertEquals(List.of(), reverseRange(tree, 0, 0));
    assertFalse(tree.cursorAt(0).next());
    assertFalse(tree.cursorAt(0).previous());
    tree.removeRange(0, 0, null);
    assertEquals(0, tree.freeze().size());
  }

  @Test
  void ranges_outOfBounds_areRefusedAndChangeNothing() {
    ScoreTree tree = ascending(300, 4, 4);
    ScoreVisitor unseen =
        (score, member) -> {
          throw new AssertionError("must not be visited: " + member);
        };
    for (long[] range : new long[][] {{-1, 1}, {2, 1}, {0, 301}, {301, 301}, {300, 1L << 40}}) {
      long from = range[0];
      long to = range[1];
      assertThrows(IndexOutOfBoundsException.class, () -> tree.forEach(from, to, unseen));
      assertThrows(IndexOutOfBoundsException.class, () -> tree.forEachReverse(from, to, unseen));
      assertThrows(IndexOutOfBoundsException.class, () -> tree.removeRange(from, to, unseen));
      assertThrows(IndexOutOfBoundsException.class, () -> tree.removeRange(from, to, null));
    }
    assertThrows(IndexOutOfBoundsException.class, () -> tree.cursorAt(-1));
    assertThrows(IndexOutOfBoundsException.class, () -> tree.cursorAt(301));
    assertThrows(IndexOutOfBoundsException.class, () -> tree.cursorAt(0).moveTo(301));
    tree.checkInvariants();
    assertEquals(300, tree.size());
  }

  // Cursors.

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 5, 300})
  void cursor_fromEveryGap_walksToBothEnds(int size) {
    ScoreTree tree = ascending(size, 4, 4);
    ScoreTree.Cursor cursor = tree.cursorAt(0);
    for (int gap = 0; gap <= size; gap++) {
      cursor.moveTo(gap);
      for (int rank = gap; rank < size; rank++) {
        assertTrue(cursor.next());
        assertEquals(rank, cursor.score());
      }
      assertFalse(cursor.next());
      assertFalse(cursor.next());
      cursor.moveTo(gap);
      for (int rank = gap - 1; rank >= 0; rank--) {
        assertTrue(cursor.previous());
        assertEquals(rank, cursor.score());
        assertEquals("m" + rank, cursor.member());
      }
      assertFalse(cursor.previous());
      assertEquals(0, cursor.rank());
    }
  }

  @Test
  void cursor_endsReached_showsLastElementStill() {
    ScoreTree tree = ascending(9, 4, 4);
    ScoreTree.Cursor cursor = tree.cursorAt(8);
    assertTrue(cursor.next());
    assertFalse(cursor.next());
    assertEquals(8, cursor.score());
    assertTrue(cursor.previous());
    assertEquals(8, cursor.score());
    assertTrue(cursor.previous());
    assertEquals(7, cursor.score());
  }

  // Removal of ranges.

  @ParameterizedTest
  @CsvSource({"4, 4", "6, 5", "128, 128"})
  void removeRange_everyRange_leavesTheRest(int leafCapacity, int branchCapacity) {
    int size = leafCapacity == 128 ? 400 : 90;
    int step = leafCapacity == 128 ? 13 : 1;
    ScoreTree whole = ascending(size, leafCapacity, branchCapacity);
    List<Element> all = range(whole, 0, size);
    for (int from = 0; from <= size; from += step) {
      for (int to = from; to <= size; to += step) {
        ScoreTree tree = whole.freeze();
        List<Element> removed = new ArrayList<>();
        tree.removeRange(from, to, collector(removed));
        tree.checkInvariants();
        assertEquals(all.subList(from, to), removed);
        List<Element> rest = new ArrayList<>(all);
        rest.subList(from, to).clear();
        assertEquals(rest, range(tree, 0, rest.size()));
        assertEquals(rest.size(), tree.size());
      }
    }
    whole.checkInvariants();
    assertEquals(all, range(whole, 0, size));
  }

  @ParameterizedTest
  @CsvSource({"4, 4", "7, 9", "128, 128"})
  void removeRange_largeRanges_keepTheInvariants(int leafCapacity, int branchCapacity) {
    for (long seed = 1; seed <= 100; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      int size = random.nextInt(1, leafCapacity == 128 ? 30_000 : 2000);
      ScoreTree tree = ascending(size, leafCapacity, branchCapacity);
      while (tree.size() > 0) {
        long from = random.nextLong(tree.size());
        long to = random.nextLong(from, tree.size()) + 1;
        double next = to == tree.size() ? size : scoreAt(tree, to);
        tree.removeRange(from, to, null);
        try {
          tree.checkInvariants();
          assertEquals(from, tree.countBelow(next, false));
        } catch (AssertionError | RuntimeException failure) {
          throw new AssertionError("seed " + seed, failure);
        }
      }
      tree.add(1, "again");
      assertEquals(0, tree.rank(1, "again"));
    }
  }

  @Test
  void removeRange_visitorThrows_removesNothing() {
    ScoreTree tree = ascending(300, 4, 4);
    ScoreVisitor failing =
        (score, member) -> {
          if (score == 150) {
            throw new IllegalArgumentException(member);
          }
        };
    assertThrows(IllegalArgumentException.class, () -> tree.removeRange(100, 200, failing));
    tree.checkInvariants();
    assertEquals(300, tree.size());
  }

  // Frozen copies.

  @Test
  void freeze_thousandsOfWritesToEitherSide_otherSideUnchanged() {
    SplittableRandom random = new SplittableRandom(11);
    ScoreTree tree = ascending(20_000, 128, 128);
    List<Element> original = range(tree, 0, 20_000);
    ScoreTree frozen = tree.freeze();
    churn(tree, random, 30_000);
    assertEquals(original, range(frozen, 0, 20_000));
    List<Element> changed = range(tree, 0, (int) tree.size());
    churn(frozen, random, 30_000);
    frozen.removeRange(10, frozen.size() - 10, null);
    assertEquals(changed, range(tree, 0, (int) tree.size()));
    tree.checkInvariants();
    frozen.checkInvariants();
  }

  @Test
  void freeze_severalInARow_eachIsOfItsMoment() {
    ScoreTree tree = new ScoreTree(4, 4);
    List<ScoreTree> moments = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      tree.add(i % 10, "m" + i);
      moments.add(tree.freeze());
    }
    for (int i = 0; i < 500; i++) {
      moments.get(i).checkInvariants();
      assertEquals(i + 1, moments.get(i).size());
      assertTrue(moments.get(i).rank(i % 10, "m" + i) >= 0);
      assertEquals(-1, moments.get(i).rank((i + 1) % 10, "m" + (i + 1)));
    }
    tree.checkInvariants();
  }

  @Test
  void freeze_oneWrite_allocatesThePathAlone() {
    ScoreTree tree = ascending(200_000, 128, 128);
    assertEquals(3, tree.height());
    ScoreTree frozen = tree.freeze();
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long thread = Thread.currentThread().getId();
    long before = threads.getThreadAllocatedBytes(thread);
    tree.remove(100_000, "m100000");
    long allocated = threads.getThreadAllocatedBytes(thread) - before;
    assertTrue(allocated < 20_000, "bytes allocated: " + allocated);
    assertEquals(200_000, frozen.size());
    assertEquals(100_000, frozen.rank(100_000, "m100000"));
  }

  private static void churn(ScoreTree tree, SplittableRandom random, int steps) {
    for (int i = 0; i < steps; i++) {
      long rank = random.nextLong(tree.size());
      ScoreTree.Cursor cursor = tree.cursorAt(rank);
      assertTrue(cursor.next());
      double score = cursor.score();
      String member = cursor.member();
      assertTrue(tree.remove(score, member));
      if (random.nextInt(8) > 0) {
        tree.add(random.nextDouble() * 20_000, member);
      }
    }
  }

  // Building from sorted elements.

  @ParameterizedTest
  @CsvSource({"4, 4", "5, 6", "10, 4"})
  void ofSorted_everySize_isWhole(int leafCapacity, int branchCapacity) {
    for (int size = 0; size <= 600; size++) {
      ScoreTree tree = sorted(size, leafCapacity, branchCapacity);
      tree.checkInvariants();
      assertEquals(size, tree.size());
      assertEquals(size, range(tree, 0, size).size());
      if (size > 0) {
        assertEquals(size - 1, tree.rank(size - 1, "m" + (size - 1)));
        int middle = size / 2;
        assertTrue(tree.remove(middle, "m" + middle));
        tree.add(-1, "first");
        tree.add(size, "last");
        tree.checkInvariants();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 115, 116, 117, 128, 129, 13_456, 13_457, 100_000})
  void ofSorted_nodesAsShipped_isWholeAndWritable(int size) {
    double[] scores = new double[size + 5];
    String[] members = new String[size + 5];
    for (int i = 0; i < size; i++) {
      scores[i] = i - i % 3;
      members[i] = String.format("%06d", i);
    }
    ScoreTree tree = ScoreTree.ofSorted(scores, members, size);
    tree.checkInvariants();
    assertEquals(size, tree.size());
    for (int i = 0; i < size; i += 97) {
      assertEquals(i, tree.rank(scores[i], members[i]));
    }
    for (int i = 0; i < size; i += 3) {
      assertTrue(tree.remove(scores[i], members[i]));
    }
    tree.checkInvariants();
    assertEquals(size - (size + 2) / 3, tree.size());
  }

  @Test
  void ofSorted_notAscending_isRefused() {
    double[] scores = {1, 1, 0};
    String[] members = {"a", "a", "b"};
    assertThrows(AssertionError.class, () -> ScoreTree.ofSorted(scores, members, 2));
    members[1] = "b";
    assertThrows(AssertionError.class, () -> ScoreTree.ofSorted(scores, members, 3));
    scores[2] = Double.NaN;
    assertThrows(AssertionError.class, () -> ScoreTree.ofSorted(scores, members, 3));
    assertEquals(2, ScoreTree.ofSorted(scores, members, 2).size());
  }

  // Help.

  private static ScoreTree ascending(int size, int leafCapacity, int branchCapacity) {
    ScoreTree tree = new ScoreTree(leafCapacity, branchCapacity);
    for (int i = 0; i < size; i++) {
      tree.add(i, "m" + i);
    }
    tree.checkInvariants();
    return tree;
  }

  private static ScoreTree sorted(int size, int leafCapacity, int branchCapacity) {
    double[] scores = new double[size];
    String[] members = new String[size];
    for (int i = 0; i < size; i++) {
      scores[i] = i;
      members[i] = "m" + i;
    }
    return ScoreTree.ofSorted(scores, members, size, leafCapacity, branchCapacity);
  }

  private static double scoreAt(ScoreTree tree, long rank) {
    ScoreTree.Cursor cursor = tree.cursorAt(rank);
    assertTrue(cursor.next());
    return cursor.score();
  }

  private static ScoreVisitor collector(List<Element> target) {
    return (score, member) -> target.add(new Element(score, member));
  }

  private static List<Element> range(ScoreTree tree, int from, int to) {
    List<Element> range = new ArrayList<>();
    tree.forEach(from, to, collector(range));
    return range;
  }

  private static List<Element> reverseRange(ScoreTree tree, int from, int to) {
    List<Element> range = new ArrayList<>();
    tree.forEachReverse(from, to, collector(range));
    return range;
  }

  private static List<Element> reversed(List<Element> elements) {
    List<Element> reversed = new ArrayList<>(elements);
    Collections.reverse(reversed);
    return reversed;
  }

  private static void shuffle(List<Element> elements, SplittableRandom random) {
    for (int i = elements.size() - 1; i > 0; i--) {
      Collections.swap(elements, i, random.nextInt(i + 1));
    }
  }

  private static void assertSame(ScoreTreeModel model, ScoreTree tree) {
    tree.checkInvariants();
    assertEquals(model.size(), tree.size());
    assertEquals(model.list(), range(tree, 0, model.size()));
  }
}
