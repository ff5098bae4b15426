package io.souverix.twin.core.event;

import io.souverix.twin.core.event.Payload.*;
import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.Json.JsonString;
import io.souverix.twin.core.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads the payload of each type from its fields. This class and the `...Payloads` beside it are the
/// only ones that know their names.
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
            case CONFIG_DRIFT_DETECTED -> ConfigPayloads.drift(f);
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
                            ConfigPayloads.facts(f));
            case ACTUAL_STATE_REPORTED -> actualState(f);
            case CONNECTION_ESTABLISHED,
                    CONNECTION_LOST,
                    CONNECTIVITY_REPORTED,
                    SYNC_COMPLETED,
                    REPLAY_STARTED,
                    REPLAY_PROGRESSED,
                    REPLAY_COMPLETED ->
                    ConnectivityPayloads.read(type, f);
            case ATTESTATION_PERFORMED,
                    CERTIFICATE_ROTATED,
                    TRUST_CHAIN_VALIDATED,
                    SBOM_UPDATED,
                    RELEASE_PUBLISHED ->
                    TrustPayloads.read(type, f);
            case RELATIONSHIP_ADDED,
                    RELATIONSHIP_REMOVED,
                    LINK_REPORTED,
                    CLUSTER_JOINED,
                    CLUSTER_LEFT ->
                    GraphPayloads.read(type, f);
            case EVENT_ANNULLED -> annulled(f);
            case DOMAIN_REGISTERED,
                    AUTHORITY_CLAIMED,
                    AUTHORITY_RELEASED,
                    FEDERATION_LINKED,
                    REGION_SYNCED ->
                    AuthorityPayloads.read(type, f);
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
                ConfigPayloads.facts(f),
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

    private static Payload annulled(Fields f) {
        String eventId = f.text("event_id");
        return new EventAnnulled(eventId, f.instant("event_timestamp"), f.text("reason"));
    }
}
