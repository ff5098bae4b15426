/// Tests of the event log. [EventLogConformance] is what every implementation must do;
/// [SimulatedDisk] is where crashes, failures and damage come from.
@NullMarked
package io.souverix.twin.engine.log;

import org.jspecify.annotations.NullMarked;
