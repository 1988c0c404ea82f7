// SPDX-License-Identifier: Apache-2.0
package dev.redstart.local;

import java.util.AbstractCollection;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Collection;
import java.util.Iterator;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A key of a store as a map of Java, for a hash and for the scores of a sorted set.
 *
 * <p>Safe for many threads. Every method is atomic, but for those that touch several entries.
 */
abstract class MapView<K, V> extends AbstractMap<K, V> implements ConcurrentMap<K, V> {
  // Overview. A change that depends on the value before it looks at the entry, computes outside of
  // every stripe, and changes the entry if it is still as it was seen; otherwise it looks again. So
  // functions may be called more than once, as ConcurrentMap allows.

  /**
   * What a change saw and what it left.
   *
   * @param before the value that was seen, or null
   * @param after the value that is there now, or null
   */
  record Change<V>(@Nullable V before, @Nullable V after) {}

  abstract long entries();

  abstract boolean contains(K key);

  abstract @Nullable V find(K key);

  /**
   * Changes an entry atomically.
   *
   * @param function gets the value or null, and returns the new one, null to remove the entry, or
   *     the very object that it got to leave everything as it is
   */
  abstract Change<V> change(K key, Function<@Nullable V, ? extends @Nullable V> function);

  /** Sets an entry, even to what it is already, and returns the value before or null. */
  abstract @Nullable V getAndPut(K key, V value);

  abstract void removeKey(K key);

  /** Returns the entries, weakly consistent and each at most once, without remove. */
  abstract Iterator<Entry<K, V>> scan();

  @Override
  public final int size() {
    return Views.size(entries());
  }

  @Override
  public final boolean isEmpty() {
    return entries() == 0;
  }

  @Override
  public final boolean containsKey(Object key) {
    return Views.answerFor(key, each -> contains(cast(each)), false);
  }

  @Override
  public final @Nullable V get(Object key) {
    return Views.<Object, @Nullable V>answerFor(key, each -> find(cast(each)), null);
  }

  @Override
  public @Nullable V getOrDefault(Object key, @Nullable V other) {
    V value = get(key);
    return value == null ? other : value;
  }

  @Override
  public @Nullable V put(K key, V value) {
    Objects.requireNonNull(value, "value");
    return getAndPut(key, value);
  }

  @Override
  public @Nullable V putIfAbsent(K key, V value) {
    Objects.requireNonNull(value, "value");
    return change(key, before -> before == null ? value : before).before();
  }

  @Override
  public @Nullable V remove(Object key) {
    return Views.<Object, @Nullable V>answerFor(
        key, each -> change(cast(each), before -> null).before(), null);
  }

  @Override
  public boolean remove(Object key, @Nullable Object value) {
    return value != null
        && Views.answerFor(
            key,
            each -> {
              Change<V> change = change(cast(each), before -> value.equals(before) ? null : before);
              return change.before() != null && change.after() == null;
            },
            false);
  }

  @Override
  public @Nullable V replace(K key, V value) {
    Objects.requireNonNull(value, "value");
    return change(key, before -> before == null ? null : value).before();
  }

  @Override
  public boolean replace(K key, V expected, V value) {
    Objects.requireNonNull(expected, "expected");
    Objects.requireNonNull(value, "value");
    boolean[] replaced = new boolean[1];
    change(
        key,
        before -> {
          replaced[0] = expected.equals(before);
          return replaced[0] ? value : before;
        });
    return replaced[0];
  }

  @Override
  public @Nullable V computeIfAbsent(K key, Function<? super K, ? extends @Nullable V> function) {
    Objects.requireNonNull(function, "function");
    return change(key, before -> before == null ? function.apply(key) : before).after();
  }

  @Override
  public @Nullable V computeIfPresent(
      K key, BiFunction<? super K, ? super V, ? extends @Nullable V> function) {
    Objects.requireNonNull(function, "function");
    return change(key, before -> before == null ? null : function.apply(key, before)).after();
  }

  @Override
  public @Nullable V compute(
      K key, BiFunction<? super K, ? super @Nullable V, ? extends @Nullable V> function) {
    Objects.requireNonNull(function, "function");
    return change(key, before -> function.apply(key, before)).after();
  }

  @Override
  public @Nullable V merge(
      K key, V value, BiFunction<? super V, ? super V, ? extends @Nullable V> function) {
    Objects.requireNonNull(value, "value");
    Objects.requireNonNull(function, "function");
    return change(key, before -> before == null ? value : function.apply(before, value)).after();
  }

  @Override
  public void replaceAll(BiFunction<? super K, ? super V, ? extends V> function) {
    Objects.requireNonNull(function, "function");
    for (K key : keySet()) {
      computeIfPresent(
          key, (each, before) -> Objects.requireNonNull(function.apply(each, before), "result"));
    }
  }

  @Override
  public void forEach(BiConsumer<? super K, ? super V> action) {
    Objects.requireNonNull(action, "action");
    scan().forEachRemaining(entry -> action.accept(entry.getKey(), entry.getValue()));
  }

  @Override
  public Set<K> keySet() {
    return new Keys();
  }

  @Override
  public Collection<V> values() {
    return new Values();
  }

  @Override
  public Set<Entry<K, V>> entrySet() {
    return new Entries();
  }

  private Iterator<Entry<K, V>> iterator() {
    return Views.removing(scan(), entry -> removeKey(entry.getKey()));
  }

  @SuppressWarnings("unchecked") // the codec tells if it is not
  private K cast(Object key) {
    return (K) key;
  }

  /** The keys. */
  private final class Keys extends AbstractSet<K> {
    @Override
    public int size() {
      return MapView.this.size();
    }

    @Override
    public boolean isEmpty() {
      return MapView.this.isEmpty();
    }

    @Override
    public boolean contains(Object key) {
      return containsKey(key);
    }

    @Override
    public boolean remove(Object key) {
      return MapView.this.remove(key) != null;
    }

    @Override
    public void clear() {
      MapView.this.clear();
    }

    @Override
    public Iterator<K> iterator() {
      return Views.mapped(MapView.this.iterator(), Entry::getKey);
    }

    @Override
    public void forEach(Consumer<? super K> action) {
      iterator().forEachRemaining(action);
    }
  }

  /** The values. */
  private final class Values extends AbstractCollection<V> {
    @Override
    public int size() {
      return MapView.this.size();
    }

    @Override
    public boolean isEmpty() {
      return MapView.this.isEmpty();
    }

    @Override
    public void clear() {
      MapView.this.clear();
    }

    @Override
    public Iterator<V> iterator() {
      return Views.mapped(MapView.this.iterator(), Entry::getValue);
    }
  }

  /** The entries. */
  private final class Entries extends AbstractSet<Entry<K, V>> {
    @Override
    public int size() {
      return MapView.this.size();
    }

    @Override
    public boolean isEmpty() {
      return MapView.this.isEmpty();
    }

    @Override
    public boolean contains(Object object) {
      return object instanceof Entry<?, ?> entry
          && entry.getKey() != null
          && entry.getValue() != null
          && entry.getValue().equals(get(entry.getKey()));
    }

    @Override
    public boolean remove(Object object) {
      return object instanceof Entry<?, ?> entry
          && entry.getKey() != null
          && MapView.this.remove(entry.getKey(), entry.getValue());
    }

    @Override
    public void clear() {
      MapView.this.clear();
    }

    @Override
    public Iterator<Entry<K, V>> iterator() {
      return Views.mapped(MapView.this.iterator(), LiveEntry::new);
    }
  }

  /** An entry as it was seen, which writes through. */
  private final class LiveEntry extends SimpleEntry<K, V> {
    private static final long serialVersionUID = 1L;

    LiveEntry(Entry<K, V> seen) {
      super(seen);
    }

    @Override
    public V setValue(V value) {
      put(getKey(), value);
      return super.setValue(value);
    }
  }
}
