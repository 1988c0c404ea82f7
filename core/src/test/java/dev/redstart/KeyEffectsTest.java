// SPDX-License-Identifier: Apache-2.0
package dev.redstart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What writes of {@link RKeys} and transactions record. */
class KeyEffectsTest extends EffectsContract {
  private final RKeys keys = store.keys();

  private void fill(String... names) {
    for (String name : names) {
      store.value(name).set("v");
    }
    prepared();
  }

  @Test
  void delete_some_recordsThoseThatWere() {
    fill("a", "b", "c");
    assertEquals(2, keys.delete("a", "x", "b", "a"));
    assertEffects("DEL a b -> g del a, g del b");
    assertEquals(0, keys.delete("a", "b"));
    assertNothingRecorded();
    assertEquals(1, keys.unlink("c", "a"));
    assertEffects("DEL c -> g del c");
  }

  @Test
  void expire_eachCase_recordsTheDeadline() {
    fill("k");
    assertFalse(keys.expire("x", MINUTE));
    assertFalse(keys.expire("k", MINUTE, ExpireCondition.WITH_DEADLINE));
    assertFalse(keys.persist("k"));
    assertNothingRecorded();
    assertTrue(keys.expire("k", MINUTE));
    assertEffects("PEXPIREAT k 1060000 -> g expire k");
    assertFalse(keys.expire("k", MINUTE, ExpireCondition.LATER));
    assertNothingRecorded();
    assertTrue(keys.expireAt("k", time.instant().plusMillis(5)));
    assertEffects("PEXPIREAT k 1000005 -> g expire k");
    assertTrue(keys.persist("k"));
    assertEffects("PERSIST k -> g persist k");
    assertTrue(keys.expire("k", Duration.ZERO));
    assertEffects("DEL k -> g del k");
  }

  @Test
  void rename_newOrThere_recordsRename() {
    fill("a", "b", "c");
    keys.rename("a", "n");
    assertEffects("RENAME a n -> n new n, g rename_from a, g rename_to n");
    assertTrue(keys.renameIfAbsent("n", "a"));
    assertEffects("RENAME n a -> n new a, g rename_from n, g rename_to a");
    keys.rename("a", "b");
    assertEffects("RENAME a b -> n new b, g rename_from a, g rename_to b");
    keys.rename("b", "b");
    assertFalse(keys.renameIfAbsent("b", "c"));
    assertThrows(NoSuchKeyException.class, () -> keys.rename("x", "b"));
    assertNothingRecorded();
  }

  @Test
  void copy_eachForm_recordsCopy() {
    fill("a", "b");
    assertTrue(keys.copy("a", "n"));
    assertEffects("COPY a n -> n new n, g copy_to n");
    assertFalse(keys.copy("a", "b"));
    assertFalse(keys.copy("x", "y", true));
    assertNothingRecorded();
    assertTrue(keys.copy("a", "b", true));
    assertEffects("COPY a b REPLACE -> n new b, g copy_to b");
    assertTrue(keys.copy("a", 4, "a", false));
    assertEffects("COPY a a DB 4 -> n new@4 a, g copy_to@4 a");
    assertTrue(keys.copy("a", 4, "a", true));
    assertCommands("COPY a a DB 4 REPLACE");
  }

  @Test
  void move_eitherCase_recordsMove() {
    fill("a");
    assertTrue(keys.move("a", 4));
    assertEffects("MOVE a 4 -> n new@4 a, g move_from a, g move_to@4 a");
    assertFalse(keys.move("a", 4));
    assertNothingRecorded();
    assertTrue(store.database(4).keys().move("a", 0));
    assertCommands("SELECT 4", "MOVE a 0");
  }

  @Test
  void flush_databases_recordsThem() {
    fill("a", "b");
    keys.flush();
    assertEffects("FLUSHDB -> ");
    store.database(3).value("x").set("v");
    prepared();
    store.database(3).keys().flush();
    assertCommands("FLUSHDB");
    keys.flushAll();
    assertEffects("FLUSHALL -> ");
    assertEquals(0, keys.size());
  }

  @Test
  void expiry_onTime_recordsDelInOrder() {
    for (int i = 9; i >= 0; i--) {
      store.database(i % 3).value("k" + i).set("v", Duration.ofMillis(i + 1));
    }
    prepared();
    time.advance(Duration.ofMillis(20));
    store.value("end").set("v"); // settles all that came before
    assertCommands(
        "DEL k0",
        "SELECT 1",
        "DEL k1",
        "SELECT 2",
        "DEL k2",
        "SELECT 0",
        "DEL k3",
        "SELECT 1",
        "DEL k4",
        "SELECT 2",
        "DEL k5",
        "SELECT 0",
        "DEL k6",
        "SELECT 1",
        "DEL k7",
        "SELECT 2",
        "DEL k8",
        "SELECT 0",
        "DEL k9",
        "SET end v");
  }

  @Test
  void atomically_severalWrites_areOneBatch() {
    store.atomically(
        List.of("a", "z"),
        transaction -> {
          transaction.value("a").set("1");
          transaction.sortedSet("z").add("m", 1);
          transaction.counter("a").increment();
          transaction.keys().expire("z", MINUTE);
        });
    assertCommands(
        "SELECT 0", "MULTI", "SET a 1", "ZADD z 1 m", "INCRBY a 1", "PEXPIREAT z 1060000", "EXEC");
  }

  @Test
  void atomically_oneWrite_needsNoMulti() {
    store.atomically(List.of("a"), transaction -> transaction.value("a").set("1"));
    assertCommands("SELECT 0", "SET a 1");
  }

  @Test
  void atomically_notifications_areThoseOfItsWrites() {
    store.atomically(
        List.of("a", "b"),
        transaction -> {
          transaction.value("a").set("1");
          transaction.keys().rename("a", "b");
        });
    assertEffects(
        "SET a 1 -> n new a, $ set a", "RENAME a b -> n new b, g rename_from a, g rename_to b");
  }

  @Test
  void atomically_otherDatabases_selectInside() {
    fill("a");
    store
        .database(2)
        .atomically(
            List.of("a"),
            transaction -> {
              transaction.value("a").set("1");
              transaction.keys().copy("a", 3, "a", true);
              transaction.value("a").set("2");
            });
    assertCommands("SELECT 2", "MULTI", "SET a 1", "COPY a a DB 3 REPLACE", "SET a 2", "EXEC");
  }

  @Test
  void atomically_readsOrNothing_recordNothing() {
    fill("a");
    assertEquals(
        "v", store.atomicallyGet(List.of("a"), transaction -> transaction.value("a").get()));
    store.atomically(List.of("a"), transaction -> transaction.keys().delete("a", "a"));
    assertCommands("DEL a");
    store.atomically(List.of("a"), transaction -> transaction.keys().delete("a"));
    assertNothingRecorded();
  }

  @Test
  void atomically_thrown_recordsNothing() {
    fill("a");
    assertThrows(
        ArithmeticException.class,
        () ->
            store.atomically(
                List.of("a", "z"),
                transaction -> {
                  transaction.value("a").set("1");
                  transaction.sortedSet("z").add("m", 1);
                  throw new ArithmeticException();
                }));
    assertNothingRecorded();
    store.value("b").set("1");
    assertCommands("SET b 1");
  }

  @Test
  void sortAndStore_eachCase_recordsTheList() {
    store.set("p").add("3", "1", "2");
    store.value("v_1").set("one");
    prepared();
    assertEquals(3, store.keys().sortAndStore("p", "d", SortOptions.descending()));
    assertEffects("RPUSH d 3 2 1 -> n new d, l sortstore d");
    assertEquals(2, store.keys().sortAndStore("p", "d", SortOptions.ascending().limit(0, 2)));
    assertEffects("DEL d -> ", "RPUSH d 1 2 -> l sortstore d");
    SortOptions patterns = SortOptions.ascending().by("v_*").alphabetic().get("v_*").limit(2, 1);
    assertEquals(1, store.keys().sortAndStore("p", "d", patterns));
    assertCommands("MULTI", "DEL d", "RPUSH d one", "EXEC");
    assertEquals(0, store.keys().sortAndStore("none", "d", SortOptions.ascending()));
    assertEffects("DEL d -> g del d");
    assertEquals(0, store.keys().sortAndStore("none", "d", SortOptions.ascending()));
    assertEquals(3, store.keys().sort("p", SortOptions.ascending()).size());
    assertNothingRecorded();
  }
}
