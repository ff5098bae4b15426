package io.souverix.twin.engine.judge;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The newest update of a node: `lifecycle.update`.
final class Updates {
    private Updates() {}

    static @Nullable Map<String, @Nullable Object> update(Question asked) {
        Map<String, @Nullable Object> update = null;
        for (int i = 0; i < asked.history().size(); i++) {
            Event event = asked.history().get(i);
            if (event.is("update_initiated")) {
                update = initiated(asked, event, asked.history().subList(0, i));
            } else if (event.is("update_completed") || event.is("update_failed")) {
                update = finished(event, update);
            }
        }
        return update;
    }

    private static Map<String, @Nullable Object> initiated(
            Question asked, Event event, List<Event> before) {
        String from = event.text("from_version");
        Instant given = Times.instantOrAfter(event.timestamp(), event.payload().get("deadline"));
        Instant deadline =
                given == null
                        ? event.timestamp().plus(asked.rules().defaultUpdateDeadline())
                        : given;
        return Members.of(
                "state",
                "in_progress",
                "target_version",
                event.text("target_version"),
                "version",
                null,
                "from_version",
                from == null ? Walk.text(Software.actual(before)) : from,
                "campaign",
                event.payload().get("campaign"),
                "wave",
                event.payload().get("wave"),
                "started_at",
                event.timestamp(),
                "deadline",
                deadline,
                "overdue",
                asked.now().isAfter(deadline),
                "finished_at",
                null,
                "reason",
                null);
    }

    private static Map<String, @Nullable Object> finished(
            Event event, @Nullable Map<String, @Nullable Object> before) {
        boolean wasOpen = before != null && "in_progress".equals(before.get("state"));
        Map<String, @Nullable Object> open =
                wasOpen && before != null
                        ? before
                        : Members.of("target_version", event.text("version"));
        boolean failed = event.is("update_failed");
        return Members.of(
                "state", failed ? "failed" : "completed",
                "target_version", open.get("target_version"),
                "version", event.text("version"),
                "from_version", open.get("from_version"),
                "campaign", open.get("campaign"),
                "wave", open.get("wave"),
                "started_at", open.get("started_at"),
                "deadline", open.get("deadline"),
                "overdue", false,
                "finished_at", event.timestamp(),
                "reason", failed ? event.text("reason") : null);
    }
}
