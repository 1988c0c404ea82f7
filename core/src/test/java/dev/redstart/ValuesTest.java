// SPDX-License-Identifier: Apache-2.0
package dev.redstart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The contract of {@link RValues}: many values at once. */
class ValuesTest<E> extends Contract<E> {
  private RValues<E> values() {
    return store.values(content.codec());
  }

  private Map<String, E> map(String... pairs) {
    Map<String, E> map = new LinkedHashMap<>();
    for (String pair : pairs) {
      map.put(key(pair.substring(0, pair.indexOf(' '))), of(pair.substring(pair.indexOf(' ') + 1)));
    }
    return map;
  }

  private List<String> found(String... names) {
    List<String> keys = new ArrayList<>();
    for (String name : names) {
      keys.add(key(name));
    }
    Map<String, E> found = values().getAll(keys);
    assertEquals(found.keySet(), values().getAll(keys.toArray(String[]::new)).keySet());
    List<String> pairs = new ArrayList<>();
    String prefix = key("");
    found.forEach(
        (key, value) -> pairs.add(key.substring(prefix.length()) + " " + content.name(value)));
    return pairs;
  }

  @Test
  void getAll_someMissing_hasTheOthersInOrder() {
    values().setAll(map("a 1", "b 2", "c 3"));
    assertEquals(List.of("c 3", "a 1"), found("c", "x", "a", "y"));
    assertEquals(List.of(), found("x"));
  }

  @Test
  void getAll_keyTwice_isThereOnce() {
    values().setAll(map("a 1", "b 2"));
    assertEquals(List.of("b 2", "a 1"), found("b", "a", "b", "b"));
  }

  @Test
  void getAll_otherType_countsAsMissing() {
    values().setAll(map("a 1"));
    sortedSet("z", "m 1");
    assertEquals(List.of("a 1"), found("z", "a"));
  }

  @Test
  void getAll_expired_countsAsMissing() {
    values().setAll(map("a 1", "b 2"));
    value("a").expire(Duration.ofMillis(5));
    advance(5);
    assertEquals(List.of("b 2"), found("a", "b"));
  }

  @Test
  void getAll_eachForm_isRead() {
    store.counter(key("n")).set(12);
    store.value(key("s")).append("3");
    store.value(key("s")).append("4");
    assertEquals(
        Map.of(key("n"), "12", key("s"), "34"), store.values().getAll(List.of(key("n"), key("s"))));
    assertEquals(
        Map.of(key("n"), 12L, key("s"), 34L),
        store.values(Codec.longs()).getAll(key("n"), key("s")));
  }

  @Test
  void setAll_existing_replacesTypesAndDeadlines() {
    value("a").set(of("0"), Duration.ofMinutes(1));
    sortedSet("b", "m 1");
    values().setAll(map("a 1", "b 2", "c 3"));
    assertEquals(List.of("a 1", "b 2", "c 3"), found("a", "b", "c"));
    assertDeadline(null, "a");
    assertEquals(KeyType.STRING, store.keys().type(key("b")));
  }

  @Test
  void setAll_many_setsThemAll() {
    Map<String, E> all = new LinkedHashMap<>();
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      all.put(key("k" + i), of("v" + i));
      expected.add("k" + i + " v" + i);
    }
    values().setAll(all);
    String[] names = new String[500];
    for (int i = 0; i < 500; i++) {
      names[i] = "k" + i;
    }
    assertEquals(expected, found(names));
    assertEquals(500, store.keys().size());
  }

  @Test
  void setAllIfAbsent_noneThere_sets() {
    assertTrue(values().setAllIfAbsent(map("a 1", "b 2")));
    assertEquals(List.of("a 1", "b 2"), found("a", "b"));
  }

  @Test
  void setAllIfAbsent_oneThere_setsNothing() {
    value("b").set(of("0"), Duration.ofMinutes(1));
    assertFalse(values().setAllIfAbsent(map("a 1", "b 2", "c 3")));
    assertEquals(List.of("b 0"), found("a", "b", "c"));
    assertDeadline(now().plusSeconds(60), "b");
    sortedSet("z", "m 1");
    assertFalse(values().setAllIfAbsent(map("a 1", "z 2")));
    assertFalse(value("a").exists());
  }

  @Test
  void setAllIfAbsent_expired_sets() {
    value("b").set(of("0"), Duration.ofMillis(5));
    advance(5);
    assertTrue(values().setAllIfAbsent(map("a 1", "b 2")));
    assertEquals(List.of("a 1", "b 2"), found("a", "b"));
    assertDeadline(null, "b");
  }

  @Test
  void all_nothingGiven_isRefused() {
    assertThrows(IllegalArgumentException.class, () -> values().getAll());
    assertThrows(IllegalArgumentException.class, () -> values().getAll(List.of()));
    assertThrows(IllegalArgumentException.class, () -> values().setAll(Map.of()));
    assertThrows(IllegalArgumentException.class, () -> values().setAllIfAbsent(Map.of()));
  }
}
