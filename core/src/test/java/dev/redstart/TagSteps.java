// SPDX-License-Identifier: Apache-2.0
package dev.redstart;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Random steps on keys and tags of a store, beside a plain map that says who has which tags.
 *
 * <p>Confined to one test thread. The map follows one rule, that a key that is gone has no tags,
 * and what renaming and overwriting do to them.
 */
final class TagSteps {
  static final int DATABASES = 2;
  private static final int KEYS = 7;
  private static final int TAGS = 4;

  private final Store store;
  private final ManualTime time;
  private final SplittableRandom random;
  private final String label;
  private List<Map<String, Set<String>>> model = new ArrayList<>();

  TagSteps(Store store, ManualTime time, long seed) {
    this.store = store;
    this.time = time;
    this.random = new SplittableRandom(seed);
    this.label = "seed " + seed;
    for (int database = 0; database < DATABASES; database++) {
      model.add(emptyModel());
    }
  }

  private static Map<String, Set<String>> emptyModel() {
    Map<String, Set<String>> tags = new HashMap<>();
    for (int key = 0; key < KEYS; key++) {
      tags.put("k" + key, new TreeSet<>());
    }
    return tags;
  }

  private String key() {
    return "k" + random.nextInt(KEYS);
  }

  private String tag() {
    return "t" + random.nextInt(TAGS);
  }

  private List<String> keys() {
    List<String> keys = new ArrayList<>();
    for (int i = random.nextInt(3); i >= 0; i--) {
      keys.add(key());
    }
    return keys;
  }

  /** One step, or a transaction of several that may be rolled back. */
  void step() {
    int database = random.nextInt(DATABASES);
    Store view = store.database(database);
    switch (random.nextInt(12)) {
      case 0 -> atomically(database, view);
      case 1 -> time.advance(Duration.ofMillis(random.nextInt(5)));
      case 2 -> flushSometimes(view);
      default -> step(view, database, true);
    }
    for (int each = 0; each < DATABASES; each++) {
      forgetTheGone(store.database(each), each);
    }
  }

  private void flushSometimes(Store view) {
    if (random.nextInt(20) == 0) {
      view.keys().flush();
    }
  }

  private void atomically(int database, Store view) {
    boolean withTags = random.nextBoolean();
    boolean aborts = random.nextInt(3) == 0;
    List<String> declared = new ArrayList<>(model.get(database).keySet());
    for (int tag = 0; withTags && tag < TAGS; tag++) {
      declared.add(RTag.KEY_PREFIX + "t" + tag);
    }
    List<Map<String, Set<String>>> before = copyOfModel();
    try {
      view.atomically(
          declared,
          transaction -> {
            for (int i = random.nextInt(6); i >= 0; i--) {
              step(transaction, database, withTags);
              forgetTheGone(transaction, database);
            }
            if (aborts) {
              throw new Abort();
            }
          });
    } catch (Abort expected) {
      model = before;
    }
  }

  private List<Map<String, Set<String>>> copyOfModel() {
    List<Map<String, Set<String>>> copies = new ArrayList<>();
    for (Map<String, Set<String>> each : model) {
      Map<String, Set<String>> copy = new HashMap<>();
      each.forEach((key, tags) -> copy.put(key, new TreeSet<>(tags)));
      copies.add(copy);
    }
    return copies;
  }

  private void forgetTheGone(StoreView view, int database) {
    model
        .get(database)
        .forEach(
            (key, tags) -> {
              if (!view.keys().exists(key)) {
                tags.clear();
              }
            });
  }

  private void step(StoreView view, int database, boolean withTags) {
    if (withTags && random.nextInt(3) == 0) {
      tagStep(view, database);
    } else {
      keyStep(view, database);
    }
  }

  private void tagStep(StoreView view, int database) {
    Map<String, Set<String>> tags = model.get(database);
    String tag = tag();
    List<String> keys = keys();
    Set<String> different = new TreeSet<>(keys);
    switch (random.nextInt(8)) {
      case 0, 1, 2 -> {
        different.removeIf(key -> !view.keys().exists(key) || !tags.get(key).add(tag));
        assertEquals(different.size(), view.tag(tag).add(keys), label);
      }
      case 3 -> {
        different.removeIf(key -> !view.keys().exists(key) || !tags.get(key).add(tag));
        assertEquals(different.size(), view.set(RTag.KEY_PREFIX + tag).add(keys), label);
      }
      case 4 -> {
        different.removeIf(key -> !tags.get(key).remove(tag));
        assertEquals(different.size(), view.tag(tag).remove(keys), label);
      }
      case 5 -> {
        different.removeIf(key -> !tags.get(key).remove(tag));
        assertEquals(different.size(), view.set(RTag.KEY_PREFIX + tag).removeAll(keys), label);
      }
      case 6 -> {
        boolean existed = view.tag(tag).delete();
        tags.values().forEach(some -> some.remove(tag));
        assertEquals(existed, existed && !view.tag(tag).delete(), label);
      }
      default -> {
        long expected = tags.values().stream().filter(some -> some.contains(tag)).count();
        assertEquals(expected, view.tag(tag).deleteKeys(), label);
      }
    }
  }

  private void keyStep(StoreView view, int database) {
    Map<String, Set<String>> tags = model.get(database);
    String key = key();
    String other = key();
    RKeys all = view.keys();
    switch (random.nextInt(16)) {
      case 0, 1 -> view.value(key).set("v");
      case 2 -> push(view, key);
      case 3 -> pop(view, key);
      case 4 -> addMember(view, key);
      case 5 -> addField(view, key);
      case 6 -> all.delete(keys());
      case 7 -> all.expire(key, Duration.ofMillis(random.nextInt(8)));
      case 8 -> all.persist(key);
      case 9, 10 -> {
        if (all.exists(key)) {
          all.rename(key, other);
          handOver(tags, key, other);
        }
      }
      case 11 -> {
        if (all.exists(key) && all.renameIfAbsent(key, other)) {
          handOver(tags, key, other);
        }
      }
      case 12 -> {
        if (!key.equals(other) && all.copy(key, other, true)) {
          tags.get(other).clear();
        }
      }
      case 13 -> all.move(key, 1 - database);
      case 14 -> {
        if (isSet(view, key) && isSet(view, other) && view.set(key).storeUnion(other) > 0) {
          tags.get(other).clear();
        }
      }
      default -> all.exists(key);
    }
  }

  private static boolean isSet(StoreView view, String key) {
    return view.keys().type(key) == KeyType.SET;
  }

  private static void handOver(Map<String, Set<String>> tags, String key, String newKey) {
    if (!key.equals(newKey)) {
      tags.put(newKey, tags.put(key, new TreeSet<>()));
    }
  }

  private static void push(StoreView view, String key) {
    KeyType type = view.keys().type(key);
    if (type == KeyType.LIST || type == KeyType.NONE) {
      view.list(key).pushLeft("a");
    }
  }

  private static void pop(StoreView view, String key) {
    switch (view.keys().type(key)) {
      case LIST -> view.list(key).popLeft();
      case SET -> view.set(key).pop();
      case STRING -> view.value(key).getAndDelete();
      default -> view.hash(key).remove("f");
    }
  }

  private static void addMember(StoreView view, String key) {
    KeyType type = view.keys().type(key);
    if (type == KeyType.SET || type == KeyType.NONE) {
      view.set(key).add("a");
    }
  }

  private void addField(StoreView view, String key) {
    KeyType type = view.keys().type(key);
    if (type == KeyType.HASH || type == KeyType.NONE) {
      view.hash(key).put("f", "v");
      view.hash(key).expire("f", Duration.ofMillis(1 + random.nextInt(8)));
    }
  }

  /** Compares the store with the map, in every way that tags can be asked for. */
  void check() {
    for (int database = 0; database < DATABASES; database++) {
      Store view = store.database(database);
      TreeMap<String, Set<String>> byTag = new TreeMap<>();
      model
          .get(database)
          .forEach(
              (key, tags) -> {
                assertEquals(tags, view.keys().tags(key), label);
                tags.forEach(tag -> byTag.computeIfAbsent(tag, t -> new TreeSet<>()).add(key));
              });
      for (int i = 0; i < TAGS; i++) {
        String tag = "t" + i;
        Set<String> expected = byTag.getOrDefault(tag, Set.of());
        assertEquals(expected, view.tag(tag).keys(), label);
        assertEquals(expected.size(), view.tag(tag).size(), label);
        assertEquals(expected, view.set(RTag.KEY_PREFIX + tag).members(), label);
        for (int key = 0; key < KEYS; key++) {
          assertEquals(expected.contains("k" + key), view.tag(tag).contains("k" + key), label);
        }
      }
    }
  }

  /** The end of a body that is rolled back. */
  private static final class Abort extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }
}
