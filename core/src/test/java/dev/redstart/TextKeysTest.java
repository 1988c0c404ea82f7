// SPDX-License-Identifier: Apache-2.0
package dev.redstart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redstart.spi.BinaryStrings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Text whose characters are the bytes of another text: neither may be taken for the other.
 *
 * <p>The bytes of "é" are the characters "Ã©"; who forgets to encode one of them meets the other.
 */
@ParameterizedClass
@EnumSource(Reach.class)
class TextKeysTest {
  private static final List<String> TEXTS = List.of("é", "键", "😀", "aé", "é".repeat(40), "\u0080");

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

  /** Returns the text whose characters are the bytes of a text. */
  private static String twin(String text) {
    return BinaryStrings.fromText(text);
  }

  private void assertMissing(String key) {
    assertNull(store.value(key).get());
    assertNull(store.value(key, Codec.bytes()).get());
    assertEquals(0, store.counter(key).get());
    assertEquals(0.0, store.counter(key).getFraction());
    assertEquals(0, store.value(key).length());
    assertEquals("", store.value(key).getRange(0, -1));
    assertFalse(store.value(key).exists());
    assertNull(store.value(key).timeToLive());
    assertEquals(0, store.sortedSet(key).size());
    assertNull(store.sortedSet(key).score("m"));
    assertFalse(store.keys().exists(key));
    assertEquals(0, store.keys().exists(key, key));
    assertEquals(KeyType.NONE, store.keys().type(key));
    assertNull(store.keys().deadline(key));
    assertEquals(Map.of(), store.values().getAll(key));
    assertFalse(store.keys().delete(key));
    assertNull(store.value(key).getAndDelete());
    assertFalse(store.value(key).compareAndSet("1", "2"));
    assertNull(store.sortedSet(key).popMin());
  }

  @Test
  void key_itsTwin_isAnotherKey() {
    for (String text : TEXTS) {
      store.value(text).set("1", Duration.ofMinutes(1));
      assertMissing(twin(text));
      assertEquals("1", store.value(text).get());
      assertEquals(1, store.counter(text).get());
      store.keys().flush();
      store.value(twin(text)).set("1", Duration.ofMinutes(1));
      assertMissing(text);
      assertEquals("1", store.value(twin(text)).get());
      store.keys().flush();
    }
  }

  @Test
  void key_amongAsciiOnes_isFoundAndLost() {
    for (int i = 0; i < 500; i++) {
      store.value("ascii" + i).set("v");
    }
    for (String text : TEXTS) {
      assertMissing(text);
      assertMissing(twin(text));
      store.value(text).set("1");
      assertMissing(twin(text));
      store.value(twin(text)).set("2");
      assertEquals("1", store.value(text).get());
      assertEquals("2", store.value(twin(text)).get());
      assertTrue(store.keys().delete(text));
      assertMissing(text);
      assertEquals("2", store.value(twin(text)).get());
      assertTrue(store.keys().delete(twin(text)));
      assertMissing(twin(text));
    }
    assertEquals("v", store.value("ascii7").get());
  }

  @Test
  void key_movedOrCopied_isFoundAsText() {
    store.value("ascii").set("1");
    store.keys().rename("ascii", "é");
    assertMissing("Ã©");
    assertEquals("1", store.value("é").get());
    store.keys().copy("é", "键");
    assertMissing(twin("键"));
    assertEquals("1", store.value("键").get());
    store.keys().move("é", 9);
    Store other = store.root().database(9);
    assertEquals("1", other.value("é").get());
    assertNull(other.value("Ã©").get());
    assertMissing("é");
  }

  @Test
  void key_listed_isTextAgain() {
    TreeSet<String> keys = new TreeSet<>();
    for (String text : TEXTS) {
      for (String key : List.of(text, twin(text))) {
        store.value(key).set(key);
        keys.add(key);
      }
    }
    assertEquals(keys, new TreeSet<>(store.keys().match("*")));
    TreeSet<String> scanned = new TreeSet<>();
    store.keys().scan(ScanOptions.all()).forEach(scanned::add);
    assertEquals(keys, scanned);
    assertEquals(List.of("é"), store.keys().match("[é]?"));
    for (String key : keys) {
      assertEquals(key, store.value(key).get());
      assertEquals(key, store.value(key).key());
    }
  }

  @Test
  void member_itsTwin_isAnotherMember() {
    for (int large = 0; large < 2; large++) {
      store.keys().flush();
      RSortedSet<String> set = store.sortedSet("z");
      for (int i = 0; i < 200 * large; i++) {
        set.add("ascii" + i, 5);
      }
      for (String text : TEXTS) {
        assertTrue(set.add(text, 1));
        assertFalse(set.contains(twin(text)));
        assertTrue(set.add(twin(text), 2));
        assertEquals(1.0, set.score(text));
        assertTrue(set.remove(text));
        assertEquals(2.0, set.score(twin(text)));
        assertNull(set.rank(text));
      }
    }
  }

  @Test
  void value_itsTwin_isAnotherValue() {
    for (String text : TEXTS) {
      store.value("k").set(text);
      assertFalse(store.value("k").compareAndSet(twin(text), "x"));
      assertEquals(text, store.value("k").getAndSet(twin(text)));
      assertEquals(twin(text), store.value("k").get());
      assertEquals(BinaryStrings.fromText(twin(text)).length(), store.value("k").length());
      assertTrue(store.value("k").compareAndSet(twin(text), text));
      store.value("k").append(text);
      assertEquals(text + text, store.value("k").get());
      assertEquals(text, store.value("k").getRange(0, twin(text).length() - 1L));
    }
  }
}
