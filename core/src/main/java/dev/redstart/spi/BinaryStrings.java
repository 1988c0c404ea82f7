// SPDX-License-Identifier: Apache-2.0
package dev.redstart.spi;

import dev.redstart.CodecException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * The one place where text, bytes and binary strings are turned into each other.
 *
 * <p>Stateless; safe for many threads.
 */
public final class BinaryStrings {
  private static final int ASCII_LIMIT = 0x80;

  private BinaryStrings() {}

  /**
   * Returns the UTF-8 bytes of a text as a binary string; the text itself when it is ASCII.
   *
   * @throws CodecException when the text holds an unpaired surrogate
   */
  public static @Binary String fromText(String text) {
    return isAscii(text) ? text : encodeUtf8(text);
  }

  /**
   * Returns the text whose UTF-8 bytes the binary string holds; the string itself when ASCII.
   *
   * @throws CodecException when the bytes are not UTF-8
   */
  public static String toText(@Binary String binary) {
    return isAscii(binary) ? binary : decodeUtf8(binary);
  }

  /**
   * Returns the UTF-8 bytes of a text.
   *
   * @throws CodecException when the text holds an unpaired surrogate
   */
  public static byte[] toUtf8(String text) {
    return toBytes(fromText(text));
  }

  /**
   * Returns the text of UTF-8 bytes.
   *
   * @throws CodecException when the bytes are not UTF-8
   */
  public static String toText(byte[] bytes) {
    return toText(fromBytes(bytes));
  }

  /** Returns a binary string of all the bytes, which are copied. */
  public static @Binary String fromBytes(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  /** Returns a binary string of {@code length} bytes from {@code offset} on, which are copied. */
  @SuppressWarnings("deprecation") // the zero is every char's high byte; no charset to look up
  public static @Binary String fromBytes(byte[] bytes, int offset, int length) {
    return new String(bytes, 0, offset, length);
  }

  /** Returns the bytes of a binary string in a new array. */
  public static byte[] toBytes(@Binary String binary) {
    return binary.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Copies the bytes of a binary string into {@code target} from {@code offset} on. */
  @SuppressWarnings("deprecation") // drops the high byte of each char, which here is always zero
  public static void copyTo(@Binary String binary, byte[] target, int offset) {
    binary.getBytes(0, binary.length(), target, offset);
  }

  /** Tells whether all chars are below 128, so that text and binary string are the same. */
  public static boolean isAscii(String string) {
    int length = string.length();
    int i = 0;
    for (; i + 8 <= length; i += 8) { // eight chars to a branch: the scan is on every key's path
      int united =
          string.charAt(i)
              | string.charAt(i + 1)
              | string.charAt(i + 2)
              | string.charAt(i + 3)
              | string.charAt(i + 4)
              | string.charAt(i + 5)
              | string.charAt(i + 6)
              | string.charAt(i + 7);
      if (united >= ASCII_LIMIT) {
        return false;
      }
    }
    for (; i < length; i++) {
      if (string.charAt(i) >= ASCII_LIMIT) {
        return false;
      }
    }
    return true;
  }

  private static String encodeUtf8(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isSurrogate(c)) {
        boolean paired =
            Character.isHighSurrogate(c)
                && i + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(i + 1));
        if (!paired) {
          throw new CodecException("text must not hold an unpaired surrogate: at index " + i);
        }
        i++;
      }
    }
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  private static String decodeUtf8(String binary) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(toBytes(binary)))
          .toString();
    } catch (CharacterCodingException malformed) {
      throw new CodecException("bytes must be UTF-8 to be read as text", malformed);
    }
  }
}
