// SPDX-License-Identifier: Apache-2.0
package dev.redstart.lincheck;

import dev.redstart.NoSuchKeyException;
import dev.redstart.Scored;
import dev.redstart.StoreClosedException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What {@link StoreOperations} mean, one after the other, in plain fields.
 *
 * <p>Confined to one thread.
 */
public final class PlainStore extends PlainGroup {
  private final @Nullable String[] values = new String[3];
  private final long[] deadlines = {Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE};
  private final @Nullable Long[] numbers = new Long[2];
  private final List<Map<String, Double>> sets = List.of(new HashMap<>(), new HashMap<>());
  private final Map<String, String> hash = new TreeMap<>();
  private final List<Set<String>> plainSets = List.of(new TreeSet<>(), new TreeSet<>());
  private final List<List<String>> lists = List.of(new ArrayList<>(), new ArrayList<>());
  private final boolean[] tagged = new boolean[3];
  private long now;
  private boolean closed;

  // One value.

  public @Nullable String get(int key) {
    if (closed) {
      throw new StoreClosedException();
    }
    if (deadlines[key] <= now) {
      put(key, null);
    }
    return values[key];
  }

  private void put(int key, @Nullable String value) {
    values[key] = value;
    tagged[key] &= value != null;
    deadlines[key] = Long.MAX_VALUE;
  }

  public void set(int key, int text) {
    get(key);
    put(key, "" + text);
  }

  public boolean setIfAbsent(int key, int text) {
    if (get(key) != null) {
      return false;
    }
    put(key, "" + text);
    return true;
  }

  public boolean compareAndSet(int key, int expected, int text) {
    if (!("" + expected).equals(get(key))) {
      return false;
    }
    put(key, "" + text);
    return true;
  }

  public long append(int key, int text) {
    String before = get(key);
    values[key] = before == null ? "" + text : before + text;
    return values[key].length();
  }

  public @Nullable String getAndSet(int key, int text) {
    String before = get(key);
    put(key, "" + text);
    return before;
  }

  public @Nullable String getAndDelete(int key) {
    String before = get(key);
    put(key, null);
    return before;
  }

  public @Nullable String getOrLoad(int key, int text) {
    setIfAbsent(key, text);
    return get(key);
  }

  public boolean exists(int key) {
    return get(key) != null;
  }

  // A value with a deadline.

  public void setUntil(int key, int text, int deadline) {
    set(key, text);
    deadlines[key] = deadline;
  }

  public boolean expireAt(int key, int deadline) {
    boolean present = get(key) != null;
    deadlines[key] = present ? deadline : Long.MAX_VALUE;
    return present;
  }

  public boolean persist(int key) {
    boolean had = get(key) != null && deadlines[key] != Long.MAX_VALUE;
    deadlines[key] = Long.MAX_VALUE;
    return had;
  }

  public void advance() {
    now++;
  }

  // Several values.

  public void setAll(int text) {
    set(0, text);
    set(1, text);
  }

  public boolean setAllIfAbsent(int text) {
    if (get(1) != null || get(2) != null) {
      return false;
    }
    set(1, text);
    set(2, text);
    return true;
  }

  public String getAll() {
    return Arrays.asList(get(0), get(1), get(2)).toString();
  }

  public void rename(int key, int newKey) {
    String value = get(key);
    if (value == null) {
      throw new NoSuchKeyException();
    }
    long deadline = deadlines[key];
    boolean tag = tagged[key];
    put(key, null);
    put(newKey, value);
    deadlines[newKey] = deadline;
    tagged[newKey] = tag;
  }

  public boolean renameIfAbsent(int key, int newKey) {
    if (get(key) == null) {
      throw new NoSuchKeyException();
    }
    if (get(newKey) != null) {
      return false;
    }
    rename(key, newKey);
    return true;
  }

  public boolean copy(int key, int newKey) {
    String value = get(key);
    if (value != null) {
      long deadline = deadlines[key];
      put(newKey, value);
      deadlines[newKey] = deadline;
      tagged[newKey] = false;
    }
    return value != null;
  }

  // A tag.

  public boolean tag(int key) {
    boolean isNew = get(key) != null && !tagged[key];
    tagged[key] |= isNew;
    return isNew;
  }

  public boolean untag(int key) {
    boolean had = isTagged(key);
    tagged[key] = false;
    return had;
  }

  public boolean isTagged(int key) {
    return get(key) != null && tagged[key];
  }

  public String tagged() {
    StringBuilder all = new StringBuilder();
    for (int key = 0; key < tagged.length; key++) {
      all.append(isTagged(key) ? key : "");
    }
    return all.toString();
  }

  public boolean forgetTag() {
    boolean had = !tagged().isEmpty();
    Arrays.fill(tagged, false);
    return had;
  }

  public long deleteAll() {
    long deleted = countAll();
    for (int key = 0; key < values.length; key++) {
      put(key, null);
    }
    return deleted;
  }

  public long countAll() {
    long count = 0;
    for (int key = 0; key < values.length; key++) {
      count += get(key) == null ? 0 : 1;
    }
    return count;
  }

  public long size() {
    long size = countAll();
    for (Long number : numbers) {
      size += number == null ? 0 : 1;
    }
    for (Map<String, Double> set : sets) {
      size += set.isEmpty() ? 0 : 1;
    }
    return size;
  }

  // Numbers, and bodies of atomically.

  public long number(int key) {
    get(0);
    Long number = numbers[key];
    return number == null ? 0 : number;
  }

  public long add(int key, int delta) {
    long sum = number(key) + delta;
    numbers[key] = sum;
    return sum;
  }

  public long getAndSetNumber(int key, int number) {
    long before = number(key);
    numbers[key] = (long) number;
    return before;
  }

  public boolean deleteNumber(int key) {
    number(key);
    boolean was = numbers[key] != null;
    numbers[key] = null;
    return was;
  }

  public String transfer(int amount) {
    add(0, -amount);
    add(1, amount);
    return bothNumbers();
  }

  public String failingTransfer(int amount) {
    get(0);
    return "rolled back";
  }

  public String bothNumbers() {
    return number(0) + " " + number(1);
  }

  // Sorted sets.

  private Map<String, Double> set(int key) {
    get(0);
    return sets.get(key);
  }

  public boolean addMember(int key, int member, int score) {
    return set(key).put(StoreOperations.MEMBERS.get(member), (double) score) == null;
  }

  public double increment(int key, int member, int delta) {
    return set(key).merge(StoreOperations.MEMBERS.get(member), (double) delta, Double::sum);
  }

  public @Nullable Double score(int key, int member) {
    return set(key).get(StoreOperations.MEMBERS.get(member));
  }

  public @Nullable Long rank(int key, int member) {
    List<Scored<String>> sorted = sorted(key);
    for (int i = 0; i < sorted.size(); i++) {
      if (sorted.get(i).member().equals(StoreOperations.MEMBERS.get(member))) {
        return (long) i;
      }
    }
    return null;
  }

  public String range(int key) {
    return sorted(key).toString();
  }

  private List<Scored<String>> sorted(int key) {
    List<Scored<String>> sorted = new ArrayList<>();
    set(key).forEach((member, score) -> sorted.add(new Scored<>(member, score)));
    sorted.sort(
        Comparator.<Scored<String>>comparingDouble(Scored::score).thenComparing(Scored::member));
    return sorted;
  }

  public boolean removeMember(int key, int member) {
    return set(key).remove(StoreOperations.MEMBERS.get(member)) != null;
  }

  public long removeRange(int key, int stop) {
    long removed = 0;
    while (removed <= stop && popMin(key) != null) {
      removed++;
    }
    return removed;
  }

  public long sizeOfSet(int key) {
    return set(key).size();
  }

  public void addToBothSets(int member, int score) {
    addMember(0, member, score);
    addMember(1, member, score);
  }

  public @Nullable String popMin(int key) {
    List<Scored<String>> sorted = sorted(key);
    if (sorted.isEmpty()) {
      return null;
    }
    String member = sorted.get(0).member();
    set(key).remove(member);
    return member;
  }

  public @Nullable String popMinHastily(int key) {
    return popMin(key);
  }

  public @Nullable String popAnyHastily() {
    String member = popMin(1);
    return member == null ? popMin(0) : member;
  }

  /** Nothing waits here: null stands for an order of operations that cannot be. */
  public @Nullable String popMinPatiently(int key) {
    return popMin(key);
  }

  public @Nullable String popAnyPatiently() {
    return popAnyHastily();
  }

  // Lists.

  private List<String> list(int key) {
    if (closed) {
      throw new StoreClosedException();
    }
    return lists.get(key);
  }

  public long push(int key, int text) {
    list(key).add("" + text);
    return list(key).size();
  }

  public void pushToBoth(int text) {
    push(0, text);
    push(1, text);
  }

  public @Nullable String pop(int key) {
    return list(key).isEmpty() ? null : list(key).remove(0);
  }

  public @Nullable String move(int key, int destination) {
    String element = pop(key);
    if (element != null) {
      list(destination).add(element);
    }
    return element;
  }

  public @Nullable String moveHastily(int key, int destination) {
    return move(key, destination);
  }

  public @Nullable String movePatiently(int key, int destination) {
    return move(key, destination);
  }

  public @Nullable String popPatiently(int key) {
    return pop(key);
  }

  public String elements(int key) {
    return list(key).toString();
  }

  public void close() {
    closed = true;
  }

  // Hashes.

  private Map<String, String> hash() {
    get(0);
    return hash;
  }

  public boolean putField(int field, int number) {
    return hash().put(StoreOperations.MEMBERS.get(field), "" + number) == null;
  }

  public boolean putFieldIfAbsent(int field, int number) {
    return hash().putIfAbsent(StoreOperations.MEMBERS.get(field), "" + number) == null;
  }

  public @Nullable String field(int field) {
    return hash().get(StoreOperations.MEMBERS.get(field));
  }

  public boolean removeField(int field) {
    return hash().remove(StoreOperations.MEMBERS.get(field)) != null;
  }

  public long incrementField(int field, int delta) {
    String name = StoreOperations.MEMBERS.get(field);
    long sum = Long.parseLong(hash().getOrDefault(name, "0")) + delta;
    hash().put(name, "" + sum);
    return sum;
  }

  public @Nullable String mergeField(int field, int number) {
    return hash().merge(StoreOperations.MEMBERS.get(field), "" + number, String::concat);
  }

  public String fields() {
    return hash().toString();
  }

  // Plain sets.

  private Set<String> plainSet(int key) {
    get(0);
    return plainSets.get(key);
  }

  public boolean addTo(int key, int member) {
    return plainSet(key).add(StoreOperations.MEMBERS.get(member));
  }

  public boolean removeFrom(int key, int member) {
    return plainSet(key).remove(StoreOperations.MEMBERS.get(member));
  }

  public boolean isIn(int key, int member) {
    return plainSet(key).contains(StoreOperations.MEMBERS.get(member));
  }

  public boolean moveMember(int key, int destination, int member) {
    boolean moved = removeFrom(key, member);
    if (moved) {
      addTo(destination, member);
    }
    return moved;
  }

  public long unionInto(int key) {
    plainSet(key).addAll(plainSets.get(1 - key));
    return plainSet(key).size();
  }

  public String membersOf(int key) {
    return plainSet(key).toString();
  }
}
