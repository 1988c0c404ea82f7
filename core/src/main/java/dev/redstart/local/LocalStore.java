// SPDX-License-Identifier: Apache-2.0
package dev.redstart.local;

import dev.redstart.Store;
import dev.redstart.StoreTransaction;
import dev.redstart.TimeSource;
import dev.redstart.journal.Journal;
import dev.redstart.keyspace.Access;
import dev.redstart.keyspace.Keyspace;
import dev.redstart.spi.JournalSink;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A store in this JVM: the assembler of its parts, and the view of one database.
 *
 * <p>Safe for many threads.
 */
public final class LocalStore extends LocalView implements Store {
  private final Parts parts;

  private LocalStore(Parts parts, int database) {
    super(parts.keyspace.access(database), parts.loads);
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
    return new LocalStore(new Parts(keyspace, journal, own, new Loads()), 0);
  }

  @Override
  public Store database(int number) {
    return new LocalStore(parts, number);
  }

  @Override
  public <R> R atomicallyGet(
      Collection<String> keys, Function<? super StoreTransaction, ? extends R> body) {
    Objects.requireNonNull(body, "body");
    return access.atomically(
        Arguments.keys(keys), inner -> body.apply(new LocalTransaction(inner, loads)));
  }

  @Override
  public void close() {
    parts.keyspace.close();
    parts.loads.close();
    parts.journal.close();
    TimeSource own = parts.ownTime;
    if (own != null) {
      own.close();
    }
  }

  /** What all views of a store share; the time source only if the store made it. */
  private record Parts(
      Keyspace keyspace, Journal journal, @Nullable TimeSource ownTime, Loads loads) {}

  /** The view that a body of atomically works with. */
  private static final class LocalTransaction extends LocalView implements StoreTransaction {
    LocalTransaction(Access access, Loads loads) {
      super(access, loads);
    }
  }
}
