// SPDX-License-Identifier: Apache-2.0
package dev.redstart.local;

import java.util.Iterator;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A hash as a map of Java.
 *
 * <p>Safe for many threads.
 */
final class FieldMap<F, V> extends MapView<F, V> {
  private final LocalHash<F, V> hash;

  FieldMap(LocalHash<F, V> hash) {
    this.hash = hash;
  }

  @Override
  long entries() {
    return hash.size();
  }

  @Override
  boolean contains(F field) {
    return hash.contains(field);
  }

  @Override
  @Nullable V find(F field) {
    return hash.get(field);
  }

  @Override
  Change<V> change(F field, Function<@Nullable V, ? extends @Nullable V> function) {
    return hash.change(field, function);
  }

  @Override
  @Nullable V getAndPut(F field, V value) {
    return hash.getAndPut(field, value);
  }

  @Override
  void removeKey(F field) {
    hash.remove(field);
  }

  @Override
  Iterator<Entry<F, V>> scan() {
    return hash.scan(Views.PAGE).iterator();
  }

  @Override
  public void putAll(Map<? extends F, ? extends V> entries) {
    if (!entries.isEmpty()) {
      hash.putAll(entries);
    }
  }

  @Override
  public void clear() {
    if (hash.size() > 0) { // which refuses a key of another type
      hash.delete();
    }
  }
}
