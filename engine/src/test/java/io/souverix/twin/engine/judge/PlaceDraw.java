package io.souverix.twin.engine.judge;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Draws where things stand: registrations, hardware, clusters, edges, domains.
final class PlaceDraw {

    private final Draw draw;
    private final List<String> nodes;

    PlaceDraw(Draw draw, List<String> nodes) {
        this.draw = draw;
        this.nodes = nodes;
    }

    Map<String, @Nullable Object> registration(String type) {
        if (type.equals("hardware_reported")) {
            return hardware();
        }
        boolean whole = type.equals("node_registered");
        Map<String, @Nullable Object> payload =
                Members.of(
                        "component_type",
                                draw.maybe(whole ? 100 : 50, draw.from(PayloadDraw.COMPONENTS)),
                        "region",
                                draw.maybe(
                                        whole ? 100 : 50,
                                        draw.of("region-a", "region-b", "region-c")),
                        "zone",
                                draw.maybe(
                                        whole ? 100 : 50,
                                        draw.of("zone-1", "zone-2", "zone-3", "zone-9")),
                        "clusters", draw.maybe(40, clusters()),
                        "trust_domain", draw.maybe(40, draw.of("trust-1", "trust-2")),
                        "name", draw.maybe(40, draw.of("Edge", "Größe")),
                        "hardware", draw.maybe(40, hardware()),
                        "supply_chain", draw.maybe(40, supplyChain()));
        payload.put(
                "desired_version", whole ? null : draw.maybe(40, draw.from(PayloadDraw.VERSIONS)));
        return payload;
    }

    String cluster() {
        return draw.of("core", "edge", "zone-1-cluster", "souverix-cluster");
    }

    private List<@Nullable Object> clusters() {
        List<@Nullable Object> clusters = new ArrayList<>();
        for (int i = draw.below(3); i > 0; i--) {
            clusters.add(cluster());
        }
        return clusters.stream().distinct().toList();
    }

    private Map<String, @Nullable Object> hardware() {
        Map<String, @Nullable Object> hardware = Members.of();
        for (String field :
                List.of(
                        "serial",
                        "manufacturing_origin",
                        "batch_id",
                        "firmware_version",
                        "firmware_signature")) {
            if (draw.percent(40)) {
                hardware.put(field, field + draw.of("-1", "-2"));
            }
        }
        return hardware.isEmpty() ? Members.of("serial", "serial-3") : hardware;
    }

    private Map<String, @Nullable Object> supplyChain() {
        Map<String, @Nullable Object> chain = Members.of();
        for (String field :
                List.of("hardware_metadata", "manufacturing_batch", "software_provenance")) {
            if (draw.percent(50)) {
                chain.put(field, Members.of("batch", draw.number(1, 2), "none", null));
            }
        }
        return chain;
    }

    Map<String, @Nullable Object> edge(String type, String node) {
        List<String> targets = new ArrayList<>(nodes);
        targets.add("ghost-1");
        targets.remove(node);
        Map<String, @Nullable Object> edge =
                Members.of(
                        "to", draw.from(targets.subList(0, Math.min(3, targets.size()))),
                        "type", draw.of("signaling", "media", "bypass"));
        switch (type) {
            case "relationship_added" ->
                    edge.put(
                            "attributes",
                            draw.maybe(40, Members.of("weight", draw.number(1, 2), "none", null)));
            case "link_reported" ->
                    edge.putAll(
                            Members.of(
                                    "health", draw.of("ok", "degraded", "down"),
                                    "latency_ms", draw.maybe(40, draw.number(1, 50)),
                                    "loss_pct", draw.maybe(30, new BigDecimal("0.5"))));
            default -> edge.put("attributes", null);
        }
        return edge;
    }

    Map<String, @Nullable Object> domain(String type) {
        return switch (type) {
            case "domain_registered" ->
                    Members.of(
                            "kind", draw.of("region", "zone", "trust_domain"),
                            "parent",
                                    draw.maybe(
                                            70,
                                            draw.percent(90)
                                                    ? draw.from(PayloadDraw.DOMAINS)
                                                    : "global"),
                            "name", draw.maybe(30, "A domain"));
            case "authority_claimed" ->
                    Members.of(
                            "level", draw.of("global", "regional", "local", "autonomous"),
                            "master", draw.of("master-a", "master-b", "master-c"),
                            "autonomy",
                                    draw.maybe(
                                            30,
                                            Members.of("can_operate_isolated", draw.percent(50))));
            default -> Members.of("master", draw.of("master-a", "master-b", "master-c"));
        };
    }

    Map<String, @Nullable Object> federation(String type) {
        return type.equals("federation_linked")
                ? Members.of(
                        "upstream", "global-control",
                        "mode", draw.maybe(50, draw.of("continuous", "opportunistic", "push")),
                        "frequency", draw.maybe(50, "15m"))
                : Members.of(
                        "upstream", draw.maybe(50, "global-control"),
                        "messages", draw.maybe(50, draw.number(0, 9)),
                        "backlog", draw.maybe(50, draw.number(0, 9)));
    }
}
