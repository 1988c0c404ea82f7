// SPDX-License-Identifier: Apache-2.0
package dev.redstart.local;

import dev.redstart.ListEnd;
import dev.redstart.PoppedElements;
import dev.redstart.PositionOptions;
import dev.redstart.RList;
import dev.redstart.keyspace.Access;
import dev.redstart.operation.FirstPops.Taken;
import dev.redstart.operation.ListEdits;
import dev.redstart.operation.ListMoves;
import dev.redstart.operation.ListOperations;
import dev.redstart.operation.ListPops;
import dev.redstart.spi.Binary;
import dev.redstart.spi.BinaryCodec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingDeque;
import org.jspecify.annotations.Nullable;

/**
 * A key as a list of a codec's type.
 *
 * <p>Immutable; as safe for threads as its access.
 */
final class LocalList<E> extends LocalObject implements RList<E> {
  private final BinaryCodec<E> codec;

  LocalList(Access access, Names names, String name, BinaryCodec<E> codec) {
    super(access, names, name);
    this.codec = codec;
  }

  @Override
  public long pushLeft(E element) {
    return push(ListEnd.LEFT, List.of(encode(element)), false);
  }

  @Override
  public long pushLeft(Collection<? extends E> elements) {
    return push(ListEnd.LEFT, encodeAll(elements), false);
  }

  @Override
  @SafeVarargs
  @SuppressWarnings("varargs") // the array is only read
  public final long pushLeft(E... elements) {
    return pushLeft(Arrays.asList(elements));
  }

  @Override
  public long pushRight(E element) {
    return push(ListEnd.RIGHT, List.of(encode(element)), false);
  }

  @Override
  public long pushRight(Collection<? extends E> elements) {
    return push(ListEnd.RIGHT, encodeAll(elements), false);
  }

  @Override
  @SafeVarargs
  @SuppressWarnings("varargs") // the array is only read
  public final long pushRight(E... elements) {
    return pushRight(Arrays.asList(elements));
  }

  @Override
  public long pushLeftIfPresent(E element) {
    return push(ListEnd.LEFT, List.of(encode(element)), true);
  }

  @Override
  public long pushLeftIfPresent(Collection<? extends E> elements) {
    return push(ListEnd.LEFT, encodeAll(elements), true);
  }

  @Override
  @SafeVarargs
  @SuppressWarnings("varargs") // the array is only read
  public final long pushLeftIfPresent(E... elements) {
    return pushLeftIfPresent(Arrays.asList(elements));
  }

  @Override
  public long pushRightIfPresent(E element) {
    return push(ListEnd.RIGHT, List.of(encode(element)), true);
  }

  @Override
  public long pushRightIfPresent(Collection<? extends E> elements) {
    return push(ListEnd.RIGHT, encodeAll(elements), true);
  }

  @Override
  @SafeVarargs
  @SuppressWarnings("varargs") // the array is only read
  public final long pushRightIfPresent(E... elements) {
    return pushRightIfPresent(Arrays.asList(elements));
  }

  private long push(ListEnd end, List<@Binary String> elements, boolean onlyIfPresent) {
    return operations().push(end, elements, onlyIfPresent);
  }

  @Override
  public long insertBefore(E pivot, E element) {
    return operations().insert(true, encode(pivot, "pivot"), encode(element));
  }

  @Override
  public long insertAfter(E pivot, E element) {
    return operations().insert(false, encode(pivot, "pivot"), encode(element));
  }

  @Override
  public @Nullable E popLeft() {
    return popOne(ListEnd.LEFT);
  }

  @Override
  public @Nullable E popRight() {
    return popOne(ListEnd.RIGHT);
  }

  private @Nullable E popOne(ListEnd from) {
    E taken = codec.isQuick() ? operations().popShort(from, codec) : null;
    return taken != null ? taken : first(pop(pops(from, 1, List.of())));
  }

  @Override
  public List<E> popLeft(long count) {
    return pop(ListEnd.LEFT, count);
  }

  @Override
  public List<E> popRight(long count) {
    return pop(ListEnd.RIGHT, count);
  }

  private List<E> pop(ListEnd from, long count) {
    if (Arguments.count(count) == 0) {
      operations().size(); // a key of another type is refused all the same
      return new ArrayList<>();
    }
    PoppedElements<E> popped = pop(pops(from, count, List.of()));
    return popped == null ? new ArrayList<>() : popped.elements();
  }

  @Override
  public @Nullable E popLeft(Duration timeout) throws InterruptedException {
    return popOne(ListEnd.LEFT, timeout);
  }

  @Override
  public @Nullable E popRight(Duration timeout) throws InterruptedException {
    return popOne(ListEnd.RIGHT, timeout);
  }

  private @Nullable E popOne(ListEnd from, Duration timeout) throws InterruptedException {
    Times.timeoutNanos(timeout); // refuses a bad one before anything is taken
    Pops.refuseInterrupted();
    E taken = codec.isQuick() ? operations().popShort(from, codec) : null;
    return taken != null ? taken : first(pop(pops(from, 1, List.of()), timeout));
  }

  @Override
  public @Nullable PoppedElements<E> popFirstNonEmpty(
      ListEnd from, long count, Collection<String> otherKeys) {
    return pop(pops(from, count, otherKeys));
  }

  @Override
  public @Nullable PoppedElements<E> popFirstNonEmpty(
      ListEnd from, long count, Collection<String> otherKeys, Duration timeout)
      throws InterruptedException {
    return pop(pops(from, count, otherKeys), timeout);
  }

  private @Nullable PoppedElements<E> pop(ListPops pops) {
    return Pops.now(pops, this::popped);
  }

  private @Nullable PoppedElements<E> pop(ListPops pops, Duration timeout)
      throws InterruptedException {
    return Pops.waiting(access, pops, timeout, this::popped);
  }

  private ListPops pops(ListEnd from, long count, Collection<String> otherKeys) {
    Objects.requireNonNull(from, "from");
    if (count < 1) {
      throw new IllegalArgumentException("count must be positive: " + count);
    }
    return new ListPops(access, names.all(binaryKey(), otherKeys), from, count);
  }

  private PoppedElements<E> popped(Taken<List<@Binary String>> taken) {
    return new PoppedElements<>(names.text(taken.key()), decodeAll(taken.elements()));
  }

  private static <E> @Nullable E first(@Nullable PoppedElements<E> popped) {
    return popped == null ? null : popped.elements().get(0);
  }

  @Override
  public @Nullable E moveTo(String destination, ListEnd from, ListEnd to) {
    return move(moves(destination, from, to));
  }

  @Override
  public @Nullable E moveTo(String destination, ListEnd from, ListEnd to, Duration timeout)
      throws InterruptedException {
    ListMoves moves = moves(destination, from, to);
    long timeoutNanos = Times.timeoutNanos(timeout);
    Pops.refuseInterrupted();
    E atOnce = move(moves);
    if (atOnce != null || timeoutNanos == 0 || access.isInTransaction()) {
      return atOnce;
    }
    String moved = moves.take(timeoutNanos);
    if (moved == null) {
      return null;
    }
    try {
      return codec.decodeBinary(moved);
    } catch (RuntimeException | Error unreadable) {
      moves.moveBack(moved);
      throw unreadable;
    }
  }

  /** As {@link Pops#now}. */
  private @Nullable E move(ListMoves moves) {
    while (true) {
      String seen = moves.peek();
      E decoded = seen == null ? null : codec.decodeBinary(seen);
      if (seen == null || moves.moveIfSame(seen)) {
        return decoded;
      }
    }
  }

  private ListMoves moves(String destination, ListEnd from, ListEnd to) {
    Objects.requireNonNull(from, "from");
    Objects.requireNonNull(to, "to");
    String there = names.binary(Objects.requireNonNull(destination, "destination"));
    return new ListMoves(access, binaryKey(), there, from, to);
  }

  @Override
  public List<E> range(long start, long stop) {
    return decodeAll(operations().range(start, stop));
  }

  @Override
  public @Nullable E get(long index) {
    String found = operations().get(index);
    return found == null ? null : codec.decodeBinary(found);
  }

  @Override
  public long size() {
    return operations().size();
  }

  @Override
  public @Nullable Long indexOf(E element, PositionOptions options) {
    Objects.requireNonNull(options, "options");
    List<Long> found = operations().positions(encode(element), options, 1);
    return found.isEmpty() ? null : found.get(0);
  }

  @Override
  public List<Long> indexesOf(E element, long count, PositionOptions options) {
    Objects.requireNonNull(options, "options");
    long limit = Arguments.count(count) == 0 ? Long.MAX_VALUE : count;
    return operations().positions(encode(element), options, limit);
  }

  @Override
  public void set(long index, E element) {
    operations().set(index, encode(element));
  }

  @Override
  public long remove(long count, E element) {
    return operations().remove(count, encode(element));
  }

  @Override
  public void trim(long start, long stop) {
    operations().trim(start, stop);
  }

  @Override
  public List<E> asList() {
    return new ElementList<>(this);
  }

  @Override
  public BlockingDeque<E> asDeque() {
    return new ElementDeque<>(this);
  }

  /** Returns the bytes of the element at an index, or null. */
  @Nullable
  @Binary
  String seen(long index) {
    return operations().get(index);
  }

  E decode(@Binary String element) {
    return codec.decodeBinary(element);
  }

  ListEdits edits() {
    return new ListEdits(access, binaryKey());
  }

  private ListOperations operations() {
    return new ListOperations(access, binaryKey());
  }

  @Binary
  String encode(E element) {
    return encode(element, "element");
  }

  private @Binary String encode(E element, String name) {
    return codec.encodeBinary(Objects.requireNonNull(element, name));
  }

  List<@Binary String> encodeAll(Collection<? extends E> elements) {
    List<@Binary String> encoded = new ArrayList<>(elements.size());
    for (E element : elements) {
      encoded.add(encode(element));
    }
    if (encoded.isEmpty()) {
      throw new IllegalArgumentException("at least one element must be given");
    }
    return encoded;
  }

  private List<E> decodeAll(List<@Binary String> elements) {
    List<E> list = new ArrayList<>(elements.size());
    for (String element : elements) {
      list.add(codec.decodeBinary(element));
    }
    return list;
  }
}
