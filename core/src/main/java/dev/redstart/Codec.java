// SPDX-License-Identifier: Apache-2.0
package dev.redstart;

import dev.redstart.spi.BinaryCodec;
import dev.redstart.spi.ReferenceCodec;

/**
 * How objects of a program become bytes of a store, and back.
 *
 * <p>Implementations are safe for many threads. Two objects are the same key, member or element if
 * their bytes are equal, so one object must always give the same bytes. A codec runs under no lock;
 * if it throws, nothing is changed, and what it threw is the cause of a {@link CodecException}.
 * (One thing only can be decoded no sooner than it was taken: what a blocked taker was waiting for;
 * it is put back then.) A codec may not return null, nor keep or change an array that it was given
 * or has given away.
 *
 * @param <T> the type of the objects
 */
public interface Codec<T> {
  /** Returns the object's bytes, in a new array. */
  byte[] encode(T object);

  /** Returns the object of some bytes. */
  T decode(byte[] bytes);

  /**
   * Returns the codec of text, in UTF-8.
   *
   * <p>Text with an unpaired surrogate, and bytes that are not UTF-8, are a {@link CodecException}.
   */
  static Codec<String> text() {
    return BuiltInCodecs.TEXT;
  }

  /** Returns the codec that leaves bytes as they are; arrays are copied on the way in and out. */
  static Codec<byte[]> bytes() {
    return BuiltInCodecs.BYTES;
  }

  /** Returns the codec of whole numbers, in Redis's decimal text, so that INCR works on them. */
  static Codec<Long> longs() {
    return BuiltInCodecs.LONGS;
  }

  /** Returns the codec of fractions, in Redis's decimal text, so that INCRBYFLOAT works on them. */
  static Codec<Double> doubles() {
    return BuiltInCodecs.DOUBLES;
  }

  /**
   * Returns a codec that keeps the objects themselves, for values that are never compared.
   *
   * <p>Nothing is encoded as long as nobody asks for the bytes; {@code get} returns the very object
   * that was set. The objects must be immutable. With a journal's sink attached they are encoded
   * once, before anything is held.
   *
   * @param form makes their bytes, and objects of bytes that came another way
   */
  static <T> Codec<T> reference(Codec<T> form) {
    return new ReferenceCodec<>(BinaryCodec.of(form));
  }
}
