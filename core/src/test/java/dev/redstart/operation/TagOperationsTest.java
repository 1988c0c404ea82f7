// SPDX-License-Identifier: Apache-2.0
package dev.redstart.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redstart.ExpireCondition;
import dev.redstart.ManualTime;
import dev.redstart.RTag;
import dev.redstart.TimeSource;
import dev.redstart.journal.Journal;
import dev.redstart.keyspace.Access;
import dev.redstart.keyspace.Keyspace;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tags whose names, and those of their keys, are bytes of every value. */
class TagOperationsTest {
  private final ManualTime time = TimeSource.manual(Instant.ofEpochMilli(1_000_000));

  private static List<String> everyByte() {
    List<String> keys = new ArrayList<>();
    StringBuilder all = new StringBuilder();
    for (char each = 0; each < 256; each++) {
      keys.add("" + each);
      all.append(each);
    }
    keys.add(all.toString());
    return keys;
  }

  @ParameterizedTest
  @Tag("slow")
  @ValueSource(ints = {1, 64})
  void everyByte_inKeysAndNames_isKept(int stripes) {
    Journal journal = new Journal(1L << 20, List.of());
    Keyspace keyspace = new Keyspace(stripes, 1, time, journal);
    Access access = keyspace.access(0);
    KeyOperations keys = new KeyOperations(access);
    List<String> names = everyByte();
    for (String key : names) {
      assertEquals(1, new SetOperations(access, key).add(List.of("x")));
    }
    for (String name : names) {
      assertEquals(257, new TagOperations(access, RTag.KEY_PREFIX + name).add(names));
    }
    for (String key : names.subList(0, 100)) {
      assertEquals(257, keys.tags(key).size());
      assertTrue(keys.expire(key, 1_000_005, ExpireCondition.ALWAYS));
    }
    time.advance(Duration.ofMillis(5));
    for (String name : names) {
      TagOperations tag = new TagOperations(access, RTag.KEY_PREFIX + name);
      assertEquals(new TreeSet<>(names.subList(100, 257)), new TreeSet<>(tag.keys()));
    }
    assertEquals(157, new TagOperations(access, RTag.KEY_PREFIX + names.get(256)).deleteKeys());
    assertEquals(0, keys.size());
    keyspace.close();
    journal.close();
  }
}
