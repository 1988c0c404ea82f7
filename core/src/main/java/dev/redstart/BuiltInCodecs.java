// SPDX-License-Identifier: Apache-2.0
package dev.redstart;

import dev.redstart.spi.Binary;
import dev.redstart.spi.BinaryCodec;
import dev.redstart.spi.BinaryStrings;
import dev.redstart.text.Decimals;
import java.util.Objects;

/**
 * The codecs that {@link Codec} offers without arguments.
 *
 * <p>Immutable.
 */
final class BuiltInCodecs {
  static final BinaryCodec<String> TEXT = new Text();
  static final BinaryCodec<byte[]> BYTES = new Bytes();
  static final BinaryCodec<Long> LONGS = new Longs();
  static final BinaryCodec<Double> DOUBLES = new Doubles();

  private BuiltInCodecs() {}

  /** Text in UTF-8. */
  private static final class Text implements BinaryCodec<String> {
    @Override
    public boolean isQuick() {
      return true;
    }

    @Override
    public @Binary String encodeBinary(String object) {
      return BinaryStrings.fromText(object);
    }

    @Override
    public String decodeBinary(@Binary String bytes) {
      return BinaryStrings.toText(bytes);
    }

    @Override
    public String decodeAscii(@Binary String bytes) {
      return bytes;
    }
  }

  /** Bytes as they are. */
  private static final class Bytes implements BinaryCodec<byte[]> {
    @Override
    public boolean isQuick() {
      return true;
    }

    @Override
    public @Binary String encodeBinary(byte[] object) {
      return BinaryStrings.fromBytes(object);
    }

    @Override
    public byte[] decodeBinary(@Binary String bytes) {
      return BinaryStrings.toBytes(bytes);
    }
  }

  /** Whole numbers in decimal. */
  private static final class Longs implements BinaryCodec<Long> {
    @Override
    public boolean isQuick() {
      return true;
    }

    @Override
    public @Binary String encodeBinary(Long object) {
      return Long.toString(object);
    }

    @Override
    public Long decodeBinary(@Binary String bytes) {
      long number = Decimals.parseLong(bytes);
      if (number == Decimals.NOT_A_LONG && !Decimals.isLong(bytes)) {
        throw new CodecException("bytes must be a decimal of 64 bits");
      }
      return number;
    }
  }

  /** Fractions in the shortest decimal that reads back. */
  private static final class Doubles implements BinaryCodec<Double> {
    @Override
    public boolean isQuick() {
      return true;
    }

    @Override
    public @Binary String encodeBinary(Double object) {
      if (Objects.requireNonNull(object, "object").isNaN()) {
        throw new CodecException("a fraction must be a number: NaN");
      }
      return Decimals.print(object);
    }

    @Override
    public Double decodeBinary(@Binary String bytes) {
      double number = Decimals.parseDouble(bytes);
      if (Double.isNaN(number)) {
        throw new CodecException("bytes must be a decimal fraction");
      }
      return number;
    }
  }
}
