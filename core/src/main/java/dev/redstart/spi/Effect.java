// SPDX-License-Identifier: Apache-2.0
package dev.redstart.spi;

import java.util.List;

/**
 * What one write did: the Redis command that repeats it, and the events that it caused.
 *
 * <p>Immutable. The command is deterministic and absolute: deadlines in milliseconds rather than
 * durations, the members that were removed rather than "some". Replaying the commands of a journal
 * in order on an empty Redis gives the same content.
 *
 * @param database the number of the database that the command works on
 * @param command the command's name and arguments, as bytes
 * @param notifications the key events, in the order in which Redis publishes them
 */
public record Effect(int database, List<@Binary String> command, List<Notification> notifications) {
  /** Copies both lists. */
  public Effect {
    command = List.copyOf(command);
    notifications = List.copyOf(notifications);
  }
}
