// SPDX-License-Identifier: Apache-2.0
package dev.redstart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What contract suites share: a fresh store for each test, in every way and with every content.
 *
 * <p>Confined to one test thread.
 */
@ParameterizedClass(name = "{0} {1}")
@MethodSource("dev.redstart.Contract#ways")
abstract class Contract<E> {
  @Parameter(0)
  Reach reach;

  @Parameter(1)
  Content<E> content;

  ReachedStore store;

  /** All ways with all contents; few of both for mutation tests, which repeat them a lot. */
  static Stream<Arguments> ways() {
    return TestScale.IS_SMALL
        ? Stream.of(
            Arguments.of(Reach.DIRECT, Content.ASCII),
            Arguments.of(Reach.RECORDED_ATOMICALLY, Content.LONG_ASCII))
        : Stream.of(Reach.values())
            .flatMap(reach -> Content.ALL.stream().map(content -> Arguments.of(reach, content)));
  }

  @BeforeEach
  void open() {
    store = reach.open();
  }

  @AfterEach
  void close() {
    store.close();
  }

  final Instant now() {
    return store.time().instant();
  }

  final void advance(long millis) {
    store.time().advance(Duration.ofMillis(millis));
  }

  final String key(String name) {
    return content.key(name);
  }

  final E of(String name) {
    return content.of(name);
  }

  final @Nullable String name(@Nullable E object) {
    return object == null ? null : content.name(object);
  }

  final RValue<E> value(String name) {
    return store.value(key(name), content.codec());
  }

  final RSet<E> set(String name) {
    return store.set(key(name), content.codec());
  }

  /** Makes a set of names. */
  final RSet<E> set(String name, String... members) {
    RSet<E> set = set(name);
    for (String member : members) {
      set.add(of(member));
    }
    return set;
  }

  RHash<E, E> hash(String name) {
    return store.hash(key(name), content.codec(), content.codec());
  }

  /** Asserts what a hash holds, by {@code field value} pairs in any order. */
  final void assertHash(String name, String... pairs) {
    List<String> found = new ArrayList<>();
    hash(name)
        .entries()
        .forEach((field, value) -> found.add(content.name(field) + " " + content.name(value)));
    assertEquals(Stream.of(pairs).sorted().toList(), found.stream().sorted().toList());
    assertEquals(pairs.length, hash(name).size());
    assertEquals(pairs.length > 0, hash(name).exists());
  }

  final RSortedSet<E> sortedSet(String name) {
    return store.sortedSet(key(name), content.codec());
  }

  /** Makes a sorted set of {@code name score} pairs, such as {@code "a 1", "b 2"}. */
  final RSortedSet<E> sortedSet(String name, String... pairs) {
    RSortedSet<E> set = sortedSet(name);
    for (String pair : pairs) {
      set.add(of(memberOf(pair)), scoreOf(pair));
    }
    return set;
  }

  static String memberOf(String pair) {
    return pair.substring(0, pair.indexOf(' '));
  }

  static double scoreOf(String pair) {
    String score = pair.substring(pair.indexOf(' ') + 1);
    return switch (score) {
      case "inf" -> Double.POSITIVE_INFINITY;
      case "-inf" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(score);
    };
  }

  final RList<E> list(String name) {
    return store.list(key(name), content.codec());
  }

  /** Makes a list. */
  final RList<E> list(String name, String... elements) {
    RList<E> list = list(name);
    for (String element : elements) {
      list.pushRight(of(element));
    }
    return list;
  }

  /** Asserts what a list holds. */
  final void assertList(String name, String... elements) {
    RList<E> list = list(name);
    assertEquals(List.of(elements), names(list.range(0, -1)));
    assertEquals(elements.length, list.size());
    assertEquals(elements.length > 0, list.exists());
  }

  final List<String> names(List<? extends E> objects) {
    return objects.stream().map(content::name).toList();
  }

  /** Returns names in their order. */
  final Set<String> sortedNames(Collection<? extends E> objects) {
    Set<String> names = new TreeSet<>();
    objects.forEach(each -> names.add(content.name(each)));
    assertEquals(names.size(), objects.size());
    return names;
  }

  /** Asserts what a plain set holds. */
  final void assertMembers(String name, String... members) {
    assertEquals(new TreeSet<>(List.of(members)), sortedNames(set(name).members()));
    assertEquals(members.length, set(name).size());
    assertEquals(members.length > 0, set(name).exists());
  }

  /** Returns {@code name score} pairs. */
  final List<String> pairs(List<? extends Scored<E>> members) {
    return members.stream().map(this::pair).toList();
  }

  final @Nullable String pair(@Nullable Scored<E> member) {
    return member == null ? null : content.name(member.member()) + " " + text(member.score());
  }

  static String text(double score) {
    if (Double.isInfinite(score)) {
      return score > 0 ? "inf" : "-inf";
    }
    return score == Math.rint(score) ? Long.toString((long) score) : Double.toString(score);
  }

  /** Asserts what a set holds, in order. */
  final void assertSet(String name, String... pairs) {
    RSortedSet<E> set = sortedSet(name);
    assertEquals(List.of(pairs), pairs(set.rangeWithScores(0, -1)));
    assertEquals(pairs.length, set.size());
    assertEquals(pairs.length > 0, set.exists());
  }

  final void assertValue(@Nullable String expected, @Nullable E actual) {
    assertEquals(expected, name(actual));
  }

  final void assertDeadline(@Nullable Instant expected, String name) {
    Duration left = store.keys().timeToLive(key(name));
    assertEquals(expected, store.keys().deadline(key(name)));
    if (expected == null) {
      assertNull(left);
    } else {
      assertNotNull(left);
      assertEquals(Duration.between(now(), expected), left);
    }
  }
}
