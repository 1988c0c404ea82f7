// SPDX-License-Identifier: Apache-2.0
package dev.redstart.local;

import dev.redstart.StoreClosedException;
import dev.redstart.spi.Binary;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
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
   * Runs a loader, or waits for the thread that is running one for the same key.
   *
   * @throws IllegalStateException if the thread that is running one waits for the calling thread,
   *     over however many others, or is the calling thread
   */
  @Nullable Object load(int database, @Binary String key, Supplier<@Nullable Object> loader) {
    Place place = new Place(database, key);
    Load mine = new Load(Thread.currentThread(), new CompletableFuture<>());
    Load other = running.putIfAbsent(place, mine);
    if (other != null) {
      return await(other);
    }
    try {
      Object loaded = loader.get();
      running.remove(place);
      mine.result.complete(loaded);
      return loaded;
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

  private @Nullable Object await(Load other) {
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
      return other.join();
    } finally {
      waiting.remove(self);
    }
  }

  /** A key in a database; ordered, so that a map of keys that collide stays fast. */
  private record Place(int database, @Binary String key) implements Comparable<Place> {
    @Override
    public int compareTo(Place other) {
      int byKey = key.compareTo(other.key);
      return byKey != 0 ? byKey : Integer.compare(database, other.database);
    }
  }

  private record Load(Thread thread, CompletableFuture<@Nullable Object> result) {
    @Nullable Object join() {
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
