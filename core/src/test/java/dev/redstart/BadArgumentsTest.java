// SPDX-License-Identifier: Apache-2.0
package dev.redstart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Null, text that is none, and keys of another type, for every method there is. */
@ParameterizedClass
@EnumSource(Reach.class)
class BadArgumentsTest {
  @Parameter Reach reach;

  private ReachedStore store;

  @BeforeEach
  void open() {
    store = reach.open();
    store.value("s").set("string");
    store.sortedSet("z").add("a", 1);
    store.list("li").pushRight("a");
  }

  /** Nothing that is refused has changed anything. */
  @AfterEach
  void close() {
    assertEquals("string", store.value("s").get());
    assertEquals(List.of(new Scored<>("a", 1)), store.sortedSet("z").rangeWithScores(0, -1));
    assertEquals(List.of("a"), store.list("li").range(0, -1));
    assertEquals(3, store.keys().size());
    store.close();
  }

  private Map<Class<?>, Object> handles(String key) {
    return Map.of(
        RValue.class, store.value(key),
        RCounter.class, store.counter(key),
        RValues.class, store.values(),
        RKeys.class, store.keys(),
        RSet.class, store.set(key),
        RList.class, store.list(key),
        RHash.class, store.hash(key),
        RTag.class, store.tag(key),
        RSortedSet.class, store.sortedSet(key));
  }

  private Map<Class<?>, Object> handlesOf(String key) {
    return Map.of(
        RValue.class, store.value(key),
        RCounter.class, store.counter(key),
        RSet.class, store.set(key),
        RList.class, store.list(key),
        RHash.class, store.hash(key),
        RSortedSet.class, store.sortedSet(key));
  }

  private static List<ApiCalls> each(Class<?> type, Function<ApiCalls, List<ApiCalls>> change) {
    return ApiCalls.of(type).stream().flatMap(call -> change.apply(call).stream()).toList();
  }

  @Test
  void nullArgument_anywhere_isRefused() {
    handles("k")
        .forEach(
            (type, handle) -> {
              List<ApiCalls> calls = each(type, ApiCalls::withNulls);
              ApiCalls.assertAllThrow(NullPointerException.class, calls, handle);
            });
  }

  @Test
  void nullArgument_ofAHandle_isRefused() {
    String none = null;
    Codec<String> noCodec = null;
    assertThrows(NullPointerException.class, () -> store.value(none));
    assertThrows(NullPointerException.class, () -> store.value("k", noCodec));
    assertThrows(NullPointerException.class, () -> store.counter(none));
    assertThrows(NullPointerException.class, () -> store.values(noCodec));
    assertThrows(NullPointerException.class, () -> store.set(none));
    assertThrows(NullPointerException.class, () -> store.set("k", noCodec));
    assertThrows(NullPointerException.class, () -> store.sortedSet(none));
    assertThrows(NullPointerException.class, () -> store.sortedSet("k", noCodec));
    assertThrows(NullPointerException.class, () -> store.list(none));
    assertThrows(NullPointerException.class, () -> store.list("k", noCodec));
    assertThrows(NullPointerException.class, () -> store.hash(none));
    assertThrows(NullPointerException.class, () -> store.hash("k", noCodec));
    assertThrows(NullPointerException.class, () -> store.hash("k", noCodec, Codec.text()));
    assertThrows(NullPointerException.class, () -> store.hash("k", Codec.text(), noCodec));
    assertThrows(NullPointerException.class, () -> store.tag(none));
    assertThrows(NullPointerException.class, () -> Codec.reference(noCodec));
  }

  @Test
  void nullArgument_ofAtomically_isRefused() {
    Store direct = store.store();
    List<String> keys = List.of("k");
    assertThrows(NullPointerException.class, () -> direct.atomically(keys, null));
    assertThrows(NullPointerException.class, () -> direct.atomicallyGet(keys, null));
    assertThrows(NullPointerException.class, () -> direct.atomically(null, transaction -> {}));
    List<String> withNull = Arrays.asList("k", null);
    assertThrows(NullPointerException.class, () -> direct.atomically(withNull, transaction -> {}));
  }

  @Test
  void nullArgument_ofABuilder_isRefused() {
    assertThrows(NullPointerException.class, () -> Store.builder().timeSource(null));
    assertThrows(NullPointerException.class, () -> Store.builder().journalSink(null));
    assertThrows(NullPointerException.class, () -> TimeSource.manual(null));
    Clock noClock = null;
    assertThrows(NullPointerException.class, () -> TimeSource.of(noClock));
  }

  @Test
  void nullArgument_ofARecord_isRefused() {
    assertThrows(NullPointerException.class, () -> SetOptions.always().lasting(null));
    assertThrows(NullPointerException.class, () -> SetOptions.always().until(null));
    assertThrows(NullPointerException.class, () -> new SetOptions(null, null, null, false));
    assertThrows(NullPointerException.class, () -> ScanOptions.all().matching(null));
    assertThrows(NullPointerException.class, () -> ScanOptions.all().ofType(null));
    assertThrows(NullPointerException.class, () -> SortOptions.ascending().by(null));
    assertThrows(NullPointerException.class, () -> SortOptions.ascending().get("#", null));
    assertThrows(NullPointerException.class, () -> SortedRange.byScore(null));
    assertThrows(NullPointerException.class, () -> SortedRange.byMember(null));
    assertThrows(NullPointerException.class, () -> MemberRange.closed(null, "a"));
    assertThrows(NullPointerException.class, () -> MemberRange.closed("a", null));
    assertThrows(NullPointerException.class, () -> MemberRange.open(null, "a"));
    assertThrows(NullPointerException.class, () -> MemberRange.closedOpen("a", null));
    assertThrows(NullPointerException.class, () -> MemberRange.atLeast(null));
    assertThrows(NullPointerException.class, () -> MemberRange.greaterThan(null));
    assertThrows(NullPointerException.class, () -> MemberRange.atMost(null));
    assertThrows(NullPointerException.class, () -> MemberRange.lessThan(null));
  }

  @Test
  void unpairedSurrogate_anywhere_isRefused() {
    handles("k")
        .forEach(
            (type, handle) -> {
              List<ApiCalls> calls = each(type, ApiCalls::withUnpairedSurrogates);
              if (!calls.isEmpty()) {
                ApiCalls.assertAllThrow(CodecException.class, calls, handle);
              }
            });
  }

  @Test
  void unpairedSurrogate_eachKind_isRefused() {
    for (String bad : List.of("\ud800", "a\udc00", "\udc00\ud800", "x".repeat(20) + "\udbff")) {
      handlesOf(bad)
          .forEach(
              (type, handle) ->
                  ApiCalls.assertAllThrow(CodecException.class, ApiCalls.of(type), handle));
      assertThrows(CodecException.class, () -> store.value("k").set(bad));
      assertThrows(
          CodecException.class, () -> store.store().atomically(List.of(bad), transaction -> {}));
    }
  }

  @Test
  void wrongType_ofAValue_isRefused() {
    RValue<String> handle = store.value("z");
    List<ApiCalls> calls =
        ApiCalls.of(RValue.class).stream()
            .filter(call -> call.method().getDeclaringClass() == RValue.class)
            .filter(call -> !call.method().getName().startsWith("set") || isSetRange(call))
            .filter(call -> !(reach.isAtomic() && call.method().getName().equals("getOrLoad")))
            .filter(call -> !call.method().getName().startsWith("common")) // in words of its own
            .toList();
    assertWrongType(calls, handle);
  }

  private static boolean isSetRange(ApiCalls call) {
    return call.method().getName().equals("setRange");
  }

  @Test
  void wrongType_ofACounter_isRefused() {
    List<ApiCalls> calls =
        ApiCalls.of(RCounter.class).stream()
            .filter(call -> call.method().getDeclaringClass() == RCounter.class)
            .filter(call -> !call.method().getName().matches("set|setFraction"))
            .toList();
    assertWrongType(calls, store.counter("z"));
  }

  @Test
  void wrongType_ofASet_isRefused() {
    List<ApiCalls> calls =
        ApiCalls.of(RSet.class).stream()
            .filter(call -> call.method().getDeclaringClass() == RSet.class)
            .toList();
    assertWrongType(calls, store.set("s"));
    assertWrongType(calls, store.set("z"));
  }

  @Test
  void wrongType_ofASortedSet_isRefused() {
    List<ApiCalls> calls =
        ApiCalls.of(RSortedSet.class).stream()
            .filter(call -> call.method().getDeclaringClass() == RSortedSet.class)
            .toList();
    assertWrongType(calls, store.sortedSet("s"));
  }

  @Test
  void wrongType_ofAList_isRefused() {
    List<ApiCalls> calls =
        ApiCalls.of(RList.class).stream()
            .filter(call -> call.method().getDeclaringClass() == RList.class)
            .toList();
    assertWrongType(calls, store.list("s"));
    assertWrongType(calls, store.list("z"));
  }

  @Test
  void wrongType_ofAListForOthers_isRefused() {
    assertThrows(WrongTypeException.class, () -> store.value("li").get());
    assertThrows(WrongTypeException.class, () -> store.counter("li").increment());
    assertThrows(WrongTypeException.class, () -> store.sortedSet("li").add("a", 1));
    assertThrows(WrongTypeException.class, () -> store.sortedSet("li").popMin());
  }

  @Test
  void wrongType_ofAHash_isRefused() {
    List<ApiCalls> calls =
        ApiCalls.of(RHash.class).stream()
            .filter(call -> call.method().getDeclaringClass() == RHash.class)
            .toList();
    assertWrongType(calls, store.hash("s"));
    assertWrongType(calls, store.hash("z"));
  }

  private static void assertWrongType(List<ApiCalls> calls, Object handle) {
    ApiCalls.assertAllThrow(
        WrongTypeException.class,
        calls,
        handle,
        thrown -> {
          assertEquals("WRONGTYPE", thrown.code());
          assertEquals(
              "Operation against a key holding the wrong kind of value", thrown.getMessage());
        });
  }
}
