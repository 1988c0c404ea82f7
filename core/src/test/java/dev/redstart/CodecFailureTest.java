// SPDX-License-Identifier: Apache-2.0
package dev.redstart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.redstart.spi.BinaryStrings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Codecs that throw or return null: a clear exception, and nothing is changed. */
@ParameterizedClass
@EnumSource(Reach.class)
class CodecFailureTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  /** The methods that write and return something that the codec has to read. */
  private static final Set<String> WRITES_THAT_RETURN =
      Set.of(
          "getAndSet",
          "getAndDelete",
          "getAndExpire",
          "getAndExpireAt",
          "getAndPersist",
          "popLeft",
          "popRight",
          "popFirstNonEmpty",
          "moveTo",
          "popMin",
          "popMax",
          "popMinOfAny",
          "popMaxOfAny",
          "pop");

  /** The fields that calls of the API name. */
  private static final Map<String, String> HASH = Map.of("v", "1", "l", "2", "a", "3");

  @Parameter Reach reach;

  private ReachedStore store;

  /** What a codec does when it is asked. */
  private enum Fault {
    ENCODE_THROWS,
    ENCODE_NULL,
    DECODE_THROWS,
    DECODE_NULL
  }

  private static RuntimeException failure() {
    return new IllegalStateException("the codec's own");
  }

  private static Codec<String> faulty(Fault fault) {
    return new Codec<>() {
      @Override
      public byte @Nullable [] encode(String object) {
        if (fault == Fault.ENCODE_THROWS) {
          throw failure();
        }
        return fault == Fault.ENCODE_NULL ? null : BinaryStrings.toBytes(object);
      }

      @Override
      public @Nullable String decode(byte[] bytes) {
        if (fault == Fault.DECODE_THROWS) {
          throw failure();
        }
        return fault == Fault.DECODE_NULL ? null : BinaryStrings.fromBytes(bytes);
      }
    };
  }

  @BeforeEach
  void open() {
    store = reach.open();
    fill();
  }

  private void fill() {
    store.value("k").set("string", MINUTE);
    store.sortedSet("z").add("a", 1);
    store.sortedSet("z").add("b", 2);
    store.sortedSet("z").expire(MINUTE);
    store.set("l").add("a"); // what is a member of a set is one of sorted set algebra too
    store.set("p").add("a", "b");
    store.set("p").expire(MINUTE);
    store.list("li").pushRight("a", "b");
    store.list("li").expire(MINUTE);
    store.hash("h").putAll(HASH);
    store.hash("h").expire("l", MINUTE);
  }

  private void assertUnchanged(String what) {
    assertEquals("string", store.value("k").get(), what);
    assertEquals(MINUTE, store.value("k").timeToLive(), what);
    assertEquals(
        List.of(new Scored<>("a", 1), new Scored<>("b", 2)),
        store.sortedSet("z").rangeWithScores(0, -1),
        what);
    assertEquals(MINUTE, store.sortedSet("z").timeToLive(), what);
    assertEquals(Set.of("a", "b"), store.set("p").members(), what);
    assertEquals(MINUTE, store.set("p").timeToLive(), what);
    assertEquals(List.of("a", "b"), store.list("li").range(0, -1), what);
    assertEquals(MINUTE, store.list("li").timeToLive(), what);
    assertEquals(HASH, store.hash("h").entries(), what);
    assertEquals(MINUTE, store.hash("h").timeToLive("l"), what);
    assertNull(store.hash("h").timeToLive("v"), what);
    assertEquals(6, store.keys().size(), what);
  }

  @AfterEach
  void close() {
    store.close();
  }

  /** Returns the calls of a type whose own methods take an object of the codec, or give one. */
  private Stream<ApiCalls> calls(Class<?> type, boolean taking) {
    return ApiCalls.of(type).stream()
        .filter(call -> call.method().getDeclaringClass() == type)
        .filter(call -> taking ? takes(call) : gives(call))
        .filter(call -> !(reach.isAtomic() && call.method().getName().equals("getOrLoad")));
  }

  private static boolean takes(ApiCalls call) {
    return Stream.of(call.method().getGenericParameterTypes())
            .anyMatch(type -> type.toString().matches(".*\\b[EFV]\\b.*"))
        && !call.method().getName().matches("getOrLoad|range.*|removeRange|storeRange|lexCount");
  }

  private static boolean gives(ApiCalls call) {
    return call.method().getGenericReturnType().toString().matches(".*\\b[EFV]\\b.*")
        && !call.method().getName().equals("expire"); // whose fields are those that were given
  }

  private Object handle(Class<?> type, Fault fault) {
    Codec<String> codec = faulty(fault);
    if (type == RSet.class) {
      return store.set("p", codec);
    }
    if (type == RHash.class) {
      return store.hash("h", codec, codec);
    }
    return type == RValue.class
        ? store.value("k", codec)
        : type == RSortedSet.class
            ? store.sortedSet("z", codec)
            : type == RList.class ? store.list("li", codec) : store.values(codec);
  }

  private void assertRefused(CodecException refused, Fault fault) {
    assertEquals("ERR", refused.code());
    if (fault.name().endsWith("THROWS")) {
      assertEquals("the codec's own", refused.getCause().getMessage());
    } else {
      assertNull(refused.getCause());
    }
  }

  @Test
  void encode_failing_changesNothing() {
    for (Fault fault : List.of(Fault.ENCODE_THROWS, Fault.ENCODE_NULL)) {
      for (Class<?> type :
          List.of(
              RValue.class,
              RHash.class,
              RList.class,
              RSet.class,
              RSortedSet.class,
              RValues.class)) {
        List<ApiCalls> calls = calls(type, true).toList();
        ApiCalls.assertAllThrow(
            CodecException.class,
            calls,
            handle(type, fault),
            thrown -> assertRefused(thrown, fault));
      }
      assertUnchanged(fault.name());
    }
  }

  @Test
  void encode_failingForARange_isRefused() {
    for (Fault fault : List.of(Fault.ENCODE_THROWS, Fault.ENCODE_NULL)) {
      RSortedSet<String> set = store.sortedSet("z", faulty(fault));
      MemberRange<String> range = MemberRange.atMost("a");
      SortedRange<String> part = SortedRange.byMember(range);
      assertThrows(CodecException.class, () -> set.lexCount(range));
      assertThrows(CodecException.class, () -> set.rangeByMember(range));
      assertThrows(CodecException.class, () -> set.range(part));
      assertThrows(CodecException.class, () -> set.rangeWithScores(part.reversed()));
      assertThrows(CodecException.class, () -> set.storeRange("d", part));
      assertThrows(CodecException.class, () -> set.removeRange(part));
      assertUnchanged(fault.name());
    }
  }

  @Test
  void encode_failingForALoadedValue_setsNothing() {
    if (!reach.isAtomic()) {
      for (Fault fault : List.of(Fault.ENCODE_THROWS, Fault.ENCODE_NULL)) {
        RValue<String> value = store.value("new", faulty(fault));
        assertThrows(CodecException.class, () -> value.getOrLoad(() -> "v"));
        assertThrows(CodecException.class, () -> value.getOrLoad(MINUTE, () -> "v"));
        assertFalse(value.exists());
        assertEquals("v", store.value("new").getOrLoad(() -> "v"));
        store.value("new").delete();
      }
    }
  }

  @Test
  void encode_failingForOneOfMany_changesNothing() {
    Codec<String> second =
        new Codec<>() {
          @Override
          public byte[] encode(String object) {
            if (object.equals("bad")) {
              throw failure();
            }
            return BinaryStrings.toBytes(object);
          }

          @Override
          public String decode(byte[] bytes) {
            return BinaryStrings.fromBytes(bytes);
          }
        };
    RSortedSet<String> set = store.sortedSet("z", second);
    List<Scored<String>> some = List.of(new Scored<>("c", 3), new Scored<>("bad", 4));
    assertThrows(CodecException.class, () -> set.add(some));
    assertThrows(CodecException.class, () -> set.removeAll(List.of("a", "bad")));
    RValues<String> values = store.values(second);
    assertThrows(
        CodecException.class, () -> values.setAll(new TreeMap<>(Map.of("k", "x", "l", "bad"))));
    assertUnchanged("one of many");
  }

  @Test
  void decode_failing_isTold() {
    for (Fault fault : List.of(Fault.DECODE_THROWS, Fault.DECODE_NULL)) {
      for (Class<?> type :
          List.of(
              RValue.class,
              RHash.class,
              RList.class,
              RSet.class,
              RSortedSet.class,
              RValues.class)) {
        List<ApiCalls> calls =
            calls(type, false)
                .filter(call -> !WRITES_THAT_RETURN.contains(call.method().getName()))
                .toList();
        ApiCalls.assertAllThrow(
            CodecException.class,
            calls,
            handle(type, fault),
            thrown -> assertRefused(thrown, fault));
      }
      assertUnchanged(fault.name());
    }
  }

  @Test
  void decode_failingForAWrite_changesNothing() {
    for (Fault fault : List.of(Fault.DECODE_THROWS, Fault.DECODE_NULL)) {
      for (Class<?> type : List.of(RValue.class, RList.class, RSet.class, RSortedSet.class)) {
        for (ApiCalls call :
            calls(type, false)
                .filter(each -> WRITES_THAT_RETURN.contains(each.method().getName()))
                .map(each -> each.method().getName().equals("moveTo") ? each.with(0, "li") : each)
                .toList()) {
          ApiCalls.assertAllThrow(
              CodecException.class,
              List.of(call),
              handle(type, fault),
              thrown -> assertRefused(thrown, fault));
          assertUnchanged(fault + " " + call);
        }
      }
    }
  }

  @Test
  void decode_failingForABlockedPop_putsBack() throws Exception {
    if (!reach.isAtomic()) {
      for (Fault fault : List.of(Fault.DECODE_THROWS, Fault.DECODE_NULL)) {
        RSortedSet<String> set = store.sortedSet("new", faulty(fault));
        List<String> others = List.of("new2");
        Background<?> one = Background.startBlocked(() -> set.popMin(MINUTE));
        store.sortedSet("new").add("m", 5);
        assertRefused((CodecException) one.failure(), fault);
        assertEquals(5.0, store.sortedSet("new").score("m"));
        store.keys().delete("new");
        Background<?> any = Background.startBlocked(() -> set.popMaxOfAny(2, others, MINUTE));
        store.sortedSet("new2").add(Map.of("m", 5.0, "n", 6.0, "o", 7.0));
        assertRefused((CodecException) any.failure(), fault);
        assertEquals(List.of("m", "n", "o"), store.sortedSet("new2").range(0, -1));
        store.keys().delete("new2");
      }
      assertUnchanged("blocked");
    }
  }

  @Test
  void decode_failingForABlockedListPop_putsBack() throws Exception {
    if (!reach.isAtomic()) {
      for (Fault fault : List.of(Fault.DECODE_THROWS, Fault.DECODE_NULL)) {
        RList<String> list = store.list("new", faulty(fault));
        Background<?> one = Background.startBlocked(() -> list.popLeft(MINUTE));
        store.list("new").pushRight("m");
        assertRefused((CodecException) one.failure(), fault);
        assertEquals(List.of("m"), store.list("new").range(0, -1));
        store.keys().delete("new");
        Background<?> any =
            Background.startBlocked(
                () -> list.popFirstNonEmpty(ListEnd.RIGHT, 2, List.of("new2"), MINUTE));
        store.list("new2").pushRight("m", "n", "o");
        assertRefused((CodecException) any.failure(), fault);
        assertEquals(List.of("m", "n", "o"), store.list("new2").range(0, -1));
        store.keys().delete("new2");
        Background<?> move =
            Background.startBlocked(() -> list.moveTo("new2", ListEnd.LEFT, ListEnd.RIGHT, MINUTE));
        store.list("new").pushRight("m", "n");
        assertRefused((CodecException) move.failure(), fault);
        assertEquals(List.of("m", "n"), store.list("new").range(0, -1));
        store.keys().delete("new");
      }
      assertUnchanged("blocked");
    }
  }

  @Test
  void storeException_ofACodec_isPassedOn() {
    StoreException own = new StoreException("OWN", "mine");
    Codec<String> codec =
        new Codec<>() {
          @Override
          public byte[] encode(String object) {
            throw own;
          }

          @Override
          public String decode(byte[] bytes) {
            throw own;
          }
        };
    assertSame(own, assertThrows(StoreException.class, () -> store.value("k", codec).set("x")));
    assertSame(own, assertThrows(StoreException.class, () -> store.value("k", codec).get()));
    assertUnchanged("own");
  }

  @Test
  void error_ofACodec_isPassedOn() {
    Codec<String> codec =
        new Codec<>() {
          @Override
          public byte[] encode(String object) {
            throw new StackOverflowError();
          }

          @Override
          public String decode(byte[] bytes) {
            throw new StackOverflowError();
          }
        };
    assertThrows(StackOverflowError.class, () -> store.value("k", codec).set("x"));
    assertThrows(StackOverflowError.class, () -> store.value("k", codec).get());
    assertUnchanged("error");
  }

  @Test
  void reference_encodeFailing_changesNothing() {
    RValue<String> value = store.value("k", Codec.reference(faulty(Fault.ENCODE_THROWS)));
    RValue<String> fresh = store.value("new", Codec.reference(faulty(Fault.ENCODE_THROWS)));
    if (reach.isRecorded()) {
      assertThrows(CodecException.class, () -> value.set("x"));
      assertThrows(CodecException.class, () -> fresh.setIfAbsent("x"));
      assertUnchanged("recorded");
    } else {
      fresh.set("x");
      assertEquals("x", fresh.get());
      assertThrows(CodecException.class, () -> store.value("new").get());
      assertThrows(CodecException.class, () -> store.value("new").append("y"));
      assertThrows(CodecException.class, () -> store.counter("new").increment());
      assertThrows(CodecException.class, () -> store.value("new").length());
      assertEquals("x", fresh.get());
      fresh.delete();
      assertUnchanged("not recorded");
    }
  }
}
