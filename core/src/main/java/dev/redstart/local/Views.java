// SPDX-License-Identifier: Apache-2.0
package dev.redstart.local;

import dev.redstart.CodecException;
import dev.redstart.ScanOptions;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the views as collections of Java share.
 *
 * <p>Stateless; safe for many threads.
 */
final class Views {
  /** How much an iterator fetches at once. */
  static final ScanOptions PAGE = ScanOptions.all().withCount(100);

  private Views() {}

  /** Returns a size as the collections of Java have it. */
  static int size(long size) {
    return (int) Math.min(Integer.MAX_VALUE, size);
  }

  /**
   * Asks about an object of any class; one that the codec does not take cannot be there.
   *
   * @throws NullPointerException if the object is null
   */
  static <O, R> R answerFor(O object, Function<? super O, R> question, R otherwise) {
    Objects.requireNonNull(object);
    try {
      return question.apply(object);
    } catch (ClassCastException foreign) {
      return otherwise;
    } catch (CodecException refused) {
      if (refused.getCause() instanceof ClassCastException) {
        return otherwise;
      }
      throw refused;
    }
  }

  /** Returns an iterator whose remove calls {@code remover} with what it returned last. */
  static <E> Iterator<E> removing(Iterator<? extends E> iterator, Consumer<? super E> remover) {
    return new Iterator<>() {
      private @Nullable E last;

      @Override
      public boolean hasNext() {
        return iterator.hasNext();
      }

      @Override
      public E next() {
        if (!iterator.hasNext()) {
          throw new NoSuchElementException();
        }
        E next = iterator.next();
        last = next;
        return next;
      }

      @Override
      public void remove() {
        E removed = last;
        if (removed == null) {
          throw new IllegalStateException("next must be called before remove");
        }
        last = null;
        remover.accept(removed);
      }
    };
  }

  /** Returns an iterator over what a function makes of another's elements. */
  static <E, R> Iterator<R> mapped(
      Iterator<? extends E> iterator, Function<? super E, ? extends R> function) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return iterator.hasNext();
      }

      @Override
      public R next() {
        return function.apply(iterator.next());
      }

      @Override
      public void remove() {
        iterator.remove();
      }
    };
  }
}
