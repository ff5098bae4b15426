package io.souverix.twin.engine.judge;

import java.util.Map;
import java.util.Set;

/// The optional fields the catalogue of events knows: in these, and in no others, `null` means absent.
final class KnownFields {
    /// Optional members of the envelope.
    static final Set<String> ENVELOPE = words("source sequence epoch");

    private static final String REGISTRATION = "clusters trust_domain name hardware supply_chain";

    /// Optional top-level payload fields by event type; a type that is not here has none.
    static final Map<String, Set<String>> PAYLOAD =
            Map.ofEntries(
                    type(
                            "state_transition",
                            "from reason dimension latency_ms sync_interval backlog return_eta"),
                    type("version_drift_detected", "severity impact"),
                    type("policy_drift_detected", "compliance_score violations"),
                    type("node_registered", REGISTRATION),
                    type(
                            "provisioning_started",
                            REGISTRATION + " component_type region zone desired_version"),
                    type(
                            "hardware_reported",
                            "serial manufacturing_origin batch_id firmware_version firmware_signature"),
                    type("update_initiated", "from_version campaign wave deadline"),
                    type("update_completed", "image_provenance sbom_hash"),
                    type("maintenance_planned", "reason"),
                    type("maintenance_started", "reason window_end"),
                    type("decommissioning_started", "reason"),
                    type(
                            "desired_state_changed",
                            "software_version policy_version config config_changes"),
                    type(
                            "actual_state_reported",
                            "software_version policy_version firmware_version config config_changes compliance"
                                    + " image_provenance sbom_hash health last_applied"),
                    type("connection_established", "latency_ms reason"),
                    type("connection_lost", "mode reason return_eta"),
                    type(
                            "connectivity_reported",
                            "latency_ms loss_pct backlog backlog_by_type backlog_by_priority oldest_message sync_interval"),
                    type("sync_completed", "latency_ms"),
                    type("replay_started", "eta"),
                    type("replay_progressed", "eta"),
                    type("replay_completed", "processed latency_ms"),
                    type("attestation_performed", "verifier evidence claims"),
                    type("trust_chain_validated", "reason"),
                    type("sbom_updated", "provenance dependencies envelope"),
                    type("relationship_added", "attributes"),
                    type("link_reported", "latency_ms loss_pct"),
                    type("domain_registered", "parent name"),
                    type("authority_claimed", "autonomy"),
                    type("federation_linked", "mode frequency"),
                    type("region_synced", "upstream messages backlog"),
                    type("release_published", "sbom_hash security advisories"));

    /// Optional members of the objects (or of the objects in the lists) that stand in these payload fields.
    static final Map<String, Set<String>> NESTED =
            Map.ofEntries(
                    type(
                            "hardware",
                            "serial manufacturing_origin batch_id firmware_version firmware_signature"),
                    type(
                            "supply_chain",
                            "hardware_metadata manufacturing_batch software_provenance"),
                    type("compliance", "passed failed not_applicable unevaluable score violations"),
                    type(
                            "autonomy",
                            "can_operate_isolated can_modify_policies can_deploy_versions"),
                    type("certificate_chain", "valid_from signature pem"),
                    type("dependencies", "purl"),
                    type("advisories", "severity cvss known_exploited"));

    /// Which types carry which of the [#NESTED] fields.
    static final Map<String, Set<String>> NESTED_IN =
            Map.ofEntries(
                    type("node_registered", "hardware supply_chain"),
                    type("provisioning_started", "hardware supply_chain"),
                    type("actual_state_reported", "compliance"),
                    type("authority_claimed", "autonomy"),
                    type("certificate_rotated", "certificate_chain"),
                    type("sbom_updated", "dependencies"),
                    type("release_published", "advisories"));

    private KnownFields() {}

    private static Map.Entry<String, Set<String>> type(String name, String fields) {
        return Map.entry(name, words(fields));
    }

    private static Set<String> words(String words) {
        return Set.of(words.split(" "));
    }
}
