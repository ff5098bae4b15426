/// Lifecycle: the phase of a node, its hardware, updates and maintenance. Sees `event` and `codec`;
/// no other aspect. Read [Lifecycle] first.
@NullMarked
package io.souverix.twin.core.lifecycle;

import org.jspecify.annotations.NullMarked;
