// SPDX-License-Identifier: Apache-2.0
package dev.redstart.local;

import dev.redstart.RTag;
import dev.redstart.spi.Binary;
import dev.redstart.spi.BinaryStrings;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;

/**
 * From the names that a view's handles are asked for to the store's keys, and back.
 *
 * <p>Immutable. A store's own names are its keys; those of a group are the keys without its prefix.
 */
final class Names {
  // Overview. The prefix is valid text by itself, so that its bytes before those of a name are the
  // bytes of both together. Nothing is put together for a store's own names.

  /** A store's own names. */
  static final Names PLAIN = new Names("", "");

  private final String prefix;
  private final @Binary String binaryPrefix;

  private Names(String prefix, @Binary String binaryPrefix) {
    this.prefix = prefix;
    this.binaryPrefix = binaryPrefix;
  }

  /**
   * Returns the names of a group among these.
   *
   * @throws IllegalArgumentException if the prefix is empty, or that of all tags
   * @throws dev.redstart.CodecException if it has an unpaired surrogate
   */
  Names within(String more) {
    if (more.isEmpty()) {
      throw new IllegalArgumentException("a group's prefix must not be empty");
    }
    Names names = new Names(prefix + more, binaryPrefix + BinaryStrings.fromText(more));
    if (names.prefix.startsWith(RTag.KEY_PREFIX)) {
      throw new IllegalArgumentException("a group must not be of tags: " + names.prefix);
    }
    return names;
  }

  /** Returns what all the keys begin with; empty for a store's own. */
  String prefix() {
    return prefix;
  }

  /** Returns the bytes of {@link #prefix}. */
  @Binary
  String binaryPrefix() {
    return binaryPrefix;
  }

  /** Returns the key of a name, as text. */
  String key(String name) {
    Objects.requireNonNull(name, "key");
    return prefix.isEmpty() ? name : checked(prefix + name);
  }

  /** Returns the name of a key that is text. */
  String name(String key) {
    return prefix.isEmpty() ? key : key.substring(prefix.length());
  }

  /** Returns the key of a name. */
  @Binary
  String binary(String name) {
    String bytes = BinaryStrings.fromText(name);
    return prefix.isEmpty() ? bytes : checked(binaryPrefix + bytes);
  }

  /** Refuses the key of a tag's set, which belongs to no group. */
  private static String checked(String key) {
    if (key.startsWith(RTag.KEY_PREFIX)) {
      throw new IllegalArgumentException("a tag's set belongs to no group: " + key);
    }
    return key;
  }

  /** Returns the name of a key. */
  String text(@Binary String key) {
    return BinaryStrings.toText(prefix.isEmpty() ? key : key.substring(binaryPrefix.length()));
  }

  /** Returns the names of keys, in the place of these. */
  List<String> texts(List<@Binary String> keys) {
    keys.replaceAll(this::text);
    return keys;
  }

  /**
   * Returns the keys of names.
   *
   * @throws IllegalArgumentException if there is none
   */
  List<@Binary String> all(Collection<String> names) {
    if (names.isEmpty()) {
      throw new IllegalArgumentException("at least one key must be given");
    }
    return addAll(new ArrayList<>(names.size()), names);
  }

  /** Returns a key followed by those of names. */
  List<@Binary String> all(@Binary String first, Collection<String> others) {
    List<@Binary String> all = new ArrayList<>(others.size() + 1);
    all.add(first);
    return addAll(all, others);
  }

  private List<@Binary String> addAll(List<String> target, Collection<String> names) {
    for (String name : names) {
      target.add(binary(name));
    }
    return target;
  }

  /**
   * Returns the keys that a transaction declares: those of names, and of the tags among them, which
   * are declared by the keys of their sets.
   *
   * @throws IllegalArgumentException if there is none
   */
  List<@Binary String> declared(Collection<String> names) {
    List<@Binary String> keys = all(names);
    if (!prefix.isEmpty()) {
      for (String name : names) {
        if (name.startsWith(tagKey(""))) {
          keys.add(BinaryStrings.fromText(name));
        }
      }
    }
    return keys;
  }

  /** Returns the key of the set of a tag. */
  String tagKey(String tag) {
    return RTag.KEY_PREFIX + prefix + tag;
  }

  /** Tells whether a tag's set is that of a tag of these names. */
  boolean ownsTag(@Binary String key) {
    return key.startsWith(binaryPrefix, RTag.KEY_PREFIX.length());
  }

  /** Returns the name of a tag of these names, by the key of its set. */
  String tag(@Binary String key) {
    return text(key.substring(RTag.KEY_PREFIX.length()));
  }
}
