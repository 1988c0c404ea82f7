// SPDX-License-Identifier: Apache-2.0
package dev.redstart.lincheck;

import dev.redstart.ListEnd;
import dev.redstart.ManualTime;
import dev.redstart.Popped;
import dev.redstart.RCounter;
import dev.redstart.RHash;
import dev.redstart.RList;
import dev.redstart.RSet;
import dev.redstart.RSortedSet;
import dev.redstart.RValue;
import dev.redstart.Scored;
import dev.redstart.SetOptions;
import dev.redstart.Store;
import dev.redstart.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jspecify.annotations.Nullable;

/**
 * What Lincheck calls: operations of a small store, by numbers of keys and members.
 *
 * <p>Safe for many threads. Of the values, numbers, sorted sets and lists, those of even numbers
 * are in one stripe and those of odd numbers in the other.
 */
public final class StoreOperations extends GroupOperations {
  /** The third is too long for the packed form. */
  static final List<String> MEMBERS = List.of("a", "b", "c".repeat(65));

  private static final List<String> VALUES = keys("value", 3);
  private static final List<String> NUMBERS = keys("number", 2);
  private static final List<String> SETS = keys("set", 2);
  private static final List<String> LISTS = keys("list", 2);
  private static final List<String> PLAIN_SETS = keys("plain", 2);
  private static final String HASH = "hash";
  private static final Duration FOREVER = ChronoUnit.FOREVER.getDuration();

  private final HastyTime time;
  private final Store store;

  public StoreOperations() {
    this(new HastyTime());
  }

  private StoreOperations(HastyTime time) {
    this(time, Store.builder().stripes(2).databases(2).timeSource(time).open());
  }

  private StoreOperations(HastyTime time, Store store) {
    super(store);
    this.time = time;
    this.store = store;
  }

  /**
   * A wall clock that is moved by hand, and timeouts that are over as soon as they begin: a taker
   * takes its place in the queues, and leaves before it would park. So no scenario can hang for
   * want of a bringer.
   */
  private static final class HastyTime implements TimeSource {
    final ManualTime wall = TimeSource.manual(Instant.EPOCH);

    @Override
    public long wallMillis() {
      return wall.wallMillis();
    }

    @Override
    public long monotonicNanos() {
      return 0;
    }

    @Override
    public Scheduled schedule(long deadlineMillis, Runnable task) {
      return wall.schedule(deadlineMillis, task);
    }

    @Override
    public Scheduled scheduleAfter(long delayNanos, Runnable task) {
      task.run();
      return () -> {};
    }
  }

  private RValue<String> value(int key) {
    return store.value(VALUES.get(key));
  }

  private RCounter counter(int key) {
    return store.counter(NUMBERS.get(key));
  }

  private RSortedSet<String> set(int key) {
    return store.sortedSet(SETS.get(key));
  }

  // One value.

  @Operation
  public @Nullable String get(int key) {
    return value(key).get();
  }

  @Operation
  public void set(int key, int text) {
    value(key).set("" + text);
  }

  @Operation
  public boolean setIfAbsent(int key, int text) {
    return value(key).setIfAbsent("" + text);
  }

  @Operation
  public boolean compareAndSet(int key, int expected, int text) {
    return value(key).compareAndSet("" + expected, "" + text);
  }

  @Operation
  public long append(int key, int text) {
    return value(key).append("" + text);
  }

  @Operation
  public @Nullable String getAndSet(int key, int text) {
    return value(key).getAndSet("" + text);
  }

  @Operation
  public @Nullable String getAndDelete(int key) {
    return value(key).getAndDelete();
  }

  @Operation
  public @Nullable String getOrLoad(int key, int text) {
    return value(key).getOrLoad(() -> "" + text);
  }

  @Operation
  public boolean exists(int key) {
    return value(key).exists();
  }

  // A value with a deadline.

  @Operation
  public void setUntil(int key, int text, int deadline) {
    value(key).set("" + text, SetOptions.always().until(Instant.ofEpochMilli(deadline)));
  }

  @Operation
  public boolean expireAt(int key, int deadline) {
    return value(key).expireAt(Instant.ofEpochMilli(deadline));
  }

  @Operation
  public boolean persist(int key) {
    return value(key).persist();
  }

  @Operation
  public void advance() {
    time.wall.advance(Duration.ofMillis(1));
  }

  // Several values.

  @Operation
  public void setAll(int text) {
    store.values().setAll(Map.of(VALUES.get(0), "" + text, VALUES.get(1), "" + text));
  }

  @Operation
  public boolean setAllIfAbsent(int text) {
    return store
        .values()
        .setAllIfAbsent(Map.of(VALUES.get(1), "" + text, VALUES.get(2), "" + text));
  }

  @Operation
  public String getAll() {
    Map<String, String> found = store.values().getAll(VALUES);
    return VALUES.stream().map(found::get).toList().toString();
  }

  @Operation
  public void rename(int key, int newKey) {
    store.keys().rename(VALUES.get(key), VALUES.get(newKey));
  }

  @Operation
  public boolean renameIfAbsent(int key, int newKey) {
    return store.keys().renameIfAbsent(VALUES.get(key), VALUES.get(newKey));
  }

  @Operation
  public boolean copy(int key, int newKey) {
    return store.keys().copy(VALUES.get(key), VALUES.get(newKey), true);
  }

  @Operation
  public long deleteAll() {
    return store.keys().delete(VALUES);
  }

  @Operation
  public long countAll() {
    return store.keys().exists(VALUES);
  }

  @Operation
  public long size() {
    return store.keys().size();
  }

  // Numbers, and bodies of atomically.

  @Operation
  public long number(int key) {
    return counter(key).get();
  }

  @Operation
  public long add(int key, int delta) {
    return counter(key).add(delta);
  }

  @Operation
  public long getAndSetNumber(int key, int number) {
    return counter(key).getAndSet(number);
  }

  @Operation
  public boolean deleteNumber(int key) {
    return counter(key).delete();
  }

  @Operation
  public String transfer(int amount) {
    return store.atomicallyGet(
        NUMBERS,
        tx -> {
          long from = tx.counter(NUMBERS.get(0)).add(-amount);
          return from + " " + tx.counter(NUMBERS.get(1)).add(amount);
        });
  }

  /** Changes both, and then gives up. */
  @Operation
  public String failingTransfer(int amount) {
    try {
      store.atomically(
          NUMBERS,
          tx -> {
            tx.counter(NUMBERS.get(1)).add(amount);
            tx.counter(NUMBERS.get(0)).add(-amount);
            throw new ArithmeticException("on purpose");
          });
      return "done";
    } catch (ArithmeticException e) {
      return "rolled back";
    }
  }

  @Operation
  public String bothNumbers() {
    return store.atomicallyGet(
        NUMBERS, tx -> tx.counter(NUMBERS.get(0)).get() + " " + tx.counter(NUMBERS.get(1)).get());
  }

  // A tag.

  @Operation
  public boolean tag(int key) {
    return store.tag("t").add(VALUES.get(key));
  }

  @Operation
  public boolean untag(int key) {
    return store.tag("t").remove(VALUES.get(key));
  }

  @Operation
  public boolean isTagged(int key) {
    return store.tag("t").contains(VALUES.get(key));
  }

  @Operation
  public String tagged() {
    Set<String> keys = store.tag("t").keys();
    StringBuilder all = new StringBuilder();
    for (int key = 0; key < VALUES.size(); key++) {
      all.append(keys.contains(VALUES.get(key)) ? key : "");
    }
    return all.toString();
  }

  @Operation
  public boolean forgetTag() {
    return store.tag("t").delete();
  }

  // Sorted sets.

  @Operation
  public boolean addMember(int key, int member, int score) {
    return set(key).add(MEMBERS.get(member), score);
  }

  @Operation
  public double increment(int key, int member, int delta) {
    return set(key).increment(MEMBERS.get(member), delta);
  }

  @Operation
  public @Nullable Double score(int key, int member) {
    return set(key).score(MEMBERS.get(member));
  }

  @Operation
  public @Nullable Long rank(int key, int member) {
    return set(key).rank(MEMBERS.get(member));
  }

  @Operation
  public String range(int key) {
    return set(key).rangeWithScores(0, -1).toString();
  }

  @Operation
  public boolean removeMember(int key, int member) {
    return set(key).remove(MEMBERS.get(member));
  }

  @Operation
  public long removeRange(int key, int stop) {
    return set(key).removeRange(0, stop);
  }

  @Operation
  public long sizeOfSet(int key) {
    return set(key).size();
  }

  @Operation
  public void addToBothSets(int member, int score) {
    store.atomically(
        SETS,
        tx -> {
          tx.sortedSet(SETS.get(1)).add(MEMBERS.get(member), score);
          tx.sortedSet(SETS.get(0)).add(MEMBERS.get(member), score);
        });
  }

  @Operation
  public @Nullable String popMin(int key) {
    return member(set(key).popMin());
  }

  /** Waits, but not for long. */
  @Operation
  public @Nullable String popMinHastily(int key) throws InterruptedException {
    return member(set(key).popMin(Duration.ofMillis(1)));
  }

  @Operation
  public @Nullable String popAnyHastily() throws InterruptedException {
    return member(set(1).popMinOfAny(1, SETS.subList(0, 1), Duration.ofMillis(1)));
  }

  /** Waits for ever: a scenario needs a bringer for each. */
  @Operation
  public @Nullable String popMinPatiently(int key) throws InterruptedException {
    return member(set(key).popMin(FOREVER));
  }

  @Operation
  public @Nullable String popAnyPatiently() throws InterruptedException {
    return member(set(1).popMinOfAny(1, SETS.subList(0, 1), FOREVER));
  }

  private static @Nullable String member(@Nullable Scored<String> scored) {
    return scored == null ? null : scored.member();
  }

  private static @Nullable String member(@Nullable Popped<String> popped) {
    return popped == null ? null : popped.members().get(0).member();
  }

  // Lists.

  private RList<String> list(int key) {
    return store.list(LISTS.get(key));
  }

  @Operation
  public long push(int key, int text) {
    return list(key).pushRight("" + text);
  }

  @Operation
  public void pushToBoth(int text) {
    store.atomically(
        LISTS,
        tx -> {
          tx.list(LISTS.get(1)).pushRight("" + text);
          tx.list(LISTS.get(0)).pushRight("" + text);
        });
  }

  @Operation
  public @Nullable String pop(int key) {
    return list(key).popLeft();
  }

  @Operation
  public @Nullable String move(int key, int destination) {
    return list(key).moveTo(LISTS.get(destination), ListEnd.LEFT, ListEnd.RIGHT);
  }

  @Operation
  public @Nullable String moveHastily(int key, int destination) throws InterruptedException {
    Duration timeout = Duration.ofMillis(1);
    return list(key).moveTo(LISTS.get(destination), ListEnd.LEFT, ListEnd.RIGHT, timeout);
  }

  /** Waits for ever: a scenario needs a bringer for each. */
  @Operation
  public @Nullable String movePatiently(int key, int destination) throws InterruptedException {
    return list(key).moveTo(LISTS.get(destination), ListEnd.LEFT, ListEnd.RIGHT, FOREVER);
  }

  @Operation
  public @Nullable String popPatiently(int key) throws InterruptedException {
    return list(key).popLeft(FOREVER);
  }

  @Operation
  public String elements(int key) {
    return list(key).range(0, -1).toString();
  }

  @Operation
  public void close() {
    store.close();
  }

  // Hashes.

  private RHash<String, String> hash() {
    return store.hash(HASH);
  }

  @Operation
  public boolean putField(int field, int number) {
    return hash().put(MEMBERS.get(field), "" + number);
  }

  @Operation
  public boolean putFieldIfAbsent(int field, int number) {
    return hash().putIfAbsent(MEMBERS.get(field), "" + number);
  }

  @Operation
  public @Nullable String field(int field) {
    return hash().get(MEMBERS.get(field));
  }

  @Operation
  public boolean removeField(int field) {
    return hash().remove(MEMBERS.get(field));
  }

  @Operation
  public long incrementField(int field, int delta) {
    return hash().increment(MEMBERS.get(field), delta);
  }

  @Operation
  public @Nullable String mergeField(int field, int number) {
    return hash().asMap().merge(MEMBERS.get(field), "" + number, String::concat);
  }

  @Operation
  public String fields() {
    return new TreeMap<>(hash().entries()).toString();
  }

  // Plain sets.

  private RSet<String> plainSet(int key) {
    return store.set(PLAIN_SETS.get(key));
  }

  @Operation
  public boolean addTo(int key, int member) {
    return plainSet(key).add(MEMBERS.get(member));
  }

  @Operation
  public boolean removeFrom(int key, int member) {
    return plainSet(key).remove(MEMBERS.get(member));
  }

  @Operation
  public boolean isIn(int key, int member) {
    return plainSet(key).contains(MEMBERS.get(member));
  }

  @Operation
  public boolean moveMember(int key, int destination, int member) {
    return plainSet(key).moveTo(PLAIN_SETS.get(destination), MEMBERS.get(member));
  }

  @Operation
  public long unionInto(int key) {
    return plainSet(0).storeUnion(PLAIN_SETS.get(key), PLAIN_SETS.get(1));
  }

  @Operation
  public String membersOf(int key) {
    return new TreeSet<>(plainSet(key).members()).toString();
  }
}
