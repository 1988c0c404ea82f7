// SPDX-License-Identifier: Apache-2.0
package dev.redstart;

/**
 * What a key holds; prints as Redis's {@code TYPE} answers.
 *
 * <p>Immutable.
 *
 * @see <a href="https://redis.io/docs/latest/commands/type/">TYPE</a>
 */
public enum KeyType {
  /** A string, number, bitmap or HyperLogLog. */
  STRING("string"),
  /** A list. */
  LIST("list"),
  /** A hash. */
  HASH("hash"),
  /** A set. */
  SET("set"),
  /** A sorted set, or geographic positions. */
  SORTED_SET("zset"),
  /** A stream. */
  STREAM("stream"),
  /** No such key. */
  NONE("none");

  private final String name;

  KeyType(String name) {
    this.name = name;
  }

  @Override
  public String toString() {
    return name;
  }
}
