/// The fleet as a whole: the catalogue of releases and domains that concerns every node, the facets
/// of a node that aggregates count, and the aggregates. Sees `event`, `release`, `attention` and
/// aspects; not `twin`. Read [Catalogue] first, then [Facets] and [GroupSums].
@NullMarked
package io.souverix.twin.core.fleet;

import org.jspecify.annotations.NullMarked;
