// SPDX-License-Identifier: Apache-2.0
package dev.redstart.local;

import dev.redstart.RTag;
import dev.redstart.keyspace.Access;
import dev.redstart.operation.KeyOperations;
import dev.redstart.operation.TagOperations;
import dev.redstart.spi.Binary;
import dev.redstart.spi.BinaryStrings;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * A tag of a database.
 *
 * <p>Immutable; as safe for threads as its access.
 */
final class LocalTag implements RTag {
  private final Access access;
  private final Names names;
  private final String name;

  LocalTag(Access access, Names names, String name) {
    this.access = access;
    this.names = names;
    this.name = Objects.requireNonNull(name, "name");
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String key() {
    return names.tagKey(name);
  }

  @Override
  public boolean add(String key) {
    return operations().add(List.of(names.binary(key))) > 0;
  }

  @Override
  public long add(Collection<String> keys) {
    return operations().add(names.all(keys));
  }

  @Override
  public boolean remove(String key) {
    return operations().remove(List.of(names.binary(key))) > 0;
  }

  @Override
  public long remove(Collection<String> keys) {
    return operations().remove(names.all(keys));
  }

  @Override
  public boolean contains(String key) {
    return operations().contains(names.binary(key));
  }

  @Override
  public Set<String> keys() {
    Set<String> keys = new HashSet<>();
    for (String key : operations().keys()) {
      keys.add(names.text(key));
    }
    return keys;
  }

  @Override
  public long size() {
    return operations().size();
  }

  @Override
  public long deleteKeys() {
    return operations().deleteKeys();
  }

  @Override
  public boolean delete() {
    return new KeyOperations(access).delete(List.of(binaryKey())) > 0;
  }

  private TagOperations operations() {
    return new TagOperations(access, binaryKey());
  }

  private @Binary String binaryKey() {
    return BinaryStrings.fromText(key());
  }
}
