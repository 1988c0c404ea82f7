// SPDX-License-Identifier: Apache-2.0
package dev.redstart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The contract of {@link RList}: removing, popping and moving, without waiting. */
class ListRemoveTest<E> extends Contract<E> {
  private static final ListEnd LEFT = ListEnd.LEFT;
  private static final ListEnd RIGHT = ListEnd.RIGHT;

  private RList<E> list() {
    return list("k");
  }

  private void fill() {
    list("k", "a", "b", "c", "d", "e");
  }

  @Test
  void remove_eachDirection_asInRedis() {
    assertEquals(0, list().remove(0, of("a")));
    list("k", "a", "b", "a", "c", "a", "a");
    assertEquals(0, list().remove(0, of("x")));
    assertEquals(1, list().remove(1, of("a")));
    assertList("k", "b", "a", "c", "a", "a");
    assertEquals(2, list().remove(-2, of("a")));
    assertList("k", "b", "a", "c");
    list().pushLeft(of("a"));
    assertEquals(2, list().remove(Long.MAX_VALUE, of("a")));
    assertList("k", "b", "c");
    list().pushRight(of("b"));
    assertEquals(2, list().remove(Long.MIN_VALUE, of("b")));
    assertEquals(1, list().remove(0, of("c")));
    assertFalse(list().exists());
  }

  @Test
  void trim_eachRange_asInRedis() {
    list().trim(0, 1);
    assertFalse(list().exists());
    fill();
    list().trim(0, -1);
    assertList("k", "a", "b", "c", "d", "e");
    list().trim(1, 100);
    assertList("k", "b", "c", "d", "e");
    list().trim(-4, -2);
    assertList("k", "b", "c", "d");
    list().trim(Long.MIN_VALUE, 1);
    assertList("k", "b", "c");
    list().trim(1, 1);
    assertList("k", "c");
    list().trim(1, 0);
    assertFalse(list().exists());
    for (long[] none : new long[][] {{5, 9}, {-1, -2}, {Long.MAX_VALUE, Long.MIN_VALUE}}) {
      fill();
      list().trim(none[0], none[1]);
      assertFalse(list().exists());
    }
  }

  @Test
  void pop_one_takesFromTheEnds() {
    fill();
    assertValue("a", list().popLeft());
    assertValue("e", list().popRight());
    assertValue("b", list().popLeft());
    assertValue("d", list().popRight());
    assertValue("c", list().popRight());
    assertFalse(list().exists());
    assertNull(list().popLeft());
    assertNull(list().popRight());
  }

  @Test
  void pop_many_areInOrderOfTaking() {
    fill();
    assertEquals(List.of("a", "b"), names(list().popLeft(2)));
    assertEquals(List.of("e", "d"), names(list().popRight(2)));
    assertEquals(List.of(), names(list().popLeft(0)));
    assertEquals(List.of(), names(list().popRight(0)));
    assertList("k", "c");
    assertEquals(List.of("c"), names(list().popLeft(Long.MAX_VALUE)));
    assertEquals(List.of(), names(list().popLeft(5)));
    assertEquals(List.of(), names(list().popRight(Long.MAX_VALUE)));
    assertFalse(list().exists());
  }

  @Test
  void pop_badCount_isRefused() {
    fill();
    assertThrows(IllegalArgumentException.class, () -> list().popLeft(-1));
    assertThrows(IllegalArgumentException.class, () -> list().popRight(Long.MIN_VALUE));
    for (long bad : new long[] {0, -1}) {
      assertThrows(
          IllegalArgumentException.class, () -> list().popFirstNonEmpty(LEFT, bad, List.of()));
    }
    assertEquals(5, list().size());
  }

  @Test
  void pop_large_keepsOrder() {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      names.add("e" + i);
    }
    list().pushRight(names.stream().map(this::of).toList());
    assertEquals(names.subList(0, 400), names(list().popLeft(400)));
    List<String> high = names(list().popRight(400));
    for (int i = 0; i < 400; i++) {
      assertEquals("e" + (999 - i), high.get(i));
    }
    assertList("k", names.subList(400, 600).toArray(String[]::new));
  }

  private @Nullable String popped(@Nullable PoppedElements<E> popped) {
    return popped == null
        ? null
        : popped.key().substring(key("").length()) + " " + names(popped.elements());
  }

  @Test
  void popFirstNonEmpty_firstThatHasSome_isTaken() {
    List<String> others = List.of(key("x"), key("y"), key("z"));
    assertNull(list().popFirstNonEmpty(LEFT, 1, others));
    assertNull(list().popFirstNonEmpty(RIGHT, 1, List.of()));
    list("y", "a", "b", "c");
    list("z", "d");
    assertEquals("y [a]", popped(list().popFirstNonEmpty(LEFT, 1, others)));
    assertEquals("y [c, b]", popped(list().popFirstNonEmpty(RIGHT, 9, others)));
    assertEquals("z [d]", popped(list().popFirstNonEmpty(RIGHT, Long.MAX_VALUE, others)));
    assertNull(list().popFirstNonEmpty(LEFT, 1, others));
    assertEquals(0, store.keys().size());
  }

  @Test
  void popFirstNonEmpty_wrongTypeBeforeTheFirst_isRefused() {
    value("x").set(of("a"));
    list("y", "a", "b");
    assertThrows(
        WrongTypeException.class,
        () -> list().popFirstNonEmpty(LEFT, 1, List.of(key("x"), key("y"))));
    assertEquals(
        "y [a]", popped(list().popFirstNonEmpty(LEFT, 1, List.of(key("y"), key("x"), key("y")))));
  }

  @Test
  void moveTo_eachEnd_moves() {
    assertNull(list().moveTo(key("d"), LEFT, LEFT));
    assertFalse(list("d").exists());
    fill();
    assertValue("a", list().moveTo(key("d"), LEFT, LEFT));
    assertValue("e", list().moveTo(key("d"), RIGHT, LEFT));
    assertValue("b", list().moveTo(key("d"), LEFT, RIGHT));
    assertValue("d", list().moveTo(key("d"), RIGHT, RIGHT));
    assertList("d", "e", "a", "b", "d");
    assertList("k", "c");
    assertValue("c", list().moveTo(key("d"), RIGHT, RIGHT));
    assertFalse(list().exists());
    assertNull(list().moveTo(key("d"), LEFT, LEFT));
    assertList("d", "e", "a", "b", "d", "c");
  }

  @Test
  void moveTo_itself_rotates() {
    assertNull(list().moveTo(key("k"), LEFT, RIGHT));
    assertFalse(list().exists());
    list("k", "a").expireAt(now().plusSeconds(9));
    assertValue("a", list().moveTo(key("k"), LEFT, RIGHT));
    assertDeadline(now().plusSeconds(9), "k");
    list().pushRight(of("b"));
    list().pushRight(of("c"));
    assertValue("a", list().moveTo(key("k"), LEFT, RIGHT));
    assertList("k", "b", "c", "a");
    assertValue("a", list().moveTo(key("k"), RIGHT, LEFT));
    assertValue("a", list().moveTo(key("k"), LEFT, LEFT));
    assertValue("c", list().moveTo(key("k"), RIGHT, RIGHT));
    assertList("k", "a", "b", "c");
  }

  @Test
  void moveTo_wrongType_movesNothing() {
    value("s").set(of("x"));
    fill();
    assertThrows(WrongTypeException.class, () -> list().moveTo(key("s"), LEFT, LEFT));
    assertThrows(WrongTypeException.class, () -> list("s").moveTo(key("k"), LEFT, LEFT));
    assertNull(list("none").moveTo(key("s"), LEFT, LEFT)); // as Redis, which does not look there
    assertList("k", "a", "b", "c", "d", "e");
  }

  @Test
  void moveTo_deadlines_stayWithTheirKeys() {
    fill();
    list().expireAt(now().plusSeconds(5));
    list("d", "x").expireAt(now().plusSeconds(7));
    assertValue("a", list().moveTo(key("d"), LEFT, LEFT));
    assertDeadline(now().plusSeconds(5), "k");
    assertDeadline(now().plusSeconds(7), "d");
    assertValue("b", list().moveTo(key("new"), LEFT, LEFT));
    assertDeadline(null, "new");
  }

  @Test
  void copy_ofAList_isIndependent() {
    fill();
    store.keys().copy(key("k"), key("c"));
    list().popLeft();
    list("c").pushRight(of("f"));
    assertList("k", "b", "c", "d", "e");
    assertList("c", "a", "b", "c", "d", "e", "f");
  }
}
