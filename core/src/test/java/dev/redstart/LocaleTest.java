// SPDX-License-Identifier: Apache-2.0
package dev.redstart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers and names do not depend on the language of the JVM. */
@Isolated("changes the default locale")
@ParameterizedClass
@ValueSource(strings = {"tr-TR", "ar-EG-u-nu-arab", "hi-IN-u-nu-deva", "de-DE"})
class LocaleTest extends EffectsContract {
  @Parameter String tag;

  private final Locale before = Locale.getDefault();

  @BeforeEach
  void change() {
    Locale.setDefault(Locale.forLanguageTag(tag));
  }

  @AfterEach
  void restore() {
    Locale.setDefault(before);
  }

  @Test
  void counter_numbers_areAscii() {
    RCounter counter = store.counter("İi");
    assertEquals(-1234567, counter.add(-1234567));
    assertEquals("-1234567", store.value("İi").get());
    assertEquals(0.5, store.counter("f").addFraction(0.5));
    assertEquals(1234567.75, store.counter("f").addFraction(1234567.25));
    assertEquals("1234567.75", store.value("f").get());
    store.value("d", Codec.doubles()).set(-0.25);
    store.value("l", Codec.longs()).set(Long.MIN_VALUE);
    assertEquals("-0.25", store.value("d").get());
    assertEquals("-9223372036854775808", store.value("l").get());
  }

  @Test
  void counter_digitsOfTheLanguage_areNoNumber() {
    for (String digits : List.of("١٢٣", "१२३", "1,5", "1.000,5")) {
      store.value("k").set(digits);
      assertThrows(NotANumberException.class, () -> store.counter("k").increment());
      assertThrows(NotANumberException.class, () -> store.counter("k").addFraction(1));
      assertThrows(CodecException.class, () -> store.value("k", Codec.doubles()).get());
    }
  }

  @Test
  void effects_numbersAndNames_areAscii() {
    store.sortedSet("z").add("i", 1234.5);
    assertEffects("ZADD z 1234.5 i -> n new z, z zadd z");
    store.sortedSet("z").storeIntersection("i", List.of("z"), Aggregate.MIN, 1, 0.5);
    assertEffects("ZINTERSTORE i 2 z z WEIGHTS 1 0.5 AGGREGATE MIN -> n new i, z zinterstore i");
    store.value("k").set("v", Duration.ofMillis(1234567));
    assertEffects("SET k v PXAT 2234567 -> n new k, $ set k, g expire k");
    store.sortedSet("z").popMin(3);
    assertEffects("ZPOPMIN z 1 -> z zpopmin z, g del z");
    assertEquals(
        "string zset none",
        store.keys().type("k") + " " + store.keys().type("i") + " " + store.keys().type("x"));
  }

  @Test
  void globs_letters_areComparedAsTheyAre() {
    store.value("title").set("v");
    store.value("TITLE").set("v");
    assertEquals(List.of("title"), store.keys().match("t[i]tle"));
    assertEquals(List.of("TITLE"), store.keys().match("T[I]TLE"));
  }
}
