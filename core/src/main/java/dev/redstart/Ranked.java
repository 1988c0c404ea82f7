// SPDX-License-Identifier: Apache-2.0
package dev.redstart;

/**
 * Where a member of a sorted set stands.
 *
 * <p>Immutable.
 *
 * @param rank its index, from 0
 * @param score its score
 */
public record Ranked(long rank, double score) {}
