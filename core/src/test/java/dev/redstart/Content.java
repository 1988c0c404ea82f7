// SPDX-License-Identifier: Apache-2.0
package dev.redstart;

import dev.redstart.spi.BinaryStrings;
import java.util.List;

/**
 * A kind of content that contract suites run with, made of short ASCII names.
 *
 * <p>Immutable. An object's bytes are a prefix and the name, so objects have the order of their
 * names, and tests can speak of "a" and "b" whatever the codec.
 */
final class Content<E> {
  static final Content<String> ASCII = new Content<>("ASCII", Codec.text(), "", "");

  /** Too long for Redis's listpack, so that sorted sets are large from the first member on. */
  static final Content<String> LONG_ASCII =
      new Content<>("LONG_ASCII", Codec.text(), "x".repeat(70), "a rather long key: ");

  static final Content<String> TEXT =
      new Content<>("TEXT", Codec.text(), BinaryStrings.fromText("é键😀"), "键é😀");

  static final Content<byte[]> SHORT_BYTES =
      new Content<>("SHORT_BYTES", Codec.bytes(), "\0\r\n\u007f\u0080\u00ff", "\0\r\n");

  static final Content<byte[]> ALL_BYTES =
      new Content<>("ALL_BYTES", Codec.bytes(), allBytes(), "{b}");

  static final List<Content<?>> ALL = List.of(ASCII, LONG_ASCII, TEXT, SHORT_BYTES, ALL_BYTES);

  private final String label;
  private final Codec<E> codec;
  private final String prefix;
  private final String keyPrefix;

  private Content(String label, Codec<E> codec, String prefix, String keyPrefix) {
    this.label = label;
    this.codec = codec;
    this.prefix = prefix;
    this.keyPrefix = keyPrefix;
  }

  Codec<E> codec() {
    return codec;
  }

  /** Returns the object of a name. */
  E of(String name) {
    return codec.decode(BinaryStrings.toBytes(bytes(name)));
  }

  /** Returns the name of an object that {@link #of} made. */
  String name(E object) {
    String bytes = BinaryStrings.fromBytes(codec.encode(object));
    if (!bytes.startsWith(prefix)) {
      throw new AssertionError("not of this content: " + bytes);
    }
    return bytes.substring(prefix.length());
  }

  /** Returns the bytes of the object of a name, as a binary string. */
  String bytes(String name) {
    return prefix + name;
  }

  /** Returns a key, in the same spirit. */
  String key(String name) {
    return keyPrefix + name;
  }

  @Override
  public String toString() {
    return label;
  }

  private static String allBytes() {
    StringBuilder bytes = new StringBuilder(256);
    for (char each = 0; each < 256; each++) {
      bytes.append(each);
    }
    return bytes.toString();
  }
}
