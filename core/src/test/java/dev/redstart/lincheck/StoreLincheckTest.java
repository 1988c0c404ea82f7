// SPDX-License-Identifier: Apache-2.0
package dev.redstart.lincheck;

import static org.jetbrains.lincheck.datastructures.ManagedStrategyGuaranteeKt.forClasses;

import dev.redstart.lincheck.Scenarios.Kind;
import org.jetbrains.kotlinx.lincheck.execution.ExecutionScenario;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Options;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whether what threads do with a store at the same time is as if one had gone after the other. */
@Tag("lincheck")
class StoreLincheckTest {
  private static final boolean LONG = Boolean.getBoolean("redstart.long");
  private static final long SEED = 1;

  /** One schedule of two threads after the other. */
  @Test
  void operations_modelChecked_areLinearizable() {
    // a byte array viewed as doubles or longs is more than Lincheck can follow, so packed forms are
    // one step to it; jcstress looks at those that are reached without a stripe
    ModelCheckingOptions options =
        new ModelCheckingOptions()
            .addGuarantee(
                forClasses(
                        "dev.redstart.structure.PackedScores",
                        "dev.redstart.structure.PackedFields")
                    .allMethods()
                    .ignore())
            .addGuarantee(forClasses("dev.redstart.structure.PackedLeaf").allMethods().ignore())
            .invocationsPerIteration(LONG ? 100 : 25);
    Scenarios scenarios = new Scenarios(SEED, 2, 2);
    scenarios.parking().forEach(options::addCustomScenario);
    check(options, scenarios, LONG ? 8 : 2);
  }

  /** Three threads as they like. */
  @Test
  void operations_stressed_areLinearizable() {
    StressOptions options = new StressOptions().invocationsPerIteration(LONG ? 300 : 100);
    check(options, new Scenarios(SEED, 3, 3), LONG ? 40 : 6);
  }

  private static void check(Options<?, ?> options, Scenarios scenarios, int ofEachKind) {
    for (Kind kind : Kind.values()) {
      for (int i = 0; i < ofEachKind; i++) {
        ExecutionScenario scenario = scenarios.next(kind);
        options.addCustomScenario(scenario);
      }
    }
    options.iterations(0);
    options.sequentialSpecification(PlainStore.class);
    options.check(StoreOperations.class);
  }
}
