// SPDX-License-Identifier: Apache-2.0
package dev.redstart.spi;

import dev.redstart.Codec;
import dev.redstart.CodecException;
import dev.redstart.StoreException;
import java.util.Objects;

/**
 * A codec that goes to binary strings directly, as the engine keeps them.
 *
 * <p>Implementations are safe for many threads.
 */
public interface BinaryCodec<T> extends Codec<T> {
  /**
   * Returns the object's bytes.
   *
   * @throws CodecException if the object has none
   * @throws NullPointerException if the object is null
   */
  @Binary
  String encodeBinary(T object);

  /**
   * Returns the object of some bytes.
   *
   * @throws CodecException if they are not of the codec's form
   */
  T decodeBinary(@Binary String bytes);

  /** As {@link #decodeBinary}, for bytes that are known to be below 128, as most are. */
  default T decodeAscii(@Binary String bytes) {
    return decodeBinary(bytes);
  }

  /**
   * Tells whether decoding is a matter of nanoseconds and calls nobody's code, so that it may be
   * done while a key is held. The codecs for text, bytes and numbers are so.
   */
  default boolean isQuick() {
    return false;
  }

  @Override
  default byte[] encode(T object) {
    return BinaryStrings.toBytes(encodeBinary(object));
  }

  @Override
  default T decode(byte[] bytes) {
    return decodeBinary(BinaryStrings.fromBytes(bytes));
  }

  /** Returns the codec itself if it is one of these, or one that goes through it. */
  static <T> BinaryCodec<T> of(Codec<T> codec) {
    Objects.requireNonNull(codec, "codec");
    return codec instanceof BinaryCodec<T> binary ? binary : new Adapter<>(codec);
  }

  /** A foreign codec, whose failures become {@link CodecException}s. */
  record Adapter<T>(Codec<T> codec) implements BinaryCodec<T> {
    @Override
    public @Binary String encodeBinary(T object) {
      Objects.requireNonNull(object, "object");
      byte[] bytes;
      try {
        bytes = codec.encode(object);
      } catch (StoreException e) {
        throw e;
      } catch (RuntimeException e) {
        throw new CodecException("the codec could not encode an object", e);
      }
      if (bytes == null) {
        throw new CodecException("a codec must not encode an object to null");
      }
      return BinaryStrings.fromBytes(bytes);
    }

    @Override
    public T decodeBinary(@Binary String bytes) {
      T object;
      try {
        object = codec.decode(BinaryStrings.toBytes(bytes));
      } catch (StoreException e) {
        throw e;
      } catch (RuntimeException e) {
        throw new CodecException("the codec could not decode bytes", e);
      }
      if (object == null) {
        throw new CodecException("a codec must not decode bytes to null");
      }
      return object;
    }
  }
}
