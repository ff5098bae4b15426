package io.souverix.twin.core.twin;

import io.souverix.twin.core.authority.Domain.Authority;
import io.souverix.twin.core.connectivity.Connectivity;
import io.souverix.twin.core.connectivity.Replay;
import io.souverix.twin.core.drift.ConfigDrift;
import io.souverix.twin.core.drift.DriftSummary;
import io.souverix.twin.core.drift.PolicyDrift;
import io.souverix.twin.core.event.ConnectivityState;
import io.souverix.twin.core.event.Payload.Compliance;
import io.souverix.twin.core.event.Payload.Hardware;
import io.souverix.twin.core.event.Severity;
import io.souverix.twin.core.event.Times;
import io.souverix.twin.core.event.Worded;
import io.souverix.twin.core.fleet.DomainJson;
import io.souverix.twin.core.graph.Edge;
import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.Json.JsonArray;
import io.souverix.twin.core.json.JsonLiteral;
import io.souverix.twin.core.json.JsonNumber;
import io.souverix.twin.core.json.JsonObject;
import io.souverix.twin.core.lifecycle.Lifecycle;
import io.souverix.twin.core.lifecycle.Lifecycle.Window;
import io.souverix.twin.core.lifecycle.Update;
import io.souverix.twin.core.trust.Link;
import io.souverix.twin.core.trust.Trust;
import io.souverix.twin.core.trust.TrustScore;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Renders a [TwinView] as `GET /v1/twins/{id}` answers it, without `meta`: docs/twin.md, member by
/// member.
final class TwinJson {
    private final TwinView view;
    private final Twin twin;
    private final long now;

    TwinJson(TwinView view) {
        this.view = view;
        this.twin = view.twin();
        this.now = view.nowMicros();
    }

    JsonObject render() {
        JsonObject.Builder whole = new JsonObject.Builder();
        for (String name : TwinView.MEMBERS) {
            whole.put(name, member(name));
        }
        return whole.build();
    }

    Json member(String name) {
        return switch (name) {
            case "identity" -> identity();
            case "connectivity" -> connectivity();
            case "lifecycle" -> lifecycle();
            case "operational" -> operational();
            case "state" -> state();
            case "policy" -> policy();
            case "trust" -> trust();
            case "supply_chain" -> supplyChain();
            case "authority" -> authority();
            case "drift" -> drift();
            case "relationships" -> relationships();
            default -> throw new IllegalArgumentException("a twin has no member " + name);
        };
    }

    static Json instant(long micros) {
        return micros == Times.NONE ? JsonLiteral.NULL : Json.of(Times.text(micros));
    }

    static Json word(@Nullable Worded value) {
        return value == null ? JsonLiteral.NULL : Json.of(value.word());
    }

    /// A count or a number of seconds; negative stands for none.
    static Json count(long count) {
        return count < 0 ? JsonLiteral.NULL : Json.of(count);
    }

    static Json duration(long seconds) {
        return seconds < 0 ? JsonLiteral.NULL : Json.of(Times.durationText(seconds));
    }

    private Json identity() {
        Identity identity = twin.identity();
        return new JsonObject.Builder()
                .put("immutable_id", twin.id())
                .put("name", identity.name())
                .put("component_type", identity.componentType())
                .put("region", identity.region())
                .put("zone", identity.zone())
                .put("clusters", Json.strings(identity.clusters()))
                .put("trust_domain", identity.trustDomain())
                .put("trust_chain", trustChain())
                .build();
    }

    private Json trustChain() {
        return Json.strings(twin.trust().chain().stream().map(Link::issuer).toList());
    }

    private Json connectivity() {
        Connectivity c = twin.connectivity();
        long debt = c.debtSeconds(now);
        return new JsonObject.Builder()
                .put("state", word(c.state()))
                .put("since", instant(c.sinceMicros()))
                .put("reason", c.reason())
                .put("last_sync", instant(c.lastSyncMicros()))
                .put("sync_debt", duration(debt))
                .put("sync_debt_seconds", count(debt))
                .put("sync_debt_parts", debtParts())
                .put("message_backlog", count(c.backlog()))
                .put("backlog_by_type", Json.orNull(c.backlogByType()))
                .put("backlog_by_priority", Json.orNull(c.backlogByPriority()))
                .put("oldest_message", instant(c.oldestMessageMicros()))
                .put("latency_ms", Json.orNull(c.latencyMs()))
                .put("loss_pct", Json.orNull(c.lossPct()))
                .put("sync_interval", duration(c.syncIntervalSeconds()))
                .put("sync_interval_seconds", count(c.syncIntervalSeconds()))
                .put("return_eta", instant(c.returnEtaMicros()))
                .put("replay", replay(c))
                .build();
    }

    private Json debtParts() {
        SyncDebtParts parts = SyncDebtParts.of(view);
        return parts == null
                ? JsonLiteral.NULL
                : new JsonObject.Builder()
                        .put("config", parts.config())
                        .put("policy", parts.policy())
                        .put("version", parts.version())
                        .build();
    }

    private static Json replay(Connectivity c) {
        Replay replay = c.replay();
        if (replay == null) {
            return JsonLiteral.NULL;
        }
        BigDecimal rate = replay.ratePerSecond();
        boolean running = c.state() == ConnectivityState.REPLAYING;
        return new JsonObject.Builder()
                .put("processed", count(replay.processed()))
                .put("total", count(replay.total()))
                .put("started_at", instant(replay.startedMicros()))
                .put("rate_per_second", rate == null ? JsonLiteral.NULL : JsonNumber.of(rate))
                .put("eta", running ? instant(replay.etaMicros()) : JsonLiteral.NULL)
                .build();
    }

    private Json lifecycle() {
        Lifecycle l = twin.lifecycle();
        Hardware hardware = l.hardware();
        return new JsonObject.Builder()
                .put("phase", word(l.phase()))
                .put("since", instant(l.phaseSinceMicros()))
                .put(
                        "hardware",
                        new JsonObject.Builder()
                                .put("serial", hardware.serial())
                                .put("manufacturing_origin", hardware.manufacturingOrigin())
                                .put("batch_id", hardware.batchId())
                                .put("firmware_version", hardware.firmwareVersion())
                                .put("firmware_signature", hardware.firmwareSignature())
                                .build())
                .put("software", software())
                .put("update", update(l.update()))
                .put("maintenance", maintenance(l))
                .build();
    }

    private Json software() {
        Long distance = view.versions().distance();
        return new JsonObject.Builder()
                .put("desired_version", Fold.value(twin.drift().desiredVersion()))
                .put("actual_version", Fold.value(twin.drift().actualVersion()))
                .put("drift_score", distance == null ? JsonLiteral.NULL : Json.of(distance))
                .put("image_provenance", twin.trust().imageProvenance())
                .put("sbom_hash", twin.trust().sbomHash())
                .build();
    }

    private Json update(@Nullable Update update) {
        if (update == null) {
            return JsonLiteral.NULL;
        }
        return new JsonObject.Builder()
                .put("state", word(update.state()))
                .put("target_version", update.targetVersion())
                .put("version", update.version())
                .put("from_version", update.fromVersion())
                .put("campaign", update.campaign())
                .put("wave", Json.orNull(update.wave()))
                .put("started_at", instant(update.startedMicros()))
                .put("deadline", instant(update.deadlineMicros()))
                .put("overdue", update.overdue(now))
                .put("finished_at", instant(update.finishedMicros()))
                .put("reason", update.reason())
                .build();
    }

    private Json maintenance(Lifecycle l) {
        Window open = l.openWindow();
        List<Json> planned = l.planned(now).stream().map(TwinJson::window).toList();
        return new JsonObject.Builder()
                .put("open", open != null)
                .put("since", open == null ? JsonLiteral.NULL : instant(open.startMicros()))
                .put("window_end", open == null ? JsonLiteral.NULL : instant(open.endMicros()))
                .put("reason", open == null ? null : open.reason())
                .put("planned", new JsonArray(planned))
                .build();
    }

    private static Json window(Window window) {
        return new JsonObject.Builder()
                .put("window_start", instant(window.startMicros()))
                .put("window_end", instant(window.endMicros()))
                .put("reason", window.reason())
                .build();
    }

    private Json operational() {
        Lifecycle l = twin.lifecycle();
        return new JsonObject.Builder()
                .put("state", word(l.operational()))
                .put("since", instant(l.operationalSinceMicros()))
                .put("reason", l.operationalReason())
                .put("health", l.health())
                .build();
    }

    private Json state() {
        ConfigDrift config = twin.drift().config();
        return new JsonObject.Builder()
                .put("desired", shown(config.desiredTree()))
                .put("actual", shown(config.actualTree()))
                .put("last_applied", instant(config.lastAppliedMicros()))
                .put("last_reported", instant(twin.drift().lastReportedMicros()))
                .build();
    }

    private static Json shown(@Nullable JsonObject tree) {
        return tree == null ? JsonLiteral.NULL : ConfigDrift.shown(tree);
    }

    private Json policy() {
        PolicyDrift policy = twin.drift().policy();
        long stale = policy.staleSeconds(now);
        return new JsonObject.Builder()
                .put("desired_policy", Fold.value(policy.desired()))
                .put("actual_policy", Fold.value(policy.actual()))
                .put("compliance", compliance(policy.counts()))
                .put("compliance_score", Json.orNull(policy.complianceScore()))
                .put("violations", count(policy.violations()))
                .put("stale_by", duration(stale))
                .put("stale_by_seconds", count(stale))
                .build();
    }

    private static Json compliance(Compliance.@Nullable Counts counts) {
        return counts == null
                ? JsonLiteral.NULL
                : new JsonObject.Builder()
                        .put("passed", counts.passed())
                        .put("failed", counts.failed())
                        .put("not_applicable", counts.notApplicable())
                        .put("unevaluable", counts.unevaluable())
                        .build();
    }

    private Json trust() {
        Trust trust = twin.trust();
        TrustScore score = view.trust();
        List<Link> chain = trust.chain();
        return new JsonObject.Builder()
                .put("attestation_state", word(trust.attestation()))
                .put("last_attestation", instant(trust.attestedMicros()))
                .put("verifier", trust.verifier())
                .put("trust_score", TrustJson.ratio(score.basisPoints()))
                .put("integrity_state", word(score.integrityState()))
                .put(
                        "certificate_valid_until",
                        chain.isEmpty()
                                ? JsonLiteral.NULL
                                : instant(chain.getFirst().validUntilMicros()))
                .build();
    }

    private Json supplyChain() {
        Identity identity = twin.identity();
        return new JsonObject.Builder()
                .put("hardware_metadata", Json.orNull(identity.hardwareMetadata()))
                .put("manufacturing_batch", Json.orNull(identity.manufacturingBatch()))
                .put("software_provenance", Json.orNull(identity.softwareProvenance()))
                .put("trust_chain", trustChain())
                .build();
    }

    private Json authority() {
        Authority authority =
                view.catalogue().authority(twin.identity().zone(), twin.identity().region());
        return DomainJson.authority(authority);
    }

    private Json drift() {
        DriftSummary summary = view.drift();
        return new JsonObject.Builder()
                .put("status", word(view.status(summary)))
                .put("score", score(summary))
                .put("severity", severity(summary.worst()))
                .put("findings", summary.total())
                .build();
    }

    static Json score(DriftSummary summary) {
        return JsonNumber.of(BigDecimal.valueOf(summary.scoreTenths(), 1));
    }

    static Json severity(@Nullable Severity worst) {
        return worst == null ? Json.of("none") : word(worst);
    }

    private Json relationships() {
        return new JsonArray(
                twin.relationships().edges().stream().map(TwinJson::relationship).toList());
    }

    private static Json relationship(Edge edge) {
        return new JsonObject.Builder()
                .put("to", edge.to())
                .put("type", edge.type())
                .put("attributes", Json.orNull(edge.attributes()))
                .put("health", word(edge.health()))
                .put("latency_ms", Json.orNull(edge.latencyMs()))
                .put("loss_pct", Json.orNull(edge.lossPct()))
                .put("since", instant(edge.sinceMicros()))
                .build();
    }
}
