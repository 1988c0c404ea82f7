// SPDX-License-Identifier: Apache-2.0
package dev.redstart.operation;

import dev.redstart.ListEnd;
import dev.redstart.keyspace.Access;
import dev.redstart.keyspace.Hold;
import dev.redstart.spi.Binary;
import dev.redstart.structure.ListValue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Taking elements from the first of several lists that has any, waiting or not.
 *
 * <p>Immutable; as safe for threads as its access. A pop costs O(k).
 */
public final class ListPops extends FirstPops<ListValue, List<@Binary String>> {
  private final ListEnd from;
  private final long count;

  /**
   * Creates the operation.
   *
   * @param keys in the order in which they are looked at
   * @param from the end that is taken from
   * @param count how many elements to take at most; positive
   */
  public ListPops(Access access, List<@Binary String> keys, ListEnd from, long count) {
    super(access, keys, ListValue.TYPE);
    this.from = from;
    this.count = count;
  }

  @Override
  List<@Binary String> look(ListValue list) {
    long size = list.size();
    int taken = Math.toIntExact(Math.min(count, size));
    List<String> elements = new ArrayList<>(taken);
    if (from == ListEnd.LEFT) {
      list.forEach(0, taken, elements::add);
    } else {
      list.forEachReverse(size - taken, size, elements::add);
    }
    return elements;
  }

  @Override
  boolean isSame(List<@Binary String> one, List<@Binary String> other) {
    return one.equals(other);
  }

  @Override
  List<@Binary String> nothing() {
    return new ArrayList<>();
  }

  @Override
  long pop(Hold hold, List<@Binary String> popped) {
    return ListOperations.pop(hold, from, count, popped);
  }

  @Override
  public void putBack(Taken<List<@Binary String>> taken) {
    List<String> elements = new ArrayList<>(taken.elements());
    Collections.reverse(elements);
    new ListOperations(access.forced(), taken.key()).push(from, elements, false);
  }
}
