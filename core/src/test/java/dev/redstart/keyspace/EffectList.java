// SPDX-License-Identifier: Apache-2.0
package dev.redstart.keyspace;

import dev.redstart.spi.Effect;
import dev.redstart.spi.JournalBatch;
import dev.redstart.spi.JournalSink;
import java.util.ArrayList;
import java.util.List;

/**
 * A durable sink that keeps what it gets.
 *
 * <p>Safe for many threads.
 */
final class EffectList implements JournalSink {
  // Guarded by this.
  private final List<JournalBatch> batches = new ArrayList<>();

  @Override
  public synchronized void accept(List<JournalBatch> more) {
    batches.addAll(more);
  }

  @Override
  public boolean isDurable() {
    return true;
  }

  /** Returns the batches that came since the last call. */
  synchronized List<JournalBatch> takeBatches() {
    List<JournalBatch> taken = List.copyOf(batches);
    batches.clear();
    return taken;
  }

  /** Returns the commands that came since the last call, each as words. */
  List<String> takeCommands() {
    return takeBatches().stream()
        .flatMap(batch -> batch.effects().stream())
        .map(Effect::command)
        .map(command -> String.join(" ", command))
        .toList();
  }
}
