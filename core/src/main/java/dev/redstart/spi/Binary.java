// SPDX-License-Identifier: Apache-2.0
package dev.redstart.spi;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a {@code String} whose chars are bytes, 0 to 255, rather than text.
 *
 * <p>Such a <em>binary string</em> is what the engine compares, hashes and stores: {@code "é"} is
 * one char as text and two as a binary string. Only {@link BinaryStrings}, the codecs and the wire
 * convert between the two.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE_USE)
public @interface Binary {}
