// SPDX-License-Identifier: Apache-2.0
package dev.redstart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.lang.ref.WeakReference;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The library in class loaders of its own: as an application that comes and goes, as a module. */
class ClassLoadingTest {
  private static final long LIMIT_SECONDS = 30;

  /** What an application does with a store; loaded by the loader under test. */
  public static final class Application implements Callable<Boolean> {
    @Override
    public Boolean call() throws Exception {
      RecordingSink sink = new RecordingSink();
      try (Store store = Store.builder().journalSink(sink).open()) {
        store.value("k").set("v", Duration.ofMillis(5));
        store.counter("n").increment();
        store.sortedSet("z").add("m", 1);
        store.sortedSet("z").popMin(Duration.ofSeconds(1));
        store.sortedSet("z").popMin(Duration.ofMillis(5));
        store.value("l").getOrLoad(() -> "loaded");
        store.atomically(List.of("a", "l"), tx -> tx.keys().copy("l", "a", true));
        return "loaded".equals(store.value("l").get()) && !sink.takeEffects().isEmpty();
      }
    }
  }

  private static URL locationOf(Class<?> type) {
    return type.getProtectionDomain().getCodeSource().getLocation();
  }

  private static WeakReference<ClassLoader> useOnce() throws Exception {
    URL[] urls = {
      locationOf(Store.class),
      locationOf(ClassLoadingTest.class),
      locationOf(it.unimi.dsi.fastutil.objects.ObjectLinkedOpenHashSet.class),
      locationOf(Nullable.class)
    };
    try (URLClassLoader loader = new URLClassLoader(urls, ClassLoader.getPlatformClassLoader())) {
      Class<?> type = loader.loadClass(Application.class.getName());
      assertNotSame(Application.class, type);
      Callable<?> application = (Callable<?>) type.getDeclaredConstructor().newInstance();
      assertEquals(true, application.call());
      return new WeakReference<>(loader);
    }
  }

  @Test
  void loader_afterClose_isCollected() throws Exception {
    WeakReference<ClassLoader> loader = useOnce();
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
    while (loader.get() != null && System.nanoTime() < deadline) {
      System.gc();
    }
    assertNull(loader.get(), "something still holds the loader");
  }

  @Test
  void modulePath_onlyFastutil_isEnough() throws Exception {
    ModuleFinder finder =
        ModuleFinder.of(
            path(Store.class), path(it.unimi.dsi.fastutil.objects.ObjectLinkedOpenHashSet.class));
    Configuration configuration =
        ModuleLayer.boot()
            .configuration()
            .resolve(finder, ModuleFinder.of(), Set.of("dev.redstart"));
    ModuleLayer layer =
        ModuleLayer.boot()
            .defineModulesWithOneLoader(configuration, ClassLoader.getPlatformClassLoader());
    Class<?> type = layer.findLoader("dev.redstart").loadClass("dev.redstart.Store");
    assertNotSame(Store.class, type);
    assertTrue(type.getModule().isNamed());
    try (AutoCloseable store = (AutoCloseable) type.getMethod("open").invoke(null)) {
      Object value = type.getMethod("value", String.class).invoke(store, "k");
      Class<?> handle = type.getClassLoader().loadClass("dev.redstart.RValue");
      handle.getMethod("set", Object.class).invoke(value, "v");
      assertEquals("v", handle.getMethod("get").invoke(value));
    }
  }

  private static Path path(Class<?> type) throws URISyntaxException {
    return Path.of(locationOf(type).toURI());
  }
}
