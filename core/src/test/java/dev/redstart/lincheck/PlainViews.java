// SPDX-License-Identifier: Apache-2.0
package dev.redstart.lincheck;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What {@link ViewOperations} mean, one after the other, in plain collections.
 *
 * <p>Confined to one thread.
 */
public abstract class PlainViews {
  private static final String MEMBER = "a";

  private final List<String> elements = new ArrayList<>();
  private final Map<String, Double> scores = new HashMap<>();

  public void viewAdd(int index, int text) {
    elements.add(index, "" + text);
  }

  public String viewSet(int index, int text) {
    return elements.set(index, "" + text);
  }

  public String viewRemove(int index) {
    return elements.remove(index);
  }

  public boolean viewRemoveLast(int text) {
    int index = elements.lastIndexOf("" + text);
    return index >= 0 && elements.remove(index) != null;
  }

  public void viewPush(int text) {
    elements.add(0, "" + text);
  }

  public @Nullable String viewPollLast() {
    return elements.isEmpty() ? null : elements.remove(elements.size() - 1);
  }

  public String viewed() {
    return elements.toString();
  }

  public @Nullable Double putScore(int score) {
    return scores.put(MEMBER, (double) score);
  }

  public @Nullable Double putScoreIfAbsent(int score) {
    return scores.putIfAbsent(MEMBER, (double) score);
  }

  public boolean replaceScore(int expected, int score) {
    return scores.replace(MEMBER, (double) expected, (double) score);
  }

  public boolean removeScore(int expected) {
    return scores.remove(MEMBER, (double) expected);
  }

  public @Nullable Double mergeScore(int score) {
    return scores.merge(MEMBER, (double) score, Double::sum);
  }

  public @Nullable Double viewedScore() {
    return scores.get(MEMBER);
  }
}
