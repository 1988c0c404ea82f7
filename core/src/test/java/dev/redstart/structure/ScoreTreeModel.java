// SPDX-License-Identifier: Apache-2.0
package dev.redstart.structure;

import dev.redstart.spi.Binary;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;

/**
 * A plain sorted set to hold {@link ScoreTree} and {@link PackedScores} against.
 *
 * <p>Confined to its test.
 */
final class ScoreTreeModel {
  /** The kinds of scores that a run draws from. */
  enum Scores {
    EQUAL,
    FEW,
    MANY,
    SPECIAL;

    double next(SplittableRandom random) {
      return switch (this) {
        case EQUAL -> random.nextBoolean() ? 0.0 : -0.0;
        case FEW -> random.nextInt(5);
        case MANY -> random.nextDouble() * 1000 - 500;
        case SPECIAL -> SPECIAL_SCORES[random.nextInt(SPECIAL_SCORES.length)];
      };
    }
  }

  /** A pair of score and member; printed with the member's length, which tells enough. */
  record Element(double score, @Binary String member) implements Comparable<Element> {
    @Override
    public int compareTo(Element other) {
      if (score == other.score) {
        return member.compareTo(other.member);
      }
      return score < other.score ? -1 : 1;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Element element && compareTo(element) == 0;
    }

    @Override
    public int hashCode() {
      return member.hashCode();
    }
  }

  private static final double[] SPECIAL_SCORES = {
    Double.NEGATIVE_INFINITY,
    -Double.MAX_VALUE,
    -1,
    -Double.MIN_VALUE,
    -0.0,
    0.0,
    Double.MIN_VALUE,
    1,
    Math.nextUp(1.0),
    Double.MAX_VALUE,
    Double.POSITIVE_INFINITY
  };

  private final TreeSet<Element> elements = new TreeSet<>();

  ScoreTreeModel copy() {
    ScoreTreeModel copy = new ScoreTreeModel();
    copy.elements.addAll(elements);
    return copy;
  }

  int size() {
    return elements.size();
  }

  boolean add(double score, @Binary String member) {
    return elements.add(new Element(score, member));
  }

  boolean remove(double score, @Binary String member) {
    return elements.remove(new Element(score, member));
  }

  List<Element> removeRange(int from, int to) {
    List<Element> range = new ArrayList<>(list().subList(from, to));
    range.forEach(elements::remove);
    return range;
  }

  long rank(double score, @Binary String member) {
    Element element = new Element(score, member);
    return elements.contains(element) ? elements.headSet(element).size() : -1;
  }

  long countBelow(double bound, boolean inclusive) {
    return elements.stream()
        .filter(element -> element.score < bound || (inclusive && element.score == bound))
        .count();
  }

  long countBelowMember(@Binary String bound, boolean inclusive) {
    return elements.stream()
        .filter(element -> element.member.compareTo(bound) < (inclusive ? 1 : 0))
        .count();
  }

  List<Element> list() {
    return new ArrayList<>(elements);
  }

  Element get(int rank) {
    return list().get(rank);
  }

  /** Returns a member of few or many bytes, of all values, so that prefixes and twins occur. */
  static @Binary String nextMember(SplittableRandom random) {
    int length = random.nextInt(8) == 0 ? random.nextInt(40) : random.nextInt(3);
    StringBuilder member = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      member.append((char) random.nextInt(256));
    }
    return member.toString();
  }
}
