// SPDX-License-Identifier: Apache-2.0
package dev.redstart;

import java.util.Collection;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Redis's data types in this JVM: the way to all keys of one numbered database.
 *
 * <p>Safe for many threads, virtual ones too. Every operation is atomic and linearizable, also
 * those of several keys.
 *
 * <pre>{@code
 * try (Store store = Store.open()) {
 *   RSortedSet<String> board = store.sortedSet("board");
 *   board.add("ann", 31);
 *   Long rank = board.reverseRank("ann");
 * }
 * }</pre>
 */
public interface Store extends StoreView, AutoCloseable {
  /** Opens an empty store with the defaults, in memory. */
  static Store open() {
    return builder().open();
  }

  /** Returns a builder with the defaults, to change some of them. */
  static StoreBuilder builder() {
    return new StoreBuilder();
  }

  /**
   * Returns the same store's keys in another numbered database; this is database 0 after opening.
   * Redis: SELECT.
   *
   * @throws IllegalArgumentException if there is no database of that number
   */
  Store database(int number);

  /**
   * Returns the keys that begin with a prefix, as a store of their own, with the options that were
   * declared for them last.
   *
   * @throws IllegalArgumentException if the prefix is empty, or names tags only
   * @throws CodecException if it has an unpaired surrogate
   * @throws IllegalStateException inside {@link #atomically}
   */
  StoreGroup group(String prefix);

  /**
   * As {@link #group(String)}, and declares the lifetime and the limit of those keys in place of
   * what was declared before. The deadlines of the keys that are there stay as they are.
   *
   * <p>O(1), but for a group that gets a limit, or another way to keep it: its keys are counted
   * once, in O(n) of the database's keys, during which every other operation waits. If there are
   * too many by then, no other comes in until some have gone, or those too many are removed at
   * once, in no order.
   *
   * @throws IllegalArgumentException if the prefix is empty, or names tags only
   * @throws CodecException if it has an unpaired surrogate
   * @throws IllegalStateException inside {@link #atomically}
   */
  StoreGroup group(String prefix, GroupOptions options);

  /**
   * Runs a body as one change: everybody else sees all of it or nothing. Redis: MULTI, EXEC.
   *
   * <p>The keys are held for the whole body, so it should be short. Inside, only the handles of the
   * transaction may be used, and only on the declared keys. If the body throws, everything is as it
   * was before, and the exception comes out of this method.
   *
   * @param keys all keys that the body uses
   * @param body works with the transaction's handles
   * @throws IllegalStateException from an operation in the body, on an undeclared key or through
   *     any other handle of this store; from this method, inside another body
   */
  default void atomically(Collection<String> keys, Consumer<? super StoreTransaction> body) {
    atomicallyGet(
        keys,
        transaction -> {
          body.accept(transaction);
          return true;
        });
  }

  /** As {@link #atomically}, and returns what the body returns. */
  <R> R atomicallyGet(
      Collection<String> keys, Function<? super StoreTransaction, ? extends R> body);

  /**
   * Ends the store: waits for running operations, stops its threads and drops its content.
   *
   * <p>Whoever is blocked, and whoever uses the store or a handle afterwards, gets a {@link
   * StoreClosedException}. Closing the view of one database closes the store. Idempotent.
   *
   * @throws IllegalStateException inside {@link #atomically}
   */
  @Override
  void close();
}
