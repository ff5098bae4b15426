package io.souverix.twin.engine.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Trust, authority, relationships and the aggregates.
final class TrustAndFleetTest {
    private static final String CHAIN =
            "{'certificate_chain':[{'issuer':'ca','subject':'O=x, CN=node-1','valid_until':'%s'}]}";

    @Test
    void trust_ages_by_the_ten_minutes() {
        Story story = trusted().node("01:00", "attestation_performed", "{'result':'verified'}");
        assertThat(story.twin("02:00", "/trust/trust_score")).isEqualTo("1");
        assertThat(story.twin("02:00", "/trust/integrity_state")).isEqualTo("\"verified\"");
        assertThat(story.twin("02:00:01", "/trust/trust_score")).isEqualTo("1");
        assertThat(story.twin("02:00:01", "/trust/integrity_state")).isEqualTo("\"degraded\"");
        assertThat(story.twin("02:10", "/trust/trust_score")).isEqualTo("0.9708");
        assertThat(story.twin("03:00", "/trust/trust_score")).isEqualTo("0.825");
        assertThat(story.twin("04:00", "/trust/trust_score")).isEqualTo("0.65");
        assertThat(story.twin("04:00", "/trust/integrity_state")).isEqualTo("\"degraded\"");
        assertThat(story.twin("04:00:01", "/trust/integrity_state")).isEqualTo("\"stale\"");
    }

    @Test
    void a_contraindicated_part_makes_the_whole_score_nothing() {
        Story story = trusted().node("01:00", "attestation_performed", "{'result':'verified'}");
        story.node("01:30", "trust_chain_validated", "{'result':'invalid'}");
        assertThat(story.twin("01:30", "/trust/trust_score")).isEqualTo("0");
        assertThat(story.twin("01:30", "/trust/integrity_state")).isEqualTo("\"failed\"");
        story.node("01:40", "certificate_rotated", CHAIN.formatted("2026-03-31T01:50:00Z"));
        assertThat(story.twin("01:49:59", "/trust/integrity_state")).isEqualTo("\"verified\"");
        assertThat(story.twin("01:50", "/trust/trust_score")).isEqualTo("0.825");
        story.node("01:55", "actual_state_reported", "{'sbom_hash':'other'}");
        assertThat(story.twin("01:55", "/trust/integrity_state")).isEqualTo("\"failed\"");
    }

    private static Story trusted() {
        return new Story()
                .event(
                        "component",
                        "edge",
                        "00:00",
                        "release_published",
                        "{'version':'1.0.0','sbom_hash':'h'}")
                .node(
                        "00:00",
                        "node_registered",
                        "{'component_type':'edge','region':'r','zone':'z'}")
                .node(
                        "00:00",
                        "update_completed",
                        "{'version':'edge-1.0','image_provenance':'signed-by-build-system','sbom_hash':'h'}")
                .node("00:00", "certificate_rotated", CHAIN.formatted("2026-06-01T00:00:00Z"));
    }

    @Test
    void authority_is_the_nearest_claim_of_the_highest_term() {
        Story story =
                new Story()
                        .node(
                                "01:00",
                                "node_registered",
                                "{'component_type':'edge','region':'r','zone':'z'}")
                        .event(
                                "domain_id",
                                "r",
                                "01:00",
                                "authority_claimed",
                                "{'level':'regional','master':'a'}")
                        .with("epoch", 1)
                        .event(
                                "domain_id",
                                "z",
                                "01:00",
                                "domain_registered",
                                "{'kind':'zone','parent':'m'}")
                        .event(
                                "domain_id",
                                "m",
                                "02:00",
                                "authority_claimed",
                                "{'level':'local','master':'b'}")
                        .with("epoch", 2)
                        .event(
                                "domain_id",
                                "m",
                                "02:00",
                                "authority_claimed",
                                "{'level':'local','master':'c'}")
                        .with("epoch", 2)
                        .event("domain_id", "m", "03:00", "authority_released", "{'master':'b'}")
                        .with("epoch", 3)
                        .event("domain_id", "m", "04:00", "authority_released", "{'master':'c'}")
                        .with("epoch", 2);
        assertThat(story.twin("01:00", "/authority/domain")).isEqualTo("\"r\"");
        assertThat(story.twin("02:00", "/authority"))
                .isEqualTo(
                        "{\"claimants\":[\"b\",\"c\"],\"conflict\":true,\"domain\":\"m\",\"epoch\":2,\"level\":null,\"master\":null}");
        assertThat(story.twin("03:00", "/authority/master")).isEqualTo("\"c\"");
        assertThat(story.twin("04:00", "/authority/master")).isEqualTo("\"a\"");
    }

    @Test
    void an_edge_added_anew_forgets_its_health() {
        Story story =
                new Story()
                        .node("01:00", "link_reported", "{'to':'n','type':'media','health':'down'}")
                        .node("02:00", "relationship_added", "{'to':'n','type':'media'}")
                        .node(
                                "03:00",
                                "link_reported",
                                "{'to':'n','type':'media','health':'ok','loss_pct':0.50}")
                        .node(
                                "04:00",
                                "relationship_added",
                                "{'to':'n','type':'media','attributes':{'w':1}}")
                        .node("05:00", "relationship_removed", "{'to':'n','type':'media'}");
        assertThat(story.twin("01:00", "/relationships")).isEqualTo("[]");
        assertThat(story.twin("03:00", "/relationships"))
                .isEqualTo(
                        "[{\"attributes\":null,\"health\":\"ok\",\"latency_ms\":null,\"loss_pct\":0.5,"
                                + "\"since\":\"2026-03-01T02:00:00Z\",\"to\":\"n\",\"type\":\"media\"}]");
        assertThat(story.twin("04:00", "/relationships"))
                .isEqualTo(
                        "[{\"attributes\":{\"w\":1},\"health\":null,\"latency_ms\":null,\"loss_pct\":null,"
                                + "\"since\":\"2026-03-01T02:00:00Z\",\"to\":\"n\",\"type\":\"media\"}]");
        assertThat(story.twin("05:00", "/relationships")).isEqualTo("[]");
    }

    @Test
    void implicit_clusters_cannot_be_left() {
        Story story =
                new Story()
                        .node(
                                "01:00",
                                "node_registered",
                                "{'component_type':'edge','region':'r','zone':'z','clusters':['b','a','b']}")
                        .node("02:00", "cluster_left", "{'cluster':'a'}")
                        .node("02:00", "cluster_left", "{'cluster':'r-cluster'}")
                        .node("03:00", "cluster_joined", "{'cluster':'c'}");
        assertThat(story.twin("04:00", "/identity/clusters"))
                .isEqualTo("[\"b\",\"c\",\"edge-cluster\",\"r-cluster\",\"z-cluster\"]");
    }

    @Test
    void aggregates_count_nodes_by_group_without_the_decommissioned() {
        Story story =
                new Story()
                        .node(
                                "01:00",
                                "node_registered",
                                "{'component_type':'edge','region':'r','zone':'z'}")
                        .node(
                                "01:00",
                                "policy_drift_detected",
                                "{'policy_version':'p2','actual_version':'p1','violations':101}")
                        .event("node_id", "node-2", "01:00", "replay_started", "{'total':7}")
                        .event("node_id", "node-3", "01:00", "connection_lost", "{}")
                        .event("node_id", "node-3", "01:00", "sync_completed", "{}")
                        .event("node_id", "node-4", "01:00", "decommissioning_completed", "{}");
        Map<String, @Nullable Object> drift =
                story.judge().projection("drift", "zone", Story.time("02:00"), AsOf.PRESENT, false);
        assertThat(Story.at(drift, "/total"))
                .contains(
                        "\"nodes\":3",
                        "\"coverage\":0.3333",
                        "\"mean_score\":49.9",
                        "\"medium\":101")
                .contains(
                        "\"by_severity\":{\"critical\":0,\"high\":0,\"low\":0,\"medium\":1,\"none\":0}");
        assertThat(Story.at(drift, "/groups/0/group")).isEqualTo("\"unassigned\"");
        assertThat(Story.at(drift, "/groups/1/group")).isEqualTo("\"z\"");
        Map<String, @Nullable Object> connectivity =
                story.judge()
                        .projection("connectivity", null, Story.time("02:00"), AsOf.PRESENT, true);
        assertThat(Story.at(connectivity, "/total/nodes")).isEqualTo("4");
        assertThat(Story.at(connectivity, "/total/sync_debt"))
                .isEqualTo(
                        "{\"bucket_seconds\":1,\"max_seconds\":3600,\"mean_seconds\":3600,\"p50_seconds\":3600,\"p95_seconds\":3600}");
        assertThat(Story.at(connectivity, "/total/replaying"))
                .isEqualTo("{\"processed\":0,\"total\":7}");
        assertThat(Story.at(connectivity, "/total/backlog"))
                .isEqualTo("{\"max\":7,\"nodes\":1,\"total\":7}");
        assertThat(Story.at(connectivity, "/groups")).isEqualTo("[]");
    }
}
