// SPDX-License-Identifier: Apache-2.0
package dev.redstart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

/** The contract of {@link RHash}, with values that rest as the objects themselves. */
class HashByReferenceTest<E> extends HashTest<E> {
  private final Codec<String> byReference = Codec.reference(Codec.text());

  @Override
  RHash<E, E> hash(String name) {
    return store.hash(key(name), content.codec(), Codec.reference(content.codec()));
  }

  @Test
  void get_reference_isTheVeryObject() {
    Codec<E> codec = Codec.reference(content.codec());
    RHash<E, E> hash = store.hash(key("k"), content.codec(), codec);
    E object = of("v");
    hash.put(of("a"), object);
    assertSame(object, hash.get(of("a")));
    assertSame(object, hash.values().get(0));
    assertValue("v", super.hash("k").get(of("a")));
    assertSame(object, hash.get(of("a")));
  }

  @Test
  void increment_reference_isByItsBytes() {
    RHash<E, String> hash = store.hash(key("n"), content.codec(), byReference);
    hash.put(of("a"), "41");
    assertEquals(42, hash.increment(of("a"), 1));
    hash.put(of("a"), "0.5");
    assertEquals(0.75, hash.increment(of("a"), 0.25));
    hash.put(of("a"), "none");
    assertThrows(NotANumberException.class, () -> hash.increment(of("a"), 1));
    assertEquals("none", hash.get(of("a")));
    assertEquals(4, hash.valueLength(of("a")));
  }
}
