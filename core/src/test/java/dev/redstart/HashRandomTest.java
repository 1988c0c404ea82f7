// SPDX-License-Identifier: Apache-2.0
package dev.redstart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The contract of {@link RHash}: random fields, and scans. */
class HashRandomTest<E> extends Contract<E> {
  private RHash<E, E> hash() {
    return hash("k");
  }

  private Set<String> fill(int size) {
    Set<String> all = new TreeSet<>();
    for (int i = 0; i < size; i++) {
      hash().put(of("f" + i), of("v" + i));
      all.add("f" + i + " v" + i);
    }
    return all;
  }

  private String entry(Map.Entry<E, E> entry) {
    return name(entry.getKey()) + " " + name(entry.getValue());
  }

  @Test
  void random_missingKey_isNothing() {
    assertNull(hash().random());
    assertEquals(List.of(), hash().random(5));
    assertEquals(List.of(), hash().randomEntries(5));
    assertEquals(List.of(), hash().randomWithRepeats(5));
  }

  @Test
  void random_one_isEachOfThem() {
    fill(5);
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < 500; i++) {
      E field = hash().random();
      assertNotNull(field);
      seen.add(content.name(field));
    }
    assertEquals(Set.of("f0", "f1", "f2", "f3", "f4"), seen);
  }

  @Test
  void random_several_areDifferent() {
    for (int size : new int[] {10, 300, 600}) {
      store.keys().flush();
      Set<String> all = fill(size);
      for (int count : new int[] {0, 1, 2, size / 5, size / 2, size - 1, size, size + 1}) {
        List<String> found = hash().randomEntries(count).stream().map(this::entry).toList();
        assertEquals(Math.min(count, size), found.size());
        assertEquals(found.size(), new HashSet<>(found).size());
        assertTrue(all.containsAll(found));
        assertEquals(Math.min(count, size), new HashSet<>(names(hash().random(count))).size());
      }
      List<String> most =
          hash().randomEntries(Long.MAX_VALUE).stream().map(this::entry).sorted().toList();
      assertEquals(List.copyOf(all), most);
    }
  }

  @Test
  void randomWithRepeats_any_isOfThatLength() {
    for (int size : new int[] {3, 600}) {
      store.keys().flush();
      fill(size);
      assertEquals(List.of(), hash().randomWithRepeats(0));
      List<String> found = names(hash().randomWithRepeats(700));
      assertEquals(700, found.size());
      Set<String> fields = new HashSet<>(names(List.copyOf(hash().keys())));
      assertTrue(fields.containsAll(found));
      assertTrue(new HashSet<>(found).size() > Math.min(2, size / 4));
    }
  }

  @Test
  void random_badCount_isRefused() {
    fill(3);
    assertThrows(IllegalArgumentException.class, () -> hash().random(-1));
    assertThrows(IllegalArgumentException.class, () -> hash().randomEntries(Long.MIN_VALUE));
    assertThrows(IllegalArgumentException.class, () -> hash().randomWithRepeats(-1));
    assertThrows(
        IllegalArgumentException.class, () -> hash().randomWithRepeats(Integer.MAX_VALUE - 7L));
    assertThrows(IllegalArgumentException.class, () -> hash().randomWithRepeats(Long.MAX_VALUE));
  }

  private Set<String> scanned(ScanOptions options) {
    Set<String> found = new TreeSet<>();
    long cursor = 0;
    do {
      ScanPage<Map.Entry<E, E>> page = hash().scan(cursor, options);
      page.elements().forEach(each -> found.add(entry(each)));
      cursor = page.cursor();
      assertEquals(cursor == 0, page.isLast());
    } while (cursor != 0);
    Set<String> iterated = new TreeSet<>();
    hash().scan(options).forEach(each -> iterated.add(entry(each)));
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
    assertEquals(Set.of("f17 v17"), scanned(ScanOptions.all().matching("*f17")));
    assertEquals(Set.of("f17 v17"), scanned(ScanOptions.all().matching("*f17").withCount(1000)));
    assertEquals(200, scanned(ScanOptions.all().matching("*f[12][0-9]?").withCount(50)).size());
    assertEquals(Set.of(), scanned(ScanOptions.all().matching("nothing")));
    assertEquals(Set.of(), scanned(ScanOptions.all().matching("*v17")));
    assertEquals(300, scanned(ScanOptions.all().matching("*")).size());
  }

  @Test
  void scan_type_isRefused() {
    fill(3);
    ScanOptions typed = ScanOptions.all().ofType(KeyType.HASH);
    assertThrows(IllegalArgumentException.class, () -> hash().scan(0, typed));
    assertThrows(IllegalArgumentException.class, () -> hash().scan(typed).iterator());
  }

  @Test
  void scan_anyCursor_isAnswered() {
    fill(300);
    assertThrows(IllegalArgumentException.class, () -> hash().scan(-1, ScanOptions.all()));
    for (long cursor : new long[] {1, 1L << 20, 1L << 40, 1L << 62, Long.MAX_VALUE}) {
      assertTrue(hash().scan(cursor, ScanOptions.all()).elements().size() <= 300);
    }
    assertEquals(List.of(), hash().scan(Long.MAX_VALUE, ScanOptions.all()).elements());
  }
}
