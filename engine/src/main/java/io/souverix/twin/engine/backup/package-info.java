/// Copies of a data directory: taken while it is served, and put back up to a moment. Sees `log`.
/// Read [Backup] first.
@NullMarked
package io.souverix.twin.engine.backup;

import org.jspecify.annotations.NullMarked;
