// SPDX-License-Identifier: Apache-2.0
package dev.redstart.structure;

import dev.redstart.spi.Binary;
import org.jspecify.annotations.Nullable;

/**
 * A part of a {@link SegmentTable}: open addressing over groups of eight slots.
 *
 * <p>Guarded by its table's owner; {@link #find} may also be called by a racy reader, who has to
 * validate the answer afterwards. The arrays are fixed after construction, so that such a reader
 * never meets arrays of two lengths.
 */
abstract class Segment {
  // Overview. A slot is a tag (one byte), a key and a payload. Tags stand eight to a word, keys in
  // cells[slot << stride]; a payload that is an object stands in the cell after its key, where the
  // same line of the caches holds both, any other in arrays of the subclass. A tag is EMPTY,
  // DELETED, or 0x80 with seven low bits of the key's hash, so that a group is searched with a few
  // operations on one word and a key is only touched when its tag matches (a miss in the caches for
  // each key touched is what a lookup costs). Found so by Abseil's "Swiss tables".
  //
  // 1. The home group of a hash grows with the hash: home = bits * groups / 2^32, where the bits
  //    are those below the segment's prefix. So any number of groups is good, not only powers of
  //    two, which keeps the fill between 0.58 and 0.875; and a scan can go by ascending hash.
  // 2. An element stands in its home group or in one of the following (cyclic), and every group
  //    between is or was full. A search may end at the first group that has an EMPTY slot.
  // 3. A slot is freed to EMPTY if its group has another EMPTY, or to DELETED, so 2 holds.
  // 4. used = size + DELETED slots <= 7/8 of all slots, so every search meets an EMPTY.

  static final int GROUP = 8;
  private static final int GROUP_BITS = 3;

  /** So many keys of one hashCode come by purpose. */
  private static final int MAX_COLLISIONS = 16;

  /** Over so many full groups it is worth counting whose home the first one is. */
  private static final int LONG_WAY = 24;

  /** A home has seven keys at the highest fill; so many come by purpose. */
  private static final int MAX_AT_HOME = 64;

  private static final int EMPTY = 0;
  private static final int DELETED = 1;
  private static final long LOW_BITS = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;

  // Fixed after construction.
  final Object owner;
  final int prefixBits;
  final int groups;
  final int stride;
  final long[] tags;
  final @Nullable Object[] cells;

  /**
   * The keyed table that stands in place of this segment's slots, if it met too many collisions.
   */
  final @Nullable SegmentTable<?> nested;

  // Guarded by the table's owner.
  int size;
  int used;

  /**
   * Creates an empty segment.
   *
   * @param stride 1 if each key has a cell for its payload beside it, else 0
   */
  Segment(Object owner, int prefixBits, int groups, int stride, @Nullable SegmentTable<?> nested) {
    this.owner = owner;
    this.prefixBits = prefixBits;
    this.groups = groups;
    this.stride = stride;
    this.tags = new long[groups];
    this.cells = new Object[(groups << GROUP_BITS) << stride];
    this.nested = nested;
  }

  /** Creates a copy of {@code source} for another owner, slot by slot. */
  Segment(Object owner, Segment source, @Nullable SegmentTable<?> nested) {
    this.owner = owner;
    this.prefixBits = source.prefixBits;
    this.groups = source.groups;
    this.stride = source.stride;
    this.tags = source.tags.clone();
    this.cells = source.cells.clone();
    this.nested = nested;
    this.size = source.size;
    this.used = source.used;
  }

  /** Copies the payload of {@code source}'s slot into a slot of this. */
  abstract void takePayload(Segment source, int sourceSlot, int slot);

  /** Forgets the payload of a slot. */
  abstract void clearPayload(int slot);

  /** Returns the number of slots. */
  final int slots() {
    return groups << GROUP_BITS;
  }

  /** Returns the key in a slot, or null. */
  final @Nullable String key(int slot) {
    return (String) cells[slot << stride];
  }

  /** Returns the slot of a key, or -1. O(1), and never more than one round of the groups. */
  final int find(int hash, @Binary String key) {
    long pattern = tag(hash) * LOW_BITS;
    int group = home(hash);
    // Never so; asked early, the group's cells come from memory together with its tags.
    if (cells[(group << GROUP_BITS) << stride] == this) {
      return -1;
    }
    for (int visited = 0; visited < groups; visited++) {
      long word = tags[group];
      long matches = zeroBytes(word ^ pattern);
      while (matches != 0) {
        int slot = slot(group, matches);
        if (key.equals(cells[slot << stride])) {
          return slot;
        }
        matches &= matches - 1;
      }
      if (zeroBytes(word) != 0) {
        return -1;
      }
      if (++group == groups) {
        group = 0;
      }
    }
    return -1;
  }

  /** Returns the key that a search for a hash meets first, or null if it meets none. O(1). */
  final @Nullable String candidate(int hash) {
    long pattern = tag(hash) * LOW_BITS;
    int group = home(hash);
    for (int visited = 0; visited < groups; visited++) {
      long word = tags[group];
      long matches = zeroBytes(word ^ pattern);
      if (matches != 0) {
        return key(slot(group, matches));
      }
      if (zeroBytes(word) != 0) {
        return null;
      }
      if (++group == groups) {
        group = 0;
      }
    }
    return null;
  }

  /** Puts an absent key into the first free slot on its way and returns the slot. */
  final int place(int hash, @Binary String key) {
    int group = home(hash);
    while (true) {
      long free = ~tags[group] & HIGH_BITS;
      if (free != 0) {
        int slot = slot(group, free);
        used += tagAt(slot) == EMPTY ? 1 : 0;
        setTag(slot, tag(hash));
        cells[slot << stride] = key;
        size++;
        return slot;
      }
      if (++group == groups) {
        group = 0;
      }
    }
  }

  /** Frees a slot. */
  final void free(int slot) {
    if (hasEmpty(slot >>> GROUP_BITS)) {
      setTag(slot, EMPTY);
      used--;
    } else {
      setTag(slot, DELETED);
    }
    cells[slot << stride] = null;
    clearPayload(slot);
    size--;
  }

  /** What so many keys have in common with an absent one as chance does not bring together. */
  enum Attack {
    NONE,
    /** Their {@code hashCode}. */
    COLLISIONS,
    /** Their home group, which may have come so by inserting in the order of hashes. */
    CROWD
  }

  /** Tells what, if anything, many keys have in common with an absent one. */
  final Attack attackOn(int hash, @Binary String key) {
    long pattern = tag(hash) * LOW_BITS;
    int home = home(hash);
    int group = home;
    int collisions = 0;
    for (int visited = 0; visited < LONG_WAY; visited++) {
      long matches = zeroBytes(tags[group] ^ pattern);
      while (matches != 0) {
        String other = key(slot(group, matches));
        collisions += other != null && other.hashCode() == key.hashCode() ? 1 : 0;
        matches &= matches - 1;
      }
      if (collisions >= MAX_COLLISIONS) {
        return Attack.COLLISIONS;
      }
      if (hasEmpty(group)) {
        return Attack.NONE;
      }
      group = group + 1 == groups ? 0 : group + 1;
    }
    return countAtHome(home) >= MAX_AT_HOME ? Attack.CROWD : Attack.NONE;
  }

  /** Counts the keys of one home group; none is hashed by a secret here. */
  private int countAtHome(int home) {
    int count = 0;
    int group = home;
    for (int visited = 0; visited < groups; visited++) {
      for (int slot = group << GROUP_BITS; slot < (group + 1) << GROUP_BITS; slot++) {
        String key = key(slot);
        count += key != null && home(SegmentTable.spread(key)) == home ? 1 : 0;
      }
      if (hasEmpty(group)) {
        break;
      }
      group = group + 1 == groups ? 0 : group + 1;
    }
    return count;
  }

  final boolean isFull(int slot) {
    return tagAt(slot) >= 0x80;
  }

  final boolean hasEmpty(int group) {
    return zeroBytes(tags[group]) != 0;
  }

  /** Tells whether one more key would break invariant 4. */
  final boolean isCrowded() {
    return used >= groups * 7;
  }

  /** Returns the home group of a hash. */
  final int home(int hash) {
    long bits = ((long) hash << prefixBits) & 0xffffffffL;
    return (int) ((bits * groups) >>> 32);
  }

  /** Returns the lowest hash, as unsigned, of this prefix whose home is {@code group} or later. */
  final long lowestHash(long prefixHash, int group) {
    long bits = (((long) group << 32) + groups - 1) / groups;
    return prefixHash + ((bits + (1L << prefixBits) - 1) >>> prefixBits);
  }

  /** Tells whether the tags and counts agree; for tests. */
  final boolean isConsistent() {
    int full = 0;
    int deleted = 0;
    for (int slot = 0; slot < slots(); slot++) {
      full += isFull(slot) ? 1 : 0;
      deleted += tagAt(slot) == DELETED ? 1 : 0;
    }
    return full == size && full + deleted == used && used <= groups * 7;
  }

  private int tagAt(int slot) {
    return (int) (tags[slot >>> GROUP_BITS] >>> shift(slot)) & 0xff;
  }

  private void setTag(int slot, long tag) {
    int group = slot >>> GROUP_BITS;
    tags[group] = (tags[group] & ~(0xffL << shift(slot))) | (tag << shift(slot));
  }

  private static int shift(int slot) {
    return (slot & (GROUP - 1)) << 3;
  }

  /** Returns the slot of a group that the lowest bit of {@code matches} stands for. */
  private static int slot(int group, long matches) {
    return (group << GROUP_BITS) + (Long.numberOfTrailingZeros(matches) >>> 3);
  }

  private static long tag(int hash) {
    return 0x80 | (hash & 0x7f);
  }

  /** Returns a word with the top bit set of each zero byte; exact up to and with the first one. */
  private static long zeroBytes(long word) {
    return (word - LOW_BITS) & ~word & HIGH_BITS;
  }
}
