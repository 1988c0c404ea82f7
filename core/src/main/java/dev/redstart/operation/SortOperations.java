// SPDX-License-Identifier: Apache-2.0
package dev.redstart.operation;

import dev.redstart.StoreException;
import dev.redstart.WrongTypeException;
import dev.redstart.keyspace.Access;
import dev.redstart.keyspace.Hold;
import dev.redstart.spi.Binary;
import dev.redstart.spi.EventClass;
import dev.redstart.structure.CollectionValue;
import dev.redstart.structure.HashValue;
import dev.redstart.structure.ListValue;
import dev.redstart.structure.ReferenceValue;
import dev.redstart.structure.SetValue;
import dev.redstart.structure.SortedSetValue;
import dev.redstart.text.Decimals;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sorting of what a set, a sorted set or a list holds, by its elements or by other keys.
 *
 * <p>Immutable; as safe for threads as its access.
 */
public final class SortOperations {
  // Overview. What is needed is gathered under the hold, all of one moment: the elements frozen, or
  // where patterns name keys, the elements with the values of those keys, in a form to be read
  // later. Bytes are made, parsed and compared after the hold. Keys that patterns name are not
  // known before, so all stripes are held for them; in a transaction they have to be declared.

  private static final String BLANKS = " \t\n\u000b\f\r";

  private final Access access;

  /** Creates the operations of a database. */
  public SortOperations(Access access) {
    this.access = access;
  }

  /**
   * A question.
   *
   * @param key what is sorted
   * @param prefix what the keys that patterns name begin with, before the patterns
   * @param by the pattern of what is compared, or null for the elements
   * @param gets the patterns of what is returned; none for the elements
   * @param offset how many elements are skipped
   * @param limit how many elements are returned at most
   */
  public record Query(
      @Binary String key,
      @Binary String prefix,
      @Nullable @Binary String by,
      List<@Binary String> gets,
      long offset,
      long limit,
      boolean isAlphabetic,
      boolean isDescending) {
    private boolean sorts() {
      return by == null || by.indexOf('*') >= 0;
    }

    /** Returns the same, by bytes of the elements. */
    private Query byBytes() {
      return new Query(key, prefix, null, gets, offset, limit, true, isDescending);
    }

    private boolean readsOtherKeys() {
      return (by != null && by.indexOf('*') >= 0)
          || gets.stream().anyMatch(pattern -> pattern.indexOf('*') >= 0);
    }
  }

  /**
   * Returns what is asked for, in order; null for what a pattern did not find. O(n log n).
   *
   * @throws WrongTypeException if the key holds something that has no elements to sort
   * @throws StoreException if something is compared as a number and is none
   */
  public List<@Nullable @Binary String> sort(Query query) {
    List<Row> rows;
    if (query.readsOtherKeys()) {
      try (Hold hold = holdAll(query.key)) {
        rows = rows(query, elements(hold.at(query.key).value(), query), hold);
      }
    } else {
      Object frozen;
      try (Hold hold = access.holdToRead(query.key)) {
        Object value = hold.value();
        frozen = value instanceof CollectionValue collection ? collection.freeze() : value;
      }
      rows = rows(query, elements(frozen, query), null);
    }
    return answers(query, sorted(query, rows));
  }

  /**
   * Puts what is asked for, as a list, in place of what a key holds, and returns its length; an
   * empty string for what a pattern did not find. O(n log n), during which all others wait if
   * patterns name keys.
   *
   * @throws WrongTypeException if the key holds something that has no elements to sort
   * @throws StoreException if something is compared as a number and is none
   */
  public long store(@Binary String destination, Query query) {
    Access.refuseTag(destination);
    while (true) {
      List<ReferenceValue> unencoded;
      List<@Nullable String> answers = List.of();
      long position = 0;
      try (Hold hold = holdToStore(destination, query)) {
        Object value = hold.at(query.key).value();
        boolean hasNoOrder = value instanceof SetValue && !query.sorts();
        Query asked = hasNoOrder ? query.byBytes() : query; // what is stored must have some order
        List<Row> rows = rows(asked, elements(value, asked), hold);
        unencoded = unencoded(rows);
        if (unencoded.isEmpty()) {
          answers = answers(asked, sorted(asked, rows));
          position = put(hold.at(destination), answers);
        }
      }
      if (unencoded.isEmpty()) {
        access.settle(position);
        return answers.size();
      }
      unencoded.forEach(ReferenceValue::bytes); // no codec runs under a stripe
    }
  }

  private Hold holdToStore(@Binary String destination, Query query) {
    return query.readsOtherKeys() && !access.isInTransaction()
        ? access.holdAll()
        : access.hold(List.of(query.key, destination));
  }

  private static List<ReferenceValue> unencoded(List<Row> rows) {
    List<ReferenceValue> unencoded = new ArrayList<>();
    for (Row row : rows) {
      List<@Nullable Object> forms = new ArrayList<>(row.found);
      forms.add(row.weight);
      for (Object form : forms) {
        if (form instanceof ReferenceValue reference && !reference.isEncoded()) {
          unencoded.add(reference);
        }
      }
    }
    return unencoded;
  }

  /**
   * Puts a list at the hold's key. What is recorded does not hang on the order of anybody's set.
   */
  private static long put(Hold hold, List<@Nullable @Binary String> elements) {
    String destination = hold.key();
    boolean existed = hold.value() != null;
    List<String> delete = List.of("DEL", destination);
    if (elements.isEmpty()) {
      if (!existed) {
        return 0;
      }
      hold.remove();
      hold.event(EventClass.GENERIC, "del");
      return hold.isRecorded() ? hold.record(delete) : 0;
    }
    ListValue list = new ListValue();
    List<String> push = new ArrayList<>(List.of("RPUSH", destination));
    for (String element : elements) {
      list.addLast(element == null ? "" : element);
      push.add(element == null ? "" : element);
    }
    hold.leaveTags();
    hold.put(list);
    hold.event(EventClass.LIST, "sortstore");
    return hold.isRecorded() ? hold.recordAll(existed ? List.of(delete, push) : List.of(push)) : 0;
  }

  /** Holds every key, or in a transaction the one that is named. */
  private Hold holdAll(@Binary String key) {
    return access.isInTransaction() ? access.holdToRead(key) : access.holdAllToRead();
  }

  /**
   * Returns the elements of a value, in its own order if it has one.
   *
   * @throws WrongTypeException if it has none to sort
   */
  private static List<@Binary String> elements(@Nullable Object value, Query query) {
    List<String> elements = new ArrayList<>();
    if (value instanceof SetValue set) {
      set.forEach(elements::add);
    } else if (value instanceof ListValue list) {
      list.forEach(0, list.size(), elements::add);
    } else if (value instanceof SortedSetValue sortedSet) {
      sortedSet.forEach(0, sortedSet.size(), (score, member) -> elements.add(member));
    } else if (value != null) {
      throw new WrongTypeException();
    }
    if (query.sorts()) {
      return elements;
    }
    if (query.isDescending && !(value instanceof SetValue)) {
      Collections.reverse(elements);
    }
    return part(elements, query); // nothing is looked up for the others
  }

  private static <T> List<T> part(List<T> all, Query query) {
    int from = (int) Math.min(query.offset, all.size());
    int to = from + (int) Math.min(query.limit, all.size() - from);
    return all.subList(from, to);
  }

  /**
   * An element and what was gathered for it.
   *
   * @param weight what is compared in place of the element, or null
   * @param found what the patterns have found, each perhaps null
   */
  private record Row(
      @Binary String element, @Nullable Object weight, List<@Nullable Object> found) {}

  /** Gathers what the patterns name; the hold may be missing if they name no other key. */
  private List<Row> rows(Query query, List<@Binary String> elements, @Nullable Hold hold) {
    KeyPattern by =
        query.by == null || !query.sorts() ? null : KeyPattern.of(query.prefix, query.by);
    List<KeyPattern> gets =
        query.gets.stream().map(pattern -> KeyPattern.of(query.prefix, pattern)).toList();
    List<Row> rows = new ArrayList<>(elements.size());
    for (String element : elements) {
      Object weight = by == null ? null : find(hold, by, element);
      List<@Nullable Object> found = List.of();
      if (!gets.isEmpty()) {
        found = new ArrayList<>(gets.size());
        for (KeyPattern pattern : gets) {
          found.add(find(hold, pattern, element));
        }
      }
      rows.add(new Row(element, weight, found));
    }
    return rows;
  }

  /** Returns the string that a pattern means for an element, in a form to read, or null. */
  private @Nullable Object find(@Nullable Hold hold, KeyPattern pattern, @Binary String element) {
    if (pattern.isElement()) {
      return element;
    }
    if (hold == null || !pattern.namesKeys()) {
      return null; // as in Redis: a key that is the same for all makes no sense
    }
    if (access.isInTransaction()) {
      try (Hold declared = access.holdToRead(pattern.key(element))) { // throws if it is not
        return read(declared, pattern.field());
      }
    }
    return read(hold.at(pattern.key(element)), pattern.field());
  }

  /**
   * Returns the string at the hold's key, or in a field of its hash, in a form to read, or null.
   */
  private static @Nullable Object read(Hold hold, @Nullable @Binary String field) {
    Object value = hold.value();
    if (field != null) {
      return value instanceof HashValue hash ? HashOperations.get(hold, hash, field) : null;
    }
    return value instanceof CollectionValue ? null : StringForm.toRead(value);
  }

  private static List<Row> sorted(Query query, List<Row> rows) {
    if (!query.sorts()) {
      return rows;
    }
    List<Compared> compared = new ArrayList<>(rows.size());
    for (Row row : rows) {
      compared.add(compared(query, row));
    }
    Comparator<Compared> order =
        query.isAlphabetic ? SortOperations::compareTexts : SortOperations::compareNumbers;
    compared.sort(query.isDescending ? order.reversed() : order);
    List<Row> sorted = new ArrayList<>(rows.size());
    compared.forEach(each -> sorted.add(each.row));
    return part(sorted, query);
  }

  /** A row with what it is compared by. */
  private record Compared(Row row, double number, @Nullable @Binary String text) {}

  private static Compared compared(Query query, Row row) {
    Object form = query.by == null ? row.element : row.weight;
    if (query.isAlphabetic) {
      return new Compared(row, 0, form == null ? null : StringForm.bytes(form));
    }
    if (form == null) {
      return new Compared(row, 0, null);
    }
    double number = form instanceof Long whole ? whole : number(StringForm.bytes(form));
    if (Double.isNaN(number)) {
      throw new StoreException("ERR", "One or more scores can't be converted into double");
    }
    return new Compared(row, number, null);
  }

  /** Reads a number as C's strtod does: to the first zero byte, after blanks, nothing as 0. */
  private static double number(@Binary String bytes) {
    int end = bytes.indexOf(0);
    String text = end < 0 ? bytes : bytes.substring(0, end);
    int start = 0;
    while (start < text.length() && BLANKS.indexOf(text.charAt(start)) >= 0) {
      start++;
    }
    if (text.isEmpty()) {
      return 0;
    }
    double number = Decimals.parseDouble(text.substring(start));
    boolean isSubnormal = number != 0 && Math.abs(number) < Double.MIN_NORMAL;
    boolean isRounded = isSubnormal && text.indexOf('x') < 0 && text.indexOf('X') < 0;
    return isRounded ? Double.NaN : number; // an underflow to strtod
  }

  private static int compareNumbers(Compared a, Compared b) {
    if (a.number != b.number) {
      return a.number < b.number ? -1 : 1;
    }
    return a.row.element.compareTo(b.row.element);
  }

  /** Compares bytes; of two elements without any, or with the same, none is before the other. */
  private static int compareTexts(Compared a, Compared b) {
    if (a.text == null || b.text == null) {
      return Boolean.compare(a.text != null, b.text != null);
    }
    return a.text.compareTo(b.text);
  }

  private static List<@Nullable @Binary String> answers(Query query, List<Row> rows) {
    List<@Nullable @Binary String> answers = new ArrayList<>();
    for (Row row : rows) {
      if (query.gets.isEmpty()) {
        answers.add(row.element);
      }
      for (Object form : row.found) {
        answers.add(form == null ? null : StringForm.bytes(form));
      }
    }
    return answers;
  }
}
