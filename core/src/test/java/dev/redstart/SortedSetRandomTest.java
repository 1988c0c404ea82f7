// SPDX-License-Identifier: Apache-2.0
package dev.redstart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The contract of {@link RSortedSet}: random members, and scans. */
class SortedSetRandomTest<E> extends Contract<E> {
  private RSortedSet<E> set() {
    return sortedSet("k");
  }

  private Set<String> fill(int size) {
    Set<String> all = new TreeSet<>();
    for (int i = 0; i < size; i++) {
      set().add(of("m" + i), i);
      all.add("m" + i + " " + i);
    }
    return all;
  }

  @Test
  void random_missingKey_isNothing() {
    assertNull(set().random());
    assertEquals(List.of(), set().random(5));
    assertEquals(List.of(), set().randomWithScores(5));
    assertEquals(List.of(), set().randomWithRepeats(5));
  }

  @Test
  void random_one_isEachOfThem() {
    fill(5);
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < 500; i++) {
      E member = set().random();
      assertNotNull(member);
      seen.add(content.name(member));
    }
    assertEquals(Set.of("m0", "m1", "m2", "m3", "m4"), seen);
  }

  @Test
  void random_several_areDifferent() {
    for (int size : new int[] {10, 300}) {
      store.keys().flush();
      Set<String> all = fill(size);
      for (int count : new int[] {0, 1, 2, size / 2, size - 1, size, size + 1, 10 * size}) {
        List<String> found = pairs(set().randomWithScores(count));
        assertEquals(Math.min(count, size), found.size());
        assertEquals(found.size(), new HashSet<>(found).size());
        assertTrue(all.containsAll(found));
        assertEquals(Math.min(count, size), new HashSet<>(names(set().random(count))).size());
      }
      assertEquals(all, new TreeSet<>(pairs(set().randomWithScores(Long.MAX_VALUE))));
    }
  }

  @Test
  void randomWithRepeats_any_isOfThatLength() {
    Set<String> all = fill(3);
    assertEquals(List.of(), set().randomWithRepeats(0));
    List<String> found = pairs(set().randomWithRepeats(500));
    assertEquals(500, found.size());
    assertEquals(all, new TreeSet<>(found));
  }

  @Test
  void random_badCount_isRefused() {
    fill(3);
    assertThrows(IllegalArgumentException.class, () -> set().random(-1));
    assertThrows(IllegalArgumentException.class, () -> set().randomWithScores(Long.MIN_VALUE));
    assertThrows(IllegalArgumentException.class, () -> set().randomWithRepeats(-1));
    assertThrows(
        IllegalArgumentException.class, () -> set().randomWithRepeats(Integer.MAX_VALUE - 7L));
    assertThrows(IllegalArgumentException.class, () -> set().randomWithRepeats(Long.MAX_VALUE));
  }

  private Set<String> scanned(ScanOptions options) {
    Set<String> found = new TreeSet<>();
    long cursor = 0;
    do {
      ScanPage<Scored<E>> page = set().scan(cursor, options);
      found.addAll(pairs(page.elements()));
      cursor = page.cursor();
      assertEquals(cursor == 0, page.isLast());
    } while (cursor != 0);
    Set<String> iterated = new TreeSet<>();
    set().scan(options).forEach(each -> iterated.add(pair(each)));
    assertEquals(found, iterated);
    return found;
  }

  @Test
  void scan_eachSize_findsAll() {
    assertEquals(Set.of(), scanned(ScanOptions.all()));
    for (int size : new int[] {1, 128, 129, 1000}) {
      store.keys().flush();
      Set<String> all = fill(size);
      for (long count : new long[] {1, 10, 600, Long.MAX_VALUE}) {
        assertEquals(all, scanned(ScanOptions.all().withCount(count)));
      }
    }
  }

  @Test
  void scan_glob_findsThoseThatMatch() {
    fill(300);
    assertEquals(Set.of("m17 17"), scanned(ScanOptions.all().matching("*m17")));
    assertEquals(Set.of("m17 17"), scanned(ScanOptions.all().matching("*m17").withCount(1000)));
    assertEquals(200, scanned(ScanOptions.all().matching("*m[12][0-9]?").withCount(50)).size());
    assertEquals(Set.of(), scanned(ScanOptions.all().matching("nothing")));
    assertEquals(300, scanned(ScanOptions.all().matching("*")).size());
  }

  @Test
  void scan_globOfText_isByItsBytes() {
    RSortedSet<String> text = store.sortedSet(key("t"));
    for (String member : List.of("é", "é键", "e", "")) {
      text.add(member, 1);
    }
    assertEquals(List.of("é", "é键"), members(text, "é*"));
    assertEquals(List.of("é"), members(text, "??"));
    assertEquals(List.of("", "e", "é", "é键"), members(text, "*"));
  }

  private static List<String> members(RSortedSet<String> text, String glob) {
    return text.scan(0, ScanOptions.all().matching(glob)).elements().stream()
        .map(Scored::member)
        .sorted()
        .toList();
  }

  @Test
  void scan_type_isRefused() {
    fill(3);
    ScanOptions typed = ScanOptions.all().ofType(KeyType.SORTED_SET);
    assertThrows(IllegalArgumentException.class, () -> set().scan(0, typed));
    assertThrows(IllegalArgumentException.class, () -> set().scan(typed).iterator());
  }

  @Test
  void scan_anyCursor_isAnswered() {
    fill(300);
    assertThrows(IllegalArgumentException.class, () -> set().scan(-1, ScanOptions.all()));
    for (long cursor : new long[] {1, 1L << 20, 1L << 40, 1L << 62, Long.MAX_VALUE}) {
      assertTrue(set().scan(cursor, ScanOptions.all()).elements().size() <= 300);
    }
    assertEquals(List.of(), set().scan(Long.MAX_VALUE, ScanOptions.all()).elements());
  }
}
