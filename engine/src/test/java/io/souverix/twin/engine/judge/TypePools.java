package io.souverix.twin.engine.judge;

import java.util.List;

/// The event types that are drawn for a subject; what stands twice comes twice as often.
final class TypePools {
    static final List<String> NODES =
            words(
                    """
                    state_transition state_transition state_transition state_transition
                    desired_state_changed desired_state_changed desired_state_changed
                    actual_state_reported actual_state_reported actual_state_reported
                    version_drift_detected config_drift_detected policy_drift_detected
                    node_registered provisioning_started provisioning_completed hardware_reported
                    update_initiated update_completed update_failed
                    maintenance_planned maintenance_started maintenance_completed
                    decommissioning_started decommissioning_completed
                    connection_established connection_lost connectivity_reported sync_completed
                    replay_started replay_progressed replay_completed
                    attestation_performed certificate_rotated trust_chain_validated sbom_updated
                    relationship_added relationship_removed link_reported cluster_joined cluster_left
                    event_annulled x_note
                    """);

    /// What a node may mostly be about, so that long runs of one aspect come up too.
    static final List<List<String>> FOCUSES =
            List.of(
                    words(
                            """
                            state_transition connection_established connection_lost
                            connectivity_reported sync_completed
                            replay_started replay_progressed replay_completed
                            """),
                    words(
                            """
                            desired_state_changed actual_state_reported config_drift_detected
                            node_registered
                            """),
                    words(
                            """
                            provisioning_started provisioning_completed decommissioning_completed
                            update_initiated update_completed update_failed version_drift_detected
                            maintenance_started maintenance_completed state_transition
                            """),
                    words(
                            """
                            attestation_performed certificate_rotated trust_chain_validated
                            sbom_updated update_completed actual_state_reported node_registered
                            """));

    static final List<String> DOMAINS =
            words(
                    """
                    domain_registered domain_registered authority_claimed authority_claimed
                    authority_released federation_linked region_synced event_annulled x_note
                    """);
    static final List<String> COMPONENTS =
            words("release_published release_published release_published event_annulled");

    private TypePools() {}

    static List<String> words(String text) {
        return List.of(text.strip().split("\\s+"));
    }
}
