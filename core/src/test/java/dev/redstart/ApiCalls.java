// SPDX-License-Identifier: Apache-2.0
package dev.redstart;

import java.lang.invoke.MethodType;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.function.ThrowingConsumer;

/**
 * Every method of the API's interfaces, with arguments that are right, for tests of what is wrong.
 *
 * <p>Immutable. A test changes one argument, or the state, and expects the same of each method, so
 * that a method that comes later is tested too.
 *
 * @param method the method
 * @param arguments one for each parameter
 */
record ApiCalls(Method method, List<@Nullable Object> arguments) {
  static final String UNPAIRED = "x\ud83d";

  /**
   * Returns a call of each method of an interface, but of {@code key()} and {@code name()}, which
   * need no store.
   */
  static List<ApiCalls> of(Class<?> type) {
    return Stream.of(type.getMethods())
        .filter(method -> !Modifier.isStatic(method.getModifiers()))
        .filter(method -> !method.getName().matches("key|name"))
        .filter(method -> !method.getName().matches("as[A-Z].*")) // a view does nothing yet
        .sorted(Comparator.comparing(Method::toString))
        .map(ApiCalls::right)
        .toList();
  }

  private static ApiCalls right(Method method) {
    List<@Nullable Object> arguments = new ArrayList<>();
    for (Class<?> type : method.getParameterTypes()) {
      arguments.add(right(method, type, arguments.size()));
    }
    return new ApiCalls(method, Collections.unmodifiableList(arguments));
  }

  private static Object right(Method method, Class<?> type, int index) {
    boolean ofKeys =
        method.getDeclaringClass() != RSortedSet.class && method.getDeclaringClass() != RSet.class;
    if (type == Collection.class) {
      return method.getName().equals("add") && method.getDeclaringClass() == RSortedSet.class
          ? List.of(new Scored<>("a", 1.0))
          : List.of(method.getDeclaringClass() == RValues.class ? "k" : "l");
    }
    if (type == Map.class) {
      return ofKeys ? Map.of("k", "v") : Map.of("a", 1.0);
    }
    if (type == String.class) {
      return index == 0 ? "k" : "l";
    }
    Object[] rights = {
      "v",
      1.0,
      1L,
      true,
      1,
      Duration.ofMinutes(1),
      ReachedStore.START.plusSeconds(60),
      SetOptions.always(),
      SortedRange.byRank(0, -1),
      ScoreRange.all(),
      MemberRange.all(),
      AddCondition.ALWAYS,
      Aggregate.SUM,
      ExpireCondition.ALWAYS,
      ScanOptions.all(),
      SortOptions.ascending(),
      Codec.text(),
      ListEnd.LEFT,
      PositionOptions.fromLeft(),
      new String[] {ofKeys ? "k" : "l"},
      new Scored<?>[] {new Scored<>("a", 1.0)},
      new Object[] {"a"},
      new double[0],
      (Supplier<Object>) () -> "v"
    };
    Class<?> boxed = MethodType.methodType(type).wrap().returnType();
    return Stream.of(rights)
        .filter(each -> type.isArray() ? each.getClass() == type : boxed.isInstance(each))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no argument known for " + method));
  }

  /** Runs the call; what comes lazily is asked for once. */
  @Nullable Object on(Object handle) throws Throwable {
    try {
      Object result = method.invoke(handle, arguments.toArray());
      return result instanceof Iterable<?> some && !(result instanceof Collection)
          ? some.iterator().hasNext()
          : result;
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  /** Returns this call with each kind of null: an argument, an element, a key or value of a map. */
  List<ApiCalls> withNulls() {
    List<ApiCalls> calls = new ArrayList<>();
    for (int i = 0; i < arguments.size(); i++) {
      Object argument = arguments.get(i);
      if (!method.getParameterTypes()[i].isPrimitive()) {
        calls.add(with(i, null));
      }
      if (argument instanceof Collection<?> some) {
        calls.add(with(i, Arrays.asList((Object) null)));
        calls.add(with(i, Arrays.asList(some.iterator().next(), null)));
        if (some.iterator().next() instanceof Scored<?>) {
          calls.add(with(i, List.of(new Scored<>(null, 1.0))));
        }
      } else if (argument instanceof Map<?, ?> map) {
        calls.add(with(i, mapOf(null, map.values().iterator().next())));
        calls.add(with(i, mapOf(map.keySet().iterator().next(), null)));
      } else if (argument instanceof String[]) {
        calls.add(with(i, new String[] {null}));
      } else if (argument instanceof Scored<?>[]) {
        calls.add(with(i, new Scored<?>[] {null}));
        calls.add(with(i, new Scored<?>[] {new Scored<>(null, 1.0)}));
      } else if (argument instanceof Object[]) {
        calls.add(with(i, new Object[] {null}));
      }
    }
    return calls;
  }

  /** Returns this call with an unpaired surrogate in the place of each text. */
  List<ApiCalls> withUnpairedSurrogates() {
    List<ApiCalls> calls = new ArrayList<>();
    for (int i = 0; i < arguments.size(); i++) {
      Object argument = arguments.get(i);
      if (argument instanceof String) {
        calls.add(with(i, UNPAIRED));
      } else if (argument instanceof Collection<?> some) {
        boolean scored = some.iterator().next() instanceof Scored<?>;
        calls.add(with(i, List.of(scored ? new Scored<>(UNPAIRED, 1.0) : UNPAIRED)));
      } else if (argument instanceof Map<?, ?> map) {
        Object value = map.values().iterator().next();
        calls.add(with(i, mapOf(UNPAIRED, value)));
        if (value instanceof String) {
          calls.add(with(i, mapOf("k", UNPAIRED)));
        }
      } else if (argument instanceof String[]) {
        calls.add(with(i, new String[] {"k", UNPAIRED}));
      } else if (argument instanceof Scored<?>[]) {
        calls.add(with(i, new Scored<?>[] {new Scored<>(UNPAIRED, 1.0)}));
      } else if (argument instanceof Object[]) {
        calls.add(with(i, new Object[] {"a", UNPAIRED}));
      } else if (argument instanceof MemberRange<?>) {
        calls.add(with(i, MemberRange.atLeast(UNPAIRED)));
      } else if (argument instanceof ScanOptions) {
        calls.add(with(i, ScanOptions.all().matching(UNPAIRED)));
      }
    }
    return calls;
  }

  /** Returns this call with another argument. */
  ApiCalls with(int index, @Nullable Object argument) {
    List<@Nullable Object> changed = new ArrayList<>(arguments);
    changed.set(index, argument);
    return new ApiCalls(method, Collections.unmodifiableList(changed));
  }

  private static Map<Object, Object> mapOf(@Nullable Object key, @Nullable Object value) {
    Map<Object, Object> map = new HashMap<>();
    map.put(key, value);
    return map;
  }

  /** Expects that each call on the handle ends with an exception of a type. */
  static <X extends Throwable> void assertAllThrow(
      Class<X> type, List<ApiCalls> calls, Object handle, ThrowingConsumer<X> check) {
    List<String> wrong = new ArrayList<>();
    for (ApiCalls call : calls) {
      try {
        wrong.add(call + " returned " + call.on(handle));
      } catch (Throwable thrown) {
        if (type.isInstance(thrown)) {
          check(type.cast(thrown), check);
        } else {
          wrong.add(call + " threw " + thrown);
        }
      }
    }
    if (calls.isEmpty() || !wrong.isEmpty()) {
      throw new AssertionError(
          "each must throw " + type.getSimpleName() + ":\n" + String.join("\n", wrong));
    }
  }

  private static <X extends Throwable> void check(X thrown, ThrowingConsumer<X> check) {
    try {
      check.accept(thrown);
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  static void assertAllThrow(Class<? extends Throwable> type, List<ApiCalls> calls, Object handle) {
    assertAllThrow(type, calls, handle, thrown -> {});
  }

  @Override
  public String toString() {
    String printed =
        arguments.stream()
            .map(each -> each instanceof Object[] array ? Arrays.toString(array) : "" + each)
            .toList()
            .toString();
    return method.getDeclaringClass().getSimpleName() + "." + method.getName() + printed;
  }
}
