package io.souverix.twin.core.drift;

import io.souverix.twin.core.event.Severity;
import io.souverix.twin.core.json.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One thing that is not as it should be; identified by its dimension and path.
///
/// @param dimension `version`, `config` or `policy`
/// @param references where the events that set the two sides stand in the log, desired first
public record Finding(
        String dimension,
        String path,
        String kind,
        @Nullable Json desired,
        @Nullable Json actual,
        Severity severity,
        @Nullable String impact,
        long sinceMicros,
        List<Long> references) {
    public Finding {
        references = List.copyOf(references);
    }
}
