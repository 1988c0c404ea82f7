// SPDX-License-Identifier: Apache-2.0
package dev.redstart.local;

import dev.redstart.NotANumberException;
import dev.redstart.RCounter;
import dev.redstart.keyspace.Access;
import dev.redstart.operation.StringForm;
import dev.redstart.operation.ValueOperations;
import dev.redstart.text.Decimals;
import dev.redstart.text.LongDouble;

/**
 * A key as a number.
 *
 * <p>Immutable; as safe for threads as its access.
 */
final class LocalCounter extends LocalObject implements RCounter {
  LocalCounter(Access access, Names names, String name) {
    super(access, names, name);
  }

  @Override
  public long get() {
    Object value = ValueOperations.getText(access, text);
    return value == null ? 0 : StringForm.number(value);
  }

  @Override
  public void set(long number) {
    operations().set(number);
  }

  @Override
  public void setFraction(double number) {
    operations().set(exact(number).toString());
  }

  @Override
  public long getAndSet(long number) {
    return operations().getAndSet(number);
  }

  @Override
  public long increment() {
    return operations().add(1);
  }

  @Override
  public long decrement() {
    return operations().add(-1);
  }

  @Override
  public long add(long delta) {
    return operations().add(delta);
  }

  @Override
  public double addFraction(double delta) {
    return parse(operations().addFraction(exact(delta)));
  }

  /** Returns a fraction as it is computed with, or refuses what is none. */
  static LongDouble exact(double number) {
    LongDouble exact =
        Double.isNaN(number) || Double.isInfinite(number)
            ? null
            : LongDouble.parse(Decimals.print(number));
    if (exact == null) {
      throw new IllegalArgumentException("a fraction must be a finite number: " + number);
    }
    return exact;
  }

  @Override
  public double getFraction() {
    Object value = ValueOperations.getText(access, text);
    return value == null ? 0 : parse(StringForm.bytes(value));
  }

  /** Returns a fraction as it was stored, rounded. */
  static double parse(String text) {
    LongDouble exact = LongDouble.parse(text);
    if (exact == null) {
      throw NotANumberException.fraction();
    }
    if (!exact.isFinite()) {
      return text.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
    return Double.parseDouble(exact.toString());
  }

  private ValueOperations operations() {
    return new ValueOperations(access, binaryKey());
  }
}
