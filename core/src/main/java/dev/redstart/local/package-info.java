// SPDX-License-Identifier: Apache-2.0
/**
 * The handles behind the API, and the assembler that puts a store together.
 *
 * <p>Applications reach it through {@link dev.redstart.Store}; handles convert arguments and
 * results by codecs, outside of every hold, and call operations. Nothing here may touch a
 * structure, an entry or the journal. Start reading at {@link dev.redstart.local.LocalStore}.
 */
@NullMarked
package dev.redstart.local;

import org.jspecify.annotations.NullMarked;
