// SPDX-License-Identifier: Apache-2.0
package dev.redstart.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redstart.AddCondition;
import dev.redstart.TimeSource;
import dev.redstart.journal.Journal;
import dev.redstart.keyspace.Access;
import dev.redstart.keyspace.Keyspace;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Changing and taking members of a sorted set only if they are as they were seen. */
class ScoreEditsTest {
  private static final double NONE = Double.NaN;

  private final Journal journal = new Journal(1 << 20, List.of());
  private final Keyspace keyspace = new Keyspace(16, 1, TimeSource.manual(Instant.EPOCH), journal);
  private final Access access = keyspace.access(0);
  private final ScoreEdits edits = new ScoreEdits(access, "z");
  private final SortedSetPops pops = new SortedSetPops(access, List.of("first", "z"), false, 2);

  @AfterEach
  void close() {
    keyspace.close();
    journal.close();
  }

  private void add(String key, String member, double score) {
    SortedSetOperations set = new SortedSetOperations(access, key);
    set.add(List.of(member), new double[] {score}, AddCondition.ALWAYS);
  }

  private void assertPage(String expected, long rank, int count) {
    ScoredMembers page = edits.pages().page(rank, count);
    StringBuilder found = new StringBuilder();
    for (int i = 0; i < page.size(); i++) {
      found.append(page.member(i)).append(' ').append(page.score(i)).append(' ');
    }
    assertEquals(expected, found.toString().strip());
  }

  @Test
  void replaceIfSame_absentMember_isAddedOrLeftAbsent() {
    assertTrue(edits.replaceIfSame("a", NONE, NONE));
    assertFalse(edits.replaceIfSame("a", 1, 2));
    assertFalse(edits.replaceIfSame("a", 1, NONE));
    assertFalse(new KeyOperations(access).exists("z"));
    assertTrue(edits.replaceIfSame("a", NONE, 2));
    assertTrue(edits.replaceIfSame("b", NONE, NONE));
    assertPage("a 2.0", 0, 10);
  }

  @Test
  void replaceIfSame_presentMember_changesIfItsScoreIsAsSeen() {
    add("z", "a", 1);
    add("z", "b", 5);
    for (double other : new double[] {NONE, 0, 2, Double.NEGATIVE_INFINITY}) {
      assertFalse(edits.replaceIfSame("a", other, 9));
      assertFalse(edits.replaceIfSame("a", other, NONE));
    }
    assertPage("a 1.0 b 5.0", 0, 10);
    assertTrue(edits.replaceIfSame("a", 1, 9));
    assertPage("b 5.0 a 9.0", 0, 10);
    assertTrue(edits.replaceIfSame("b", 5, NONE));
    assertPage("a 9.0", 0, 10);
    assertTrue(edits.replaceIfSame("a", 9, NONE));
    assertFalse(new KeyOperations(access).exists("z"));
  }

  @Test
  void pages_laterChanges_areNotSeen() {
    assertPage("", 0, 10);
    add("z", "a", 1);
    add("z", "b", 2);
    add("z", "c", 3);
    ScoreEdits.Pages pages = edits.pages();
    add("z", "d", 4);
    assertEquals(2, pages.page(1, 10).size());
    assertEquals(0, pages.page(3, 10).size());
    assertPage("b 2.0 c 3.0", 1, 2);
  }

  @Test
  void takeIfSame_otherThanSeen_takesNothing() {
    assertNull(pops.peek());
    add("z", "a", 1);
    add("z", "b", 2);
    FirstPops.Taken<ScoredMembers> seen = pops.peek();
    assertNotNull(seen);
    assertEquals("z", seen.key());
    add("z", "b", 3);
    assertFalse(pops.takeIfSame(seen));
    add("z", "b", 2);
    add("z", "c", 1);
    assertFalse(pops.takeIfSame(seen));
    edits.replaceIfSame("c", 1, NONE);
    add("first", "a", 1);
    assertFalse(pops.takeIfSame(seen));
    assertTrue(new ScoreEdits(access, "first").replaceIfSame("a", 1, NONE));
    assertPage("a 1.0 b 2.0", 0, 10);
    assertTrue(pops.takeIfSame(seen));
    assertFalse(new KeyOperations(access).exists("z"));
    assertFalse(pops.takeIfSame(seen));
    pops.putBack(seen);
    assertPage("a 1.0 b 2.0", 0, 10);
  }

  @Test
  void take_membersThere_areTakenAtOnce() throws InterruptedException {
    add("z", "a", 1);
    add("z", "b", 2);
    add("z", "c", 3);
    FirstPops.Taken<ScoredMembers> taken = pops.take(Long.MAX_VALUE);
    assertNotNull(taken);
    assertEquals(2, taken.elements().size());
    assertPage("c 3.0", 0, 10);
  }
}
