// SPDX-License-Identifier: Apache-2.0
package dev.redstart.keyspace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.redstart.structure.InsertionOrder;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What threads that remove a group's oldest keys at the same time leave to one another. */
class GroupClaimsTest {
  private final GroupLimit group = new GroupLimit(new Object(), 0, "g:", 1, true);

  @BeforeEach
  void fill() {
    List.of("g:a", "g:b", "g:c").forEach(group::count);
  }

  private InsertionOrder.Node claim() {
    return Objects.requireNonNull(group.claimOldest());
  }

  @Test
  void claims_areForDifferentKeys_andNoMoreThanAreTooMany() {
    assertEquals("g:a", claim().key());
    assertEquals("g:b", claim().key());
    assertNull(group.claimOldest());
  }

  @Test
  void claimedKey_thatIsNotTooManyAnyMore_stays() {
    InsertionOrder.Node first = claim();
    InsertionOrder.Node second = claim();
    group.removed("g:c");
    assertTrue(group.isToGo(first));
    assertFalse(group.isToGo(second)); // one of the two is enough
    group.removed("g:a");
    group.unclaim(first);
    group.unclaim(second);
    assertEquals(1, group.size());
    assertNull(group.claimOldest());
    group.count("g:d");
    assertEquals("g:b", claim().key());
  }

  @Test
  void claimedKey_thatWasMadeAgain_stays() {
    InsertionOrder.Node first = claim();
    group.removed("g:a");
    group.count("g:a");
    assertFalse(group.isToGo(first));
    group.unclaim(first);
    assertEquals("g:b", claim().key());
    assertEquals("g:c", claim().key());
    assertNull(group.claimOldest());
  }

  @Test
  void clearedGroup_forgetsItsClaims() {
    InsertionOrder.Node first = claim();
    group.clear();
    assertFalse(group.isToGo(first));
    group.unclaim(first);
    assertEquals(0, group.size());
    group.count("g:x");
    assertNull(group.claimOldest());
  }
}
