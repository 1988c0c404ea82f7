// SPDX-License-Identifier: Apache-2.0
package dev.redstart.benchmarks.peer;

import it.unimi.dsi.fastutil.objects.Object2ObjectOpenHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A fastutil map behind 64 locks: what the same work costs when every read locks.
 *
 * <p>Safe for many threads: each map is guarded by the lock of its stripe.
 */
public final class StripedMap {
  private static final int STRIPES = 64;

  // Fixed after construction.
  private final Stripe[] stripes = new Stripe[STRIPES];

  /** Creates an empty map. */
  public StripedMap() {
    for (int i = 0; i < STRIPES; i++) {
      stripes[i] = new Stripe();
    }
  }

  /** Returns the value of a key, or null. */
  public @Nullable String get(String key) {
    Stripe stripe = stripeOf(key);
    stripe.lock.lock();
    try {
      return stripe.map.get(key);
    } finally {
      stripe.lock.unlock();
    }
  }

  /** Sets the value of a key. */
  public void put(String key, String value) {
    Stripe stripe = stripeOf(key);
    stripe.lock.lock();
    try {
      stripe.map.put(key, value);
    } finally {
      stripe.lock.unlock();
    }
  }

  private Stripe stripeOf(String key) {
    int hash = key.hashCode() * 0x9E3779B9;
    return stripes[hash >>> 26];
  }

  /** A lock and the keys that it guards. */
  private static final class Stripe {
    final ReentrantLock lock = new ReentrantLock();
    final Object2ObjectOpenHashMap<String, String> map = new Object2ObjectOpenHashMap<>();
  }
}
