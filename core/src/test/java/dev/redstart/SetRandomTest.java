// SPDX-License-Identifier: Apache-2.0
package dev.redstart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The contract of {@link RSet}: random members, pops and scans. */
class SetRandomTest<E> extends Contract<E> {
  private static final int[] SIZES = {1, 10, 300, 2_000};

  private RSet<E> set() {
    return set("k");
  }

  /** Makes a set anew. */
  private Set<String> fill(int size) {
    store.keys().delete(key("k"));
    Set<String> all = new TreeSet<>();
    for (int i = 0; i < size; i++) {
      set().add(of("m" + i));
      all.add("m" + i);
    }
    return all;
  }

  @Test
  void random_missingKey_isNothing() {
    assertNull(set().random());
    assertNull(set().pop());
    assertEquals(List.of(), set().random(5));
    assertEquals(List.of(), set().randomWithRepeats(5));
    assertEquals(List.of(), set().pop(5));
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
    for (int size : SIZES) {
      Set<String> all = fill(size);
      for (int count :
          new int[] {0, 1, 2, size / 4, size / 2, size - 1, size, size + 1, 10 * size}) {
        Set<String> found = sortedNames(set().random(count));
        assertEquals(Math.min(count, size), found.size());
        assertTrue(all.containsAll(found));
      }
      assertEquals(all, sortedNames(set().random(Long.MAX_VALUE)));
      assertEquals(size, set().size());
    }
  }

  @Test
  void randomWithRepeats_any_isOfThatLength() {
    for (int size : new int[] {3, 200}) {
      Set<String> all = fill(size);
      assertEquals(List.of(), set().randomWithRepeats(0));
      List<String> found = names(set().randomWithRepeats(5_000));
      assertEquals(5_000, found.size());
      assertEquals(all, new TreeSet<>(found));
    }
  }

  @Test
  void pop_one_isTakenOnce() {
    Set<String> all = fill(5);
    Set<String> seen = new TreeSet<>();
    for (int left = 4; left >= 0; left--) {
      E member = set().pop();
      assertNotNull(member);
      assertTrue(seen.add(content.name(member)));
      assertEquals(left, set().size());
    }
    assertEquals(all, seen);
    assertFalse(set().exists());
  }

  @Test
  void pop_several_areTakenOnce() {
    for (int size : SIZES) {
      Set<String> left = fill(size);
      for (long count : new long[] {0, 1, size / 4, size / 3}) {
        long expected = Math.min(count, left.size());
        Set<String> popped = sortedNames(set().pop(count));
        assertEquals(expected, popped.size());
        assertTrue(left.containsAll(popped));
        left.removeAll(popped);
        assertEquals(left, sortedNames(set().members()));
      }
      assertEquals(left, sortedNames(set().pop(Long.MAX_VALUE)));
      assertFalse(set().exists());
    }
  }

  @Test
  void random_badCount_isRefused() {
    fill(3);
    assertThrows(IllegalArgumentException.class, () -> set().random(-1));
    assertThrows(IllegalArgumentException.class, () -> set().random(Long.MIN_VALUE));
    assertThrows(IllegalArgumentException.class, () -> set().pop(-1));
    assertThrows(IllegalArgumentException.class, () -> set().pop(Long.MIN_VALUE));
    assertThrows(IllegalArgumentException.class, () -> set().randomWithRepeats(-1));
    assertThrows(
        IllegalArgumentException.class, () -> set().randomWithRepeats(Integer.MAX_VALUE - 7L));
    assertThrows(IllegalArgumentException.class, () -> set().randomWithRepeats(Long.MAX_VALUE));
    assertEquals(3, set().size());
  }

  private Set<String> scanned(ScanOptions options) {
    Set<String> found = new TreeSet<>();
    long cursor = 0;
    do {
      ScanPage<E> page = set().scan(cursor, options);
      found.addAll(names(page.elements()));
      cursor = page.cursor();
      assertEquals(cursor == 0, page.isLast());
    } while (cursor != 0);
    return found;
  }

  @Test
  void scan_anySize_returnsAll() {
    assertEquals(Set.of(), scanned(ScanOptions.all()));
    for (int size : SIZES) {
      Set<String> all = fill(size);
      for (long count : new long[] {1, 7, 1_000, Long.MAX_VALUE}) {
        assertEquals(all, scanned(ScanOptions.all().withCount(count)));
      }
      Set<String> iterated = new TreeSet<>();
      set().scan(ScanOptions.all()).forEach(member -> iterated.add(content.name(member)));
      assertEquals(all, iterated);
    }
  }

  @Test
  void scan_glob_chooses() {
    fill(200);
    assertEquals(11, scanned(ScanOptions.all().matching("*m17*")).size());
    assertEquals(Set.of(), scanned(ScanOptions.all().matching("nothing")));
    assertEquals(200, scanned(ScanOptions.all().matching("*")).size());
  }

  @Test
  void scan_badArguments_areRefused() {
    fill(3);
    ScanOptions typed = ScanOptions.all().ofType(KeyType.SET);
    assertThrows(IllegalArgumentException.class, () -> set().scan(0, typed));
    assertThrows(IllegalArgumentException.class, () -> set().scan(-1, ScanOptions.all()));
    assertEquals(0, set().scan(Long.MAX_VALUE, ScanOptions.all()).cursor());
  }
}
