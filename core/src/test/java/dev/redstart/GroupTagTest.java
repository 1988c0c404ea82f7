// SPDX-License-Identifier: Apache-2.0
package dev.redstart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@link RTag} in a group, beside the store's own keys and tags. */
class GroupTagTest {
  private final Store store = Store.open();
  private final StoreGroup group =
      store.group("g:", GroupOptions.none().limit(2).removeOldest().lifetime(Duration.ofDays(1)));

  @BeforeEach
  void make() {
    store.value("foreign").set("v");
    group.value("a").set("v");
    group.value("b").set("v");
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void tag_ofAGroup_isTheStoresOfThePrefixedName() {
    assertTrue(group.tag("t").add("a"));
    assertEquals("t", group.tag("t").name());
    assertEquals("redstart:tag:g:t", group.tag("t").key());
    assertEquals(Set.of("g:a"), store.tag("g:t").keys());
    assertEquals(Set.of("g:a"), store.set("redstart:tag:g:t").members());
    assertEquals(Set.of("a"), group.tag("t").keys());
    assertTrue(group.tag("t").contains("a"));
    assertFalse(group.tag("t").contains("g:a"));
    assertEquals(Set.of("t"), group.keys().tags("a"));
    assertEquals(0, store.tag("t").size());
    assertNull(store.set("redstart:tag:g:t").timeToLive());
  }

  @Test
  void foreignKey_inAGroupsTag_isNotTheGroups() {
    store.tag("g:t").add("foreign", "g:a");
    assertEquals(Set.of("a"), group.tag("t").keys());
    assertEquals(1, group.tag("t").size());
    assertEquals(1, group.tag("t").deleteKeys());
    assertTrue(store.value("foreign").exists());
    assertEquals(Set.of("foreign"), store.tag("g:t").keys());
    assertEquals(0, group.tag("t").size());
    assertTrue(group.tag("t").delete());
    assertEquals(Set.of(), store.keys().tags("foreign"));
  }

  @Test
  void foreignTag_ofAGroupsKey_isNotTheGroups() {
    store.tag("news").add("g:a");
    group.tag("t").add("a");
    assertEquals(Set.of("t"), group.keys().tags("a"));
    assertEquals(Set.of("news", "g:t"), store.keys().tags("g:a"));
    group.keys().rename("a", "c");
    assertEquals(Set.of("news", "g:t"), store.keys().tags("g:c"));
  }

  @Test
  void keyThatGoes_leavesItsTags() {
    group.tag("t").add("a", "b");
    group.value("c").set("v");
    assertEquals(Set.of("b"), group.tag("t").keys());
    assertEquals(Set.of("g:b"), store.set("redstart:tag:g:t").members());
    group.clear();
    assertFalse(store.keys().exists("redstart:tag:g:t"));
    assertEquals(List.of("foreign"), store.keys().match("*"));
  }

  @Test
  void tag_inABody_isDeclaredByItsKey() {
    group.tag("t").add("a");
    RTag tag = group.tag("t");
    group.atomically(
        List.of(tag.key(), "a", "b"),
        tx -> {
          assertTrue(tx.tag("t").add("b"));
          assertEquals(Set.of("a", "b"), tx.tag("t").keys());
          assertEquals(2, tx.tag("t").size());
          assertEquals(2, tx.tag("t").deleteKeys());
        });
    assertEquals(0, group.size());
    assertEquals(0, tag.size());
  }

  @Test
  void setOfATag_isNoKeyOfAnyGroup() {
    StoreGroup around = store.group("redstart:", GroupOptions.none().limit(1));
    around.value("mine").set("v");
    group.tag("t").add("a");
    store.tag("u").add("a", "foreign");
    assertEquals(List.of("mine"), around.keys().match("*"));
    assertEquals(1, around.size());
    around.clear();
    assertEquals(0, around.size());
    assertEquals(Set.of("foreign"), store.tag("u").keys());
    group.set("redstart:tag:t").add("plain");
    assertEquals(Set.of("plain"), store.set("g:redstart:tag:t").members());
  }
}
