/// Tests of the derived store.
@NullMarked
package io.souverix.twin.engine.derived;

import org.jspecify.annotations.NullMarked;
