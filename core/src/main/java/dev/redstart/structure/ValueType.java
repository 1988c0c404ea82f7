// SPDX-License-Identifier: Apache-2.0
package dev.redstart.structure;

import dev.redstart.KeyType;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A type of collection: how to know one, and how to make an empty one.
 *
 * <p>Immutable.
 *
 * @param keyType the type's name in the API
 * @param valueClass the class of such values
 * @param empty makes an empty value
 */
public record ValueType<V extends CollectionValue>(
    KeyType keyType, Class<V> valueClass, Supplier<V> empty) {
  /** Returns the value as this type, or null if it is another. */
  public @Nullable V cast(Object value) {
    return valueClass.isInstance(value) ? valueClass.cast(value) : null;
  }
}
