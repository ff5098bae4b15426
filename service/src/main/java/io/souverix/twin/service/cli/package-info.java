/// The command line: one class a command, wired in [CommandTree]. What talks to a running service
/// is in `client`, how results look in `view` and `output`. Only `serve` and `demo` load the server.
@NullMarked
package io.souverix.twin.service.cli;

import org.jspecify.annotations.NullMarked;
