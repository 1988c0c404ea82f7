// SPDX-License-Identifier: Apache-2.0
package dev.redstart.local;

import dev.redstart.ExpireCondition;
import dev.redstart.FieldExpiry;
import dev.redstart.RHash;
import dev.redstart.ScanOptions;
import dev.redstart.ScanPage;
import dev.redstart.keyspace.Access;
import dev.redstart.local.MapView.Change;
import dev.redstart.operation.FieldValues;
import dev.redstart.operation.HashDeadlines;
import dev.redstart.operation.HashNumbers;
import dev.redstart.operation.HashOperations;
import dev.redstart.operation.HashOperations.Scanned;
import dev.redstart.spi.Binary;
import dev.redstart.spi.BinaryCodec;
import dev.redstart.structure.FieldDeadlines;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A key as a hash of two codecs' types.
 *
 * <p>Immutable; as safe for threads as its access.
 */
final class LocalHash<F, V> extends LocalObject implements RHash<F, V> {
  /** The longest list that can be made. */
  private static final long MAX_LIST = Integer.MAX_VALUE - 8;

  private final BinaryCodec<F> codec;
  private final ValueForm<V> form;

  LocalHash(Access access, Names names, String name, BinaryCodec<F> codec, ValueForm<V> form) {
    super(access, names, name);
    this.codec = codec;
    this.form = form;
  }

  @Override
  public boolean put(F field, V value) {
    return operations().put(List.of(encode(field)), List.of(form.toStored(value))) > 0;
  }

  @Override
  public long putAll(Map<? extends F, ? extends V> entries) {
    List<@Binary String> fields = new ArrayList<>(entries.size());
    List<Object> values = new ArrayList<>(entries.size());
    entries.forEach(
        (field, value) -> {
          fields.add(encode(field));
          values.add(form.toStored(value));
        });
    requireSome(fields);
    return operations().put(fields, values);
  }

  /** Sets a field and returns the value before, or null. */
  @Nullable V getAndPut(F field, V value) {
    String name = encode(field);
    Object stored = form.toStored(value);
    while (true) {
      Object seen = operations().get(name);
      V before = form.fromStoredOrNull(seen);
      if (operations().replaceIfSame(name, seen, stored)) {
        return before;
      }
    }
  }

  /** As {@link MapView#change}. */
  Change<V> change(F field, Function<@Nullable V, ? extends @Nullable V> function) {
    String name = encode(field);
    while (true) {
      Object seen = operations().get(name);
      V before = form.fromStoredOrNull(seen);
      V after = function.apply(before);
      if (after == before
          || operations().replaceIfSame(name, seen, after == null ? null : form.toStored(after))) {
        return new Change<>(before, after);
      }
    }
  }

  @Override
  public ConcurrentMap<F, V> asMap() {
    return new FieldMap<>(this);
  }

  @Override
  public boolean putIfAbsent(F field, V value) {
    return operations().putIfAbsent(encode(field), form.toStored(value));
  }

  @Override
  public boolean remove(F field) {
    return operations().remove(List.of(encode(field))) > 0;
  }

  @Override
  public long removeAll(Collection<? extends F> fields) {
    return operations().remove(encodeAll(fields));
  }

  @Override
  @SafeVarargs
  @SuppressWarnings("varargs") // the array is only read
  public final long removeAll(F... fields) {
    return removeAll(Arrays.asList(fields));
  }

  @Override
  public long increment(F field, long delta) {
    return numbers().increment(encode(field), delta);
  }

  @Override
  public double increment(F field, double delta) {
    return LocalCounter.parse(numbers().increment(encode(field), LocalCounter.exact(delta)));
  }

  @Override
  public @Nullable V get(F field) {
    return form.fromStoredOrNull(HashOperations.getText(access, text, encode(field)));
  }

  @Override
  public Map<F, V> getAll(Collection<? extends F> fields) {
    List<F> asked = List.copyOf(fields); // the caller's may change meanwhile
    List<@Nullable Object> stored = operations().getAll(encodeAll(asked));
    Map<F, V> found = new LinkedHashMap<>();
    for (int i = 0; i < asked.size(); i++) {
      V value = form.fromStoredOrNull(stored.get(i));
      if (value != null) {
        found.put(asked.get(i), value);
      }
    }
    return found;
  }

  @Override
  public boolean contains(F field) {
    return operations().contains(encode(field));
  }

  @Override
  public long size() {
    return operations().size();
  }

  @Override
  public Set<F> keys() {
    return new LinkedHashSet<>(fields(operations().all()));
  }

  @Override
  public List<V> values() {
    FieldValues found = operations().all();
    List<V> values = new ArrayList<>(found.size());
    for (int i = 0; i < found.size(); i++) {
      values.add(form.fromStored(found.value(i)));
    }
    return values;
  }

  @Override
  public Map<F, V> entries() {
    Map<F, V> entries = new LinkedHashMap<>();
    FieldValues found = operations().all();
    for (int i = 0; i < found.size(); i++) {
      entries.put(codec.decodeBinary(found.field(i)), form.fromStored(found.value(i)));
    }
    return entries;
  }

  @Override
  public long valueLength(F field) {
    return operations().valueLength(encode(field));
  }

  @Override
  public @Nullable F random() {
    FieldValues found = operations().random(ThreadLocalRandom.current());
    return found.size() == 0 ? null : codec.decodeBinary(found.field(0));
  }

  @Override
  public List<F> random(long count) {
    return fields(random(count, false));
  }

  @Override
  public List<Map.Entry<F, V>> randomEntries(long count) {
    return entries(random(count, false));
  }

  @Override
  public List<F> randomWithRepeats(long count) {
    if (count > MAX_LIST) {
      throw new IllegalArgumentException("count must be at most " + MAX_LIST + ": " + count);
    }
    return fields(random(count, true));
  }

  private FieldValues random(long count, boolean repeats) {
    return operations().random(ThreadLocalRandom.current(), Arguments.count(count), repeats);
  }

  @Override
  public ScanPage<Map.Entry<F, V>> scan(long cursor, ScanOptions options) {
    if (options.type() != null) {
      throw new IllegalArgumentException("a scan of fields must not name a type");
    }
    String pattern = options.glob();
    Scanned step =
        operations()
            .scan(
                Arguments.cursor(cursor),
                pattern == null ? null : LocalKeys.glob(pattern),
                options.count());
    return new ScanPage<>(step.cursor(), entries(step.found()));
  }

  @Override
  public Iterable<Map.Entry<F, V>> scan(ScanOptions options) {
    Objects.requireNonNull(options, "options");
    return () -> new ScanIterator<>(cursor -> scan(cursor, options));
  }

  @Override
  public FieldExpiry expire(F field, Duration lifetime, ExpireCondition condition) {
    return expire(List.of(encode(field)), deadlineAfter(lifetime), condition).get(0);
  }

  @Override
  public Map<F, FieldExpiry> expire(
      Collection<? extends F> fields, Duration lifetime, ExpireCondition condition) {
    List<F> asked = List.copyOf(fields); // the caller's may change meanwhile
    List<FieldExpiry> results = expire(encodeAll(asked), deadlineAfter(lifetime), condition);
    Map<F, FieldExpiry> byField = new LinkedHashMap<>();
    for (int i = 0; i < asked.size(); i++) {
      byField.putIfAbsent(asked.get(i), results.get(i));
    }
    return byField;
  }

  @Override
  public FieldExpiry expireAt(F field, Instant deadline, ExpireCondition condition) {
    List<@Binary String> encoded = List.of(encode(field));
    return expire(encoded, checked(Times.deadlineAt(deadline)), condition).get(0);
  }

  private List<FieldExpiry> expire(
      List<@Binary String> fields, long deadlineMillis, ExpireCondition condition) {
    Objects.requireNonNull(condition, "condition");
    return deadlines().expire(fields, deadlineMillis, condition);
  }

  private long deadlineAfter(Duration lifetime) {
    return checked(Times.deadlineAfterAny(access, lifetime));
  }

  private static long checked(long deadlineMillis) {
    if (deadlineMillis < 0 || deadlineMillis > FieldDeadlines.LATEST) {
      throw new IllegalArgumentException(
          "a field's deadline must be from 0 to 2^46 - 1 milliseconds: " + deadlineMillis);
    }
    return deadlineMillis;
  }

  @Override
  public boolean persist(F field) {
    return deadlines().persist(encode(field));
  }

  @Override
  public @Nullable Duration timeToLive(F field) {
    return timeToLive(access, deadlines().deadline(encode(field)));
  }

  @Override
  public @Nullable Instant deadline(F field) {
    long deadline = deadlines().deadline(encode(field));
    return deadline == FieldDeadlines.NONE ? null : Instant.ofEpochMilli(deadline);
  }

  private HashOperations operations() {
    return new HashOperations(access, binaryKey());
  }

  private HashNumbers numbers() {
    return new HashNumbers(access, binaryKey());
  }

  private HashDeadlines deadlines() {
    return new HashDeadlines(access, binaryKey());
  }

  private @Binary String encode(F field) {
    return codec.encodeBinary(Objects.requireNonNull(field, "field"));
  }

  private List<@Binary String> encodeAll(Collection<? extends F> fields) {
    List<@Binary String> encoded = new ArrayList<>(fields.size());
    for (F field : fields) {
      encoded.add(encode(field));
    }
    requireSome(encoded);
    return encoded;
  }

  private static void requireSome(List<@Binary String> fields) {
    if (fields.isEmpty()) {
      throw new IllegalArgumentException("at least one field must be given");
    }
  }

  private List<F> fields(FieldValues found) {
    List<F> fields = new ArrayList<>(found.size());
    for (int i = 0; i < found.size(); i++) {
      fields.add(codec.decodeBinary(found.field(i)));
    }
    return fields;
  }

  private List<Map.Entry<F, V>> entries(FieldValues found) {
    List<Map.Entry<F, V>> entries = new ArrayList<>(found.size());
    for (int i = 0; i < found.size(); i++) {
      entries.add(Map.entry(codec.decodeBinary(found.field(i)), form.fromStored(found.value(i))));
    }
    return entries;
  }
}
