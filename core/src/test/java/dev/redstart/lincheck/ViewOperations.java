// SPDX-License-Identifier: Apache-2.0
package dev.redstart.lincheck;

import dev.redstart.RList;
import dev.redstart.RSortedSet;
import dev.redstart.Store;
import java.util.Map;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jspecify.annotations.Nullable;

/**
 * What Lincheck calls of views: a list's as a list and as a deque, and a sorted set's as a map.
 *
 * <p>Safe for many threads.
 */
public abstract class ViewOperations {
  private static final String MEMBER = "a";

  private final RList<String> list;
  private final RSortedSet<String> set;

  ViewOperations(Store store) {
    this.list = store.list("viewed");
    this.set = store.sortedSet("viewed as scores");
  }

  @Operation
  public void viewAdd(int index, int text) {
    list.asList().add(index, "" + text);
  }

  @Operation
  public String viewSet(int index, int text) {
    return list.asList().set(index, "" + text);
  }

  @Operation
  public String viewRemove(int index) {
    return list.asList().remove(index);
  }

  @Operation
  public boolean viewRemoveLast(int text) {
    return list.asDeque().removeLastOccurrence("" + text);
  }

  @Operation
  public void viewPush(int text) {
    list.asDeque().push("" + text);
  }

  @Operation
  public @Nullable String viewPollLast() {
    return list.asDeque().pollLast();
  }

  @Operation
  public String viewed() {
    return list.range(0, -1).toString();
  }

  private Map<String, Double> scores() {
    return set.asScoreMap();
  }

  @Operation
  public @Nullable Double putScore(int score) {
    return scores().put(MEMBER, (double) score);
  }

  @Operation
  public @Nullable Double putScoreIfAbsent(int score) {
    return scores().putIfAbsent(MEMBER, (double) score);
  }

  @Operation
  public boolean replaceScore(int expected, int score) {
    return scores().replace(MEMBER, (double) expected, (double) score);
  }

  @Operation
  public boolean removeScore(int expected) {
    return scores().remove(MEMBER, (double) expected);
  }

  @Operation
  public @Nullable Double mergeScore(int score) {
    return scores().merge(MEMBER, (double) score, Double::sum);
  }

  @Operation
  public @Nullable Double viewedScore() {
    return scores().get(MEMBER);
  }
}
