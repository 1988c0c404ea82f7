// SPDX-License-Identifier: Apache-2.0
package dev.redstart;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Keys in limited groups, in plain maps: a value is a String, or a List of them.
 *
 * <p>Confined to one test thread. An operation works on copies, which take the place of what was
 * there when it has ended well.
 */
final class GroupModel {
  /** A declared limit. */
  record Limit(long keys, boolean removesOldest) {}

  private final Map<String, Limit> limits = new TreeMap<>();

  /** The keys in order of creation. */
  private LinkedHashMap<String, Object> content = new LinkedHashMap<>();

  /** How many keys each group may have without asking: those it had, and what was admitted. */
  private Map<String, Long> taken = new HashMap<>();

  void declare(String prefix, Limit limit) {
    limits.put(prefix, limit);
    removeOldest();
  }

  void forget(String prefix) {
    limits.remove(prefix);
  }

  /** Runs operations as one, as a transaction does. */
  void run(Runnable body) {
    LinkedHashMap<String, Object> before = new LinkedHashMap<>(content);
    taken = new HashMap<>();
    limits.keySet().forEach(prefix -> taken.put(prefix, count(prefix)));
    try {
      body.run();
      removeOldest();
    } catch (RuntimeException e) {
      content = before;
      throw e;
    }
  }

  /** Runs an operation as a whole, or refuses it, and everything is as it was. */
  private void change(Runnable operation) {
    LinkedHashMap<String, Object> before = new LinkedHashMap<>(content);
    try {
      operation.run();
      limits.forEach(
          (prefix, limit) -> {
            long size = count(prefix);
            if (!limit.removesOldest && size > taken.get(prefix) && size > limit.keys) {
              throw new GroupFullException(prefix);
            }
          });
    } catch (RuntimeException e) {
      content = before;
      throw e;
    }
    limits.keySet().forEach(prefix -> taken.merge(prefix, count(prefix), Math::max));
  }

  private void removeOldest() {
    List<String> inward = new ArrayList<>(limits.keySet());
    inward.sort(Comparator.comparingInt(String::length).reversed());
    for (String prefix : inward) {
      Limit limit = limits.get(prefix);
      while (limit.removesOldest && count(prefix) > limit.keys) {
        content.remove(keys(key -> key.startsWith(prefix)).get(0));
      }
    }
  }

  long count(String prefix) {
    return content.keySet().stream().filter(key -> key.startsWith(prefix)).count();
  }

  private List<String> keys(Predicate<String> wanted) {
    return content.keySet().stream().filter(wanted).toList();
  }

  Map<String, Object> content() {
    return new TreeMap<>(content);
  }

  void setAll(Map<String, String> values) {
    change(() -> content.putAll(values));
  }

  boolean delete(String key) {
    return content.remove(key) != null;
  }

  void clear(String prefix) {
    keys(key -> key.startsWith(prefix)).forEach(content::remove);
  }

  void rename(String key, String newKey) {
    if (!content.containsKey(key)) {
      throw new NoSuchKeyException();
    }
    if (!key.equals(newKey)) {
      change(
          () -> {
            Object value = content.remove(key);
            content.remove(newKey);
            content.put(newKey, value);
          });
    }
  }

  boolean copy(String source, String destination, boolean replace) {
    Object value = content.get(source);
    if (source.equals(destination)) {
      throw new IllegalArgumentException();
    }
    if (value == null || (!replace && content.containsKey(destination))) {
      return false;
    }
    change(
        () -> {
          content.remove(destination);
          content.put(destination, value);
        });
    return true;
  }

  long push(String key, String element) {
    List<String> list = new ArrayList<>(list(key));
    list.add(0, element);
    change(() -> content.put(key, list));
    return list.size();
  }

  private List<String> list(String key) {
    Object value = content.get(key);
    if (value instanceof String) {
      throw new WrongTypeException();
    }
    return value == null ? List.of() : strings(value);
  }

  @SuppressWarnings("unchecked") // there is nothing else
  private static List<String> strings(Object value) {
    return (List<String>) value;
  }

  @Nullable String move(String source, String destination) {
    List<String> from = list(source);
    if (from.isEmpty()) {
      return null;
    }
    list(destination);
    String element = from.get(0);
    change(
        () -> {
          List<String> rest = from.subList(1, from.size());
          if (rest.isEmpty() && !source.equals(destination)) {
            content.remove(source);
          } else {
            content.put(source, new ArrayList<>(rest));
          }
          List<String> to = new ArrayList<>(list(destination));
          to.add(0, element);
          content.put(destination, to);
        });
    return element;
  }
}
