/// Tests of the reading of filters.
@NullMarked
package io.souverix.twin.engine.query;

import org.jspecify.annotations.NullMarked;
