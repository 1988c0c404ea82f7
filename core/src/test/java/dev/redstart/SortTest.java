// SPDX-License-Identifier: Apache-2.0
package dev.redstart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The contract of {@link RKeys#sort}. */
@ParameterizedClass
@EnumSource(Reach.class)
class SortTest {
  private static final String NOT_A_NUMBER = "One or more scores can't be converted into double";

  @Parameter Reach reach;

  private ReachedStore store;

  @BeforeEach
  void open() {
    store = reach.open();
  }

  @AfterEach
  void close() {
    store.close();
  }

  private List<@Nullable String> sort(SortOptions options) {
    boolean named =
        (options.by() == null || !options.by().contains("*"))
            && options.gets().stream().noneMatch(each -> each.contains("*"));
    RKeys keys = named ? store.keys() : store.store().keys(); // bodies declare what they use
    return keys.sort("k", options);
  }

  private long sortAndStore(SortOptions options) {
    boolean named = options.gets().stream().noneMatch(each -> each.contains("*"));
    RKeys keys = named ? store.keys() : store.store().keys();
    return keys.sortAndStore("k", "d", options);
  }

  private List<String> stored() {
    return store.list("d").range(0, -1);
  }

  private void fill(String... members) {
    store.set("k").add(members);
  }

  @Test
  void sort_numbers_areInTheirOrder() {
    fill("10", "9", "-1", "2.5", "1e3", "inf", "-inf", "0x10");
    List<String> expected = List.of("-inf", "-1", "2.5", "9", "10", "0x10", "1e3", "inf");
    assertEquals(expected, sort(SortOptions.ascending()));
    List<String> reversed = new ArrayList<>(expected);
    Collections.reverse(reversed);
    assertEquals(reversed, sort(SortOptions.descending()));
    assertEquals(expected, sort(SortOptions.descending().reversed()));
  }

  @Test
  void sort_equalNumbers_areInOrderOfBytes() {
    fill("1", "1.0", "01", "+1", "2", "-0", "0");
    List<String> expected = List.of("-0", "0", "+1", "01", "1", "1.0", "2");
    assertEquals(expected, sort(SortOptions.ascending()));
    List<String> reversed = new ArrayList<>(expected);
    Collections.reverse(reversed);
    assertEquals(reversed, sort(SortOptions.descending()));
  }

  @Test
  void sort_texts_areInOrderOfBytes() {
    fill("b", "a", "10", "9", "é", "", "B");
    List<String> expected = List.of("", "10", "9", "B", "a", "b", "é");
    assertEquals(expected, sort(SortOptions.ascending().alphabetic()));
    List<String> reversed = new ArrayList<>(expected);
    Collections.reverse(reversed);
    assertEquals(reversed, sort(SortOptions.descending().alphabetic()));
  }

  @Test
  void sort_limits_cut() {
    fill("1", "2", "3", "4", "5");
    SortOptions all = SortOptions.ascending();
    assertEquals(List.of("2", "3"), sort(all.limit(1, 2)));
    assertEquals(List.of("4", "5"), sort(all.limit(3, 10)));
    assertEquals(List.of("4", "5"), sort(all.limit(3, Long.MAX_VALUE)));
    assertEquals(List.of(), sort(all.limit(5, 1)));
    assertEquals(List.of(), sort(all.limit(Long.MAX_VALUE, Long.MAX_VALUE)));
    assertEquals(List.of(), sort(all.limit(0, 0)));
    assertEquals(List.of("5"), sort(all.reversed().limit(0, 1)));
    assertThrows(IllegalArgumentException.class, () -> all.limit(-1, 1));
    assertThrows(IllegalArgumentException.class, () -> all.limit(0, -1));
  }

  @Test
  void sort_missingKey_isNothing() {
    assertEquals(List.of(), sort(SortOptions.ascending()));
    assertEquals(List.of(), sort(SortOptions.unsorted().get("#", "v_*").limit(3, 3)));
  }

  @Test
  void sort_notNumbers_isRefused() {
    for (String bad : List.of("", "a", "1 ", "1x", "nan", "1e400", "1e-400", "1e-310", "--1")) {
      store.keys().delete("k");
      fill("1", "2", "x");
      store.value("w_1").set(bad.isEmpty() ? " " : bad);
      SortOptions options = SortOptions.ascending().by("w_*");
      StoreException refused = assertThrows(StoreException.class, () -> sort(options));
      assertEquals("ERR", refused.code());
      assertEquals(NOT_A_NUMBER, refused.getMessage());
      SortOptions itself = SortOptions.ascending().limit(0, 1);
      assertThrows(StoreException.class, () -> sort(itself));
    }
  }

  @Test
  void sort_numbersAsStrtodReadsThem_areInTheirOrder() {
    RList<String> list = store.list("k");
    list.pushRight("0x1p-1050", " 1", "\n3", "\t2", "\u000b4", "\f5", "\r6", "0");
    list.pushRight("-1", "", "\0x", "2.2250738585072014e-308");
    assertEquals(
        List.of(
            "-1",
            "",
            "\0x",
            "0",
            "0x1p-1050",
            "2.2250738585072014e-308",
            " 1",
            "\t2",
            "\n3",
            "\u000b4",
            "\f5",
            "\r6"),
        sort(SortOptions.ascending()));
    for (String none : List.of(" ", "\t\n", "1e-310", "-1e-310", " \0", "1 ")) {
      list.pushRight(none);
      StoreException refused =
          assertThrows(StoreException.class, () -> sort(SortOptions.ascending()));
      assertEquals(NOT_A_NUMBER, refused.getMessage());
      list.popRight();
    }
  }

  @Test
  void sort_byWeights_looksThemUp() {
    fill("a", "b", "c", "d");
    store.value("w_a").set("3");
    store.value("w_b").set("-1.5");
    store.counter("w_c").set(7);
    SortOptions options = SortOptions.ascending().by("w_*");
    assertEquals(List.of("b", "d", "a", "c"), sort(options)); // a missing one counts 0
    assertEquals(List.of("c", "a", "d", "b"), sort(options.reversed()));
    assertEquals(List.of("d", "a"), sort(options.limit(1, 2)));
    store.value("w_d").set("z");
    assertEquals(List.of("b", "a", "c", "d"), sort(options.alphabetic()));
    store.keys().delete("w_c");
    assertEquals(List.of("c", "b", "a", "d"), sort(options.alphabetic())); // a missing one first
    assertEquals(List.of("d", "a", "b", "c"), sort(options.alphabetic().reversed()));
  }

  @Test
  void sort_byOtherTypes_areMissing() {
    fill("a", "b");
    store.set("w_a").add("1");
    store.value("w_b").set("-1");
    assertEquals(List.of("b", "a"), sort(SortOptions.ascending().by("w_*")));
    assertEquals(List.of("a", "b"), sort(SortOptions.ascending().by("w_*->field")));
    assertEquals(Arrays.asList("-1", null), sort(SortOptions.ascending().by("w_*").get("w_*")));
    assertEquals(Arrays.asList(null, null), sort(SortOptions.ascending().by("w_*").get("w_*->f")));
  }

  @Test
  void sort_patternThatBeginsWithTheStar_looksTheElementsUp() {
    fill("1", "2", "3");
    store.value("1_w").set("30");
    store.value("2_w").set("10");
    store.value("3_w").set("20");
    assertEquals(List.of("2", "3", "1"), sort(SortOptions.ascending().by("*_w")));
    assertEquals(List.of("30", "10", "20"), sort(SortOptions.ascending().get("*_w")));
  }

  @Test
  void sort_byConstant_leavesTheOrder() {
    store.sortedSet("k").add(List.of(new Scored<>("x", 1.0), new Scored<>("a", 2.0)));
    store.sortedSet("k").add("m", 3);
    store.value("constant").set("not looked at");
    assertEquals(List.of("x", "a", "m"), sort(SortOptions.unsorted()));
    assertEquals(List.of("m", "a", "x"), sort(SortOptions.unsorted().reversed()));
    assertEquals(List.of("x", "a", "m"), sort(SortOptions.ascending().by("constant")));
    assertEquals(List.of("x", "a", "m"), sort(SortOptions.ascending().by("#").alphabetic()));
    assertEquals(List.of("a"), sort(SortOptions.unsorted().limit(1, 1)));
    assertEquals(List.of("a", "x"), sort(SortOptions.unsorted().reversed().limit(1, 5)));
  }

  @Test
  void sort_unsortedSet_isAnyOrder() {
    fill("c", "a", "b", "1");
    Set<String> all = new TreeSet<>(List.of("1", "a", "b", "c"));
    assertEquals(all, new TreeSet<>(sort(SortOptions.unsorted())));
    assertEquals(all, new TreeSet<>(sort(SortOptions.unsorted().reversed())));
    List<@Nullable String> two = sort(SortOptions.unsorted().limit(1, 2));
    assertEquals(2, two.size());
    assertTrue(all.containsAll(two));
  }

  @Test
  void sort_patterns_areReturned() {
    fill("1", "2", "3");
    store.value("v_1").set("one");
    store.value("3:v").set("three");
    SortOptions all = SortOptions.ascending();
    assertEquals(List.of("1", "2", "3"), sort(all.get("#")));
    assertEquals(Arrays.asList("one", null, null), sort(all.get("v_*")));
    assertEquals(
        Arrays.asList("1", "one", null, "2", null, null, "3", null, "three"),
        sort(all.get("#").get("v_*", "*:v")));
    assertEquals(Arrays.asList(null, null, null), sort(all.get("v_1")));
    assertEquals(Arrays.asList("3", "three"), sort(all.reversed().limit(0, 1).get("#", "*:v")));
    assertEquals(4, sort(SortOptions.unsorted().limit(1, 2).get("#", "v_*")).size());
  }

  @Test
  void sort_pattern_replacesTheFirstStarOnly() {
    fill("1");
    store.value("a1b*c").set("first");
    store.value("1->").set("arrow");
    store.value("->1").set("before");
    SortOptions all = SortOptions.ascending();
    assertEquals(List.of("first", "arrow", "before"), sort(all.get("a*b*c", "*->", "->*")));
  }

  @Test
  void sort_values_areOfTheirMoment() {
    fill("1", "2");
    store.value("v_1").set("gone", Duration.ofMinutes(1));
    store.value("v_2").append("grown and ");
    store.value("v_2").append("é");
    SortOptions options = SortOptions.ascending().get("v_*");
    assertEquals(List.of("gone", "grown and é"), sort(options));
    store.time().advance(Duration.ofMinutes(1));
    assertEquals(Arrays.asList(null, "grown and é"), sort(options));
  }

  @Test
  void sort_references_areEncoded() {
    fill("1", "2");
    store.value("v_1", Codec.reference(Codec.longs())).set(20L);
    store.value("v_2", Codec.reference(Codec.longs())).set(10L);
    assertEquals(List.of("10", "20"), sort(SortOptions.ascending().by("v_*").get("v_*")));
  }

  @Test
  void sort_codec_reads() {
    fill("10", "9");
    RKeys keys = store.keys();
    assertEquals(List.of(9L, 10L), keys.sort("k", SortOptions.ascending(), Codec.longs()));
    store.set("b", Codec.bytes()).add(new byte[] {(byte) 0xff});
    SortOptions texts = SortOptions.ascending().alphabetic();
    assertThrows(CodecException.class, () -> keys.sort("b", texts));
    assertEquals(1, keys.sort("b", texts, Codec.bytes()).get(0).length);
  }

  @Test
  void sort_wrongType_isRefused() {
    store.value("k").set("string");
    assertThrows(WrongTypeException.class, () -> sort(SortOptions.ascending()));
    assertThrows(WrongTypeException.class, () -> sort(SortOptions.unsorted().get("v_*")));
  }

  @Test
  void sort_manyElements_areAllThere() {
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 5_000; i++) {
      store.set("k").add(Integer.toString((i * 7_919) % 5_000));
      store.sortedSet("z").add(Integer.toString((i * 7_919) % 5_000), i);
      expected.add(Integer.toString(i));
    }
    assertEquals(expected, sort(SortOptions.ascending()));
    assertEquals(expected, store.keys().sort("z", SortOptions.ascending()));
    Collections.sort(expected);
    assertEquals(expected, sort(SortOptions.ascending().by("none_*")));
    assertEquals(expected, sort(SortOptions.ascending().alphabetic()));
  }

  @Test
  void sort_lists_keepTheirElements() {
    store.list("k").pushRight("3", "1", "2", "1", "1.0");
    assertEquals(List.of("1", "1", "1.0", "2", "3"), sort(SortOptions.ascending()));
    assertEquals(List.of("3", "1", "2", "1", "1.0"), sort(SortOptions.unsorted()));
    assertEquals(List.of("1.0", "1"), sort(SortOptions.unsorted().reversed().limit(0, 2)));
  }

  @Test
  void sortAndStore_some_replacesTheDestination() {
    fill("10", "9", "8");
    store.value("d").set("x", Duration.ofMinutes(1));
    assertEquals(3, sortAndStore(SortOptions.ascending()));
    assertEquals(List.of("8", "9", "10"), stored());
    assertNull(store.keys().timeToLive("d"));
    assertEquals(1, sortAndStore(SortOptions.descending().limit(1, 1)));
    assertEquals(List.of("9"), stored());
    assertEquals(3, store.keys().sortAndStore("k", "k", SortOptions.ascending().alphabetic()));
    assertEquals(List.of("10", "8", "9"), store.list("k").range(0, -1));
  }

  @Test
  void sortAndStore_none_removesTheDestination() {
    store.value("d").set("x");
    assertEquals(0, sortAndStore(SortOptions.ascending()));
    assertEquals(0, sortAndStore(SortOptions.ascending()));
    assertEquals(0, store.keys().exists(List.of("d")));
  }

  @Test
  void sortAndStore_unsortedSet_isInOrderOfBytes() {
    fill("b", "a", "10", "9");
    assertEquals(4, sortAndStore(SortOptions.unsorted()));
    assertEquals(List.of("10", "9", "a", "b"), stored());
    assertEquals(2, sortAndStore(SortOptions.unsorted().reversed().limit(1, 2)));
    assertEquals(List.of("a", "9"), stored());
  }

  @Test
  void sortAndStore_patterns_areStored() {
    fill("1", "2");
    store.value("v_1", Codec.reference(Codec.longs())).set(11L);
    assertEquals(4, sortAndStore(SortOptions.ascending().get("#", "v_*")));
    assertEquals(List.of("1", "11", "2", ""), stored());
  }

  @Test
  void sortAndStore_refused_changesNothing() {
    fill("1", "x");
    store.value("d").set("v");
    assertThrows(StoreException.class, () -> sortAndStore(SortOptions.ascending()));
    assertEquals("v", store.value("d").get());
    assertThrows(
        WrongTypeException.class,
        () -> store.keys().sortAndStore("d", "k", SortOptions.ascending()));
    assertEquals(KeyType.SET, store.keys().type("k"));
  }

  @Test
  void sort_insideABody_needsItsKeysDeclared() {
    fill("1", "2");
    store.value("w_1").set("9");
    store.value("v_2").set("two");
    SortOptions options = SortOptions.ascending().by("w_*").get("v_*");
    List<String> keys = List.of("k", "w_1", "w_2", "v_1", "v_2");
    assertEquals(
        Arrays.asList("two", null),
        store
            .store()
            .<List<@Nullable String>>atomicallyGet(
                keys, transaction -> transaction.keys().sort("k", options)));
    for (String missing : keys) {
      List<String> others = new ArrayList<>(keys);
      others.remove(missing);
      assertThrows(
          IllegalStateException.class,
          () ->
              store
                  .store()
                  .atomically(others, transaction -> transaction.keys().sort("k", options)));
    }
  }
}
