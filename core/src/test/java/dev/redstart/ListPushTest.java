// SPDX-License-Identifier: Apache-2.0
package dev.redstart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The contract of {@link RList}: pushing, inserting, setting. */
class ListPushTest<E> extends Contract<E> {
  private RList<E> list() {
    return list("k");
  }

  @Test
  void list_missingKey_isEmpty() {
    assertList("k");
    assertNull(list().get(0));
    assertNull(list().popLeft());
    assertEquals(0, list().size());
    assertEquals(0, store.keys().size());
    assertEquals(KeyType.NONE, store.keys().type(key("k")));
  }

  @Test
  void push_one_createsTheList() {
    assertEquals(1, list().pushLeft(of("b")));
    assertEquals(2, list().pushLeft(of("a")));
    assertEquals(3, list().pushRight(of("c")));
    assertList("k", "a", "b", "c");
    assertEquals(KeyType.LIST, store.keys().type(key("k")));
  }

  @SuppressWarnings("unchecked") // the arrays are only read
  @Test
  void pushLeft_many_reversesThem() {
    assertEquals(3, list().pushLeft(of("a"), of("b"), of("c")));
    assertEquals(5, list().pushLeft(List.of(of("d"), of("e"))));
    assertList("k", "e", "d", "c", "b", "a");
  }

  @SuppressWarnings("unchecked") // the arrays are only read
  @Test
  void pushRight_many_keepsTheirOrder() {
    assertEquals(3, list().pushRight(of("a"), of("b"), of("a")));
    assertEquals(5, list().pushRight(List.of(of("d"), of("e"))));
    assertList("k", "a", "b", "a", "d", "e");
  }

  @SuppressWarnings("unchecked") // there is no array
  @Test
  void push_none_isRefused() {
    assertThrows(IllegalArgumentException.class, () -> list().pushLeft());
    assertThrows(IllegalArgumentException.class, () -> list().pushRight(List.of()));
    assertThrows(IllegalArgumentException.class, () -> list().pushLeftIfPresent(List.of()));
    assertThrows(IllegalArgumentException.class, () -> list().pushRightIfPresent());
    assertFalse(list().exists());
  }

  @SuppressWarnings("unchecked") // the arrays are only read
  @Test
  void pushIfPresent_missingAndThere_pushesToAListOnly() {
    assertEquals(0, list().pushLeftIfPresent(of("a")));
    assertEquals(0, list().pushRightIfPresent(of("a"), of("b")));
    assertFalse(list().exists());
    list("k", "m");
    assertEquals(2, list().pushLeftIfPresent(of("l")));
    assertEquals(3, list().pushRightIfPresent(of("n")));
    assertEquals(5, list().pushLeftIfPresent(of("k"), of("j")));
    assertEquals(7, list().pushRightIfPresent(List.of(of("o"), of("p"))));
    assertList("k", "j", "k", "l", "m", "n", "o", "p");
  }

  @Test
  void push_keyWithADeadline_keepsIt() {
    list("k", "a").expireAt(now().plusSeconds(9));
    list().pushLeft(of("b"));
    assertDeadline(now().plusSeconds(9), "k");
    advance(9_000);
    assertEquals(1, list().pushRight(of("c")));
    assertDeadline(null, "k");
    assertList("k", "c");
  }

  @Test
  void insert_besideThePivot_findsTheFirst() {
    assertEquals(0, list().insertBefore(of("a"), of("x")));
    assertEquals(0, list().insertAfter(of("a"), of("x")));
    assertFalse(list().exists());
    list("k", "a", "b", "a");
    assertEquals(-1, list().insertBefore(of("y"), of("x")));
    assertEquals(-1, list().insertAfter(of("y"), of("x")));
    assertEquals(4, list().insertBefore(of("a"), of("0")));
    assertEquals(5, list().insertAfter(of("a"), of("1")));
    assertEquals(6, list().insertBefore(of("b"), of("2")));
    list().remove(-1, of("a"));
    assertEquals(6, list().insertAfter(of("b"), of("z")));
    assertList("k", "0", "a", "1", "2", "b", "z");
  }

  @Test
  void set_eachIndex_replaces() {
    list("k", "a", "b", "c");
    list().set(0, of("x"));
    list().set(-1, of("z"));
    list().set(1, of("y"));
    assertList("k", "x", "y", "z");
    list().set(-3, of("a rather long element"));
    list().set(2, of("z"));
    assertList("k", "a rather long element", "y", "z");
  }

  @Test
  void set_noSuchElement_isRefused() {
    assertThrows(NoSuchKeyException.class, () -> list().set(0, of("x")));
    list("k", "a", "b");
    for (long bad : new long[] {2, -3, Long.MAX_VALUE, Long.MIN_VALUE}) {
      IndexOutOfBoundsException refused =
          assertThrows(IndexOutOfBoundsException.class, () -> list().set(bad, of("x")));
      assertEquals("index must be within a list of 2: " + bad, refused.getMessage());
    }
    assertList("k", "a", "b");
  }

  @Test
  void push_thousands_keepsTheOrder() {
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 1500; i++) {
      expected.add("e" + i);
    }
    list().pushRight(expected.subList(700, 1500).stream().map(this::of).toList());
    for (int i = 699; i >= 0; i--) {
      list().pushLeft(of("e" + i));
    }
    assertList("k", expected.toArray(String[]::new));
    assertValue("e1234", list().get(1234));
    assertValue("e1234", list().get(-266));
    for (int i = 0; i < 1500; i += 3) {
      expected.set(i, "f" + i);
      list().set(i, of("f" + i));
    }
    assertList("k", expected.toArray(String[]::new));
  }

  @Test
  void list_referenceCodec_isRefused() {
    Codec<E> reference = Codec.reference(content.codec());
    assertThrows(IllegalArgumentException.class, () -> store.list(key("k"), reference));
  }
}
