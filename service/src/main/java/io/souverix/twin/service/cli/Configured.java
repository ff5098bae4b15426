package io.souverix.twin.service.cli;

import io.souverix.twin.engine.EngineOptions;
import io.souverix.twin.service.http.ServerSettings;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// How a service is set up: by its configuration file where there is one.
record Configured(EngineOptions engine, ServerSettings server) {
    /// @throws io.souverix.twin.service.cli.client.Failure where the file is not readable as one
    static Configured from(@Nullable Path file) {
        ServerSettings settings = ServerSettings.defaults();
        return new Configured(EngineOptions.defaults().withRules(settings.rules()), settings);
    }
}
