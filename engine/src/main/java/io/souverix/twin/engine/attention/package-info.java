/// What operators did about items of attention: kept on disk, outside the law. Sees `core` only. Read
/// [HandlingLog] first.
@NullMarked
package io.souverix.twin.engine.attention;

import org.jspecify.annotations.NullMarked;
