// SPDX-License-Identifier: Apache-2.0
package dev.redstart.spi;

/**
 * The classes of key events, by the letters of {@code notify-keyspace-events}.
 *
 * @see <a href="https://redis.io/docs/latest/develop/use/keyspace-notifications/">Redis keyspace
 *     notifications</a>
 */
public enum EventClass {
  /** Commands of all types: del, expire, rename, ... */
  GENERIC('g'),
  /** String commands. */
  STRING('$'),
  /** List commands. */
  LIST('l'),
  /** Set commands. */
  SET('s'),
  /** Hash commands. */
  HASH('h'),
  /** Sorted set commands. */
  SORTED_SET('z'),
  /** Stream commands. */
  STREAM('t'),
  /** A key's deadline passed. */
  EXPIRED('x'),
  /** A key was evicted for memory. */
  EVICTED('e'),
  /** A key came into being. */
  NEW('n');

  private final char letter;

  EventClass(char letter) {
    this.letter = letter;
  }

  /** Returns the class's letter in {@code notify-keyspace-events}. */
  public char letter() {
    return letter;
  }
}
