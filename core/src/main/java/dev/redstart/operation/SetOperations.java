// SPDX-License-Identifier: Apache-2.0
package dev.redstart.operation;

import dev.redstart.keyspace.Access;
import dev.redstart.keyspace.Hold;
import dev.redstart.spi.Binary;
import dev.redstart.spi.EventClass;
import dev.redstart.structure.SetValue;
import dev.redstart.text.Glob;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes of one set.
 *
 * <p>Immutable; as safe for threads as its access.
 */
public final class SetOperations {
  /** Longer reads go on after the hold, over a frozen value. */
  private static final long LONG_READ = 512;

  private final Access access;
  private final @Binary String key;

  /** Creates the operations of a key. */
  public SetOperations(Access access, @Binary String key) {
    this.access = access;
    this.key = key;
  }

  /** Adds members and returns how many are new. O(k). */
  public long add(List<@Binary String> members) {
    if (Access.isTag(key)) {
      return new TagOperations(access, key).add(members);
    }
    long position = 0;
    long added = 0;
    try (Hold hold = access.hold(key)) {
      SetValue set = hold.findOrCreate(SetValue.TYPE);
      set.expect(members);
      List<String> command = hold.isRecorded() ? newCommand("SADD") : null;
      for (String member : members) {
        if (set.add(member)) {
          added++;
          if (command != null) {
            command.add(member);
          }
        }
      }
      if (command != null && added > 0) {
        hold.event(EventClass.SET, "sadd");
        position = hold.record(command);
      }
    }
    access.settle(position);
    return added;
  }

  /** Removes members and returns how many were there. O(k). */
  public long remove(List<@Binary String> members) {
    if (Access.isTag(key)) {
      return new TagOperations(access, key).remove(members);
    }
    long position = 0;
    long removed = 0;
    try (Hold hold = access.hold(key)) {
      SetValue set = hold.findToChange(SetValue.TYPE);
      if (set == null) {
        return 0;
      }
      List<String> command = hold.isRecorded() ? newCommand("SREM") : null;
      for (String member : members) {
        if (set.remove(member)) {
          removed++;
          if (command != null) {
            command.add(member);
          }
        }
      }
      if (removed > 0) {
        finishRemoval(hold, set, "srem");
        position = command != null ? hold.record(command) : 0;
      }
    }
    access.settle(position);
    return removed;
  }

  /** Tells of a removal, and removes the key if nothing is left. */
  static void finishRemoval(Hold hold, SetValue set, String event) {
    hold.event(EventClass.SET, event);
    if (set.isEmpty()) {
      hold.remove();
      hold.event(EventClass.GENERIC, "del");
    }
  }

  /** Moves a member to another set, or the same; false if it was not there. O(1). */
  public boolean move(@Binary String destination, @Binary String member) {
    long position = 0;
    try (Hold hold = access.hold(List.of(key, destination))) {
      SetValue source = hold.at(key).find(SetValue.TYPE);
      if (source == null) {
        return false; // whatever the destination holds, as in Redis
      }
      hold.at(destination).find(SetValue.TYPE); // refuses another type
      if (!source.contains(member)) {
        return false;
      }
      if (!key.equals(destination)) {
        hold.at(destination).planCreation();
        hold.at(key);
        if (source.size() == 1) {
          hold.planRemoval();
        }
        hold.admit();
        hold.findToChange(SetValue.TYPE);
        source.remove(member);
        finishRemoval(hold, source, "srem");
        if (hold.at(destination).findOrCreate(SetValue.TYPE).add(member)) {
          hold.event(EventClass.SET, "sadd");
        }
        if (hold.isRecorded()) {
          position = hold.record(List.of("SMOVE", key, destination, member));
        }
      }
    }
    access.settle(position);
    return true;
  }

  /** Tells whether a member is there. O(1). */
  public boolean contains(@Binary String member) {
    return read(set -> set != null && set.contains(member));
  }

  /** Tells of each member whether it is there. O(k). */
  public List<Boolean> containsEach(List<@Binary String> members) {
    return read(
        set -> {
          List<Boolean> answers = new ArrayList<>(members.size());
          for (String member : members) {
            answers.add(set != null && set.contains(member));
          }
          return answers;
        });
  }

  /** Returns the number of members. O(1). */
  public long size() {
    return read(set -> set == null ? 0L : set.size());
  }

  /** Returns all members, in no order. O(n). */
  public List<@Binary String> members() {
    return reading(Long.MAX_VALUE, SetOperations::all);
  }

  static List<@Binary String> all(SetValue set) {
    List<String> members = new ArrayList<>(Math.toIntExact(set.size()));
    set.forEach(members::add);
    return members;
  }

  /** Returns some member, each with the same chance, or null. O(1). */
  public @Nullable @Binary String random(RandomGenerator random) {
    return read(set -> set == null ? null : set.random(random));
  }

  /** Returns different members, chosen at random. O(k), or O(n) for most of them. */
  public List<@Binary String> random(RandomGenerator random, long count) {
    return reading(count, set -> choose(set, random, count));
  }

  /** Returns members, each chosen anew. O(k). */
  public List<@Binary String> randomWithRepeats(RandomGenerator random, long count) {
    return reading(
        count,
        set -> {
          List<String> found = new ArrayList<>((int) Math.min(count, 1024));
          for (long i = 0; i < count; i++) {
            found.add(set.random(random));
          }
          return found;
        });
  }

  private static List<@Binary String> choose(SetValue set, RandomGenerator random, long count) {
    long size = set.size();
    if (count >= size) {
      return all(set);
    }
    if (!set.isLarge() || count > size / 3) { // the front of all members, shuffled
      List<String> members = all(set);
      for (int i = 0; i < count; i++) {
        int other = i + random.nextInt(members.size() - i);
        members.set(i, members.set(other, members.get(i)));
      }
      return new ArrayList<>(members.subList(0, (int) count));
    }
    List<String> chosen = new ArrayList<>((int) count);
    SetValue different = new SetValue(); // not a HashSet: members' hashes may be collided
    while (chosen.size() < count) {
      String member = set.random(random);
      if (different.add(member)) {
        chosen.add(member);
      }
    }
    return chosen;
  }

  /** Takes a member that was chosen at random before; false if it is gone. O(1). */
  public boolean takeIfThere(@Binary String chosen) {
    long position;
    try (Hold hold = access.hold(key)) {
      SetValue set = hold.findToChange(SetValue.TYPE);
      if (set == null || !set.remove(chosen)) {
        return false;
      }
      finishRemoval(hold, set, "spop");
      position = hold.isRecorded() ? hold.record(List.of("SREM", key, chosen)) : 0;
    }
    access.settle(position);
    return true;
  }

  /**
   * Takes members that were chosen at random before, if a choice could be the same now.
   *
   * @param chosen what {@link #random(RandomGenerator, long)} has returned for the count
   * @return false if some of them are gone, or there are others to be taken too
   */
  public boolean takeIfThere(List<@Binary String> chosen, long count) {
    long position = 0;
    try (Hold hold = access.hold(key)) {
      SetValue set = hold.find(SetValue.TYPE);
      if (set == null
          || chosen.size() != Math.min(count, set.size())
          || !chosen.stream().allMatch(set::contains)) {
        return false;
      }
      hold.findToChange(SetValue.TYPE);
      chosen.forEach(set::remove);
      finishRemoval(hold, set, "spop");
      if (hold.isRecorded()) {
        List<String> command = newCommand(set.isEmpty() ? "DEL" : "SREM");
        if (!set.isEmpty()) {
          command.addAll(chosen);
        }
        position = hold.record(command);
      }
    }
    access.settle(position);
    return true;
  }

  /** Collects members from a cursor on and returns where to go on, or 0 at the end. O(count). */
  public long scan(
      long cursor, @Nullable Glob glob, long count, List<? super @Binary String> found) {
    SetValue frozen;
    try (Hold hold = access.holdToRead(key)) {
      SetValue set = hold.find(SetValue.TYPE);
      if (set == null) {
        return 0;
      }
      if (count <= LONG_READ) {
        return scan(set, cursor, glob, count, found);
      }
      frozen = set.freeze();
    }
    return scan(frozen, cursor, glob, count, found);
  }

  private static long scan(
      SetValue set,
      long cursor,
      @Nullable Glob glob,
      long count,
      List<? super @Binary String> found) {
    return set.scan(
        cursor,
        count,
        member -> {
          if (glob == null || glob.matchesAll() || glob.matches(member)) {
            found.add(member);
          }
        });
  }

  private <R> R read(Function<@Nullable SetValue, R> read) {
    try (Hold hold = access.holdToRead(key)) {
      return read.apply(hold.find(SetValue.TYPE));
    }
  }

  /** Reads about so many members under the hold, or more after it; none of a missing set. */
  private List<@Binary String> reading(long count, Function<SetValue, List<@Binary String>> read) {
    SetValue frozen;
    try (Hold hold = access.holdToRead(key)) {
      SetValue set = hold.find(SetValue.TYPE);
      if (set == null || count == 0) {
        return new ArrayList<>();
      }
      if (Math.min(count, set.size()) <= LONG_READ) {
        return read.apply(set);
      }
      frozen = set.freeze();
    }
    return read.apply(frozen);
  }

  private List<@Binary String> newCommand(String name) {
    List<String> command = new ArrayList<>();
    command.add(name);
    command.add(key);
    return command;
  }
}
