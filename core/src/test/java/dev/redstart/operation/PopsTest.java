// SPDX-License-Identifier: Apache-2.0
package dev.redstart.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redstart.ListEnd;
import dev.redstart.TimeSource;
import dev.redstart.journal.Journal;
import dev.redstart.keyspace.Access;
import dev.redstart.keyspace.Keyspace;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Taking what was seen before, and taking at once what is there. */
class PopsTest {
  private static final long NO_LIMIT = Long.MAX_VALUE;
  private static final ListEnd LEFT = ListEnd.LEFT;
  private static final ListEnd RIGHT = ListEnd.RIGHT;

  private final Journal journal = new Journal(1 << 20, List.of());
  private final Keyspace keyspace = new Keyspace(16, 1, TimeSource.manual(Instant.EPOCH), journal);
  private final Access access = keyspace.access(0);
  private final ListPops pops = new ListPops(access, List.of("first", "l"), LEFT, 2);
  private final ListMoves moves = new ListMoves(access, "l", "d", LEFT, RIGHT);

  @AfterEach
  void close() {
    keyspace.close();
    journal.close();
  }

  private ListOperations list(String key, String... elements) {
    ListOperations list = new ListOperations(access, key);
    list.push(RIGHT, List.of(elements), false);
    return list;
  }

  private List<String> elements(String key) {
    return new ListOperations(access, key).range(0, -1);
  }

  @Test
  void takeIfSame_asItWasSeen_takes() {
    list("l", "a", "b", "c");
    FirstPops.Taken<List<String>> seen = pops.peek();
    assertNotNull(seen);
    assertEquals("l", seen.key());
    assertEquals(List.of("a", "b"), seen.elements());
    assertTrue(pops.takeIfSame(seen));
    assertEquals(List.of("c"), elements("l"));
  }

  @Test
  void takeIfSame_otherThanSeen_takesNothing() {
    ListOperations list = list("l", "a", "b");
    FirstPops.Taken<List<String>> seen = pops.peek();
    assertNotNull(seen);
    list.set(1, "x");
    assertFalse(pops.takeIfSame(seen));
    assertEquals(List.of("a", "x"), elements("l"));
    list.set(1, "b");
    list("first", "a", "b"); // the same elements, of the key that comes first now
    assertFalse(pops.takeIfSame(seen));
    assertEquals(List.of("a", "b"), elements("first"));
    new KeyOperations(access).delete(List.of("first", "l"));
    assertFalse(pops.takeIfSame(seen));
    assertNull(pops.peek());
  }

  @Test
  void take_elementThere_isTakenAtOnce() throws InterruptedException {
    list("l", "a", "b", "c");
    FirstPops.Taken<List<String>> taken = pops.take(NO_LIMIT);
    assertNotNull(taken);
    assertEquals("l", taken.key());
    assertEquals(List.of("a", "b"), taken.elements());
    assertEquals(List.of("c"), elements("l"));
    list("l", "d", "e"); // nobody waits for it
    assertEquals(List.of("c", "d", "e"), elements("l"));
  }

  @Test
  void putBack_severalElements_standAsBefore() {
    list("l", "a", "b", "c");
    FirstPops.Taken<List<String>> seen = pops.peek();
    assertNotNull(seen);
    assertTrue(pops.takeIfSame(seen));
    pops.putBack(seen);
    assertEquals(List.of("a", "b", "c"), elements("l"));
  }

  @Test
  void moveIfSame_asItWasSeen_moves() {
    list("l", "a", "b");
    assertEquals("a", moves.peek());
    assertTrue(moves.moveIfSame("a"));
    assertEquals(List.of("b"), elements("l"));
    assertEquals(List.of("a"), elements("d"));
    moves.moveBack("a");
    assertEquals(List.of("a", "b"), elements("l"));
    assertEquals(List.of(), elements("d"));
  }

  @Test
  void moveIfSame_otherThanSeen_movesNothing() {
    assertFalse(moves.moveIfSame("a"));
    list("l", "x", "a");
    assertFalse(moves.moveIfSame("a"));
    assertEquals(List.of("x", "a"), elements("l"));
    assertEquals(List.of(), elements("d"));
  }

  @Test
  void move_elementThere_isMovedAtOnce() throws InterruptedException {
    list("l", "a", "b");
    assertEquals("a", moves.take(NO_LIMIT));
    list("l", "c"); // nobody waits for it
    assertEquals(List.of("b", "c"), elements("l"));
    assertEquals(List.of("a"), elements("d"));
  }

  // Edits by index.

  @Test
  void replaceIfSame_otherThanSeen_changesNothing() {
    ListEdits edits = new ListEdits(access, "l");
    assertFalse(edits.replaceIfSame(0, "a", "x"));
    list("l", "a", "b");
    assertFalse(edits.replaceIfSame(0, "b", "x"));
    assertFalse(edits.replaceIfSame(2, "a", "x"));
    assertFalse(edits.replaceIfSame(1, "a", null));
    assertEquals(List.of("a", "b"), elements("l"));
    assertTrue(edits.replaceIfSame(1, "b", "x"));
    assertTrue(edits.replaceIfSame(0, "a", null));
    assertEquals(List.of("x"), elements("l"));
  }

  @Test
  void insert_beyondTheEnd_isRefused() {
    ListEdits edits = new ListEdits(access, "l");
    assertFalse(edits.insert(1, List.of("a")));
    assertTrue(edits.insert(0, List.of("a", "b")));
    assertFalse(edits.insert(3, List.of("x")));
    assertTrue(edits.insert(2, List.of("e")));
    assertTrue(edits.insert(1, List.of("c", "d")));
    assertEquals(List.of("a", "c", "d", "b", "e"), elements("l"));
  }

  @Test
  void removeRange_partlyOrNotThere_removesWhatIs() {
    ListEdits edits = new ListEdits(access, "l");
    edits.removeRange(0, 5);
    list("l", "a", "b", "c", "d");
    edits.removeRange(4, 9);
    edits.removeRange(1, 1);
    assertEquals(List.of("a", "b", "c", "d"), elements("l"));
    edits.removeRange(3, 9);
    edits.removeRange(1, 2);
    assertEquals(List.of("a", "c"), elements("l"));
    edits.removeRange(0, 9);
    assertFalse(new KeyOperations(access).exists("l"));
  }
}
