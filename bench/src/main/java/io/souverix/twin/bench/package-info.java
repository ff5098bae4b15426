/// The bench measures the service and its parts, with its peers in the same run.
@NullMarked
package io.souverix.twin.bench;

import org.jspecify.annotations.NullMarked;
