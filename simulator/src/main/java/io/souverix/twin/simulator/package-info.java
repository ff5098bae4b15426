/// The simulator is a seeded fleet that behaves: rollouts, latency, lost zones, nodes that come
/// back and replay. It sees no other module; what it says, it says as event lines.
@NullMarked
package io.souverix.twin.simulator;

import org.jspecify.annotations.NullMarked;
