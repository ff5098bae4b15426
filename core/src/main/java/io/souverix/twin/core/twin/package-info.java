/// The twin of one node: its aspects put together, the fold that walks a history, and the answers
/// rendered from it. Sees every aspect, `attention`, and `fleet` for the catalogue. Read [Twin]
/// first, then [Fold] and [TwinView].
@NullMarked
package io.souverix.twin.core.twin;

import org.jspecify.annotations.NullMarked;
