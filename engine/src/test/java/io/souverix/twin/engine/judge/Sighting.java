package io.souverix.twin.engine.judge;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A node, or a domain, that a rule of attention is raised for.
///
/// @param subject its id
/// @param together the moment by which sightings of one cause become one item or several; null where
///     the cause alone decides
record Sighting(
        String rule,
        String subject,
        Map<String, @Nullable Object> cause,
        @Nullable Instant since,
        @Nullable Instant together) {}
