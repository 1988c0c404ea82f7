// SPDX-License-Identifier: Apache-2.0
package dev.redstart.local;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.AbstractQueue;
import java.util.Collection;
import java.util.Iterator;
import java.util.ListIterator;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A list as a blocking deque of Java, whose first element is the left one.
 *
 * <p>Safe for many threads. It has no bound: nothing waits for room.
 */
final class ElementDeque<E> extends AbstractQueue<E> implements BlockingDeque<E> {
  private static final Duration FOREVER = ChronoUnit.FOREVER.getDuration();

  /** How many elements a drain takes at once. */
  private static final int BATCH = 100;

  private final LocalList<E> list;
  private final ElementList<E> elements;

  ElementDeque(LocalList<E> list) {
    this.list = list;
    this.elements = new ElementList<>(list);
  }

  // Adding.

  @Override
  public void addFirst(E element) {
    list.pushLeft(element);
  }

  @Override
  public void addLast(E element) {
    list.pushRight(element);
  }

  @Override
  public boolean offerFirst(E element) {
    addFirst(element);
    return true;
  }

  @Override
  public boolean offerLast(E element) {
    addLast(element);
    return true;
  }

  @Override
  public boolean offerFirst(E element, long timeout, TimeUnit unit) throws InterruptedException {
    return offerFirst(element);
  }

  @Override
  public boolean offerLast(E element, long timeout, TimeUnit unit) throws InterruptedException {
    return offerLast(element);
  }

  @Override
  public boolean offer(E element) {
    return offerLast(element);
  }

  @Override
  public boolean offer(E element, long timeout, TimeUnit unit) throws InterruptedException {
    return offerLast(element);
  }

  @Override
  public void putFirst(E element) throws InterruptedException {
    addFirst(element);
  }

  @Override
  public void putLast(E element) throws InterruptedException {
    addLast(element);
  }

  @Override
  public void put(E element) throws InterruptedException {
    addLast(element);
  }

  @Override
  public void push(E element) {
    addFirst(element);
  }

  @Override
  public boolean addAll(Collection<? extends E> all) {
    if (all == this) {
      throw new IllegalArgumentException("a deque must not be added to itself");
    }
    return elements.addAll(all);
  }

  @Override
  public int remainingCapacity() {
    return Integer.MAX_VALUE;
  }

  // Taking.

  @Override
  public @Nullable E pollFirst() {
    return list.popLeft();
  }

  @Override
  public @Nullable E pollLast() {
    return list.popRight();
  }

  @Override
  public @Nullable E poll() {
    return pollFirst();
  }

  @Override
  public @Nullable E pollFirst(long timeout, TimeUnit unit) throws InterruptedException {
    return list.popLeft(duration(timeout, unit));
  }

  @Override
  public @Nullable E pollLast(long timeout, TimeUnit unit) throws InterruptedException {
    return list.popRight(duration(timeout, unit));
  }

  @Override
  public @Nullable E poll(long timeout, TimeUnit unit) throws InterruptedException {
    return pollFirst(timeout, unit);
  }

  private static Duration duration(long timeout, TimeUnit unit) {
    return Duration.of(Math.max(0, timeout), unit.toChronoUnit());
  }

  @Override
  public E takeFirst() throws InterruptedException {
    return taken(list.popLeft(FOREVER));
  }

  @Override
  public E takeLast() throws InterruptedException {
    return taken(list.popRight(FOREVER));
  }

  @Override
  public E take() throws InterruptedException {
    return takeFirst();
  }

  private static <E> E taken(@Nullable E element) {
    if (element == null) {
      throw new IllegalStateException("inside atomically nothing may wait");
    }
    return element;
  }

  @Override
  public E removeFirst() {
    return present(pollFirst());
  }

  @Override
  public E removeLast() {
    return present(pollLast());
  }

  @Override
  public E remove() {
    return removeFirst();
  }

  @Override
  public E pop() {
    return removeFirst();
  }

  private static <E> E present(@Nullable E element) {
    if (element == null) {
      throw new NoSuchElementException();
    }
    return element;
  }

  @Override
  public int drainTo(Collection<? super E> target) {
    return drainTo(target, Integer.MAX_VALUE);
  }

  @Override
  public int drainTo(Collection<? super E> target, int limit) {
    Objects.requireNonNull(target, "target");
    if (target == this) {
      throw new IllegalArgumentException("a deque must not be drained to itself");
    }
    int drained = 0;
    int batch;
    do {
      Collection<E> taken = list.popLeft(Math.max(0, Math.min(BATCH, limit - drained)));
      taken.forEach(target::add);
      batch = taken.size();
      drained += batch;
    } while (batch == BATCH);
    return drained;
  }

  // Looking.

  @Override
  public @Nullable E peekFirst() {
    return list.get(0);
  }

  @Override
  public @Nullable E peekLast() {
    return list.get(-1);
  }

  @Override
  public @Nullable E peek() {
    return peekFirst();
  }

  @Override
  public E getFirst() {
    return present(peekFirst());
  }

  @Override
  public E getLast() {
    return present(peekLast());
  }

  @Override
  public E element() {
    return getFirst();
  }

  @Override
  public int size() {
    return elements.size();
  }

  @Override
  public boolean isEmpty() {
    return elements.isEmpty();
  }

  @Override
  public boolean contains(Object element) {
    return elements.contains(element);
  }

  // Removing.

  @Override
  public boolean remove(Object element) {
    return removeFirstOccurrence(element);
  }

  @Override
  public boolean removeFirstOccurrence(Object element) {
    return elements.remove(element);
  }

  @Override
  public boolean removeLastOccurrence(Object element) {
    return Views.answerFor(element, each -> list.remove(-1, cast(each)) > 0, false);
  }

  @Override
  public void clear() {
    elements.clear();
  }

  @Override
  public Iterator<E> iterator() {
    return elements.iterator();
  }

  @Override
  public Iterator<E> descendingIterator() {
    ListIterator<E> backwards = elements.listIterator(elements.size());
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return backwards.hasPrevious();
      }

      @Override
      public E next() {
        return backwards.previous();
      }

      @Override
      public void remove() {
        backwards.remove();
      }
    };
  }

  @SuppressWarnings("unchecked") // the codec tells if it is not
  private E cast(Object element) {
    return (E) element;
  }
}
