// SPDX-License-Identifier: Apache-2.0
package dev.redstart.examples;

import dev.redstart.ListEnd;
import dev.redstart.RCounter;
import dev.redstart.RList;
import dev.redstart.Store;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Hands jobs to workers that wait for them, and loses none when a worker fails.
 *
 * <p>A worker moves a job to a list of jobs under way in the same step in which it takes it, and
 * removes it from there when it is done. What a failed worker left is put back.
 */
public final class JobQueue {
  private static final int JOBS = 1_000;
  private static final int WORKERS = 4;
  private static final Duration IDLE = Duration.ofMillis(200);

  private final RList<String> waiting;
  private final RList<String> underWay;
  private final RCounter done;

  JobQueue(Store store) {
    this.waiting = store.list("jobs:waiting");
    this.underWay = store.list("jobs:under-way");
    this.done = store.counter("jobs:done");
  }

  /** Lets some workers do some jobs, of which a few fail. */
  public static void main(String[] args) throws InterruptedException {
    run(System.out);
  }

  static void run(PrintStream out) throws InterruptedException {
    try (Store store = Store.open()) {
      JobQueue queue = new JobQueue(store);
      List<Thread> workers = new ArrayList<>();
      for (int i = 0; i < WORKERS; i++) {
        Thread worker = new Thread(queue::work, "worker-" + i);
        worker.start();
        workers.add(worker);
      }
      for (int i = 0; i < JOBS; i++) {
        queue.waiting.pushRight(i % 100 == 7 ? "bad-" + i : "job-" + i);
      }
      for (Thread worker : workers) {
        worker.join();
      }
      long left = queue.underWay.size();
      out.printf(
          Locale.ROOT,
          "%d jobs done by %d workers, %d left by failures%n",
          queue.done.get(),
          WORKERS,
          left);
      while (queue.underWay.moveTo("jobs:waiting", ListEnd.RIGHT, ListEnd.LEFT) != null) {
        // each goes back to the front of the queue
      }
      out.printf(Locale.ROOT, "put back: %d%n", queue.waiting.size());
    }
  }

  /** Takes jobs until none has come for a while. */
  private void work() {
    try {
      while (true) {
        String job = waiting.moveTo(underWay.key(), ListEnd.LEFT, ListEnd.RIGHT, IDLE);
        if (job == null) {
          return;
        }
        if (!job.startsWith("bad")) { // such a job fails, and stays under way
          done.increment();
          underWay.remove(1, job);
        }
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
