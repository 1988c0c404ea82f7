// SPDX-License-Identifier: Apache-2.0
package dev.redstart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redstart.structure.SegmentTable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Keys and members whose hashes were collided on purpose, or follow a pattern. */
class HostileKeysTest {
  private static final int COUNT = 100_000;

  private final ManualTime time = TimeSource.manual(ReachedStore.START);
  private final Store store = Store.builder().timeSource(time).open();

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void strings_all_haveOneHash() {
    List<String> colliding = CollidingStrings.of(1000);
    assertEquals(1000, new TreeSet<>(colliding).size());
    assertEquals(1, colliding.stream().mapToInt(String::hashCode).distinct().count());
    assertEquals(1, colliding.stream().mapToInt(SegmentTable::spread).distinct().count());
  }

  @Test
  void keys_ofOneHash_areAllFound() {
    List<String> keys = CollidingStrings.of(COUNT);
    for (int i = 0; i < COUNT; i++) {
      store.value(keys.get(i)).set("v" + i);
    }
    assertEquals(COUNT, store.keys().size());
    for (int i = 0; i < COUNT; i++) {
      assertEquals("v" + i, store.value(keys.get(i)).get());
    }
    assertNull(store.value(CollidingStrings.of(COUNT + 1).get(COUNT)).get());
    assertEquals(new TreeSet<>(keys), scanned(ScanOptions.all().withCount(1000)));
    assertEquals(new TreeSet<>(keys), new TreeSet<>(store.keys().match("*")));
    assertTrue(keys.contains(store.keys().random()));
    assertEquals(COUNT / 2, store.keys().delete(keys.subList(0, COUNT / 2)));
    assertEquals(
        new TreeSet<>(keys.subList(COUNT / 2, COUNT)), scanned(ScanOptions.all().withCount(100)));
    for (String key : keys) {
      store.value(key).delete();
    }
    assertEquals(0, store.keys().size());
    assertNull(store.keys().random());
  }

  private Set<String> scanned(ScanOptions options) {
    Set<String> found = new TreeSet<>();
    long cursor = 0;
    do {
      ScanPage<String> page = store.keys().scan(cursor, options);
      assertTrue(page.elements().size() <= 2 * options.count() + 100, "work of one step");
      found.addAll(page.elements());
      cursor = page.cursor();
    } while (cursor != 0);
    return found;
  }

  @Test
  void keys_ofOneHash_haveEveryOperation() {
    List<String> keys = CollidingStrings.of(2_000);
    keys.forEach(key -> store.counter(key).set(1));
    assertEquals(2_000, store.keys().exists(keys));
    assertEquals(2_000, store.values().getAll(keys).size());
    store.atomically(keys, transaction -> keys.forEach(key -> transaction.counter(key).add(2)));
    keys.forEach(key -> assertEquals(3, store.counter(key).get()));
    for (int i = 0; i < 1_000; i++) {
      assertTrue(store.keys().expire(keys.get(i), Duration.ofMillis(i + 1)));
      store.keys().rename(keys.get(i + 1_000), "plain" + i);
    }
    assertEquals(2_000, store.keys().size());
    time.advance(Duration.ofMillis(500));
    assertEquals(1_500, store.keys().size());
    time.advance(Duration.ofMillis(500));
    assertEquals(1_000, store.keys().size());
    keys.forEach(key -> assertFalse(store.keys().exists(key)));
  }

  @Test
  void members_ofOneHash_areAllFound() {
    List<String> members = CollidingStrings.of(COUNT);
    RSortedSet<String> set = store.sortedSet("z");
    for (int i = 0; i < COUNT; i++) {
      assertTrue(set.add(members.get(i), i));
    }
    assertEquals(COUNT, set.size());
    for (int i = 0; i < COUNT; i++) {
      assertEquals((double) i, set.score(members.get(i)));
    }
    for (int i = 0; i < COUNT; i += 997) {
      assertEquals((long) i, set.rank(members.get(i)));
    }
    Set<String> scanned = new TreeSet<>();
    set.scan(ScanOptions.all().withCount(1000)).forEach(each -> scanned.add(each.member()));
    assertEquals(new TreeSet<>(members), scanned);
    assertEquals(COUNT, set.union("z").size());
    assertEquals(COUNT, set.intersectSize("z"));
    assertEquals(COUNT / 2, set.removeRange(0, COUNT / 2 - 1));
    assertNull(set.score(members.get(0)));
    assertEquals(0L, set.rank(members.get(COUNT / 2)));
    for (int i = COUNT / 2; i < COUNT; i++) {
      assertTrue(set.remove(members.get(i)));
    }
    assertFalse(set.exists());
  }

  @Test
  void plainMembers_ofOneHash_areAllFound() {
    List<String> members = CollidingStrings.of(COUNT);
    RSet<String> set = store.set("p");
    for (String member : members) {
      assertTrue(set.add(member));
    }
    assertEquals(COUNT, set.size());
    for (String member : members) {
      assertTrue(set.contains(member));
    }
    assertFalse(set.contains(CollidingStrings.of(COUNT + 1).get(COUNT)));
    Set<String> scanned = new TreeSet<>();
    set.scan(ScanOptions.all().withCount(1000)).forEach(scanned::add);
    assertEquals(new TreeSet<>(members), scanned);
    assertEquals(COUNT, set.members().size());
    assertEquals(1_000, new TreeSet<>(set.random(1_000)).size());
    assertEquals(COUNT, set.random(COUNT).size());
    assertEquals(COUNT / 2, store.set("half").add(members.subList(0, COUNT / 2)));
    assertEquals(COUNT / 2, set.intersectSize("half"));
    assertEquals(COUNT / 2, set.storeIntersection("d", "half"));
    assertEquals(COUNT / 2, set.storeDifference("d", "half"));
    assertEquals(COUNT, store.set("d").storeUnion("d", "half"));
    assertEquals(COUNT, store.sortedSet("d").union("half").size());
    assertEquals(1_000, set.pop(1_000).size());
    assertEquals(COUNT - 1_000, set.size());
    for (String member : members) {
      set.remove(member);
    }
    assertFalse(set.exists());
  }

  @Test
  void plainMembers_ofOneHash_surviveCopyAndRollback() {
    List<String> members = CollidingStrings.of(5_000);
    RSet<String> set = store.set("p");
    assertEquals(5_000, set.add(members));
    assertTrue(store.keys().copy("p", "copy"));
    try {
      store.atomically(
          List.of("p"),
          transaction -> {
            transaction.set("p").removeAll(members.subList(0, 2_500));
            throw new ArithmeticException();
          });
    } catch (ArithmeticException expected) {
      assertEquals(5_000, set.size());
    }
    set.removeAll(members.subList(0, 2_500));
    assertEquals(5_000, store.set("copy").size());
    assertEquals(2_500, store.set("copy").difference("p").size());
    assertTrue(store.set("copy").contains(members.get(0)));
  }

  @Test
  void members_ofOneHash_surviveCopyAndRollback() {
    List<String> members = CollidingStrings.of(5_000);
    RSortedSet<String> set = store.sortedSet("z");
    List<Scored<String>> all = new ArrayList<>();
    members.forEach(member -> all.add(new Scored<>(member, 1)));
    assertEquals(5_000, set.add(all));
    assertTrue(store.keys().copy("z", "copy"));
    try {
      store.atomically(
          List.of("z"),
          transaction -> {
            transaction.sortedSet("z").removeAll(members.subList(0, 2_500));
            throw new ArithmeticException();
          });
    } catch (ArithmeticException expected) {
      assertEquals(5_000, set.size());
    }
    set.removeAll(members.subList(0, 2_500));
    assertEquals(5_000, store.sortedSet("copy").size());
    assertEquals(2_500, store.sortedSet("copy").difference("z").size());
    assertNotNull(store.sortedSet("copy").score(members.get(0)));
  }

  @Test
  void fields_ofOneHash_areAllFound() {
    List<String> fields = CollidingStrings.of(COUNT);
    RHash<String, Long> hash = store.hash("h", Codec.longs());
    for (int i = 0; i < COUNT; i++) {
      assertTrue(hash.put(fields.get(i), (long) i));
    }
    assertEquals(COUNT, hash.size());
    for (int i = 0; i < COUNT; i++) {
      assertEquals((long) i, hash.get(fields.get(i)));
    }
    Set<String> scanned = new TreeSet<>();
    hash.scan(ScanOptions.all().withCount(1000)).forEach(each -> scanned.add(each.getKey()));
    assertEquals(new TreeSet<>(fields), scanned);
    assertEquals(COUNT, hash.getAll(fields).size());
    assertEquals(COUNT / 10, hash.random(COUNT / 10).size());
    Map<String, FieldExpiry> results =
        hash.expire(fields.subList(0, COUNT / 2), Duration.ofMillis(5), ExpireCondition.ALWAYS);
    assertEquals(Set.of(FieldExpiry.SET), Set.copyOf(results.values()));
    time.advance(Duration.ofMillis(5));
    assertEquals(COUNT / 2, hash.size());
    assertNull(hash.get(fields.get(0)));
    assertEquals(COUNT / 2, hash.removeAll(fields));
    assertFalse(hash.exists());
  }

  @Test
  void fields_ofOneHash_surviveCopyAndRollback() {
    List<String> fields = CollidingStrings.of(5_000);
    RHash<String, String> hash = store.hash("h");
    fields.forEach(field -> hash.put(field, "v"));
    assertTrue(store.keys().copy("h", "copy"));
    try {
      store.atomically(
          List.of("h"),
          transaction -> {
            transaction.hash("h").removeAll(fields.subList(0, 2_500));
            throw new ArithmeticException();
          });
    } catch (ArithmeticException expected) {
      assertEquals(5_000, hash.size());
    }
    hash.removeAll(fields.subList(0, 2_500));
    assertEquals(5_000, store.hash("copy").size());
    assertEquals(2_500, hash.keys().size());
    assertTrue(store.hash("copy").contains(fields.get(0)));
  }

  @Test
  void pattern_ofKeys_isSpreadEvenly() {
    List<IntFunction<String>> patterns =
        List.of(
            Integer::toString,
            i -> "user:" + i,
            i -> String.format(Locale.ROOT, "order-%08d", i),
            i -> "a/very/long/common/prefix/of/keys/that/differ/at/their/end/" + i,
            i -> i + ":suffix",
            i -> Integer.toHexString(i * 16),
            i -> Integer.toString(i * 1024),
            i -> "" + (char) ('a' + i % 26) + (char) ('a' + i / 26 % 26) + (char) (' ' + i / 676));
    for (IntFunction<String> pattern : patterns) {
      assertSpread(pattern);
    }
  }

  /** Asserts that the 64 stripes get about the same, by a chi-square of 63 degrees of freedom. */
  private static void assertSpread(IntFunction<String> pattern) {
    int keys = 20_000;
    long[] counts = new long[64];
    for (int i = 0; i < keys; i++) {
      counts[SegmentTable.spread(pattern.apply(i)) >>> 26]++;
    }
    double expected = keys / 64.0;
    double square = 0;
    for (long count : counts) {
      square += (count - expected) * (count - expected) / expected;
      assertTrue(count <= 2 * expected + 50, pattern.apply(1) + ": " + count);
    }
    assertTrue(square < 63 + 8 * Math.sqrt(2 * 63), pattern.apply(1) + ": " + square);
  }

  @Test
  void pattern_ofKeys_isAllFound() {
    for (int i = 0; i < 50_000; i++) {
      store.value(Integer.toString(i)).set("v");
      store.value("user:" + i).set("v");
    }
    assertEquals(100_000, store.keys().size());
    assertEquals(100_000, scanned(ScanOptions.all().withCount(500)).size());
    assertEquals(50_000, store.keys().match("user:*").size());
  }
}
