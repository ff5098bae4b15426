package io.souverix.twin.core.event;

import io.souverix.twin.core.event.Payload.*;
import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.Json.JsonString;
import io.souverix.twin.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads the payload of each type from its fields: the one place that knows their names.
final class PayloadReader {
    /// How many certificates a chain may have.
    static final int MAX_CHAIN = 16;

    /// How many elements any other list of a payload may have.
    static final int MAX_ELEMENTS = 10_000;

    private PayloadReader() {}

    /// @throws RefusedException naming the field at fault
    static Payload read(EventType type, Fields f) {
        return switch (type) {
            case EXTENSION -> new Extension();
            case STATE_TRANSITION -> stateTransition(f);
            case VERSION_DRIFT_DETECTED ->
                    new VersionDriftDetected(
                            f.text("component"),
                            f.text("desired"),
                            f.text("actual"),
                            f.optionalText("severity"),
                            f.optionalText("impact"));
            case CONFIG_DRIFT_DETECTED -> configDrift(f);
            case POLICY_DRIFT_DETECTED ->
                    new PolicyDriftDetected(
                            f.text("policy_version"),
                            f.text("actual_version"),
                            f.optionalNumber("compliance_score", 1),
                            f.optionalCount("violations"));
            case NODE_REGISTERED -> nodeRegistered(f);
            case PROVISIONING_STARTED ->
                    new ProvisioningStarted(registration(f), f.optionalText("desired_version"));
            case PROVISIONING_COMPLETED -> new ProvisioningCompleted();
            case HARDWARE_REPORTED -> new HardwareReported(hardware(f));
            case UPDATE_INITIATED ->
                    new UpdateInitiated(
                            f.text("target_version"),
                            f.optionalText("from_version"),
                            f.optionalText("campaign"),
                            wave(f),
                            f.optionalMoment("deadline"));
            case UPDATE_COMPLETED ->
                    new UpdateCompleted(
                            f.text("version"),
                            f.optionalText("image_provenance"),
                            f.optionalText("sbom_hash"));
            case UPDATE_FAILED -> new UpdateFailed(f.text("version"), f.text("reason"));
            case MAINTENANCE_PLANNED -> maintenancePlanned(f);
            case MAINTENANCE_STARTED ->
                    new MaintenanceStarted(
                            f.optionalText("reason"), f.optionalInstant("window_end"));
            case MAINTENANCE_COMPLETED -> new MaintenanceCompleted();
            case DECOMMISSIONING_STARTED -> new DecommissioningStarted(f.optionalText("reason"));
            case DECOMMISSIONING_COMPLETED -> new DecommissioningCompleted();
            case DESIRED_STATE_CHANGED ->
                    new DesiredStateChanged(
                            f.optionalText("software_version"),
                            f.optionalText("policy_version"),
                            configFacts(f));
            case ACTUAL_STATE_REPORTED -> actualState(f);
            case CONNECTION_ESTABLISHED,
                    CONNECTION_LOST,
                    CONNECTIVITY_REPORTED,
                    SYNC_COMPLETED,
                    REPLAY_STARTED,
                    REPLAY_PROGRESSED,
                    REPLAY_COMPLETED ->
                    connectivity(type, f);
            case ATTESTATION_PERFORMED,
                    CERTIFICATE_ROTATED,
                    TRUST_CHAIN_VALIDATED,
                    SBOM_UPDATED,
                    RELEASE_PUBLISHED ->
                    trust(type, f);
            case RELATIONSHIP_ADDED,
                    RELATIONSHIP_REMOVED,
                    LINK_REPORTED,
                    CLUSTER_JOINED,
                    CLUSTER_LEFT ->
                    graph(type, f);
            case EVENT_ANNULLED -> annulled(f);
            case DOMAIN_REGISTERED,
                    AUTHORITY_CLAIMED,
                    AUTHORITY_RELEASED,
                    FEDERATION_LINKED,
                    REGION_SYNCED ->
                    authority(type, f);
        };
    }

    private static Payload stateTransition(Fields f) {
        NodeState to = state(f, "to", f.text("to"));
        String fromText = f.optionalText("from");
        NodeState from = fromText == null ? null : state(f, "from", fromText);
        String dimension = f.optionalText("dimension");
        if (dimension != null && !dimension.equals(dimensionOf(to))) {
            throw f.refusal(
                    "dimension",
                    "found "
                            + Fields.shown(Json.of(dimension))
                            + ", expected \""
                            + dimensionOf(to)
                            + "\", the dimension of \""
                            + to.word()
                            + "\"");
        }
        if (from != null && !dimensionOf(from).equals(dimensionOf(to))) {
            throw f.refusal(
                    "from",
                    "found a state of the dimension "
                            + dimensionOf(from)
                            + ", expected one of "
                            + dimensionOf(to)
                            + " as in \"to\"");
        }
        return new StateTransition(
                to,
                from,
                f.optionalText("reason"),
                f.optionalNumber("latency_ms", Fields.MAX_INTEGER),
                f.optionalDuration("sync_interval"),
                f.optionalCount("backlog"),
                f.optionalMoment("return_eta"));
    }

    private static String dimensionOf(NodeState state) {
        return switch (state) {
            case ConnectivityState _ -> "connectivity";
            case LifecyclePhase _ -> "lifecycle";
            case OperationalState _ -> "operational";
        };
    }

    private static NodeState state(Fields f, String name, String text) {
        for (NodeState[] values : STATES) {
            for (NodeState value : values) {
                if (value.word().equals(text)) {
                    return value;
                }
            }
        }
        throw f.refusal(
                name,
                "found "
                        + Fields.shown(Json.of(text))
                        + ", expected one of "
                        + Fields.words(STATES[0])
                        + " (connectivity), "
                        + Fields.words(STATES[1])
                        + " (lifecycle), "
                        + Fields.words(STATES[2])
                        + " (operational)");
    }

    private static final NodeState[][] STATES = {
        ConnectivityState.values(), LifecyclePhase.values(), OperationalState.values()
    };

    private static Payload configDrift(Fields f) {
        List<FieldDrift> details =
                f.records(
                        "details",
                        MAX_ELEMENTS,
                        d -> new FieldDrift(path(d, "field"), d.any("desired"), d.any("actual")));
        requireApart(f, "details", details.stream().map(FieldDrift::path).toList());
        return new ConfigDriftDetected(details);
    }

    private static ConfigPath path(Fields f, String name) {
        String text = f.text(name);
        return ConfigPath.parse(text).orElseThrow(() -> badPath(f, name, text));
    }

    private static RefusedException badPath(Fields f, String name, String text) {
        return f.refusal(
                name,
                "found the path "
                        + Fields.shown(Json.of(text))
                        + ", expected at most "
                        + ConfigPath.MAX_KEYS
                        + " keys joined by dots, a dot inside a key written \\. and a backslash"
                        + " \\\\");
    }

    /// Paths of one event may not cover each other: their order would have no meaning.
    private static void requireApart(Fields f, String name, List<ConfigPath> paths) {
        List<ConfigPath> sorted = new ArrayList<>(paths);
        sorted.sort(PayloadReader::byKeys);
        for (int i = 1; i < sorted.size(); i++) {
            if (sorted.get(i - 1).covers(sorted.get(i))) {
                throw f.refusal(
                        name,
                        "found the overlapping paths \""
                                + sorted.get(i - 1)
                                + "\" and \""
                                + sorted.get(i)
                                + "\", expected paths none of which is another or above it");
            }
        }
    }

    /// Key by key, so that a path comes right before those it covers.
    private static int byKeys(ConfigPath a, ConfigPath b) {
        int shared = Math.min(a.keys().size(), b.keys().size());
        for (int i = 0; i < shared; i++) {
            int order = a.keys().get(i).compareTo(b.keys().get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(a.keys().size(), b.keys().size());
    }

    private static ConfigFacts configFacts(Fields f) {
        JsonObject snapshot = f.optionalObject("config");
        JsonObject changes = f.optionalObject("config_changes");
        if (snapshot == null && changes == null) {
            return ConfigFacts.NOTHING;
        }
        List<PathChange> list = new ArrayList<>();
        if (changes != null) {
            for (int i = 0; i < changes.size(); i++) {
                String text = changes.name(i);
                Optional<ConfigPath> path = ConfigPath.parse(text);
                list.add(
                        new PathChange(
                                path.orElseThrow(() -> badPath(f, "config_changes", text)),
                                changes.value(i)));
            }
            requireApart(f, "config_changes", list.stream().map(PathChange::path).toList());
        }
        return new ConfigFacts(snapshot, list);
    }

    private static Payload nodeRegistered(Fields f) {
        f.text("component_type");
        f.text("region");
        f.text("zone");
        return new NodeRegistered(registration(f));
    }

    private static Registration registration(Fields f) {
        return new Registration(
                f.optionalSubjectId("component_type"),
                f.optionalSubjectId("region"),
                f.optionalSubjectId("zone"),
                f.optionalTexts("clusters", MAX_ELEMENTS),
                f.optionalSubjectId("trust_domain"),
                f.optionalText("name"),
                f.optionalRecord("hardware", PayloadReader::hardware),
                f.optionalRecord("supply_chain", PayloadReader::supplyChain));
    }

    private static JsonObject supplyChain(Fields f) {
        f.optional("hardware_metadata");
        f.optional("manufacturing_batch");
        f.optional("software_provenance");
        return f.cleaned();
    }

    private static Hardware hardware(Fields f) {
        return new Hardware(
                f.optionalText("serial"),
                f.optionalText("manufacturing_origin"),
                f.optionalText("batch_id"),
                f.optionalText("firmware_version"),
                f.optionalText("firmware_signature"));
    }

    private static @Nullable Json wave(Fields f) {
        Json wave = f.optional("wave");
        if (wave == null || wave instanceof JsonString) {
            return wave;
        }
        return Json.of(f.optionalCount("wave"));
    }

    private static Payload maintenancePlanned(Fields f) {
        long start = f.instant("window_start");
        long end = f.instant("window_end");
        if (end < start) {
            throw f.refusal(
                    "window_end", "found an end before the start, expected it after window_start");
        }
        return new MaintenancePlanned(start, end, f.optionalText("reason"));
    }

    private static Payload actualState(Fields f) {
        return new ActualStateReported(
                f.optionalText("software_version"),
                f.optionalText("policy_version"),
                f.optionalText("firmware_version"),
                configFacts(f),
                f.optionalRecord("compliance", PayloadReader::compliance),
                f.optionalText("image_provenance"),
                f.optionalText("sbom_hash"),
                f.optionalText("health"),
                f.optionalInstant("last_applied"));
    }

    private static Compliance compliance(Fields f) {
        if (f.optional("score") != null || f.optional("violations") != null) {
            for (String count : List.of("passed", "failed", "not_applicable", "unevaluable")) {
                var _ = f.optional(count);
            }
            return new Compliance.Given(
                    f.optionalNumber("score", 1), f.optionalCount("violations"));
        }
        return new Compliance.Counts(
                f.count("passed"),
                f.count("failed"),
                Math.max(0, f.optionalCount("not_applicable")),
                Math.max(0, f.optionalCount("unevaluable")));
    }

    private static Payload connectivity(EventType type, Fields f) {
        return switch (type) {
            case CONNECTION_ESTABLISHED ->
                    new ConnectionEstablished(latency(f), f.optionalText("reason"));
            case CONNECTION_LOST ->
                    new ConnectionLost(
                            mode(f), f.optionalText("reason"), f.optionalMoment("return_eta"));
            case CONNECTIVITY_REPORTED ->
                    new ConnectivityReported(
                            latency(f),
                            f.optionalNumber("loss_pct", 100),
                            f.optionalCount("backlog"),
                            f.optionalObject("backlog_by_type"),
                            f.optionalObject("backlog_by_priority"),
                            f.optionalInstant("oldest_message"),
                            f.optionalDuration("sync_interval"));
            case SYNC_COMPLETED -> new SyncCompleted(latency(f));
            case REPLAY_STARTED -> new ReplayStarted(f.count("total"), f.optionalMoment("eta"));
            case REPLAY_PROGRESSED ->
                    new ReplayProgressed(
                            f.count("processed"), f.count("total"), f.optionalMoment("eta"));
            case REPLAY_COMPLETED ->
                    new ReplayCompleted(
                            f.optionalCount("processed"), latency(f), f.optionalCount("backlog"));
            default -> throw new IllegalStateException("no connectivity type: " + type);
        };
    }

    private static io.souverix.twin.core.json.@Nullable JsonNumber latency(Fields f) {
        return f.optionalNumber("latency_ms", Fields.MAX_INTEGER);
    }

    private static ConnectivityState mode(Fields f) {
        ConnectivityState mode = f.optionalWord("mode", LOST_MODES);
        return mode == null ? ConnectivityState.DISCONNECTED : mode;
    }

    private static final ConnectivityState[] LOST_MODES = {
        ConnectivityState.AUTONOMOUS, ConnectivityState.DISCONNECTED
    };

    private static Payload trust(EventType type, Fields f) {
        return switch (type) {
            case ATTESTATION_PERFORMED ->
                    new AttestationPerformed(
                            f.word("result", AttestationResult.values()),
                            f.optionalText("verifier"),
                            f.optional("evidence"),
                            f.optionalObject("claims"));
            case CERTIFICATE_ROTATED ->
                    new CertificateRotated(
                            f.records("certificate_chain", MAX_CHAIN, PayloadReader::certificate));
            case TRUST_CHAIN_VALIDATED ->
                    new TrustChainValidated(
                            f.word("result", Verdict.values()) == Verdict.VALID,
                            f.optionalText("reason"));
            case SBOM_UPDATED ->
                    new SbomUpdated(
                            f.subjectId("component"),
                            f.text("version"),
                            f.text("sbom_hash"),
                            f.optionalText("provenance"),
                            f.optionalRecords(
                                    "dependencies", MAX_ELEMENTS, PayloadReader::dependency),
                            f.optionalObject("envelope"));
            case RELEASE_PUBLISHED ->
                    new ReleasePublished(
                            f.text("version"),
                            f.optionalText("sbom_hash"),
                            f.optionalBoolean("security"),
                            f.optionalRecords("advisories", MAX_ELEMENTS, PayloadReader::advisory));
            default -> throw new IllegalStateException("no trust type: " + type);
        };
    }

    private enum Verdict implements Worded {
        VALID,
        INVALID;

        @Override
        public String word() {
            return this == VALID ? "valid" : "invalid";
        }
    }

    private static Certificate certificate(Fields f) {
        return new Certificate(
                f.text("issuer"),
                f.text("subject"),
                f.optionalInstant("valid_from"),
                f.instant("valid_until"),
                f.optionalText("signature"),
                f.optionalText("pem"));
    }

    private static Dependency dependency(Fields f) {
        return new Dependency(f.text("name"), f.text("version"), f.optionalText("purl"));
    }

    private static Advisory advisory(Fields f) {
        return new Advisory(
                f.text("id"),
                f.optionalWord("severity", Severity.values()),
                f.optionalNumber("cvss", 10),
                f.optionalBoolean("known_exploited"));
    }

    private static Payload graph(EventType type, Fields f) {
        return switch (type) {
            case RELATIONSHIP_ADDED ->
                    new RelationshipAdded(
                            f.subjectId("to"), edgeType(f), f.optionalObject("attributes"));
            case RELATIONSHIP_REMOVED -> new RelationshipRemoved(f.subjectId("to"), edgeType(f));
            case LINK_REPORTED ->
                    new LinkReported(
                            f.subjectId("to"),
                            edgeType(f),
                            f.word("health", LinkHealth.values()),
                            latency(f),
                            f.optionalNumber("loss_pct", 100));
            case CLUSTER_JOINED -> new ClusterJoined(f.text("cluster"));
            case CLUSTER_LEFT -> new ClusterLeft(f.text("cluster"));
            default -> throw new IllegalStateException("no graph type: " + type);
        };
    }

    private static String edgeType(Fields f) {
        String type = f.text("type");
        if (type.length() > 64 || !type.chars().allMatch(c -> c >= 'a' && c <= 'z' || c == '_')) {
            throw f.refusal(
                    "type",
                    "found "
                            + Fields.shown(Json.of(type))
                            + ", expected signaling, media, control, bypass, federation or any"
                            + " lower-case word");
        }
        return type;
    }

    private static Payload annulled(Fields f) {
        String eventId = f.text("event_id");
        return new EventAnnulled(eventId, f.instant("event_timestamp"), f.text("reason"));
    }

    private static Payload authority(EventType type, Fields f) {
        return switch (type) {
            case DOMAIN_REGISTERED ->
                    new DomainRegistered(
                            f.word("kind", DomainKind.values()),
                            f.optionalSubjectId("parent"),
                            f.optionalText("name"));
            case AUTHORITY_CLAIMED ->
                    new AuthorityClaimed(
                            f.word("level", AuthorityLevel.values()),
                            f.text("master"),
                            f.optionalRecord("autonomy", PayloadReader::autonomy));
            case AUTHORITY_RELEASED -> new AuthorityReleased(f.text("master"));
            case FEDERATION_LINKED ->
                    new FederationLinked(
                            f.text("upstream"),
                            f.optionalWord("mode", FederationMode.values()),
                            f.optionalDuration("frequency"));
            case REGION_SYNCED ->
                    new RegionSynced(
                            f.optionalText("upstream"),
                            f.optionalCount("messages"),
                            f.optionalCount("backlog"));
            default -> throw new IllegalStateException("no authority type: " + type);
        };
    }

    private static Autonomy autonomy(Fields f) {
        return new Autonomy(
                f.optionalBoolean("can_operate_isolated"),
                f.optionalBoolean("can_modify_policies"),
                f.optionalBoolean("can_deploy_versions"));
    }
}
