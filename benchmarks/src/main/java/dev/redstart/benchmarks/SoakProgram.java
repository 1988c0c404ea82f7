// SPDX-License-Identifier: Apache-2.0
package dev.redstart.benchmarks;

import dev.redstart.RKeys;
import dev.redstart.RSortedSet;
import dev.redstart.Store;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Works a store for a long time and watches what it leaves in the heap.
 *
 * <p>Arguments: minutes (30 by default) and threads (4). Mixed operations on values, counters, keys
 * with short lifetimes, sorted sets, blocking pops and {@code atomically}, over a bounded set of
 * keys. Twenty times in the run it collects garbage and prints what is in use. It ends with status
 * 1 if an invariant broke (the sum of the accounts), or if the heap in use grew by more than a
 * tenth from the first quarter's end to the end.
 */
public final class SoakProgram {
  private static final int KEYS = 50_000;
  private static final int SETS = 200;
  private static final int MEMBERS = 2_000;
  private static final int ACCOUNTS = 100;
  private static final int REPORTS = 20;

  private final Store store = Store.open();
  private final AtomicLong operations = new AtomicLong();
  private volatile boolean ended;

  private SoakProgram() {}

  /** Runs the program. */
  public static void main(String[] args) throws InterruptedException {
    int minutes = args.length > 0 ? Integer.parseInt(args[0]) : 30;
    int threads = args.length > 1 ? Integer.parseInt(args[1]) : 4;
    if (!new SoakProgram().run(Duration.ofMinutes(minutes), threads)) {
      System.exit(1);
    }
  }

  private boolean run(Duration duration, int threads) throws InterruptedException {
    for (int i = 0; i < ACCOUNTS; i++) {
      store.counter("account:" + i).set(1_000);
    }
    List<Thread> workers = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      long seed = i;
      Thread worker = new Thread(() -> work(new SplittableRandom(seed)), "soak-" + i);
      worker.start();
      workers.add(worker);
    }
    long atQuarter = 0;
    long last = 0;
    for (int report = 1; report <= REPORTS; report++) {
      Thread.sleep(duration.toMillis() / REPORTS);
      last = usedAfterCollection();
      atQuarter = report == REPORTS / 4 ? last : atQuarter;
      print(
          "%3d %%  %,12d operations  %,9d keys  %,7.1f MB in use",
          report * 100 / REPORTS, operations.get(), store.keys().size(), last / 1e6);
    }
    ended = true;
    for (Thread worker : workers) {
      worker.join();
    }
    long sum = 0;
    for (int i = 0; i < ACCOUNTS; i++) {
      sum += store.counter("account:" + i).get();
    }
    boolean flat = last < atQuarter * 1.1;
    print("sum of the accounts %,d of %,d; heap %s", sum, ACCOUNTS * 1_000, flat ? "flat" : "grew");
    store.close();
    return sum == ACCOUNTS * 1_000L && flat;
  }

  private void work(SplittableRandom random) {
    while (!ended) {
      for (int i = 0; i < 1_000; i++) {
        step(random);
      }
      operations.addAndGet(1_000);
    }
  }

  private void step(SplittableRandom random) {
    String key = "key:" + random.nextInt(KEYS);
    RSortedSet<String> set = store.sortedSet("set:" + random.nextInt(SETS));
    String member = "member:" + random.nextInt(MEMBERS);
    RKeys keys = store.keys();
    switch (random.nextInt(16)) {
      case 0, 1 -> store.value(key).set("value " + random.nextInt());
      case 2 -> store.value(key).set("short", Duration.ofMillis(1 + random.nextInt(2_000)));
      case 3, 4 -> store.value(key).get();
      case 5 -> keys.delete(key);
      case 6 -> keys.expire(key, Duration.ofMillis(1 + random.nextInt(500)));
      case 7 -> store.counter("counter:" + random.nextInt(1_000)).increment();
      case 8, 9 -> set.add(member, random.nextInt());
      case 10 -> set.remove(member);
      case 11 -> set.rank(member);
      case 12 -> set.rangeWithScores(0, 9);
      case 13 -> transfer(random);
      case 14 -> copyOrRename(random, keys);
      default -> pop(random);
    }
  }

  private void transfer(SplittableRandom random) {
    String from = "account:" + random.nextInt(ACCOUNTS);
    String to = "account:" + random.nextInt(ACCOUNTS);
    boolean fails = random.nextInt(10) == 0;
    try {
      store.atomically(
          List.of(from, to),
          tx -> {
            tx.counter(from).add(-7);
            if (fails) {
              throw new IllegalStateException("rolled back on purpose");
            }
            tx.counter(to).add(7);
          });
    } catch (IllegalStateException rolledBack) {
      operations.incrementAndGet();
    }
  }

  private void copyOrRename(SplittableRandom random, RKeys keys) {
    String source = "set:" + random.nextInt(SETS);
    String copy = "copy:" + random.nextInt(SETS);
    if (keys.copy(source, copy, true)) {
      keys.expire(copy, Duration.ofMillis(1 + random.nextInt(1_000)));
    }
  }

  private void pop(SplittableRandom random) {
    RSortedSet<String> queue = store.sortedSet("queue:" + random.nextInt(4));
    try {
      if (random.nextInt(3) == 0) {
        queue.popMin(Duration.ofMillis(1));
      } else {
        queue.add("job:" + random.nextInt(100), random.nextInt());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static long usedAfterCollection() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private static void print(String format, Object... arguments) {
    System.out.println(String.format(Locale.ROOT, format, arguments));
  }
}
