// SPDX-License-Identifier: Apache-2.0
package dev.redstart.spi;

/**
 * One key event of an operation, as Redis would publish it.
 *
 * <p>Immutable.
 *
 * @param eventClass the class that decides whether anybody asked for it
 * @param event Redis's name of the event, such as {@code zadd} or {@code expired}
 * @param database the number of the database that the key is in
 * @param key the key that it is about
 */
public record Notification(EventClass eventClass, String event, int database, @Binary String key) {}
