// SPDX-License-Identifier: Apache-2.0
/**
 * Result files, and the targets and charts that are drawn from them.
 *
 * <p>The programs write through {@link dev.redstart.benchmarks.report.ResultFile}; everything is
 * confined to one thread. Nothing here may measure, nor know a contender other than by its name in
 * a result file. Start reading at {@link dev.redstart.benchmarks.report.Measurement}.
 */
@NullMarked
package dev.redstart.benchmarks.report;

import org.jspecify.annotations.NullMarked;
