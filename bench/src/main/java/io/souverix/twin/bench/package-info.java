/// The bench measures the service and its parts, beside their limits. Sees the service as a
/// process, the engine and the simulator. Read [Stage] first, then [Bench] and [Stages].
@NullMarked
package io.souverix.twin.bench;

import org.jspecify.annotations.NullMarked;
