// SPDX-License-Identifier: Apache-2.0
package dev.redstart.local;

import dev.redstart.AddCondition;
import dev.redstart.AddResult;
import dev.redstart.Aggregate;
import dev.redstart.MemberRange;
import dev.redstart.Popped;
import dev.redstart.RSortedSet;
import dev.redstart.Ranked;
import dev.redstart.ScanOptions;
import dev.redstart.ScanPage;
import dev.redstart.ScoreRange;
import dev.redstart.Scored;
import dev.redstart.SortedRange;
import dev.redstart.keyspace.Access;
import dev.redstart.operation.FirstPops.Taken;
import dev.redstart.operation.ScoreEdits;
import dev.redstart.operation.ScoredMembers;
import dev.redstart.operation.SortedSetAlgebra;
import dev.redstart.operation.SortedSetAlgebra.Kind;
import dev.redstart.operation.SortedSetAlgebra.Query;
import dev.redstart.operation.SortedSetOperations;
import dev.redstart.operation.SortedSetPops;
import dev.redstart.spi.Binary;
import dev.redstart.spi.BinaryCodec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * A key as a sorted set of a codec's type.
 *
 * <p>Immutable; as safe for threads as its access.
 */
final class LocalSortedSet<E> extends LocalObject implements RSortedSet<E> {
  /** The longest list that can be made. */
  private static final long MAX_LIST = Integer.MAX_VALUE - 8;

  private final BinaryCodec<E> codec;

  LocalSortedSet(Access access, Names names, String name, BinaryCodec<E> codec) {
    super(access, names, name);
    this.codec = codec;
  }

  @Override
  public AddResult add(E member, double score, AddCondition condition) {
    Objects.requireNonNull(condition, "condition");
    double[] scores = {Arguments.score(score)};
    return operations().add(List.of(encode(member)), scores, condition);
  }

  @Override
  public AddResult add(Map<? extends E, Double> members, AddCondition condition) {
    List<Scored<? extends E>> all = new ArrayList<>(members.size());
    members.forEach((member, score) -> all.add(new Scored<>(member, score)));
    return add(all, condition);
  }

  @Override
  public AddResult add(Collection<? extends Scored<? extends E>> members, AddCondition condition) {
    Objects.requireNonNull(condition, "condition");
    List<Scored<? extends E>> all = List.copyOf(members); // the caller's may change meanwhile
    List<@Binary String> encoded = new ArrayList<>(all.size());
    double[] scores = new double[all.size()];
    for (Scored<? extends E> each : all) {
      scores[encoded.size()] = Arguments.score(each.score());
      encoded.add(encode(each.member()));
    }
    requireSome(encoded);
    return operations().add(encoded, scores, condition);
  }

  @Override
  public double increment(E member, double delta) {
    return Objects.requireNonNull(increment(member, delta, AddCondition.ALWAYS));
  }

  @Override
  public @Nullable Double increment(E member, double delta, AddCondition condition) {
    Objects.requireNonNull(condition, "condition");
    return operations().increment(encode(member), Arguments.score(delta), condition);
  }

  @Override
  public @Nullable Double score(E member) {
    double score = operations().score(encode(member));
    return Double.isNaN(score) ? null : score;
  }

  @Override
  public List<@Nullable Double> scores(Collection<? extends E> members) {
    double[] scores = operations().scores(encodeAll(members));
    List<@Nullable Double> list = new ArrayList<>(scores.length);
    for (double score : scores) {
      list.add(Double.isNaN(score) ? null : score);
    }
    return list;
  }

  @Override
  @SafeVarargs
  @SuppressWarnings("varargs") // the array is only read
  public final List<@Nullable Double> scores(E... members) {
    return scores(Arrays.asList(members));
  }

  @Override
  public boolean contains(E member) {
    return !Double.isNaN(operations().score(encode(member)));
  }

  @Override
  public long size() {
    return operations().size();
  }

  @Override
  public @Nullable Long rank(E member) {
    Ranked ranked = rankWithScore(member);
    return ranked == null ? null : ranked.rank();
  }

  @Override
  public @Nullable Long reverseRank(E member) {
    Ranked ranked = reverseRankWithScore(member);
    return ranked == null ? null : ranked.rank();
  }

  @Override
  public @Nullable Ranked rankWithScore(E member) {
    return operations().rank(encode(member), false);
  }

  @Override
  public @Nullable Ranked reverseRankWithScore(E member) {
    return operations().rank(encode(member), true);
  }

  @Override
  public long count(ScoreRange range) {
    return operations().count(SortedRange.byScore(range));
  }

  @Override
  public long lexCount(MemberRange<E> range) {
    return operations().count(encode(SortedRange.byMember(range)));
  }

  @Override
  public List<E> range(SortedRange<E> range) {
    return members(operations().range(encode(range)));
  }

  @Override
  public List<Scored<E>> rangeWithScores(SortedRange<E> range) {
    return scored(operations().range(encode(range)));
  }

  @Override
  public long storeRange(String destination, SortedRange<E> range) {
    return operations().storeRange(names.binary(destination), encode(range));
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
    return removeAll(Arrays.asList(members));
  }

  @Override
  public long removeRange(SortedRange<E> range) {
    if (range.isReversed() || range.offset() != 0 || range.limit() != Long.MAX_VALUE) {
      throw new IllegalArgumentException("a range to remove must not be reversed or limited");
    }
    return operations().removeRange(encode(range));
  }

  @Override
  public @Nullable Scored<E> popMin() {
    return first(pop(pops(false, 1, List.of())));
  }

  @Override
  public @Nullable Scored<E> popMax() {
    return first(pop(pops(true, 1, List.of())));
  }

  @Override
  public List<Scored<E>> popMin(long count) {
    return pop(false, count);
  }

  @Override
  public List<Scored<E>> popMax(long count) {
    return pop(true, count);
  }

  private List<Scored<E>> pop(boolean fromMax, long count) {
    if (Arguments.count(count) == 0) {
      operations().size(); // a key of another type is refused all the same
      return new ArrayList<>();
    }
    Popped<E> popped = pop(pops(fromMax, count, List.of()));
    return popped == null ? new ArrayList<>() : popped.members();
  }

  @Override
  public @Nullable Scored<E> popMin(Duration timeout) throws InterruptedException {
    return first(pop(pops(false, 1, List.of()), timeout));
  }

  @Override
  public @Nullable Scored<E> popMax(Duration timeout) throws InterruptedException {
    return first(pop(pops(true, 1, List.of()), timeout));
  }

  @Override
  public @Nullable Popped<E> popMinOfAny(long count, Collection<String> otherKeys) {
    return pop(pops(false, count, otherKeys));
  }

  @Override
  public @Nullable Popped<E> popMaxOfAny(long count, Collection<String> otherKeys) {
    return pop(pops(true, count, otherKeys));
  }

  @Override
  public @Nullable Popped<E> popMinOfAny(long count, Collection<String> otherKeys, Duration timeout)
      throws InterruptedException {
    return pop(pops(false, count, otherKeys), timeout);
  }

  @Override
  public @Nullable Popped<E> popMaxOfAny(long count, Collection<String> otherKeys, Duration timeout)
      throws InterruptedException {
    return pop(pops(true, count, otherKeys), timeout);
  }

  private @Nullable Popped<E> pop(SortedSetPops pops) {
    return Pops.now(pops, this::popped);
  }

  private @Nullable Popped<E> pop(SortedSetPops pops, Duration timeout)
      throws InterruptedException {
    return Pops.waiting(access, pops, timeout, this::popped);
  }

  private SortedSetPops pops(boolean fromMax, long count, Collection<String> otherKeys) {
    if (count < 1) {
      throw new IllegalArgumentException("count must be positive: " + count);
    }
    return new SortedSetPops(access, names.all(binaryKey(), otherKeys), fromMax, count);
  }

  private Popped<E> popped(Taken<ScoredMembers> taken) {
    return new Popped<>(names.text(taken.key()), scored(taken.elements()));
  }

  private static <E> @Nullable Scored<E> first(@Nullable Popped<E> popped) {
    return popped == null ? null : popped.members().get(0);
  }

  @Override
  public List<Scored<E>> union(
      Collection<String> otherKeys, Aggregate aggregate, double... weights) {
    return compute(Kind.UNION, otherKeys, aggregate, weights);
  }

  @Override
  public long storeUnion(
      String destination, Collection<String> otherKeys, Aggregate aggregate, double... weights) {
    return store(destination, Kind.UNION, otherKeys, aggregate, weights);
  }

  @Override
  public List<Scored<E>> intersect(
      Collection<String> otherKeys, Aggregate aggregate, double... weights) {
    return compute(Kind.INTERSECTION, otherKeys, aggregate, weights);
  }

  @Override
  public long storeIntersection(
      String destination, Collection<String> otherKeys, Aggregate aggregate, double... weights) {
    return store(destination, Kind.INTERSECTION, otherKeys, aggregate, weights);
  }

  @Override
  public long intersectSize(long limit, Collection<String> otherKeys) {
    if (limit < 0) {
      throw new IllegalArgumentException("limit must not be negative: " + limit);
    }
    return new SortedSetAlgebra(access)
        .intersectSize(names.all(binaryKey(), otherKeys), limit == 0 ? Long.MAX_VALUE : limit);
  }

  @Override
  public List<Scored<E>> difference(Collection<String> otherKeys) {
    return compute(Kind.DIFFERENCE, otherKeys, Aggregate.SUM);
  }

  @Override
  public long storeDifference(String destination, Collection<String> otherKeys) {
    return store(destination, Kind.DIFFERENCE, otherKeys, Aggregate.SUM);
  }

  private List<Scored<E>> compute(
      Kind kind, Collection<String> otherKeys, Aggregate aggregate, double... weights) {
    return scored(new SortedSetAlgebra(access).compute(query(kind, otherKeys, aggregate, weights)));
  }

  private long store(
      String destination,
      Kind kind,
      Collection<String> otherKeys,
      Aggregate aggregate,
      double... weights) {
    Query query = query(kind, otherKeys, aggregate, weights);
    return new SortedSetAlgebra(access).store(names.binary(destination), query);
  }

  private Query query(
      Kind kind, Collection<String> otherKeys, Aggregate aggregate, double... weights) {
    Objects.requireNonNull(aggregate, "aggregate");
    List<@Binary String> keys = names.all(binaryKey(), otherKeys);
    if (weights.length != 0 && weights.length != keys.size()) {
      throw new IllegalArgumentException(
          "weights must be none, or one for each of " + keys.size() + " sets: " + weights.length);
    }
    List<Double> factors = new ArrayList<>(keys.size());
    for (int i = 0; i < keys.size(); i++) {
      double weight = weights.length == 0 ? 1 : weights[i];
      if (Double.isNaN(weight)) {
        throw new IllegalArgumentException("weight must be a number: NaN");
      }
      factors.add(weight);
    }
    return new Query(kind, keys, factors, aggregate);
  }

  @Override
  public @Nullable E random() {
    Scored<E> found = first(operations().random(ThreadLocalRandom.current()));
    return found == null ? null : found.member();
  }

  @Override
  public List<Scored<E>> randomWithScores(long count) {
    return scored(operations().random(ThreadLocalRandom.current(), Arguments.count(count), false));
  }

  @Override
  public List<Scored<E>> randomWithRepeats(long count) {
    if (count > MAX_LIST) {
      throw new IllegalArgumentException("count must be at most " + MAX_LIST + ": " + count);
    }
    return scored(operations().random(ThreadLocalRandom.current(), Arguments.count(count), true));
  }

  @Override
  public ScanPage<Scored<E>> scan(long cursor, ScanOptions options) {
    if (options.type() != null) {
      throw new IllegalArgumentException("a scan of members must not name a type");
    }
    String pattern = options.glob();
    ScoredMembers found = new ScoredMembers(options.count());
    long next =
        operations()
            .scan(
                Arguments.cursor(cursor),
                pattern == null ? null : LocalKeys.glob(pattern),
                options.count(),
                found);
    return new ScanPage<>(next, scored(found));
  }

  @Override
  public Iterable<Scored<E>> scan(ScanOptions options) {
    Objects.requireNonNull(options, "options");
    return () -> new ScanIterator<>(cursor -> scan(cursor, options));
  }

  @Override
  public Map<E, Double> asScoreMap() {
    return new ScoreMap<>(this);
  }

  /** Changes a score, or removes the member for null, if it is as it was seen. */
  boolean replaceScore(E member, @Nullable Double seen, @Nullable Double score) {
    return edits()
        .replaceIfSame(
            encode(member),
            seen == null ? Double.NaN : seen,
            score == null ? Double.NaN : Arguments.score(score));
  }

  /** Returns members with scores, ascending, from a rank on of what was there at one moment. */
  List<Scored<E>> page(ScoreEdits.Pages pages, long rank, int count) {
    return scored(pages.page(rank, count));
  }

  ScoreEdits edits() {
    return new ScoreEdits(access, binaryKey());
  }

  private SortedSetOperations operations() {
    return new SortedSetOperations(access, binaryKey());
  }

  private @Binary String encode(E member) {
    return codec.encodeBinary(Objects.requireNonNull(member, "member"));
  }

  private List<@Binary String> encodeAll(Collection<? extends E> members) {
    List<@Binary String> encoded = new ArrayList<>(members.size());
    for (E member : members) {
      encoded.add(encode(member));
    }
    requireSome(encoded);
    return encoded;
  }

  private static void requireSome(List<@Binary String> members) {
    if (members.isEmpty()) {
      throw new IllegalArgumentException("at least one member must be given");
    }
  }

  private SortedRange<@Binary String> encode(SortedRange<E> range) {
    MemberRange<E> members = range.members();
    MemberRange<@Binary String> encoded =
        members == null
            ? null
            : new MemberRange<>(
                members.min() == null ? null : encode(members.min()),
                members.minIncluded(),
                members.max() == null ? null : encode(members.max()),
                members.maxIncluded());
    return new SortedRange<>(
        range.ranks(), range.scores(), encoded, range.isReversed(), range.offset(), range.limit());
  }

  private @Nullable Scored<E> first(ScoredMembers found) {
    return found.size() == 0
        ? null
        : new Scored<>(codec.decodeBinary(found.member(0)), found.score(0));
  }

  private List<E> members(ScoredMembers found) {
    List<E> list = new ArrayList<>(found.size());
    for (int i = 0; i < found.size(); i++) {
      list.add(codec.decodeBinary(found.member(i)));
    }
    return list;
  }

  private List<Scored<E>> scored(ScoredMembers found) {
    List<Scored<E>> list = new ArrayList<>(found.size());
    for (int i = 0; i < found.size(); i++) {
      list.add(new Scored<>(codec.decodeBinary(found.member(i)), found.score(i)));
    }
    return list;
  }
}
