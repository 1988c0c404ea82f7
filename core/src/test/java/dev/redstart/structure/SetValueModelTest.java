// SPDX-License-Identifier: Apache-2.0
package dev.redstart.structure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redstart.CollidingStrings;
import dev.redstart.TestScale;
import dev.redstart.spi.Binary;
import dev.redstart.structure.SetValue.Form;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SetValueModelTest {
  private static final int SEEDS = TestScale.seeds(6, 40);
  private static final int STEPS = 8_000;
  private static final int PHASE = 2_000;
  private static final List<String> COLLIDING_STRINGS = CollidingStrings.of(2_100);

  /** What the members look like. */
  private enum Members {
    SMALL_NUMBERS(false),
    WIDE_NUMBERS(false),
    TEXTS(true),
    MIXED(true),
    BYTES(true),
    COLLIDING(true);

    private final boolean packs;

    Members(boolean packs) {
      this.packs = packs;
    }

    @Binary
    String next(SplittableRandom random, int number) {
      return switch (this) {
        case SMALL_NUMBERS -> Integer.toString(number - 300);
        case WIDE_NUMBERS -> Long.toString(random.nextLong() >> random.nextInt(64));
        case TEXTS -> "member " + number;
        case MIXED ->
            switch (number % 40) {
              case 0 -> "0" + number; // no number in canonical form
              case 1 -> "-" + number + ".";
              case 2 -> "";
              default -> Integer.toString(number * 7_919);
            };
        case BYTES -> "\u00ff\0" + (char) random.nextInt(256) + (char) random.nextInt(256);
        case COLLIDING -> COLLIDING_STRINGS.get(number);
      };
    }
  }

  @ParameterizedTest
  @EnumSource
  void randomSteps_acrossTheForms_agreeWithTreeSet(Members members) {
    for (long seed = 1; seed <= SEEDS; seed++) {
      try {
        new Run(members, seed).run();
      } catch (AssertionError | RuntimeException failure) {
        throw new AssertionError("seed " + seed + " of " + members, failure);
      }
    }
  }

  /** A set in plain collections, and the form that Redis would have it in. */
  private static final class Model {
    final TreeSet<String> members = new TreeSet<>();
    Form form = Form.NUMBERS;

    Model copy() {
      Model copy = new Model();
      copy.members.addAll(members);
      copy.form = form;
      return copy;
    }

    boolean add(@Binary String member) {
      boolean isNew = !members.contains(member);
      boolean fits = members.size() < 128 && member.length() <= 64;
      if (form == Form.NUMBERS && !isNumber(member)) {
        form = fits ? Form.PACKED : Form.TABLE;
      } else if (form == Form.PACKED && isNew && !fits) {
        form = Form.TABLE;
      } else if (form == Form.NUMBERS && isNew && members.size() >= 512) {
        form = Form.TABLE;
      }
      return members.add(member);
    }

    /** What SADD does before it adds. */
    void expect(List<@Binary String> some) {
      int most = form == Form.NUMBERS && (!members.isEmpty() || isNumber(some.get(0))) ? 512 : 128;
      if (some.size() > most) {
        form = Form.TABLE;
      }
    }

    private static boolean isNumber(@Binary String member) {
      try {
        return Long.toString(Long.parseLong(member)).equals(member);
      } catch (NumberFormatException e) {
        return false;
      }
    }
  }

  /** One sequence of random steps on a set, and on the twins frozen on the way. */
  private static final class Run {
    private final SplittableRandom random;
    private final Members kind;
    private final List<String> universe = new ArrayList<>();
    private final List<SetValue> sets = new ArrayList<>();
    private final List<Model> models = new ArrayList<>();
    private final Set<Form> seen = EnumSet.noneOf(Form.class);
    private SetValue set = new SetValue();
    private Model model = new Model();

    Run(Members kind, long seed) {
      this.random = new SplittableRandom(seed);
      this.kind = kind;
      Set<String> distinct = new HashSet<>();
      int wanted = 600 + random.nextInt(1_500);
      for (int i = 0; i < wanted; i++) {
        distinct.add(kind.next(random, i));
      }
      universe.addAll(distinct);
      Collections.sort(universe);
    }

    void run() {
      seen.add(set.form());
      for (int step = 0; step < STEPS; step++) {
        boolean growing = step / PHASE % 2 == 0;
        int which = random.nextInt(100);
        if (which < (growing ? 65 : 20)) {
          String member = member();
          assertEquals(model.add(member), set.add(member));
        } else if (which < 80) {
          String member = member();
          assertEquals(model.members.remove(member), set.remove(member));
        } else if (which < 96) {
          read();
        } else if (which < 97) {
          retain();
        } else if (which < 98) {
          addMany();
        } else {
          turn();
        }
        assertEquals(model.form, set.form());
        assertEquals(model.members.size(), set.size());
        assertEquals(model.members.isEmpty(), set.isEmpty());
        seen.add(set.form());
        if (step % 50 == 0) {
          assertSame(model, set);
        }
      }
      for (int i = 0; i < sets.size(); i++) {
        assertSame(models.get(i), sets.get(i));
      }
      assertTrue(seen.containsAll(List.of(Form.NUMBERS, Form.TABLE)), "forms met: " + seen);
      assertEquals(kind.packs, seen.contains(Form.PACKED));
    }

    private void addMany() {
      int[] counts = {1, 5, 127, 128, 129, 511, 512, 513};
      List<String> some = new ArrayList<>();
      for (int i = counts[random.nextInt(counts.length)]; i > 0; i--) {
        some.add(member());
      }
      model.expect(some);
      set.expect(some);
      some.forEach(member -> assertEquals(model.add(member), set.add(member)));
    }

    private void read() {
      String member = member();
      assertEquals(model.members.contains(member), set.contains(member));
      assertEquals(model.members.contains(member + "x"), set.contains(member + "x"));
      if (!set.isEmpty()) {
        assertTrue(model.members.contains(set.random(random)));
      }
      int wanted = random.nextInt(10);
      List<String> found = new ArrayList<>();
      set.forEachWhile(
          each -> {
            found.add(each);
            return found.size() < wanted;
          });
      assertEquals(Math.min(Math.max(wanted, 1), model.members.size()), found.size());
      assertTrue(model.members.containsAll(found));
    }

    private void retain() {
      String[] some = new String[1 + random.nextInt(300)];
      for (int i = 0; i < some.length; i++) {
        some[i] = random.nextInt(4) == 0 ? member() + "x" : new String(member().toCharArray());
      }
      int count = random.nextInt(some.length + 1);
      boolean present = random.nextBoolean();
      List<String> expected = new ArrayList<>(Arrays.asList(some).subList(0, count));
      expected.removeIf(each -> model.members.contains(each) != present);
      int kept = set.retain(some, count, present);
      assertEquals(expected, Arrays.asList(some).subList(0, kept));
    }

    /** Freezes and goes on with either side, or goes back to a set from before, or to a new one. */
    private void turn() {
      switch (random.nextInt(4)) {
        case 0 -> {
          SetValue twin = set.freeze();
          boolean goesOn = random.nextBoolean();
          keep(goesOn ? twin : set, model.copy());
          set = goesOn ? set : twin;
        }
        case 1 -> {
          if (!sets.isEmpty()) {
            int other = random.nextInt(sets.size());
            SetValue formerSet = sets.set(other, set);
            Model formerModel = models.set(other, model);
            set = formerSet;
            model = formerModel;
          }
        }
        case 2 -> {
          if (random.nextInt(3) == 0) {
            keep(set, model);
            set = new SetValue();
            model = new Model();
            if (random.nextInt(4) == 0) {
              String member = member() + "\u00fe".repeat(65);
              assertEquals(model.add(member), set.add(member));
            }
          }
        }
        default -> {
          List<String> list = new ArrayList<>(model.members);
          set = SetValue.of(list);
          Model fresh = new Model();
          list.forEach(fresh::add);
          model = fresh;
        }
      }
    }

    private void keep(SetValue keptSet, Model keptModel) {
      sets.add(keptSet);
      models.add(keptModel);
    }

    private @Binary String member() {
      return universe.get(random.nextInt(universe.size()));
    }

    private static void assertSame(Model model, SetValue set) {
      assertEquals(model.form, set.form());
      List<String> found = new ArrayList<>();
      set.forEach(found::add);
      Collections.sort(found);
      assertEquals(new ArrayList<>(model.members), found);
      model.members.forEach(member -> assertTrue(set.contains(member), member));
      List<String> scanned = new ArrayList<>();
      long cursor = 0;
      do {
        cursor = set.scan(cursor, 7, scanned::add);
      } while (cursor != 0);
      Collections.sort(scanned);
      assertEquals(new ArrayList<>(model.members), scanned);
    }
  }
}
