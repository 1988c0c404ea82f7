// SPDX-License-Identifier: Apache-2.0
package dev.redstart;

/**
 * What the body of {@link Store#atomically} works with.
 *
 * <p>Confined to the thread and the time of the body; used elsewhere, a handle throws {@link
 * IllegalStateException}, as it does for a key that was not declared. Time stands still during the
 * body. Methods that would block answer at once, as inside MULTI.
 */
public interface StoreTransaction extends StoreView {}
