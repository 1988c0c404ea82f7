// SPDX-License-Identifier: Apache-2.0
package dev.redstart;

import dev.redstart.journal.RespFeed;
import dev.redstart.spi.Binary;
import dev.redstart.spi.Effect;
import dev.redstart.spi.JournalBatch;
import dev.redstart.spi.JournalSink;
import dev.redstart.spi.Notification;
import java.util.ArrayList;
import java.util.List;

/**
 * A sink that keeps all it gets, and checks that the stream has no gap.
 *
 * <p>Safe for many threads. It is durable, so that a write that has returned is in it.
 */
final class RecordingSink implements JournalSink {
  // Guarded by this.
  private final List<JournalBatch> batches = new ArrayList<>();
  private long end;

  @Override
  public synchronized void accept(List<JournalBatch> more) {
    for (JournalBatch batch : more) {
      if (batch.start() != end || batch.effects().isEmpty() || batch.end() <= batch.start()) {
        throw new IllegalStateException("a batch must follow the one before: " + batch);
      }
      end = batch.end();
      batches.add(batch);
    }
  }

  @Override
  public boolean isDurable() {
    return true;
  }

  /** Returns all that came since the last call. */
  synchronized List<JournalBatch> takeBatches() {
    List<JournalBatch> taken = List.copyOf(batches);
    batches.clear();
    return taken;
  }

  /** Returns the effects that came since the last call. */
  List<Effect> takeEffects() {
    return takeBatches().stream().flatMap(batch -> batch.effects().stream()).toList();
  }

  /** Returns the stream's commands since the last call. */
  List<List<@Binary String>> takeCommands() {
    return takeBatches().stream().flatMap(batch -> RespFeed.commands(batch).stream()).toList();
  }

  /** Returns a notification as {@code class event key}, with {@code @database} unless that is 0. */
  static String text(Notification notification) {
    String database = notification.database() == 0 ? "" : "@" + notification.database();
    return notification.eventClass().letter()
        + " "
        + notification.event()
        + database
        + " "
        + notification.key();
  }
}
