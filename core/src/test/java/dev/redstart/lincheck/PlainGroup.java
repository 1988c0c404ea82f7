// SPDX-License-Identifier: Apache-2.0
package dev.redstart.lincheck;

import dev.redstart.GroupFullException;
import dev.redstart.NoSuchKeyException;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What {@link GroupOperations} mean, one after the other, in a plain field.
 *
 * <p>Confined to one thread.
 */
public abstract class PlainGroup extends PlainViews {
  private Map<Integer, String> grouped = new TreeMap<>();

  /** Puts other keys in the place of those that are there, unless they are more, and too many. */
  private void change(Map<Integer, String> after) {
    if (after.size() > grouped.size() && after.size() > 1) {
      throw new GroupFullException("group:");
    }
    grouped = after;
  }

  public void setGrouped(int key, int text) {
    Map<Integer, String> after = new TreeMap<>(grouped);
    after.put(key, "" + text);
    change(after);
  }

  public @Nullable String grouped(int key) {
    return grouped.get(key);
  }

  public boolean deleteGrouped(int key) {
    return grouped.remove(key) != null;
  }

  public void renameGrouped(int key, int newKey) {
    String value = grouped.remove(key);
    if (value == null) {
      throw new NoSuchKeyException();
    }
    grouped.put(newKey, value);
  }

  public void setTwoGrouped(int text) {
    Map<Integer, String> after = new TreeMap<>(grouped);
    after.put(0, "" + text);
    after.put(1, "" + text);
    change(after);
  }

  public void replaceGrouped(int key, int other, int text) {
    Map<Integer, String> after = new TreeMap<>(grouped);
    after.remove(key);
    after.put(other, "" + text);
    change(after);
  }

  public String failToReplaceGrouped(int key, int other) {
    Map<Integer, String> before = grouped;
    replaceGrouped(key, other, 0);
    grouped = before;
    return "rolled back";
  }

  public long sizeOfGroup() {
    return grouped.size();
  }
}
