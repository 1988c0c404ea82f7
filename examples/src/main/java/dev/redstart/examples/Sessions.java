// SPDX-License-Identifier: Apache-2.0
package dev.redstart.examples;

import dev.redstart.ManualTime;
import dev.redstart.RHash;
import dev.redstart.Store;
import dev.redstart.TimeSource;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the sessions of a web application, which end half an hour after their last use.
 *
 * <p>Time is moved by hand here; an application leaves that line out.
 */
public final class Sessions {
  private static final Duration LIFETIME = Duration.ofMinutes(30);

  private final Store store;

  Sessions(Store store) {
    this.store = store;
  }

  /** Begins sessions, uses one of them, and looks which are left. */
  public static void main(String[] args) {
    run(System.out);
  }

  static void run(PrintStream out) {
    ManualTime time = TimeSource.manual(Instant.parse("2027-01-01T08:00:00Z"));
    try (Store store = Store.builder().timeSource(time).open()) {
      Sessions sessions = new Sessions(store);
      sessions.begin("7f3a", Map.of("user", "ann", "language", "en"));
      sessions.begin("91bc", Map.of("user", "bob"));
      time.advance(Duration.ofMinutes(20));
      out.println("after 20 minutes ann is here: " + sessions.user("7f3a"));
      time.advance(Duration.ofMinutes(20));
      out.println("after 40 minutes bob is gone: " + sessions.user("91bc"));
      out.println("and ann stays for another " + sessions.session("7f3a").timeToLive());
      out.println("sessions in the store: " + store.keys().size());
    }
  }

  private RHash<String, String> session(String id) {
    return store.hash("session:" + id);
  }

  /** Begins a session; its attributes and its lifetime come in one step. */
  void begin(String id, Map<String, String> attributes) {
    String key = session(id).key();
    store.atomically(
        List.of(key),
        transaction -> {
          transaction.hash(key).putAll(attributes);
          transaction.hash(key).expire(LIFETIME);
        });
  }

  /** Returns the user of a session, which lasts longer then, or null if it has ended. */
  @Nullable String user(String id) {
    session(id).expire(LIFETIME);
    return session(id).get("user");
  }
}
