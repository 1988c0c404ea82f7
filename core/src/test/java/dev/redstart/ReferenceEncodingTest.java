// SPDX-License-Identifier: Apache-2.0
package dev.redstart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An object that rests as it is gets its bytes under no lock, whoever needs them. */
class ReferenceEncodingTest {
  private final RecordingSink sink = new RecordingSink();
  private final Store store = Store.builder().stripes(1).journalSink(sink).open();
  private int encoded;

  @AfterEach
  void close() {
    store.close();
  }

  /** Has another thread write while it encodes, which a held stripe would not let happen. */
  private final class Looking implements Codec<String> {
    private final Store store;

    Looking(Store store) {
      this.store = store;
    }

    @Override
    public byte[] encode(String object) {
      encoded++;
      try {
        Background.start(() -> store.keys().expire("other", Duration.ofHours(1))).get();
      } catch (Exception e) {
        throw new AssertionError(e);
      }
      return Codec.text().encode(object);
    }

    @Override
    public String decode(byte[] bytes) {
      return Codec.text().decode(bytes);
    }
  }

  private Map<String, Consumer<Codec<String>>> writes() {
    return Map.of(
        "set", codec -> store.value("k", codec).set("v"),
        "setIfAbsent", codec -> store.value("new", codec).setIfAbsent("v"),
        "compareAndSet", codec -> store.value("k", codec).compareAndSet("old", "v"),
        "getAndSet", codec -> store.value("k", codec).getAndSet("v"),
        "setAll", codec -> store.values(codec).setAll(Map.of("k", "v")),
        "setAllIfAbsent", codec -> store.values(codec).setAllIfAbsent(Map.of("new", "v")),
        "put", codec -> hash(codec).put("f", "v"),
        "putAll", codec -> hash(codec).putAll(Map.of("f", "v")),
        "putIfAbsent", codec -> hash(codec).putIfAbsent("new", "v"),
        "replace", codec -> hash(codec).asMap().compute("f", (field, before) -> "v"));
  }

  private RHash<String, String> hash(Codec<String> codec) {
    return store.hash("h", Codec.text(), codec);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "set",
        "setIfAbsent",
        "compareAndSet",
        "getAndSet",
        "setAll",
        "setAllIfAbsent",
        "put",
        "putAll",
        "putIfAbsent",
        "replace"
      })
  void write_recordedReference_isEncodedUnderNoHold(String name) {
    store.value("k").set("old");
    store.hash("h").put("f", "old");
    sink.takeBatches();
    writes().get(name).accept(Codec.reference(new Looking(store)));
    String last = sink.takeEffects().stream().map(EffectsContract::text).toList().get(0);
    assertTrue(last.contains(" v ->"), last);
    assertTrue(encoded > 0, "encoded");
  }

  private static Map<String, Consumer<Store>> changes() {
    return Map.of(
        "add", store -> store.counter("k").increment(),
        "addFraction", store -> store.counter("k").addFraction(0.5),
        "append", store -> store.value("k").append("0"),
        "compareAndSet", store -> store.value("k").compareAndSet("41", "1"),
        "increment", store -> store.hash("h").increment("f", 1),
        "incrementFraction", store -> store.hash("h").increment("f", 0.5));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"add", "addFraction", "append", "compareAndSet", "increment", "incrementFraction"})
  void change_ofAnUnencodedReference_encodesUnderNoHold(String name) {
    try (Store plain = Store.builder().stripes(1).open()) {
      Codec<String> codec = Codec.reference(new Looking(plain));
      plain.value("k", codec).set("41");
      plain.hash("h", Codec.text(), codec).put("f", "41");
      assertEquals(0, encoded);
      changes().get(name).accept(plain);
      assertEquals(1, encoded);
    }
  }
}
