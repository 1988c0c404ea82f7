// SPDX-License-Identifier: Apache-2.0
package dev.redstart.local;

import dev.redstart.Codec;
import dev.redstart.RCounter;
import dev.redstart.RHash;
import dev.redstart.RKeys;
import dev.redstart.RList;
import dev.redstart.RSet;
import dev.redstart.RSortedSet;
import dev.redstart.RTag;
import dev.redstart.RValue;
import dev.redstart.RValues;
import dev.redstart.StoreView;
import dev.redstart.keyspace.Access;
import dev.redstart.spi.BinaryCodec;
import dev.redstart.spi.ReferenceCodec;

/**
 * Makes handles over one access: a store's own, or a transaction's.
 *
 * <p>Immutable; as safe for threads as its access.
 */
abstract class LocalView implements StoreView {
  final Access access;
  final Names names;
  final Loads loads;

  LocalView(Access access, Names names, Loads loads) {
    this.access = access;
    this.names = names;
    this.loads = loads;
  }

  @Override
  public final RValue<String> value(String key) {
    return new LocalValue<>(access, names, key, ValueForm.TEXT, loads);
  }

  @Override
  public final <V> RValue<V> value(String key, Codec<V> codec) {
    return new LocalValue<>(access, names, key, ValueForm.of(codec), loads);
  }

  @Override
  public final RCounter counter(String key) {
    return new LocalCounter(access, names, key);
  }

  @Override
  public final <V> RValues<V> values(Codec<V> codec) {
    return new LocalValues<>(access, names, ValueForm.of(codec));
  }

  @Override
  public final <E> RSet<E> set(String key, Codec<E> codec) {
    if (codec instanceof ReferenceCodec) {
      throw new IllegalArgumentException("members must have bytes to be compared by");
    }
    return new LocalSet<>(access, names, key, BinaryCodec.of(codec));
  }

  @Override
  public final <E> RSortedSet<E> sortedSet(String key, Codec<E> codec) {
    if (codec instanceof ReferenceCodec) {
      throw new IllegalArgumentException("members must have bytes to be compared by");
    }
    return new LocalSortedSet<>(access, names, key, BinaryCodec.of(codec));
  }

  @Override
  public final <E> RList<E> list(String key, Codec<E> codec) {
    if (codec instanceof ReferenceCodec) {
      throw new IllegalArgumentException("elements must have bytes to be kept as");
    }
    return new LocalList<>(access, names, key, BinaryCodec.of(codec));
  }

  @Override
  public final <F, V> RHash<F, V> hash(String key, Codec<F> fields, Codec<V> values) {
    if (fields instanceof ReferenceCodec) {
      throw new IllegalArgumentException("fields must have bytes to be compared by");
    }
    return new LocalHash<>(access, names, key, BinaryCodec.of(fields), ValueForm.of(values));
  }

  @Override
  public final RTag tag(String name) {
    return new LocalTag(access, names, name);
  }

  @Override
  public final RKeys keys() {
    return new LocalKeys(access, names);
  }
}
