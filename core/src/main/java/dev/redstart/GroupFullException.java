// SPDX-License-Identifier: Apache-2.0
package dev.redstart;

/**
 * An operation would have made more keys than a group may have ({@code OOM}); nothing was changed.
 *
 * <p>Immutable. The code is the one with which Redis refuses a write that finds its memory full,
 * since clients know it as a store that has no room for more, rather than as a mistake of theirs.
 *
 * @see GroupOptions#limit(long)
 */
public final class GroupFullException extends StoreException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception for a group of a prefix. */
  public GroupFullException(String prefix) {
    super("OOM", "the group has no room for another key: " + prefix);
  }
}
