// SPDX-License-Identifier: Apache-2.0
package dev.redstart.structure;

import dev.redstart.spi.Binary;
import dev.redstart.spi.BinaryCodec;
import org.jspecify.annotations.Nullable;

/**
 * A value that rests as the application's own object until somebody needs its bytes.
 *
 * <p>Safe for many threads; the object is immutable by contract.
 */
public final class ReferenceValue {
  // Fixed after construction.
  private final Object object;
  private final BinaryCodec<Object> form;

  // A harmless race: whoever encodes finds the same bytes.
  private volatile @Nullable String bytes;

  /** Creates one; its bytes are made by {@code form} when they are asked for. */
  public ReferenceValue(Object object, BinaryCodec<Object> form) {
    this.object = object;
    this.form = form;
  }

  /** Returns the object. */
  public Object object() {
    return object;
  }

  /** Tells whether the object was stored through this very form, and so is of its type. */
  public boolean isOf(BinaryCodec<?> other) {
    return form.equals(other);
  }

  /** Tells whether the bytes are there, so that {@link #bytes} calls no foreign code. */
  public boolean isEncoded() {
    return bytes != null;
  }

  /** Returns the bytes; the first call encodes the object, and must not be under a stripe. */
  public @Binary String bytes() {
    String encoded = bytes;
    if (encoded == null) {
      encoded = form.encodeBinary(object);
      bytes = encoded;
    }
    return encoded;
  }
}
