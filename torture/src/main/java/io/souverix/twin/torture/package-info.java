/// What is proved, tried for as long as one likes: `twin torture`. Sees the service from outside and
/// the engine through the trials of its tests. Read [io.souverix.twin.torture.Torture] first; what
/// there is to try stands in [io.souverix.twin.torture.Trials].
@NullMarked
package io.souverix.twin.torture;

import org.jspecify.annotations.NullMarked;
