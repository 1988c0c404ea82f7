// SPDX-License-Identifier: Apache-2.0
package dev.redstart.structure;

import dev.redstart.spi.Binary;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A segmented hash table of binary strings alone.
 *
 * <p>Guarded by its owner's lock; a frozen twin may be read by one thread.
 */
public final class KeyTable extends SegmentTable<KeyTable.KeySegment> implements SetForm {
  // Overview. Members are handed over by ascending hash, and a search goes to a place by its hash.
  // So to look up one table's members in another walks through both from end to end, and the tags
  // and cells of the other are in the processor's caches; only the strings themselves are not.
  // Those are touched many at a time (retain), in loops without a branch on what was found, so that
  // the processor waits for several misses in its caches at once.

  /** Segments of at most 1,024 slots: what one write copies after a freeze. */
  private static final int MAX_GROUPS = 128;

  /** Creates an empty table. */
  public KeyTable() {
    super(0, MAX_GROUPS, null);
  }

  private KeyTable(SipHash keyedHash) {
    super(0, MAX_GROUPS, keyedHash);
  }

  private KeyTable(KeyTable source) {
    super(source);
  }

  /** Returns an empty table with room for about so many keys, in any order. O(n). */
  public static KeyTable expecting(long keys) {
    KeyTable table = new KeyTable();
    table.expect(keys);
    return table;
  }

  @Override
  public KeyTable freeze() {
    return (KeyTable) freezeTable();
  }

  @Override
  public boolean contains(@Binary String key) {
    return find(key);
  }

  @Override
  public int retain(@Binary String[] strings, int count, boolean present) {
    int[] hashes = new int[count];
    for (int i = 0; i < count; i++) {
      hashes[i] = hash(strings[i]);
    }
    String[] candidates = new String[count];
    int[] codes = new int[count];
    for (int i = 0; i < count; i++) {
      String candidate = candidate(hashes[i], strings[i]);
      candidates[i] = candidate;
      codes[i] = candidate == null ? 0 : candidate.hashCode();
    }
    int kept = 0;
    for (int i = 0; i < count; i++) {
      String string = strings[i];
      String candidate = candidates[i];
      boolean isThere =
          candidate != null
              && ((codes[i] == string.hashCode() && candidate.equals(string))
                  || find(hashes[i], string)); // it may stand behind the one that was met
      if (isThere == present) {
        strings[kept++] = string;
      }
    }
    return kept;
  }

  /** Returns the key that a search meets first, or null if it meets none. O(1). */
  private @Nullable String candidate(int hash, @Binary String key) {
    KeySegment found = segmentOf(hash);
    if (found.nested == null) {
      return found.candidate(hash);
    }
    return find(hash, key) ? keyAtCursor() : null;
  }

  /** Adds a key; false if it was there. O(1) amortized. */
  public boolean add(@Binary String key) {
    if (find(key)) {
      return false;
    }
    insert(key);
    return true;
  }

  @Override
  public boolean remove(@Binary String key) {
    if (!find(key)) {
      return false;
    }
    remove();
    return true;
  }

  @Override
  public @Binary String random(RandomGenerator random) {
    findRandom(random);
    return keyAtCursor();
  }

  @Override
  public void forEachWhile(Predicate<? super @Binary String> visitor) {
    boolean[] goesOn = {true};
    forEachSegment(
        found -> {
          for (int at = 0; goesOn[0] && at < found.slots(); at++) {
            String key = found.key(at);
            goesOn[0] = key == null || visitor.test(key);
          }
        });
  }

  @Override
  KeySegment newSegment(
      Object owner, int prefixBits, int groups, @Nullable SegmentTable<?> nested) {
    return new KeySegment(owner, prefixBits, groups, nested);
  }

  @Override
  KeySegment copySegment(Object owner, KeySegment source, @Nullable SegmentTable<?> nested) {
    return new KeySegment(owner, source, nested);
  }

  @Override
  SegmentTable<KeySegment> newNested(SipHash keyedHash) {
    return new KeyTable(keyedHash);
  }

  @Override
  SegmentTable<KeySegment> twin() {
    return new KeyTable(this);
  }

  /** A segment without payload. */
  static final class KeySegment extends Segment {
    KeySegment(Object owner, int prefixBits, int groups, @Nullable SegmentTable<?> nested) {
      super(owner, prefixBits, groups, 0, nested);
    }

    KeySegment(Object owner, KeySegment source, @Nullable SegmentTable<?> nested) {
      super(owner, source, nested);
    }

    @Override
    void takePayload(Segment source, int sourceSlot, int slot) {
      // the key is all there is
    }

    @Override
    void clearPayload(int slot) {
      // the key is all there is
    }
  }
}
