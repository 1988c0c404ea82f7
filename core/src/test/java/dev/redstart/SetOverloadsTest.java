// SPDX-License-Identifier: Apache-2.0
package dev.redstart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The usual calls of {@link RSet#add} and what they mean: one member, or several. */
class SetOverloadsTest {
  private final Store store = Store.open();

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void add_texts_areOneOrMany() {
    RSet<String> set = store.set("p");
    boolean one = set.add("a");
    assertTrue(one);
    long two = set.add("b", "c");
    assertEquals(2, two);
    long array = set.add(new String[] {"d", "a"});
    assertEquals(1, array);
    long collection = set.add(new ArrayDeque<>(List.of("e", "f", "g")));
    assertEquals(3, collection);
    assertFalse(set.add("a"));
    assertEquals(Set.of("a", "b", "c", "d", "e", "f", "g"), set.members());
    boolean removed = set.remove("a");
    assertTrue(removed);
    assertEquals(2, set.removeAll("b", "c", "x"));
    assertEquals(2, set.removeAll(Set.of("d", "e")));
  }

  @Test
  void add_numbers_areOneOrMany() {
    RSet<Long> set = store.set("p", Codec.longs());
    boolean one = set.add(1L);
    assertTrue(one);
    assertEquals(2, set.add(2L, 3L, 1L));
    assertEquals(1, set.add(List.of(3L, 4L)));
    assertTrue(set.contains(4L));
    assertEquals(Set.of(1L, 2L, 3L, 4L), set.members());
  }

  @Test
  void add_arraysOfBytes_areOneEach() {
    RSet<byte[]> set = store.set("p", Codec.bytes());
    byte[] bytes = {1, 2, 3};
    boolean one = set.add(bytes);
    assertTrue(one);
    assertEquals(1, set.add(bytes, new byte[] {4}));
    assertEquals(2, set.add(List.of(new byte[] {5}, new byte[] {6})));
    assertEquals(4, set.size());
    assertTrue(set.contains(new byte[] {1, 2, 3}));
  }

  @Test
  void add_lists_areMembersOfASetOfLists() {
    RSet<List<String>> set = store.set("p", new ListCodec());
    boolean one = set.add(List.of("a", "b"));
    assertTrue(one);
    assertEquals(1, set.add(List.of(List.of("a", "b"), List.of("c"))));
    assertEquals(Set.of(List.of("a", "b"), List.of("c")), set.members());
  }

  /** Lists of texts, with commas between them. */
  private static final class ListCodec implements Codec<List<String>> {
    @Override
    public byte[] encode(List<String> object) {
      return Codec.text().encode(String.join(",", object));
    }

    @Override
    public List<String> decode(byte[] bytes) {
      return List.of(Codec.text().decode(bytes).split(",", -1));
    }
  }
}
