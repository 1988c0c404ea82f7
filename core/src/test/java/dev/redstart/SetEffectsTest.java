// SPDX-License-Identifier: Apache-2.0
package dev.redstart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redstart.spi.Effect;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What writes of {@link RSet} record. */
class SetEffectsTest extends EffectsContract {
  private final RSet<String> set = store.set("p");

  private void fill(String key, String... members) {
    store.set(key).add(members);
    prepared();
  }

  @Test
  void add_eachCase_recordsWhatIsNew() {
    assertTrue(set.add("a"));
    assertEffects("SADD p a -> n new p, s sadd p");
    assertEquals(2, set.add("a", "b", "c", "b"));
    assertEffects("SADD p b c -> s sadd p");
    assertEquals(0, set.add("a", "b"));
    assertFalse(set.add("c"));
    assertNothingRecorded();
  }

  @Test
  void remove_someOrAll_recordsSrem() {
    assertFalse(set.remove("a"));
    fill("p", "a", "b", "c");
    assertEquals(0, set.removeAll("x", "y"));
    assertNothingRecorded();
    assertEquals(1, set.removeAll("b", "x", "b"));
    assertEffects("SREM p b -> s srem p");
    assertEquals(2, set.removeAll("a", "c"));
    assertEffects("SREM p a c -> s srem p, g del p");
  }

  @Test
  void moveTo_eachCase_recordsSmove() {
    assertFalse(set.moveTo("q", "a"));
    fill("p", "a", "b", "c");
    assertFalse(set.moveTo("q", "x"));
    assertTrue(set.moveTo("p", "a"));
    assertNothingRecorded();
    assertTrue(set.moveTo("q", "a"));
    assertEffects("SMOVE p q a -> s srem p, n new q, s sadd q");
    assertTrue(set.moveTo("q", "b"));
    assertEffects("SMOVE p q b -> s srem p, s sadd q");
    fill("p", "a");
    assertTrue(set.moveTo("q", "a"));
    assertEffects("SMOVE p q a -> s srem p");
    assertTrue(set.moveTo("r", "c"));
    assertEffects("SMOVE p r c -> s srem p, g del p, n new r, s sadd r");
  }

  @Test
  void pop_one_recordsSrem() {
    assertNull(set.pop());
    fill("p", "a", "b");
    String popped = set.pop();
    assertNotNull(popped);
    assertEffects("SREM p " + popped + " -> s spop p");
    String last = set.pop();
    assertNotNull(last);
    assertEffects("SREM p " + last + " -> s spop p, g del p");
  }

  @Test
  void pop_several_recordsSremOrDel() {
    assertEquals(List.of(), set.pop(5));
    fill("p", "a", "b", "c", "d", "e");
    assertEquals(List.of(), set.pop(0));
    assertNothingRecorded();
    List<String> popped = set.pop(3);
    assertEffects("SREM p " + String.join(" ", popped) + " -> s spop p");
    assertEquals(2, set.pop(2).size());
    assertEffects("DEL p -> s spop p, g del p");
    fill("p", "a");
    assertEquals(1, set.pop(100).size());
    assertEffects("DEL p -> s spop p, g del p");
  }

  @Test
  void algebra_someOrNone_recordsTheQuestion() {
    fill("p", "a", "b", "c");
    fill("q", "b", "c", "d");
    assertEquals(4, set.storeUnion("d", "q", "none"));
    assertEffects("SUNIONSTORE d p q none -> n new d, s sunionstore d");
    assertEquals(2, set.storeIntersection("d", "q"));
    assertEffects("SINTERSTORE d p q -> s sinterstore d");
    assertEquals(1, set.storeDifference("d", "q"));
    assertEffects("SDIFFSTORE d p q -> s sdiffstore d");
    assertEquals(0, set.storeDifference("d", "p"));
    assertEffects("DEL d -> g del d");
    assertEquals(0, set.storeIntersection("d", "none"));
    assertEquals(4, set.union("q").size());
    assertEquals(2, set.intersectSize("q"));
    assertNothingRecorded();
    assertEquals(4, set.storeUnion("p", "q"));
    assertEffects("SUNIONSTORE p p q -> s sunionstore p");
  }

  @Test
  void store_overADeadline_recordsNoMore() {
    fill("p", "a");
    store.value("d").set("v", MINUTE);
    prepared();
    assertEquals(1, set.storeUnion("d"));
    assertEffects("SUNIONSTORE d p -> s sunionstore d");
    assertNull(store.keys().timeToLive("d"));
  }

  @Test
  void sortedSets_ofSets_recordTheQuestion() {
    fill("p", "a", "b");
    assertEquals(2, store.sortedSet("z").storeUnion("d", "p"));
    assertEffects("ZUNIONSTORE d 2 z p WEIGHTS 1 1 AGGREGATE SUM -> n new d, z zunionstore d");
    assertEquals(2, store.sortedSet("p").storeDifference("d", "z"));
    assertEffects("ZDIFFSTORE d 2 p z -> z zdiffstore d");
  }

  @Test
  void transaction_committedOrNot_recordsAllOrNothing() {
    fill("p", "a", "b");
    store.atomically(
        List.of("p", "q"),
        transaction -> {
          transaction.set("p").add("c");
          transaction.set("p").moveTo("q", "a");
          transaction.set("q").remove("a");
        });
    assertCommands("MULTI", "SADD p c", "SMOVE p q a", "SREM q a", "EXEC");
    assertThrows(
        ArithmeticException.class,
        () ->
            store.atomically(
                List.of("p", "q"),
                transaction -> {
                  transaction.set("p").pop(2);
                  transaction.set("p").storeUnion("q");
                  transaction.set("p").add("x");
                  throw new ArithmeticException();
                }));
    assertNothingRecorded();
    assertEquals(Set.of("b", "c"), set.members());
    assertFalse(store.set("q").exists());
  }

  @Test
  void refused_writes_recordNothing() {
    store.value("s").set("v");
    fill("p", "a");
    RSet<String> string = store.set("s");
    assertThrows(WrongTypeException.class, () -> string.add("a"));
    assertThrows(WrongTypeException.class, () -> string.remove("a"));
    assertThrows(WrongTypeException.class, string::pop);
    assertThrows(WrongTypeException.class, () -> set.moveTo("s", "a"));
    assertThrows(WrongTypeException.class, () -> set.storeUnion("d", "s"));
    assertNothingRecorded();
  }

  /** A pop of many is one command, however many there are. */
  @Test
  void pop_ofAThousands_recordsThemAll() {
    String[] members = new String[5_000];
    for (int i = 0; i < members.length; i++) {
      members[i] = "m" + i;
    }
    fill("p", members);
    List<String> popped = set.pop(4_999);
    List<Effect> effects = sink.takeEffects();
    assertEquals(1, effects.size());
    List<String> command = effects.get(0).command();
    assertEquals(List.of("SREM", "p"), command.subList(0, 2));
    assertEquals(new TreeSet<>(popped), new TreeSet<>(command.subList(2, command.size())));
    assertEquals(1, set.size());
  }
}
