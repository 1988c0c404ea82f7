// SPDX-License-Identifier: Apache-2.0
package dev.redstart;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.Objects;

/**
 * Objects as JSON in UTF-8, by Jackson, which the application adds to its dependencies.
 *
 * <p>Immutable, safe for many threads. Properties are written in alphabetical order and maps by
 * their keys, so that equal objects have equal bytes. No type names are written or read (no default
 * typing): bytes decide only the content of the one class that was asked for.
 */
public final class JsonCodec<T> implements Codec<T> {
  private final ObjectReader reader;
  private final ObjectWriter writer;

  private JsonCodec(ObjectReader reader, ObjectWriter writer) {
    this.reader = reader;
    this.writer = writer;
  }

  /** Returns a codec of a class with a mapper of its own. */
  public static <T> JsonCodec<T> of(Class<T> type) {
    return of(
        type,
        JsonMapper.builder()
            .configure(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY, true)
            .configure(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS, true)
            .build());
  }

  /**
   * Returns a codec of a class with the application's mapper.
   *
   * <p>For members of sets the mapper must give equal objects equal bytes.
   *
   * @throws IllegalArgumentException if the mapper writes type names by default typing, with which
   *     bytes would choose the classes to make
   */
  @SuppressWarnings("exports") // who calls it has Jackson in its own requires
  public static <T> JsonCodec<T> of(Class<T> type, ObjectMapper mapper) {
    Objects.requireNonNull(type, "type");
    if (mapper.getDeserializationConfig().getDefaultTyper(mapper.constructType(Object.class))
        != null) {
      throw new IllegalArgumentException("a mapper must not have default typing");
    }
    return new JsonCodec<>(mapper.readerFor(type), mapper.writerFor(type));
  }

  @Override
  public byte[] encode(T object) {
    try {
      return writer.writeValueAsBytes(object);
    } catch (JsonProcessingException e) {
      throw new CodecException("the object could not be written as JSON", e);
    }
  }

  @Override
  public T decode(byte[] bytes) {
    try {
      return reader.readValue(bytes);
    } catch (IOException e) {
      throw new CodecException("bytes must be JSON of the codec's class", e);
    }
  }
}
