// SPDX-License-Identifier: Apache-2.0
/** Redis as a Java library: its data types and commands inside one JVM. */
module dev.redstart {
  requires it.unimi.dsi.fastutil.core;
  requires static com.fasterxml.jackson.databind;
  requires static com.google.errorprone.annotations;
  requires static transitive org.jspecify;

  exports dev.redstart;
  exports dev.redstart.spi;
}
