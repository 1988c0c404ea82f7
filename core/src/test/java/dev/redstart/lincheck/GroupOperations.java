// SPDX-License-Identifier: Apache-2.0
package dev.redstart.lincheck;

import dev.redstart.GroupOptions;
import dev.redstart.Store;
import dev.redstart.StoreGroup;
import dev.redstart.structure.SegmentTable;
import java.util.List;
import java.util.Map;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jspecify.annotations.Nullable;

/**
 * What Lincheck calls of a limited group: three keys, of which there may be one.
 *
 * <p>Safe for many threads.
 */
public abstract class GroupOperations extends ViewOperations {
  private static final List<String> GROUPED =
      keys("group:", 3).stream().map(key -> key.substring("group:".length())).toList();

  /** In a database of its own, so that the other operations know nothing of a limit. */
  private final StoreGroup group;

  GroupOperations(Store store) {
    super(store);
    this.group = store.database(1).group("group:", GroupOptions.none().limit(1));
  }

  /** Returns keys of which those of even numbers are in one of two stripes. */
  static List<String> keys(String prefix, int count) {
    String[] keys = new String[count];
    for (int number = 0; number < count; number++) {
      int suffix = 10 * number;
      while (SegmentTable.spread(prefix + suffix) >>> 31 != number % 2) {
        suffix++;
      }
      keys[number] = prefix + suffix;
    }
    return List.of(keys);
  }

  @Operation
  public void setGrouped(int key, int text) {
    group.value(GROUPED.get(key)).set("" + text);
  }

  @Operation
  public @Nullable String grouped(int key) {
    return group.value(GROUPED.get(key)).get();
  }

  @Operation
  public boolean deleteGrouped(int key) {
    return group.value(GROUPED.get(key)).delete();
  }

  @Operation
  public void renameGrouped(int key, int newKey) {
    group.keys().rename(GROUPED.get(key), GROUPED.get(newKey));
  }

  @Operation
  public void setTwoGrouped(int text) {
    group.values().setAll(Map.of(GROUPED.get(0), "" + text, GROUPED.get(1), "" + text));
  }

  /** Removes one and sets another, which may have its room. */
  @Operation
  public void replaceGrouped(int key, int other, int text) {
    group.atomically(
        List.of(GROUPED.get(key), GROUPED.get(other)),
        tx -> {
          tx.keys().delete(GROUPED.get(key));
          tx.value(GROUPED.get(other)).set("" + text);
        });
  }

  /** Removes one and sets another, and then gives up. */
  @Operation
  public String failToReplaceGrouped(int key, int other) {
    try {
      group.atomically(
          List.of(GROUPED.get(key), GROUPED.get(other)),
          tx -> {
            tx.keys().delete(GROUPED.get(key));
            tx.value(GROUPED.get(other)).set("gone");
            throw new ArithmeticException("on purpose");
          });
      return "done";
    } catch (ArithmeticException e) {
      return "rolled back";
    }
  }

  @Operation
  public long sizeOfGroup() {
    return group.size();
  }
}
