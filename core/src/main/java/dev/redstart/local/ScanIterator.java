// SPDX-License-Identifier: Apache-2.0
package dev.redstart.local;

import dev.redstart.ScanPage;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.LongFunction;

/**
 * All elements of a scan, page by page as they are asked for.
 *
 * <p>Confined to one thread at a time.
 */
final class ScanIterator<T> implements Iterator<T> {
  private final LongFunction<ScanPage<T>> scan;
  private ScanPage<T> page;
  private int next;

  ScanIterator(LongFunction<ScanPage<T>> scan) {
    this.scan = scan;
    this.page = scan.apply(0);
  }

  @Override
  public boolean hasNext() {
    while (next == page.elements().size() && !page.isLast()) {
      page = scan.apply(page.cursor());
      next = 0;
    }
    return next < page.elements().size();
  }

  @Override
  public T next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return page.elements().get(next++);
  }
}
