// SPDX-License-Identifier: Apache-2.0
package dev.redstart.structure;

import dev.redstart.spi.Binary;
import dev.redstart.spi.BinaryStrings;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A string of bytes that grows and changes in place, in chunks.
 *
 * <p>Guarded by the stripe of its key; a frozen one that nobody changes may be read by any thread.
 */
public final class BytesValue implements Freezable {
  // Overview. The bytes stand in chunks of CHUNK bytes, of which the last may be shorter; a chunk
  // that is all zero need not be there, so a bit set far out costs nothing before it. A chunk may
  // be changed only if its owner is this value's token; freeze() is O(1) and takes the token away
  // from both sides, so a later write copies the table of chunks once and the chunk that it needs.

  private static final int CHUNK_BITS = 14;
  private static final int CHUNK = 1 << CHUNK_BITS;
  private static final int SMALLEST_CHUNK = 16;

  private Object owner = new Object();
  private Object chunksOwner = owner;
  private @Nullable Chunk[] chunks;
  private long length;

  /** Creates one with the given bytes. */
  public BytesValue(@Binary String bytes) {
    this.chunks = new Chunk[1];
    write(0, bytes);
  }

  private BytesValue(BytesValue source) {
    this.chunksOwner = source.chunksOwner;
    this.chunks = source.chunks;
    this.length = source.length;
  }

  @Override
  public BytesValue freeze() {
    owner = new Object();
    return new BytesValue(this);
  }

  /** Returns the number of bytes. O(1). */
  public long length() {
    return length;
  }

  /** Adds bytes to the end. O(n) in their number, amortized. */
  public void append(@Binary String bytes) {
    write(length, bytes);
  }

  /**
   * Writes bytes from an offset on, filling a gap with zeros. O(n) in their number.
   *
   * <p>When memory gives out, nothing has changed.
   */
  public void write(long offset, @Binary String bytes) {
    for (long at = offset, end = offset + bytes.length(); at < end; at = nextChunk(at)) {
      ownedChunk((int) (at >>> CHUNK_BITS), (int) (Math.min(end, nextChunk(at)) - chunkStart(at)));
    }
    int from = 0;
    while (from < bytes.length()) {
      long start = offset + from;
      int part = (int) Math.min(nextChunk(start) - start, bytes.length() - from);
      BinaryStrings.copyTo(
          part == bytes.length() ? bytes : bytes.substring(from, from + part),
          chunks[(int) (start >>> CHUNK_BITS)].bytes,
          (int) (start - chunkStart(start)));
      from += part;
    }
    length = Math.max(length, offset + from);
  }

  /** Returns the bytes from {@code from} to {@code to}, excluded. O(n) in their number. */
  public @Binary String read(long from, long to) {
    byte[] copy = new byte[Math.toIntExact(to - from)];
    int done = 0;
    while (done < copy.length) {
      int index = (int) ((from + done) >>> CHUNK_BITS);
      int at = (int) ((from + done) & (CHUNK - 1));
      int part = Math.min(CHUNK - at, copy.length - done);
      Chunk chunk = index < chunks.length ? chunks[index] : null;
      if (chunk != null && at < chunk.bytes.length) {
        System.arraycopy(chunk.bytes, at, copy, done, Math.min(part, chunk.bytes.length - at));
      }
      done += part;
    }
    return BinaryStrings.fromBytes(copy);
  }

  private static long chunkStart(long offset) {
    return offset & -CHUNK;
  }

  private static long nextChunk(long offset) {
    return chunkStart(offset) + CHUNK;
  }

  /** Sees to it that a chunk is there for changing, with at least {@code needed} bytes. */
  private void ownedChunk(int index, int needed) {
    if (index >= chunks.length) {
      chunks = Arrays.copyOf(chunks, Math.max(index + 1, chunks.length + (chunks.length >> 1)));
      chunksOwner = owner;
    } else if (chunksOwner != owner) {
      chunks = chunks.clone();
      chunksOwner = owner;
    }
    Chunk chunk = chunks[index];
    if (chunk == null) {
      chunk = new Chunk(owner, new byte[roomFor(needed, 0)]);
    } else if (chunk.bytes.length < needed) {
      chunk = new Chunk(owner, Arrays.copyOf(chunk.bytes, roomFor(needed, chunk.bytes.length)));
    } else if (chunk.owner != owner) {
      chunk = new Chunk(owner, chunk.bytes.clone());
    }
    chunks[index] = chunk;
  }

  private static int roomFor(int needed, int before) {
    return Math.min(CHUNK, Math.max(SMALLEST_CHUNK, Math.max(needed, 2 * before)));
  }

  /** Some bytes and who may change them. */
  private static final class Chunk {
    final Object owner;
    final byte[] bytes;

    Chunk(Object owner, byte[] bytes) {
      this.owner = owner;
      this.bytes = bytes;
    }
  }
}
