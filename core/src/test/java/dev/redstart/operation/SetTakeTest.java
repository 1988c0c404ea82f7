// SPDX-License-Identifier: Apache-2.0
package dev.redstart.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redstart.TimeSource;
import dev.redstart.journal.Journal;
import dev.redstart.keyspace.Access;
import dev.redstart.keyspace.Keyspace;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Taking members of a set that were chosen before, while others may have changed it. */
class SetTakeTest {
  private final Journal journal = new Journal(1 << 20, List.of());
  private final Keyspace keyspace = new Keyspace(16, 1, TimeSource.manual(Instant.EPOCH), journal);
  private final Access access = keyspace.access(0);
  private final SetOperations set = new SetOperations(access, "s");

  @AfterEach
  void close() {
    keyspace.close();
    journal.close();
  }

  private void assertMembers(String... members) {
    assertEquals(new TreeSet<>(List.of(members)), new TreeSet<>(set.members()));
    assertEquals(members.length > 0, new KeyOperations(access).exists("s"));
  }

  @Test
  void takeIfThere_one_isTakenOnce() {
    assertFalse(set.takeIfThere("a"));
    set.add(List.of("a", "b"));
    assertTrue(set.takeIfThere("a"));
    assertFalse(set.takeIfThere("a"));
    assertMembers("b");
    assertTrue(set.takeIfThere("b"));
    assertMembers();
  }

  @Test
  void takeIfThere_several_areTakenAllOrNone() {
    assertFalse(set.takeIfThere(List.of("a"), 1));
    set.add(List.of("a", "b", "c"));
    assertFalse(set.takeIfThere(List.of("a", "x"), 2));
    assertFalse(set.takeIfThere(List.of("a", "b"), 3)); // there is a third one by now
    assertMembers("a", "b", "c");
    assertTrue(set.takeIfThere(List.of("a", "b"), 2));
    assertMembers("c");
    assertTrue(set.takeIfThere(List.of("c"), 5));
    assertMembers();
  }
}
