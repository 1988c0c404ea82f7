// SPDX-License-Identifier: Apache-2.0
package dev.redstart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redstart.spi.Effect;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Limited groups under random steps, one inside another, against {@link GroupModel}. */
class GroupModelTest {
  private static final boolean LONG = Boolean.getBoolean("redstart.long");
  private static final int STEPS = LONG ? 200_000 : 6_000;

  private static final List<String> PREFIXES = List.of("g:", "g:i:", "h:", "");
  private static final List<String> GROUPS = List.of("g:", "g:i:", "h:");

  private final GroupModel model = new GroupModel();
  private SplittableRandom random = new SplittableRandom(0);
  private String label = "";

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void randomSteps_areAsInTheModel(long seed) {
    random = new SplittableRandom(seed);
    try (Store store = Store.open()) {
      for (int i = 0; i < STEPS; i++) {
        label = "seed " + seed + ", step " + i;
        step(store);
        check(store);
      }
    }
  }

  /** What was recorded, evictions and lifetimes too, makes a real Redis hold the same. */
  @Test
  void recordedSteps_replayedOnARedis_giveTheSame() {
    random = new SplittableRandom(5);
    RecordingSink sink = new RecordingSink();
    try (RedisOracle redis = RedisOracle.start();
        Store store = Store.builder().stripes(2).journalSink(sink).open()) {
      StoreGroup mortal =
          store.database(1).group("m:", GroupOptions.none().lifetime(Duration.ofDays(1)));
      boolean evicted = false;
      for (int i = 0; i < STEPS / 4; i++) {
        label = "recorded, step " + i;
        step(store);
        check(store);
        mortalStep(mortal);
        if (i % 50 == 0) {
          List<Effect> effects = sink.takeEffects();
          evicted |= effects.stream().anyMatch(GroupModelTest::isEviction);
          replay(redis, effects);
          compare(redis, 0, store);
          compare(redis, 1, store.database(1));
        }
      }
      assertTrue(evicted);
    }
  }

  private static boolean isEviction(Effect effect) {
    return effect.notifications().stream().anyMatch(each -> each.event().equals("evicted"));
  }

  /** A step through a group whose keys have a lifetime. */
  private void mortalStep(StoreGroup mortal) {
    String key = "" + random.nextInt(4);
    String other = "" + random.nextInt(4);
    switch (random.nextInt(9)) {
      case 0 -> mortal.value(key).set("v");
      case 1 -> mortal.value(key).set("v", Duration.ofMinutes(5));
      case 2 -> mortal.value(key).set("v", SetOptions.always().keepingDeadline());
      case 3 -> mortal.keys().delete(key);
      case 4 -> mortal.keys().persist(key);
      case 5 -> mortal.keys().copy(key, "" + (4 + random.nextInt(2)), true);
      case 6 -> outcome(() -> mortal.list(key).pushLeft("x"));
      case 7 -> outcome(() -> mortal.list(key).moveTo(other, ListEnd.LEFT, ListEnd.LEFT));
      default ->
          mortal.atomically(
              List.of(key, other),
              tx -> {
                tx.values().setAll(Map.of(key, "1"));
                tx.keys().persist(other);
                tx.keys().rename(key, other);
              });
    }
  }

  private void replay(RedisOracle redis, List<Effect> effects) {
    List<String[]> commands = new ArrayList<>();
    for (Effect effect : effects) {
      commands.add(new String[] {"SELECT", "" + effect.database()});
      commands.add(effect.command().toArray(String[]::new));
    }
    redis
        .callAll(commands)
        .forEach(reply -> assertFalse(reply instanceof RedisOracle.Failure, label + reply));
  }

  private void compare(RedisOracle redis, int database, Store store) {
    redis.call("SELECT", "" + database);
    Set<String> keys = new TreeSet<>(store.keys().match("*"));
    Set<Object> there = new TreeSet<>((List<?>) redis.call("KEYS", "*"));
    assertEquals(keys, there, label);
    for (String key : keys) {
      Instant deadline = store.keys().deadline(key);
      long millis = deadline == null ? -1 : deadline.toEpochMilli();
      assertEquals(millis, redis.call("PEXPIRETIME", key), label);
      Object value =
          store.keys().type(key) == KeyType.LIST
              ? redis.call("LRANGE", key, "0", "-1")
              : redis.call("GET", key);
      assertEquals(valueOf(store, key), value, label);
    }
  }

  private void step(Store store) {
    switch (random.nextInt(60)) {
      case 0 -> declare(store);
      case 1 -> {
        String prefix = any(GROUPS);
        store.group(prefix).clear();
        model.clear(prefix);
      }
      case 2, 3, 4, 5, 6, 7, 8, 9 -> transaction(store);
      default -> {
        Step step = anyStep();
        same(
            () -> step.onStore.apply(store),
            () -> {
              List<Object> result = new ArrayList<>();
              model.run(() -> result.add(String.valueOf(run(step.onModel))));
              return result.get(0);
            });
      }
    }
  }

  private void declare(Store store) {
    String prefix = any(GROUPS);
    if (random.nextInt(5) == 0) {
      store.group(prefix, GroupOptions.none());
      model.forget(prefix);
      return;
    }
    long limit = random.nextLong(1, 6);
    boolean removesOldest = random.nextBoolean();
    long many = Math.max(limit, model.count(prefix)); // which go when it is declared is not said
    GroupOptions options = GroupOptions.none().limit(removesOldest ? many : limit);
    store.group(prefix, removesOldest ? options.removeOldest() : options);
    if (removesOldest) { // nor is the order of those that are there
      store.group(prefix).clear();
      model.clear(prefix);
    }
    model.declare(prefix, new GroupModel.Limit(options.limit(), removesOldest));
  }

  private void transaction(Store store) {
    List<Step> steps = new ArrayList<>();
    for (int i = random.nextInt(5); i >= 0; i--) {
      steps.add(anyStep());
    }
    boolean fails = random.nextInt(3) == 0;
    List<String> keys = new ArrayList<>();
    for (String prefix : PREFIXES) {
      for (int i = 0; i < 4; i++) {
        keys.add(prefix + i);
      }
    }
    same(
        () ->
            store.atomicallyGet(
                keys,
                tx -> {
                  String results = "";
                  for (Step step : steps) {
                    results += outcome(() -> step.onStore.apply(tx)) + ";";
                  }
                  return failing(fails, results);
                }),
        () -> {
          List<Object> result = new ArrayList<>();
          model.run(
              () -> {
                String results = "";
                for (Step step : steps) {
                  results += outcome(step.onModel) + ";";
                }
                result.add(failing(fails, results));
              });
          return result.get(0);
        });
  }

  private static String failing(boolean fails, String results) {
    if (fails) {
      throw new IllegalStateException(results);
    }
    return results;
  }

  private void same(Callable<Object> onStore, Callable<Object> onModel) {
    String expected = outcome(onModel);
    assertEquals(expected, outcome(onStore), label);
  }

  private static String outcome(Callable<Object> call) {
    try {
      return String.valueOf(call.call());
    } catch (StoreException e) {
      return e.getClass().getSimpleName();
    } catch (IllegalStateException e) {
      return "failed after " + e.getMessage();
    } catch (IllegalArgumentException e) {
      return "refused";
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static Object run(Callable<Object> call) {
    try {
      return call.call();
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  /** An operation on the store, or a transaction of it, and on the model. */
  private record Step(Function<StoreView, Object> onStore, Callable<Object> onModel) {}

  private Step anyStep() {
    String key = anyKey();
    String other = anyKey();
    String text = "" + random.nextInt(10);
    boolean replace = random.nextBoolean();
    return switch (random.nextInt(9)) {
      case 0, 1, 2 -> setAll(Map.of(key, text));
      case 3 -> {
        Map<String, String> several = new LinkedHashMap<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
          several.put(anyKey(), text);
        }
        yield setAll(several);
      }
      case 4 -> new Step(view -> view.keys().delete(key), () -> model.delete(key));
      case 5 ->
          new Step(
              view -> {
                view.keys().rename(key, other);
                return "ok";
              },
              () -> {
                model.rename(key, other);
                return "ok";
              });
      case 6 ->
          new Step(
              view -> view.keys().copy(key, other, replace), () -> model.copy(key, other, replace));
      case 7 -> new Step(view -> view.list(key).pushLeft(text), () -> model.push(key, text));
      default ->
          new Step(
              view -> view.list(key).moveTo(other, ListEnd.LEFT, ListEnd.LEFT),
              () -> model.move(key, other));
    };
  }

  private Step setAll(Map<String, String> values) {
    return new Step(
        view -> {
          view.values().setAll(values);
          return "ok";
        },
        () -> {
          model.setAll(values);
          return "ok";
        });
  }

  private String anyKey() {
    return any(PREFIXES) + random.nextInt(4);
  }

  private String any(List<String> some) {
    return some.get(random.nextInt(some.size()));
  }

  private void check(Store store) {
    Map<String, Object> content = new TreeMap<>();
    for (String key : store.keys().match("*")) {
      content.put(key, valueOf(store, key));
    }
    assertEquals(model.content(), content, label);
    for (String prefix : GROUPS) {
      assertEquals(model.count(prefix), store.group(prefix).size(), label);
    }
  }

  private static Object valueOf(Store store, String key) {
    return store.keys().type(key) == KeyType.LIST
        ? store.list(key).range(0, -1)
        : store.value(key).get();
  }
}
