/// The simulator is a seeded fleet that behaves: rollouts, latency, lost zones, nodes that come
/// back and replay. It sees no other module; what it says, it says as event lines.
///
/// Read [FleetSimulation] first, then [Behaviour], the table of what happens how often. The parts
/// of the fleet's life are one class each: [Registration], [Rollouts], [Policies], [Outages] with
/// [Backlog], [Telemetry], [Upkeep], [Links], [MultiMaster], [Mishaps]. They share one [Fleet].
@NullMarked
package io.souverix.twin.simulator;

import org.jspecify.annotations.NullMarked;
