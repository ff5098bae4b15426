/// The story of a node: why a value is what it is, and what lay in between. Sees `twin`, `fleet`,
/// `lifecycle`, `rules` and `event`. Read [Retelling] first.
@NullMarked
package io.souverix.twin.core.story;

import org.jspecify.annotations.NullMarked;
