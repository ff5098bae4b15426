/// Tests of the parts of a shard that are easier held to account alone.
@NullMarked
package io.souverix.twin.engine.shard;

import org.jspecify.annotations.NullMarked;
