/// What changes, for those who watch: a bounded ring of changes in the order of the log, channels that
/// evaluate one filter for all clients that share it, and subscriptions that resume. Sees `core`,
/// `past` and `shard`. Read [ChangeFeed] first, then [Channel].
@NullMarked
package io.souverix.twin.engine.changes;

import org.jspecify.annotations.NullMarked;
