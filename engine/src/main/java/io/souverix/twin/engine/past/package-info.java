/// The past, kept ready: which events count in a question ([AsOf]), and what a node showed when. Sees
/// `core`. Read [AsOf] first.
@NullMarked
package io.souverix.twin.engine.past;

import org.jspecify.annotations.NullMarked;
