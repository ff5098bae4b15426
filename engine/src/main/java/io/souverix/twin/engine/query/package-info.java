/// Questions to the fleet: reading of filters, and the words for pages and orders. Sees the core's
/// `query`; is seen by the shards. Read [FilterText] first.
@NullMarked
package io.souverix.twin.engine.query;

import org.jspecify.annotations.NullMarked;
