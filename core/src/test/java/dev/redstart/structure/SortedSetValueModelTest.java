// SPDX-License-Identifier: Apache-2.0
package dev.redstart.structure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redstart.TestScale;
import dev.redstart.spi.Binary;
import dev.redstart.structure.ScoreTreeModel.Element;
import dev.redstart.structure.ScoreTreeModel.Scores;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SortedSetValueModelTest {
  private static final int SEEDS = TestScale.seeds(6, 40);
  private static final int STEPS = 6_000;

  @ParameterizedTest
  @EnumSource
  void randomSteps_acrossTheForms_agreeWithTreeSet(Scores scores) {
    for (long seed = 1; seed <= SEEDS; seed++) {
      try {
        new Run(scores, seed).run();
      } catch (AssertionError | RuntimeException failure) {
        throw new AssertionError("seed " + seed + " of " + scores, failure);
      }
    }
  }

  /** A sorted set in plain collections. */
  private static final class Model {
    final Map<String, Double> scores = new HashMap<>();
    final TreeSet<Element> elements = new TreeSet<>();
    boolean packed = true;

    Model copy() {
      Model copy = new Model();
      copy.scores.putAll(scores);
      copy.elements.addAll(elements);
      copy.packed = packed;
      return copy;
    }

    double put(@Binary String member, double score) {
      double before = scores.getOrDefault(member, Double.NaN);
      if (Double.isNaN(before)) {
        packed &= scores.size() < 128 && member.length() <= 64;
      }
      if (before != score) {
        double kept = packed ? score + 0.0 : score; // the small form knows no negative zero
        elements.remove(new Element(before, member));
        elements.add(new Element(kept, member));
        scores.put(member, kept);
      }
      return before;
    }

    double remove(@Binary String member) {
      Double before = scores.remove(member);
      if (before == null) {
        return Double.NaN;
      }
      elements.remove(new Element(before, member));
      return before;
    }

    List<Element> list() {
      return new ArrayList<>(elements);
    }
  }

  /** One sequence of random steps on a set, and on the twins frozen on the way. */
  private static final class Run {
    private final SplittableRandom random;
    private final Scores scores;
    private final List<SortedSetValue> sets = new ArrayList<>();
    private final List<Model> models = new ArrayList<>();
    private final List<String> members = new ArrayList<>();
    private SortedSetValue set = new SortedSetValue();
    private Model model = new Model();
    private boolean wasPacked;
    private boolean wasLarge;

    Run(Scores scores, long seed) {
      this.random = new SplittableRandom(seed);
      this.scores = scores;
      Set<String> distinct = new HashSet<>(List.of(""));
      int universe = 200 + random.nextInt(1_300);
      while (distinct.size() < universe) {
        distinct.add(ScoreTreeModel.nextMember(random) + distinct.size());
      }
      members.addAll(distinct);
      Collections.sort(members);
    }

    void run() {
      for (int step = 0; step < STEPS; step++) {
        boolean growing = step / 1_500 % 2 == 0;
        int kind = random.nextInt(100);
        if (kind < (growing ? 60 : 25)) {
          put();
        } else if (kind < 75) {
          String member = member();
          assertEquals(model.remove(member), set.remove(member));
        } else if (kind < 97) {
          read();
        } else if (kind < 98) {
          removeRange();
        } else {
          turn();
        }
        check(step % 50 == 0);
      }
      for (int i = 0; i < sets.size(); i++) {
        assertSame(models.get(i), sets.get(i));
      }
      assertTrue(wasPacked && wasLarge, "one form only");
    }

    private void check(boolean all) {
      assertEquals(model.scores.size(), set.size());
      assertEquals(model.scores.isEmpty(), set.isEmpty());
      assertEquals(model.packed, set.isPacked());
      wasPacked |= set.isPacked();
      wasLarge |= !set.isPacked();
      if (all) {
        assertSame(model, set);
      }
    }

    private void put() {
      String member = member();
      if (random.nextInt(2_000) == 0) {
        member += "\u00fe".repeat(65);
      }
      double score = scores.next(random);
      assertEquals(model.put(member, score), set.put(member, score));
    }

    private void read() {
      String member = member();
      double score = model.scores.getOrDefault(member, Double.NaN);
      assertEquals(score, set.score(member));
      if (!Double.isNaN(score)) {
        Element element = new Element(score, member);
        assertEquals(model.elements.headSet(element).size(), set.rank(score, member));
      }
      double bound = scores.next(random);
      boolean inclusive = random.nextBoolean();
      long below =
          model.elements.stream()
              .filter(each -> each.score() < bound || (inclusive && each.score() == bound))
              .count();
      assertEquals(below, set.countBelow(bound, inclusive));
      if (scores == Scores.EQUAL) {
        long belowMember =
            model.elements.stream()
                .filter(each -> each.member().compareTo(member) < (inclusive ? 1 : 0))
                .count();
        assertEquals(belowMember, set.countBelowMember(member, inclusive));
      }
      readRange();
    }

    private void readRange() {
      int from = random.nextInt(model.scores.size() + 1);
      int to = from + random.nextInt(model.scores.size() - from + 1);
      List<Element> expected = model.list().subList(from, to);
      assertEquals(expected, range(from, to));
      List<Element> reverse = new ArrayList<>();
      set.forEachReverse(from, to, (each, name) -> reverse.add(new Element(each, name)));
      Collections.reverse(reverse);
      assertEquals(expected, reverse);
    }

    private List<Element> range(int from, int to) {
      List<Element> found = new ArrayList<>();
      set.forEach(from, to, (score, member) -> found.add(new Element(score, member)));
      return found;
    }

    private void removeRange() {
      int from = random.nextInt(model.scores.size() + 1);
      int most = Math.min(model.scores.size() - from, random.nextInt(8) == 0 ? 5_000 : 20);
      int to = from + random.nextInt(most + 1);
      List<Element> expected = new ArrayList<>(model.list().subList(from, to));
      expected.forEach(each -> model.remove(each.member()));
      if (random.nextBoolean()) {
        List<Element> removed = new ArrayList<>();
        set.removeRange(from, to, (score, member) -> removed.add(new Element(score, member)));
        assertEquals(expected, removed);
      } else {
        set.removeRange(from, to, null);
      }
    }

    /** Freezes and goes on with either side, or goes back to a set from before, or to a new one. */
    private void turn() {
      switch (random.nextInt(4)) {
        case 0 -> {
          SortedSetValue twin = set.freeze();
          boolean goesOn = random.nextBoolean();
          keep(goesOn ? twin : set, model.copy());
          set = goesOn ? set : twin;
        }
        case 1 -> {
          if (!sets.isEmpty()) {
            int other = random.nextInt(sets.size());
            SortedSetValue formerSet = sets.set(other, set);
            Model formerModel = models.set(other, model);
            set = formerSet;
            model = formerModel;
          }
        }
        case 2 -> {
          if (random.nextInt(4) == 0) {
            keep(set, model);
            set = new SortedSetValue();
            model = new Model();
          }
        }
        default -> {
          List<Element> list = model.list();
          double[] sorted = list.stream().mapToDouble(Element::score).toArray();
          String[] names = list.stream().map(Element::member).toArray(String[]::new);
          set = SortedSetValue.ofSorted(sorted, names, names.length);
          Model copy = new Model();
          copy.packed =
              names.length <= 128 && list.stream().allMatch(each -> each.member().length() <= 64);
          boolean packs = copy.packed;
          list.forEach(each -> copy.put(each.member(), each.score()));
          assertEquals(packs, copy.packed);
          model = copy;
        }
      }
    }

    private void keep(SortedSetValue keptSet, Model keptModel) {
      sets.add(keptSet);
      models.add(keptModel);
    }

    private @Binary String member() {
      return members.get(random.nextInt(members.size()));
    }

    private static void assertSame(Model model, SortedSetValue set) {
      assertEquals(model.packed, set.isPacked());
      List<Element> found = new ArrayList<>();
      set.forEach(0, set.size(), (score, member) -> found.add(new Element(score, member)));
      assertEquals(model.list(), found);
      model.scores.forEach((member, score) -> assertEquals(score, set.score(member)));
      List<String> scanned = new ArrayList<>();
      long cursor = 0;
      do {
        cursor = set.scan(cursor, 7, scanned::add);
      } while (cursor != 0);
      Collections.sort(scanned);
      List<String> expected = new ArrayList<>(model.scores.keySet());
      Collections.sort(expected);
      assertEquals(expected, scanned);
    }
  }
}
