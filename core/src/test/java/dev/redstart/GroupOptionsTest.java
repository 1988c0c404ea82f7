// SPDX-License-Identifier: Apache-2.0
package dev.redstart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** {@link GroupOptions}: what is refused, and the lifetime of a group's keys. */
class GroupOptionsTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration HOUR = Duration.ofHours(1);

  private final ManualTime time = TimeSource.manual(ReachedStore.START);
  private final Store store = Store.builder().timeSource(time).open();
  private final StoreGroup group = store.group("g:", GroupOptions.none().lifetime(HOUR));

  @AfterEach
  void close() {
    store.close();
  }

  private Duration left(String key) {
    return group.keys().timeToLive(key);
  }

  @Test
  void badArguments_areRefused() {
    GroupOptions none = GroupOptions.none();
    assertThrows(NullPointerException.class, () -> store.group(null));
    assertThrows(NullPointerException.class, () -> store.group("a", null));
    assertThrows(NullPointerException.class, () -> store.group(null, none));
    assertThrows(NullPointerException.class, () -> none.lifetime(null));
    assertThrows(IllegalArgumentException.class, () -> store.group(""));
    assertThrows(IllegalArgumentException.class, () -> store.group("", none));
    assertThrows(IllegalArgumentException.class, () -> store.group("redstart:tag:"));
    assertThrows(IllegalArgumentException.class, () -> store.group("redstart:").group("tag:x"));
    assertThrows(CodecException.class, () -> store.group("x\ud83d"));
    assertThrows(IllegalArgumentException.class, () -> none.lifetime(Duration.ZERO));
    assertThrows(IllegalArgumentException.class, () -> none.lifetime(Duration.ofMillis(-1)));
    Duration tooLong = Duration.of(Long.MAX_VALUE, ChronoUnit.SECONDS);
    assertThrows(IllegalArgumentException.class, () -> none.lifetime(tooLong));
    assertThrows(IllegalArgumentException.class, () -> none.limit(0));
    assertThrows(IllegalArgumentException.class, () -> none.limit(-1));
    assertThrows(NullPointerException.class, () -> group.value(null));
    assertThrows(CodecException.class, () -> group.value("x\ud83d").get());
  }

  @Test
  void halvesOfASurrogatePair_inPrefixAndName_areRefused() {
    assertThrows(CodecException.class, () -> store.group("\ud83d").value("\ude00").set("v"));
  }

  @Test
  void options_areKept() {
    GroupOptions options = GroupOptions.none().limit(7).removeOldest().lifetime(MINUTE);
    assertEquals(new GroupOptions(MINUTE, 7, true), options);
    assertEquals(new GroupOptions(MINUTE, 7, false), options.refuse());
  }

  @Test
  void keyThatIsMade_ofAnyType_livesAsLongAsTheGroupSays() {
    group.value("v").set("1");
    group.counter("n").increment();
    group.value("a").append("x");
    group.value("r").setRange(2, "x");
    group.list("l").pushLeft("x");
    group.hash("h").put("f", "x");
    group.hash("i").increment("f", 1);
    group.set("s").add("x");
    group.sortedSet("z").add("x", 1);
    group.values().setAll(Map.of("m", "1"));
    group.values().setAllIfAbsent(Map.of("o", "1"));
    group.value("k").set("1", SetOptions.always().keepingDeadline());
    group.value("c").setIfAbsent("1");
    group.value("g").getOrLoad(() -> "1");
    group.value("b").getAndSet("1");
    group.list("l").moveTo("d", ListEnd.LEFT, ListEnd.LEFT);
    group.set("s").storeUnion("u");
    group.set("s").moveTo("t", "x");
    group.sortedSet("z").storeRange("y", SortedRange.byRank(0, -1));
    group.keys().sortAndStore("d", "q", SortOptions.ascending().alphabetic());
    List<String> keys = group.keys().match("*");
    assertEquals(18, keys.size());
    keys.forEach(key -> assertEquals(HOUR, left(key), key));
    time.advance(HOUR);
    assertEquals(0, group.size());
  }

  @Test
  void keyThatIsThere_keepsItsDeadline() {
    group.value("v").set("1", MINUTE);
    group.value("v").append("2");
    group.counter("v").increment();
    group.value("v").set("3", SetOptions.always().keepingDeadline());
    assertEquals(MINUTE, left("v"));
    group.value("p").set("1");
    assertTrue(group.value("p").persist());
    group.counter("p").increment();
    group.value("p").set("3", SetOptions.always().keepingDeadline());
    assertNull(left("p"));
    store.list("g:l").pushLeft("a");
    group.list("l").pushLeft("b");
    assertNull(left("l"));
  }

  @Test
  void keyThatIsSetAnew_livesFromThenOn() {
    group.value("v").set("1");
    time.advance(MINUTE);
    group.value("v").set("2");
    assertEquals(HOUR, left("v"));
    store.value("g:w").set("1");
    assertTrue(group.value("w").compareAndSet("1", "2"));
    assertEquals(HOUR, left("w"));
    store.set("g:u").add("x");
    group.set("u").storeUnion("u");
    assertEquals(HOUR, left("u"));
  }

  @Test
  void operationThatSaysHowLong_isHeeded() {
    group.value("v").set("1", MINUTE);
    assertEquals(MINUTE, left("v"));
    Instant later = time.instant().plus(Duration.ofDays(3));
    group.value("w").set("1", SetOptions.always().until(later));
    assertEquals(Duration.ofDays(3), left("w"));
    group.atomically(
        List.of("a", "b"),
        tx -> {
          tx.value("a").set("1");
          tx.value("a").persist();
          tx.value("b").set("1");
          tx.value("b").expire(MINUTE);
        });
    assertNull(left("a"));
    assertEquals(MINUTE, left("b"));
  }

  @Test
  void keyThatIsMovedOrCopied_takesItsDeadlineAlong() {
    store.value("g:a").set("1");
    group.keys().rename("a", "b");
    assertNull(left("b"));
    group.keys().copy("b", "c");
    assertNull(left("c"));
    group.value("d").set("1", MINUTE);
    group.keys().rename("d", "e");
    assertEquals(MINUTE, left("e"));
    group.keys().move("b", 3);
    assertNull(group.database(3).value("b").timeToLive());
  }

  @Test
  void keyThatAnotherHandleMakes_isLeftAlone() {
    store.value("g:a").set("1");
    store.group("g").value(":b").set("1");
    store.group("g:in:").value("c").set("1");
    group.group("in:").value("d").set("1");
    group.database(2).value("e").set("1");
    assertNull(left("a"));
    assertNull(left("b"));
    assertNull(left("in:c"));
    assertNull(left("in:d"));
    assertNull(group.database(2).value("e").timeToLive());
  }

  @Test
  void waiter_thatCameThroughTheGroup_isAnOperationOfIt() throws Exception {
    Background<String> ofGroup =
        Background.startBlocked(
            () -> group.list("l").moveTo("d", ListEnd.LEFT, ListEnd.LEFT, Duration.ofDays(1)));
    store.list("g:l").pushLeft("x");
    assertEquals("x", ofGroup.get());
    assertEquals(HOUR, left("d"));
    Background<String> ofStore =
        Background.startBlocked(
            () -> store.list("g:l").moveTo("g:e", ListEnd.LEFT, ListEnd.LEFT, Duration.ofDays(1)));
    group.list("l").pushLeft("x");
    assertEquals("x", ofStore.get());
    assertNull(left("e"));
  }

  @Test
  void optionsThatAreDeclaredAnew_replaceTheOthers() {
    group.value("a").set("1");
    StoreGroup again = store.group("g:", GroupOptions.none().lifetime(MINUTE));
    group.value("b").set("1");
    again.value("c").set("1");
    assertEquals(List.of(HOUR, MINUTE, MINUTE), List.of(left("a"), left("b"), left("c")));
    assertEquals("d", store.group("g:").value("d").key());
    store.group("g:").value("d").set("1");
    assertEquals(MINUTE, left("d"));
    store.group("g:", GroupOptions.none());
    group.value("a").set("1");
    assertNull(left("a"));
  }

  @Test
  void lifetimeThatIsVeryLong_endsLate() {
    StoreGroup late =
        store.group("late:", GroupOptions.none().lifetime(Duration.ofMillis(Long.MAX_VALUE)));
    late.value("a").set("1");
    assertTrue(late.value("a").timeToLive().compareTo(Duration.ofDays(1_000_000)) > 0);
    late.group("x", GroupOptions.none().lifetime(Duration.ofNanos(1))).value("b").set("1");
    assertEquals(Duration.ofMillis(1), late.value("xb").timeToLive());
  }

  @Test
  void bodyThatThrows_leavesNoDeadline() {
    store.value("g:a").set("1");
    assertThrows(
        IllegalStateException.class,
        () ->
            group.atomically(
                List.of("a"),
                tx -> {
                  tx.value("a").set("2");
                  throw new IllegalStateException("rolled back");
                }));
    assertNull(left("a"));
  }
}
