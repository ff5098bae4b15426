/// The configuration file (docs/configuration.md): YAML or JSON in, settings and rules out, with
/// every fault named. Sees `http` for what the server is set up with. Read [Settings] first.
@NullMarked
package io.souverix.twin.service.config;

import org.jspecify.annotations.NullMarked;
