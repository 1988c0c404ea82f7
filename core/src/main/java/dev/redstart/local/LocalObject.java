// SPDX-License-Identifier: Apache-2.0
package dev.redstart.local;

import dev.redstart.ExpireCondition;
import dev.redstart.RObject;
import dev.redstart.keyspace.Access;
import dev.redstart.operation.KeyOperations;
import dev.redstart.operation.ValueOperations;
import dev.redstart.spi.Binary;
import dev.redstart.spi.BinaryStrings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the handles of all types share.
 *
 * <p>Immutable; as safe for threads as its access.
 */
abstract class LocalObject implements RObject {
  final Access access;
  final Names names;

  /** The whole key, as text. */
  final String text;

  LocalObject(Access access, Names names, String name) {
    this.access = access;
    this.names = names;
    this.text = names.key(name);
  }

  @Override
  public final String key() {
    return names.name(text);
  }

  /** Returns the key's bytes; made when they are needed, since a read may do without. */
  final @Binary String binaryKey() {
    return BinaryStrings.fromText(text);
  }

  @Override
  public final boolean exists() {
    return keys().exists(binaryKey());
  }

  @Override
  public final boolean delete() {
    return keys().delete(List.of(binaryKey())) > 0;
  }

  @Override
  public final void rename(String newKey) {
    keys().rename(binaryKey(), names.binary(newKey), true);
  }

  @Override
  public final boolean expire(Duration lifetime) {
    long deadline = Times.deadlineAfterAny(access, lifetime);
    return keys().expire(binaryKey(), deadline, ExpireCondition.ALWAYS);
  }

  @Override
  public final boolean expireAt(Instant deadline) {
    return keys().expire(binaryKey(), Times.deadlineAt(deadline), ExpireCondition.ALWAYS);
  }

  @Override
  public final boolean persist() {
    return keys().persist(binaryKey());
  }

  @Override
  public final @Nullable Duration timeToLive() {
    return timeToLive(access, keys().deadline(binaryKey()));
  }

  static @Nullable Duration timeToLive(Access access, long deadlineMillis) {
    return deadlineMillis == KeyOperations.NO_KEY || deadlineMillis == ValueOperations.NO_DEADLINE
        ? null
        : Duration.ofMillis(Math.max(0, deadlineMillis - access.wallMillis()));
  }

  private KeyOperations keys() {
    return new KeyOperations(access);
  }
}
