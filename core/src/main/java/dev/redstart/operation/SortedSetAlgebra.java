// SPDX-License-Identifier: Apache-2.0
package dev.redstart.operation;

import dev.redstart.Aggregate;
import dev.redstart.keyspace.Access;
import dev.redstart.keyspace.Hold;
import dev.redstart.spi.Binary;
import dev.redstart.spi.EventClass;
import dev.redstart.structure.ScoreTable;
import dev.redstart.text.Decimals;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Union, intersection and difference of sorted sets, and of sets as if all scores were 1.
 *
 * <p>Immutable; as safe for threads as its access. What is only read is frozen under the hold and
 * computed after it; what is stored is computed under the hold, so that it is one change.
 */
public final class SortedSetAlgebra {
  private final Access access;

  /** Creates the algebra of a database. */
  public SortedSetAlgebra(Access access) {
    this.access = access;
  }

  /** Which operation. */
  public enum Kind {
    /** Members of any set. */
    UNION("ZUNIONSTORE"),
    /** Members of all sets. */
    INTERSECTION("ZINTERSTORE"),
    /** Members of the first set that are in no other. */
    DIFFERENCE("ZDIFFSTORE");

    private final String command;

    Kind(String command) {
      this.command = command;
    }
  }

  /**
   * A question.
   *
   * @param kind which operation
   * @param keys the sets' keys, in order; at least one
   * @param weights a factor for each key
   * @param aggregate how the scores of a member become one
   */
  public record Query(
      Kind kind, List<@Binary String> keys, List<Double> weights, Aggregate aggregate) {
    private List<@Binary String> command(@Binary String destination) {
      List<String> command = new ArrayList<>();
      command.add(kind.command);
      command.add(destination);
      command.add(Integer.toString(keys.size()));
      command.addAll(keys);
      if (kind != Kind.DIFFERENCE) {
        command.add("WEIGHTS");
        for (double weight : weights) {
          command.add(Decimals.print(weight));
        }
        command.add("AGGREGATE");
        command.add(aggregate.name());
      }
      return command;
    }

    private String event() {
      return kind.command.toLowerCase(Locale.ROOT);
    }
  }

  /** Returns the answer in order of scores. */
  public ScoredMembers compute(Query query) {
    List<ScoredInput> inputs;
    try (Hold hold = access.holdToRead(query.keys)) {
      inputs = inputs(hold, query, true);
    }
    return compute(query, inputs);
  }

  /** Puts the answer in place of what a key holds and returns its size. */
  public long store(@Binary String destination, Query query) {
    List<String> all = new ArrayList<>(query.keys);
    all.add(destination);
    long position;
    ScoredMembers found;
    try (Hold hold = access.hold(all)) {
      List<ScoredInput> inputs = inputs(hold, query, false);
      found = compute(query, inputs);
      position =
          store(hold, destination, found, query.event(), commands(query, inputs, destination));
    }
    access.settle(position);
    return found.size();
  }

  /** Counts the members of all sets, up to a limit. O(s·k). */
  public long intersectSize(List<@Binary String> keys, long limit) {
    Query query =
        new Query(Kind.INTERSECTION, keys, Collections.nCopies(keys.size(), 1.0), Aggregate.SUM);
    List<ScoredInput> inputs;
    try (Hold hold = access.holdToRead(keys)) {
      inputs = inputs(hold, query, true);
    }
    List<ScoredInput> bySize = bySize(inputs);
    Intersection counter = new Intersection(bySize, Aggregate.SUM, null);
    bySize.get(0).forEachUntil(counter::visit, () -> limit - counter.count);
    return counter.count;
  }

  /** Puts members in place of what a key holds, or removes the key if there are none. */
  static long store(
      Hold hold,
      @Binary String destination,
      ScoredMembers found,
      String event,
      Function<ScoredMembers, List<List<@Binary String>>> commands) {
    boolean existed = hold.at(destination).value() != null;
    if (found.size() == 0) {
      if (!existed) {
        return 0;
      }
      hold.remove();
      hold.event(EventClass.GENERIC, "del");
      return hold.isRecorded() ? hold.record(List.of("DEL", destination)) : 0;
    }
    hold.leaveTags();
    hold.put(found.toValue());
    hold.event(EventClass.SORTED_SET, event);
    return hold.isRecorded() ? hold.recordAll(commands.apply(found)) : 0;
  }

  /**
   * Returns what repeats a stored answer: the command, or the answer itself where Redis would get
   * another. It takes infinity times zero for 0 in the first set of an intersection only, so that
   * its answer hangs on the order of the keys; here it is 0 in each.
   */
  private static Function<ScoredMembers, List<List<@Binary String>>> commands(
      Query query, List<ScoredInput> inputs, @Binary String destination) {
    boolean differs =
        query.kind == Kind.INTERSECTION && inputs.stream().anyMatch(ScoredInput::hasNaN);
    return found -> {
      if (!differs) {
        return List.of(query.command(destination));
      }
      List<String> members = new ArrayList<>(List.of("ZADD", destination));
      for (int i = 0; i < found.size(); i++) {
        members.add(Decimals.print(found.score(i)));
        members.add(found.member(i));
      }
      return List.of(List.of("DEL", destination), members);
    };
  }

  private static List<ScoredInput> inputs(Hold hold, Query query, boolean frozen) {
    List<ScoredInput> inputs = new ArrayList<>(query.keys.size());
    for (int i = 0; i < query.keys.size(); i++) {
      Object value = hold.at(query.keys.get(i)).value();
      inputs.add(ScoredInput.of(value, frozen, query.weights.get(i)));
    }
    return inputs;
  }

  private static ScoredMembers compute(Query query, List<ScoredInput> inputs) {
    return switch (query.kind) {
      case UNION -> union(bySize(inputs), query.aggregate);
      case INTERSECTION -> intersection(bySize(inputs), query.aggregate);
      case DIFFERENCE -> difference(inputs);
    };
  }

  /** Returns the inputs smallest first: the order in which Redis adds up scores. */
  private static List<ScoredInput> bySize(List<ScoredInput> inputs) {
    List<ScoredInput> sorted = new ArrayList<>(inputs);
    sorted.sort(Comparator.comparingLong(ScoredInput::size));
    return sorted;
  }

  private static ScoredMembers union(List<ScoredInput> inputs, Aggregate aggregate) {
    // Not a fastutil map: members' hashes may be collided. The largest comes last.
    ScoreTable scores = ScoreTable.expecting(inputs.get(inputs.size() - 1).size());
    for (ScoredInput input : inputs) {
      input.forEach(
          (score, member) -> {
            double weighted = weighted(score, input.weight());
            if (scores.find(member)) {
              scores.setScore(aggregated(aggregate, scores.score(), weighted));
            } else {
              scores.insert(member);
              scores.setScore(weighted);
            }
          });
    }
    ScoredMembers found = new ScoredMembers(scores.size());
    scores.forEachScore(found);
    return found.sorted();
  }

  private static ScoredMembers intersection(List<ScoredInput> inputs, Aggregate aggregate) {
    ScoredInput smallest = inputs.get(0);
    ScoredMembers found = new ScoredMembers(smallest.size());
    smallest.forEach(new Intersection(inputs, aggregate, found)::visit);
    return found.sorted();
  }

  private static ScoredMembers difference(List<ScoredInput> inputs) {
    ScoredInput first = inputs.get(0);
    ScoredMembers found = new ScoredMembers(first.size());
    first.forEach(
        (score, member) -> {
          boolean isElsewhere = false;
          for (int i = 1; i < inputs.size() && !isElsewhere; i++) {
            isElsewhere = inputs.get(i).contains(member);
          }
          if (!isElsewhere) {
            found.visit(score, member);
          }
        });
    return first.isInOrder() ? found : found.sorted(); // a part of it with its own scores
  }

  private static double weighted(double score, double weight) {
    double product = score * weight;
    return Double.isNaN(product) ? 0 : product; // infinity times zero
  }

  private static double aggregated(Aggregate aggregate, double a, double b) {
    return switch (aggregate) {
      case SUM -> Double.isNaN(a + b) ? 0 : a + b; // opposite infinities
      case MIN -> b < a ? b : a;
      case MAX -> b > a ? b : a;
    };
  }

  /** Sees the members of the smallest set and keeps those that are in all others. */
  private static final class Intersection {
    private final List<ScoredInput> inputs;
    private final Aggregate aggregate;
    private final @Nullable ScoredMembers found;
    private long count;

    Intersection(List<ScoredInput> inputs, Aggregate aggregate, @Nullable ScoredMembers found) {
      this.inputs = inputs;
      this.aggregate = aggregate;
      this.found = found;
    }

    void visit(double score, @Binary String member) {
      double result = weighted(score, inputs.get(0).weight());
      for (int i = 1; i < inputs.size(); i++) {
        ScoredInput input = inputs.get(i);
        double other = input.score(member);
        if (Double.isNaN(other)) {
          return;
        }
        result = aggregated(aggregate, result, weighted(other, input.weight()));
      }
      count++;
      if (found != null) {
        found.visit(result, member);
      }
    }
  }
}
