// SPDX-License-Identifier: Apache-2.0
package dev.redstart.spi;

/**
 * A codec whose values may rest as the objects themselves.
 *
 * <p>Immutable.
 *
 * @param form makes the bytes when they are asked for
 */
public record ReferenceCodec<T>(BinaryCodec<T> form) implements BinaryCodec<T> {
  @Override
  public @Binary String encodeBinary(T object) {
    return form.encodeBinary(object);
  }

  @Override
  public T decodeBinary(@Binary String bytes) {
    return form.decodeBinary(bytes);
  }
}
