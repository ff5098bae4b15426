package io.souverix.twin.core.twin;

import io.souverix.twin.core.attention.Cause;
import io.souverix.twin.core.attention.Raised;
import io.souverix.twin.core.attention.Sighting;
import io.souverix.twin.core.connectivity.Connectivity;
import io.souverix.twin.core.connectivity.Replay;
import io.souverix.twin.core.drift.Finding;
import io.souverix.twin.core.event.Times;
import io.souverix.twin.core.json.JsonObject;
import io.souverix.twin.core.lifecycle.Update;
import io.souverix.twin.core.trust.Link;
import io.souverix.twin.core.trust.Trust;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the rules that a node raises look like on it: values and events, as an inbox shows them.
final class Sightings {
    private final TwinView view;
    private final Connectivity connectivity;
    private final Alerts alerts;

    Sightings(TwinView view) {
        this.view = view;
        this.connectivity = view.twin().connectivity();
        this.alerts = new Alerts(view);
    }

    /// The sighting of a cause; null where it is not raised.
    ///
    /// @param highestEpoch the highest epoch that was ever claimed anywhere, or -1
    @Nullable Sighting of(Cause cause, long highestEpoch) {
        Raised raised = alerts.raised(cause.alert(), highestEpoch);
        if (raised == null || !raised.cause().equals(cause)) {
            return null;
        }
        return switch (cause.alert()) {
            case CERTIFICATE_EXPIRED, CERTIFICATE_EXPIRING ->
                    sighting(raised, Times.NONE, certificate());
            case ATTESTATION_FAILED ->
                    sighting(raised, view.twin().trust().attestedMicros(), attestation());
            case DRIFT_CRITICAL, DRIFT_HIGH -> drift(raised);
            case IRREGULAR_TRANSITION, RETURN_OVERDUE ->
                    sighting(raised, connectivity.sinceMicros(), connected());
            case REPLAY_STALLED ->
                    sighting(raised, raised.togetherMicros(), replayed(raised.togetherMicros()));
            case SILENT -> sighting(raised, raised.togetherMicros(), silent());
            case UPDATE_OVERDUE -> sighting(raised, alerts.update().startedMicros(), updated());
            case EPOCH_AHEAD -> sighting(raised, Times.NONE, desired(highestEpoch));
            case AUTHORITY_CONFLICT, CLOCK_OFF -> null;
        };
    }

    private Sighting sighting(Raised raised, long told, JsonObject values) {
        return new Sighting(raised, view.twin().id(), told, values, List.of());
    }

    private JsonObject connected() {
        return new JsonObject.Builder()
                .put("state", TwinJson.word(connectivity.state()))
                .put("since", TwinJson.instant(connectivity.sinceMicros()))
                .put("reason", connectivity.reason())
                .put("return_eta", TwinJson.instant(connectivity.returnEtaMicros()))
                .build();
    }

    private JsonObject replayed(long movedMicros) {
        Replay replay = connectivity.replay();
        return new JsonObject.Builder()
                .put("processed", TwinJson.count(replay == null ? -1 : replay.processed()))
                .put("total", TwinJson.count(replay == null ? -1 : replay.total()))
                .put("moved_at", TwinJson.instant(movedMicros))
                .build();
    }

    private JsonObject silent() {
        return new JsonObject.Builder()
                .put("state", TwinJson.word(connectivity.state()))
                .put("heard_at", TwinJson.instant(view.twin().heardMicros()))
                .put("horizon_seconds", view.horizonMicros() / Times.MICROS_PER_SECOND)
                .build();
    }

    private JsonObject certificate() {
        Link leaf = alerts.leaf();
        return new JsonObject.Builder()
                .put("subject", leaf.subject())
                .put("issuer", leaf.issuer())
                .put("valid_until", TwinJson.instant(leaf.validUntilMicros()))
                .build();
    }

    private JsonObject attestation() {
        Trust trust = view.twin().trust();
        return new JsonObject.Builder()
                .put("attestation_state", TwinJson.word(trust.attestation()))
                .put("verifier", trust.verifier())
                .build();
    }

    private Sighting drift(Raised raised) {
        Finding worst = alerts.worst();
        JsonObject values =
                new JsonObject.Builder()
                        .put("severity", worst.severity().word())
                        .put("impact", worst.impact())
                        .put("since", TwinJson.instant(worst.sinceMicros()))
                        .put("findings", view.drift().total())
                        .build();
        return new Sighting(raised, view.twin().id(), Times.NONE, values, worst.references());
    }

    private JsonObject updated() {
        Update update = alerts.update();
        return new JsonObject.Builder()
                .put("target_version", update.targetVersion())
                .put("started_at", TwinJson.instant(update.startedMicros()))
                .put("deadline", TwinJson.instant(update.deadlineMicros()))
                .build();
    }

    private JsonObject desired(long highestEpoch) {
        return new JsonObject.Builder()
                .put("epoch", view.twin().drift().desiredEpoch())
                .put("highest_claimed", TwinJson.count(highestEpoch))
                .build();
    }
}
