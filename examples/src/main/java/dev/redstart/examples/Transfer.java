// SPDX-License-Identifier: Apache-2.0
package dev.redstart.examples;

import dev.redstart.RCounter;
import dev.redstart.Store;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/** Moves money between accounts from several threads, all of a transfer or nothing of it. */
public final class Transfer {
  private static final int ACCOUNTS = 10;
  private static final int THREADS = 4;
  private static final int TRANSFERS = 20_000;
  private static final long BEGINNING = 1_000;

  private final Store store;

  Transfer(Store store) {
    this.store = store;
  }

  /** An account that has too little. */
  static final class InsufficientFundsException extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** Transfers at random and prints what there is in the end. */
  public static void main(String[] args) throws InterruptedException {
    run(System.out);
  }

  static void run(PrintStream out) throws InterruptedException {
    try (Store store = Store.open()) {
      Transfer bank = new Transfer(store);
      for (int i = 0; i < ACCOUNTS; i++) {
        store.counter(account(i)).set(BEGINNING);
      }
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        int seed = i;
        Thread thread = new Thread(() -> bank.transferAtRandom(seed));
        thread.start();
        threads.add(thread);
      }
      for (Thread thread : threads) {
        thread.join();
      }
      long sum = 0;
      for (int i = 0; i < ACCOUNTS; i++) {
        sum += store.counter(account(i)).get();
      }
      out.printf(
          Locale.ROOT,
          "%,d transfers, %,d refused%n",
          THREADS * TRANSFERS,
          store.counter("refused").get());
      out.printf(Locale.ROOT, "in all accounts together: %,d%n", sum);
    }
  }

  private static String account(int number) {
    return "account:" + number;
  }

  private void transferAtRandom(int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < TRANSFERS; i++) {
      int from = random.nextInt(ACCOUNTS);
      int to = (from + random.nextInt(1, ACCOUNTS)) % ACCOUNTS;
      try {
        transfer(account(from), account(to), random.nextInt(1, 500));
      } catch (InsufficientFundsException refused) {
        store.counter("refused").increment();
      }
    }
  }

  /**
   * Moves an amount.
   *
   * @throws InsufficientFundsException if there is too little; both accounts are as before then
   */
  void transfer(String from, String to, long amount) {
    store.atomically(
        List.of(from, to),
        transaction -> {
          RCounter source = transaction.counter(from);
          transaction.counter(to).add(amount);
          if (source.add(-amount) < 0) {
            throw new InsufficientFundsException(); // everything goes back
          }
        });
  }
}
