package io.souverix.twin.engine.judge;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Draws a valid payload for every event type of the catalogue; optional fields come and go.
final class PayloadDraw {
    static final List<String> COMPONENTS =
            List.of("souverix-rempart", "souverix-coeur", "souverix");
    static final List<String> DOMAINS =
            List.of("region-a", "region-b", "zone-1", "zone-2", "zone-3", "trust-1");
    static final List<String> VERSIONS =
            TypePools.words(
                    """
                    1.4.6 1.4.6 1.4.7 1.4.7 1.5.0 2.0.0
                    1.4.7-rc.1 1.4.7-rc.2 1.4.7-rc.10 1.4.7+b1 v1.4.6 1.4
                    2 1.4.7-2 souverix-rempart-1.4.6 souverix-rempart-1.4.7 souverix-rempart-v2 souverix-coeur-1.4.7
                    souverix-1.4.7 other-1.5.0-rc-1 nightly 01.4.7 1.4.7-01 1.2.3.4
                    """);
    private static final List<String> POLICIES =
            List.of("policy-v2.0", "policy-v2.1", "policy-v2.1.0", "2.1", "policy-x", "policy-3");
    static final List<String> REASONS =
            List.of("latency_increase", "connection_lost", "ünïcode \uD83D\uDE00");

    private final Draw draw;
    private final ConfigDraw configs;
    private final TrustDraw trust;
    private final PlaceDraw places;

    PayloadDraw(Draw draw, List<String> nodes) {
        this.draw = draw;
        this.configs = new ConfigDraw(draw);
        this.trust = new TrustDraw(draw);
        this.places = new PlaceDraw(draw, nodes);
    }

    /// The payload of an event about a node.
    Map<String, @Nullable Object> payload(String type, String subject) {
        return given(
                switch (type) {
                    case "state_transition" -> transition();
                    case "version_drift_detected",
                            "config_drift_detected",
                            "policy_drift_detected" ->
                            observed(type);
                    case "node_registered", "provisioning_started", "hardware_reported" ->
                            places.registration(type);
                    case "update_initiated", "update_completed", "update_failed" -> update(type);
                    case "maintenance_planned", "maintenance_started", "decommissioning_started" ->
                            maintenance(type);
                    case "desired_state_changed", "actual_state_reported" -> state(type);
                    case "connection_established",
                            "connection_lost",
                            "connectivity_reported",
                            "sync_completed" ->
                            link(type);
                    case "replay_started", "replay_progressed", "replay_completed" -> replay(type);
                    case "attestation_performed",
                            "certificate_rotated",
                            "trust_chain_validated",
                            "sbom_updated" ->
                            trust.trust(type, subject);
                    case "relationship_added", "relationship_removed", "link_reported" ->
                            places.edge(type, subject);
                    case "cluster_joined", "cluster_left" ->
                            Members.of("cluster", places.cluster());
                    case "domain_registered", "authority_claimed", "authority_released" ->
                            places.domain(type);
                    case "federation_linked", "region_synced" -> places.federation(type);
                    case "release_published" -> trust.release();
                    default ->
                            type.startsWith("x_")
                                    ? Members.of("any", configs.scalar(), "null", null)
                                    : Members.of();
                });
    }

    /// What a node in good order reports at once, by event type.
    static Map<String, Map<String, @Nullable Object>> commissioning(String node) {
        Map<String, Map<String, @Nullable Object>> reports = new LinkedHashMap<>();
        reports.put(
                "node_registered",
                Members.of(
                        "component_type",
                        COMPONENTS.getFirst(),
                        "region",
                        "region-a",
                        "zone",
                        "zone-1"));
        reports.put("update_completed", TrustDraw.goodUpdate());
        reports.put("certificate_rotated", TrustDraw.goodChain(node));
        reports.put(
                "attestation_performed", Members.of("result", "verified", "verifier", "autorite"));
        reports.put("connection_established", Members.of("latency_ms", 45));
        return reports;
    }

    /// Leaves out what was not drawn: null stands here for an absent field, except in what is kept as it is.
    static Map<String, @Nullable Object> given(Map<String, @Nullable Object> drawn) {
        if (!drawn.containsKey("any")) {
            drawn.values().removeIf(value -> value == null);
        }
        return drawn;
    }

    private @Nullable String reason() {
        return draw.maybe(50, draw.from(REASONS));
    }

    private @Nullable BigDecimal latency() {
        return draw.maybe(
                40,
                draw.of(BigDecimal.valueOf(45), new BigDecimal("45.0"), new BigDecimal("12.5")));
    }

    private @Nullable Object backlog() {
        return draw.maybe(30, draw.number(0, 3));
    }

    /// An instant or a duration.
    private @Nullable Object moment(int chance) {
        return draw.maybe(chance, draw.percent(50) ? draw.instantText() : draw.duration());
    }

    private Map<String, @Nullable Object> transition() {
        String dimension =
                draw.of("connectivity", "connectivity", "connectivity", "lifecycle", "operational");
        List<String> values =
                switch (dimension) {
                    case "connectivity" -> Connectivity.STATES;
                    case "lifecycle" -> Lifecycle.PHASES;
                    default -> Operational.STATES;
                };
        return Members.of(
                "to", draw.from(values),
                "from", draw.maybe(40, draw.from(values)),
                "dimension", draw.maybe(30, dimension),
                "reason", reason(),
                "latency_ms", latency(),
                "sync_interval", draw.maybe(20, draw.duration()),
                "backlog", backlog(),
                "return_eta", moment(30));
    }

    private Map<String, @Nullable Object> observed(String type) {
        return switch (type) {
            case "version_drift_detected" ->
                    Members.of(
                            "component", draw.from(COMPONENTS),
                            "desired", draw.from(VERSIONS),
                            "actual", draw.from(VERSIONS),
                            "severity", draw.maybe(30, draw.of("low", "critical")),
                            "impact", draw.maybe(30, "missing_fix"));
            case "policy_drift_detected" ->
                    Members.of(
                            "policy_version", draw.from(POLICIES),
                            "actual_version", draw.from(POLICIES),
                            "compliance_score",
                                    draw.maybe(50, new BigDecimal(draw.of("0.5", "0.95", "1.0"))),
                            "violations", draw.maybe(50, draw.number(0, 4)));
            default -> Members.of("details", configs.details());
        };
    }

    private Map<String, @Nullable Object> update(String type) {
        return switch (type) {
            case "update_initiated" ->
                    Members.of(
                            "target_version", draw.from(VERSIONS),
                            "from_version", draw.maybe(30, draw.from(VERSIONS)),
                            "campaign", draw.maybe(30, draw.of("spring", "autumn")),
                            "wave", draw.maybe(30, draw.number(1, 3)),
                            "deadline", moment(40));
            case "update_completed" ->
                    Members.of(
                            "version", draw.from(VERSIONS),
                            "image_provenance", draw.maybe(50, draw.from(TrustDraw.LABELS)),
                            "sbom_hash", draw.maybe(50, trust.hash()));
            default -> Members.of("version", draw.from(VERSIONS), "reason", draw.from(REASONS));
        };
    }

    private Map<String, @Nullable Object> maintenance(String type) {
        Instant start = draw.instant();
        return switch (type) {
            case "maintenance_planned" ->
                    Members.of(
                            "window_start", draw.spelled(start),
                            "window_end",
                                    draw.spelled(start.plus(Duration.ofHours(draw.between(1, 48)))),
                            "reason", reason());
            case "maintenance_started" ->
                    Members.of(
                            "reason", reason(), "window_end", draw.maybe(50, draw.instantText()));
            default -> Members.of("reason", reason());
        };
    }

    private Map<String, @Nullable Object> state(String type) {
        boolean desired = type.equals("desired_state_changed");
        Map<String, @Nullable Object> payload =
                Members.of(
                        "software_version", draw.maybe(40, draw.from(VERSIONS)),
                        "policy_version", draw.maybe(40, draw.from(POLICIES)),
                        "config", draw.maybe(25, configs.snapshot()),
                        "config_changes", draw.maybe(60, configs.changes()));
        if (!desired) {
            payload.putAll(
                    Members.of(
                            "firmware_version", draw.maybe(10, "firmware-9"),
                            "compliance", draw.maybe(30, compliance()),
                            "image_provenance", draw.maybe(30, draw.from(TrustDraw.LABELS)),
                            "sbom_hash", draw.maybe(30, trust.hash()),
                            "health", draw.maybe(30, draw.of("ok", "degraded")),
                            "last_applied", draw.maybe(15, draw.instantText())));
        }
        boolean empty = payload.values().stream().allMatch(value -> value == null);
        return empty ? Members.of("software_version", draw.from(VERSIONS)) : payload;
    }

    private Map<String, @Nullable Object> compliance() {
        if (draw.percent(30)) {
            return Members.of(
                    "score",
                    new BigDecimal(draw.of("0.25", "1", "0.123456")),
                    "violations",
                    draw.number(0, 3));
        }
        return given(
                Members.of(
                        "passed", draw.number(0, 19),
                        "failed", draw.percent(6) ? draw.number(99, 102) : draw.number(0, 3),
                        "not_applicable", draw.maybe(30, draw.number(0, 2)),
                        "unevaluable", draw.maybe(30, draw.number(0, 2))));
    }

    private Map<String, @Nullable Object> link(String type) {
        return switch (type) {
            case "connection_established" ->
                    Members.of("latency_ms", latency(), "reason", reason());
            case "connection_lost" ->
                    Members.of(
                            "mode", draw.maybe(60, draw.of("autonomous", "disconnected")),
                            "reason", reason(),
                            "return_eta", moment(50));
            case "sync_completed" -> Members.of("latency_ms", latency());
            default -> measures();
        };
    }

    private Map<String, @Nullable Object> measures() {
        Map<String, @Nullable Object> measures =
                Members.of(
                        "latency_ms", latency(),
                        "loss_pct", draw.maybe(30, new BigDecimal(draw.of("0", "0.5", "1.50"))),
                        "backlog", backlog(),
                        "backlog_by_type",
                                draw.maybe(30, Members.of("config", draw.number(0, 2), "log", 1)),
                        "backlog_by_priority",
                                draw.maybe(30, Members.of("high", draw.number(0, 2))),
                        "oldest_message", draw.maybe(30, Times.show(draw.instant())),
                        "sync_interval", draw.maybe(30, draw.duration()));
        boolean empty = measures.values().stream().allMatch(value -> value == null);
        return empty ? Members.of("backlog", 7) : measures;
    }

    private Map<String, @Nullable Object> replay(String type) {
        return switch (type) {
            case "replay_started" -> Members.of("total", draw.number(0, 1200), "eta", moment(20));
            case "replay_progressed" ->
                    Members.of(
                            "processed",
                            draw.number(0, 1200),
                            "total",
                            draw.number(600, 1200),
                            "eta",
                            moment(20));
            default ->
                    Members.of(
                            "processed", draw.maybe(50, draw.number(0, 1200)),
                            "latency_ms", latency(),
                            "backlog", draw.maybe(10, draw.number(0, 3)));
        };
    }
}
