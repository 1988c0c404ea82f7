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
    Background<@Nullable Object> first =
        Background.start(
            () ->
                loads.load(
                    0,
                    KEY,
                    new CellSource("a") {
                      @Override
                      public Object store(Object loaded) {
                        Object stored = super.store(loaded);
                        pause();
                        return stored;
                      }
                    }));
    awaitTheFirst();
    assertEquals("a", cell.getAndSet(null)); // the delete
    Background<@Nullable Object> second =
        Background.startBlocked(() -> loads.load(0, KEY, new CellSource("b")));
    leave.countDown();
    assertEquals("a", first.get());
    assertEquals("b", second.get());
    assertEquals("b", cell.get());
  }

  @Test
  void asker_afterAValueWasFoundAndDeleted_loadsAgain() throws Exception {
    cell.set("old");
    Background<@Nullable Object> first =
        Background.start(
            () ->
                loads.load(
                    0,
                    KEY,
                    new CellSource("a") {
                      @Override
                      public @Nullable Object present() {
                        Object found = super.present();
                        pause();
                        return found;
                      }
                    }));
    awaitTheFirst();
    assertEquals("old", cell.getAndSet(null));
    Background<@Nullable Object> second =
        Background.startBlocked(() -> loads.load(0, KEY, new CellSource("b")));
    leave.countDown();
    assertEquals("old", first.get());
    assertEquals("b", second.get());
  }

  @Test
  void asker_whileTheLoaderRuns_sharesWhatItLoads() throws Exception {
    Background<@Nullable Object> first =
        Background.start(
            () ->
                loads.load(
                    0,
                    KEY,
                    new CellSource("a") {
                      @Override
                      public Object load() {
                        pause();
                        return super.load();
                      }
                    }));
    awaitTheFirst();
    Background<@Nullable Object> second =
        Background.startBlocked(() -> loads.load(0, KEY, new CellSource("b")));
    leave.countDown();
    assertEquals("a", first.get());
    assertEquals("a", second.get());
  }

  private void awaitTheFirst() throws InterruptedException {
    assertTrue(reached.await(LIMIT_SECONDS, TimeUnit.SECONDS));
  }

  private void pause() {
    reached.countDown();
    try {
      assertTrue(leave.await(LIMIT_SECONDS, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** A source over one cell. */
  private class CellSource implements Loads.Source {
    private final Object loaded;

    CellSource(Object loaded) {
      this.loaded = loaded;
    }

    @Override
    public @Nullable Object present() {
      return cell.get();
    }

    @Override
    public Object load() {
      return loaded;
    }

    @Override
    public Object store(Object loaded) {
      Object before = cell.compareAndExchange(null, loaded);
      return before == null ? loaded : before;
    }
  }
}
