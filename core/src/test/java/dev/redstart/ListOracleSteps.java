// SPDX-License-Identifier: Apache-2.0
package dev.redstart;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Random steps on lists for an {@link OracleDuel}.
 *
 * <p>Confined to one test thread.
 */
final class ListOracleSteps extends OracleSteps {
  private static final Function<@Nullable Object, String> PLAIN = OracleDuel::readable;
  private static final Long[] FAR = {Long.MIN_VALUE + 1, Long.MAX_VALUE, -1000L, 1000L};

  ListOracleSteps(OracleDuel duel) {
    super(duel);
  }

  @Override
  KeyType type() {
    return KeyType.LIST;
  }

  @Override
  void next() {
    switch (duel.random.nextInt(16)) {
      case 0, 1, 2, 3 -> push();
      case 4, 5 -> pop();
      case 6 -> popAny();
      case 7, 8 -> move();
      case 9 -> range();
      case 10 -> look();
      case 11 -> positions();
      case 12 -> set();
      case 13 -> insert();
      case 14 -> remove();
      default -> trim();
    }
  }

  private RList<String> list(String key) {
    return duel.view().list(key, OracleDuel.BINARY);
  }

  /** Returns an element of a few, some of them long or numbers. */
  private String element() {
    int number = duel.random.nextInt(9);
    return switch (number) {
      case 6 -> "\0\u00ff";
      case 7 -> duel.random.nextInt(4) == 0 ? "x".repeat(5000) : "";
      case 8 -> "12345";
      default -> "e" + number;
    };
  }

  private long index() {
    return duel.random.nextInt(15) == 0 ? one(FAR) : duel.random.nextLong(-9, 9);
  }

  private ListEnd end() {
    return one(ListEnd.values());
  }

  private static String side(ListEnd end) {
    return end == ListEnd.LEFT ? "L" : "R";
  }

  private void push() {
    String key = key();
    ListEnd end = end();
    boolean onlyIfPresent = duel.random.nextInt(3) == 0;
    List<String> elements = new ArrayList<>();
    int count = duel.random.nextInt(10) == 0 ? 150 : 1 + duel.random.nextInt(4);
    for (int i = 0; i < count; i++) {
      elements.add(element());
    }
    List<Object> command = new ArrayList<>();
    command.add(side(end) + "PUSH" + (onlyIfPresent ? "X" : ""));
    command.add(bytes(key));
    command.addAll(elements);
    duel.step(
        () -> {
          RList<String> list = list(key);
          if (onlyIfPresent) {
            return end == ListEnd.LEFT
                ? list.pushLeftIfPresent(elements)
                : list.pushRightIfPresent(elements);
          }
          return end == ListEnd.LEFT ? list.pushLeft(elements) : list.pushRight(elements);
        },
        PLAIN,
        command.toArray());
  }

  private void pop() {
    String key = key();
    ListEnd end = end();
    String name = side(end) + "POP";
    if (coin()) {
      duel.step(
          () -> end == ListEnd.LEFT ? list(key).popLeft() : list(key).popRight(),
          PLAIN,
          name,
          bytes(key));
    } else {
      long count = duel.random.nextInt(9) == 0 ? 100 : duel.random.nextLong(-1, 5);
      duel.step(
          () -> end == ListEnd.LEFT ? list(key).popLeft(count) : list(key).popRight(count),
          reply -> reply == null ? "[]" : OracleDuel.readable(reply),
          name,
          bytes(key),
          count);
    }
  }

  private void popAny() {
    List<String> some = some();
    ListEnd end = end();
    long count = duel.random.nextLong(0, 4);
    List<Object> command = new ArrayList<>(List.of("LMPOP", some.size()));
    some.forEach(key -> command.add(bytes(key)));
    command.addAll(List.of(end, "COUNT", count));
    duel.step(
        () -> {
          PoppedElements<String> popped =
              list(some.get(0)).popFirstNonEmpty(end, count, some.subList(1, some.size()));
          return popped == null ? null : List.of(bytes(popped.key()), popped.elements());
        },
        PLAIN,
        command.toArray());
  }

  private void move() {
    String key = key();
    String destination = duel.random.nextInt(4) == 0 ? key : key();
    ListEnd from = end();
    ListEnd to = end();
    duel.step(
        () -> list(key).moveTo(destination, from, to),
        PLAIN,
        "LMOVE",
        bytes(key),
        bytes(destination),
        from,
        to.name().toLowerCase(Locale.ROOT));
  }

  private void range() {
    String key = key();
    long start = index();
    long stop = index();
    duel.step(() -> list(key).range(start, stop), PLAIN, "LRANGE", bytes(key), start, stop);
  }

  private void look() {
    String key = key();
    long index = index();
    duel.step(() -> list(key).get(index), PLAIN, "LINDEX", bytes(key), index);
    duel.step(() -> list(key).size(), PLAIN, "LLEN", bytes(key));
  }

  private void positions() {
    String key = key();
    String element = element();
    long rank = duel.random.nextLong(-3, 4);
    long length = duel.random.nextLong(-1, 6);
    List<Object> command =
        new ArrayList<>(List.of("LPOS", bytes(key), element, "RANK", rank, "MAXLEN", length));
    if (coin()) {
      duel.step(
          () -> list(key).indexOf(element, new PositionOptions(rank, length)),
          PLAIN,
          command.toArray());
    } else {
      long count = duel.random.nextLong(-1, 4);
      command.addAll(List.of("COUNT", count));
      duel.step(
          () -> list(key).indexesOf(element, count, new PositionOptions(rank, length)),
          PLAIN,
          command.toArray());
    }
  }

  private void set() {
    String key = key();
    String element = element();
    long index = index();
    duel.step(
        () -> {
          try {
            list(key).set(index, element);
            return "OK";
          } catch (IndexOutOfBoundsException e) {
            throw new IllegalArgumentException(e);
          }
        },
        PLAIN,
        "LSET",
        bytes(key),
        index,
        element);
  }

  private void insert() {
    String key = key();
    String pivot = element();
    String element = element();
    boolean before = coin();
    duel.step(
        () ->
            before ? list(key).insertBefore(pivot, element) : list(key).insertAfter(pivot, element),
        PLAIN,
        "LINSERT",
        bytes(key),
        before ? "BEFORE" : "AFTER",
        pivot,
        element);
  }

  private void remove() {
    String key = key();
    String element = element();
    long count = index();
    duel.step(() -> list(key).remove(count, element), PLAIN, "LREM", bytes(key), count, element);
  }

  private void trim() {
    String key = key();
    long start = index() / 2;
    long stop = duel.random.nextInt(3) == 0 ? -1 : index();
    duel.step(() -> ok(() -> list(key).trim(start, stop)), PLAIN, "LTRIM", bytes(key), start, stop);
  }
}
