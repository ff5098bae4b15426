package io.souverix.twin.core.twin;

import io.souverix.twin.core.drift.Drift;
import io.souverix.twin.core.drift.DriftStatus;
import io.souverix.twin.core.drift.DriftSummary;
import io.souverix.twin.core.drift.Finding;
import io.souverix.twin.core.drift.PolicyDrift;
import io.souverix.twin.core.drift.VersionDrift;
import io.souverix.twin.core.event.Times;
import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.Json.JsonArray;
import io.souverix.twin.core.json.JsonLiteral;
import io.souverix.twin.core.json.JsonObject;
import java.util.List;
import java.util.function.LongFunction;

/// Renders a [TwinView] as `GET /v1/twins/{id}/drift` answers it, without `meta`: docs/twin.md,
/// member by member.
final class DriftJson {
    private final TwinView view;
    private final Drift drift;
    private final LongFunction<String> eventIds;
    private final long now;

    /// @param eventIds the id of the event at a reference
    DriftJson(TwinView view, LongFunction<String> eventIds) {
        this.view = view;
        this.drift = view.twin().drift();
        this.eventIds = eventIds;
        this.now = view.nowMicros();
    }

    JsonObject render() {
        DriftSummary summary = view.drift();
        DriftStatus status = view.status(summary);
        List<Finding> findings = drift.findings(view.versions(), now);
        return new JsonObject.Builder()
                .put("node_id", view.twin().id())
                .put("status", status.word())
                .put("score", TwinJson.score(summary))
                .put("severity", TwinJson.severity(summary.worst()))
                .put("evaluated", status.evaluated())
                .put("version_drift", versionDrift())
                .put("config_drift", configDrift(findings))
                .put("policy_drift", policyDrift())
                .put(
                        "findings",
                        new JsonArray(
                                findings.stream()
                                        .map(f -> finding(f, status == DriftStatus.UNKNOWN))
                                        .toList()))
                .put("findings_total", summary.total())
                .build();
    }

    private Json versionDrift() {
        VersionDrift versions = view.versions();
        if (versions.severity() == null) {
            return JsonLiteral.NULL;
        }
        Long distance = versions.distance();
        return new JsonObject.Builder()
                .put("component", view.twin().identity().componentType())
                .put("desired", versions.desired())
                .put("actual", versions.actual())
                .put("severity", TwinJson.word(versions.severity()))
                .put("impact", versions.impact())
                .put("distance", distance == null ? JsonLiteral.NULL : Json.of(distance))
                .build();
    }

    private Json configDrift(List<Finding> findings) {
        List<Finding> config =
                findings.stream().filter(f -> f.dimension().equals("config")).toList();
        long applied = drift.config().lastAppliedMicros();
        long stale = 0;
        if (!config.isEmpty()) {
            stale = applied == Times.NONE ? -1 : Times.elapsedSeconds(applied, now);
        }
        return new JsonObject.Builder()
                .put("objects", config.size())
                .put("last_sync", TwinJson.instant(applied))
                .put("stale_by", TwinJson.duration(stale))
                .put("stale_by_seconds", TwinJson.count(stale))
                .put("details", new JsonArray(config.stream().map(DriftJson::detail).toList()))
                .build();
    }

    private static Json detail(Finding finding) {
        return new JsonObject.Builder()
                .put("field", finding.path())
                .put("desired", Json.orNull(finding.desired()))
                .put("actual", Json.orNull(finding.actual()))
                .put("kind", finding.kind())
                .put("severity", finding.severity().word())
                .build();
    }

    private Json policyDrift() {
        PolicyDrift policy = drift.policy();
        long stale = policy.staleSeconds(now);
        return new JsonObject.Builder()
                .put("policy_version", Fold.value(policy.desired()))
                .put("actual_version", Fold.value(policy.actual()))
                .put("compliance_score", Json.orNull(policy.complianceScore()))
                .put("violations", TwinJson.count(policy.violations()))
                .put("stale_by", TwinJson.duration(stale))
                .put("stale_by_seconds", TwinJson.count(stale))
                .build();
    }

    private Json finding(Finding finding, boolean provisional) {
        List<String> ids = finding.references().stream().map(eventIds::apply).distinct().toList();
        return new JsonObject.Builder()
                .put("dimension", finding.dimension())
                .put("path", finding.path())
                .put("kind", finding.kind())
                .put("desired", Json.orNull(finding.desired()))
                .put("actual", Json.orNull(finding.actual()))
                .put("severity", finding.severity().word())
                .put("impact", finding.impact())
                .put("provisional", provisional)
                .put("since", TwinJson.instant(finding.sinceMicros()))
                .put("event_ids", Json.strings(ids))
                .build();
    }
}
