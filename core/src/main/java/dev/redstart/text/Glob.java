// SPDX-License-Identifier: Apache-2.0
package dev.redstart.text;

import java.util.Arrays;

/**
 * A glob pattern as Redis matches it.
 *
 * <p>Immutable. Patterns and texts are binary strings.
 *
 * <pre>
 * pattern = *element
 * element = "*"                        ; any number of bytes
 *         | "?"                        ; one byte
 *         | "[" ["^"] *member ["]"]    ; one byte that is, or is not, among the members
 *         | "\" byte                   ; that byte
 *         | byte                       ; that byte, a "\" at the end too
 * member  = "\" byte | byte "-" byte | byte
 * </pre>
 *
 * <p>A range may be reversed; its order is that of signed bytes, so {@code [a-\xff]} is 0xff and 0
 * to {@code a}. Any byte ends a range, {@code ]} and {@code \} too. The empty text is matched by
 * the empty pattern only, not by {@code *}: KEYS and SCAN look at {@link #matchesAll()} first,
 * PSUBSCRIBE does not.
 */
public final class Glob {

  // Overview
  //
  // Every element but a star takes exactly one byte. So when a mismatch follows a star, it is
  // enough to let the last star take one byte more: what an earlier star could gain, the last one
  // can. That bounds a match by elements times bytes, without a stack. What follows the last star
  // of all can only be the end of the text, so a pattern with one star takes one pass.
  //
  // An element is an int: a byte as it is, a mark below, or FIRST_SET plus a set's index.

  private static final int ANY = 0x100;
  private static final int STAR = 0x101;
  private static final int FIRST_SET = 0x102;

  /** Words of 64 bits in a set of bytes. */
  private static final int SET_WORDS = 4;

  private final String pattern;
  private final int[] elements;
  private final int lastStar;
  private final long[] sets;
  private final boolean literal;

  private Glob(String pattern, int[] elements, int lastStar, long[] sets, boolean literal) {
    this.pattern = pattern;
    this.elements = elements;
    this.lastStar = lastStar;
    this.sets = sets;
    this.literal = literal;
  }

  /** The pattern, ready to match. Every text is a pattern. */
  public static Glob compile(String pattern) {
    return new Compiler(pattern).compile();
  }

  /** Whether KEYS and SCAN take every key, the empty one too: the pattern is {@code *}. */
  public boolean matchesAll() {
    return pattern.equals("*");
  }

  /**
   * Whether the pattern has bytes only, escaped or not, and so matches {@link #literal()} alone.
   */
  public boolean isLiteral() {
    return literal;
  }

  /** The one text that a literal pattern matches. */
  public String literal() {
    if (!literal) {
      throw new IllegalStateException("pattern must be literal: " + pattern);
    }
    StringBuilder text = new StringBuilder(elements.length);
    for (int element : elements) {
      text.append((char) element);
    }
    return text.toString();
  }

  /** Whether the whole text matches. O(pattern times text) at worst, O(text) for one star. */
  public boolean matches(String text) {
    return walk(text) > 0;
  }

  /** The steps that the match took, negated when the text does not match; never zero. */
  long walk(String text) {
    int length = text.length();
    if (length == 0) {
      return elements.length == 0 ? 1 : -1;
    }
    long steps = 0;
    int at = 0;
    int element = 0;
    int afterStar = -1;
    int starEnd = 0;
    while (at < length) {
      steps++;
      if (element < elements.length && elements[element] == STAR) {
        element++;
        if (element > lastStar) {
          return walkEnd(text, at, steps);
        }
        afterStar = element;
        starEnd = at;
      } else if (element < elements.length && takes(elements[element], text.charAt(at))) {
        element++;
        at++;
      } else if (afterStar >= 0) {
        starEnd++;
        at = starEnd;
        element = afterStar;
      } else {
        return -steps;
      }
    }
    if (element == lastStar) {
      element++;
    }
    return element == elements.length ? steps : -steps;
  }

  /** Goes on where the last star takes all but as many bytes as elements follow it. */
  private long walkEnd(String text, int from, long stepsBefore) {
    long steps = stepsBefore;
    int at = text.length() - (elements.length - 1 - lastStar);
    if (at < from) {
      return -steps;
    }
    for (int element = lastStar + 1; element < elements.length; element++) {
      steps++;
      if (!takes(elements[element], text.charAt(at))) {
        return -steps;
      }
      at++;
    }
    return steps;
  }

  private boolean takes(int element, char symbol) {
    if (element < ANY) {
      return element == symbol;
    }
    if (element == ANY) {
      return true;
    }
    long word = sets[(element - FIRST_SET) * SET_WORDS + (symbol >>> 6)];
    return ((word >>> symbol) & 1) != 0;
  }

  /** The pattern as it was compiled. */
  @Override
  public String toString() {
    return pattern;
  }

  /** Reads a pattern from left to right; confined to {@link Glob#compile}. */
  private static final class Compiler {
    private final String pattern;
    private final int[] elements;
    private int elementCount;
    private long[] sets = new long[0];
    private int setCount;
    private int lastStar = -1;
    private boolean literal = true;
    private int at;

    Compiler(String pattern) {
      this.pattern = pattern;
      this.elements = new int[pattern.length()];
    }

    Glob compile() {
      while (at < pattern.length()) {
        char symbol = pattern.charAt(at);
        at++;
        switch (symbol) {
          case '*' -> addStar();
          case '?' -> addSpecial(ANY);
          case '[' -> addSet();
          case '\\' -> addEscaped();
          default -> add(symbol);
        }
      }
      return new Glob(
          pattern,
          Arrays.copyOf(elements, elementCount),
          lastStar,
          Arrays.copyOf(sets, setCount * SET_WORDS),
          literal);
    }

    private void add(int element) {
      elements[elementCount] = element;
      elementCount++;
    }

    private void addSpecial(int element) {
      add(element);
      literal = false;
    }

    private void addStar() {
      if (elementCount == 0 || elements[elementCount - 1] != STAR) {
        lastStar = elementCount;
        addSpecial(STAR);
      }
    }

    private void addEscaped() {
      if (at == pattern.length()) {
        add('\\');
      } else {
        add(pattern.charAt(at));
        at++;
      }
    }

    /** The bytes up to the closing bracket, or all that are left. */
    private void addSet() {
      addSpecial(FIRST_SET + setCount);
      int offset = setCount * SET_WORDS;
      setCount++;
      if (sets.length == offset) {
        sets = Arrays.copyOf(sets, Math.max(2 * offset, SET_WORDS));
      }
      boolean negated = left() >= 1 && pattern.charAt(at) == '^';
      if (negated) {
        at++;
      }
      while (left() >= 1 && pattern.charAt(at) != ']') {
        addMember(offset);
      }
      at++;
      for (int word = offset; negated && word < offset + SET_WORDS; word++) {
        sets[word] = ~sets[word];
      }
    }

    private void addMember(int offset) {
      char symbol = pattern.charAt(at);
      if (symbol == '\\' && left() >= 2) {
        addRange(offset, pattern.charAt(at + 1), pattern.charAt(at + 1));
        at += 2;
      } else if (left() >= 3 && pattern.charAt(at + 1) == '-') {
        addRange(offset, symbol, pattern.charAt(at + 2));
        at += 3;
      } else {
        addRange(offset, symbol, symbol);
        at++;
      }
    }

    private void addRange(int offset, char one, char other) {
      int first = Math.min((byte) one, (byte) other);
      int last = Math.max((byte) one, (byte) other);
      for (int signed = first; signed <= last; signed++) {
        int symbol = signed & 0xff;
        sets[offset + (symbol >>> 6)] |= 1L << symbol;
      }
    }

    private int left() {
      return pattern.length() - at;
    }
  }
}
