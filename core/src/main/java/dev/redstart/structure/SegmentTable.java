// SPDX-License-Identifier: Apache-2.0
package dev.redstart.structure;

import dev.redstart.spi.Binary;
import dev.redstart.structure.Segment.Attack;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A hash table of binary strings that grows by splitting one small segment at a time.
 *
 * <p>Guarded by its owner's lock. A frozen twin may be read by another thread once it was published
 * safely. It is its own cursor: {@link #find} and {@link #insert} leave {@link #segment} and {@link
 * #slot} at the key, where the subclass reads and writes the payload.
 *
 * @param <S> the segment's class, which holds the payload
 */
public abstract class SegmentTable<S extends Segment> {
  // Overview. Extendible hashing (Fagin, Nievergelt, Pippenger, Strong, 1979) by the hash's top
  // bits: the directory holds 2^d segments, a segment of a shorter prefix stands in several
  // neighbouring places. A full segment first grows by a third or a half, then splits; so no step
  // costs more than moving one segment's slots, and the fill stays high.
  //
  // 1. All keys of a segment share its prefixBits top bits (below baseBits all keys of the table
  //    do: a stripe's table holds one stripe's share of the hashes).
  // 2. A segment, or the directory, may be changed in place only if its owner is this table's
  //    token. freeze() is O(1): both sides take new tokens, and each then copies what it changes.
  // 3. Hashes ascend over the directory and over the groups of a segment, so a scan by ascending
  //    hash needs no state but the hash it has reached, whatever grows or shrinks meanwhile.
  // 4. String.hashCode can be collided on purpose. A segment in which an insertion meets many keys
  //    of one hashCode or a long way is split as far as that may help, since keys that come in the
  //    order of their hashes crowd too; then, or if its split would make the directory sparse, it
  //    turns into a nested table over a secret-keyed hash, which nobody can collide. The scan's
  // cursor
  //    has room for a position in such a table: 32 bits of hash, then 20 bits of keyed hash.
  //
  // Tried and dropped: a tree of colliding keys per slot (a second structure for each payload).

  /** The scan cursor's bits for a place in a nested table. */
  public static final int NESTED_CURSOR_BITS = 20;

  private static final int SPARSE_DIRECTORY = 16;

  /** Room for more keys is not made ahead: whoever told so many may be wrong. */
  private static final int MAX_EXPECTED_BITS = 16;

  /** A nested table takes the place of at most one part in so many bits, if splitting is cheap. */
  private static final int NESTED_DEPTH = 7;

  /** A crowd of different hashes is split down to one part in so many bits, dear as it may be. */
  private static final int CROWDED_DEPTH = 12;

  // Fixed after construction.
  private final int baseBits;
  private final int maxGroups;
  private final @Nullable SipHash keyedHash;

  // Guarded by the owner's lock; directory is also read by racy readers, who validate.
  private Object owner;
  private Object directoryOwner;
  private Segment[] directory;
  private int segments;
  private int nestedSegments;
  private long size;

  // The cursor, valid after a successful find or an insert. Guarded by the owner's lock.
  S segment;
  int slot;

  /** Creates an empty table for keys whose hashes share their {@code baseBits} top bits. */
  SegmentTable(int baseBits, int maxGroups, @Nullable SipHash keyedHash) {
    this.baseBits = baseBits;
    this.maxGroups = maxGroups;
    this.keyedHash = keyedHash;
    this.owner = new Object();
    this.directoryOwner = owner;
    this.segment = newSegment(owner, baseBits, 1, null);
    this.directory = new Segment[] {segment};
    this.segments = 1;
  }

  /** Creates a twin that shares all segments of {@code source} and owns none. */
  SegmentTable(SegmentTable<S> source) {
    this.baseBits = source.baseBits;
    this.maxGroups = source.maxGroups;
    this.keyedHash = source.keyedHash;
    this.owner = new Object();
    this.directoryOwner = source.directoryOwner;
    this.directory = source.directory;
    this.segment = source.segment;
    this.segments = source.segments;
    this.nestedSegments = source.nestedSegments;
    this.size = source.size;
  }

  final int baseBits() {
    return baseBits;
  }

  final int maxGroups() {
    return maxGroups;
  }

  abstract S newSegment(Object owner, int prefixBits, int groups, @Nullable SegmentTable<?> nested);

  abstract S copySegment(Object owner, S source, @Nullable SegmentTable<?> nested);

  abstract SegmentTable<S> newNested(SipHash keyedHash);

  abstract SegmentTable<S> twin();

  /** Returns the hash that places a key: its {@code hashCode}, mixed and bijective. */
  public static int spread(@Binary String key) {
    int h = key.hashCode(); // the top bits of the product depend on all bits of the factor
    return (h ^ (h >>> 16)) * 0x9e3779b9;
  }

  /** Gives an empty table room for so many keys, in any order, by their hashes too. O(keys). */
  final void expect(long keys) {
    int bits = 0;
    while (keys >> bits > maxGroups * 5L && baseBits + bits < MAX_EXPECTED_BITS) {
      bits++;
    }
    int groups = Math.min(maxGroups, groupsFor((int) Math.min(keys >> bits, maxGroups * 6L)));
    Segment[] made = new Segment[1 << bits];
    for (int i = 0; i < made.length; i++) {
      made[i] = newSegment(owner, baseBits + bits, groups, null);
    }
    directory = made;
    segment = cast(made[0]);
    segments = made.length;
  }

  /** Returns the number of keys. O(1). */
  public final long size() {
    return size;
  }

  /** Moves the cursor to a key; answers false, with no cursor, if it is absent. O(1). */
  public final boolean find(@Binary String key) {
    return find(hash(key), key);
  }

  /** As {@link #find(String)}, with the key's hash at hand. O(1). */
  public final boolean find(int hash, @Binary String key) {
    S found = segmentOf(hash);
    int innerHash = hash;
    for (SegmentTable<S> inner = nestedOf(found); inner != null; inner = nestedOf(found)) {
      innerHash = inner.hash(key); // not inner.find: twins in other threads share its cursor
      found = inner.segmentOf(innerHash);
    }
    segment = found;
    slot = found.find(innerHash, key);
    return slot >= 0;
  }

  /** Adds an absent key and moves the cursor to it; its payload is empty. O(1) amortized. */
  public final void insert(@Binary String key) {
    int hash = hash(key);
    S target = ownedSegmentOf(hash);
    SegmentTable<S> inner = nestedOf(target);
    if (inner == null) {
      while (inner == null && target.isCrowded()) {
        makeRoom(hash, target);
        target = ownedSegmentOf(hash);
        inner = nestedOf(target);
      }
      if (inner == null && keyedHash == null && target.attackOn(hash, key) != Attack.NONE) {
        target = splitOrNest(hash, key, target);
        inner = nestedOf(target);
      }
    }
    size++;
    if (inner == null) {
      segment = target;
      slot = target.place(hash, key);
    } else {
      inner.insert(key);
      target.size++;
      segment = inner.segment;
      slot = inner.slot;
    }
  }

  /** Removes the key at the cursor; the cursor is gone. O(1) amortized. */
  public final void remove() {
    String key = keyAtCursor();
    int hash = hash(key);
    S target = ownedSegmentOf(hash);
    SegmentTable<S> inner = nestedOf(target);
    size--;
    if (inner != null) {
      inner.find(key);
      inner.remove();
      target.size--;
      if (inner.size == 0) {
        replace(hash, target, newSegment(owner, target.prefixBits, 1, null));
        nestedSegments--;
      }
      return;
    }
    target.free(slot);
    if (target.size < target.groups) {
      shrink(hash, target);
    }
  }

  /** Returns the key at the cursor. */
  public final @Binary String keyAtCursor() {
    String key = segment.key(slot);
    if (key == null) {
      throw new IllegalStateException("the cursor must be at a key");
    }
    return key;
  }

  /** Makes the cursor's segment this table's own, before its payload is changed. */
  final void own() {
    String key = keyAtCursor();
    int hash = hash(key);
    S target = ownedSegmentOf(hash);
    SegmentTable<S> inner = nestedOf(target);
    if (inner != null) {
      inner.find(key);
      inner.own();
      target = inner.segment;
      slot = inner.slot;
    }
    segment = target;
  }

  final boolean ownsCursor() {
    return segment.owner == owner;
  }

  /**
   * Gives every segment up to be shared with a twin, which is returned. O(1).
   *
   * <p>Afterwards each side copies a segment before it first changes it.
   */
  final SegmentTable<S> freezeTable() {
    owner = new Object();
    return twin();
  }

  /** Hands every key to {@code visitor}, in ascending order of hashes by segment. O(n). */
  public final void forEachKey(Consumer<? super String> visitor) {
    forEachSegment(
        found -> {
          for (int at = 0; at < found.slots(); at++) {
            String key = found.key(at);
            if (key != null) {
              visitor.accept(key);
            }
          }
        });
  }

  /** Hands over each segment that has slots of its own, nested ones too. */
  final void forEachSegment(Consumer<S> visitor) {
    int step;
    for (int i = 0; i < directory.length; i += step) {
      S found = cast(directory[i]);
      step = span(found);
      SegmentTable<S> inner = nestedOf(found);
      if (inner != null) {
        inner.forEachSegment(visitor);
      } else {
        visitor.accept(found);
      }
    }
  }

  /**
   * Hands over keys by ascending hash from {@code cursor} on, and returns where to go on.
   *
   * <p>Stops after {@code count} keys or {@code 10 * count} groups, at the end of a home group. A
   * key that is there from the first call to the last is handed over at least once, and more often
   * only if its segment became a nested table meanwhile. The result is {@code -1} at the end.
   *
   * @param cursor the hash to begin with, unsigned, shifted by {@link #NESTED_CURSOR_BITS}, with a
   *     position of a nested table below
   */
  public final long scan(long cursor, long count, Consumer<? super String> visitor) {
    return new SegmentScan(this, visitor).run(cursor, count);
  }

  /**
   * Moves the cursor to a key chosen uniformly; the table must not be empty. O(1) expected, or
   * O(segments) where they are few, nearly empty, or nested.
   */
  public final void findRandom(RandomGenerator random) {
    SegmentDraw.find(this, random);
  }

  /** Returns the number of places in the directory. */
  final int places() {
    return directory.length;
  }

  /** Returns the segment that stands in a place of the directory. */
  final S segmentAt(int place) {
    return cast(directory[place]);
  }

  /** Tells whether some segment is a nested table. */
  final boolean hasNested() {
    return nestedSegments > 0;
  }

  /** Returns the number of distinct segments, nested ones counted as one. */
  final int segmentCount() {
    return segments;
  }

  /** Throws if an invariant of the overview does not hold; for tests. */
  final void checkInvariants() {
    long keys = 0;
    int distinct = 0;
    int nested = 0;
    int step;
    for (int i = 0; i < directory.length; i += step) {
      S found = cast(directory[i]);
      step = span(found);
      distinct++;
      for (int j = i; j < i + step; j++) {
        require(directory[j] == found, "a segment stands in all places of its prefix");
      }
      SegmentTable<S> inner = nestedOf(found);
      if (inner != null) {
        nested++;
        inner.checkInvariants();
        require(inner.size == found.size, "a nested table's size is its segment's");
      } else {
        require(found.isConsistent(), "tags and counts agree");
        for (int at = 0; at < found.slots(); at++) {
          String key = found.key(at);
          require(found.isFull(at) == (key != null), "a full slot has a key");
          if (key != null) {
            require(cast(directory[index(hash(key))]) == found, "a key is in its segment");
            require(found.find(hash(key), key) == at, "a key is found where it stands");
          }
        }
      }
      keys += found.size;
    }
    require(keys == size, "the sizes add up");
    require(distinct == segments, "the segments are counted");
    require(nested == nestedSegments, "the nested segments are counted");
  }

  /**
   * Returns the segment a racy reader should search, or null if the answer needs the lock.
   *
   * <p>Harmless race: the index is made for the very array that was read, so it is in range. The
   * array may be seen before what was written into it, or not at all in a table that was just put
   * in place; then there is nothing to search, and the lock will tell.
   */
  final @Nullable S racySegmentOf(int hash) {
    Segment[] current = directory;
    if (current == null) {
      return null;
    }
    long bits = ((long) hash << baseBits) & 0xffffffffL;
    Segment found = current[(int) ((bits * current.length) >>> 32)];
    return found == null || found.nested != null ? null : cast(found);
  }

  final int hash(@Binary String key) {
    return keyedHash == null ? spread(key) : (int) (keyedHash.hash(key) >>> 32);
  }

  final S segmentOf(int hash) {
    Segment[] current = directory;
    long bits = ((long) hash << baseBits) & 0xffffffffL;
    return cast(current[(int) ((bits * current.length) >>> 32)]);
  }

  private int index(int hash) {
    long bits = ((long) hash << baseBits) & 0xffffffffL;
    return (int) ((bits * directory.length) >>> 32);
  }

  private S ownedSegmentOf(int hash) {
    S found = segmentOf(hash);
    if (found.owner == owner) {
      return found;
    }
    SegmentTable<S> inner = nestedOf(found);
    S copy = copySegment(owner, found, inner == null ? null : inner.twin());
    replace(hash, found, copy);
    return copy;
  }

  /** Puts {@code segment} into every place of {@code old}, which holds {@code hash}. */
  private void replace(int hash, S old, S segment) {
    ownDirectory();
    int span = span(old);
    int start = index(hash) & -span;
    Arrays.fill(directory, start, start + span, segment);
  }

  private void ownDirectory() {
    if (directoryOwner != owner) {
      directory = directory.clone();
      directoryOwner = owner;
    }
  }

  /** Returns in how many places of the directory a segment stands. */
  final int span(S found) {
    return directory.length >> (found.prefixBits - baseBits);
  }

  /** Rehashes a crowded segment into more slots, or splits it, or nests it. */
  private void makeRoom(int hash, S crowded) {
    int wanted = groupsFor(crowded.size + 1);
    if (wanted <= maxGroups) { // not fewer than now: deleted slots may be all that crowds it
      int groups = Math.max(wanted, crowded.groups);
      replace(hash, crowded, rehashed(crowded, crowded.prefixBits, groups));
    } else if (canSplit(crowded)) {
      split(hash, crowded);
    } else {
      nest(hash, crowded);
    }
  }

  private boolean canSplit(S crowded) {
    return crowded.prefixBits < 31
        && (span(crowded) > 1
            || directory.length < SPARSE_DIRECTORY * (long) segments
            || keyedHash != null);
  }

  private void split(int hash, S crowded) {
    if (span(crowded) == 1) {
      Segment[] doubled = new Segment[directory.length * 2];
      for (int i = 0; i < doubled.length; i++) {
        doubled[i] = directory[i >> 1];
      }
      directory = doubled;
      directoryOwner = owner;
    }
    ownDirectory();
    int bit = 1 << (31 - crowded.prefixBits);
    int upper = 0;
    for (int at = 0; at < crowded.slots(); at++) {
      String key = crowded.key(at);
      upper += key != null && (hash(key) & bit) != 0 ? 1 : 0;
    }
    int bits = crowded.prefixBits + 1;
    S low = newSegment(owner, bits, Math.min(maxGroups, groupsFor(crowded.size - upper)), null);
    S high = newSegment(owner, bits, Math.min(maxGroups, groupsFor(upper)), null);
    for (int from = 0; from < crowded.slots(); from++) {
      String key = crowded.key(from);
      if (key != null) {
        int keyHash = hash(key);
        S target = (keyHash & bit) == 0 ? low : high;
        target.takePayload(crowded, from, target.place(keyHash, key));
      }
    }
    int span = span(crowded);
    int start = index(hash) & -span;
    Arrays.fill(directory, start, start + span / 2, low);
    Arrays.fill(directory, start + span / 2, start + span, high);
    segments++;
  }

  /**
   * Splits an attacked segment until a key's part is attacked no more, which is so when keys came
   * in the order of their hashes; or nests what splitting does not help.
   */
  private S splitOrNest(int hash, @Binary String key, S attacked) {
    S target = attacked;
    Attack attack = target.attackOn(hash, key);
    while (attack != Attack.NONE) {
      int depth = target.prefixBits - baseBits;
      boolean isSplit =
          attack == Attack.CROWD
              ? depth < CROWDED_DEPTH && target.prefixBits < 31
              : depth < NESTED_DEPTH && canSplit(target);
      if (!isSplit) {
        nest(hash, target);
        return ownedSegmentOf(hash);
      }
      split(hash, target);
      target = ownedSegmentOf(hash);
      attack = target.attackOn(hash, key);
    }
    return target;
  }

  /** Turns a segment under attack into a table over a secret-keyed hash. */
  private void nest(int hash, S attacked) {
    SegmentTable<S> inner = newNested(SipHash.withRandomKey());
    for (int from = 0; from < attacked.slots(); from++) {
      String key = attacked.key(from);
      if (key != null) {
        inner.insert(key);
        inner.segment.takePayload(attacked, from, inner.slot);
      }
    }
    S holder = newSegment(owner, attacked.prefixBits, 1, inner);
    holder.size = attacked.size;
    replace(hash, attacked, holder);
    nestedSegments++;
  }

  private S rehashed(S source, int prefixBits, int groups) {
    S target = newSegment(owner, prefixBits, groups, null);
    addAll(source, target);
    return target;
  }

  private void addAll(S source, S target) {
    for (int from = 0; from < source.slots(); from++) {
      String key = source.key(from);
      if (key != null) {
        target.takePayload(source, from, target.place(hash(key), key));
      }
    }
  }

  /** Gives back the slots of a segment that is less than an eighth full, or merges it. */
  private void shrink(int hash, S sparse) {
    int span = span(sparse);
    if (sparse.prefixBits > baseBits) {
      int start = index(hash) & -span;
      S buddy = cast(directory[start ^ span]);
      int together = sparse.size + buddy.size;
      if (buddy.prefixBits == sparse.prefixBits
          && buddy.nested == null
          && groupsFor(together) <= maxGroups / 4) {
        ownDirectory();
        S merged = newSegment(owner, sparse.prefixBits - 1, groupsFor(together), null);
        addAll(sparse, merged);
        addAll(buddy, merged);
        Arrays.fill(directory, start & -(2 * span), (start & -(2 * span)) + 2 * span, merged);
        segments--;
        halveDirectory();
        return;
      }
    }
    if (sparse.groups > 1) {
      replace(hash, sparse, rehashed(sparse, sparse.prefixBits, groupsFor(sparse.size)));
    }
  }

  private void halveDirectory() {
    while (directory.length > 1 && directory.length >= 4 * segments) {
      for (int i = 0; i < directory.length; i += 2) {
        if (directory[i] != directory[i + 1]) {
          return;
        }
      }
      Segment[] halved = new Segment[directory.length / 2];
      for (int i = 0; i < halved.length; i++) {
        halved[i] = directory[2 * i];
      }
      directory = halved;
    }
  }

  /** Returns the smallest number of groups that {@code keys} fill to at most three quarters. */
  private static int groupsFor(int keys) {
    int groups = 1;
    while (groups * 6 < keys) {
      groups = groupsAfter(groups);
    }
    return groups;
  }

  /** Steps through 1, 2, 3, 4, 6, 8, 12, 16, 24 and so on: by a half, then by a third. */
  private static int groupsAfter(int groups) {
    int power = Integer.highestOneBit(groups);
    return groups == 1 ? 2 : (groups == power ? groups + groups / 2 : 2 * power);
  }

  final @Nullable SegmentTable<S> nestedOf(S found) {
    @SuppressWarnings("unchecked") // newNested made it, for the same payload
    SegmentTable<S> inner = (SegmentTable<S>) found.nested;
    return inner;
  }

  @SuppressWarnings("unchecked") // newSegment and copySegment made it
  private S cast(Segment found) {
    return (S) found;
  }

  private static void require(boolean holds, String rule) {
    if (!holds) {
      throw new IllegalStateException("broken: " + rule);
    }
  }
}
