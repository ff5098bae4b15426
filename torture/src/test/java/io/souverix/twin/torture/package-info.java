/// The trials that see the service from outside, each run once and briefly.
@NullMarked
package io.souverix.twin.torture;

import org.jspecify.annotations.NullMarked;
