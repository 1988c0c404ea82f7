// SPDX-License-Identifier: Apache-2.0
package dev.redstart.structure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redstart.structure.ScoreTreeModel.Element;
import dev.redstart.structure.ScoreTreeModel.Scores;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PackedScoresTest {
  // Random steps.

  @ParameterizedTest
  @EnumSource
  void randomSteps_growingAndShrinking_agreeWithModel(Scores scores) {
    for (long seed = 1; seed <= 10; seed++) {
      try {
        new Run(scores, seed).run(3000);
      } catch (AssertionError | RuntimeException failure) {
        throw new AssertionError("seed " + seed + " of " + scores, failure);
      }
    }
  }

  /** One sequence of random steps on a set, and on the copies frozen on the way. */
  private static final class Run {
    private final SplittableRandom random;
    private final Scores scores;
    private final List<PackedScores> sets = new ArrayList<>();
    private final List<ScoreTreeModel> models = new ArrayList<>();
    private PackedScores set = new PackedScores();
    private ScoreTreeModel model = new ScoreTreeModel();

    Run(Scores scores, long seed) {
      this.random = new SplittableRandom(seed);
      this.scores = scores;
      sets.add(set);
      models.add(model);
    }

    void run(int steps) {
      for (int step = 0; step < steps; step++) {
        boolean growing = step / 500 % 2 == 0;
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
        assertTight(set);
        if (step % 20 == 0) {
          assertSame(model, set);
        }
      }
      for (int i = 0; i < sets.size(); i++) {
        assertSame(models.get(i), sets.get(i));
      }
    }

    private void add() {
      double score = scores.next(random);
      String member = ScoreTreeModel.nextMember(random);
      if (random.nextInt(20) == 0) {
        member = member.concat("\u00fe".repeat(random.nextInt(300)));
      }
      String added = member;
      if (model.add(score, added)) {
        set.add(score, added);
      } else {
        assertThrows(AssertionError.class, () -> set.add(score, added));
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
      assertEquals(model.remove(score, member), set.remove(score, member));
    }

    private void removeRange() {
      int from = random.nextInt(model.size() + 1);
      int limit = random.nextInt(4) == 0 ? model.size() : Math.min(model.size(), from + 10);
      int to = random.nextInt(from, limit + 1);
      List<Element> removed = new ArrayList<>();
      set.removeRange(from, to, (score, member) -> removed.add(new Element(score, member)));
      assertEquals(model.removeRange(from, to), removed);
    }

    /** Freezes, and goes on with any of the sets so far: all of them are written sometimes. */
    private void turn() {
      if (sets.size() < 6) {
        sets.add(set.freeze());
        models.add(model.copy());
      }
      int next = random.nextInt(sets.size());
      set = sets.get(next);
      model = models.get(next);
      assertSame(model, set);
    }

    private void read() {
      double score = scores.next(random);
      String member = ScoreTreeModel.nextMember(random);
      boolean inclusive = random.nextBoolean();
      assertEquals(model.rank(score, member), set.rank(score, member));
      assertEquals(model.countBelow(score, inclusive), set.countBelow(score, inclusive));
      int below = set.countBelowMember(member, inclusive);
      assertTrue(below >= 0 && below <= set.size());
      if (scores == Scores.EQUAL) {
        assertEquals(model.countBelowMember(member, inclusive), below);
      }
      List<Element> all = model.list();
      boolean present = all.stream().anyMatch(element -> element.member().equals(member));
      assertEquals(present, set.find(member) >= 0);
      int from = random.nextInt(all.size() + 1);
      int to = random.nextInt(from, all.size() + 1);
      assertEquals(all.subList(from, to), range(set, from, to));
      List<Element> reverse = new ArrayList<>();
      set.forEachReverse(from, to, (s, m) -> reverse.add(new Element(s, m)));
      Collections.reverse(reverse);
      assertEquals(all.subList(from, to), reverse);
    }
  }

  // Positions.

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 127, 128, 300, 16_383, 16_384, 2_097_151, 2_097_152})
  void add_memberOfLength_isFoundAndRead(int length) {
    PackedScores set = new PackedScores();
    set.add(2, "x");
    String member = "\u0080\u00ff\0".repeat(length / 3 + 1).substring(0, length);
    set.add(1, member);
    set.add(3, "y");
    int position = set.find(member);
    assertEquals(0, position);
    assertEquals(1, set.scoreAt(position));
    assertEquals(member, set.memberAt(position));
    assertEquals(set.find("x"), set.next(position));
    assertEquals(0, set.rank(1, member));
    set.removeAt(position);
    assertEquals(-1, set.find(member));
    assertEquals(List.of(new Element(2, "x"), new Element(3, "y")), range(set, 0, 2));
    assertTight(set);
  }

  @Test
  void positions_everyRank_agreeWithRanks() {
    PackedScores set = ascending(1000);
    int position = 0;
    for (int rank = 0; rank < 1000; rank++) {
      assertEquals(position, set.positionOf(rank));
      assertEquals(rank, set.rankAt(position));
      assertEquals(position, set.find("m" + rank));
      assertEquals("m" + rank, set.memberAt(position));
      assertEquals(rank, set.scoreAt(position));
      position = set.next(position);
    }
    assertEquals(set.bytes(), position);
    assertEquals(set.bytes(), set.positionOf(1000));
    assertEquals(1000, set.rankAt(position));
  }

  @Test
  void find_allByteValues_findsEach() {
    PackedScores set = new PackedScores();
    set.add(256, "");
    for (int value = 0; value < 256; value++) {
      set.add(value, "" + (char) value);
    }
    assertEquals("", set.memberAt(set.find("")));
    for (int value = 0; value < 256; value++) {
      assertEquals(value, set.scoreAt(set.find("" + (char) value)));
    }
    assertEquals(-1, set.find("\u0100"));
    assertEquals(-1, set.find("\0\0"));
  }

  @Test
  void add_allByteValues_orderedAsUnsignedBytes() {
    PackedScores set = new PackedScores();
    for (int value = 255; value >= 0; value--) {
      set.add(-0.0, (char) value + "\0");
      set.add(0.0, "" + (char) value);
    }
    set.add(0, "");
    for (int rank = 1; rank < 513; rank += 2) {
      assertEquals("" + (char) (rank / 2), set.memberAt(set.positionOf(rank)));
      assertEquals((char) (rank / 2) + "\0", set.memberAt(set.positionOf(rank + 1)));
      assertEquals(rank, set.countBelowMember("" + (char) (rank / 2), false));
      assertEquals(rank + 1, set.countBelowMember("" + (char) (rank / 2), true));
    }
  }

  // Refusals.

  @Test
  void reads_emptySet_findNothing() {
    PackedScores set = new PackedScores();
    assertEquals(0, set.size());
    assertEquals(0, set.bytes());
    assertEquals(-1, set.find(""));
    assertEquals(-1, set.rank(0, ""));
    assertFalse(set.remove(0, ""));
    assertEquals(0, set.positionOf(0));
    assertEquals(List.of(), range(set, 0, 0));
    set.removeRange(0, 0, null);
    assertEquals(0, set.freeze().size());
  }

  @Test
  void ranges_outOfBounds_areRefusedAndChangeNothing() {
    PackedScores set = ascending(30);
    ScoreVisitor unseen =
        (score, member) -> {
          throw new AssertionError("must not be visited: " + member);
        };
    for (int[] range : new int[][] {{-1, 1}, {2, 1}, {0, 31}, {31, 31}}) {
      int from = range[0];
      int to = range[1];
      assertThrows(IndexOutOfBoundsException.class, () -> set.forEach(from, to, unseen));
      assertThrows(IndexOutOfBoundsException.class, () -> set.forEachReverse(from, to, unseen));
      assertThrows(IndexOutOfBoundsException.class, () -> set.removeRange(from, to, unseen));
    }
    assertThrows(IndexOutOfBoundsException.class, () -> set.positionOf(-1));
    assertThrows(IndexOutOfBoundsException.class, () -> set.positionOf(31));
    assertThrows(AssertionError.class, () -> set.add(Double.NaN, "a"));
    assertEquals(30, set.size());
    assertEquals(30, range(set, 0, 30).size());
  }

  @Test
  void removeRange_visitorThrows_removesNothing() {
    PackedScores set = ascending(30);
    ScoreVisitor failing =
        (score, member) -> {
          if (score == 15) {
            throw new IllegalArgumentException(member);
          }
        };
    assertThrows(IllegalArgumentException.class, () -> set.removeRange(10, 20, failing));
    assertEquals(30, range(set, 0, 30).size());
  }

  // Frozen copies and memory.

  @Test
  void freeze_writesToEitherSide_otherSideUnchanged() {
    PackedScores set = ascending(100);
    List<Element> original = range(set, 0, 100);
    PackedScores frozen = set.freeze();
    set.removeAt(0);
    assertEquals(original, range(frozen, 0, 100));
    set.add(1000, "z");
    List<Element> changed = range(set, 0, 100);
    frozen.removeRange(0, 99, null);
    frozen.add(0, "a");
    assertEquals(changed, range(set, 0, 100));
    assertEquals(List.of(new Element(0, "a"), new Element(99, "m99")), range(frozen, 0, 2));
  }

  @Test
  void freeze_unwrittenSides_shareOneArray() {
    PackedScores set = ascending(100);
    PackedScores first = set.freeze();
    PackedScores second = first.freeze();
    first.add(-1, "x");
    assertEquals(100, second.size());
    assertEquals(100, set.size());
    set.add(-1, "y");
    assertEquals(range(second, 0, 100), range(set, 1, 101));
    assertEquals(range(second, 0, 100), range(first, 1, 101));
  }

  @Test
  void removeRange_mostOfALargeSet_givesTheMemoryBack() {
    PackedScores set = ascending(5000);
    assertTight(set);
    set.removeRange(1, 5000, null);
    assertTight(set);
    assertTrue(set.remove(0, "m0"));
    assertTight(set);
    assertEquals(0, set.bytes());
  }

  // Help.

  private static PackedScores ascending(int size) {
    PackedScores set = new PackedScores();
    for (int i = 0; i < size; i++) {
      set.add(i, "m" + i);
    }
    return set;
  }

  private static List<Element> range(PackedScores set, int from, int to) {
    List<Element> range = new ArrayList<>();
    set.forEach(from, to, (score, member) -> range.add(new Element(score, member)));
    return range;
  }

  private static void assertSame(ScoreTreeModel model, PackedScores set) {
    assertEquals(model.size(), set.size());
    assertEquals(model.list(), range(set, 0, model.size()));
    int bytes = 0;
    for (Element element : model.list()) {
      bytes += 8 + (element.member().length() < 128 ? 1 : 2) + element.member().length();
    }
    assertEquals(bytes, set.bytes());
  }

  private static void assertTight(PackedScores set) {
    int spare = set.capacity() - set.bytes();
    assertTrue(spare >= 0 && spare <= set.bytes() / 4 + 64, "spare bytes: " + spare);
  }
}
