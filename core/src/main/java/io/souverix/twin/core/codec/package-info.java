/// Folded state as bytes, for checkpoints. The bytes are derived and disposable: nothing reads those
/// of another version. Sees `json`. Read [StateWriter] first.
@NullMarked
package io.souverix.twin.core.codec;

import org.jspecify.annotations.NullMarked;
