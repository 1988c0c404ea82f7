// SPDX-License-Identifier: Apache-2.0
package dev.redstart.local;

import dev.redstart.Codec;
import dev.redstart.operation.StringForm;
import dev.redstart.spi.Binary;
import dev.redstart.spi.BinaryCodec;
import dev.redstart.spi.BinaryStrings;
import dev.redstart.spi.ReferenceCodec;
import dev.redstart.structure.ReferenceValue;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a codec's objects rest in the store, and come out of it.
 *
 * <p>Immutable.
 */
abstract class ValueForm<V> {
  /** The form of text, made once because it is used the most. */
  static final ValueForm<String> TEXT = new TextForm();

  /** Returns the form of a codec. */
  @SuppressWarnings("unchecked") // each built-in codec is known by identity to be of its type
  static <V> ValueForm<V> of(Codec<V> codec) {
    Objects.requireNonNull(codec, "codec");
    if (codec == (Object) Codec.text()) {
      return (ValueForm<V>) TEXT;
    }
    if (codec == (Object) Codec.longs()) {
      return (ValueForm<V>) new LongForm();
    }
    return codec instanceof ReferenceCodec<V> reference
        ? new ReferenceForm<>(reference)
        : new BytesForm<>(BinaryCodec.of(codec));
  }

  /** Returns what is put into the store for an object. */
  abstract Object toStored(V object);

  /** Returns the object of what stood in the store. */
  abstract V fromStored(Object stored);

  /** Returns an object's bytes. */
  abstract @Binary String toBytes(V object);

  final @Nullable V fromStoredOrNull(@Nullable Object stored) {
    return stored == null ? null : fromStored(stored);
  }

  /** Text rests as its bytes. */
  private static final class TextForm extends ValueForm<String> {
    @Override
    Object toStored(String object) {
      return StringForm.ofText(object);
    }

    @Override
    String fromStored(Object stored) {
      if (stored instanceof String ascii) {
        return ascii;
      }
      return stored instanceof byte[] utf8
          ? BinaryStrings.toText(utf8)
          : BinaryStrings.toText(StringForm.bytes(stored));
    }

    @Override
    @Binary
    String toBytes(String object) {
      return BinaryStrings.fromText(object);
    }
  }

  /** Whole numbers rest as numbers. */
  private static final class LongForm extends ValueForm<Long> {
    @Override
    Object toStored(Long object) {
      return Objects.requireNonNull(object, "value");
    }

    @Override
    Long fromStored(Object stored) {
      return stored instanceof Long number
          ? number
          : BinaryCodec.of(Codec.longs()).decodeBinary(StringForm.bytes(stored));
    }

    @Override
    @Binary
    String toBytes(Long object) {
      return Long.toString(object);
    }
  }

  /** Anything else rests as its bytes. */
  private static final class BytesForm<V> extends ValueForm<V> {
    private final BinaryCodec<V> codec;

    BytesForm(BinaryCodec<V> codec) {
      this.codec = codec;
    }

    @Override
    Object toStored(V object) {
      return StringForm.of(toBytes(object));
    }

    @Override
    V fromStored(Object stored) {
      return codec.decodeBinary(StringForm.bytes(stored));
    }

    @Override
    @Binary
    String toBytes(V object) {
      return codec.encodeBinary(Objects.requireNonNull(object, "value"));
    }
  }

  /** References rest as the objects themselves. */
  private static final class ReferenceForm<V> extends ValueForm<V> {
    private final ReferenceCodec<V> codec;

    ReferenceForm(ReferenceCodec<V> codec) {
      this.codec = codec;
    }

    @Override
    @SuppressWarnings("unchecked") // the value hands the form nothing but this object
    Object toStored(V object) {
      return new ReferenceValue(
          Objects.requireNonNull(object, "value"), (BinaryCodec<Object>) codec.form());
    }

    @Override
    @SuppressWarnings("unchecked") // only an object that this very form has stored is cast
    V fromStored(Object stored) {
      if (stored instanceof ReferenceValue reference && reference.isOf(codec.form())) {
        return (V) reference.object();
      }
      return codec.decodeBinary(StringForm.bytes(stored));
    }

    @Override
    @Binary
    String toBytes(V object) {
      return codec.encodeBinary(Objects.requireNonNull(object, "value"));
    }
  }
}
