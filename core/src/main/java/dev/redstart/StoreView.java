// SPDX-License-Identifier: Apache-2.0
package dev.redstart;

/**
 * Where handles of keys come from: a store, or a transaction of one.
 *
 * <p>Obtaining a handle creates nothing and costs next to nothing. Keys and text values are stored
 * as their UTF-8 bytes; a key with an unpaired surrogate is a {@link CodecException}.
 */
public interface StoreView {
  /** Returns the key as a text value. */
  default RValue<String> value(String key) {
    return value(key, Codec.text());
  }

  /** Returns the key as a value of a codec's type. */
  <V> RValue<V> value(String key, Codec<V> codec);

  /** Returns the key as a number. */
  RCounter counter(String key);

  /** Returns the text values of many keys at once. */
  default RValues<String> values() {
    return values(Codec.text());
  }

  /** Returns the values of many keys at once, of a codec's type. */
  <V> RValues<V> values(Codec<V> codec);

  /** Returns the key as a set of text. */
  default RSet<String> set(String key) {
    return set(key, Codec.text());
  }

  /**
   * Returns the key as a set of a codec's type.
   *
   * @throws IllegalArgumentException for a codec by reference: members are compared by their bytes
   */
  <E> RSet<E> set(String key, Codec<E> codec);

  /** Returns the key as a sorted set of text. */
  default RSortedSet<String> sortedSet(String key) {
    return sortedSet(key, Codec.text());
  }

  /**
   * Returns the key as a sorted set of a codec's type.
   *
   * @throws IllegalArgumentException for a codec by reference: members are compared by their bytes
   */
  <E> RSortedSet<E> sortedSet(String key, Codec<E> codec);

  /** Returns the key as a list of text. */
  default RList<String> list(String key) {
    return list(key, Codec.text());
  }

  /**
   * Returns the key as a list of a codec's type.
   *
   * @throws IllegalArgumentException for a codec by reference: elements are kept as their bytes
   */
  <E> RList<E> list(String key, Codec<E> codec);

  /** Returns the key as a hash of text to text. */
  default RHash<String, String> hash(String key) {
    return hash(key, Codec.text());
  }

  /** Returns the key as a hash of text to values of a codec's type. */
  default <V> RHash<String, V> hash(String key, Codec<V> codec) {
    return hash(key, Codec.text(), codec);
  }

  /**
   * Returns the key as a hash of two codecs' types.
   *
   * @throws IllegalArgumentException if fields have a codec by reference: they are compared by
   *     their bytes
   */
  <F, V> RHash<F, V> hash(String key, Codec<F> fields, Codec<V> values);

  /** Returns a tag, which keys of any type may have. */
  RTag tag(String name);

  /** Returns the keys themselves. */
  RKeys keys();
}
