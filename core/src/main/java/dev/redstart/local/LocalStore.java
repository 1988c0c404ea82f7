// SPDX-License-Identifier: Apache-2.0
package dev.redstart.local;

import dev.redstart.GroupOptions;
import dev.redstart.Store;
import dev.redstart.StoreGroup;
import dev.redstart.StoreTransaction;
import dev.redstart.TimeSource;
import dev.redstart.journal.Journal;
import dev.redstart.keyspace.Access;
import dev.redstart.keyspace.Groups;
import dev.redstart.keyspace.Keyspace;
import dev.redstart.spi.JournalSink;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A store in this JVM: the assembler of its parts, and the view of one database, or of a group.
 *
 * <p>Safe for many threads.
 */
public sealed class LocalStore extends LocalView implements Store permits LocalGroup {
  final Parts parts;

  LocalStore(Parts parts, Access access, Names names) {
    super(access, names, parts.loads);
    this.parts = parts;
  }

  /** Opens a store; a null time source stands for one of the store's own. */
  public static Store open(
      int stripes,
      int databases,
      long journalBytes,
      @Nullable TimeSource timeSource,
      List<JournalSink> sinks) {
    TimeSource own = timeSource == null ? TimeSource.system() : null;
    TimeSource time = timeSource == null ? Objects.requireNonNull(own) : timeSource;
    Journal journal = new Journal(journalBytes, sinks);
    Keyspace keyspace = new Keyspace(stripes, databases, time, journal);
    Parts parts = new Parts(keyspace, journal, own, new Loads());
    return new LocalStore(parts, keyspace.access(0), Names.PLAIN);
  }

  @Override
  public Store database(int number) {
    return new LocalStore(parts, access.inDatabase(number), Names.PLAIN);
  }

  @Override
  public final StoreGroup group(String prefix) {
    Names inner = names.within(prefix);
    return new LocalGroup(parts, access.inGroup(inner.binaryPrefix()), inner);
  }

  @Override
  public final StoreGroup group(String prefix, GroupOptions options) {
    Names inner = names.within(prefix);
    Access group = access.inGroup(inner.binaryPrefix());
    Duration lifetime = options.lifetime();
    group.declare(
        lifetime == null ? Groups.FOR_EVER : Math.min(Times.millis(lifetime), Groups.FOR_EVER - 1),
        options.limit(),
        options.removesOldest());
    return new LocalGroup(parts, group, inner);
  }

  @Override
  public final <R> R atomicallyGet(
      Collection<String> keys, Function<? super StoreTransaction, ? extends R> body) {
    Objects.requireNonNull(body, "body");
    return access.atomically(
        names.declared(keys), inner -> body.apply(new LocalTransaction(inner, names, loads)));
  }

  @Override
  public final void close() {
    parts.keyspace.close();
    parts.loads.close();
    parts.journal.close();
    TimeSource own = parts.ownTime;
    if (own != null) {
      own.close();
    }
  }

  /** What all views of a store share; the time source only if the store made it. */
  record Parts(Keyspace keyspace, Journal journal, @Nullable TimeSource ownTime, Loads loads) {}

  /** The view that a body of atomically works with. */
  private static final class LocalTransaction extends LocalView implements StoreTransaction {
    LocalTransaction(Access access, Names names, Loads loads) {
      super(access, names, loads);
    }
  }
}
