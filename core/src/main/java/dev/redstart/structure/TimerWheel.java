// SPDX-License-Identifier: Apache-2.0
package dev.redstart.structure;

import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Deadlines in a hierarchical timing wheel.
 *
 * <p>Guarded by its owner's lock. Adding and removing take constant time, and a node is moved at
 * most once a level before it is due. The wheel reads no clock: its owner tells it the time, and
 * asks with {@link #nextWakeMillis()} when to come again.
 *
 * @param <N> the nodes it holds
 */
public final class TimerWheel<N extends TimerNode> {

  // Overview
  //
  // Time is a number in base 64. A node stands at the level of the highest digit in which its
  // deadline differs from the wheel's time, in the slot of that digit; at level 0 when they are
  // equal. When time reaches the start of a slot above level 0, its nodes move to lower levels.
  //
  // 1. No deadline in a slot or among the moving is before the wheel's time.
  // 2. At its level a node's slot is that of the time or later, above level 0 always later. So
  //    slots never wrap around, and the earliest deadline is in the first slot of the lowest level
  //    in use.
  // 3. A node's place follows from its deadline and the time, but for the moving: the nodes of one
  //    slot whose start the time has reached, when a budget ended before all had moved down.
  //    Nothing in a slot is due before they have.
  // 4. Deadlines before the wheel's time are in a map apart. They come from a clock that went back,
  //    or were past when they were added. They are handed over first.
  //
  // A ring has no head of its own: its slot refers to the first node. So an empty level is 64 null
  // references, and a level never used is one.
  //
  // Varghese and Lauck, "Hashed and Hierarchical Timing Wheels", 1987.

  private static final int LEVEL_BITS = 6;
  private static final int SLOTS = 1 << LEVEL_BITS;

  /** Enough for the 63 bits of a deadline. */
  private static final int LEVELS = 11;

  /** The first node of each slot, by level; a level is made on first use. */
  private final @Nullable TimerNode[] @Nullable [] rings = new TimerNode[LEVELS][];

  /** For each level a bit for each slot that is not empty. */
  private final long[] occupied = new long[LEVELS];

  /** The rings of deadlines before the wheel's time. */
  private final TreeMap<Long, TimerNode> late = new TreeMap<>();

  /** The ring of the nodes that must move to lower levels before anything else. */
  private @Nullable TimerNode moving;

  private long timeMillis;
  private long size;

  /** Makes an empty wheel. */
  public TimerWheel() {}

  /** How many nodes wait. */
  public long size() {
    return size;
  }

  /**
   * Adds a node that is in no wheel. Any deadline will do; one that has passed is due at the next
   * {@link #advance}.
   */
  public void add(N node, long deadlineMillis) {
    if (node.isScheduled()) {
      throw new IllegalStateException("node must be in no wheel: due at " + node.deadlineMillis);
    }
    if (size == 0 && deadlineMillis < timeMillis) {
      timeMillis = Math.max(deadlineMillis, 0);
    }
    node.deadlineMillis = deadlineMillis;
    size++;
    place(node);
  }

  private void place(TimerNode node) {
    if (node.deadlineMillis < timeMillis) {
      late.put(node.deadlineMillis, append(late.get(node.deadlineMillis), node));
      return;
    }
    int level = levelOf(node.deadlineMillis);
    int slot = slotOf(node.deadlineMillis, level);
    @Nullable TimerNode[] slots = slots(level);
    slots[slot] = append(slots[slot], node);
    occupied[level] |= 1L << slot;
  }

  /** Takes the node out before it is due; does nothing when it is in no wheel. */
  public void remove(N node) {
    if (node.isScheduled()) {
      detach(node);
    }
  }

  private void detach(TimerNode node) {
    TimerNode rest = unlink(node);
    size--;
    long deadlineMillis = node.deadlineMillis;
    if (deadlineMillis < timeMillis) {
      if (late.get(deadlineMillis) == node) {
        if (rest == null) {
          late.remove(deadlineMillis);
        } else {
          late.put(deadlineMillis, rest);
        }
      }
      return;
    }
    int level = levelOf(deadlineMillis);
    int slot = slotOf(deadlineMillis, level);
    @Nullable TimerNode[] slots = rings[level];
    if (slots != null && slots[slot] == node) {
      slots[slot] = rest;
      if (rest == null) {
        occupied[level] &= ~(1L << slot);
      }
    } else if (moving == node) {
      moving = rest;
    }
  }

  /**
   * A time at which to advance: not after the earliest deadline, and that deadline itself when it
   * is near; {@link Long#MAX_VALUE} when nothing waits.
   */
  public long nextWakeMillis() {
    if (!late.isEmpty()) {
      return late.firstKey();
    }
    if (moving != null) {
      return timeMillis;
    }
    int level = lowestOccupiedLevel();
    return level == LEVELS ? Long.MAX_VALUE : firstStart(level);
  }

  /**
   * Moves time forward and hands over what is due then, earliest deadline first. A handed-over node
   * is out of the wheel; the receiver may add and remove any.
   *
   * <p>Each node handed over, and each move of a node to a lower level, takes one unit of the
   * budget. The rest of the budget is returned; when that is zero there may be more to do, and the
   * owner calls again, with the same or a later time. A time before the wheel's own moves nothing;
   * only nodes added since then with deadlines up to that time are handed over.
   */
  public int advance(long nowMillis, int budget, Consumer<? super N> due) {
    int left = budget;
    while (left > 0) {
      TimerNode node = nextDue(nowMillis);
      if (node != null) {
        handOver(node, due);
      } else if (moving != null && timeMillis <= nowMillis) {
        moveOne(moving);
      } else {
        break;
      }
      left--;
    }
    return left;
  }

  /** The next due node; null when some must move first, and when nothing is due. */
  private @Nullable TimerNode nextDue(long nowMillis) {
    if (!late.isEmpty() && late.firstKey() <= nowMillis) {
      return late.firstEntry().getValue();
    }
    if (moving != null || nowMillis < timeMillis) {
      return null;
    }
    int level = lowestOccupiedLevel();
    if (level == LEVELS || firstStart(level) > nowMillis) {
      timeMillis = nowMillis;
      return null;
    }
    timeMillis = firstStart(level);
    int slot = slotOf(timeMillis, level);
    @Nullable TimerNode[] slots = slots(level);
    if (level > 0) {
      moving = slots[slot];
      slots[slot] = null;
      occupied[level] &= ~(1L << slot);
      return null;
    }
    return slots[slot];
  }

  private void moveOne(TimerNode node) {
    moving = unlink(node);
    place(node);
  }

  // Every node came in by add, which takes nothing but N.
  @SuppressWarnings("unchecked")
  private void handOver(TimerNode node, Consumer<? super N> due) {
    detach(node);
    due.accept((N) node);
  }

  /** The lowest level with a node, or {@link #LEVELS}. */
  private int lowestOccupiedLevel() {
    int level = 0;
    while (level < LEVELS && occupied[level] == 0) {
      level++;
    }
    return level;
  }

  /** The time at which the first occupied slot of a level begins; at level 0 its deadline. */
  private long firstStart(int level) {
    int shift = level * LEVEL_BITS;
    long slot = Long.numberOfTrailingZeros(occupied[level]);
    return (((timeMillis >>> shift) & -SLOTS) | slot) << shift;
  }

  private @Nullable TimerNode[] slots(int level) {
    @Nullable TimerNode[] slots = rings[level];
    if (slots == null) {
      slots = new TimerNode[SLOTS];
      rings[level] = slots;
    }
    return slots;
  }

  /** The level at which a deadline stands that is not before the wheel's time. */
  private int levelOf(long deadlineMillis) {
    long difference = (deadlineMillis ^ timeMillis) | (SLOTS - 1);
    return (Long.SIZE - 1 - Long.numberOfLeadingZeros(difference)) / LEVEL_BITS;
  }

  private static int slotOf(long deadlineMillis, int level) {
    return (int) (deadlineMillis >>> (level * LEVEL_BITS)) & (SLOTS - 1);
  }

  /** The first of the ring after the node was put at its end. */
  private static TimerNode append(@Nullable TimerNode first, TimerNode node) {
    if (first == null) {
      node.previous = node;
      node.next = node;
      return node;
    }
    TimerNode last = first.previous;
    node.previous = last;
    node.next = first;
    first.previous = node;
    last.next = node;
    return first;
  }

  /** What becomes the first of the ring when the node was the first; null when it was alone. */
  private static @Nullable TimerNode unlink(TimerNode node) {
    TimerNode previous = node.previous;
    TimerNode next = node.next;
    node.previous = null;
    node.next = null;
    if (next == node) {
      return null;
    }
    previous.next = next;
    next.previous = previous;
    return next;
  }
}
