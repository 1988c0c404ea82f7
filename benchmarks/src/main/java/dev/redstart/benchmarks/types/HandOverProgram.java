// SPDX-License-Identifier: Apache-2.0
package dev.redstart.benchmarks.types;

import dev.redstart.RList;
import dev.redstart.Store;
import dev.redstart.benchmarks.Settings;
import dev.redstart.benchmarks.report.Measurement;
import dev.redstart.benchmarks.report.ResultFile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.LinkedBlockingDeque;
import org.jspecify.annotations.Nullable;

/**
 * How long after a push the taker that was blocked goes on, beside a queue of the JDK.
 *
 * <p>Confined to its two threads. The element says when it was pushed; the pusher waits until the
 * taker's thread is parked, so that each time somebody is woken.
 */
public final class HandOverProgram {
  private static final int WARM_UP = 5_000;
  private static final int ROUNDS = 7;

  private final Channel channel;
  private final long[] nanos;
  private volatile int taken;

  private HandOverProgram(Channel channel, int count) {
    this.channel = channel;
    this.nanos = new long[count];
  }

  /** Something that a taker can be blocked on. */
  private interface Channel {
    void push(String element);

    @Nullable String take() throws InterruptedException;
  }

  /** A list of a store. */
  private record RedstartChannel(RList<String> list) implements Channel {
    @Override
    public void push(String element) {
      list.pushRight(element);
    }

    @Override
    public @Nullable String take() throws InterruptedException {
      return list.popLeft(Duration.ofMinutes(1));
    }
  }

  /** A queue of the JDK. */
  private record DequeChannel(LinkedBlockingDeque<String> deque) implements Channel {
    @Override
    public void push(String element) {
      deque.addLast(element);
    }

    @Override
    public @Nullable String take() throws InterruptedException {
      return deque.takeFirst();
    }
  }

  /** Measures both in turn. */
  public static void main(String... arguments) throws InterruptedException {
    Settings settings = Settings.parse(arguments);
    int count = settings.isQuick() ? 2_000 : 20_000;
    List<Double> ours = new ArrayList<>();
    List<Double> theirs = new ArrayList<>();
    try (Store store = Store.open()) {
      for (int round = 0; round < (settings.isQuick() ? 1 : ROUNDS); round++) {
        ours.add(median(new RedstartChannel(store.list("queue")), count));
        theirs.add(median(new DequeChannel(new LinkedBlockingDeque<>()), count));
        System.out.printf(
            "median hand-over  Redstart %7.2f us, LinkedBlockingDeque %7.2f us%n",
            ours.get(round), theirs.get(round));
      }
    }
    ResultFile.write(
        settings.folder(),
        "hand-over",
        List.of(
            Measurement.ofProgram("HandOverProgram.redstart", List.of(), "us", ours),
            Measurement.ofProgram("HandOverProgram.linkedBlockingDeque", List.of(), "us", theirs)));
  }

  private static double median(Channel channel, int count) throws InterruptedException {
    new HandOverProgram(channel, WARM_UP).run();
    return new HandOverProgram(channel, count).run() / 1000.0;
  }

  private double run() throws InterruptedException {
    Thread taker = new Thread(this::takeAll, "taker");
    taker.start();
    for (int i = 0; i < nanos.length; i++) {
      while (taken < i || !isParked(taker)) {
        Thread.onSpinWait();
      }
      channel.push(Long.toString(System.nanoTime()));
    }
    taker.join();
    Arrays.sort(nanos);
    return nanos[nanos.length / 2];
  }

  private static boolean isParked(Thread thread) {
    Thread.State state = thread.getState();
    return state == Thread.State.WAITING || state == Thread.State.TIMED_WAITING;
  }

  private void takeAll() {
    try {
      for (int i = 0; i < nanos.length; i++) {
        String element = channel.take();
        if (element == null) {
          throw new IllegalStateException("the element must come: " + i);
        }
        nanos[i] = System.nanoTime() - Long.parseLong(element);
        taken = i + 1;
      }
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
    }
  }
}
