// SPDX-License-Identifier: Apache-2.0
package dev.redstart;

/**
 * A member of a sorted set with its score.
 *
 * <p>Immutable, if the member is.
 *
 * @param member the member
 * @param score its score; may be infinite, never NaN in a result
 */
public record Scored<E>(E member, double score) {}
