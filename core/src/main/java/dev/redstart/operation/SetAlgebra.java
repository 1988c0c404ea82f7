// SPDX-License-Identifier: Apache-2.0
package dev.redstart.operation;

import dev.redstart.keyspace.Access;
import dev.redstart.keyspace.Hold;
import dev.redstart.spi.Binary;
import dev.redstart.spi.EventClass;
import dev.redstart.structure.SetValue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * Union, intersection and difference of sets.
 *
 * <p>Immutable; as safe for threads as its access. What is only read is frozen under the hold and
 * computed after it; what is stored is computed under the hold, so that it is one change.
 */
public final class SetAlgebra {
  // Overview. Everything walks through one set and looks its members up in others. A large set
  // hands its members over by ascending hash, which is also the order of the others' places, so
  // that these are met from end to end instead of at random. What is chosen is handed over by the
  // batch, while it is in the processor's caches. A union goes on from a frozen twin of the largest
  // set, which it shares with it as far as nothing is added.

  private final Access access;

  /** Creates the algebra of a database. */
  public SetAlgebra(Access access) {
    this.access = access;
  }

  /** Which operation. */
  public enum Kind {
    /** Members of any set. */
    UNION("SUNIONSTORE"),
    /** Members of all sets. */
    INTERSECTION("SINTERSTORE"),
    /** Members of the first set that are in no other. */
    DIFFERENCE("SDIFFSTORE");

    private final String command;

    Kind(String command) {
      this.command = command;
    }
  }

  /** Who takes the members that answer: each once, in no order, under no hold. */
  @FunctionalInterface
  public interface Answer {
    /** Takes a member. */
    void accept(@Binary String member);

    /** Hears, before the first member, about how many will come. */
    default void expect(long members) {}
  }

  /** Hands over the members that answer. */
  public void compute(Kind kind, List<@Binary String> keys, Answer answer) {
    List<SetValue> sets;
    try (Hold hold = access.holdToRead(keys)) {
      sets = sets(hold, keys, true);
    }
    if (kind == Kind.UNION) {
      SetValue union = union(sets);
      answer.expect(union.size());
      union.forEach(answer::accept);
    } else {
      choose(kind, sets, answer);
    }
  }

  /** Puts the answer in place of what a key holds and returns its size. */
  public long store(@Binary String destination, Kind kind, List<@Binary String> keys) {
    List<String> all = new ArrayList<>(keys);
    all.add(destination);
    long position;
    long size;
    try (Hold hold = access.hold(all)) {
      List<SetValue> sets = sets(hold, keys, false);
      SetValue result = kind == Kind.UNION ? union(sets) : chosen(kind, sets);
      size = result.size();
      position = put(hold.at(destination), result, kind, keys);
    }
    access.settle(position);
    return size;
  }

  /** Counts the members of all sets, up to a limit. O(s·k). */
  public long intersectSize(List<@Binary String> keys, long limit) {
    List<SetValue> sets;
    try (Hold hold = access.holdToRead(keys)) {
      sets = sets(hold, keys, true);
    }
    sets.sort(Comparator.comparingLong(SetValue::size));
    return new Sieve(sets, true, member -> {}, limit).run();
  }

  private static long put(Hold hold, SetValue result, Kind kind, List<@Binary String> keys) {
    String destination = hold.key();
    if (result.isEmpty()) {
      if (hold.value() == null) {
        return 0;
      }
      hold.remove();
      hold.event(EventClass.GENERIC, "del");
      return hold.isRecorded() ? hold.record(List.of("DEL", destination)) : 0;
    }
    hold.leaveTags();
    hold.put(result);
    hold.event(EventClass.SET, kind.command.toLowerCase(Locale.ROOT));
    if (!hold.isRecorded()) {
      return 0;
    }
    List<String> command = new ArrayList<>(List.of(kind.command, destination));
    command.addAll(keys);
    return hold.record(command);
  }

  /** Returns the keys' sets, of which a missing one is empty. */
  private static List<SetValue> sets(Hold hold, List<@Binary String> keys, boolean frozen) {
    List<SetValue> sets = new ArrayList<>(keys.size());
    for (String key : keys) {
      SetValue set = hold.at(key).find(SetValue.TYPE);
      sets.add(set == null ? new SetValue() : frozen ? set.freeze() : set);
    }
    return sets;
  }

  private static SetValue union(List<SetValue> sets) {
    List<SetValue> sorted = new ArrayList<>(sets);
    sorted.sort(Comparator.comparingLong(SetValue::size).reversed());
    SetValue largest = sorted.get(0);
    SetValue union = new SetValue();
    if (largest.isLarge()) {
      union = largest.freeze();
    } else {
      largest.forEach(union::add); // anew, since a small set may rest in a form it has grown out of
    }
    for (SetValue other : others(sorted)) {
      other.forEach(union::add);
    }
    return union;
  }

  private static SetValue chosen(Kind kind, List<SetValue> sets) {
    List<String> chosen = new ArrayList<>();
    choose(kind, sets, chosen::add);
    return SetValue.of(chosen);
  }

  /** Hands over what is left of one set after looking its members up in the others. */
  private static void choose(Kind kind, List<SetValue> sets, Answer answer) {
    List<SetValue> ordered = new ArrayList<>(sets);
    if (kind == Kind.INTERSECTION) {
      ordered.sort(Comparator.comparingLong(SetValue::size));
    }
    new Sieve(ordered, kind == Kind.INTERSECTION, answer, Long.MAX_VALUE).run();
  }

  private static List<SetValue> others(List<SetValue> sets) {
    return sets.subList(1, sets.size());
  }

  /** Sees the members of the first set and keeps those that are in all other sets, or in none. */
  private static final class Sieve implements Predicate<@Binary String> {
    private static final int BATCH = 512;

    private final SetValue first;
    private final List<SetValue> others;
    private final boolean present;
    private final Answer answer;
    private final long limit;
    private final String[] batch = new String[BATCH];
    private int filled;
    private long seen;
    private long count;

    Sieve(List<SetValue> sets, boolean present, Answer answer, long limit) {
      this.first = sets.get(0);
      this.others = others(sets);
      this.present = present;
      this.answer = answer;
      this.limit = limit;
    }

    /** Returns how many were kept, up to the limit. */
    long run() {
      first.forEachWhile(this);
      sift();
      return Math.min(count, limit);
    }

    /** Takes a member; false if enough were kept. */
    @Override
    public boolean test(@Binary String member) {
      batch[filled++] = member;
      if (filled == BATCH) {
        sift();
      }
      return count < limit;
    }

    private void sift() {
      int left = filled;
      for (int i = 0; i < others.size() && left > 0; i++) {
        left = others.get(i).retain(batch, left, present);
      }
      if (seen == 0 && filled > 0) { // the order of hashes is one of chance: the rest will be alike
        answer.expect(first.size() * left / filled);
      }
      for (int i = 0; i < left; i++) {
        answer.accept(batch[i]);
      }
      seen += filled;
      count += left;
      filled = 0;
    }
  }
}
