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
import io.souverix.twin.core.json.JsonSink;
import io.souverix.twin.core.lifecycle.Lifecycle;
import io.souverix.twin.core.lifecycle.Lifecycle.Window;
import io.souverix.twin.core.lifecycle.Update;
import io.souverix.twin.core.trust.Link;
import io.souverix.twin.core.trust.Trust;
import io.souverix.twin.core.trust.TrustScore;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Renders a [TwinView] as `GET /v1/twins/{id}` answers it, without `meta`: docs/twin.md, member by
/// member.
final class TwinJson {
    private final TwinView view;
    private final Twin twin;
    private final long now;
    private final JsonSink out;

    /// @param out takes the members
    TwinJson(TwinView view, JsonSink out) {
        this.view = view;
        this.twin = view.twin();
        this.now = view.nowMicros();
        this.out = out;
    }

    /// All members.
    static void render(TwinView view, JsonSink out) {
        TwinJson json = new TwinJson(view, out);
        for (String name : TwinView.MEMBERS) {
            json.put(name);
        }
    }

    /// Puts one member of the twin.
    void put(String name) {
        switch (name) {
            case "identity" -> identity();
            case "connectivity" -> connectivity();
            case "lifecycle" -> lifecycle();
            case "operational" -> operational();
            case "state" -> state();
            case "policy" -> policy();
            case "trust" -> trust();
            case "supply_chain" -> supplyChain();
            case "authority" -> out.put("authority", authority());
            case "drift" -> drift();
            case "relationships" -> out.put("relationships", relationships());
            default -> throw new IllegalArgumentException("a twin has no member " + name);
        }
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

    private void putInstant(String name, long micros) {
        out.putPlain(name, micros == Times.NONE ? null : Times.text(micros));
    }

    private void putWord(String name, @Nullable Worded value) {
        out.putPlain(name, value == null ? null : value.word());
    }

    private void putCount(String name, long count) {
        if (count < 0) {
            out.put(name, JsonLiteral.NULL);
        } else {
            out.put(name, count);
        }
    }

    private void putDuration(String name, long seconds) {
        out.putPlain(name, seconds < 0 ? null : Times.durationText(seconds));
    }

    private void identity() {
        Identity identity = twin.identity();
        out.open("identity")
                .put("immutable_id", twin.id())
                .put("name", identity.name())
                .put("component_type", identity.componentType())
                .put("region", identity.region())
                .put("zone", identity.zone())
                .put("clusters", Json.strings(identity.clusters()))
                .put("trust_domain", identity.trustDomain())
                .put("trust_chain", trustChain())
                .close();
    }

    private Json trustChain() {
        List<Json> issuers = new ArrayList<>();
        for (Link link : twin.trust().chain()) {
            issuers.add(Json.of(link.issuer()));
        }
        return new JsonArray(issuers);
    }

    private void connectivity() {
        Connectivity c = twin.connectivity();
        long debt = c.debtSeconds(now);
        out.open("connectivity");
        putWord("state", c.state());
        putInstant("since", c.sinceMicros());
        out.put("reason", c.reason());
        putInstant("last_sync", c.lastSyncMicros());
        putDuration("sync_debt", debt);
        putCount("sync_debt_seconds", debt);
        debtParts();
        putCount("message_backlog", c.backlog());
        out.put("backlog_by_type", Json.orNull(c.backlogByType()));
        out.put("backlog_by_priority", Json.orNull(c.backlogByPriority()));
        putInstant("oldest_message", c.oldestMessageMicros());
        out.put("latency_ms", Json.orNull(c.latencyMs()));
        out.put("loss_pct", Json.orNull(c.lossPct()));
        putDuration("sync_interval", c.syncIntervalSeconds());
        putCount("sync_interval_seconds", c.syncIntervalSeconds());
        putInstant("return_eta", c.returnEtaMicros());
        replay(c);
        out.close();
    }

    private void debtParts() {
        SyncDebtParts parts = SyncDebtParts.of(view);
        if (parts == null) {
            out.put("sync_debt_parts", JsonLiteral.NULL);
            return;
        }
        out.open("sync_debt_parts")
                .put("config", parts.config())
                .put("policy", parts.policy())
                .put("version", parts.version())
                .close();
    }

    private void replay(Connectivity c) {
        Replay replay = c.replay();
        if (replay == null) {
            out.put("replay", JsonLiteral.NULL);
            return;
        }
        BigDecimal rate = replay.ratePerSecond();
        boolean running = c.state() == ConnectivityState.REPLAYING;
        out.open("replay");
        putCount("processed", replay.processed());
        putCount("total", replay.total());
        putInstant("started_at", replay.startedMicros());
        out.put("rate_per_second", rate == null ? JsonLiteral.NULL : JsonNumber.of(rate));
        putInstant("eta", running ? replay.etaMicros() : Times.NONE);
        out.close();
    }

    private void lifecycle() {
        Lifecycle l = twin.lifecycle();
        Hardware hardware = l.hardware();
        out.open("lifecycle");
        putWord("phase", l.phase());
        putInstant("since", l.phaseSinceMicros());
        out.open("hardware")
                .put("serial", hardware.serial())
                .put("manufacturing_origin", hardware.manufacturingOrigin())
                .put("batch_id", hardware.batchId())
                .put("firmware_version", hardware.firmwareVersion())
                .put("firmware_signature", hardware.firmwareSignature())
                .close();
        software();
        update(l.update());
        maintenance(l);
        out.close();
    }

    private void software() {
        Long distance = view.versions().distance();
        out.open("software")
                .put("desired_version", Fold.value(twin.drift().desiredVersion()))
                .put("actual_version", Fold.value(twin.drift().actualVersion()))
                .put("drift_score", distance == null ? JsonLiteral.NULL : Json.of(distance))
                .put("image_provenance", twin.trust().imageProvenance())
                .put("sbom_hash", twin.trust().sbomHash())
                .close();
    }

    private void update(@Nullable Update update) {
        if (update == null) {
            out.put("update", JsonLiteral.NULL);
            return;
        }
        out.open("update");
        putWord("state", update.state());
        out.put("target_version", update.targetVersion())
                .put("version", update.version())
                .put("from_version", update.fromVersion())
                .put("campaign", update.campaign())
                .put("wave", Json.orNull(update.wave()));
        putInstant("started_at", update.startedMicros());
        putInstant("deadline", update.deadlineMicros());
        out.put("overdue", update.overdue(now));
        putInstant("finished_at", update.finishedMicros());
        out.put("reason", update.reason()).close();
    }

    private void maintenance(Lifecycle l) {
        Window open = l.openWindow();
        List<Json> planned = new ArrayList<>();
        for (Window window : l.planned(now)) {
            planned.add(window(window));
        }
        out.open("maintenance").put("open", open != null);
        putInstant("since", open == null ? Times.NONE : open.startMicros());
        putInstant("window_end", open == null ? Times.NONE : open.endMicros());
        out.put("reason", open == null ? null : open.reason())
                .put("planned", new JsonArray(planned))
                .close();
    }

    private static Json window(Window window) {
        return new JsonObject.Builder()
                .put("window_start", instant(window.startMicros()))
                .put("window_end", instant(window.endMicros()))
                .put("reason", window.reason())
                .build();
    }

    private void operational() {
        Lifecycle l = twin.lifecycle();
        out.open("operational");
        putWord("state", l.operational());
        putInstant("since", l.operationalSinceMicros());
        out.put("reason", l.operationalReason()).put("health", l.health()).close();
    }

    private void state() {
        ConfigDrift config = twin.drift().config();
        out.open("state")
                .put("desired", shown(config.desiredTree()))
                .put("actual", shown(config.actualTree()));
        putInstant("last_applied", config.lastAppliedMicros());
        putInstant("last_reported", twin.drift().lastReportedMicros());
        out.close();
    }

    private static Json shown(@Nullable JsonObject tree) {
        return tree == null ? JsonLiteral.NULL : ConfigDrift.shown(tree);
    }

    private void policy() {
        PolicyDrift policy = twin.drift().policy();
        long stale = policy.staleSeconds(now);
        out.open("policy")
                .put("desired_policy", Fold.value(policy.desired()))
                .put("actual_policy", Fold.value(policy.actual()))
                .put("compliance", compliance(policy.counts()))
                .put("compliance_score", Json.orNull(policy.complianceScore()));
        putCount("violations", policy.violations());
        putDuration("stale_by", stale);
        putCount("stale_by_seconds", stale);
        out.close();
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

    private void trust() {
        Trust trust = twin.trust();
        TrustScore score = view.trust();
        List<Link> chain = trust.chain();
        out.open("trust");
        putWord("attestation_state", trust.attestation());
        putInstant("last_attestation", trust.attestedMicros());
        out.put("verifier", trust.verifier())
                .put("trust_score", TrustJson.ratio(score.basisPoints()));
        putWord("integrity_state", score.integrityState());
        putInstant(
                "certificate_valid_until",
                chain.isEmpty() ? Times.NONE : chain.getFirst().validUntilMicros());
        out.close();
    }

    private void supplyChain() {
        Identity identity = twin.identity();
        out.open("supply_chain")
                .put("hardware_metadata", Json.orNull(identity.hardwareMetadata()))
                .put("manufacturing_batch", Json.orNull(identity.manufacturingBatch()))
                .put("software_provenance", Json.orNull(identity.softwareProvenance()))
                .put("trust_chain", trustChain())
                .close();
    }

    private Json authority() {
        Authority authority =
                view.catalogue().authority(twin.identity().zone(), twin.identity().region());
        return DomainJson.authority(authority);
    }

    private void drift() {
        DriftSummary summary = view.drift();
        out.open("drift");
        putWord("status", view.status(summary));
        out.put("score", score(summary))
                .put("severity", severity(summary.worst()))
                .put("findings", summary.total())
                .close();
    }

    static Json score(DriftSummary summary) {
        return JsonNumber.of(BigDecimal.valueOf(summary.scoreTenths(), 1));
    }

    static Json severity(@Nullable Severity worst) {
        return worst == null ? Json.of("none") : word(worst);
    }

    private Json relationships() {
        List<Json> edges = new ArrayList<>();
        for (Edge edge : twin.relationships().edges()) {
            edges.add(relationship(edge));
        }
        return new JsonArray(edges);
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
