// SPDX-License-Identifier: Apache-2.0
package dev.redstart.keyspace;

import dev.redstart.RTag;
import dev.redstart.spi.Binary;
import java.util.HashMap;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The tags of a shard's keys, by key.
 *
 * <p>Guarded by the stripe of the keys. Derived from the tags' sets, and kept in memory only.
 */
final class TagIndex {
  // Overview. Maps of comparable strings, since keys and tags may be made to collide. Each entry
  // counts among what the stripe reaches, so that a writer looks here only if there is something.

  // Fixed after construction.
  private final Stripe stripe;

  // Guarded by the stripe.
  private final HashMap<String, TreeSet<String>> tagsOf = new HashMap<>();

  TagIndex(Stripe stripe) {
    this.stripe = stripe;
  }

  /** Tells whether a key is that of a tag's set. */
  static boolean isTag(@Binary String key) {
    return key.startsWith(RTag.KEY_PREFIX);
  }

  boolean isTagged(@Binary String key) {
    return tagsOf.containsKey(key);
  }

  /** Returns the keys of the sets of a key's tags, in order; a copy. */
  SortedSet<@Binary String> copyOf(@Binary String key) {
    TreeSet<String> tags = tagsOf.get(key);
    return tags == null ? new TreeSet<>() : new TreeSet<>(tags);
  }

  boolean has(@Binary String key, @Binary String tag) {
    TreeSet<String> tags = tagsOf.get(key);
    return tags != null && tags.contains(tag);
  }

  void add(@Binary String key, @Binary String tag) {
    if (tagsOf.computeIfAbsent(key, k -> new TreeSet<>()).add(tag)) {
      stripe.countReaching(1);
    }
  }

  void remove(@Binary String key, @Binary String tag) {
    TreeSet<String> tags = tagsOf.get(key);
    if (tags != null && tags.remove(tag)) {
      stripe.countReaching(-1);
      if (tags.isEmpty()) {
        tagsOf.remove(key);
      }
    }
  }

  /** Makes a key have these tags and no others. */
  void replace(@Binary String key, SortedSet<@Binary String> tags) {
    TreeSet<String> before = tagsOf.remove(key);
    if (!tags.isEmpty()) {
      tagsOf.put(key, new TreeSet<>(tags));
    }
    stripe.countReaching(tags.size() - (before == null ? 0 : before.size()));
  }

  void clear() {
    tagsOf.values().forEach(tags -> stripe.countReaching(-tags.size()));
    tagsOf.clear();
  }
}
