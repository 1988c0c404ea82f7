// SPDX-License-Identifier: Apache-2.0
/**
 * Programs that use Redstart, each runnable and short enough to read at one sitting.
 *
 * <p>They see the published API only, as an application would. Nothing here may reach into the
 * engine. Start reading at {@link dev.redstart.examples.Quickstart}.
 */
@NullMarked
package dev.redstart.examples;

import org.jspecify.annotations.NullMarked;
