/// The HTTP interface (docs/api.md): routes, what they read from requests, and how answers are
/// written. Sees the engine and the core. Read [TwinServer] first, then [Routes]; events come in
/// through [EventIntake].
@NullMarked
package io.souverix.twin.service.http;

import org.jspecify.annotations.NullMarked;
