// SPDX-License-Identifier: Apache-2.0
package dev.redstart;

/**
 * A key that holds a number: a Redis string in decimal.
 *
 * <p>Safe for many threads; see {@link RObject} for what all handles share. A missing key counts as
 * zero. A method throws {@link NotANumberException} if the key holds a string that is not a number
 * of its kind, and {@link NumberOverflowException} if the result would not fit; nothing is changed
 * then. The deadline stays.
 */
public interface RCounter extends RObject {
  /** Returns the number, 0 if there is none. Redis: GET. O(1). */
  long get();

  /** Sets the number and takes the deadline away. Redis: SET. O(1). */
  void set(long number);

  /**
   * Sets the number to a fraction and takes the deadline away. Redis: SET. O(1).
   *
   * @throws IllegalArgumentException if the fraction is infinite or not a number
   */
  void setFraction(double number);

  /** Sets the number, takes the deadline away and returns the old one. Redis: SET GET. O(1). */
  long getAndSet(long number);

  /** Adds one and returns the sum. Redis: INCR. O(1). */
  long increment();

  /** Takes one away and returns the difference. Redis: DECR. O(1). */
  long decrement();

  /** Adds a number, negative ones too, and returns the sum. Redis: INCRBY. O(1). */
  long add(long delta);

  /**
   * Adds a fraction and returns the sum, which the key then holds with up to 17 digits after the
   * point. Redis: INCRBYFLOAT, in its 64 bits of precision. O(1).
   *
   * @throws IllegalArgumentException if the fraction is infinite or not a number
   */
  double addFraction(double delta);

  /** Returns the number as a fraction, 0 if there is none. Redis: GET. O(1). */
  double getFraction();
}
