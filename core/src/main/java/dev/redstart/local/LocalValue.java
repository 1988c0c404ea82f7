// SPDX-License-Identifier: Apache-2.0
package dev.redstart.local;

import dev.redstart.CommonPart;
import dev.redstart.RValue;
import dev.redstart.SetOptions;
import dev.redstart.SetOptions.Condition;
import dev.redstart.keyspace.Access;
import dev.redstart.operation.StringForm;
import dev.redstart.operation.ValueOperations;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A key as a value of a codec's type.
 *
 * <p>Immutable; as safe for threads as its access.
 */
final class LocalValue<V> extends LocalObject implements RValue<V> {
  private final ValueForm<V> form;
  private final Loads loads;

  LocalValue(Access access, Names names, String name, ValueForm<V> form, Loads loads) {
    super(access, names, name);
    this.form = form;
    this.loads = loads;
  }

  @Override
  public @Nullable V get() {
    return form.fromStoredOrNull(ValueOperations.getText(access, text));
  }

  @Override
  public void set(V value) {
    operations().set(form.toStored(value));
  }

  @Override
  public void set(V value, Duration lifetime) {
    set(value, SetOptions.always().lasting(lifetime));
  }

  @Override
  public boolean set(V value, SetOptions options) {
    long deadline = Times.deadlineOf(access, options);
    return operations().set(form.toStored(value), options.condition(), deadline, false).wasSet();
  }

  @Override
  public boolean setIfAbsent(V value) {
    return setPlain(value, Condition.ABSENT);
  }

  @Override
  public boolean setIfAbsent(V value, Duration lifetime) {
    return set(value, SetOptions.ifAbsent().lasting(lifetime));
  }

  @Override
  public boolean setIfPresent(V value) {
    return setPlain(value, Condition.PRESENT);
  }

  private boolean setPlain(V value, Condition condition) {
    return operations()
        .set(form.toStored(value), condition, ValueOperations.NO_DEADLINE, false)
        .wasSet();
  }

  @Override
  public @Nullable V getAndSet(V value) {
    return getAndSet(value, SetOptions.always());
  }

  @Override
  public @Nullable V getAndSet(V value, SetOptions options) {
    long deadline = Times.deadlineOf(access, options);
    Object stored = form.toStored(value);
    return getAnd(seen -> operations().setIfSame(seen, stored, options.condition(), deadline));
  }

  @Override
  public @Nullable V getAndDelete() {
    return getAnd(seen -> seen == null || operations().deleteIfSame(seen));
  }

  @Override
  public @Nullable V getAndExpire(Duration lifetime) {
    return getAndExpire(Times.deadlineAfter(access, lifetime));
  }

  @Override
  public @Nullable V getAndExpireAt(Instant deadline) {
    return getAndExpire(Times.futureAt(deadline));
  }

  @Override
  public @Nullable V getAndPersist() {
    return getAndExpire(ValueOperations.NO_DEADLINE);
  }

  private @Nullable V getAndExpire(long deadline) {
    return getAnd(seen -> seen == null || operations().expireIfSame(seen, deadline));
  }

  /**
   * Decodes what is there, then changes it if it still is: a codec that throws changes nothing, and
   * no codec runs under a stripe.
   */
  private @Nullable V getAnd(Predicate<@Nullable Object> change) {
    while (true) {
      Object seen = operations().get();
      V decoded = form.fromStoredOrNull(seen);
      if (change.test(seen)) {
        return decoded;
      }
    }
  }

  @Override
  public boolean compareAndSet(V expected, V value) {
    return operations().compareAndSet(form.toBytes(expected), form.toStored(value));
  }

  @Override
  public @Nullable V getOrLoad(Supplier<? extends @Nullable V> loader) {
    return load(ValueOperations.NO_DEADLINE, null, loader);
  }

  @Override
  public @Nullable V getOrLoad(Duration lifetime, Supplier<? extends @Nullable V> loader) {
    Times.deadlineAfter(access, lifetime); // refuses a bad lifetime before anything is loaded
    return load(0, lifetime, loader);
  }

  private @Nullable V load(
      long deadline, @Nullable Duration lifetime, Supplier<? extends @Nullable V> loader) {
    Objects.requireNonNull(loader, "loader");
    if (access.isInTransaction()) {
      throw new IllegalStateException("inside atomically nothing may be loaded");
    }
    V present = get();
    if (present != null) {
      return present;
    }
    Loads.Source source =
        new Loads.Source() {
          @Override
          public @Nullable Object present() {
            return operations().get();
          }

          @Override
          public @Nullable Object load() {
            V loaded = loader.get();
            return loaded == null ? null : form.toStored(loaded);
          }

          @Override
          public Object store(Object loaded) {
            long until = lifetime == null ? deadline : Times.deadlineAfter(access, lifetime);
            Object before = operations().set(loaded, Condition.ABSENT, until, true).before();
            return before == null ? loaded : before;
          }
        };
    Object stored = loads.load(access.database(), binaryKey(), source);
    return form.fromStoredOrNull(stored);
  }

  @Override
  public long append(V suffix) {
    return operations().append(form.toBytes(suffix));
  }

  @Override
  public long length() {
    return operations().length();
  }

  @Override
  public V getRange(long start, long end) {
    return form.fromStored(StringForm.of(operations().getRange(start, end)));
  }

  @Override
  public V commonSubsequence(String otherKey) {
    String found = operations().commonSubsequence(names.binary(otherKey));
    return form.fromStored(StringForm.of(found));
  }

  @Override
  public long commonSubsequenceLength(String otherKey) {
    return operations().commonSubsequenceLength(names.binary(otherKey));
  }

  @Override
  public List<CommonPart> commonParts(String otherKey, long minLength) {
    return operations().commonParts(names.binary(otherKey), minLength);
  }

  @Override
  public long setRange(long offset, V bytes) {
    String encoded = form.toBytes(bytes);
    if (offset < 0) {
      throw new IllegalArgumentException("offset must not be negative: " + offset);
    }
    return operations().setRange(offset, encoded);
  }

  private ValueOperations operations() {
    return new ValueOperations(access, binaryKey());
  }
}
