// SPDX-License-Identifier: Apache-2.0
package dev.redstart;

import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Values of many keys read or set at once, as one change.
 *
 * <p>Safe for many threads. The keys are held together, so nobody sees half of it.
 *
 * @param <V> the type of the values
 */
public interface RValues<V> {
  /**
   * Returns the values of those keys that have one, in the order of the keys. Redis: MGET. O(n).
   *
   * <p>A key that holds another type counts as missing, as in Redis.
   *
   * @throws IllegalArgumentException if there is no key
   */
  default Map<String, V> getAll(String... keys) {
    return getAll(List.of(keys));
  }

  /** As {@link #getAll(String...)}. */
  Map<String, V> getAll(Collection<String> keys);

  /**
   * Sets every key, whatever it held, without deadlines. Redis: MSET. O(n).
   *
   * @throws IllegalArgumentException if the map is empty
   */
  void setAll(Map<String, ? extends V> values);

  /**
   * Sets every key if none of them exists; true if they were set. Redis: MSETNX. O(n).
   *
   * @throws IllegalArgumentException if the map is empty
   */
  boolean setAllIfAbsent(Map<String, ? extends V> values);
}
