/// Domains: their tree, who is master of record under which epoch, and federation. Sees `event`; no
/// other aspect. Read [Domain] first.
@NullMarked
package io.souverix.twin.core.authority;

import org.jspecify.annotations.NullMarked;
