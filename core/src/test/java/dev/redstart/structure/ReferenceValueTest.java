// SPDX-License-Identifier: Apache-2.0
package dev.redstart.structure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redstart.spi.BinaryCodec;
import org.junit.jupiter.api.Test;

class ReferenceValueTest {
  /** Counts what it is asked for. */
  private static final class Counting implements BinaryCodec<Object> {
    private int encoded;

    @Override
    public String encodeBinary(Object object) {
      encoded++;
      return "bytes of " + object;
    }

    @Override
    public Object decodeBinary(String bytes) {
      throw new AssertionError("nothing is decoded");
    }
  }

  @Test
  void bytes_askedForTwice_areMadeOnce() {
    Counting form = new Counting();
    Object object = new Object();
    ReferenceValue value = new ReferenceValue(object, form);
    assertSame(object, value.object());
    assertFalse(value.isEncoded());
    assertEquals(0, form.encoded);
    assertEquals("bytes of " + object, value.bytes());
    assertTrue(value.isEncoded());
    assertEquals("bytes of " + object, value.bytes());
    assertEquals(1, form.encoded);
  }

  @Test
  void isOf_anotherForm_isFalse() {
    Counting form = new Counting();
    ReferenceValue value = new ReferenceValue("object", form);
    assertTrue(value.isOf(form));
    assertFalse(value.isOf(new Counting()));
  }
}
