// SPDX-License-Identifier: Apache-2.0
package dev.redstart.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class KeyPatternTest {
  @Test
  void of_starOnly_namesAKeyForEachElement() {
    assertEquals(new KeyPattern("w_", "", null), KeyPattern.of("", "w_*"));
    assertEquals(new KeyPattern("", "_w", null), KeyPattern.of("", "*_w"));
    assertEquals(new KeyPattern("a", "b*c", null), KeyPattern.of("", "a*b*c"));
    assertEquals("w_7x", KeyPattern.of("", "w_*x").key("7"));
    assertTrue(KeyPattern.of("", "*").namesKeys());
  }

  @Test
  void of_arrowBehindTheStar_namesAField() {
    assertEquals(new KeyPattern("w_", "", "f"), KeyPattern.of("", "w_*->f"));
    assertEquals(new KeyPattern("w_", "x", "field"), KeyPattern.of("", "w_*x->field"));
    assertEquals(new KeyPattern("a", "", "b->c"), KeyPattern.of("", "a*->b->c"));
    assertEquals(new KeyPattern("a->b", "c", "d*"), KeyPattern.of("", "a->b*c->d*"));
  }

  @Test
  void of_arrowWithNothingBehindOrBeforeTheStar_isAPartOfTheKey() {
    assertEquals(new KeyPattern("w_", "->", null), KeyPattern.of("", "w_*->"));
    assertEquals(new KeyPattern("w->f", "", null), KeyPattern.of("", "w->f*"));
    assertEquals(new KeyPattern("w->", "-", null), KeyPattern.of("", "w->*-"));
  }

  @Test
  void of_noStar_namesNoKey() {
    assertFalse(KeyPattern.of("", "key->f").namesKeys());
    assertFalse(KeyPattern.of("", "key->f").isElement());
    assertTrue(KeyPattern.of("", "#").isElement());
    assertFalse(KeyPattern.of("", "##").isElement());
    assertFalse(KeyPattern.of("", "#*").isElement());
  }
}
