/// The engine keeps the view ready: the event log, the shards that fold it, and the queries over
/// them. It sees `core` only.
@NullMarked
package io.souverix.twin.engine;

import org.jspecify.annotations.NullMarked;
