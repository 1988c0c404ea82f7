// SPDX-License-Identifier: Apache-2.0
package dev.redstart.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redstart.ExpireCondition;
import dev.redstart.TimeSource;
import dev.redstart.journal.Journal;
import dev.redstart.keyspace.Access;
import dev.redstart.keyspace.Keyspace;
import dev.redstart.structure.FieldDeadlines;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Replacing a field's value only if it is as it was seen. */
class HashReplaceTest {
  private final Journal journal = new Journal(1 << 20, List.of());
  private final Keyspace keyspace = new Keyspace(16, 1, TimeSource.manual(Instant.EPOCH), journal);
  private final Access access = keyspace.access(0);
  private final HashOperations hash = new HashOperations(access, "h");

  @AfterEach
  void close() {
    keyspace.close();
    journal.close();
  }

  @Test
  void replaceIfSame_absentField_isSetOrLeftAbsent() {
    assertTrue(hash.replaceIfSame("f", null, null));
    assertFalse(new KeyOperations(access).exists("h"));
    assertFalse(hash.replaceIfSame("f", "seen", "v"));
    assertFalse(hash.replaceIfSame("f", "seen", null));
    assertFalse(new KeyOperations(access).exists("h"));
    assertTrue(hash.replaceIfSame("f", null, "v"));
    assertEquals("v", hash.get("f"));
  }

  @Test
  void replaceIfSame_presentField_changesIfItIsAsSeen() {
    hash.put(List.of("f", "g"), List.of("v", "w"));
    assertFalse(hash.replaceIfSame("f", null, "x"));
    assertFalse(hash.replaceIfSame("f", "w", "x"));
    assertFalse(hash.replaceIfSame("f", null, null));
    assertEquals("v", hash.get("f"));
    assertTrue(hash.replaceIfSame("f", "v", "x"));
    assertEquals("x", hash.get("f"));
    assertTrue(hash.replaceIfSame("f", "x", null));
    assertNull(hash.get("f"));
    assertEquals("w", hash.get("g"));
    assertTrue(hash.replaceIfSame("g", "w", null));
    assertFalse(new KeyOperations(access).exists("h"));
  }

  @Test
  void replaceIfSame_fieldWithDeadline_losesIt() {
    hash.put(List.of("f"), List.of("v"));
    HashDeadlines deadlines = new HashDeadlines(access, "h");
    deadlines.expire(List.of("f"), 1_000, ExpireCondition.ALWAYS);
    assertEquals(1_000, deadlines.deadline("f"));
    assertTrue(hash.replaceIfSame("f", "v", "x"));
    assertEquals(FieldDeadlines.NONE, deadlines.deadline("f"));
  }
}
