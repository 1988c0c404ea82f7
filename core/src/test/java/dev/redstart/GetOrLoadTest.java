// SPDX-License-Identifier: Apache-2.0
package dev.redstart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** {@link RValue#getOrLoad}: loaded once, by whoever comes first. */
class GetOrLoadTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final long LIMIT_SECONDS = 30;

  private final ManualTime time = TimeSource.manual(ReachedStore.START);
  private final Store store = Store.builder().timeSource(time).open();
  private final RValue<String> value = store.value("键");
  private final AtomicInteger loads = new AtomicInteger();

  @AfterEach
  void close() {
    store.close();
  }

  private Supplier<String> loader(String result) {
    return () -> {
      loads.incrementAndGet();
      return result;
    };
  }

  /** Returns a loader that tells when it runs, and waits until it may return. */
  private Supplier<String> slowLoader(CountDownLatch started, CountDownLatch leave, String result) {
    return () -> {
      loads.incrementAndGet();
      started.countDown();
      await(leave);
      return result;
    };
  }

  private static void await(CountDownLatch latch) {
    try {
      assertTrue(latch.await(LIMIT_SECONDS, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void missing_isLoadedAndSet() {
    assertEquals("é", value.getOrLoad(loader("é")));
    assertEquals("é", value.get());
    assertNull(value.timeToLive());
    assertEquals("é", value.getOrLoad(loader("other")));
    assertEquals(1, loads.get());
  }

  @Test
  void missing_lifetime_isGiven() {
    assertEquals("a", value.getOrLoad(MINUTE, loader("a")));
    assertEquals(MINUTE, value.timeToLive());
    assertEquals("a", value.getOrLoad(Duration.ofHours(1), loader("b")));
    assertEquals(MINUTE, value.timeToLive());
    time.advance(MINUTE);
    assertEquals("b", value.getOrLoad(MINUTE, loader("b")));
    assertEquals(2, loads.get());
  }

  @Test
  void lifetime_beginsWhenTheValueIsThere() {
    assertEquals(
        "a",
        value.getOrLoad(
            MINUTE,
            () -> {
              time.advance(Duration.ofHours(1));
              return "a";
            }));
    assertEquals(MINUTE, value.timeToLive());
  }

  @Test
  void badLifetime_isRefusedBeforeLoading() {
    for (Duration bad :
        List.of(Duration.ZERO, MINUTE.negated(), Duration.ofSeconds(Long.MAX_VALUE))) {
      assertThrows(IllegalArgumentException.class, () -> value.getOrLoad(bad, loader("a")));
    }
    assertEquals(0, loads.get());
  }

  @Test
  void loaderReturningNull_setsNothing() {
    assertNull(value.getOrLoad(() -> null));
    assertNull(value.getOrLoad(MINUTE, () -> null));
    assertFalse(value.exists());
    assertEquals("a", value.getOrLoad(loader("a")));
  }

  @Test
  void loaderThrowing_setsNothingAndIsTold() {
    IllegalStateException failure = new IllegalStateException("own");
    assertSame(
        failure,
        assertThrows(
            IllegalStateException.class,
            () ->
                value.getOrLoad(
                    () -> {
                      throw failure;
                    })));
    StackOverflowError error = new StackOverflowError();
    assertSame(
        error,
        assertThrows(
            StackOverflowError.class,
            () ->
                value.getOrLoad(
                    () -> {
                      throw error;
                    })));
    assertFalse(value.exists());
    assertEquals("a", value.getOrLoad(loader("a")));
  }

  @Test
  void loaderOfItsOwnKey_isRefused() {
    assertThrows(
        IllegalStateException.class, () -> value.getOrLoad(() -> value.getOrLoad(loader("a"))));
    assertEquals(0, loads.get());
    assertEquals("a", value.getOrLoad(loader("a")));
  }

  @Test
  void loaderOfAnotherKeyOrDatabase_isFine() {
    RValue<String> other = store.value("other");
    RValue<String> elsewhere = store.database(2).value("键");
    assertEquals(
        "abc",
        value.getOrLoad(() -> other.getOrLoad(() -> elsewhere.getOrLoad(loader("a")) + "b") + "c"));
    assertEquals("ab", other.get());
    assertEquals("a", elsewhere.get());
  }

  @Test
  void loader_mayUseTheStore() {
    assertEquals(
        "5",
        value.getOrLoad(
            () -> {
              store.counter("n").add(5);
              store.atomically(List.of("n"), transaction -> transaction.keys().exists("n"));
              return store.value("n").get();
            }));
  }

  @Test
  void loader_settingTheKeyItself_loses() {
    assertEquals(
        "set",
        value.getOrLoad(
            () -> {
              value.set("set");
              return "loaded";
            }));
    assertEquals("set", value.get());
  }

  @Test
  void keyOfAnotherType_isRefused() {
    store.sortedSet("键").add("a", 1);
    assertThrows(WrongTypeException.class, () -> value.getOrLoad(loader("a")));
    assertEquals(0, loads.get());
    store.keys().flush();
    assertThrows(
        WrongTypeException.class,
        () ->
            value.getOrLoad(
                () -> {
                  store.sortedSet("键").add("a", 1);
                  return "a";
                }));
    assertEquals(1, store.sortedSet("键").size());
  }

  @Test
  void manyThreads_loadOnce() throws Exception {
    for (int round = 0; round < 50; round++) {
      RValue<String> key = store.value("k" + round);
      CyclicBarrier barrier = new CyclicBarrier(6);
      loads.set(0);
      List<Background<@Nullable String>> callers = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        callers.add(
            Background.start(
                () -> {
                  barrier.await(LIMIT_SECONDS, TimeUnit.SECONDS);
                  return key.getOrLoad(loader("a"));
                }));
      }
      for (Background<@Nullable String> caller : callers) {
        assertEquals("a", caller.get());
      }
      assertEquals(1, loads.get());
    }
  }

  @Test
  void others_waitForTheOneThatLoads() throws Exception {
    CountDownLatch started = new CountDownLatch(1);
    CountDownLatch leave = new CountDownLatch(1);
    Background<@Nullable String> first =
        Background.start(() -> value.getOrLoad(slowLoader(started, leave, "a")));
    await(started);
    List<Background<@Nullable String>> others = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      others.add(Background.startBlocked(() -> value.getOrLoad(loader("b"))));
    }
    assertNull(value.get());
    assertEquals("c", store.value("free").getOrLoad(loader("c")));
    leave.countDown();
    assertEquals("a", first.get());
    for (Background<@Nullable String> other : others) {
      assertEquals("a", other.get());
    }
    assertEquals(2, loads.get());
  }

  @Test
  void others_seeWhatTheLoaderThrows() throws Exception {
    CountDownLatch started = new CountDownLatch(1);
    CountDownLatch leave = new CountDownLatch(1);
    Background<@Nullable String> first =
        Background.start(
            () ->
                value.getOrLoad(
                    () -> {
                      started.countDown();
                      await(leave);
                      throw new ArithmeticException("own");
                    }));
    await(started);
    Background<@Nullable String> other =
        Background.startBlocked(() -> value.getOrLoad(loader("b")));
    leave.countDown();
    assertEquals("own", first.failure().getMessage());
    assertEquals("own", other.failure().getMessage());
    assertEquals("b", value.getOrLoad(loader("b")));
    assertEquals(1, loads.get());
  }

  @Test
  void others_seeANullToo() throws Exception {
    CountDownLatch started = new CountDownLatch(1);
    CountDownLatch leave = new CountDownLatch(1);
    Background<@Nullable String> first =
        Background.start(
            () ->
                value.getOrLoad(
                    () -> {
                      started.countDown();
                      await(leave);
                      return null;
                    }));
    await(started);
    Background<@Nullable String> other =
        Background.startBlocked(() -> value.getOrLoad(loader("b")));
    leave.countDown();
    assertNull(first.get());
    assertNull(other.get());
    assertFalse(value.exists());
  }

  @Test
  void valueSetMeanwhile_wins() throws Exception {
    CountDownLatch started = new CountDownLatch(1);
    CountDownLatch leave = new CountDownLatch(1);
    Background<@Nullable String> first =
        Background.start(() -> value.getOrLoad(MINUTE, slowLoader(started, leave, "loaded")));
    await(started);
    value.set("set");
    assertEquals("set", value.getOrLoad(loader("b")));
    leave.countDown();
    assertEquals("set", first.get());
    assertEquals("set", value.get());
    assertNull(value.timeToLive());
  }

  @Test
  void loaders_askingForEachOthersKeys_endWithAnException() throws Exception {
    RValue<String> other = store.value("other");
    CyclicBarrier bothLoad = new CyclicBarrier(2);
    Background<@Nullable String> first =
        Background.start(() -> value.getOrLoad(() -> meet(bothLoad, other)));
    Background<@Nullable String> second =
        Background.start(() -> other.getOrLoad(() -> meet(bothLoad, value)));
    assertTrue(first.failure() instanceof IllegalStateException);
    assertTrue(second.failure() instanceof IllegalStateException);
  }

  private @Nullable String meet(CyclicBarrier barrier, RValue<String> next) {
    try {
      barrier.await(LIMIT_SECONDS, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
    return next.getOrLoad(loader("never"));
  }

  @Test
  void reference_isTheVeryLoadedObject() {
    RValue<Object> object = store.value("o", Codec.reference(new NoBytes()));
    Object loaded = new Object();
    assertSame(loaded, object.getOrLoad(() -> loaded));
    assertSame(loaded, object.getOrLoad(Object::new));
  }

  /** A codec that nobody may ask. */
  private static final class NoBytes implements Codec<Object> {
    @Override
    public byte[] encode(Object object) {
      throw new AssertionError();
    }

    @Override
    public Object decode(byte[] bytes) {
      throw new AssertionError();
    }
  }

  @Test
  void storeClosedMeanwhile_isTold() throws Exception {
    CountDownLatch started = new CountDownLatch(1);
    CountDownLatch leave = new CountDownLatch(1);
    Background<@Nullable String> first =
        Background.start(() -> value.getOrLoad(slowLoader(started, leave, "a")));
    await(started);
    Background<@Nullable String> other =
        Background.startBlocked(() -> value.getOrLoad(loader("b")));
    store.close();
    leave.countDown();
    assertTrue(first.failure() instanceof StoreClosedException);
    assertTrue(other.failure() instanceof StoreClosedException);
  }
}
