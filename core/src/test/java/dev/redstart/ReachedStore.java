// SPDX-License-Identifier: Apache-2.0
package dev.redstart;

import dev.redstart.spi.BinaryStrings;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A store of one test, with handles that reach it in one of the ways.
 *
 * <p>As safe for threads as a store. In the atomic ways a handle is a proxy: each call declares its
 * handle's key and every string among its arguments, and runs as a transaction of its own.
 */
final class ReachedStore implements StoreView, AutoCloseable {
  static final Instant START = Instant.parse("2030-01-01T10:00:00Z");

  /** The methods of RKeys that no transaction may call; here they go directly. */
  private static final Set<String> WHOLE_DATABASE =
      Set.of("random", "scan", "match", "size", "flush", "flushAll");

  /** A key outside every group, which nobody may touch. */
  private static final String NEIGHBOUR = "a*[b";

  private final Reach reach;
  private final ManualTime time = TimeSource.manual(START);
  private final @Nullable RecordingSink sink;
  private final Store raw;
  private final Store root;
  private final Store store;

  ReachedStore(Reach reach) {
    this.reach = reach;
    this.sink = reach.isRecorded() ? new RecordingSink() : null;
    StoreBuilder builder = Store.builder().timeSource(time);
    if (sink != null) {
      builder.journalSink(sink);
    }
    if (reach == Reach.OTHER_DATABASE) {
      builder.stripes(1);
    }
    this.raw = builder.open();
    String prefix = reach.prefix();
    this.root = prefix == null ? raw : raw.group(prefix);
    this.store = root.database(reach.database());
    if (prefix != null) {
      if (reach.isLimited()) {
        raw.database(reach.database()).group(prefix, GroupOptions.none().limit(Reach.LIMIT));
      }
      raw.database(reach.database()).value(NEIGHBOUR).set("untouched");
    }
  }

  /** Returns the store itself, in the database that the handles reach. */
  Store store() {
    return store;
  }

  /** Returns the store whose handles are given whole keys, in the database that is reached. */
  Store raw() {
    return raw.database(reach.database());
  }

  /** Returns database 0, as far as it is reached. */
  Store root() {
    return root;
  }

  ManualTime time() {
    return time;
  }

  @Override
  public <V> RValue<V> value(String key, Codec<V> codec) {
    return reached(RValue.class, view -> view.value(key, codec), key);
  }

  @Override
  public RCounter counter(String key) {
    return reached(RCounter.class, view -> view.counter(key), key);
  }

  @Override
  public <V> RValues<V> values(Codec<V> codec) {
    return reached(RValues.class, view -> view.values(codec));
  }

  @Override
  public <E> RSet<E> set(String key, Codec<E> codec) {
    return reached(RSet.class, view -> view.set(key, codec), key);
  }

  @Override
  public <E> RSortedSet<E> sortedSet(String key, Codec<E> codec) {
    return reached(RSortedSet.class, view -> view.sortedSet(key, codec), key);
  }

  @Override
  public <E> RList<E> list(String key, Codec<E> codec) {
    return reached(RList.class, view -> view.list(key, codec), key);
  }

  @Override
  public <F, V> RHash<F, V> hash(String key, Codec<F> fields, Codec<V> values) {
    return reached(RHash.class, view -> view.hash(key, fields, values), key);
  }

  @Override
  public RTag tag(String name) {
    return reached(RTag.class, view -> view.tag(name), store.tag(name).key());
  }

  @Override
  public RKeys keys() {
    return reached(RKeys.class, StoreView::keys);
  }

  /** Closes the store, after a last look: nothing may have gone astray into another database. */
  @Override
  public void close() {
    try {
      checkOthers();
    } catch (StoreClosedException e) { // by the test
      return;
    }
    raw.close();
  }

  private void checkOthers() {
    if (reach.database() != 0 && raw.keys().size() != 0) {
      throw new AssertionError("database 0 must be empty: " + raw.keys().match("*"));
    }
    if (reach.isGroup()) {
      if (!"untouched".equals(raw().value(NEIGHBOUR).get())) {
        throw new AssertionError("the neighbour must be as it was");
      }
      raw().value(NEIGHBOUR).delete();
      long counted = store.keys().size();
      raw()
          .keys()
          .match(RTag.KEY_PREFIX + "*")
          .forEach(tag -> raw().keys().delete(tag)); // the keys that have it stay
      if (counted != raw().keys().size()) {
        throw new AssertionError("only the group may have keys: " + raw().keys().match("*"));
      }
    }
  }

  @SuppressWarnings("unchecked") // the proxy is of the interface that is asked for
  private <T> T reached(Class<?> type, Function<StoreView, T> handle, String... keys) {
    if (!reach.isAtomic()) {
      return handle.apply(store);
    }
    Objects.requireNonNull(handle.apply(store)); // refuses a bad key at once, as direct ones do
    return (T)
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              if (type == RKeys.class && WHOLE_DATABASE.contains(method.getName())) {
                return invoke(handle.apply(store), method, arguments);
              }
              Set<String> declared = new LinkedHashSet<>(List.of(keys));
              collect(declared, arguments);
              return atomically(declared, handle, method, arguments);
            });
  }

  private <T> @Nullable Object atomically(
      Set<String> declared, Function<StoreView, T> handle, Method method, Object[] arguments)
      throws Throwable {
    if (declared.isEmpty()) {
      declared.add("unused");
    }
    try {
      return store.<@Nullable Object>atomicallyGet(
          declared,
          transaction -> {
            try {
              Object result = invoke(handle.apply(transaction), method, arguments);
              return result instanceof Iterable<?> some && !(result instanceof Collection)
                  ? listOf(some)
                  : result;
            } catch (RuntimeException | Error e) {
              throw e;
            } catch (Throwable checked) {
              throw new Tunnel(checked);
            }
          });
    } catch (Tunnel tunnel) {
      throw tunnel.getCause();
    }
  }

  private static List<Object> listOf(Iterable<?> some) {
    List<Object> list = new ArrayList<>();
    some.forEach(list::add);
    return list;
  }

  private static @Nullable Object invoke(Object handle, Method method, Object[] arguments)
      throws Throwable {
    try {
      return method.invoke(handle, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  /** Gathers strings that can be keys. */
  private static void collect(Set<String> declared, @Nullable Object argument) {
    if (argument instanceof String string && isEncodable(string)) {
      declared.add(string);
    } else if (argument instanceof Collection<?> some) {
      some.forEach(each -> collect(declared, each));
    } else if (argument instanceof Map<?, ?> map) {
      collect(declared, map.keySet());
    } else if (argument instanceof Object[] array) {
      Arrays.asList(array).forEach(each -> collect(declared, each));
    }
  }

  private static boolean isEncodable(String string) {
    try {
      BinaryStrings.fromText(string);
      return true;
    } catch (CodecException e) {
      return false;
    }
  }

  /** Carries a checked exception out of a body. */
  private static final class Tunnel extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Tunnel(Throwable cause) {
      super(cause);
    }
  }
}
