// SPDX-License-Identifier: Apache-2.0
package dev.redstart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Scans of keys and members while both grow and shrink. */
class ScanGuaranteeTest {
  private static final boolean LONG = Boolean.getBoolean("redstart.long");
  private static final int SCANS = LONG ? 200 : 30;

  private final Store store = Store.open();

  @AfterEach
  void close() {
    store.close();
  }

  private Set<String> scanned(ScanOptions options) {
    Set<String> found = new TreeSet<>();
    store.keys().scan(options).forEach(found::add);
    return found;
  }

  @Test
  void scan_options_choose() {
    for (int i = 0; i < 100; i++) {
      store.value("s" + i).set("v");
      store.sortedSet("z" + i).add("m", 1);
      store.set("p" + i).add("m");
    }
    store.value("é1").set("v");
    store.value("é键").set("v");
    for (long count : new long[] {1, 10, 1000, Long.MAX_VALUE}) {
      ScanOptions all = ScanOptions.all().withCount(count);
      assertEquals(302, scanned(all).size());
      assertEquals(100, scanned(all.ofType(KeyType.SET)).size());
      assertEquals(102, scanned(all.ofType(KeyType.STRING)).size());
      assertEquals(100, scanned(all.ofType(KeyType.SORTED_SET)).size());
      assertEquals(Set.of(), scanned(all.ofType(KeyType.HASH)));
      assertEquals(Set.of(), scanned(all.ofType(KeyType.NONE)));
      assertEquals(11, scanned(all.matching("?7*").ofType(KeyType.STRING)).size());
      assertEquals(Set.of("é1", "é键"), scanned(all.matching("é*")));
      assertEquals(Set.of(), scanned(all.matching("nothing")));
    }
    Set<String> found = new HashSet<>();
    store.keys().scan("s?").forEach(found::add);
    assertEquals(10, found.size());
  }

  @Test
  void scan_badArguments_areRefused() {
    RKeys keys = store.keys();
    assertThrows(IllegalArgumentException.class, () -> keys.scan(-1, ScanOptions.all()));
    assertThrows(
        IllegalArgumentException.class, () -> keys.scan(Long.MIN_VALUE, ScanOptions.all()));
    for (long bad : new long[] {0, -1, Long.MIN_VALUE}) {
      assertThrows(IllegalArgumentException.class, () -> ScanOptions.all().withCount(bad));
    }
  }

  @Test
  void scan_anyCursor_isAnswered() {
    for (int i = 0; i < 100; i++) {
      store.value("k" + i).set("v");
    }
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 1000; i++) {
      long cursor = random.nextLong(Long.MAX_VALUE) >>> random.nextInt(64);
      assertTrue(store.keys().scan(cursor, ScanOptions.all()).cursor() >= 0);
    }
    assertTrue(store.keys().scan(Long.MAX_VALUE, ScanOptions.all()).isLast());
  }

  @Test
  void scan_ofNothing_endsAtOnce() {
    ScanPage<String> page = store.keys().scan(0, ScanOptions.all());
    assertTrue(page.isLast());
    assertEquals(List.of(), page.elements());
    Iterator<String> iterator = store.keys().scan(ScanOptions.all()).iterator();
    assertFalse(iterator.hasNext());
    assertThrows(NoSuchElementException.class, iterator::next);
  }

  @Test
  void scan_iteratedTwice_beginsAnew() {
    store.value("a").set("v");
    Iterable<String> scan = store.keys().scan("*");
    assertEquals("a", scan.iterator().next());
    store.keys().rename("a", "b");
    assertEquals("b", scan.iterator().next());
  }

  @Test
  void scan_ofOneDatabase_seesNoOther() {
    store.value("a").set("v");
    store.database(1).value("b").set("v");
    assertEquals(Set.of("a"), scanned(ScanOptions.all()));
    assertEquals(List.of("b"), store.database(1).keys().scan(0, ScanOptions.all()).elements());
    assertEquals(List.of(), store.database(2).keys().scan(0, ScanOptions.all()).elements());
  }

  /** Scans once, with random changes of other elements between the steps. */
  private static void scanChanging(
      SplittableRandom random,
      Set<String> stable,
      Changes changes,
      BiFunction<Long, ScanOptions, ScanPage<String>> scan,
      String what) {
    Set<String> found = new HashSet<>();
    long cursor = 0;
    int steps = 0;
    do {
      ScanPage<String> page =
          scan.apply(cursor, ScanOptions.all().withCount(1 + random.nextInt(300)));
      found.addAll(page.elements());
      cursor = page.cursor();
      if (random.nextInt(4) == 0) {
        changes.change(random);
      }
      assertTrue(++steps < 1_000_000, what);
    } while (cursor != 0);
    Set<String> missed = new TreeSet<>(stable);
    missed.removeAll(found);
    assertEquals(Set.of(), missed, what);
    assertTrue(found.stream().allMatch(each -> each.startsWith("s") || each.startsWith("c")), what);
  }

  /** Adds and removes elements whose names begin with c. */
  private interface Changes {
    void change(SplittableRandom random);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void keys_thatStay_areAllReturned(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Set<String> stable = new HashSet<>();
    for (int i = 0; i < 500; i++) {
      store.value("s" + i).set("v");
      stable.add("s" + i);
    }
    RKeys keys = store.keys();
    for (int i = 0; i < SCANS; i++) {
      scanChanging(
          random,
          stable,
          each -> {
            int first = each.nextInt(20_000);
            boolean adds = each.nextBoolean();
            for (int j = first; j < first + 1_000; j++) {
              if (adds) {
                store.value("c" + j).set("v");
              } else {
                store.value("c" + j).delete();
              }
            }
          },
          keys::scan,
          "seed " + seed + ", scan " + i);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void members_thatStay_areAllReturned(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    RSortedSet<String> set = store.sortedSet("z");
    Set<String> stable = new HashSet<>();
    for (int i = 0; i < 100; i++) {
      set.add("s" + i, i);
      stable.add("s" + i);
    }
    for (int i = 0; i < SCANS; i++) {
      scanChanging(
          random,
          stable,
          each -> {
            int first = each.nextInt(20_000);
            boolean adds = each.nextBoolean();
            for (int j = first; j < first + 1_000; j++) {
              if (adds) {
                set.add("c" + j, each.nextInt(1000));
              } else {
                set.remove("c" + j);
              }
            }
          },
          (cursor, options) -> {
            ScanPage<Scored<String>> page = set.scan(cursor, options);
            return new ScanPage<>(
                page.cursor(), page.elements().stream().map(Scored::member).toList());
          },
          "seed " + seed + ", scan " + i);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void plainMembers_thatStay_areAllReturned(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int stay : new int[] {1, 60, 700}) {
      RSet<String> set = store.set("p" + stay);
      Set<String> stable = new HashSet<>();
      for (int i = 0; i < stay; i++) {
        set.add("s" + i);
        stable.add("s" + i);
      }
      for (int i = 0; i < SCANS / 3; i++) {
        scanChanging(
            random,
            stable,
            each -> {
              int first = each.nextInt(20_000);
              boolean adds = each.nextBoolean();
              for (int j = first; j < first + 1_000; j++) {
                if (adds) {
                  set.add("c" + j);
                } else {
                  set.remove("c" + j);
                }
              }
            },
            set::scan,
            "seed " + seed + ", scan " + i);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void fields_thatStay_areAllReturned(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    RHash<String, String> hash = store.hash("h");
    Set<String> stable = new HashSet<>();
    for (int i = 0; i < 100; i++) {
      hash.put("s" + i, "v");
      stable.add("s" + i);
    }
    for (int i = 0; i < SCANS; i++) {
      scanChanging(
          random,
          stable,
          each -> {
            int first = each.nextInt(20_000);
            boolean adds = each.nextBoolean();
            for (int j = first; j < first + 1_000; j++) {
              if (adds) {
                hash.put("c" + j, "v");
              } else {
                hash.remove("c" + j);
              }
            }
          },
          (cursor, options) -> {
            ScanPage<Map.Entry<String, String>> page = hash.scan(cursor, options);
            return new ScanPage<>(
                page.cursor(), page.elements().stream().map(Map.Entry::getKey).toList());
          },
          "seed " + seed + ", scan " + i);
    }
  }

  @Test
  void collidingKeys_thatStay_areAllReturned() {
    List<String> colliding = CollidingStrings.of(4_000);
    Set<String> stable = new HashSet<>();
    for (int i = 0; i < 1_000; i++) {
      store.value(colliding.get(i)).set("v");
      stable.add(colliding.get(i));
    }
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < 20; i++) {
      Set<String> found = new HashSet<>();
      long cursor = 0;
      do {
        ScanPage<String> page = store.keys().scan(cursor, ScanOptions.all().withCount(50));
        found.addAll(page.elements());
        cursor = page.cursor();
        for (int j = 0; j < 100; j++) {
          String key = colliding.get(1_000 + random.nextInt(3_000));
          if (random.nextBoolean()) {
            store.value(key).set("v");
          } else {
            store.value(key).delete();
          }
        }
      } while (cursor != 0);
      assertTrue(found.containsAll(stable), "scan " + i);
    }
  }

  @Test
  void keys_thatStay_areReturnedWhileThreadsChangeOthers() throws Exception {
    Set<String> stable = new HashSet<>();
    for (int i = 0; i < 1_000; i++) {
      store.value("s" + i).set("v");
      store.sortedSet("z").add("s" + i, i);
      stable.add("s" + i);
    }
    AtomicBoolean stopped = new AtomicBoolean();
    List<Background<Boolean>> changers = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      String prefix = "c" + i + "-";
      changers.add(Background.start(() -> growAndShrink(prefix, stopped)));
    }
    for (int i = 0; i < SCANS; i++) {
      Set<String> found = new HashSet<>();
      store.keys().scan(ScanOptions.all().withCount(100)).forEach(found::add);
      assertTrue(found.containsAll(stable), "scan " + i);
      Set<String> members = new HashSet<>();
      store
          .sortedSet("z")
          .scan(ScanOptions.all().withCount(100))
          .forEach(each -> members.add(each.member()));
      assertTrue(members.containsAll(stable), "scan " + i);
      assertTrue(new HashSet<>(store.keys().match("s*")).containsAll(stable));
    }
    stopped.set(true);
    for (Background<Boolean> changer : changers) {
      assertEquals(true, changer.get());
    }
  }

  private boolean growAndShrink(String prefix, AtomicBoolean stopped) {
    while (!stopped.get()) {
      for (int i = 0; i < 20_000 && !stopped.get(); i++) {
        store.value(prefix + i).set("v");
        store.sortedSet("z").add(prefix + i, i);
      }
      for (int i = 0; i < 20_000 && !stopped.get(); i++) {
        store.value(prefix + i).delete();
        store.sortedSet("z").remove(prefix + i);
      }
    }
    return true;
  }
}
