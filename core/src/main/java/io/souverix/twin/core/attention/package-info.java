/// What deserves attention: rules, what is seen of them on single nodes, and the ranked items that
/// sightings of one cause make together. Sees `event` and `json`. Read [Alert] first, then [Inbox].
@NullMarked
package io.souverix.twin.core.attention;

import org.jspecify.annotations.NullMarked;
