// SPDX-License-Identifier: Apache-2.0
package dev.redstart.local;

import dev.redstart.RSet;
import java.util.AbstractSet;
import java.util.Collection;
import java.util.Iterator;

/**
 * A set as a set of Java.
 *
 * <p>Safe for many threads. Every method is atomic, but for those that look at several members.
 */
final class MemberSet<E> extends AbstractSet<E> {
  private final RSet<E> set;

  MemberSet(RSet<E> set) {
    this.set = set;
  }

  @Override
  public int size() {
    return Views.size(set.size());
  }

  @Override
  public boolean isEmpty() {
    return set.size() == 0;
  }

  @Override
  public boolean contains(Object member) {
    return Views.answerFor(member, each -> set.contains(cast(each)), false);
  }

  @Override
  public boolean add(E member) {
    return set.add(member);
  }

  @Override
  public boolean addAll(Collection<? extends E> members) {
    return !members.isEmpty() && set.add(members) > 0;
  }

  @Override
  public boolean remove(Object member) {
    return Views.answerFor(member, each -> set.remove(cast(each)), false);
  }

  @Override
  public void clear() {
    if (set.size() > 0) { // which refuses a key of another type
      set.delete();
    }
  }

  @Override
  public Iterator<E> iterator() {
    return Views.removing(set.scan(Views.PAGE).iterator(), set::remove);
  }

  @SuppressWarnings("unchecked") // the codec tells if it is not
  private E cast(Object member) {
    return (E) member;
  }
}
