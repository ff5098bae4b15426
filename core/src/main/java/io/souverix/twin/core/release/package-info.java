/// Versions and the releases of a component: what gives version drift its distance, severity and
/// impact. Sees `event`. Read [Version] first, then [Releases].
@NullMarked
package io.souverix.twin.core.release;

import org.jspecify.annotations.NullMarked;
