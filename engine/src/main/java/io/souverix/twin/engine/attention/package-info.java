/// What of attention is no fold of a node: what operators did about items, kept on disk, and the clocks
/// that were seen to be ahead. Both are outside the law. Sees `core` only. Read [HandlingLog] first.
@NullMarked
package io.souverix.twin.engine.attention;

import org.jspecify.annotations.NullMarked;
