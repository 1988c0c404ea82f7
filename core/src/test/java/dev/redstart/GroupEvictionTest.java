// SPDX-License-Identifier: Apache-2.0
package dev.redstart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A group that removes its oldest keys, and what groups record. */
class GroupEvictionTest extends EffectsContract {
  private static final int MANY = 100_000;

  private final StoreGroup group = store.group("g:", GroupOptions.none().limit(3).removeOldest());

  private void fill(String... keys) {
    for (String key : keys) {
      group.value(key).set("v");
    }
  }

  private void assertKeys(String... keys) {
    assertEquals(List.of(keys), group.keys().match("*").stream().sorted().toList());
    assertEquals(keys.length, group.size());
  }

  @Test
  void oldest_isTheOneThatWasMadeFirst() {
    fill("a", "b", "c");
    fill("a");
    fill("d");
    assertKeys("b", "c", "d");
    group.keys().rename("b", "e");
    fill("f");
    assertKeys("d", "e", "f");
    group.keys().delete("d");
    fill("d", "g");
    assertKeys("d", "f", "g");
    group.keys().copy("g", "f", true);
    fill("h", "i");
    assertKeys("f", "h", "i");
  }

  @Test
  void manyKeysTooMany_removeMany() {
    Map<String, String> many = new HashMap<>();
    for (int i = 0; i < MANY; i++) {
      many.put("k" + i, "v");
    }
    group.values().setAll(many);
    assertEquals(3, group.size());
    StoreGroup other = store.group("h:");
    other.values().setAll(many);
    assertEquals(1, store.group("h:", GroupOptions.none().limit(1).removeOldest()).size());
    other.value("last").set("v");
    assertEquals(List.of("last"), other.keys().match("*"));
    sink.takeEffects();
  }

  @Test
  void severalKeysTooMany_removeSeveral() {
    fill("a", "b");
    group.values().setAll(Map.of("c", "1", "d", "1", "e", "1"));
    assertKeys("c", "d", "e");
    group.atomically(
        List.of("x", "y", "c"),
        tx -> {
          tx.value("x").set("v");
          tx.value("y").set("v");
          assertEquals("1", tx.value("c").get()); // nothing goes before the body has ended
        });
    assertEquals(3, group.size());
    assertEquals(2, group.keys().exists("x", "y"));
  }

  @Test
  void bodyThatThrows_removesNothing() {
    fill("a", "b", "c");
    prepared();
    assertThrows(
        IllegalStateException.class,
        () ->
            group.atomically(
                List.of("a", "d"),
                tx -> {
                  tx.keys().delete("a");
                  tx.value("a").set("w");
                  tx.value("d").set("v");
                  throw new IllegalStateException("rolled back");
                }));
    assertKeys("a", "b", "c");
    assertNothingRecorded();
    fill("d");
    assertKeys("b", "c", "d");
  }

  @Test
  void evictedKey_isRecordedAfterTheOperation() {
    fill("a", "b", "c");
    group.tag("t").add("a");
    prepared();
    fill("d");
    assertCommands("SET g:d v", "MULTI", "DEL g:a", "SREM redstart:tag:g:t g:a", "EXEC");
    fill("e");
    assertEffects("SET g:e v -> n new g:e, $ set g:e", "DEL g:b -> e evicted g:b");
  }

  @Test
  void tooManyKeys_whenItIsDeclared_goAtOnce() {
    store.values().setAll(Map.of("h:a", "1", "h:b", "1", "h:c", "1", "other", "1"));
    prepared();
    StoreGroup late = store.group("h:", GroupOptions.none().limit(1).removeOldest());
    assertEquals(1, late.size());
    assertEquals(2, sink.takeEffects().size());
    late.value("d").set("1");
    assertEquals(List.of("d"), late.keys().match("*"));
    fill("a", "b", "c");
    store.group("g:", GroupOptions.none().limit(1).removeOldest());
    assertKeys("c");
  }

  @Test
  void servedMover_removesTheOldest() throws Exception {
    fill("a", "b", "c");
    Background<String> move =
        Background.startBlocked(
            () -> store.list("l").moveTo("g:m", ListEnd.LEFT, ListEnd.LEFT, Duration.ofDays(1)));
    store.list("l").pushLeft("x");
    assertEquals("x", move.get());
    assertKeys("b", "c", "m");
  }

  @Test
  void groupsInOneAnother_removeEachItsOldest() {
    StoreGroup inner = group.group("i:", GroupOptions.none().limit(1).removeOldest());
    fill("a", "b");
    inner.value("x").set("v");
    inner.value("y").set("v");
    assertKeys("a", "b", "i:y");
    inner.value("z").set("v");
    assertKeys("a", "b", "i:z");
    fill("c");
    assertKeys("b", "c", "i:z");
  }

  @Test
  void groupThatRefusesInOneThatRemoves_isAskedFirst() {
    StoreGroup inner = group.group("i:", GroupOptions.none().limit(1));
    inner.value("x").set("v");
    fill("a", "b");
    assertThrows(GroupFullException.class, () -> inner.value("y").set("v"));
    assertKeys("a", "b", "i:x");
    fill("c");
    assertKeys("a", "b", "c");
    inner.value("y").set("v");
    assertKeys("b", "c", "i:y");
  }

  @Test
  void keyThatExpired_isNotEvicted() {
    group.value("a").set("v", Duration.ofMillis(5));
    fill("b", "c");
    prepared();
    time.advance(Duration.ofMillis(5));
    fill("d");
    assertKeys("b", "c", "d");
    assertEffects("DEL g:a -> x expired g:a", "SET g:d v -> n new g:d, $ set g:d");
  }

  @Test
  void lifetimeOfAGroup_isRecordedBehindTheCommand() {
    StoreGroup mortal = store.group("m:", GroupOptions.none().lifetime(MINUTE));
    mortal.value("a").set("v");
    assertCommands("SELECT 0", "MULTI", "SET m:a v", "PEXPIREAT m:a 1060000", "EXEC");
    mortal.value("a").set("w", Duration.ofMillis(5));
    assertEffects("SET m:a w PXAT 1000005 -> $ set m:a, g expire m:a");
    mortal.value("a").set("v");
    assertEffects("SET m:a v -> $ set m:a", "PEXPIREAT m:a 1060000 -> g expire m:a");
    mortal.values().setAll(Map.of("a", "1"));
    assertEffects("MSET m:a 1 -> $ set m:a", "PEXPIREAT m:a 1060000 -> g expire m:a");
    mortal.list("l").pushLeft("x");
    assertEffects("LPUSH m:l x -> n new m:l, l lpush m:l", "PEXPIREAT m:l 1060000 -> g expire m:l");
    mortal.list("l").pushLeft("y");
    assertEffects("LPUSH m:l y -> l lpush m:l");
    mortal.keys().rename("l", "n");
    assertEffects("RENAME m:l m:n -> n new m:n, g rename_from m:l, g rename_to m:n");
    mortal.value("b").append("x");
    assertEffects(
        "APPEND m:b x -> n new m:b, $ append m:b", "PEXPIREAT m:b 1060000 -> g expire m:b");
    mortal.tag("t").add("b");
    assertEffects("SADD redstart:tag:m:t m:b -> n new redstart:tag:m:t, s sadd redstart:tag:m:t");
  }

  @Test
  void lifetimeInABody_isRecordedInItsBatch() {
    StoreGroup mortal = store.group("m:", GroupOptions.none().lifetime(MINUTE));
    mortal.atomically(
        List.of("a", "b"),
        tx -> {
          tx.value("a").set("1");
          tx.value("b").set("1");
          tx.keys().delete("b");
        });
    assertCommands(
        "SELECT 0",
        "MULTI",
        "SET m:a 1",
        "PEXPIREAT m:a 1060000",
        "SET m:b 1",
        "PEXPIREAT m:b 1060000",
        "DEL m:b",
        "EXEC");
  }

  @Test
  void lifetimeOfAServedMover_isRecordedBehindItsMove() throws Exception {
    StoreGroup mortal = store.group("m:", GroupOptions.none().lifetime(MINUTE));
    Background<String> move =
        Background.startBlocked(
            () -> mortal.list("l").moveTo("d", ListEnd.LEFT, ListEnd.LEFT, Duration.ofDays(1)));
    prepared();
    store.list("m:l").pushLeft("x");
    assertEquals("x", move.get());
    assertEffects(
        "LPUSH m:l x -> n new m:l, l lpush m:l",
        "LMOVE m:l m:d LEFT LEFT -> n new m:d, l lpush m:d, l lpop m:l, g del m:l",
        "PEXPIREAT m:d 1060000 -> g expire m:d");
  }

  @Test
  void clearOfAGroup_recordsEachKey() {
    fill("a", "b");
    store.value("other").set("v");
    prepared();
    group.clear();
    assertEquals(
        List.of("DEL g:a -> g del g:a", "DEL g:b -> g del g:b"),
        sink.takeEffects().stream().map(EffectsContract::text).sorted().toList());
  }
}
