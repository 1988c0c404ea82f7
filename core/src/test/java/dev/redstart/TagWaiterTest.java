// SPDX-License-Identifier: Apache-2.0
package dev.redstart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Tagged keys that come to somebody who waits, and are empty at once. */
class TagWaiterTest extends EffectsContract {
  private static final String T = "redstart:tag:t";

  private final RTag tag = store.tag("t");

  /** Returns the stream's commands. */
  private List<String> commands() {
    return sink.takeCommands().stream().map(command -> String.join(" ", command)).toList();
  }

  private void fill() {
    store.list("a").pushLeft("x");
    tag.add("a");
    prepared();
  }

  @Test
  void renamedList_thatIsTakenAtOnce_leavesItsTags() throws Exception {
    fill();
    Background<String> taker =
        Background.startBlocked(() -> store.list("b").popLeft(MINUTE.multipliedBy(9)));
    store.keys().rename("a", "b");
    assertEquals("x", taker.get());
    assertEquals(0, store.keys().size());
    assertEquals(Set.of(), tag.keys());
    assertEquals(
        List.of(
            "MULTI",
            "RENAME a b",
            "SADD " + T + " b",
            "SREM " + T + " a",
            "EXEC",
            "MULTI",
            "LPOP b",
            "SREM " + T + " b",
            "EXEC"),
        commands());
  }

  @Test
  void renamedList_thatIsMovedOnInATransaction_leavesItsTags() throws Exception {
    fill();
    store.list("d").pushLeft("y");
    store.tag("u").add("d");
    prepared();
    Background<String> mover =
        Background.startBlocked(
            () -> store.list("b").moveTo("d", ListEnd.LEFT, ListEnd.LEFT, MINUTE.multipliedBy(9)));
    store.atomically(List.of("a", "b"), tx -> tx.keys().rename("a", "b"));
    assertEquals("x", mover.get());
    assertFalse(store.keys().exists("b"));
    assertEquals(List.of("x", "y"), store.list("d").range(0, -1));
    assertEquals(Set.of(), tag.keys());
    assertEquals(Set.of("u"), store.keys().tags("d"));
  }

  @Test
  void listOverATaggedKey_thatIsTakenAtOnce_leavesNothing() throws Exception {
    store.value("b").set("in the way");
    tag.add("b");
    Background<String> taker =
        Background.start(() -> store.list("c").popLeft(MINUTE.multipliedBy(9)));
    taker.awaitBlocked();
    store.atomically(
        List.of("b", "c"),
        tx -> {
          tx.keys().delete("b");
          tx.list("b").pushLeft("x");
          tx.keys().rename("b", "c");
        });
    assertEquals("x", taker.get());
    assertEquals(0, store.keys().size());
  }
}
