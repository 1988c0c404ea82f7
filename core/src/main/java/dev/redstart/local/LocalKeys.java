// SPDX-License-Identifier: Apache-2.0
package dev.redstart.local;

import dev.redstart.Codec;
import dev.redstart.ExpireCondition;
import dev.redstart.KeyType;
import dev.redstart.RKeys;
import dev.redstart.RTag;
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
  private final KeyOperations operations;

  LocalKeys(Access access) {
    this.access = access;
    this.operations = new KeyOperations(access);
  }

  @Override
  public boolean exists(String key) {
    return operations.exists(BinaryStrings.fromText(key));
  }

  @Override
  public long exists(Collection<String> keys) {
    return operations.countExisting(Arguments.keys(keys));
  }

  @Override
  public boolean delete(String key) {
    return operations.delete(List.of(BinaryStrings.fromText(key))) > 0;
  }

  @Override
  public long delete(Collection<String> keys) {
    return operations.delete(Arguments.keys(keys));
  }

  @Override
  public long unlink(Collection<String> keys) {
    return operations.delete(Arguments.keys(keys));
  }

  @Override
  public long touch(Collection<String> keys) {
    return operations.countExisting(Arguments.keys(keys));
  }

  @Override
  public KeyType type(String key) {
    return operations.type(BinaryStrings.fromText(key));
  }

  @Override
  public boolean expire(String key, Duration lifetime, ExpireCondition condition) {
    return operations.expire(
        BinaryStrings.fromText(key),
        Times.deadlineAfterAny(access, lifetime),
        Objects.requireNonNull(condition, "condition"));
  }

  @Override
  public boolean expireAt(String key, Instant deadline, ExpireCondition condition) {
    return operations.expire(
        BinaryStrings.fromText(key),
        Times.deadlineAt(deadline),
        Objects.requireNonNull(condition, "condition"));
  }

  @Override
  public @Nullable Duration timeToLive(String key) {
    return LocalObject.timeToLive(access, operations.deadline(BinaryStrings.fromText(key)));
  }

  @Override
  public @Nullable Instant deadline(String key) {
    long millis = operations.deadline(BinaryStrings.fromText(key));
    return millis == KeyOperations.NO_KEY || millis == ValueOperations.NO_DEADLINE
        ? null
        : Instant.ofEpochMilli(millis);
  }

  @Override
  public boolean persist(String key) {
    return operations.persist(BinaryStrings.fromText(key));
  }

  @Override
  public void rename(String key, String newKey) {
    operations.rename(BinaryStrings.fromText(key), BinaryStrings.fromText(newKey), true);
  }

  @Override
  public boolean renameIfAbsent(String key, String newKey) {
    return operations.rename(BinaryStrings.fromText(key), BinaryStrings.fromText(newKey), false);
  }

  @Override
  public boolean copy(String source, String destination, boolean replace) {
    return copy(source, access.database(), destination, replace);
  }

  @Override
  public boolean copy(String source, int database, String destination, boolean replace) {
    return operations.copy(
        BinaryStrings.fromText(source), database, BinaryStrings.fromText(destination), replace);
  }

  @Override
  public boolean move(String key, int database) {
    return operations.move(BinaryStrings.fromText(key), database);
  }

  @Override
  public @Nullable String random() {
    String key = operations.random(ThreadLocalRandom.current());
    return key == null ? null : BinaryStrings.toText(key);
  }

  @Override
  public ScanPage<String> scan(long cursor, ScanOptions options) {
    String pattern = options.glob();
    Glob glob = pattern == null ? null : glob(pattern);
    List<@Binary String> found = new ArrayList<>();
    long next =
        operations.scan(Arguments.cursor(cursor), glob, options.type(), options.count(), found);
    return new ScanPage<>(next, texts(found));
  }

  @Override
  public Iterable<String> scan(ScanOptions options) {
    Objects.requireNonNull(options, "options");
    return () -> new ScanIterator<>(cursor -> scan(cursor, options));
  }

  @Override
  public List<String> match(String pattern) {
    return texts(operations.match(glob(pattern)));
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
    return new SortOperations(access).store(BinaryStrings.fromText(destination), query);
  }

  private static SortOperations.Query query(String key, SortOptions options) {
    String by = options.by();
    return new SortOperations.Query(
        BinaryStrings.fromText(key),
        by == null ? null : BinaryStrings.fromText(by),
        options.gets().stream().map(BinaryStrings::fromText).toList(),
        options.offset(),
        options.limit(),
        options.isAlphabetic(),
        options.isDescending());
  }

  @Override
  public Set<String> tags(String key) {
    Set<String> names = new LinkedHashSet<>();
    for (String tag : operations.tags(BinaryStrings.fromText(key))) {
      names.add(BinaryStrings.toText(tag.substring(RTag.KEY_PREFIX.length())));
    }
    return names;
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

  private static List<String> texts(List<@Binary String> keys) {
    keys.replaceAll(BinaryStrings::toText);
    return keys;
  }
}
