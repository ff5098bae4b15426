/// The service is the engine as others meet it: HTTP, streams, configuration, metrics and the
/// command line, wired by hand in one place. Read [Main] first.
@NullMarked
package io.souverix.twin.service;

import org.jspecify.annotations.NullMarked;
