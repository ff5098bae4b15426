package io.souverix.twin.engine.judge;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One difference between what should be and what is.
///
/// @param eventIds of the events that set the two sides, desired first
record Finding(
        String dimension,
        String path,
        String kind,
        @Nullable Object desired,
        @Nullable Object actual,
        String severity,
        @Nullable String impact,
        @Nullable Instant since,
        List<String> eventIds) {

    Map<String, @Nullable Object> shown(boolean provisional) {
        return Members.of(
                "dimension", dimension,
                "path", path,
                "kind", kind,
                "desired", desired,
                "actual", actual,
                "severity", severity,
                "impact", impact,
                "provisional", provisional,
                "since", since,
                "event_ids", eventIds);
    }

    /// The ids of the events that are there, without repeats.
    static List<String> ids(@Nullable Event... events) {
        Set<String> ids = new LinkedHashSet<>();
        for (Event event : events) {
            if (event != null) {
                ids.add(event.id());
            }
        }
        return new ArrayList<>(ids);
    }

    /// The worst of some severities; `none` of none.
    static String worst(List<String> severities) {
        return Catalogue.SEVERITIES.get(
                severities.stream().mapToInt(Catalogue.SEVERITIES::indexOf).max().orElse(0));
    }
}
