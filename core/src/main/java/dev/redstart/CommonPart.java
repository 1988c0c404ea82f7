// SPDX-License-Identifier: Apache-2.0
package dev.redstart;

/**
 * Bytes that a longest common subsequence has from both values without a gap.
 *
 * <p>Immutable. Redis: a match of {@code LCS ... IDX WITHMATCHLEN}, which tells its last bytes
 * instead of its length.
 *
 * @param start index of its first byte in the one value, from 0
 * @param otherStart index of its first byte in the other value, from 0
 * @param length how many bytes it has, at least 1
 */
public record CommonPart(long start, long otherStart, long length) {}
