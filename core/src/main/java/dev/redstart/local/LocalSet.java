// SPDX-License-Identifier: Apache-2.0
package dev.redstart.local;

import dev.redstart.RSet;
import dev.redstart.ScanOptions;
import dev.redstart.ScanPage;
import dev.redstart.keyspace.Access;
import dev.redstart.operation.SetAlgebra;
import dev.redstart.operation.SetAlgebra.Kind;
import dev.redstart.operation.SetOperations;
import dev.redstart.spi.Binary;
import dev.redstart.spi.BinaryCodec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * A key as a set of a codec's type.
 *
 * <p>Immutable; as safe for threads as its access.
 */
final class LocalSet<E> extends LocalObject implements RSet<E> {
  /** The longest list that can be made. */
  private static final long MAX_LIST = Integer.MAX_VALUE - 8;

  private final BinaryCodec<E> codec;

  LocalSet(Access access, Names names, String name, BinaryCodec<E> codec) {
    super(access, names, name);
    this.codec = codec;
  }

  @Override
  public boolean add(E member) {
    return operations().add(List.of(encode(member))) > 0;
  }

  @Override
  public long add(Collection<? extends E> members) {
    return operations().add(encodeAll(members));
  }

  @Override
  @SafeVarargs
  @SuppressWarnings("varargs") // the array is only read
  public final long add(E... members) {
    return operations().add(encodeAll(Arrays.asList(members)));
  }

  @Override
  public boolean remove(E member) {
    return operations().remove(List.of(encode(member))) > 0;
  }

  @Override
  public long removeAll(Collection<? extends E> members) {
    return operations().remove(encodeAll(members));
  }

  @Override
  @SafeVarargs
  @SuppressWarnings("varargs") // the array is only read
  public final long removeAll(E... members) {
    return operations().remove(encodeAll(Arrays.asList(members)));
  }

  @Override
  public boolean contains(E member) {
    return operations().contains(encode(member));
  }

  @Override
  public List<Boolean> containsEach(Collection<? extends E> members) {
    return operations().containsEach(encodeAll(members));
  }

  @Override
  public long size() {
    return operations().size();
  }

  @Override
  public Set<E> members() {
    List<@Binary String> members = operations().members();
    Decoded<E> decoded = new Decoded<>(codec);
    decoded.expect(members.size());
    members.forEach(decoded::accept);
    return decoded.set;
  }

  @Override
  public boolean moveTo(String destination, E member) {
    return operations().move(names.binary(destination), encode(member));
  }

  @Override
  public @Nullable E random() {
    String found = operations().random(ThreadLocalRandom.current());
    return found == null ? null : codec.decodeBinary(found);
  }

  @Override
  public List<E> random(long count) {
    return decode(operations().random(ThreadLocalRandom.current(), Arguments.count(count)));
  }

  @Override
  public List<E> randomWithRepeats(long count) {
    if (count > MAX_LIST) {
      throw new IllegalArgumentException("count must be at most " + MAX_LIST + ": " + count);
    }
    return decode(
        operations().randomWithRepeats(ThreadLocalRandom.current(), Arguments.count(count)));
  }

  /**
   * Decodes what is to be taken, then takes it if it is still there: a codec that throws changes
   * nothing, and no codec runs under a stripe.
   */
  @Override
  public @Nullable E pop() {
    while (true) {
      String chosen = operations().random(ThreadLocalRandom.current());
      E decoded = chosen == null ? null : codec.decodeBinary(chosen);
      if (chosen == null || operations().takeIfThere(chosen)) {
        return decoded;
      }
    }
  }

  /** As {@link #pop()}. */
  @Override
  public List<E> pop(long count) {
    Arguments.count(count);
    while (true) {
      List<@Binary String> chosen = operations().random(ThreadLocalRandom.current(), count);
      List<E> decoded = decode(chosen);
      if (chosen.isEmpty() || operations().takeIfThere(chosen, count)) {
        return decoded;
      }
    }
  }

  @Override
  public Set<E> union(Collection<String> otherKeys) {
    return compute(Kind.UNION, otherKeys);
  }

  @Override
  public long storeUnion(String destination, Collection<String> otherKeys) {
    return store(destination, Kind.UNION, otherKeys);
  }

  @Override
  public Set<E> intersect(Collection<String> otherKeys) {
    return compute(Kind.INTERSECTION, otherKeys);
  }

  @Override
  public long storeIntersection(String destination, Collection<String> otherKeys) {
    return store(destination, Kind.INTERSECTION, otherKeys);
  }

  @Override
  public long intersectSize(long limit, Collection<String> otherKeys) {
    if (limit < 0) {
      throw new IllegalArgumentException("limit must not be negative: " + limit);
    }
    return algebra()
        .intersectSize(names.all(binaryKey(), otherKeys), limit == 0 ? Long.MAX_VALUE : limit);
  }

  @Override
  public Set<E> difference(Collection<String> otherKeys) {
    return compute(Kind.DIFFERENCE, otherKeys);
  }

  @Override
  public long storeDifference(String destination, Collection<String> otherKeys) {
    return store(destination, Kind.DIFFERENCE, otherKeys);
  }

  private Set<E> compute(Kind kind, Collection<String> otherKeys) {
    Decoded<E> decoded = new Decoded<>(codec);
    algebra().compute(kind, names.all(binaryKey(), otherKeys), decoded);
    return decoded.set;
  }

  private long store(String destination, Kind kind, Collection<String> otherKeys) {
    List<@Binary String> keys = names.all(binaryKey(), otherKeys);
    return algebra().store(names.binary(destination), kind, keys);
  }

  @Override
  public ScanPage<E> scan(long cursor, ScanOptions options) {
    if (options.type() != null) {
      throw new IllegalArgumentException("a scan of members must not name a type");
    }
    String pattern = options.glob();
    List<@Binary String> found = new ArrayList<>();
    long next =
        operations()
            .scan(
                Arguments.cursor(cursor),
                pattern == null ? null : LocalKeys.glob(pattern),
                options.count(),
                found);
    return new ScanPage<>(next, decode(found));
  }

  @Override
  public Iterable<E> scan(ScanOptions options) {
    Objects.requireNonNull(options, "options");
    return () -> new ScanIterator<>(cursor -> scan(cursor, options));
  }

  @Override
  public Set<E> asSet() {
    return new MemberSet<>(this);
  }

  private SetOperations operations() {
    return new SetOperations(access, binaryKey());
  }

  private SetAlgebra algebra() {
    return new SetAlgebra(access);
  }

  private @Binary String encode(E member) {
    return codec.encodeBinary(Objects.requireNonNull(member, "member"));
  }

  private List<@Binary String> encodeAll(Collection<? extends E> members) {
    List<@Binary String> encoded = new ArrayList<>(members.size());
    for (E member : members) {
      encoded.add(encode(member));
    }
    if (encoded.isEmpty()) {
      throw new IllegalArgumentException("at least one member must be given");
    }
    return encoded;
  }

  private List<E> decode(List<@Binary String> members) {
    List<E> decoded = new ArrayList<>(members.size());
    for (String member : members) {
      decoded.add(codec.decodeBinary(member));
    }
    return decoded;
  }

  /** Members as they are decoded; confined to a call. */
  private static final class Decoded<E> implements SetAlgebra.Answer {
    private static final int MOST_EXPECTED = 1 << 28;

    private final BinaryCodec<E> codec;
    Set<E> set = new HashSet<>();

    Decoded(BinaryCodec<E> codec) {
      this.codec = codec;
    }

    @Override
    public void expect(long members) {
      set = new HashSet<>((int) (Math.min(members, MOST_EXPECTED) * 4 / 3 + 1));
    }

    @Override
    public void accept(@Binary String member) {
      set.add(codec.decodeBinary(member));
    }
  }
}
