package io.souverix.twin.core.connectivity;

import io.souverix.twin.core.event.Event;
import io.souverix.twin.core.event.Times;
import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The connectivity ledger of a node: its sorted history of states, each with how long it lasted and
/// whether it may follow the one before.
public final class Ledger {
    private Ledger() {}

    /// The ledger of a history, as `history` of `GET /v1/twins/{id}/ledger` shows it.
    ///
    /// @param history sorted by [Event#ORDER], without the annulled
    public static List<JsonObject> of(Collection<Event> history, long nowMicros) {
        List<LedgerEntry> entries = new ArrayList<>();
        for (Event event : history) {
            LedgerEntry entry = LedgerEntry.of(event);
            if (entry != null) {
                entries.add(entry);
            }
        }
        List<JsonObject> ledger = new ArrayList<>(entries.size());
        LedgerEntry before = null;
        for (int i = 0; i < entries.size(); i++) {
            LedgerEntry entry = entries.get(i);
            long until =
                    i + 1 < entries.size()
                            ? entries.get(i + 1).timestampMicros()
                            : Math.max(nowMicros, entry.timestampMicros());
            ledger.add(json(entry, before, until));
            before = entry;
        }
        return ledger;
    }

    private static JsonObject json(
            LedgerEntry entry, @Nullable LedgerEntry before, long untilMicros) {
        JsonObject.Builder json =
                new JsonObject.Builder()
                        .put("timestamp", Times.text(entry.timestampMicros()))
                        .put("state", entry.state().word());
        if (entry.from() != null) {
            json.put("from", entry.from().word());
        }
        if (entry.reason() != null) {
            json.put("reason", entry.reason());
        }
        json.putPresent("latency_ms", entry.latencyMs());
        if (entry.backlog() >= 0) {
            json.put("backlog", entry.backlog());
        }
        if (entry.syncIntervalSeconds() >= 0) {
            json.put("sync_interval", Json.of(Times.durationText(entry.syncIntervalSeconds())));
        }
        return json.put(
                        "duration_seconds",
                        Times.elapsedSeconds(entry.timestampMicros(), untilMicros))
                .put("regular", entry.regularAfter(before))
                .put("event_id", entry.eventId())
                .build();
    }
}
