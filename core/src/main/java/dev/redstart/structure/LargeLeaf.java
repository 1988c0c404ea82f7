// SPDX-License-Identifier: Apache-2.0
package dev.redstart.structure;

import dev.redstart.spi.Binary;
import dev.redstart.spi.BinaryStrings;

/**
 * A leaf of one element that is too long to be packed with others.
 *
 * <p>Immutable.
 */
final class LargeLeaf extends ListLeaf {
  /** A header and a few fields. */
  private static final int OBJECT_BYTES = 24;

  private final @Binary String element;

  LargeLeaf(Object owner, @Binary String element) {
    super(owner);
    this.element = element;
  }

  @Override
  int count() {
    return 1;
  }

  @Override
  int bytes(int from, int to) {
    return from < to ? element.length() : 0;
  }

  @Override
  @Binary
  String get(int index) {
    return element;
  }

  @Override
  boolean isAscii(int index) {
    return BinaryStrings.isAscii(element);
  }

  @Override
  int indexOf(Sought sought, int from, int to) {
    return from < to && element.equals(sought.element) ? from : -1;
  }

  @Override
  int lastIndexOf(Sought sought, int from, int to) {
    return indexOf(sought, from, to);
  }

  @Override
  boolean fits(@Binary String other) {
    return false;
  }

  @Override
  boolean fitsInstead(int index, @Binary String other) {
    return false;
  }

  @Override
  ListLeaf with(Object newOwner, int index, @Binary String other) {
    throw new IllegalStateException("a leaf of a long element must hold nothing else");
  }

  @Override
  ListLeaf without(Object newOwner, int from, int to) {
    throw new IllegalStateException("a leaf of a long element must be removed as a whole");
  }

  @Override
  ListLeaf slice(Object newOwner, int from, int to) {
    return this;
  }

  @Override
  ListLeaf trimmed(Object newOwner) {
    return this;
  }

  @Override
  boolean isSparse() {
    return false;
  }

  @Override
  boolean joins(ListLeaf next, int eighths) {
    return false;
  }

  @Override
  ListLeaf joined(Object newOwner, ListLeaf next) {
    throw new IllegalStateException("a leaf of a long element must not join another");
  }

  @Override
  long heapBytes() {
    return OBJECT_BYTES + 2L * OBJECT_BYTES + element.length();
  }

  @Override
  void checkInvariants() {
    require(element.length() > MAX_BYTES, "element must be long: " + element.length());
  }
}
