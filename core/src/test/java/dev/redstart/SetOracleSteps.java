// SPDX-License-Identifier: Apache-2.0
package dev.redstart;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Random steps on sets for an {@link OracleDuel}.
 *
 * <p>Confined to one test thread. What is random is compared by what it must be, and then taken
 * from the server too by its name.
 */
final class SetOracleSteps extends OracleSteps {
  private static final Function<@Nullable Object, String> PLAIN = OracleDuel::readable;
  private static final Function<@Nullable Object, String> SORTED = SetOracleSteps::sorted;

  SetOracleSteps(OracleDuel duel) {
    super(duel);
  }

  @Override
  KeyType type() {
    return KeyType.SET;
  }

  @Override
  void next() {
    switch (duel.random.nextInt(14)) {
      case 0, 1, 2, 3 -> add();
      case 4 -> remove();
      case 5 -> look();
      case 6 -> move();
      case 7 -> pop();
      case 8 -> random();
      case 9 -> sortedAlgebra();
      case 10, 11 -> sort();
      default -> algebra();
    }
  }

  private RSet<String> set(String key) {
    return duel.view().set(key, OracleDuel.BINARY);
  }

  /** Returns a member of a few, or now and then of many; numbers, texts, some of them long. */
  private String member() {
    int number = duel.random.nextInt(duel.random.nextInt(4) == 0 ? 700 : 8);
    return switch (number) {
      case 4 -> "-9223372036854775808";
      case 5 -> "m5";
      case 6 -> "\0\u00ff";
      case 7 -> "x".repeat(65);
      default -> Integer.toString(number);
    };
  }

  private List<String> members() {
    List<String> members = new ArrayList<>();
    int count = duel.random.nextInt(10) == 0 ? 150 : 1 + duel.random.nextInt(4);
    if (duel.random.nextInt(40) == 0) {
      count = 600;
    }
    for (int i = 0; i < count; i++) {
      members.add(member());
    }
    return members;
  }

  /** Returns elements of either side in one order. */
  static @Nullable Object inOrder(@Nullable Object answer) {
    if (!(answer instanceof Collection<?> some)) {
      return answer;
    }
    TreeSet<String> sorted = new TreeSet<>();
    some.forEach(each -> sorted.add((String) each));
    return new ArrayList<>(sorted);
  }

  private static String sorted(@Nullable Object reply) {
    return OracleDuel.readable(inOrder(reply));
  }

  private static Object[] command(String name, String key, Collection<String> more) {
    List<Object> command = new ArrayList<>(List.of(name, bytes(key)));
    command.addAll(more);
    return command.toArray();
  }

  private void add() {
    String key = key();
    List<String> members = members();
    duel.step(() -> set(key).add(members), PLAIN, command("SADD", key, members));
  }

  private void remove() {
    String key = key();
    List<String> members = members();
    duel.step(() -> set(key).removeAll(members), PLAIN, command("SREM", key, members));
  }

  private void look() {
    String key = key();
    String member = member();
    switch (duel.random.nextInt(4)) {
      case 0 -> duel.step(() -> set(key).contains(member), PLAIN, "SISMEMBER", bytes(key), member);
      case 1 -> duel.step(() -> set(key).size(), PLAIN, "SCARD", bytes(key));
      case 2 -> duel.step(() -> inOrder(set(key).members()), SORTED, "SMEMBERS", bytes(key));
      default -> {
        List<String> members = List.of(member, "none", member());
        duel.step(() -> set(key).containsEach(members), PLAIN, command("SMISMEMBER", key, members));
      }
    }
  }

  private void move() {
    String key = key();
    String destination = key();
    String member = member();
    duel.step(
        () -> set(key).moveTo(destination, member),
        PLAIN,
        "SMOVE",
        bytes(key),
        bytes(destination),
        member);
  }

  /** Pops here; the server removes what came. */
  private void pop() {
    String key = key();
    if (keys().type(key) != KeyType.SET) {
      long count = duel.random.nextLong(-1, 3);
      duel.step(() -> set(key).pop(count), PLAIN, "SPOP", bytes(key), count);
      return;
    }
    long size = set(key).size();
    long count = duel.random.nextInt(6) == 0 ? size + 1 : duel.random.nextLong(1, 4);
    List<String> popped = new ArrayList<>();
    if (coin()) {
      popped.add(set(key).pop());
    } else {
      popped.addAll(set(key).pop(count));
    }
    duel.step(() -> new TreeSet<>(popped).size(), PLAIN, command("SREM", key, popped));
    duel.step(() -> set(key).size(), PLAIN, "SCARD", bytes(key));
  }

  private void random() {
    String key = key();
    if (keys().type(key) != KeyType.SET) {
      duel.step(() -> set(key).random(), PLAIN, "SRANDMEMBER", bytes(key));
      return;
    }
    long size = set(key).size();
    List<String> found = new ArrayList<>();
    if (coin()) {
      found.addAll(set(key).random(size));
      duel.step(() -> inOrder(found), SORTED, "SRANDMEMBER", bytes(key), size);
    } else {
      found.addAll(set(key).randomWithRepeats(5));
      found.add(set(key).random());
      duel.step(
          () -> found.stream().map(each -> 1L).toList(), PLAIN, command("SMISMEMBER", key, found));
    }
  }

  private void algebra() {
    List<String> some = some();
    RSet<String> first = set(some.get(0));
    List<String> others = some.subList(1, some.size());
    String destination = key();
    List<String> sources = some.stream().map(OracleSteps::bytes).toList();
    switch (duel.random.nextInt(7)) {
      case 0 ->
          duel.step(
              () -> inOrder(first.union(others)),
              SORTED,
              command("SUNION", some.get(0), tail(sources)));
      case 1 ->
          duel.step(
              () -> inOrder(first.intersect(others)),
              SORTED,
              command("SINTER", some.get(0), tail(sources)));
      case 2 ->
          duel.step(
              () -> inOrder(first.difference(others)),
              SORTED,
              command("SDIFF", some.get(0), tail(sources)));
      case 3 ->
          duel.step(
              () -> first.storeUnion(destination, others),
              PLAIN,
              command("SUNIONSTORE", destination, sources));
      case 4 ->
          duel.step(
              () -> first.storeIntersection(destination, others),
              PLAIN,
              command("SINTERSTORE", destination, sources));
      case 5 ->
          duel.step(
              () -> first.storeDifference(destination, others),
              PLAIN,
              command("SDIFFSTORE", destination, sources));
      default -> {
        long limit = duel.random.nextLong(-1, 4);
        List<Object> command = new ArrayList<>(List.of("SINTERCARD", some.size()));
        command.addAll(sources);
        command.addAll(List.of("LIMIT", limit));
        duel.step(() -> first.intersectSize(limit, others), PLAIN, command.toArray());
      }
    }
  }

  private static List<String> tail(List<String> sources) {
    return sources.subList(1, sources.size());
  }

  /** Stores a sorted set of what may be sets. */
  private void sortedAlgebra() {
    List<String> some = some();
    String destination = key();
    RSortedSet<String> first = duel.view().sortedSet(some.get(0), OracleDuel.BINARY);
    List<String> others = some.subList(1, some.size());
    boolean union = coin();
    List<Object> command =
        new ArrayList<>(
            List.of(union ? "ZUNIONSTORE" : "ZDIFFSTORE", bytes(destination), some.size()));
    some.forEach(key -> command.add(bytes(key)));
    duel.step(
        () ->
            union
                ? first.storeUnion(destination, others, Aggregate.SUM)
                : first.storeDifference(destination, others),
        PLAIN,
        command.toArray());
  }

  /** Sorts by keys of the duel, whose values are numbers and others; patterns outside of bodies. */
  private void sort() {
    String key = key();
    SortOptions options = coin() ? SortOptions.ascending() : SortOptions.descending();
    List<Object> command = new ArrayList<>(List.of("SORT", bytes(key)));
    boolean patterns = !duel.isInTransaction();
    boolean isTotal = true;
    if (patterns && coin()) {
      String pattern = one(new String[] {"k*", "*", "k*->f", "k*->", "nosort*"});
      options = options.by(pattern);
      command.addAll(List.of("BY", pattern));
      isTotal = false; // of equal texts no order is promised, nor of what is behind them
    }
    boolean alphabetic = duel.random.nextInt(4) > 0 && isTotal;
    if (alphabetic) {
      options = options.alphabetic();
      command.add("ALPHA");
    }
    if (options.isDescending()) {
      command.add("DESC");
    }
    for (String pattern : patterns && coin() ? List.of("#", "k*", "constant") : List.<String>of()) {
      options = options.get(pattern);
      command.addAll(List.of("GET", pattern));
    }
    if (coin()) {
      long offset = duel.random.nextInt(5);
      long limit = duel.random.nextInt(6);
      options = options.limit(offset, limit);
      command.addAll(List.of("LIMIT", offset, limit));
    }
    SortOptions chosen = options;
    if (alphabetic || coin()) { // to store, the server compares all bytes; else up to a zero
      String destination = key();
      command.addAll(List.of("STORE", bytes(destination)));
      duel.step(() -> keys().sortAndStore(key, destination, chosen), PLAIN, command.toArray());
      return;
    }
    duel.step(() -> keys().sort(key, chosen, OracleDuel.BINARY), PLAIN, command.toArray());
  }
}
