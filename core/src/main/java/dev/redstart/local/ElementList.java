// SPDX-License-Identifier: Apache-2.0
package dev.redstart.local;

import dev.redstart.PositionOptions;
import dev.redstart.spi.Binary;
import java.util.AbstractList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.ListIterator;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/**
 * A list as a list of Java.
 *
 * <p>Safe for many threads. Every method is atomic, but for those that touch several elements. An
 * iterator walks by index: what others insert or remove before its place shifts it.
 */
final class ElementList<E> extends AbstractList<E> implements RandomAccess {
  private final LocalList<E> list;

  ElementList(LocalList<E> list) {
    this.list = list;
  }

  @Override
  public int size() {
    return Views.size(list.size());
  }

  @Override
  public boolean isEmpty() {
    return list.size() == 0;
  }

  @Override
  public E get(int index) {
    return list.decode(seen(index));
  }

  private @Binary String seen(int index) {
    String element = index < 0 ? null : list.seen(index);
    if (element == null) {
      throw outOfBounds(index);
    }
    return element;
  }

  private IndexOutOfBoundsException outOfBounds(int index) {
    return new IndexOutOfBoundsException(
        "index must be within a list of " + list.size() + ": " + index);
  }

  @Override
  public E set(int index, E element) {
    Objects.requireNonNull(element, "element");
    while (true) {
      String seen = seen(index);
      E before = list.decode(seen);
      if (list.edits().replaceIfSame(index, seen, list.encode(element))) {
        return before;
      }
    }
  }

  @Override
  public boolean add(E element) {
    list.pushRight(element);
    return true;
  }

  @Override
  public void add(int index, E element) {
    List<@Binary String> encoded = List.of(list.encode(element));
    if (index < 0 || !list.edits().insert(index, encoded)) {
      throw outOfBounds(index);
    }
  }

  @Override
  public boolean addAll(Collection<? extends E> elements) {
    if (elements.isEmpty()) {
      return false;
    }
    list.pushRight(elements);
    return true;
  }

  @Override
  public boolean addAll(int index, Collection<? extends E> elements) {
    List<E> all = List.copyOf(elements); // the caller's may change meanwhile
    if (index < 0 || index > size()) {
      throw outOfBounds(index);
    }
    if (all.isEmpty()) {
      return false;
    }
    if (!list.edits().insert(index, list.encodeAll(all))) {
      throw outOfBounds(index);
    }
    return true;
  }

  @Override
  public E remove(int index) {
    while (true) {
      String seen = seen(index);
      E before = list.decode(seen);
      if (list.edits().replaceIfSame(index, seen, null)) {
        return before;
      }
    }
  }

  @Override
  public boolean remove(Object element) {
    return Views.answerFor(element, each -> list.remove(1, cast(each)) > 0, false);
  }

  @Override
  public boolean contains(Object element) {
    return indexOf(element) >= 0;
  }

  @Override
  public int indexOf(Object element) {
    return Views.answerFor(element, each -> index(list.indexOf(cast(each))), -1);
  }

  @Override
  public int lastIndexOf(Object element) {
    return Views.answerFor(
        element, each -> index(list.indexOf(cast(each), PositionOptions.fromRight())), -1);
  }

  private static int index(@Nullable Long index) {
    return index == null ? -1 : Views.size(index);
  }

  @Override
  public void clear() {
    list.trim(1, 0);
  }

  @Override
  protected void removeRange(int from, int to) {
    list.edits().removeRange(from, to);
  }

  @Override
  public Iterator<E> iterator() {
    return new Walk(0);
  }

  @Override
  public ListIterator<E> listIterator() {
    return new Walk(0);
  }

  @Override
  public ListIterator<E> listIterator(int index) {
    if (index < 0 || index > size()) {
      throw outOfBounds(index);
    }
    return new Walk(index);
  }

  @SuppressWarnings("unchecked") // the codec tells if it is not
  private E cast(Object element) {
    return (E) element;
  }

  /** A place between two elements, which never fails because others change the list. */
  private final class Walk implements ListIterator<E> {
    private int cursor;

    /** What was returned last, and where it stood; null after a change. */
    private @Nullable @Binary String last;

    private int lastIndex = -1;

    /** What hasNext or hasPrevious promised, and where it stood. */
    private @Nullable @Binary String promised;

    private int promisedIndex = -1;

    Walk(int cursor) {
      this.cursor = cursor;
    }

    private boolean look(int index) {
      if (promised == null || promisedIndex != index) {
        promised = index < 0 ? null : list.seen(index);
        promisedIndex = index;
      }
      return promised != null;
    }

    private E take(int index) {
      if (!look(index)) {
        throw new NoSuchElementException();
      }
      String taken = Objects.requireNonNull(promised);
      E decoded = list.decode(taken);
      promised = null;
      last = taken;
      lastIndex = index;
      return decoded;
    }

    @Override
    public boolean hasNext() {
      return look(cursor);
    }

    @Override
    public E next() {
      E next = take(cursor);
      cursor++;
      return next;
    }

    @Override
    public boolean hasPrevious() {
      return look(cursor - 1);
    }

    @Override
    public E previous() {
      E previous = take(cursor - 1);
      cursor--;
      return previous;
    }

    @Override
    public int nextIndex() {
      return cursor;
    }

    @Override
    public int previousIndex() {
      return cursor - 1;
    }

    /** Removes what was returned last, unless it is gone or another stands in its place. */
    @Override
    public void remove() {
      if (last == null) {
        throw new IllegalStateException("next or previous must be called before remove");
      }
      list.edits().replaceIfSame(lastIndex, last, null);
      cursor = lastIndex;
      forget();
    }

    /** Puts an element in the place of what was returned last, unless that is gone. */
    @Override
    public void set(E element) {
      if (last == null) {
        throw new IllegalStateException("next or previous must be called before set");
      }
      String encoded = list.encode(element);
      if (list.edits().replaceIfSame(lastIndex, last, encoded)) {
        last = encoded;
      }
      promised = null;
    }

    @Override
    public void add(E element) {
      if (!list.edits().insert(cursor, List.of(list.encode(element)))) {
        list.pushRight(element); // the list became shorter meanwhile
      }
      cursor++;
      forget();
    }

    private void forget() {
      last = null;
      lastIndex = -1;
      promised = null;
    }
  }
}
