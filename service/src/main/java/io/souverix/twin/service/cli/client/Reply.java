package io.souverix.twin.service.cli.client;

import io.souverix.twin.core.json.Json;
import java.util.OptionalLong;

/// An answer of the service.
///
/// @param body JSON `null` where there was none or it was no JSON
/// @param retryAfterSeconds how long the service asks to wait, where it does
public record Reply(int status, Json body, OptionalLong retryAfterSeconds) {
    public boolean succeeded() {
        return status >= 200 && status < 300;
    }

    /// True where the same request may be taken later: the service is overloaded or not ready.
    public boolean comeBackLater() {
        return status == 429 || status == 503;
    }
}
