// SPDX-License-Identifier: Apache-2.0
/**
 * Concurrency tests of what a store reads without a lock, by jcstress.
 *
 * <p>Each class names the outcome that its invariant forbids. They work through the API on a store
 * of two stripes, so that a class is small enough to be made anew for each try. Run them with
 * {@code mvn -Pjcstress -DskipTests package} and {@code java -jar jcstress/target/jcstress.jar};
 * add {@code -m quick} for a look of some minutes. Start reading at {@link
 * dev.redstart.jcstress.SetAllTest}.
 */
@NullMarked
package dev.redstart.jcstress;

import org.jspecify.annotations.NullMarked;
