// SPDX-License-Identifier: Apache-2.0
package dev.redstart;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.redstart.spi.Effect;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;

/**
 * What tests of recorded effects share: a store with a sink, and effects as readable lines.
 *
 * <p>Confined to one test thread. An effect reads {@code SET k v -> n new k, $ set k}.
 */
abstract class EffectsContract {
  static final Duration MINUTE = Duration.ofMinutes(1);

  final ManualTime time = TimeSource.manual(Instant.ofEpochMilli(1_000_000));
  final RecordingSink sink = new RecordingSink();
  final Store store = Store.builder().timeSource(time).journalSink(sink).open();

  @AfterEach
  void closeStore() {
    store.close();
  }

  /** Forgets the effects of what was done to prepare. */
  final void prepared() {
    sink.takeBatches();
  }

  final void assertEffects(String... lines) {
    assertEquals(List.of(lines), sink.takeEffects().stream().map(EffectsContract::text).toList());
  }

  /** Asserts the stream's commands, with SELECT, MULTI and EXEC. */
  final void assertCommands(String... commands) {
    assertEquals(
        List.of(commands),
        sink.takeCommands().stream().map(command -> String.join(" ", command)).toList());
  }

  final void assertNothingRecorded() {
    assertEffects();
  }

  static String text(Effect effect) {
    return String.join(" ", effect.command())
        + " -> "
        + effect.notifications().stream()
            .map(RecordingSink::text)
            .collect(Collectors.joining(", "));
  }
}
