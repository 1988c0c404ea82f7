// SPDX-License-Identifier: Apache-2.0
package dev.redstart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is recorded of tags: always in the batch of what happened to the key. */
class TagEffectsTest extends EffectsContract {
  private static final String T = "redstart:tag:t";
  private static final String U = "redstart:tag:u";

  private final RTag tag = store.tag("t");

  private void fill(String... keys) {
    for (String key : keys) {
      store.value(key).set("v");
      tag.add(key);
    }
    prepared();
  }

  /** Asserts one batch of effects. */
  private void assertBatch(String... lines) {
    List<dev.redstart.spi.JournalBatch> batches = sink.takeBatches();
    assertEquals(1, batches.size());
    assertEquals(
        List.of(lines), batches.get(0).effects().stream().map(EffectsContract::text).toList());
  }

  @Test
  void add_andRemove_areThoseOfASet() {
    store.value("a").set("v");
    store.value("b").set("v");
    prepared();
    assertFalse(tag.add("none"));
    assertNothingRecorded();
    assertTrue(tag.add("a"));
    assertBatch("SADD redstart:tag:t a -> n new redstart:tag:t, s sadd redstart:tag:t");
    assertEquals(1, tag.add("a", "b", "none", "b"));
    assertBatch("SADD redstart:tag:t b -> s sadd redstart:tag:t");
    assertFalse(tag.add("a"));
    assertFalse(tag.remove("none"));
    assertNothingRecorded();
    assertTrue(tag.remove("a"));
    assertBatch("SREM redstart:tag:t a -> s srem redstart:tag:t");
    assertTrue(tag.remove("b"));
    assertBatch("SREM redstart:tag:t b -> s srem redstart:tag:t, g del redstart:tag:t");
    fill("a", "b");
    assertTrue(tag.delete());
    assertBatch("DEL redstart:tag:t -> g del redstart:tag:t");
  }

  @Test
  void deletedKey_andItsTags_areOneBatch() {
    fill("a", "b");
    store.tag("u").add("a");
    prepared();
    store.keys().delete("a");
    assertCommands("MULTI", "DEL a", "SREM " + T + " a", "SREM " + U + " a", "EXEC");
    store.value("b").getAndDelete();
    assertBatch(
        "DEL b -> g del b", "SREM redstart:tag:t b -> s srem redstart:tag:t, g del redstart:tag:t");
    fill("a", "b", "c");
    assertEquals(3, tag.deleteKeys());
    assertEquals(3, sink.takeBatches().size());
  }

  @Test
  void renamedKey_recordsTheTagsBehindIt() {
    fill("a", "b");
    store.tag("u").add("b");
    prepared();
    store.keys().rename("a", "c");
    assertBatch(
        "RENAME a c -> n new c, g rename_from a, g rename_to c",
        "SADD redstart:tag:t c -> s sadd redstart:tag:t",
        "SREM redstart:tag:t a -> s srem redstart:tag:t");
    store.keys().rename("c", "b");
    assertCommands(
        "MULTI",
        "RENAME c b",
        "SREM " + T + " b",
        "SREM " + U + " b",
        "SADD " + T + " b",
        "SREM " + T + " c",
        "EXEC");
  }

  @Test
  void overwrittenOrMovedKey_recordsTheTagsBehindIt() {
    fill("a", "b", "c");
    store.value("x").set("v");
    prepared();
    store.keys().copy("x", "a", true);
    assertCommands("MULTI", "COPY x a REPLACE", "SREM " + T + " a", "EXEC");
    store.keys().move("b", 3);
    assertCommands("MULTI", "MOVE b 3", "SREM " + T + " b", "EXEC");
    store.list("l").pushLeft("1");
    prepared();
    store.keys().sortAndStore("l", "c", SortOptions.ascending());
    assertCommands("MULTI", "DEL c", "RPUSH c 1", "SREM " + T + " c", "EXEC");
    fill("c");
    store.list("c2").pushLeft("1");
    tag.add("c2");
    prepared();
    store.list("c2").popLeft();
    assertBatch(
        "LPOP c2 -> l lpop c2, g del c2", "SREM redstart:tag:t c2 -> s srem redstart:tag:t");
    store.value("c").set("w");
    assertCommands("SET c w");
  }

  @Test
  void expiredKey_byTheTimerOrAWriter_recordsOneBatch() {
    fill("a");
    store.keys().expire("a", Duration.ofMillis(5));
    prepared();
    time.advance(Duration.ofMillis(5));
    store.value("done").set("");
    assertEffects(
        "DEL a -> x expired a",
        "SREM redstart:tag:t a -> s srem redstart:tag:t, g del redstart:tag:t",
        "SET done  -> n new done, $ set done");
    store.hash("h").put("f", "v");
    tag.add("h");
    store.hash("h").expire("f", Duration.ofMillis(5));
    prepared();
    time.advance(Duration.ofMillis(5));
    store.keys().delete("done");
    assertEquals(
        List.of("MULTI", "DEL h", "SREM " + T + " h", "EXEC", "DEL done"),
        sink.takeCommands().stream().map(command -> String.join(" ", command)).toList());
  }

  @Test
  void transaction_committedOrNot_isAllOrNothing() {
    fill("a", "b");
    store.atomically(
        List.of("a", "c"),
        tx -> {
          tx.value("a").getAndDelete();
          tx.value("c").set("v");
        });
    assertCommands("MULTI", "DEL a", "SREM " + T + " a", "SET c v", "EXEC");
    for (List<String> declared : List.of(List.of("b", "c"), List.of("b", "c", "a", T, U))) {
      assertThrows(
          ArithmeticException.class,
          () ->
              store.atomically(
                  declared,
                  tx -> {
                    if (declared.contains(T)) {
                      tx.value("a").set("v");
                      assertTrue(tx.tag("t").add("a"));
                      assertTrue(tx.tag("u").add("b"));
                      tx.keys().rename("a", "c");
                      assertEquals(2, tx.tag("t").deleteKeys());
                      assertFalse(tx.tag("t").delete());
                    } else {
                      tx.keys().rename("b", "c");
                      tx.keys().delete("c");
                    }
                    throw new ArithmeticException();
                  }));
      assertNothingRecorded();
      assertEquals(Set.of("b"), tag.keys());
      assertEquals(Set.of("t"), store.keys().tags("b"));
      assertEquals(Set.of(), store.keys().tags("c"));
      assertEquals(0, store.tag("u").size());
    }
    store.keys().delete("b");
    assertCommands("MULTI", "DEL b", "SREM " + T + " b", "EXEC");
  }

  @Test
  void flush_recordsNoTags() {
    fill("a");
    store.keys().flush();
    assertCommands("FLUSHDB");
  }

  @Test
  void declaredOrNot_insideATransaction() {
    fill("a", "b");
    List<String> keys = List.of("a");
    assertThrows(
        IllegalStateException.class, () -> store.atomically(keys, tx -> tx.tag("t").add("a")));
    assertThrows(
        IllegalStateException.class, () -> store.atomically(keys, tx -> tx.tag("t").size()));
    List<String> tags = List.of(T);
    assertThrows(
        IllegalStateException.class, () -> store.atomically(tags, tx -> tx.tag("t").add("a")));
    assertThrows(
        IllegalStateException.class, () -> store.atomically(tags, tx -> tx.tag("t").contains("a")));
    assertThrows(
        IllegalStateException.class, () -> store.atomically(tags, tx -> tx.tag("t").deleteKeys()));
    assertNothingRecorded();
    assertEquals(
        Set.of("a", "b"), store.<Set<String>>atomicallyGet(tags, tx -> tx.tag("t").keys()));
    assertTrue(store.<Boolean>atomicallyGet(tags, tx -> tx.tag("t").delete()));
    assertEquals(Set.of(), store.keys().tags("a"));
  }
}
