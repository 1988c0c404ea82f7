// SPDX-License-Identifier: Apache-2.0
package dev.redstart;

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
    writes().get(name).accept(Codec.reference(new Looking()));
    String last = sink.takeEffects().stream().map(EffectsContract::text).toList().get(0);
    assertTrue(last.contains(" v ->"), last);
    assertTrue(encoded > 0, "encoded");
  }
}
