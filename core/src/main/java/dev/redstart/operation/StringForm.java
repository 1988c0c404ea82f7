// SPDX-License-Identifier: Apache-2.0
package dev.redstart.operation;

import dev.redstart.NotANumberException;
import dev.redstart.StoreException;
import dev.redstart.WrongTypeException;
import dev.redstart.spi.Binary;
import dev.redstart.spi.BinaryStrings;
import dev.redstart.structure.BytesValue;
import dev.redstart.structure.CollectionValue;
import dev.redstart.structure.ReferenceValue;
import dev.redstart.text.Decimals;
import org.jspecify.annotations.Nullable;

/**
 * The forms in which a string rests: bytes, a number, growable bytes or a reference.
 *
 * <p>Stateless; safe for many threads.
 */
public final class StringForm {
  // Overview. A String is of ASCII chars only, so that text needs no second look on the way out;
  // other bytes are a byte[] that nobody changes. A Long prints as its decimal. BytesValue grows
  // and changes in place. ReferenceValue is an object of the application.

  /** The longest string, in bytes. Redis: proto-max-bulk-len. */
  public static final long MAX_LENGTH = 512L << 20;

  /** Growable bytes up to this length are copied under a hold; longer ones are frozen. */
  private static final int COPIED_LENGTH = 16 << 10;

  private StringForm() {}

  /** Returns the form in which bytes rest. */
  public static Object of(@Binary String bytes) {
    return BinaryStrings.isAscii(bytes) ? bytes : BinaryStrings.toBytes(bytes);
  }

  /** Returns the form in which text rests. */
  public static Object ofText(String text) {
    return BinaryStrings.isAscii(text) ? text : BinaryStrings.toUtf8(text);
  }

  /**
   * Returns a string in a form that may be read after the hold, or null for null.
   *
   * @throws WrongTypeException if the value is no string
   */
  static @Nullable Object toRead(@Nullable Object value) {
    if (value instanceof BytesValue bytes) {
      return bytes.length() <= COPIED_LENGTH ? of(bytes.read(0, bytes.length())) : bytes.freeze();
    }
    if (value instanceof CollectionValue) {
      throw new WrongTypeException();
    }
    return value;
  }

  /** Returns the bytes of a string that was made ready to read. */
  public static @Binary String bytes(Object form) {
    if (form instanceof String string) {
      return string;
    }
    if (form instanceof byte[] bytes) {
      return BinaryStrings.fromBytes(bytes);
    }
    if (form instanceof Long number) {
      return Long.toString(number);
    }
    if (form instanceof ReferenceValue reference) {
      return reference.bytes();
    }
    if (form instanceof BytesValue bytes) {
      return bytes.read(0, bytes.length());
    }
    throw new WrongTypeException();
  }

  /** Returns the length of a string in bytes. */
  static long length(Object form) {
    if (form instanceof byte[] bytes) {
      return bytes.length;
    }
    return form instanceof BytesValue bytes ? bytes.length() : bytes(form).length();
  }

  /** Returns a string's bytes from {@code from} to {@code to}, excluded. */
  static @Binary String part(Object form, long from, long to) {
    return form instanceof BytesValue bytes
        ? bytes.read(from, to)
        : bytes(form).substring((int) from, (int) to);
  }

  /** Returns a string as growable bytes: itself if it is, or a copy. */
  static BytesValue growable(Object form) {
    return form instanceof BytesValue bytes ? bytes : new BytesValue(bytes(form));
  }

  /**
   * Returns a string as a number.
   *
   * @throws NotANumberException if it is not a decimal of 64 bits
   */
  public static long number(Object form) {
    if (form instanceof Long number) {
      return number;
    }
    String bytes = bytes(form);
    long number = Decimals.parseLong(bytes);
    if (number == Decimals.NOT_A_LONG && !Decimals.isLong(bytes)) {
      throw NotANumberException.integer();
    }
    return number;
  }

  /** Refuses a string that would be longer than {@link #MAX_LENGTH}. */
  static void checkLength(long length) {
    if (length > MAX_LENGTH || length < 0) {
      throw new StoreException("ERR", "string exceeds maximum allowed size (proto-max-bulk-len)");
    }
  }

  /** Tells whether two strings, neither in need of foreign code, are the same. */
  static boolean isSame(@Nullable Object present, @Nullable Object seen) {
    if (present == seen || present == null || seen == null) {
      return present == seen;
    }
    if (present instanceof ReferenceValue || seen instanceof ReferenceValue) {
      return false;
    }
    return length(present) == length(seen) && bytes(present).equals(bytes(seen));
  }
}
