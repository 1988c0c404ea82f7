// SPDX-License-Identifier: Apache-2.0
package dev.redstart.keyspace;

import dev.redstart.spi.Binary;
import dev.redstart.spi.Effect;
import dev.redstart.spi.EventClass;
import dev.redstart.spi.Notification;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a hold has to tell: the events and effects that go with its next command.
 *
 * <p>Confined to its hold.
 */
final class EffectLog {
  // Overview. A command is recorded with the events so far. Behind it, in the same batch, follow
  // what it did to tags and then the deadlines that its keys got from their group's lifetime.

  // Fixed after construction.
  private final Access access;
  private final boolean recorded;

  // What has gathered until the next record.
  private @Nullable List<Notification> events;
  private @Nullable List<Given> lifetimes;

  EffectLog(Access access) {
    this.access = access;
    this.recorded = access.keyspace().journal().isAttached();
  }

  /** A deadline that a key got from its group. */
  private record Given(int database, @Binary String key, long deadlineMillis) {}

  /** Adds an event to the next command. */
  void event(EventClass eventClass, String event, int database, @Binary String key) {
    if (recorded) {
      if (events == null) {
        events = new ArrayList<>(2);
      }
      events.add(new Notification(eventClass, event, database, key));
    }
  }

  /** Notes a deadline that a key got without the operation's asking for it. */
  void lifetimeGiven(int database, @Binary String key, long deadlineMillis) {
    if (recorded) {
      if (lifetimes == null) {
        lifetimes = new ArrayList<>(1);
      }
      lifetimes.add(new Given(database, key, deadlineMillis));
    }
  }

  /** Forgets such a deadline: the operation says itself how long the key lives, or removed it. */
  void lifetimeLost(int database, @Binary String key) {
    if (lifetimes != null) {
      lifetimes.removeIf(each -> each.database == database && each.key.equals(key));
    }
  }

  /** Records commands, and what follows them; the events go with the last. */
  long record(int database, List<List<@Binary String>> commands, @Nullable TagUpkeep upkeep) {
    List<Effect> effects = new ArrayList<>(commands.size());
    for (int i = 0; i < commands.size(); i++) {
      boolean isLast = i == commands.size() - 1;
      effects.add(
          new Effect(database, commands.get(i), isLast && events != null ? events : List.of()));
    }
    events = null;
    if (upkeep != null) {
      upkeep.drainTo(effects);
    }
    if (lifetimes != null) {
      lifetimes.forEach(each -> effects.add(deadlineOf(each)));
      lifetimes = null;
    }
    return append(effects);
  }

  private static Effect deadlineOf(Given given) {
    String key = given.key;
    return new Effect(
        given.database,
        List.of("PEXPIREAT", key, Long.toString(given.deadlineMillis)),
        List.of(new Notification(EventClass.GENERIC, "expire", given.database, key)));
  }

  /** Records effects as one batch, or as a part of the transaction's. */
  long append(List<Effect> effects) {
    Transaction transaction = access.transaction();
    if (transaction != null) {
      effects.forEach(transaction::add);
      return 0;
    }
    return access.keyspace().journal().append(effects, effects.size() > 1);
  }

  /** Returns what {@link #record} would record of a command, for others to do that. */
  Effect take(int database, List<@Binary String> command) {
    List<Notification> own = events == null ? List.of() : events;
    events = null;
    return new Effect(database, command, own);
  }
}
