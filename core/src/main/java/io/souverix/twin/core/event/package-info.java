/// Events: the envelope, the catalogue of types as sealed records, their validation, their canonical
/// form and identity. Sees `json` only. Read [Event] first, then [Payload] and [EventReader].
@NullMarked
package io.souverix.twin.core.event;

import org.jspecify.annotations.NullMarked;
