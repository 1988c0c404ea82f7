// SPDX-License-Identifier: Apache-2.0
package dev.redstart;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Random steps on hashes for an {@link OracleDuel}.
 *
 * <p>Confined to one test thread.
 */
final class HashOracleSteps extends OracleSteps {
  private static final Function<@Nullable Object, String> PLAIN = OracleDuel::readable;
  private static final Function<@Nullable Object, String> ANY_ORDER = HashOracleSteps::sorted;
  private static final Function<@Nullable Object, String> PAIRS = HashOracleSteps::pairs;

  HashOracleSteps(OracleDuel duel) {
    super(duel);
  }

  @Override
  KeyType type() {
    return KeyType.HASH;
  }

  @Override
  void next() {
    switch (duel.random.nextInt(16)) {
      case 0, 1, 2, 3, 4, 5, 6 -> put();
      case 7 -> putIfAbsent();
      case 8, 9 -> look();
      case 10 -> lookAtAll();
      case 11, 12 -> remove();
      case 13, 14 -> increment();
      default -> incrementFraction();
    }
  }

  private RHash<String, String> hash(String key) {
    return duel.view().hash(key, OracleDuel.BINARY, OracleDuel.BINARY);
  }

  /** Returns a field of a few, or now and then of many, some of them long. */
  private String field() {
    int number = duel.random.nextInt(duel.random.nextInt(4) == 0 ? 600 : 8);
    return switch (number) {
      case 5 -> "";
      case 6 -> "\0\u00ff";
      case 7 -> "x".repeat(65);
      default -> "f" + number;
    };
  }

  private List<Object> command(String name, String key, List<String> more) {
    List<Object> command = new ArrayList<>(List.of(name, bytes(key)));
    command.addAll(more);
    return command;
  }

  private List<String> fields() {
    return Stream.generate(this::field).limit(1 + duel.random.nextInt(4)).toList();
  }

  private void put() {
    String key = key();
    int count = duel.random.nextInt(10) == 0 ? 150 : 1 + duel.random.nextInt(3);
    Map<String, String> entries = new LinkedHashMap<>();
    List<String> words = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      entries.put(field(), value());
    }
    entries.forEach((field, value) -> words.addAll(List.of(field, value)));
    duel.step(
        () ->
            entries.size() == 1 ? hash(key).put(words.get(0), words.get(1)) : putAll(key, entries),
        PLAIN,
        command("HSET", key, words).toArray());
  }

  private Object putAll(String key, Map<String, String> entries) {
    return hash(key).putAll(entries);
  }

  private void putIfAbsent() {
    String key = key();
    String field = field();
    String value = value();
    duel.step(() -> hash(key).putIfAbsent(field, value), PLAIN, "HSETNX", bytes(key), field, value);
  }

  private void look() {
    String key = key();
    String field = field();
    switch (duel.random.nextInt(4)) {
      case 0 -> duel.step(() -> hash(key).get(field), PLAIN, "HGET", bytes(key), field);
      case 1 -> duel.step(() -> hash(key).contains(field), PLAIN, "HEXISTS", bytes(key), field);
      case 2 -> duel.step(() -> hash(key).valueLength(field), PLAIN, "HSTRLEN", bytes(key), field);
      default -> {
        List<String> fields = fields();
        duel.step(
            () -> {
              Map<String, String> found = hash(key).getAll(fields);
              return fields.stream().map(each -> OracleDuel.readable(found.get(each))).toList();
            },
            PLAIN,
            command("HMGET", key, fields).toArray());
      }
    }
  }

  private void lookAtAll() {
    String key = key();
    switch (duel.random.nextInt(4)) {
      case 0 -> duel.step(() -> hash(key).size(), PLAIN, "HLEN", bytes(key));
      case 1 -> duel.step(() -> ordered(hash(key).keys().stream()), ANY_ORDER, "HKEYS", bytes(key));
      case 2 ->
          duel.step(() -> ordered(hash(key).values().stream()), ANY_ORDER, "HVALS", bytes(key));
      default -> duel.step(() -> pairs(hash(key)), PAIRS, "HGETALL", bytes(key));
    }
  }

  private static List<String> ordered(Stream<String> some) {
    return some.sorted().toList();
  }

  /** Returns what a hash holds, in the form in which contents are compared. */
  static List<String> pairs(RHash<String, String> hash) {
    return ordered(
        hash.entries().entrySet().stream().map(each -> each.getKey() + "=" + each.getValue()));
  }

  /** Reads a reply of fields and values in turns. */
  static String pairs(@Nullable Object reply) {
    if (!(reply instanceof List<?> list)) {
      return OracleDuel.readable(reply);
    }
    List<String> pairs = new ArrayList<>();
    for (int i = 0; i < list.size(); i += 2) {
      pairs.add(list.get(i) + "=" + list.get(i + 1));
    }
    return ordered(pairs.stream()).toString();
  }

  private static String sorted(@Nullable Object reply) {
    return reply instanceof List<?> list
        ? ordered(list.stream().map(OracleDuel::readable)).toString()
        : OracleDuel.readable(reply);
  }

  private void remove() {
    String key = key();
    List<String> fields = fields();
    duel.step(() -> hash(key).removeAll(fields), PLAIN, command("HDEL", key, fields).toArray());
  }

  private void increment() {
    String key = key();
    String field = field();
    long delta = one(new Long[] {0L, 1L, -1L, 5L, Long.MAX_VALUE, Long.MIN_VALUE});
    duel.step(() -> hash(key).increment(field, delta), PLAIN, "HINCRBY", bytes(key), field, delta);
  }

  private void incrementFraction() {
    String key = key();
    String field = field();
    double delta = one(new Double[] {0.1, 0.2, -1.5, 3.0, 1e10, -0.25, Double.NaN, 1 / 0.0});
    duel.step(
        () -> {
          hash(key).increment(field, delta);
          return hash(key).get(field);
        },
        PLAIN,
        "HINCRBYFLOAT",
        bytes(key),
        field,
        delta);
  }
}
