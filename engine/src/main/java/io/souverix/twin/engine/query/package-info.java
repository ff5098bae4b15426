/// Questions to the fleet: reading of filters, and the words for pages and orders. Sees `core`
/// and `past`. Read [FilterText] first.
@NullMarked
package io.souverix.twin.engine.query;

import org.jspecify.annotations.NullMarked;
