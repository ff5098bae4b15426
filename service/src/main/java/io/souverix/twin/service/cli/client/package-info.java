/// The client of a running service: questions ([ServiceClient]) and events from files
/// ([EventSource], [Sender]). Sees `core.json` and the command line's output only.
@NullMarked
package io.souverix.twin.service.cli.client;

import org.jspecify.annotations.NullMarked;
