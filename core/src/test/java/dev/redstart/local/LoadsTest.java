// SPDX-License-Identifier: Apache-2.0
package dev.redstart.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redstart.Background;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Who may share the outcome of a load. A key that is deleted before an asker comes must be loaded
 * again, though the load that filled it has not ended.
 */
class LoadsTest {
  private static final String KEY = "键";
  private static final long LIMIT_SECONDS = 30;

  private final Loads loads = new Loads();
  private final AtomicReference<@Nullable Object> cell = new AtomicReference<>();
  private final CountDownLatch reached = new CountDownLatch(1);
  private final CountDownLatch leave = new CountDownLatch(1);

  @Test
  void asker_afterTheValueWasStoredAndDeleted_loadsAgain() throws Exception {
    Background<@Nullable Object> first = start(Step.STORED);
    assertEquals("a", cell.getAndSet(null)); // the delete
    Background<@Nullable Object> second = ask();
    leave.countDown();
    assertEquals("a", first.get());
    assertEquals("b", second.get());
    assertEquals("b", cell.get());
  }

  @Test
  void asker_afterAValueWasFoundAndDeleted_loadsAgain() throws Exception {
    cell.set("old");
    Background<@Nullable Object> first = start(Step.LOOKED);
    assertEquals("old", cell.getAndSet(null));
    Background<@Nullable Object> second = ask();
    leave.countDown();
    assertEquals("old", first.get());
    assertEquals("b", second.get());
  }

  @Test
  void asker_whileTheLoaderRuns_sharesWhatItLoads() throws Exception {
    Background<@Nullable Object> first = start(Step.LOADING);
    Background<@Nullable Object> second = ask();
    leave.countDown();
    assertEquals("a", first.get());
    assertEquals("a", second.get());
  }

  /** Starts a load and waits until it pauses after a step. */
  private Background<@Nullable Object> start(Step pause) throws InterruptedException {
    Background<@Nullable Object> first =
        Background.start(() -> loads.load(0, KEY, new CellSource("a", pause)));
    assertTrue(reached.await(LIMIT_SECONDS, TimeUnit.SECONDS));
    return first;
  }

  /** Asks for the same key, which has to wait. */
  private Background<@Nullable Object> ask() {
    return Background.startBlocked(() -> loads.load(0, KEY, new CellSource("b", null)));
  }

  private void pause() {
    reached.countDown();
    try {
      assertTrue(leave.await(LIMIT_SECONDS, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private enum Step {
    LOOKED,
    LOADING,
    STORED
  }

  /** A source over one cell, which may pause after a step. */
  private class CellSource implements Loads.Source {
    private final Object value;
    private final @Nullable Step pause;

    CellSource(Object value, @Nullable Step pause) {
      this.value = value;
      this.pause = pause;
    }

    private void after(Step step) {
      if (step == pause) {
        pause();
      }
    }

    @Override
    public @Nullable Object present() {
      Object found = cell.get();
      after(Step.LOOKED);
      return found;
    }

    @Override
    public Object load() {
      after(Step.LOADING);
      return value;
    }

    @Override
    public Object store(Object loaded) {
      Object before = cell.compareAndExchange(null, loaded);
      after(Step.STORED);
      return before == null ? loaded : before;
    }
  }
}
