// SPDX-License-Identifier: Apache-2.0
package dev.redstart.local;

import dev.redstart.RValues;
import dev.redstart.keyspace.Access;
import dev.redstart.operation.MultiValueOperations;
import dev.redstart.spi.Binary;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Values of many keys at once.
 *
 * <p>Immutable; as safe for threads as its access.
 */
final class LocalValues<V> implements RValues<V> {
  private final Access access;
  private final Names names;
  private final ValueForm<V> form;

  LocalValues(Access access, Names names, ValueForm<V> form) {
    this.access = access;
    this.names = names;
    this.form = form;
  }

  @Override
  public Map<String, V> getAll(Collection<String> keys) {
    List<String> asked = List.copyOf(keys);
    List<@Nullable Object> stored = new MultiValueOperations(access).getAll(names.all(asked));
    Map<String, V> values = new LinkedHashMap<>();
    for (int i = 0; i < asked.size(); i++) {
      V value = form.fromStoredOrNull(stored.get(i));
      if (value != null) {
        values.put(asked.get(i), value);
      }
    }
    return values;
  }

  @Override
  public void setAll(Map<String, ? extends V> values) {
    Pairs pairs = pairs(values);
    new MultiValueOperations(access).setAll(pairs.keys, pairs.values);
  }

  @Override
  public boolean setAllIfAbsent(Map<String, ? extends V> values) {
    Pairs pairs = pairs(values);
    return new MultiValueOperations(access).setAllIfAbsent(pairs.keys, pairs.values);
  }

  private Pairs pairs(Map<String, ? extends V> values) {
    Pairs pairs = new Pairs(new ArrayList<>(), new ArrayList<>());
    values.forEach(
        (key, value) -> {
          pairs.keys.add(names.binary(key));
          pairs.values.add(form.toStored(value));
        });
    if (pairs.keys.isEmpty()) {
      throw new IllegalArgumentException("at least one value must be given");
    }
    return pairs;
  }

  private record Pairs(List<@Binary String> keys, List<Object> values) {}
}
