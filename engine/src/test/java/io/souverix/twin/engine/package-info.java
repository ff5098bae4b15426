/// Tests of the engine as a whole: the law, recovery, kills.
@NullMarked
package io.souverix.twin.engine;

import org.jspecify.annotations.NullMarked;
