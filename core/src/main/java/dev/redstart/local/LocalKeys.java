// SPDX-License-Identifier: Apache-2.0
package dev.redstart.local;

import dev.redstart.Codec;
import dev.redstart.ExpireCondition;
import dev.redstart.KeyType;
import dev.redstart.RKeys;
import dev.redstart.ScanOptions;
import dev.redstart.ScanPage;
import dev.redstart.SortOptions;
import dev.redstart.keyspace.Access;
import dev.redstart.operation.KeyOperations;
import dev.redstart.operation.SortOperations;
import dev.redstart.operation.ValueOperations;
import dev.redstart.spi.Binary;
import dev.redstart.spi.BinaryCodec;
import dev.redstart.spi.BinaryStrings;
import dev.redstart.text.Glob;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * The keys of a database.
 *
 * <p>Immutable; as safe for threads as its access.
 */
final class LocalKeys implements RKeys {
  private final Access access;
  private final Names names;
  private final KeyOperations operations;

  LocalKeys(Access access, Names names) {
    this.access = access;
    this.names = names;
    this.operations = new KeyOperations(access);
  }

  @Override
  public boolean exists(String key) {
    return operations.exists(names.binary(key));
  }

  @Override
  public long exists(Collection<String> keys) {
    return operations.countExisting(names.all(keys));
  }

  @Override
  public boolean delete(String key) {
    return operations.delete(List.of(names.binary(key))) > 0;
  }

  @Override
  public long delete(Collection<String> keys) {
    return operations.delete(names.all(keys));
  }

  @Override
  public long unlink(Collection<String> keys) {
    return operations.delete(names.all(keys));
  }

  @Override
  public long touch(Collection<String> keys) {
    return operations.countExisting(names.all(keys));
  }

  @Override
  public KeyType type(String key) {
    return operations.type(names.binary(key));
  }

  @Override
  public boolean expire(String key, Duration lifetime, ExpireCondition condition) {
    return operations.expire(
        names.binary(key),
        Times.deadlineAfterAny(access, lifetime),
        Objects.requireNonNull(condition, "condition"));
  }

  @Override
  public boolean expireAt(String key, Instant deadline, ExpireCondition condition) {
    return operations.expire(
        names.binary(key),
        Times.deadlineAt(deadline),
        Objects.requireNonNull(condition, "condition"));
  }

  @Override
  public @Nullable Duration timeToLive(String key) {
    return LocalObject.timeToLive(access, operations.deadline(names.binary(key)));
  }

  @Override
  public @Nullable Instant deadline(String key) {
    long millis = operations.deadline(names.binary(key));
    return millis == KeyOperations.NO_KEY || millis == ValueOperations.NO_DEADLINE
        ? null
        : Instant.ofEpochMilli(millis);
  }

  @Override
  public boolean persist(String key) {
    return operations.persist(names.binary(key));
  }

  @Override
  public void rename(String key, String newKey) {
    operations.rename(names.binary(key), names.binary(newKey), true);
  }

  @Override
  public boolean renameIfAbsent(String key, String newKey) {
    return operations.rename(names.binary(key), names.binary(newKey), false);
  }

  @Override
  public boolean copy(String source, String destination, boolean replace) {
    return copy(source, access.database(), destination, replace);
  }

  @Override
  public boolean copy(String source, int database, String destination, boolean replace) {
    return operations.copy(names.binary(source), database, names.binary(destination), replace);
  }

  @Override
  public boolean move(String key, int database) {
    return operations.move(names.binary(key), database);
  }

  @Override
  public @Nullable String random() {
    String key = operations.random(ThreadLocalRandom.current());
    return key == null ? null : names.text(key);
  }

  @Override
  public ScanPage<String> scan(long cursor, ScanOptions options) {
    String pattern = options.glob();
    Glob glob = pattern == null ? null : glob(pattern);
    List<@Binary String> found = new ArrayList<>();
    long next =
        operations.scan(Arguments.cursor(cursor), glob, options.type(), options.count(), found);
    return new ScanPage<>(next, names.texts(found));
  }

  @Override
  public Iterable<String> scan(ScanOptions options) {
    Objects.requireNonNull(options, "options");
    return () -> new ScanIterator<>(cursor -> scan(cursor, options));
  }

  @Override
  public List<String> match(String pattern) {
    return names.texts(operations.match(glob(pattern)));
  }

  @Override
  public <E> List<@Nullable E> sort(String key, SortOptions options, Codec<E> codec) {
    BinaryCodec<E> form = BinaryCodec.of(codec);
    List<@Nullable E> objects = new ArrayList<>();
    for (String found : new SortOperations(access).sort(query(key, options))) {
      objects.add(found == null ? null : form.decodeBinary(found));
    }
    return objects;
  }

  @Override
  public long sortAndStore(String key, String destination, SortOptions options) {
    SortOperations.Query query = query(key, options);
    return new SortOperations(access).store(names.binary(destination), query);
  }

  private SortOperations.Query query(String key, SortOptions options) {
    String by = options.by();
    return new SortOperations.Query(
        names.binary(key),
        names.binaryPrefix(),
        by == null ? null : BinaryStrings.fromText(by),
        options.gets().stream().map(BinaryStrings::fromText).toList(),
        options.offset(),
        options.limit(),
        options.isAlphabetic(),
        options.isDescending());
  }

  @Override
  public Set<String> tags(String key) {
    Set<String> tags = new LinkedHashSet<>();
    for (String tag : operations.tags(names.binary(key))) {
      if (names.ownsTag(tag)) {
        tags.add(names.tag(tag));
      }
    }
    return tags;
  }

  @Override
  public long size() {
    return operations.size();
  }

  @Override
  public void flush() {
    operations.flush();
  }

  @Override
  public void flushAll() {
    operations.flushAll();
  }

  static Glob glob(String pattern) {
    return Glob.compile(BinaryStrings.fromText(pattern));
  }
}
