// SPDX-License-Identifier: Apache-2.0
package dev.redstart;

import dev.redstart.spi.BinaryStrings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Random steps on values, counters and keys for an {@link OracleDuel}.
 *
 * <p>Confined to one test thread.
 */
class OracleSteps {
  static final String[] KEYS = {"a", "b", "c", "z", "键", "", "k1", "k2"};
  private static final String[] VALUES = {
    "",
    "v",
    "12",
    "-7",
    "9223372036854775807",
    "-9223372036854775808",
    "1.5",
    "inf",
    " 1",
    "1e3",
    "0x1f",
    "\0\u00ff\r\n",
    "01",
    "a rather long value that goes past the forty-four of embstr"
  };

  final OracleDuel duel;

  OracleSteps(OracleDuel duel) {
    this.duel = duel;
  }

  /** Takes one random step. */
  void next() {
    duel.select(duel.random.nextInt(8) > 0 ? 0 : duel.random.nextInt(OracleDuel.DATABASES));
    if (!duel.isInTransaction() && duel.random.nextInt(20) == 0) {
      duel.atomically(List.of(KEYS), () -> repeat(1 + duel.random.nextInt(6)), coin());
      return;
    }
    switch (duel.random.nextInt(41)) {
      case 0, 1, 2 -> set();
      case 3 -> get();
      case 4 -> getAnd();
      case 5, 6 -> parts();
      case 7, 8 -> count();
      case 9 -> fraction();
      case 10 -> many();
      case 11 -> manySet();
      case 12, 13 -> expire();
      case 14 -> rename();
      case 15 -> copy();
      case 16 -> delete();
      case 17 -> look();
      case 18, 19, 20, 21, 22 -> new SetOracleSteps(duel).next();
      case 23, 24, 25, 26, 27, 28 -> new ListOracleSteps(duel).next();
      case 29, 30, 31, 32, 33, 34 -> new HashOracleSteps(duel).next();
      default -> new SortedSetOracleSteps(duel).next();
    }
  }

  private void repeat(int times) {
    for (int i = 0; i < times; i++) {
      next();
    }
  }

  /** Returns the type that steps are about, or null for any. */
  @Nullable KeyType type() {
    return null;
  }

  /** Returns a key; one that holds another type than steps are about is mostly passed over. */
  final String key() {
    KeyType wanted = type();
    String key = one(KEYS);
    for (int i = 0; i < 8 && wanted != null && keys().type(key) != wanted; i++) {
      key = one(KEYS);
    }
    return key;
  }

  final String value() {
    return one(VALUES);
  }

  final <T> T one(T[] some) {
    return some[duel.random.nextInt(some.length)];
  }

  final boolean coin() {
    return duel.random.nextBoolean();
  }

  static String bytes(String key) {
    return BinaryStrings.fromText(key);
  }

  final RValue<String> handle(String key) {
    return duel.view().value(key, OracleDuel.BINARY);
  }

  final RKeys keys() {
    return duel.view().keys();
  }

  /** Answers with Redis's OK. */
  @Nullable Object ok(Runnable call) {
    call.run();
    return "OK";
  }

  /** Returns a deadline in milliseconds; some have passed. */
  private long deadline() {
    return switch (duel.random.nextInt(6)) {
      case 0 -> duel.random.nextLong(1, 1_000_000);
      case 1 -> duel.time.wallMillis() + duel.random.nextLong(1, 1000);
      default -> duel.time.wallMillis() + duel.random.nextLong(1, 1_000_000_000);
    };
  }

  private void set() {
    String key = key();
    String value = value();
    List<Object> command = new ArrayList<>(List.of("SET", bytes(key), value));
    SetOptions options = SetOptions.always();
    switch (duel.random.nextInt(4)) {
      case 0 -> {
        options = SetOptions.ifAbsent();
        command.add("NX");
      }
      case 1 -> {
        options = SetOptions.ifPresent();
        command.add("XX");
      }
      default -> {}
    }
    switch (duel.random.nextInt(5)) {
      case 0 -> {
        long deadline = deadline();
        options = options.until(Instant.ofEpochMilli(deadline));
        command.addAll(List.of("PXAT", deadline));
      }
      case 1 -> {
        long millis = duel.random.nextLong(1, 10_000_000);
        options = options.lasting(Duration.ofMillis(millis));
        command.addAll(List.of("PXAT", duel.time.wallMillis() + millis));
      }
      case 2 -> {
        options = options.keepingDeadline();
        command.add("KEEPTTL");
      }
      default -> {}
    }
    SetOptions chosen = options;
    if (duel.random.nextInt(3) == 0) {
      command.add("GET");
      duel.step(
          () -> handle(key).getAndSet(value, chosen), OracleDuel::readable, command.toArray());
    } else {
      duel.step(
          () -> handle(key).set(value, chosen) ? "OK" : null,
          OracleDuel::readable,
          command.toArray());
    }
  }

  private void get() {
    String key = key();
    duel.step(() -> handle(key).get(), OracleDuel::readable, "GET", bytes(key));
    duel.step(() -> handle(key).length(), OracleDuel::readable, "STRLEN", bytes(key));
  }

  private void getAnd() {
    String key = key();
    long deadline = deadline();
    switch (duel.random.nextInt(4)) {
      case 0 ->
          duel.step(() -> handle(key).getAndDelete(), OracleDuel::readable, "GETDEL", bytes(key));
      case 1 ->
          duel.step(
              () -> handle(key).getAndExpireAt(Instant.ofEpochMilli(deadline)),
              OracleDuel::readable,
              "GETEX",
              bytes(key),
              "PXAT",
              deadline);
      case 2 ->
          duel.step(
              () -> handle(key).getAndPersist(),
              OracleDuel::readable,
              "GETEX",
              bytes(key),
              "PERSIST");
      default ->
          duel.step(
              () -> handle(key).getAndSet("new"),
              OracleDuel::readable,
              "GETSET",
              bytes(key),
              "new");
    }
  }

  private void parts() {
    String key = key();
    String value = value();
    long start = duel.random.nextLong(-70, 70);
    long end = duel.random.nextLong(-70, 70);
    switch (duel.random.nextInt(4)) {
      case 0 ->
          duel.step(
              () -> handle(key).append(value), OracleDuel::readable, "APPEND", bytes(key), value);
      case 2 -> common(key, key());
      case 1 ->
          duel.step(
              () -> handle(key).getRange(start, end),
              OracleDuel::readable,
              "GETRANGE",
              bytes(key),
              start,
              end);
      default -> {
        long offset = duel.random.nextInt(5) == 0 ? (512L << 20) + Math.abs(start) + 1 : start / 3;
        duel.step(
            () -> handle(key).setRange(offset, value),
            OracleDuel::readable,
            "SETRANGE",
            bytes(key),
            offset,
            value);
      }
    }
  }

  private void common(String key, String other) {
    int minLength = duel.random.nextInt(-1, 5);
    switch (duel.random.nextInt(3)) {
      case 0 ->
          duel.step(
              () -> handle(key).commonSubsequence(other),
              OracleDuel::readable,
              "LCS",
              bytes(key),
              bytes(other));
      case 1 ->
          duel.step(
              () -> handle(key).commonSubsequenceLength(other),
              OracleDuel::readable,
              "LCS",
              bytes(key),
              bytes(other),
              "LEN");
      default ->
          duel.step(
              () -> commonAsRedis(handle(key), other, minLength),
              OracleDuel::readable,
              "LCS",
              bytes(key),
              bytes(other),
              "IDX",
              "MINMATCHLEN",
              minLength,
              "WITHMATCHLEN");
    }
  }

  static List<Object> commonAsRedis(RValue<String> value, String other, int minLength) {
    List<Object> matches = new ArrayList<>();
    for (CommonPart part : value.commonParts(other, minLength)) {
      List<Long> here = List.of(part.start(), part.start() + part.length() - 1);
      List<Long> there = List.of(part.otherStart(), part.otherStart() + part.length() - 1);
      matches.add(List.of(here, there, part.length()));
    }
    return List.of("matches", matches, "len", value.commonSubsequenceLength(other));
  }

  private void count() {
    String key = key();
    RCounter counter = duel.view().counter(key);
    long delta = one(new Long[] {0L, 1L, -1L, 5L, Long.MAX_VALUE, Long.MIN_VALUE + 1});
    switch (duel.random.nextInt(4)) {
      case 0 -> duel.step(counter::increment, OracleDuel::readable, "INCR", bytes(key));
      case 1 -> duel.step(counter::decrement, OracleDuel::readable, "DECR", bytes(key));
      case 2 ->
          duel.step(
              () -> ok(() -> counter.set(delta)), OracleDuel::readable, "SET", bytes(key), delta);
      default ->
          duel.step(() -> counter.add(delta), OracleDuel::readable, "INCRBY", bytes(key), delta);
    }
  }

  private void fraction() {
    String key = key();
    double delta = one(new Double[] {0.1, 0.2, -1.5, 3.0, 1e10, -0.25, Double.NaN, 1 / 0.0});
    if (delta == -0.25) {
      Runnable set = () -> duel.view().counter(key).setFraction(delta);
      duel.step(() -> ok(set), OracleDuel::readable, "SET", bytes(key), "-0.25");
      return;
    }
    duel.step(
        () -> {
          duel.view().counter(key).addFraction(delta);
          return handle(key).get();
        },
        OracleDuel::readable,
        "INCRBYFLOAT",
        bytes(key),
        delta);
  }

  private void many() {
    List<String> some = some();
    List<Object> command = new ArrayList<>(List.of("MGET"));
    some.forEach(key -> command.add(bytes(key)));
    duel.step(
        () -> {
          Map<String, String> found = duel.view().values(OracleDuel.BINARY).getAll(some);
          List<@Nullable String> values = new ArrayList<>();
          some.forEach(key -> values.add(found.get(key)));
          return values;
        },
        OracleDuel::readable,
        command.toArray());
  }

  /** Returns keys, some of them twice. */
  final List<String> some() {
    List<String> some = new ArrayList<>();
    int count = 1 + duel.random.nextInt(4);
    for (int i = 0; i < count; i++) {
      some.add(key());
    }
    return some;
  }

  private void manySet() {
    Map<String, String> map = new LinkedHashMap<>();
    some().forEach(key -> map.put(key, value()));
    boolean always = coin();
    List<Object> command = new ArrayList<>(List.of(always ? "MSET" : "MSETNX"));
    map.forEach((key, value) -> command.addAll(List.of(bytes(key), value)));
    RValues<String> values = duel.view().values(OracleDuel.BINARY);
    duel.step(
        () -> always ? ok(() -> values.setAll(map)) : values.setAllIfAbsent(map),
        OracleDuel::readable,
        command.toArray());
  }

  private void expire() {
    String key = key();
    if (duel.random.nextInt(4) == 0) {
      duel.step(() -> keys().persist(key), OracleDuel::readable, "PERSIST", bytes(key));
      return;
    }
    ExpireCondition condition = one(ExpireCondition.values());
    List<Object> command = new ArrayList<>(List.of("PEXPIREAT", bytes(key)));
    long deadline = deadline();
    command.add(deadline);
    switch (condition) {
      case WITHOUT_DEADLINE -> command.add("NX");
      case WITH_DEADLINE -> command.add("XX");
      case LATER -> command.add("GT");
      case EARLIER -> command.add("LT");
      case WITH_DEADLINE_EARLIER -> command.addAll(List.of("XX", "LT"));
      default -> {}
    }
    duel.step(
        () -> keys().expireAt(key, Instant.ofEpochMilli(deadline), condition),
        OracleDuel::readable,
        command.toArray());
  }

  private void rename() {
    String key = key();
    String other = key();
    if (coin()) {
      duel.step(
          () -> ok(() -> keys().rename(key, other)),
          OracleDuel::readable,
          "RENAME",
          bytes(key),
          bytes(other));
    } else {
      duel.step(
          () -> keys().renameIfAbsent(key, other),
          OracleDuel::readable,
          "RENAMENX",
          bytes(key),
          bytes(other));
    }
  }

  private void copy() {
    String key = key();
    String other = key();
    int database = duel.random.nextInt(OracleDuel.DATABASES);
    if (coin()) {
      duel.step(
          () -> keys().move(key, database), OracleDuel::readable, "MOVE", bytes(key), database);
      return;
    }
    boolean replace = coin();
    List<Object> command =
        new ArrayList<>(List.of("COPY", bytes(key), bytes(other), "DB", database));
    if (replace) {
      command.add("REPLACE");
    }
    duel.step(
        () -> keys().copy(key, database, other, replace), OracleDuel::readable, command.toArray());
  }

  private void delete() {
    List<String> some = some();
    String[] names = {"DEL", "UNLINK", "EXISTS", "TOUCH"};
    int which = duel.random.nextInt(names.length);
    List<Object> command = new ArrayList<>(List.of(names[which]));
    some.forEach(key -> command.add(bytes(key)));
    duel.step(
        () ->
            switch (which) {
              case 0 -> keys().delete(some);
              case 1 -> keys().unlink(some);
              case 2 -> keys().exists(some);
              default -> keys().touch(some);
            },
        OracleDuel::readable,
        command.toArray());
  }

  private void look() {
    String key = key();
    duel.step(() -> keys().type(key), OracleDuel::readable, "TYPE", bytes(key));
    duel.step(
        () -> {
          Instant deadline = keys().deadline(key);
          return deadline != null ? deadline.toEpochMilli() : keys().exists(key) ? -1 : -2;
        },
        OracleDuel::readable,
        "PEXPIRETIME",
        bytes(key));
    if (!duel.isInTransaction() && duel.random.nextInt(30) == 0) {
      duel.step(() -> ok(() -> keys().flush()), OracleDuel::readable, "FLUSHDB");
    }
  }
}
