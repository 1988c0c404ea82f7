// SPDX-License-Identifier: Apache-2.0
package dev.redstart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Thousands of threads blocked on one key, of which some die: the others are served in order. */
class ManyTakersTest {
  private static final int TAKERS = Boolean.getBoolean("redstart.long") ? 10_000 : 500;
  private static final int DYING = 3; // each third

  private final Store store = Store.open();
  private final RList<String> list = store.list("l");

  @Test
  void takers_someInterrupted_othersServedInTheirOrder() throws Exception {
    List<Background<@Nullable String>> takers = new ArrayList<>();
    for (int i = 0; i < TAKERS; i++) {
      takers.add(Background.startBlocked(() -> list.popLeft(Duration.ofHours(1))));
    }
    List<Background<@Nullable String>> left = new ArrayList<>();
    for (int i = 0; i < TAKERS; i++) {
      if (i % DYING == 0) {
        takers.get(i).interrupt();
        assertInstanceOf(InterruptedException.class, takers.get(i).failure());
      } else {
        left.add(takers.get(i));
      }
    }
    for (int i = 0; i < left.size() / 2; i++) {
      list.pushRight("e" + i);
    }
    List<String> rest = new ArrayList<>();
    for (int i = left.size() / 2; i < left.size() + 1; i++) {
      rest.add("e" + i);
    }
    list.pushRight(rest); // serves all that still wait, and keeps one
    for (int i = 0; i < left.size(); i++) {
      assertEquals("e" + i, left.get(i).get());
    }
    assertEquals(List.of("e" + left.size()), list.range(0, -1));
    store.close();
  }

  @Test
  void takers_storeClosed_areAllToldSo() throws Exception {
    List<Background<@Nullable String>> takers = new ArrayList<>();
    for (int i = 0; i < TAKERS / 10; i++) {
      takers.add(Background.startBlocked(() -> list.popLeft(Duration.ofHours(1))));
    }
    store.close();
    for (Background<@Nullable String> taker : takers) {
      assertInstanceOf(StoreClosedException.class, taker.failure());
    }
  }
}
