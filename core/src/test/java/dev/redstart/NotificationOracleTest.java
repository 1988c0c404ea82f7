// SPDX-License-Identifier: Apache-2.0
package dev.redstart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redstart.spi.Notification;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisPubSub;

/** The key events of each write, beside those that a real Redis publishes for it. */
class NotificationOracleTest {
  private static final String DONE = "done";
  private static final long LIMIT_SECONDS = 20;

  private final List<Step> steps = new ArrayList<>();
  private final ManualTime time = TimeSource.manual(Instant.now().plus(Duration.ofDays(3650)));
  private final RecordingSink sink = new RecordingSink();
  private final Store store = Store.builder().timeSource(time).journalSink(sink).open();

  /** A write of ours, and the command that does the same. */
  private record Step(Callable<@Nullable Object> call, List<String> command) {}

  private void step(Callable<@Nullable Object> call, String command) {
    steps.add(new Step(call, List.of(command.split(" ", -1))));
  }

  private void run(Runnable call, String command) {
    step(
        () -> {
          call.run();
          return null;
        },
        command);
  }

  private String later() {
    return Long.toString(time.wallMillis() + 60_000);
  }

  private void addValueSteps() {
    RValue<String> value = store.value("k");
    RCounter counter = store.counter("n");
    run(() -> value.set("a"), "SET k a");
    run(() -> value.set("b"), "SET k b");
    run(() -> value.set("b", Duration.ofMinutes(1)), "SET k b PXAT " + later());
    step(() -> value.set("c", SetOptions.always().keepingDeadline()), "SET k c KEEPTTL");
    step(() -> value.setIfAbsent("d"), "SET k d NX");
    step(
        () -> store.value("new").setIfAbsent("d", Duration.ofMinutes(1)),
        "SET new d NX PXAT " + later());
    step(() -> value.setIfPresent("e"), "SET k e XX");
    step(() -> value.getAndSet("f"), "SET k f GET");
    step(() -> value.getAndExpire(Duration.ofMinutes(1)), "GETEX k PXAT " + later());
    step(() -> value.getAndPersist(), "GETEX k PERSIST");
    step(() -> value.getAndPersist(), "GETEX k PERSIST");
    step(() -> value.append("x"), "APPEND k x");
    step(() -> value.append(""), "APPEND k ");
    step(() -> store.value("app").append("x"), "APPEND app x");
    step(() -> store.value("app2").append(""), "APPEND app2 ");
    step(() -> value.setRange(1, "yy"), "SETRANGE k 1 yy");
    step(() -> value.setRange(1, ""), "SETRANGE k 1 ");
    step(() -> store.value("range").setRange(3, "yy"), "SETRANGE range 3 yy");
    step(() -> value.getAndExpireAt(Instant.ofEpochMilli(5)), "GETEX k PXAT 5");
    step(() -> store.value("app").getAndDelete(), "GETDEL app");
    step(() -> store.value("app").getAndDelete(), "GETDEL app");
    step(counter::increment, "INCR n");
    step(counter::increment, "INCR n");
    step(counter::decrement, "DECR n");
    step(() -> counter.add(0), "INCRBY n 0");
    step(() -> counter.add(-5), "DECRBY n 5");
    step(() -> counter.addFraction(0.5), "INCRBYFLOAT n 0.5");
    step(() -> store.counter("n2").addFraction(0), "INCRBYFLOAT n2 0");
    Map<String, String> pairs = new LinkedHashMap<>();
    pairs.put("m1", "a");
    pairs.put("n", "b");
    run(() -> store.values().setAll(pairs), "MSET m1 a n b");
    step(() -> store.values().setAllIfAbsent(pairs), "MSETNX m1 a n b");
    step(() -> store.values().setAllIfAbsent(Map.of("m3", "a")), "MSETNX m3 a");
  }

  private void addKeySteps() {
    RKeys keys = store.keys();
    run(() -> store.value("k").set("a"), "SET k a");
    step(() -> keys.expire("k", Duration.ofMinutes(1)), "PEXPIREAT k " + later());
    step(() -> keys.expire("k", Duration.ofMinutes(1), ExpireCondition.LATER), "PEXPIREAT k 9 GT");
    step(() -> keys.persist("k"), "PERSIST k");
    step(() -> keys.persist("k"), "PERSIST k");
    run(() -> keys.rename("k", "l"), "RENAME k l");
    run(() -> keys.rename("l", "n"), "RENAME l n");
    run(() -> keys.rename("n", "n"), "RENAME n n");
    step(() -> keys.renameIfAbsent("n", "m1"), "RENAMENX n m1");
    step(() -> keys.renameIfAbsent("n", "o"), "RENAMENX n o");
    step(() -> keys.renameIfAbsent("o", "o"), "RENAMENX o o");
    step(() -> keys.copy("o", "p"), "COPY o p");
    step(() -> keys.copy("o", "p"), "COPY o p");
    step(() -> keys.copy("o", "p", true), "COPY o p REPLACE");
    step(() -> keys.copy("o", 3, "o", false), "COPY o o DB 3");
    step(() -> keys.copy("o", 3, "o", true), "COPY o o DB 3 REPLACE");
    step(() -> keys.move("o", 3), "MOVE o 3");
    step(() -> keys.move("p", 3), "MOVE p 3");
    step(() -> keys.touch("o", "m1"), "TOUCH o m1");
    step(() -> keys.expireAt("o", Instant.ofEpochMilli(5)), "PEXPIREAT o 5");
    step(() -> keys.expire("m1", Duration.ZERO), "PEXPIRE m1 0");
    step(() -> keys.delete("m3", "none", "n2", "m3"), "DEL m3 none n2 m3");
    step(() -> keys.unlink("range", "new"), "UNLINK range new");
  }

  private void addSortedSetSteps() {
    RSortedSet<String> set = store.sortedSet("z");
    step(() -> set.add("a", 1), "ZADD z 1 a");
    step(() -> set.add("a", 1), "ZADD z 1 a");
    step(() -> set.add("a", 2), "ZADD z 2 a");
    step(() -> set.add(Map.of("b", 3.0, "c", 3.0)), "ZADD z 3 b 3 c");
    step(() -> set.add("a", 1, AddCondition.GREATER), "ZADD z GT 1 a");
    step(() -> set.add("x", 1, AddCondition.PRESENT), "ZADD z XX 1 x");
    step(() -> set.increment("a", 1), "ZINCRBY z 1 a");
    step(() -> set.increment("a", 0), "ZINCRBY z 0 a");
    step(() -> set.increment("d", 0), "ZINCRBY z 0 d");
    step(() -> set.increment("a", 1, AddCondition.ABSENT), "ZADD z NX INCR 1 a");
    step(() -> store.sortedSet("i").increment("a", 1), "ZINCRBY i 1 a");
    step(() -> set.storeRange("s", SortedRange.byRank(0, 1)), "ZRANGESTORE s z 0 1");
    step(() -> set.storeRange("s", SortedRange.byRank(0, 2)), "ZRANGESTORE s z 0 2");
    step(() -> set.storeRange("s", SortedRange.byRank(9, 9)), "ZRANGESTORE s z 9 9");
    step(() -> set.storeRange("s", SortedRange.byRank(9, 9)), "ZRANGESTORE s z 9 9");
    step(() -> set.storeUnion("s", "i"), "ZUNIONSTORE s 2 z i");
    step(() -> set.storeUnion("s", "i"), "ZUNIONSTORE s 2 z i");
    step(() -> set.storeIntersection("s", "i"), "ZINTERSTORE s 2 z i");
    step(() -> set.storeIntersection("s", "none"), "ZINTERSTORE s 2 z none");
    step(() -> set.storeDifference("s", "i"), "ZDIFFSTORE s 2 z i");
    step(() -> set.storeDifference("s", "z"), "ZDIFFSTORE s 2 z z");
    step(() -> set.storeDifference("s", "z"), "ZDIFFSTORE s 2 z z");
    step(() -> set.remove("none"), "ZREM z none");
    step(() -> set.remove("a"), "ZREM z a");
    step(() -> store.sortedSet("i").remove("a"), "ZREM i a");
    step(() -> set.popMin(), "ZPOPMIN z");
    step(() -> set.popMax(2), "ZPOPMAX z 2");
    step(() -> set.popMax(2), "ZPOPMAX z 2");
    for (String by :
        List.of("RANK z 0 0", "SCORE z 2 2", "LEX z [c [c", "RANK z 5 6", "RANK z 0 -1")) {
      step(() -> set.add(List.of(new Scored<>("a", 1.0))), "ZADD z 1 a");
      step(() -> set.add("b", 2), "ZADD z 2 b");
      step(() -> set.add("c", 2), "ZADD z 2 c");
      step(() -> set.removeRange(range(by)), "ZREMRANGEBY" + by);
    }
    step(() -> set.add(Map.of("a", 1.0, "b", 1.0)), "ZADD z 1 a 1 b");
    step(() -> set.popMinOfAny(1, List.of("y")), "ZMPOP 2 z y MIN");
    step(() -> store.sortedSet("y").popMaxOfAny(5, List.of("z")), "ZMPOP 2 y z MAX COUNT 5");
    step(() -> set.add("a", 1), "ZADD z 1 a");
    step(() -> set.popMax(Duration.ofMinutes(1)), "BZPOPMAX z 1");
  }

  private void addSetSteps() {
    RSet<String> set = store.set("p");
    step(() -> set.add("a"), "SADD p a");
    step(() -> set.add("a"), "SADD p a");
    step(() -> set.add("a", "b", "c"), "SADD p a b c");
    step(() -> set.remove("none"), "SREM p none");
    step(() -> set.remove("c"), "SREM p c");
    step(() -> set.moveTo("q", "none"), "SMOVE p q none");
    step(() -> set.moveTo("p", "a"), "SMOVE p p a");
    step(() -> set.moveTo("q", "a"), "SMOVE p q a");
    step(() -> store.set("r").add("b"), "SADD r b");
    step(() -> set.moveTo("r", "b"), "SMOVE p r b");
    step(() -> set.moveTo("r", "b"), "SMOVE p r b");
    step(() -> store.set("r").moveTo("q", "b"), "SMOVE r q b");
    step(() -> store.set("q").storeUnion("u", "r"), "SUNIONSTORE u q r");
    step(() -> store.set("q").storeUnion("u", "r"), "SUNIONSTORE u q r");
    step(() -> store.set("q").storeIntersection("u", "q"), "SINTERSTORE u q q");
    step(() -> store.set("q").storeIntersection("u", "r"), "SINTERSTORE u q r");
    step(() -> store.set("q").storeIntersection("u", "r"), "SINTERSTORE u q r");
    step(() -> store.set("q").storeDifference("u", "r"), "SDIFFSTORE u q r");
    step(() -> store.set("q").storeDifference("u", "q"), "SDIFFSTORE u q q");
    step(() -> store.set("q").storeUnion("z"), "SUNIONSTORE z q");
    step(() -> store.sortedSet("z").storeUnion("q", "none"), "ZUNIONSTORE q 2 z none");
    step(() -> store.set("z").pop(0), "SPOP z 0");
    step(() -> store.set("z").pop(), "SPOP z");
    step(() -> store.set("z").pop(), "SPOP z");
    step(() -> store.set("z").pop(), "SPOP z");
    step(() -> store.set("z").add("1", "2", "3", "4"), "SADD z 1 2 3 4");
    step(() -> store.set("z").pop(2), "SPOP z 2");
    step(() -> store.set("z").pop(2), "SPOP z 2");
    step(() -> store.set("z").add("1", "2", "3", "4"), "SADD z 1 2 3 4");
    step(() -> store.set("z").pop(9), "SPOP z 9");
    step(() -> store.set("z").pop(9), "SPOP z 9");
    step(() -> store.set("z").removeAll("1"), "SREM z 1");
    step(() -> store.set("z").add("1"), "SADD z 1");
    SortOptions numbers = SortOptions.ascending();
    step(() -> store.keys().sortAndStore("z", "so", numbers), "SORT z STORE so");
    step(() -> store.keys().sortAndStore("z", "so", numbers), "SORT z STORE so");
    step(() -> store.keys().sortAndStore("none", "so", numbers), "SORT none STORE so");
    step(() -> store.keys().sortAndStore("none", "so", numbers), "SORT none STORE so");
    step(() -> store.set("z").removeAll("1", "2"), "SREM z 1 2");
  }

  private void addListSteps() {
    RList<String> list = store.list("li");
    RList<String> other = store.list("lo");
    step(() -> list.pushLeft("a"), "LPUSH li a");
    step(() -> list.pushLeft("b", "c"), "LPUSH li b c");
    step(() -> list.pushRight("d", "e"), "RPUSH li d e");
    step(() -> list.pushLeftIfPresent("f"), "LPUSHX li f");
    step(() -> other.pushRightIfPresent("f"), "RPUSHX lo f");
    run(() -> list.set(1, "x"), "LSET li 1 x");
    run(() -> list.set(1, "x"), "LSET li 1 x");
    step(() -> list.insertBefore("x", "y"), "LINSERT li BEFORE x y");
    step(() -> list.insertAfter("none", "y"), "LINSERT li AFTER none y");
    step(() -> list.remove(0, "none"), "LREM li 0 none");
    step(() -> list.remove(-1, "y"), "LREM li -1 y");
    run(() -> list.trim(0, -1), "LTRIM li 0 -1");
    run(() -> other.trim(0, -1), "LTRIM lo 0 -1");
    run(() -> list.trim(1, -1), "LTRIM li 1 -1");
    step(() -> list.moveTo("lo", ListEnd.LEFT, ListEnd.RIGHT), "LMOVE li lo LEFT RIGHT");
    step(() -> list.moveTo("li", ListEnd.LEFT, ListEnd.LEFT), "LMOVE li li LEFT LEFT");
    step(() -> other.moveTo("lo", ListEnd.RIGHT, ListEnd.LEFT), "LMOVE lo lo RIGHT LEFT");
    step(() -> other.moveTo("li", ListEnd.RIGHT, ListEnd.LEFT), "LMOVE lo li RIGHT LEFT");
    step(() -> other.moveTo("li", ListEnd.RIGHT, ListEnd.LEFT), "LMOVE lo li RIGHT LEFT");
    step(() -> list.popLeft(), "LPOP li");
    step(() -> list.popRight(0), "RPOP li 0");
    step(() -> list.popRight(2), "RPOP li 2");
    step(() -> list.pushLeft("a", "b", "c"), "LPUSH li a b c");
    step(() -> list.popFirstNonEmpty(ListEnd.LEFT, 1, List.of("lo")), "LMPOP 2 li lo LEFT");
    step(
        () -> other.popFirstNonEmpty(ListEnd.RIGHT, 9, List.of("li")),
        "LMPOP 2 lo li RIGHT COUNT 9");
    step(() -> list.pushLeft("a", "b", "a"), "LPUSH li a b a");
    step(() -> list.popLeft(Duration.ofMinutes(1)), "BLPOP li 1");
    step(
        () -> list.moveTo("lo", ListEnd.LEFT, ListEnd.LEFT, Duration.ofMinutes(1)),
        "BLMOVE li lo LEFT LEFT 1");
    step(() -> list.remove(1, "a"), "LREM li 1 a");
    run(() -> other.trim(1, 0), "LTRIM lo 1 0");
  }

  private void addHashSteps() {
    RHash<String, String> hash = store.hash("h");
    step(() -> hash.put("a", "1"), "HSET h a 1");
    step(() -> hash.put("a", "1"), "HSET h a 1");
    step(() -> hash.putAll(Map.of("b", "x", "c", "y")), "HSET h b x c y");
    step(() -> hash.putIfAbsent("a", "2"), "HSETNX h a 2");
    step(() -> hash.putIfAbsent("d", "2"), "HSETNX h d 2");
    step(() -> store.hash("hx").putIfAbsent("d", "2"), "HSETNX hx d 2");
    step(() -> hash.increment("a", 1), "HINCRBY h a 1");
    step(() -> hash.increment("a", 0), "HINCRBY h a 0");
    step(() -> hash.increment("a", 0.5), "HINCRBYFLOAT h a 0.5");
    step(() -> hash.increment("a", 0.0), "HINCRBYFLOAT h a 0");
    step(() -> store.hash("hi").increment("a", 0), "HINCRBY hi a 0");
    step(() -> store.hash("hf").increment("a", 0.0), "HINCRBYFLOAT hf a 0");
    step(() -> hash.remove("none"), "HDEL h none");
    step(() -> hash.removeAll(List.of("b", "none")), "HDEL h b none");
    step(() -> store.keys().copy("h", "hc"), "COPY h hc");
    run(() -> hash.rename("hr"), "RENAME h hr");
    step(() -> store.hash("hr").removeAll(List.of("a", "c", "d")), "HDEL hr a c d");
    step(() -> hash.removeAll(List.of("a", "c", "d")), "HDEL h a c d");
  }

  private static SortedRange<String> range(String by) {
    return switch (by) {
      case "RANK z 0 0" -> SortedRange.byRank(0, 0);
      case "SCORE z 2 2" -> SortedRange.byScore(ScoreRange.closed(2, 2));
      case "LEX z [c [c" -> SortedRange.byMember(MemberRange.closed("c", "c"));
      case "RANK z 5 6" -> SortedRange.byRank(5, 6);
      default -> SortedRange.byRank(0, -1);
    };
  }

  /** Returns our events of each step. */
  private List<String> ours() throws Exception {
    List<String> lines = new ArrayList<>();
    for (Step step : steps) {
      step.call.call();
      List<String> events = new ArrayList<>();
      sink.takeEffects()
          .forEach(effect -> effect.notifications().forEach(each -> events.add(text(each))));
      lines.add(String.join(" ", step.command) + " -> " + events);
    }
    return lines;
  }

  private static String text(Notification each) {
    return "__keyevent@" + each.database() + "__:" + each.event() + " " + each.key();
  }

  /** Returns the server's events of each step. */
  private List<String> theirs(RedisOracle server) throws InterruptedException {
    assertEquals("OK", server.call("CONFIG", "SET", "notify-keyspace-events", "KEAn"));
    LinkedBlockingQueue<String> published = new LinkedBlockingQueue<>();
    CountDownLatch subscribed = new CountDownLatch(1);
    JedisPubSub listener =
        new JedisPubSub() {
          @Override
          public void onPMessage(String pattern, String channel, String message) {
            if (!channel.startsWith("__keyspace")) {
              published.add(channel + " " + message);
            }
          }

          @Override
          public void onPSubscribe(String pattern, int count) {
            subscribed.countDown();
          }
        };
    List<String> lines = new ArrayList<>();
    try (Jedis connection = server.connect()) {
      Background<?> reader =
          Background.start(
              () -> {
                connection.psubscribe(listener, "*");
                return "";
              });
      assertTrue(subscribed.await(LIMIT_SECONDS, TimeUnit.SECONDS));
      for (Step step : steps) {
        Object reply = server.call(step.command.toArray(String[]::new));
        assertFalse(reply instanceof RedisOracle.Failure, step + ": " + reply);
        server.call("PUBLISH", DONE, "");
        List<String> events = new ArrayList<>();
        for (String event = take(published); !event.equals(DONE + " "); event = take(published)) {
          events.add(event);
        }
        lines.add(String.join(" ", step.command) + " -> " + events);
      }
      listener.punsubscribe();
      assertFalse(reader.isDone() && lines.isEmpty());
    }
    return lines;
  }

  private static String take(LinkedBlockingQueue<String> published) throws InterruptedException {
    String event = published.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
    assertNotNull(event);
    return event;
  }

  @Test
  void writes_all_publishTheEventsOfRedis() throws Exception {
    addValueSteps();
    addKeySteps();
    addSortedSetSteps();
    addSetSteps();
    addListSteps();
    addHashSteps();
    try (RedisOracle server = RedisOracle.start();
        store) {
      List<String> theirs = theirs(server);
      assertEquals(String.join("\n", theirs), String.join("\n", ours()));
      assertTrue(theirs.contains("ZREM i a -> [__keyevent@0__:zrem i, __keyevent@0__:del i]"));
      assertTrue(theirs.contains("ZADD z 1 a -> []"));
      assertTrue(theirs.contains("HDEL h b none -> [__keyevent@0__:hdel h]"));
    }
  }
}
