// SPDX-License-Identifier: Apache-2.0
package dev.redstart.local;

import dev.redstart.StoreClosedException;
import dev.redstart.spi.Binary;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The values that are being loaded at the moment, each by one thread.
 *
 * <p>Safe for many threads. Loaders run under no lock.
 */
final class Loads {
  private final ConcurrentHashMap<Place, Load> running = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<Thread, Load> waiting = new ConcurrentHashMap<>();

  /**
   * Answers what a key holds, or what a source loads and stores; or waits for the thread that is
   * loading for the same key.
   *
   * <p>Who waits shares an outcome only if it came while the loader ran. Between a look at the key
   * and the end of a load another thread may delete the key: who comes then must look again, or it
   * would answer a value that was gone before it asked.
   *
   * @throws IllegalStateException if the thread that is running one waits for the calling thread,
   *     over however many others, or is the calling thread
   */
  @Nullable Object load(int database, @Binary String key, Source source) {
    Place place = new Place(database, key);
    while (true) {
      Load mine = new Load(Thread.currentThread());
      Load other = running.putIfAbsent(place, mine);
      if (other == null) {
        return run(place, mine, source);
      }
      boolean isShared = other.isShared; // read before the wait: what matters is when we came
      await(other);
      if (isShared) {
        return other.outcome();
      }
    }
  }

  private @Nullable Object run(Place place, Load mine, Source source) {
    try {
      Object outcome = source.present();
      if (outcome == null) {
        mine.isShared = true;
        Object loaded = source.load();
        mine.isShared = false;
        outcome = loaded == null ? null : source.store(loaded);
      }
      running.remove(place);
      mine.result.complete(outcome);
      return outcome;
    } catch (RuntimeException | Error e) {
      running.remove(place);
      mine.result.completeExceptionally(e);
      throw e;
    }
  }

  /** Lets everybody go who waits for a loader, with the exception of a closed store. */
  void close() {
    running.values().forEach(load -> load.result.completeExceptionally(new StoreClosedException()));
  }

  private void await(Load other) {
    Thread self = Thread.currentThread();
    waiting.put(self, other); // first, so that of two threads that close a ring one sees it
    try {
      for (Load next = other;
          next != null && !next.result.isDone();
          next = waiting.get(next.thread)) {
        if (next.thread == self) {
          throw new IllegalStateException("a loader must not ask for a key that waits for it");
        }
      }
      other.result.handle((value, failure) -> value).join();
    } finally {
      waiting.remove(self);
    }
  }

  /** Where the value of an absent key comes from. Asked under no lock. */
  interface Source {
    /** What the key holds, in its stored form, or null. */
    @Nullable Object present();

    /** A value for the key, in its stored form, or null for none. */
    @Nullable Object load();

    /**
     * Stores a loaded value unless the key holds one by now, and answers which of the two it is.
     */
    Object store(Object loaded);
  }

  /** A key in a database; ordered, so that a map of keys that collide stays fast. */
  private record Place(int database, @Binary String key) implements Comparable<Place> {
    @Override
    public int compareTo(Place other) {
      int byKey = key.compareTo(other.key);
      return byKey != 0 ? byKey : Integer.compare(database, other.database);
    }
  }

  /** One run of a source. */
  private static final class Load {
    final Thread thread;
    final CompletableFuture<@Nullable Object> result = new CompletableFuture<>();

    /** Whether who comes now may share the outcome: true while the loader runs. */
    volatile boolean isShared;

    Load(Thread thread) {
      this.thread = thread;
    }

    @Nullable Object outcome() {
      try {
        return result.join();
      } catch (CompletionException e) {
        if (e.getCause() instanceof RuntimeException cause) {
          throw cause;
        }
        if (e.getCause() instanceof Error cause) {
          throw cause;
        }
        throw e;
      }
    }
  }
}
