// SPDX-License-Identifier: Apache-2.0
package dev.redstart;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Random steps on sorted sets for an {@link OracleDuel}.
 *
 * <p>Confined to one test thread.
 */
final class SortedSetOracleSteps extends OracleSteps {
  private static final Double[] SCORES = {
    0.0, -0.0, 1.0, 2.0, 3.0, 1.5, -3.25, 1e17, 0.1, 1 / 0.0, -1 / 0.0, 7.0, 7.0, 7.0
  };
  private static final Double[] WEIGHTS = {0.0, 1.0, 2.0, -1.0, 0.5, 1 / 0.0};
  private static final Double[] FINITE_WEIGHTS = {1.0, 2.0, -1.0, 0.5};
  private static final Function<@Nullable Object, String> PLAIN = OracleDuel::readable;
  private static final Function<@Nullable Object, String> SCORE = OracleDuel::score;
  private static final Function<@Nullable Object, String> SCORED = OracleDuel::scored;

  SortedSetOracleSteps(OracleDuel duel) {
    super(duel);
  }

  @Override
  KeyType type() {
    return KeyType.SORTED_SET;
  }

  @Override
  void next() {
    switch (duel.random.nextInt(16)) {
      case 0, 1, 2, 3 -> add();
      case 4 -> increment();
      case 5 -> look();
      case 6 -> count();
      case 7, 8 -> range();
      case 9 -> storeRange();
      case 10 -> remove();
      case 11 -> removeRange();
      case 12 -> pop();
      case 13 -> popAny();
      default -> algebra();
    }
  }

  private RSortedSet<String> set(String key) {
    return duel.view().sortedSet(key, OracleDuel.BINARY);
  }

  /** Returns a member of a few, or now and then of many, some of them long. */
  private String member() {
    int number = duel.random.nextInt(duel.random.nextInt(4) == 0 ? 200 : 8);
    return number == 7 ? "x".repeat(65) : number == 6 ? "\0\u00ff" : "m" + number;
  }

  private List<Object> command(String name, String key, Object... more) {
    List<Object> command = new ArrayList<>(List.of(name, bytes(key)));
    command.addAll(List.of(more));
    return command;
  }

  private void add() {
    String key = key();
    AddCondition condition = coin() ? AddCondition.ALWAYS : one(AddCondition.values());
    List<Object> command = command("ZADD", key);
    addCondition(command, condition);
    boolean changed = coin();
    if (changed) {
      command.add("CH");
    }
    List<Scored<String>> members = new ArrayList<>();
    int count = duel.random.nextInt(10) == 0 ? 150 : 1 + duel.random.nextInt(4);
    for (int i = 0; i < count; i++) {
      double score = duel.random.nextInt(200) == 0 ? Double.NaN : one(SCORES);
      Scored<String> member = new Scored<>(member(), score);
      members.add(member);
      command.addAll(List.of(score, member.member()));
    }
    duel.step(
        () -> {
          AddResult result = set(key).add(members, condition);
          return changed ? result.changed() : result.added();
        },
        PLAIN,
        command.toArray());
  }

  private static void addCondition(List<Object> command, AddCondition condition) {
    switch (condition) {
      case ABSENT -> command.add("NX");
      case PRESENT -> command.add("XX");
      case GREATER -> command.add("GT");
      case LESS -> command.add("LT");
      case PRESENT_GREATER -> command.addAll(List.of("XX", "GT"));
      case PRESENT_LESS -> command.addAll(List.of("LT", "XX"));
      default -> {}
    }
  }

  private void increment() {
    String key = key();
    String member = member();
    double delta = one(SCORES);
    if (coin()) {
      duel.step(
          () -> set(key).increment(member, delta), SCORE, "ZINCRBY", bytes(key), delta, member);
      return;
    }
    AddCondition condition = one(AddCondition.values());
    List<Object> command = command("ZADD", key);
    addCondition(command, condition);
    command.addAll(List.of("INCR", delta, member));
    duel.step(() -> set(key).increment(member, delta, condition), SCORE, command.toArray());
  }

  private void look() {
    String key = key();
    String member = member();
    switch (duel.random.nextInt(5)) {
      case 0 -> duel.step(() -> set(key).score(member), SCORE, "ZSCORE", bytes(key), member);
      case 1 -> duel.step(() -> set(key).rank(member), PLAIN, "ZRANK", bytes(key), member);
      case 2 ->
          duel.step(() -> set(key).reverseRank(member), PLAIN, "ZREVRANK", bytes(key), member);
      case 3 -> duel.step(() -> set(key).size(), PLAIN, "ZCARD", bytes(key));
      default ->
          duel.step(
              () -> set(key).scores(List.of(member, "none", "m1")),
              SCORE,
              "ZMSCORE",
              bytes(key),
              member,
              "none",
              "m1");
    }
  }

  private ScoreRange scores() {
    return new ScoreRange(one(SCORES), coin(), one(SCORES), coin());
  }

  private static String end(double score, boolean included) {
    return (included ? "" : "(") + OracleDuel.word(score);
  }

  private MemberRange<String> members() {
    return new MemberRange<>(
        duel.random.nextInt(4) == 0 ? null : member(), coin(),
        duel.random.nextInt(4) == 0 ? null : member(), coin());
  }

  private static String end(@Nullable String member, boolean included, String open) {
    return member == null ? open : (included ? "[" : "(") + member;
  }

  /** Tells whether a range by member means something: all scores are equal. */
  private boolean isLexical(String key) {
    if (keys().type(key) != KeyType.SORTED_SET) {
      return true;
    }
    double lowest = set(key).rangeWithScores(0, 0).get(0).score();
    return lowest == set(key).rangeWithScores(-1, -1).get(0).score();
  }

  private void count() {
    String key = key();
    if (coin() && isLexical(key)) {
      MemberRange<String> range = members();
      duel.step(
          () -> set(key).lexCount(range),
          PLAIN,
          "ZLEXCOUNT",
          bytes(key),
          end(range.min(), range.minIncluded(), "-"),
          end(range.max(), range.maxIncluded(), "+"));
    } else {
      ScoreRange range = scores();
      duel.step(
          () -> set(key).count(range),
          PLAIN,
          "ZCOUNT",
          bytes(key),
          end(range.min(), range.minIncluded()),
          end(range.max(), range.maxIncluded()));
    }
  }

  /** Returns a random range, and adds it to a command as ZRANGE takes it. */
  private SortedRange<String> range(String key, List<Object> command) {
    boolean reversed = coin();
    SortedRange<String> range;
    String min;
    String max;
    String kind = "BYSCORE";
    int which = duel.random.nextInt(3);
    if (which == 0) {
      long start = duel.random.nextLong(-9, 9);
      long stop = duel.random.nextInt(9) == 0 ? Long.MAX_VALUE : duel.random.nextLong(-9, 9);
      command.addAll(List.of(start, stop));
      if (reversed) {
        command.add("REV");
      }
      range = SortedRange.byRank(start, stop);
      return reversed ? range.reversed() : range;
    }
    if (which == 1 && isLexical(key)) {
      MemberRange<String> members = members();
      range = SortedRange.byMember(members);
      min = end(members.min(), members.minIncluded(), "-");
      max = end(members.max(), members.maxIncluded(), "+");
      kind = "BYLEX";
    } else {
      ScoreRange scores = scores();
      range = SortedRange.byScore(scores);
      min = end(scores.min(), scores.minIncluded());
      max = end(scores.max(), scores.maxIncluded());
    }
    command.addAll(reversed ? List.of(max, min, kind, "REV") : List.of(min, max, kind));
    range = reversed ? range.reversed() : range;
    if (coin()) {
      long offset = duel.random.nextInt(5);
      long limit = duel.random.nextInt(6);
      command.addAll(List.of("LIMIT", offset, limit));
      range = range.limit(offset, limit);
    }
    return range;
  }

  private void range() {
    String key = key();
    List<Object> command = command("ZRANGE", key);
    SortedRange<String> range = range(key, command);
    if (range.members() != null || coin()) {
      duel.step(() -> set(key).range(range), PLAIN, command.toArray());
    } else {
      command.add("WITHSCORES");
      duel.step(() -> set(key).rangeWithScores(range), SCORED, command.toArray());
    }
  }

  private void storeRange() {
    String key = key();
    String destination = key();
    List<Object> command = command("ZRANGESTORE", destination, bytes(key));
    SortedRange<String> range = range(key, command);
    duel.step(() -> set(key).storeRange(destination, range), PLAIN, command.toArray());
  }

  private void remove() {
    String key = key();
    List<String> members = List.of(member(), member(), member());
    List<Object> command = command("ZREM", key);
    command.addAll(members);
    duel.step(() -> set(key).removeAll(members), PLAIN, command.toArray());
  }

  private void removeRange() {
    String key = key();
    int which = duel.random.nextInt(3);
    if (which == 0) {
      long start = duel.random.nextLong(-9, 9);
      long stop = duel.random.nextLong(-9, 9);
      duel.step(
          () -> set(key).removeRange(start, stop),
          PLAIN,
          "ZREMRANGEBYRANK",
          bytes(key),
          start,
          stop);
    } else if (which == 1 && isLexical(key)) {
      MemberRange<String> range = members();
      duel.step(
          () -> set(key).removeRange(SortedRange.byMember(range)),
          PLAIN,
          "ZREMRANGEBYLEX",
          bytes(key),
          end(range.min(), range.minIncluded(), "-"),
          end(range.max(), range.maxIncluded(), "+"));
    } else {
      ScoreRange range = scores();
      duel.step(
          () -> set(key).removeRange(SortedRange.byScore(range)),
          PLAIN,
          "ZREMRANGEBYSCORE",
          bytes(key),
          end(range.min(), range.minIncluded()),
          end(range.max(), range.maxIncluded()));
    }
  }

  private void pop() {
    String key = key();
    long count = duel.random.nextLong(-1, 5);
    if (coin()) {
      duel.step(() -> set(key).popMin(count), SCORED, "ZPOPMIN", bytes(key), count);
    } else {
      duel.step(() -> set(key).popMax(count), SCORED, "ZPOPMAX", bytes(key), count);
    }
  }

  private void popAny() {
    List<String> some = some();
    boolean min = coin();
    long count = duel.random.nextLong(0, 4);
    List<Object> command = new ArrayList<>(List.of("ZMPOP", some.size()));
    some.forEach(key -> command.add(bytes(key)));
    command.addAll(List.of(min ? "MIN" : "MAX", "COUNT", count));
    List<String> others = some.subList(1, some.size());
    duel.step(
        () -> {
          RSortedSet<String> first = set(some.get(0));
          Popped<String> popped =
              min ? first.popMinOfAny(count, others) : first.popMaxOfAny(count, others);
          return popped == null
              ? null
              : bytes(popped.key()) + " " + OracleDuel.readable(popped.members());
        },
        SortedSetOracleSteps::popped,
        command.toArray());
  }

  /** Reads a reply of ZMPOP: the key, and a list of pairs. */
  private static String popped(@Nullable Object reply) {
    if (!(reply instanceof List<?> list)) {
      return OracleDuel.readable(reply);
    }
    List<Object> flat = new ArrayList<>();
    ((List<?>) list.get(1)).forEach(pair -> flat.addAll((List<?>) pair));
    return list.get(0) + " " + OracleDuel.scored(flat);
  }

  private void algebra() {
    List<String> some = some();
    RSortedSet<String> first = set(some.get(0));
    List<String> others = some.subList(1, some.size());
    String destination = key();
    boolean stores = coin();
    String[] names = {"ZUNION", "ZINTER", "ZDIFF", "ZINTERCARD"};
    int which = duel.random.nextInt(names.length);
    List<Object> command = new ArrayList<>();
    command.add(which == 3 || !stores ? names[which] : names[which] + "STORE");
    if (which != 3 && stores) {
      command.add(bytes(destination));
    }
    command.add(some.size());
    some.forEach(key -> command.add(bytes(key)));
    if (which == 3) {
      long limit = duel.random.nextLong(-1, 4);
      command.addAll(List.of("LIMIT", limit));
      duel.step(() -> first.intersectSize(limit, others), PLAIN, command.toArray());
      return;
    }
    if (which == 2) {
      duel.step(
          () -> stores ? first.storeDifference(destination, others) : first.difference(others),
          stores ? PLAIN : SCORED,
          withScores(command, stores));
      return;
    }
    Aggregate aggregate = one(Aggregate.values());
    boolean union = which == 0;
    double[] weights = weights(some.size(), union, command);
    command.addAll(List.of("AGGREGATE", aggregate));
    duel.step(
        () ->
            stores
                ? (Object)
                    (union
                        ? first.storeUnion(destination, others, aggregate, weights)
                        : first.storeIntersection(destination, others, aggregate, weights))
                : union
                    ? first.union(others, aggregate, weights)
                    : first.intersect(others, aggregate, weights),
        stores ? PLAIN : SCORED,
        withScores(command, stores));
  }

  /** Returns weights; with zero and infinity an intersection hangs on the order of keys there. */
  private double[] weights(int count, boolean all, List<Object> command) {
    if (coin()) {
      return new double[0];
    }
    double[] weights = new double[count];
    command.add("WEIGHTS");
    for (int i = 0; i < count; i++) {
      weights[i] = one(all ? WEIGHTS : FINITE_WEIGHTS);
      command.add(weights[i]);
    }
    return weights;
  }

  private static Object[] withScores(List<Object> command, boolean stores) {
    if (!stores) {
      command.add("WITHSCORES");
    }
    return command.toArray();
  }
}
