// SPDX-License-Identifier: Apache-2.0
package dev.redstart.structure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.redstart.spi.BinaryStrings;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SipHashTest {
  /**
   * The published answers of SipHash-1-3 for the key 00 01 .. 0f and the messages (), (00), (00 01)
   * and so on to 63 bytes; the lowest byte first.
   */
  private static final String VECTORS =
      """
      dcc40f055801acab 93ca577df39bf4c9 4dd4c74d029bcb82 fbf7dde7b80af88b
      2883d388605775cf 673b53492fd5f9de a7229fc5502b0dc5 4011b19b987d92d3
      8e9a298d11959036 e43d066cb38ea425 7f09ff92ee85de79 52c34df9c118c170
      a2d9b457b184a378 a7ff29120c766f30 345df9c011a15a60 5699512a6dd820d3
      668b907d1add4fcc 0cd8db639068f29c 3ee673b49c38fc8f 1c7d298de59d1ff2
      40e0cca6462fdcc0 44f8452bfeab92b9 2e8720a39b7bfe7f 23c1e6da7f0e5a52
      8c9c3467b2ae64f4 79095b702859cd45 a51399cae3353e3a 353bde4a4ec71da9
      0dd06cef02ed0bfb f4e1b14ab43cd988 63e6c543d6110f54 bcd1218c1fdd7023
      0db6a7166c7b1581 bff98f7ae5b9544d 3e752a1f78129f75 916b18bfbea3a1ce
      0662a2add308f52c 5730c3a32d1c10b6 a1363aae9674f4b3 9283107b54576b62
      3115e4993236d2c1 44d91a3f92c17c66 258813c8fe4f7065 a64989c2d180f224
      6b87f8faed1ccac2 9621049ffc4b16c2 23d6b168939c6ea1 fd14518b9c16fb49
      464c07dff843319f b386cc1224affdc6 8f09520ad149af7e 9a2f299d5513f31c
      121ff4a2dd304ac4 d01ea74389e9fa36 e6bcf0734cb38f31 80e9a77036bf7aa2
      756d3c24dbc0bcb4 1315b7fd52d8f823 088a7da64d5f038f 48f1e8b7e5d09cd8
      ee44a6f7bce6f4f6 f237180fd89ac5ae e094664b15f6b2c3 a8b3bbb76290199d
      """;

  @Test
  void hash_publishedVectors_agrees() {
    SipHash hash = new SipHash(0x0706050403020100L, 0x0f0e0d0c0b0a0908L);
    String[] vectors = VECTORS.trim().split("\\s+", -1);
    assertEquals(64, vectors.length);
    byte[] message = new byte[64];
    for (int length = 0; length < 64; length++) {
      long answer = hash.hash(BinaryStrings.fromBytes(message, 0, length));
      long expected = Long.reverseBytes(HexFormat.fromHexDigitsToLong(vectors[length]));
      assertEquals(expected, answer, "length " + length);
      message[length] = (byte) length;
    }
  }

  @Test
  void hash_randomBytes_agreesWithThePaper() {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 20_000; i++) {
      byte[] message = new byte[random.nextInt(i % 100 == 0 ? 1_000 : 40)];
      random.nextBytes(message);
      long key0 = random.nextLong();
      long key1 = random.nextLong();
      assertEquals(
          hashOfThePaper(key0, key1, message),
          new SipHash(key0, key1).hash(BinaryStrings.fromBytes(message)),
          () -> "seed 1: " + Arrays.toString(message));
    }
  }

  @Test
  void withRandomKey_twoHashes_differ() {
    assertNotEquals(SipHash.withRandomKey().hash("key"), SipHash.withRandomKey().hash("key"));
  }

  /** Returns the hash as the paper says it, step by step over padded words. */
  private static long hashOfThePaper(long key0, long key1, byte[] message) {
    long[] v = {
      key0 ^ 0x736f6d6570736575L,
      key1 ^ 0x646f72616e646f6dL,
      key0 ^ 0x6c7967656e657261L,
      key1 ^ 0x7465646279746573L
    };
    byte[] padded = Arrays.copyOf(message, message.length / 8 * 8 + 8);
    padded[padded.length - 1] = (byte) message.length;
    ByteBuffer words = ByteBuffer.wrap(padded).order(ByteOrder.LITTLE_ENDIAN);
    while (words.hasRemaining()) {
      long word = words.getLong();
      v[3] ^= word;
      round(v);
      v[0] ^= word;
    }
    v[2] ^= 0xff;
    for (int i = 0; i < 3; i++) {
      round(v);
    }
    return v[0] ^ v[1] ^ v[2] ^ v[3];
  }

  private static void round(long[] v) {
    half(v, 0, 1, 13, 32);
    half(v, 2, 3, 16, 0);
    half(v, 0, 3, 21, 0);
    half(v, 2, 1, 17, 32);
  }

  private static void half(long[] v, int a, int b, int left, int turn) {
    v[a] += v[b];
    v[b] = Long.rotateLeft(v[b], left) ^ v[a];
    v[a] = Long.rotateLeft(v[a], turn);
  }
}
