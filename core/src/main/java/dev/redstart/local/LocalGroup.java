// SPDX-License-Identifier: Apache-2.0
package dev.redstart.local;

import dev.redstart.StoreGroup;
import dev.redstart.keyspace.Access;

/**
 * The view of the keys of one database that begin with a prefix.
 *
 * <p>Safe for many threads.
 */
final class LocalGroup extends LocalStore implements StoreGroup {
  LocalGroup(Parts parts, Access access, Names names) {
    super(parts, access, names);
  }

  @Override
  public String prefix() {
    return names.prefix();
  }

  @Override
  public StoreGroup database(int number) {
    return new LocalGroup(parts, access.inDatabase(number), names);
  }
}
