// SPDX-License-Identifier: Apache-2.0
package dev.redstart.operation;

import dev.redstart.keyspace.Access;
import dev.redstart.keyspace.Hold;
import dev.redstart.spi.Binary;
import dev.redstart.spi.EventClass;
import dev.redstart.structure.SetValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Union, intersection and difference of sets.
 *
 * <p>Immutable; as safe for threads as its access. What is only read is frozen under the hold and
 * computed after it; what is stored is computed under the hold, so that it is one change.
 */
public final class SetAlgebra {
  // Overview. Everything walks through one set and looks its members up in others. A large set
  // hands its members over by ascending hash, which is also the order of the others' places, so
  // that these are met from end to end instead of at random. A union goes on from a frozen twin of
  // the largest set, which it shares with it as far as nothing is added.

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

  /** Returns the members that answer, in no order. */
  public List<@Binary String> compute(Kind kind, List<@Binary String> keys) {
    List<SetValue> sets;
    try (Hold hold = access.holdToRead(keys)) {
      sets = sets(hold, keys, true);
    }
    return kind == Kind.UNION ? SetOperations.all(union(sets)) : chosen(kind, sets);
  }

  /** Puts the answer in place of what a key holds and returns its size. */
  public long store(@Binary String destination, Kind kind, List<@Binary String> keys) {
    List<String> all = new ArrayList<>(keys);
    all.add(destination);
    long position;
    long size;
    try (Hold hold = access.hold(all)) {
      List<SetValue> sets = sets(hold, keys, false);
      SetValue result = kind == Kind.UNION ? union(sets) : SetValue.of(chosen(kind, sets));
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
    Sieve sieve = new Sieve(others(sets), true, null, limit);
    sets.get(0).forEachWhile(sieve);
    return sieve.finish();
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

  /** Returns what is left of one set after looking its members up in the others. */
  private static List<@Binary String> chosen(Kind kind, List<SetValue> sets) {
    List<SetValue> ordered = new ArrayList<>(sets);
    if (kind == Kind.INTERSECTION) {
      ordered.sort(Comparator.comparingLong(SetValue::size));
    }
    List<String> chosen = new ArrayList<>();
    Sieve sieve = new Sieve(others(ordered), kind == Kind.INTERSECTION, chosen, Long.MAX_VALUE);
    ordered.get(0).forEachWhile(sieve);
    sieve.finish();
    return chosen;
  }

  private static List<SetValue> others(List<SetValue> sets) {
    return sets.subList(1, sets.size());
  }

  /** Sees the members of one set and keeps those that are in all other sets, or in none. */
  private static final class Sieve implements Predicate<@Binary String> {
    private static final int BATCH = 512;

    private final List<SetValue> others;
    private final boolean present;
    private final @Nullable List<@Binary String> kept;
    private final long limit;
    private final String[] batch = new String[BATCH];
    private int filled;
    private long count;

    Sieve(List<SetValue> others, boolean present, @Nullable List<@Binary String> kept, long limit) {
      this.others = others;
      this.present = present;
      this.kept = kept;
      this.limit = limit;
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
      if (kept != null) {
        kept.addAll(Arrays.asList(batch).subList(0, left));
      }
      count += left;
      filled = 0;
    }

    /** Ends, and returns how many were kept, up to the limit. */
    long finish() {
      sift();
      return Math.min(count, limit);
    }
  }
}
