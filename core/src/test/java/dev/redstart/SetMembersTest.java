// SPDX-License-Identifier: Apache-2.0
package dev.redstart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The contract of {@link RSet}: adding, removing, looking, moving. */
class SetMembersTest<E> extends Contract<E> {
  private RSet<E> set() {
    return set("k");
  }

  private List<E> some(String... names) {
    List<E> list = new ArrayList<>();
    for (String name : names) {
      list.add(of(name));
    }
    return list;
  }

  @Test
  void add_newOrThere_tells() {
    assertTrue(set().add(of("a")));
    assertFalse(set().add(of("a")));
    assertTrue(set().add(of("b")));
    assertMembers("k", "a", "b");
    assertEquals(KeyType.SET, store.keys().type(key("k")));
  }

  @Test
  void add_manyInACollection_counts() {
    assertEquals(3, set().add(some("a", "b", "c")));
    assertEquals(1, set().add(some("a", "d", "d", "b")));
    assertEquals(0, set().add(some("a", "d")));
    assertMembers("k", "a", "b", "c", "d");
  }

  @SuppressWarnings("unchecked") // the arrays are only read
  @Test
  void add_manyInAnArray_counts() {
    assertEquals(2, set().add(of("a"), of("b")));
    assertEquals(1, set().add(of("b"), of("c"), of("c")));
    assertMembers("k", "a", "b", "c");
    assertThrows(IllegalArgumentException.class, () -> set().add());
  }

  @Test
  void add_nothing_isRefused() {
    assertThrows(IllegalArgumentException.class, () -> set().add(List.of()));
    assertFalse(set().exists());
  }

  @Test
  void add_acrossEveryForm_keepsAll() {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      names.add("m" + i);
      assertTrue(set().add(of("m" + i)));
      assertTrue(set().contains(of("m" + i)));
    }
    assertMembers("k", names.toArray(String[]::new));
    for (int i = 0; i < 1_000; i++) {
      assertTrue(set().remove(of("m" + i)));
    }
    assertFalse(set().exists());
  }

  @SuppressWarnings("unchecked") // the arrays are only read
  @Test
  void remove_someOrAll_removesTheKeyAtLast() {
    set("k", "a", "b", "c", "d");
    assertTrue(set().remove(of("a")));
    assertFalse(set().remove(of("a")));
    assertEquals(1, set().removeAll(of("b"), of("x"), of("b")));
    assertMembers("k", "c", "d");
    assertEquals(0, set().removeAll(some("x", "y")));
    assertEquals(2, set().removeAll(some("d", "c", "x")));
    assertFalse(set().exists());
    assertFalse(set().remove(of("c")));
    assertEquals(0, set().removeAll(some("c")));
    assertThrows(IllegalArgumentException.class, () -> set().removeAll(List.of()));
    assertThrows(IllegalArgumentException.class, () -> set().removeAll());
  }

  @Test
  void contains_eachWay_tells() {
    assertFalse(set().contains(of("a")));
    assertEquals(List.of(false, false), set().containsEach(some("a", "b")));
    set("k", "a", "c");
    assertTrue(set().contains(of("a")));
    assertFalse(set().contains(of("b")));
    assertFalse(set().contains(of("")));
    assertEquals(List.of(true, false, true, true), set().containsEach(some("a", "b", "c", "a")));
    assertThrows(IllegalArgumentException.class, () -> set().containsEach(List.of()));
  }

  @Test
  void members_changed_areACopy() {
    assertEquals(Set.of(), set().members());
    assertEquals(0, set().size());
    set("k", "a", "b");
    Set<E> members = set().members();
    members.clear();
    assertMembers("k", "a", "b");
  }

  @Test
  void moveTo_memberThere_moves() {
    set("k", "a", "b");
    assertTrue(set().moveTo(key("l"), of("a")));
    assertMembers("k", "b");
    assertMembers("l", "a");
    set("k", "a");
    assertTrue(set().moveTo(key("l"), of("a")));
    assertMembers("k", "b");
    assertMembers("l", "a");
    assertTrue(set().moveTo(key("l"), of("b")));
    assertFalse(set().exists());
    assertMembers("l", "a", "b");
  }

  @Test
  void moveTo_memberMissing_changesNothing() {
    assertFalse(set().moveTo(key("l"), of("a")));
    set("k", "a");
    assertFalse(set().moveTo(key("l"), of("b")));
    assertFalse(set("l").exists());
    assertMembers("k", "a");
  }

  @Test
  void moveTo_itself_changesNothing() {
    set("k", "a");
    set().expire(Duration.ofMinutes(1));
    assertTrue(set().moveTo(key("k"), of("a")));
    assertFalse(set().moveTo(key("k"), of("b")));
    assertMembers("k", "a");
    assertDeadline(now().plusSeconds(60), "k");
  }

  @Test
  void moveTo_deadlines_stay() {
    set("k", "a", "b").expire(Duration.ofMinutes(1));
    set("l", "c").expire(Duration.ofMinutes(2));
    assertTrue(set().moveTo(key("l"), of("a")));
    assertDeadline(now().plusSeconds(60), "k");
    assertDeadline(now().plusSeconds(120), "l");
    advance(60_000);
    assertFalse(set().moveTo(key("l"), of("b")));
    assertMembers("l", "a", "c");
  }

  @Test
  void moveTo_wrongType_isRefusedUnlessThereIsNothingToMove() {
    value("v").set(of("x"));
    assertFalse(set().moveTo(key("v"), of("a")));
    set("k", "a");
    assertThrows(WrongTypeException.class, () -> set().moveTo(key("v"), of("a")));
    assertThrows(WrongTypeException.class, () -> set().moveTo(key("v"), of("b")));
    assertThrows(WrongTypeException.class, () -> set("v").moveTo(key("k"), of("a")));
    assertMembers("k", "a");
    assertValue("x", value("v").get());
  }

  @Test
  void deadline_changes_leaveIt() {
    set("k", "a", "b", "c").expire(Duration.ofMinutes(1));
    set().add(of("d"));
    set().remove(of("a"));
    set().pop();
    assertDeadline(now().plusSeconds(60), "k");
    advance(60_000);
    assertFalse(set().exists());
    assertEquals(0, set().size());
    assertTrue(set().add(of("a")));
    assertDeadline(null, "k");
  }

  @Test
  void copy_changedOnEitherSide_leavesTheOther() {
    for (int size : new int[] {3, 100, 1_000}) {
      store.keys().flush();
      for (int i = 0; i < size; i++) {
        set().add(of("m" + i));
      }
      assertTrue(store.keys().copy(key("k"), key("n")));
      set().remove(of("m1"));
      set("n").add(of("new"));
      set("n").remove(of("m2"));
      assertEquals(size - 1, set().size());
      assertEquals(size, set("n").size());
      assertEquals(List.of(false, true, false), set().containsEach(some("m1", "m2", "new")));
      assertEquals(List.of(true, false, true), set("n").containsEach(some("m1", "m2", "new")));
    }
  }

  @Test
  void sort_members_areInOrderOfTheirBytes() {
    set("k", "c", "a", "", "b", "ab");
    SortOptions texts = SortOptions.ascending().alphabetic();
    List<E> sorted = store.keys().sort(key("k"), texts, content.codec());
    assertEquals(List.of("", "a", "ab", "b", "c"), names(sorted));
    sorted = store.keys().sort(key("k"), texts.reversed().limit(1, 2), content.codec());
    assertEquals(List.of("b", "ab"), names(sorted));
  }

  @Test
  void wrongType_bothWays_isRefused() {
    value("v").set(of("x"));
    sortedSet("z", "a 1");
    set("k", "a");
    for (String other : List.of("v", "z")) {
      assertThrows(WrongTypeException.class, () -> set(other).add(of("a")));
      assertThrows(WrongTypeException.class, () -> set(other).members());
      assertThrows(WrongTypeException.class, () -> set(other).pop(0));
      assertThrows(WrongTypeException.class, () -> set(other).random(0));
    }
    assertThrows(WrongTypeException.class, () -> set().union(key("z")));
    assertThrows(WrongTypeException.class, () -> value("k").get());
    assertThrows(WrongTypeException.class, () -> sortedSet("k").add(of("a"), 1));
    assertMembers("k", "a");
  }
}
