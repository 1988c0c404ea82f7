// SPDX-License-Identifier: Apache-2.0
package dev.redstart;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redstart.spi.Effect;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.ListIterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** The views as collections of Java, beyond what Guava's suites ask: live, atomic, recorded. */
class ViewTest {
  private static final int THREADS = 4;
  private static final int ROUNDS = 2_000;

  private final RecordingSink sink = new RecordingSink();
  private final Store store = Store.builder().journalSink(sink).open();

  @AfterEach
  void close() {
    store.close();
  }

  private List<String> commands() throws Exception {
    return sink.takeEffects().stream()
        .map(Effect::command)
        .map(command -> String.join(" ", command).replaceAll("redstart:mark:[0-9a-f-]+", "MARK"))
        .toList();
  }

  private static void race(Executable body) throws Exception {
    List<Background<Boolean>> threads = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      threads.add(
          Background.start(
              () -> {
                try {
                  body.execute();
                } catch (Throwable t) {
                  throw new AssertionError(t);
                }
                return true;
              }));
    }
    for (Background<Boolean> thread : threads) {
      assertEquals(true, thread.get());
    }
  }

  @Test
  void views_areLive_inBothDirections() {
    RHash<String, String> hash = store.hash("h");
    Map<String, String> map = hash.asMap();
    hash.put("f", "v");
    assertEquals(Map.of("f", "v"), map);
    map.put("g", "w");
    assertEquals("w", hash.get("g"));
    RList<String> list = store.list("l");
    list.pushRight("a", "b");
    list.asList().add(1, "x");
    assertEquals(List.of("a", "x", "b"), list.range(0, -1));
    list.asDeque().addFirst("first");
    assertEquals("first", list.get(0));
    RSet<String> set = store.set("s");
    set.asSet().add("m");
    assertTrue(set.contains("m"));
    RSortedSet<String> board = store.sortedSet("z");
    board.asScoreMap().put("m", 2.0);
    board.add("n", 1);
    assertEquals(List.of("n", "m"), new ArrayList<>(board.asScoreMap().keySet()));
  }

  @Test
  void views_ofAnotherType_refuse() {
    store.value("k").set("text");
    List<Executable> uses =
        List.of(
            () -> store.hash("k").asMap().put("f", "v"),
            () -> store.hash("k").asMap().clear(),
            () -> store.list("k").asList().add("e"),
            () -> store.list("k").asList().clear(),
            () -> store.list("k").asDeque().poll(),
            () -> store.set("k").asSet().iterator(),
            () -> store.set("k").asSet().clear(),
            () -> store.sortedSet("k").asScoreMap().put("m", 1.0),
            () -> store.sortedSet("k").asScoreMap().clear());
    for (Executable use : uses) {
      assertThrows(WrongTypeException.class, use);
    }
    assertEquals("text", store.value("k").get());
  }

  @Test
  void nulls_everywhere_areRefused() {
    String none = null;
    ConcurrentMap<String, String> map = store.hash("h").asMap();
    List<Executable> uses =
        List.of(
            () -> map.put(none, "v"),
            () -> map.put("f", none),
            () -> map.get(none),
            () -> map.merge("f", none, (a, b) -> a),
            () -> store.list("l").asList().add(none),
            () -> store.list("l").asDeque().offer(none),
            () -> store.set("s").asSet().contains(none),
            () -> store.sortedSet("z").asScoreMap().put("m", null));
    for (Executable use : uses) {
      assertThrows(NullPointerException.class, use);
    }
    assertEquals(0, store.keys().size());
  }

  @Test
  void scores_notANumber_areRefused() {
    Map<String, Double> map = store.sortedSet("z").asScoreMap();
    assertThrows(IllegalArgumentException.class, () -> map.put("m", Double.NaN));
    assertThrows(IllegalArgumentException.class, () -> map.merge("m", Double.NaN, Double::sum));
    assertTrue(map.isEmpty());
  }

  @Test
  @Tag("race")
  void mergeAndCompute_racing_loseNothing() throws Exception {
    ConcurrentMap<String, Long> map = store.hash("h", Codec.longs()).asMap();
    Map<String, Double> scores = store.sortedSet("z").asScoreMap();
    race(
        () -> {
          for (int i = 0; i < ROUNDS; i++) {
            map.merge("merged", 1L, Long::sum);
            map.compute("computed", (key, before) -> before == null ? 1 : before + 1);
            scores.merge("m", 1.0, Double::sum);
          }
        });
    long all = (long) THREADS * ROUNDS;
    assertEquals(all, map.get("merged"));
    assertEquals(all, map.get("computed"));
    assertEquals((double) all, scores.get("m"));
  }

  @Test
  void values_withoutEquals_areReplacedByTheirBytes() throws Exception {
    ConcurrentMap<String, byte[]> map = store.hash("h", Codec.bytes()).asMap();
    map.put("f", new byte[0]);
    race(
        () -> {
          for (int i = 0; i < ROUNDS / 10; i++) {
            map.compute("f", (key, before) -> Arrays.copyOf(before, before.length + 1));
          }
        });
    assertArrayEquals(new byte[THREADS * (ROUNDS / 10)], map.get("f"));
  }

  @Test
  void functions_throwing_changeNothing() {
    ConcurrentMap<String, String> map = store.hash("h").asMap();
    map.put("f", "v");
    assertThrows(
        ArithmeticException.class,
        () ->
            map.compute(
                "f",
                (key, before) -> {
                  store.value("free").set("nothing is held");
                  throw new ArithmeticException();
                }));
    assertEquals(Map.of("f", "v"), map);
  }

  @Test
  void listIterator_whileTrimmed_endsQuietly() {
    RList<String> list = store.list("l");
    for (int i = 0; i < 100; i++) {
      list.pushRight("e" + i);
    }
    Iterator<String> iterator = list.asList().iterator();
    for (int i = 0; i < 50; i++) {
      assertEquals("e" + i, iterator.next());
    }
    assertTrue(iterator.hasNext());
    list.trim(0, 9);
    assertEquals("e50", iterator.next()); // promised before
    iterator.remove(); // it is gone already
    assertFalse(iterator.hasNext());
    assertThrows(NoSuchElementException.class, iterator::next);
    assertEquals(10, list.size());
    ListIterator<String> backwards = list.asList().listIterator(10);
    list.trim(1, 0);
    assertFalse(backwards.hasPrevious());
  }

  @Test
  @Tag("race")
  void iterators_besideWriters_neverFail() throws Exception {
    Set<String> set = store.set("s").asSet();
    Map<String, String> map = store.hash("h").asMap();
    List<String> list = store.list("l").asList();
    Map<String, Double> scores = store.sortedSet("z").asScoreMap();
    Set<String> stable = new HashSet<>();
    for (int i = 0; i < 300; i++) {
      stable.add("stable" + i);
      set.add("stable" + i);
      map.put("stable" + i, "v");
      scores.put("stable" + i, (double) i);
    }
    Background<Boolean> writer =
        Background.start(
            () -> {
              for (int i = 0; i < ROUNDS; i++) {
                set.add("more" + i % 700);
                set.remove("more" + (i + 350) % 700);
                map.put("more" + i % 700, "v");
                map.remove("more" + (i + 350) % 700);
                scores.put("more" + i % 700, i % 300.0);
                scores.remove("more" + (i + 350) % 700);
                list.add(list.size() / 2, "e");
                if (i % 3 == 0) {
                  store.list("l").popLeft();
                }
              }
              return true;
            });
    do {
      Set<String> members = new HashSet<>();
      set.forEach(members::add);
      assertTrue(members.containsAll(stable));
      Set<String> fields = new HashSet<>();
      map.keySet().forEach(fields::add);
      assertTrue(fields.containsAll(stable));
      List<Double> inOrder = new ArrayList<>(scores.values());
      assertEquals(inOrder.stream().sorted().toList(), inOrder);
      list.forEach(each -> assertEquals("e", each));
    } while (!writer.isDone());
    assertEquals(true, writer.get());
  }

  @Test
  void listEdits_recordWhatRedisCanRepeat() throws Exception {
    List<String> list = store.list("l").asList();
    list.addAll(List.of("a", "a", "a"));
    list.add(1, "b");
    list.addAll(2, List.of("c", "d"));
    list.remove(1);
    list.set(0, "x");
    list.remove(0);
    list.subList(1, 3).clear();
    list.remove("a");
    list.add(0, "y");
    list.clear();
    assertEquals(
        List.of(
            "RPUSH l a a a",
            "LSET l 1 MARK",
            "LINSERT l BEFORE MARK b",
            "LSET l 2 a",
            "LSET l 2 MARK",
            "LINSERT l BEFORE MARK c",
            "LINSERT l BEFORE MARK d",
            "LSET l 4 a",
            "LSET l 1 MARK",
            "LREM l 1 MARK",
            "LSET l 0 x",
            "LTRIM l 1 -1",
            "LSET l 1 MARK",
            "LSET l 2 MARK",
            "LREM l 2 MARK",
            "LREM l 1 a",
            "LPUSH l y",
            "LTRIM l 1 0"),
        commands());
  }

  @Test
  @Tag("oracle")
  void listEdits_random_replayTheSameOnRedis() throws Exception {
    try (RedisOracle server = RedisOracle.start()) {
      Random random = new Random(1);
      List<String> list = store.list("l").asList();
      List<String> model = new ArrayList<>();
      for (int i = 0; i < ROUNDS; i++) {
        int size = model.size();
        String element = "e" + random.nextInt(3);
        int at = random.nextInt(size + 1);
        int to = at + random.nextInt(Math.min(3, size - at) + 1);
        switch (random.nextInt(6)) {
          case 0, 1 -> {
            list.add(at, element);
            model.add(at, element);
          }
          case 2 -> {
            list.addAll(at, List.of(element, "x"));
            model.addAll(at, List.of(element, "x"));
          }
          case 3 -> {
            list.subList(at, to).clear();
            model.subList(at, to).clear();
          }
          case 4 -> {
            if (at < size) {
              assertEquals(model.remove(at), list.remove(at));
            }
          }
          default -> {
            if (at < size) {
              assertEquals(model.set(at, element), list.set(at, element));
            }
          }
        }
      }
      assertEquals(model, list);
      for (Effect effect : sink.takeEffects()) {
        server.call(effect.command().toArray(String[]::new));
      }
      assertEquals(model, server.call("LRANGE", "l", "0", "-1"));
    }
  }

  @Test
  void deque_betweenThreads_handsOver() throws Exception {
    BlockingDeque<String> deque = store.list("q").asDeque();
    Background<String> taker = Background.startBlocked(deque::take);
    deque.put("job");
    assertEquals("job", taker.get());
    assertNull(deque.poll(1, TimeUnit.MILLISECONDS));
    assertNull(deque.pollLast(-1, TimeUnit.DAYS));
    deque.addAll(List.of("a", "b", "c"));
    List<String> drained = new ArrayList<>();
    assertEquals(2, deque.drainTo(drained, 2));
    assertEquals(List.of("a", "b"), drained);
    Collection<String> itself = deque;
    assertThrows(IllegalArgumentException.class, () -> deque.drainTo(itself));
    assertThrows(IllegalArgumentException.class, () -> deque.addAll(itself));
    assertEquals(Integer.MAX_VALUE, deque.remainingCapacity());
    assertEquals("c", deque.descendingIterator().next());
  }

  @Test
  void deque_insideATransaction_doesNotWait() {
    store.atomically(
        List.of("q"),
        transaction -> {
          BlockingDeque<String> deque = transaction.list("q").asDeque();
          assertThrows(IllegalStateException.class, deque::take);
          deque.add("a");
          assertEquals("a", deque.poll());
        });
  }
}
