// SPDX-License-Identifier: Apache-2.0
package dev.redstart.local;

import dev.redstart.ScanPage;
import dev.redstart.Scored;
import dev.redstart.operation.ScoreEdits;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The members of a sorted set with their scores as a map of Java, in the order of the scores.
 *
 * <p>Safe for many threads. An iterator goes over the set as it was when the iterator was made.
 */
final class ScoreMap<E> extends MapView<E, Double> {
  /** How many members an iterator fetches at once. */
  private static final int PAGE = 100;

  private final LocalSortedSet<E> set;

  ScoreMap(LocalSortedSet<E> set) {
    this.set = set;
  }

  @Override
  long entries() {
    return set.size();
  }

  @Override
  boolean contains(E member) {
    return set.contains(member);
  }

  @Override
  @Nullable Double find(E member) {
    return set.score(member);
  }

  @Override
  Change<Double> change(E member, Function<@Nullable Double, ? extends @Nullable Double> function) {
    while (true) {
      Double before = set.score(member);
      Double after = function.apply(before);
      if (Objects.equals(before, after) || set.replaceScore(member, before, after)) {
        return new Change<>(before, after);
      }
    }
  }

  @Override
  @Nullable Double getAndPut(E member, Double score) {
    while (true) {
      Double before = set.score(member);
      if (score.equals(before) || set.replaceScore(member, before, score)) {
        return before;
      }
    }
  }

  @Override
  void removeKey(E member) {
    set.remove(member);
  }

  @Override
  Iterator<Entry<E, Double>> scan() {
    ScoreEdits.Pages pages = set.edits().pages();
    return new ScanIterator<>(rank -> page(set.page(pages, rank, PAGE), rank));
  }

  private static <E> ScanPage<Entry<E, Double>> page(List<Scored<E>> found, long rank) {
    return new ScanPage<>(
        found.size() < PAGE ? 0 : rank + PAGE,
        found.stream().map(each -> Map.entry(each.member(), each.score())).toList());
  }

  @Override
  public void clear() {
    if (set.size() > 0) { // which refuses a key of another type
      set.delete();
    }
  }
}
