// SPDX-License-Identifier: Apache-2.0
package dev.redstart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** The contract of {@link RCounter}, whole numbers and fractions. */
class CounterTest<E> extends Contract<E> {
  private static final String[] NOT_WHOLE = {
    "",
    " ",
    "a",
    "1 ",
    " 1",
    "+1",
    "01",
    "-0",
    "1.0",
    "1e3",
    "0x10",
    "9223372036854775808",
    "-9223372036854775809",
    "99999999999999999999",
    "١",
    "1\u0000",
    "--1",
    "-"
  };

  private static final String[] NOT_FRACTION = {"", " ", "a", "1 ", " 1", "1,5", "nan", "1d", "١"};

  private RCounter counter() {
    return store.counter(key("k"));
  }

  private RValue<String> text() {
    return store.value(key("k"));
  }

  private static <X extends StoreException> void refused(Class<X> type, Executable call) {
    assertEquals("ERR", assertThrows(type, call).code());
  }

  @Test
  void get_missingKey_isZeroAndCreatesNothing() {
    assertEquals(0, counter().get());
    assertEquals(0.0, counter().getFraction());
    assertFalse(counter().exists());
  }

  @Test
  void set_any_readsBack() {
    for (long number : new long[] {0, 1, -1, Long.MAX_VALUE, Long.MIN_VALUE, 1000000}) {
      counter().set(number);
      assertEquals(number, counter().get());
      assertEquals(Long.toString(number), text().get());
      assertEquals((double) number, counter().getFraction());
    }
  }

  @Test
  void set_existing_dropsDeadlineAndType() {
    text().set("a", Duration.ofMinutes(1));
    counter().set(5);
    assertDeadline(null, "k");
    counter().delete();
    sortedSet("k", "a 1");
    counter().set(6);
    assertEquals(6, counter().get());
  }

  @Test
  void getAndSet_eitherCase_returnsTheOld() {
    assertEquals(0, counter().getAndSet(5));
    counter().expire(Duration.ofMinutes(1));
    assertEquals(5, counter().getAndSet(Long.MIN_VALUE));
    assertDeadline(null, "k");
    text().set("-12");
    assertEquals(-12, counter().getAndSet(0));
    assertEquals(0, counter().get());
  }

  @Test
  void getAndSet_noNumber_isRefused() {
    text().set("1.5", Duration.ofMinutes(1));
    refused(NotANumberException.class, () -> counter().getAndSet(1));
    assertEquals("1.5", text().get());
    assertDeadline(now().plusSeconds(60), "k");
  }

  @Test
  void increment_missingOrPresent_addsOne() {
    assertEquals(1, counter().increment());
    assertEquals(2, counter().increment());
    assertEquals(1, counter().decrement());
    assertEquals(0, counter().decrement());
    assertEquals(-1, counter().decrement());
    assertEquals("-1", text().get());
  }

  @Test
  void add_any_returnsTheSum() {
    assertEquals(Long.MIN_VALUE, counter().add(Long.MIN_VALUE));
    assertEquals(-1, counter().add(Long.MAX_VALUE));
    assertEquals(-1, counter().add(0));
    assertEquals(Long.MAX_VALUE - 1, counter().add(Long.MAX_VALUE));
    assertEquals(Long.MAX_VALUE, counter().increment());
  }

  @Test
  void add_zeroToMissing_createsIt() {
    assertEquals(0, counter().add(0));
    assertEquals("0", text().get());
  }

  @Test
  void add_deadline_stays() {
    counter().set(1);
    counter().expire(Duration.ofMinutes(1));
    counter().increment();
    counter().add(3);
    counter().addFraction(0.5);
    assertDeadline(now().plusSeconds(60), "k");
    advance(60_000);
    assertEquals(1, counter().increment());
    assertDeadline(null, "k");
  }

  @Test
  void add_past64Bits_isRefused() {
    counter().set(Long.MAX_VALUE);
    refused(NumberOverflowException.class, () -> counter().increment());
    refused(NumberOverflowException.class, () -> counter().add(Long.MAX_VALUE));
    assertEquals(Long.MAX_VALUE, counter().get());
    counter().set(Long.MIN_VALUE);
    refused(NumberOverflowException.class, () -> counter().decrement());
    refused(NumberOverflowException.class, () -> counter().add(Long.MIN_VALUE));
    assertEquals(Long.MIN_VALUE, counter().get());
    counter().set(-1);
    assertEquals(Long.MAX_VALUE - 1, counter().add(Long.MAX_VALUE));
    counter().set(-2);
    refused(NumberOverflowException.class, () -> counter().add(Long.MIN_VALUE));
    assertEquals("-2", text().get());
  }

  @Test
  void add_textThatIsANumber_counts() {
    for (String number : new String[] {"12", "-5", "9223372036854775806", "0"}) {
      text().set(number);
      assertEquals(Long.parseLong(number) + 1, counter().increment());
    }
    text().set("1");
    text().append("0");
    assertEquals(11, counter().increment());
    store.value(key("k"), Codec.longs()).set(40L);
    assertEquals(42, counter().add(2));
  }

  @Test
  void whole_textThatIsNoNumber_isRefused() {
    for (String bad : NOT_WHOLE) {
      text().set(bad, Duration.ofMinutes(1));
      refused(NotANumberException.class, () -> counter().get());
      refused(NotANumberException.class, () -> counter().increment());
      refused(NotANumberException.class, () -> counter().decrement());
      refused(NotANumberException.class, () -> counter().add(0));
      refused(NotANumberException.class, () -> counter().getAndSet(1));
      assertEquals(bad, text().get());
      assertDeadline(now().plusSeconds(60), "k");
    }
  }

  @Test
  void addFraction_tenths_areExact() {
    assertEquals(0.1, counter().addFraction(0.1));
    assertEquals(0.3, counter().addFraction(0.2));
    assertEquals("0.3", text().get());
    assertEquals(0.3, counter().getFraction());
  }

  @Test
  void addFraction_asInRedis_printsAsRedis() {
    text().set("10.50");
    assertEquals(10.6, counter().addFraction(0.1));
    assertEquals("10.6", text().get());
    assertEquals(5.6, counter().addFraction(-5));
    text().set("5.0e3");
    assertEquals(5200.0, counter().addFraction(200));
    assertEquals("5200", text().get());
    assertEquals(5200, counter().get());
    assertEquals(0, counter().addFraction(-5200));
    assertEquals("0", text().get());
  }

  @Test
  void addFraction_wholeNumber_mixes() {
    counter().set(3);
    assertEquals(4.5, counter().addFraction(1.5));
    refused(NotANumberException.class, () -> counter().increment());
    assertEquals(6, counter().addFraction(1.5));
    assertEquals(7, counter().increment());
  }

  @Test
  void setFraction_any_readsBack() {
    for (double number : new double[] {0, 0.1, -1.5, 1e300, 1e-17, 123456789.125, -0.0, 4.5e15}) {
      counter().setFraction(number);
      assertEquals(number, counter().getFraction(), Math.abs(number) * 1e-15);
    }
    counter().setFraction(2.5);
    assertEquals("2.5", text().get());
    assertEquals(3, counter().addFraction(0.5));
    counter().setFraction(7);
    assertEquals(8, counter().increment());
  }

  @Test
  void setFraction_existing_dropsDeadlineAndType() {
    text().set("a", Duration.ofMinutes(1));
    counter().setFraction(0.5);
    assertDeadline(null, "k");
    counter().delete();
    sortedSet("k", "a 1");
    counter().setFraction(1.5);
    assertEquals(1.5, counter().getFraction());
  }

  @Test
  void setFraction_notFinite_isRefused() {
    counter().set(3);
    for (double bad : new double[] {Double.NaN, 1 / 0.0, -1 / 0.0}) {
      assertThrows(IllegalArgumentException.class, () -> counter().setFraction(bad));
    }
    assertEquals("3", text().get());
  }

  @Test
  void addFraction_notFinite_isRefused() {
    counter().set(3);
    for (double bad : new double[] {Double.NaN, 1 / 0.0, -1 / 0.0}) {
      assertThrows(IllegalArgumentException.class, () -> counter().addFraction(bad));
    }
    assertEquals("3", text().get());
  }

  @Test
  void addFraction_infiniteValue_isRefused() {
    for (String infinite : new String[] {"inf", "-inf", "infinity"}) {
      text().set(infinite);
      refused(NumberOverflowException.class, () -> counter().addFraction(1));
      assertEquals(infinite, text().get());
    }
  }

  @Test
  void getFraction_infiniteValue_isInfinite() {
    text().set("inf");
    assertEquals(Double.POSITIVE_INFINITY, counter().getFraction());
    text().set("-inf");
    assertEquals(Double.NEGATIVE_INFINITY, counter().getFraction());
  }

  @Test
  void fraction_textThatIsNoNumber_isRefused() {
    for (String bad : NOT_FRACTION) {
      text().set(bad, Duration.ofMinutes(1));
      refused(NotANumberException.class, () -> counter().addFraction(1));
      refused(NotANumberException.class, () -> counter().getFraction());
      assertEquals(bad, text().get());
      assertDeadline(now().plusSeconds(60), "k");
    }
  }

  @Test
  void addFraction_extremes_readBack() {
    for (double delta : new double[] {1e300, 1e17, 4.5e15, 0.000001, 123456789.123}) {
      text().delete();
      assertNull(text().get());
      assertEquals(delta, counter().addFraction(delta), delta * 1e-15);
      assertEquals(counter().getFraction(), Double.parseDouble(text().get()));
    }
  }
}
