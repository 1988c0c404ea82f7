// SPDX-License-Identifier: Apache-2.0
package dev.redstart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redstart.spi.ReferenceCodec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Writes of one key by several threads at once: none is lost, none happens twice. */
class ValueRaceTest {
  private static final int THREADS = 4;
  private static final int ROUNDS = Boolean.getBoolean("redstart.long") ? 20_000 : 5_000;
  private static final long LIMIT_SECONDS = 30;
  private static final Instant LATE = Instant.parse("2999-01-01T00:00:00Z");

  private final Store store = Store.open();
  private final Queue<String> returned = new ConcurrentLinkedQueue<>();

  @AfterEach
  void close() {
    store.close();
  }

  /** The codecs, each of which has a form of its own to rest in. */
  static Stream<Codec<String>> codecs() {
    return Stream.of(Codec.text(), OracleDuel.BINARY, Codec.reference(Codec.text()));
  }

  private static void race(IntConsumer body) throws Exception {
    CyclicBarrier barrier = new CyclicBarrier(THREADS);
    List<Background<Boolean>> threads = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      int number = i;
      threads.add(
          Background.start(
              () -> {
                barrier.await(LIMIT_SECONDS, TimeUnit.SECONDS);
                body.accept(number);
                return true;
              }));
    }
    for (Background<Boolean> thread : threads) {
      assertEquals(true, thread.get());
    }
  }

  private static Set<String> all() {
    Set<String> all = new TreeSet<>();
    for (int thread = 0; thread < THREADS; thread++) {
      for (int i = 0; i < ROUNDS; i++) {
        all.add(thread + "-" + i);
      }
    }
    return all;
  }

  @ParameterizedTest
  @MethodSource("codecs")
  void getAndSet_racing_returnsEachValueOnce(Codec<String> codec) throws Exception {
    RValue<String> value = store.value("k", codec);
    race(
        thread -> {
          for (int i = 0; i < ROUNDS; i++) {
            String before = value.getAndSet(thread + "-" + i);
            if (before != null) {
              returned.add(before);
            }
          }
        });
    String last = value.get();
    assertNotNull(last);
    returned.add(last);
    assertEquals(THREADS * ROUNDS, returned.size());
    assertEquals(all(), new TreeSet<>(returned));
  }

  @ParameterizedTest
  @MethodSource("codecs")
  void getAndDelete_racing_takesEachValueOnce(Codec<String> codec) throws Exception {
    for (int i = 0; i < ROUNDS; i++) {
      store.value("k" + i, codec).set("0-" + i);
    }
    race(
        thread -> {
          for (int i = 0; i < ROUNDS; i++) {
            String taken = store.value("k" + i, codec).getAndDelete();
            if (taken != null) {
              returned.add(taken);
            }
          }
        });
    Set<String> expected = all();
    expected.removeIf(each -> !each.startsWith("0"));
    assertEquals(ROUNDS, returned.size());
    assertEquals(expected, new TreeSet<>(returned));
    assertEquals(0, store.keys().size());
  }

  @ParameterizedTest
  @MethodSource("codecs")
  void setIfAbsent_racing_hasOneWinner(Codec<String> codec) throws Exception {
    race(
        thread -> {
          for (int i = 0; i < ROUNDS; i++) {
            RValue<String> value = store.value("k" + i, codec);
            boolean won =
                thread % 2 == 0
                    ? value.setIfAbsent("" + thread)
                    : value.getAndSet("" + thread, SetOptions.ifAbsent()) == null;
            if (won) {
              returned.add(thread + "-" + i);
            }
          }
        });
    assertEquals(ROUNDS, returned.size());
    for (String winner : returned) {
      int dash = winner.indexOf('-');
      String key = "k" + winner.substring(dash + 1);
      assertEquals(winner.substring(0, dash), store.value(key, codec).get());
    }
  }

  @ParameterizedTest
  @MethodSource("codecs")
  void compareAndSet_racing_countsEachStep(Codec<String> codec) throws Exception {
    RValue<String> value = store.value("k", codec);
    value.set("0");
    race(
        thread -> {
          for (int i = 0; i < ROUNDS; i++) {
            String seen;
            do {
              seen = value.get();
              assertNotNull(seen);
            } while (!value.compareAndSet(seen, Long.toString(Long.parseLong(seen) + 1)));
          }
        });
    assertEquals(Long.toString((long) THREADS * ROUNDS), value.get());
    assertEquals((long) THREADS * ROUNDS, store.counter("k").get());
  }

  @ParameterizedTest
  @MethodSource("codecs")
  void mixedWrites_racing_loseNoIncrement(Codec<String> codec) throws Exception {
    RValue<String> value = store.value("k", codec);
    RCounter counter = store.counter("k");
    race(
        thread -> {
          for (int i = 0; i < ROUNDS; i++) {
            switch (i % 5) {
              case 0 -> value.set("0", SetOptions.ifAbsent());
              case 1 -> value.getAndExpire(Duration.ofHours(1));
              case 2 -> value.getAndPersist();
              case 3 -> value.getAndExpireAt(LATE);
              default -> {}
            }
            counter.increment();
          }
        });
    assertEquals((long) THREADS * ROUNDS, counter.get());
  }

  @ParameterizedTest
  @MethodSource("codecs")
  void append_racing_losesNothing(Codec<String> codec) throws Exception {
    RValue<String> value = store.value("k", codec);
    race(
        thread -> {
          for (int i = 0; i < ROUNDS; i++) {
            assertTrue(value.append("" + thread) > i);
          }
        });
    String all = value.get();
    assertNotNull(all);
    assertEquals(THREADS * ROUNDS, all.length());
    for (int thread = 0; thread < THREADS; thread++) {
      char digit = (char) ('0' + thread);
      assertEquals(ROUNDS, all.chars().filter(each -> each == digit).count());
    }
  }

  @ParameterizedTest
  @MethodSource("codecs")
  void pops_racing_takeEachMemberOnce(Codec<String> codec) throws Exception {
    RSortedSet<String> set =
        store.sortedSet("z", codec instanceof ReferenceCodec ? Codec.text() : codec);
    List<Scored<String>> members = new ArrayList<>();
    all().forEach(member -> members.add(new Scored<>(member, members.size() % 100)));
    set.add(members);
    race(
        thread -> {
          boolean more = true;
          for (int i = thread; more; i++) {
            List<Scored<String>> taken =
                switch (i % 4) {
                  case 0 -> set.popMin(3);
                  case 1 -> set.popMax(2);
                  case 2 -> Stream.ofNullable(set.popMin()).toList();
                  default -> {
                    Popped<String> popped = set.popMaxOfAny(2, List.of("x"));
                    yield popped == null ? List.of() : popped.members();
                  }
                };
            taken.forEach(each -> returned.add(each.member()));
            more = !taken.isEmpty();
          }
        });
    assertEquals(THREADS * ROUNDS, returned.size());
    assertEquals(all(), new TreeSet<>(returned));
    assertEquals(0, store.keys().size());
  }
}
