// SPDX-License-Identifier: Apache-2.0
package dev.redstart.operation;

import dev.redstart.keyspace.Hold;
import dev.redstart.spi.EventClass;
import java.util.List;

/**
 * What giving and taking a key's deadline does, whichever operation asks for it.
 *
 * <p>Stateless; confined to the hold that it is given.
 */
final class Deadlines {
  private Deadlines() {}

  /**
   * Gives the key at hand, which is there, a deadline, or removes it if that has passed.
   *
   * @return the position of the recorded effect, 0 if nobody records
   */
  static long expire(Hold hold, long deadlineMillis) {
    String key = hold.key();
    if (deadlineMillis <= hold.nowMillis()) {
      hold.remove();
      hold.event(EventClass.GENERIC, "del");
      return hold.isRecorded() ? hold.record(List.of("DEL", key)) : 0;
    }
    hold.setDeadline(deadlineMillis);
    hold.event(EventClass.GENERIC, "expire");
    return hold.isRecorded()
        ? hold.record(List.of("PEXPIREAT", key, Long.toString(deadlineMillis)))
        : 0;
  }

  /**
   * Takes the deadline of the key at hand away.
   *
   * @return the position of the recorded effect, 0 if nobody records, -1 if it had no deadline
   */
  static long persist(Hold hold) {
    if (hold.deadlineMillis() == Long.MAX_VALUE) {
      return -1;
    }
    hold.dropDeadline();
    hold.event(EventClass.GENERIC, "persist");
    return hold.isRecorded() ? hold.record(List.of("PERSIST", hold.key())) : 0;
  }
}
