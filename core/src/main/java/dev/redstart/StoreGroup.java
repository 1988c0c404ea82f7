// SPDX-License-Identifier: Apache-2.0
package dev.redstart;

/**
 * The keys of a store that begin with a prefix, as if they were a store of their own.
 *
 * <p>Safe for many threads. Every name that is given to the group, or that it answers with, is a
 * key without the prefix: {@code store.group("s:").value("a")} is {@code store.value("s:a")}, and
 * its {@code key()} is {@code "a"}. That goes for the keys that are declared for {@link
 * #atomically}, for patterns of scans and of SORT, and for tags: {@code group.tag("t")} is the
 * store's tag {@code "s:t"} as far as the group's own keys have it; to delete the tag itself takes
 * it from all keys of the store. The keys of tags' sets belong to no group, and are refused. A
 * group of a group has both prefixes, the outer one first, and is the same as that of the store
 * with both.
 *
 * <p>Groups are views: obtaining one makes nothing, closing one closes the store, and its keys are
 * the store's, which reach them as well, by their whole names. What {@link #group(String,
 * GroupOptions) options} declare belongs to the prefix in its database, and lasts until the store
 * is closed.
 *
 * <p><b>Lifetime.</b> A key that an operation through this group makes, or overwrites as a whole,
 * gets the group's lifetime from that moment on, unless the operation itself says how long it
 * lives. {@code SET} with {@code KEEPTTL}, and every operation on a key that is there, leaves its
 * deadline alone. Renaming, copying and moving to another database take the deadline along, or that
 * there is none. The lifetime is that of exactly this prefix, not of one around it. What other
 * handles make is left alone.
 *
 * <p><b>Limit.</b> It holds for every way in, through this group or not: a key counts for every
 * limited group whose prefix it begins with. Expired keys count until they are reclaimed, which is
 * on time. What only overwrites a key needs no room, nor does a renamed key that stays in the
 * group.
 *
 * <ul>
 *   <li>A group that refuses throws {@link GroupFullException} from an operation that would make a
 *       key too many; it does nothing then, however many keys it names. Room that an operation or a
 *       body of {@link #atomically} has made is for others once it has ended, and who could only
 *       have the room that it has taken waits for its end; but a body that has made or removed keys
 *       itself does not wait, and is refused. One who waits to move an element hears the exception,
 *       and the element stays.
 *   <li>A group that removes its oldest keys does so right after the operation that made one too
 *       many, on its thread: when that returns the group is within its limit, but for what others
 *       are doing. The oldest is the one that was made first; to write to a key makes it no
 *       younger, while a key that RENAME, COPY or MOVE has put there counts as made then. Each goes
 *       with {@code DEL} and the event {@code evicted}, and leaves its tags.
 * </ul>
 *
 * <p>Where groups are within each other, each counts by itself: one that refuses does so even if
 * one inside it would have removed its oldest key.
 *
 * <p>A limited group knows its number of keys; another walks through the keys of the database to
 * count them. What draws keys at random or removes them all walks in either case.
 */
public interface StoreGroup extends Store {
  /** Returns what all keys of the group begin with: the prefixes of the groups around it, too. */
  String prefix();

  /**
   * Returns how many keys there are; as {@link RKeys#size}. O(1) with a limit, otherwise O(n) in
   * the number of keys of the database, during which nobody waits.
   *
   * @throws IllegalStateException inside {@link #atomically}
   */
  default long size() {
    return keys().size();
  }

  /**
   * Removes the group's keys; as {@link RKeys#flush}. Redis: DEL. O(n) in the number of keys of the
   * database, during which nobody waits.
   *
   * <p>Each key goes in a moment of its own; one that is made meanwhile may stay. {@link
   * RKeys#flushAll} does this in every database.
   *
   * @throws IllegalStateException inside {@link #atomically}
   */
  default void clear() {
    keys().flush();
  }

  /** Returns the group of the same prefix in another database. */
  @Override
  StoreGroup database(int number);
}
