// SPDX-License-Identifier: Apache-2.0
package dev.redstart.keyspace;

import dev.redstart.spi.Binary;
import dev.redstart.spi.Effect;
import dev.redstart.spi.EventClass;
import dev.redstart.structure.SegmentTable;
import dev.redstart.structure.SetValue;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a hold does to tags when its keys go or change their names.
 *
 * <p>Confined to its hold, which has the stripes of the keys and of the sets of their tags.
 */
final class TagUpkeep {
  // Overview. A tag is the set at a reserved key; a shard's TagIndex says the same by key.
  // 1. Outside a hold, a key is in a tag's set exactly if the tag is in the key's index entry, and
  //    then it is in the table too.
  // 2. A writing hold of a tagged key has the stripes of its tags' sets: HeldStripes takes them.
  //    A key gets or loses a tag only under its own stripe, so what was found then stays complete.
  // 3. Who writes a tag's set itself holds the stripes of the members that it adds or removes; who
  //    deletes it, or declares it in a transaction, holds all.
  // 4. The sets' changes are recorded behind the command that made them, in its batch.

  // Fixed after construction.
  private final Access access;
  private final @Nullable Transaction transaction;
  private final boolean recorded;

  /** At the tags' sets; it is never closed, since the stripes are the outer hold's. */
  private final Hold sets;

  // What is to be recorded behind the hold's next command.
  private final List<Effect> following = new ArrayList<>();

  TagUpkeep(Access access, boolean recorded) {
    this.access = access;
    this.transaction = access.transaction();
    this.recorded = recorded;
    this.sets = new Hold(access, new HeldStripes(new Stripe[0]), true);
  }

  /** Moves what is to be recorded behind a command to where the command is. */
  void drainTo(List<Effect> effects) {
    effects.addAll(following);
    following.clear();
  }

  /** Takes a key that goes out of its tags. */
  void keyGone(Shard shard, @Binary String key) {
    keyGone(shard, key, following);
  }

  /** As {@link #keyGone(Shard, String)}, for a key whose going is recorded apart. */
  void keyGone(Shard shard, @Binary String key, List<Effect> effects) {
    for (String tag : shard.tagsOf(key)) {
      unlink(shard, key, tag);
      removeMember(shard.database, tag, key, effects);
    }
  }

  /** Gives the tags of a key to another, which has none. */
  void keyRenamed(Shard from, @Binary String key, Shard to, @Binary String newKey) {
    for (String tag : from.tagsOf(key)) {
      link(to, newKey, tag);
      sets.at(from.database, tag).findOrCreate(SetValue.TYPE).add(newKey);
      record(List.of("SADD", tag, newKey), "sadd", following);
      unlink(from, key, tag);
      removeMember(from.database, tag, key, following);
    }
  }

  /** Takes a tag that goes from all its keys. */
  void tagGone(int database, @Binary String tag, SetValue members) {
    members.forEach(member -> unlink(shard(database, member), member, tag));
  }

  void link(Shard shard, @Binary String key, @Binary String tag) {
    remember(shard, key);
    shard.tagsToChange().add(key, tag);
  }

  void unlink(Shard shard, @Binary String key, @Binary String tag) {
    remember(shard, key);
    shard.tagsToChange().remove(key, tag);
  }

  private void removeMember(
      int database, @Binary String tag, @Binary String key, List<Effect> effects) {
    SetValue set = sets.at(database, tag).findToChange(SetValue.TYPE);
    if (set == null || !set.remove(key)) {
      throw new IllegalStateException("a tag's set must have its keys");
    }
    if (set.isEmpty()) {
      sets.remove();
    }
    record(List.of("SREM", tag, key), "srem", effects);
  }

  private void record(List<@Binary String> command, String event, List<Effect> effects) {
    if (recorded) {
      sets.event(EventClass.SET, event);
      if (sets.value() == null) {
        sets.event(EventClass.GENERIC, "del");
      }
      effects.add(sets.takeEffect(command));
    }
  }

  private void remember(Shard shard, @Binary String key) {
    if (transaction != null) {
      transaction.rememberTags(shard, key);
    }
  }

  private Shard shard(int database, @Binary String key) {
    return access.shard(database, SegmentTable.spread(key));
  }
}
