package io.souverix.twin.engine;

import io.souverix.twin.engine.judge.Histories;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/// Random histories with many edges: those of the judge, and nodes that are meshed, moved, cut and
/// decommissioned, in no order.
final class Meshed {
    static final List<String> TYPES = List.of("signaling", "media", "control");

    private static final List<String> STATES =
            List.of("live", "live", "delayed", "autonomous", "disconnected", "replaying");
    private static final long SECONDS = 10_000;

    private final Random random;
    private final List<String> lines = new ArrayList<>();
    private final int nodes;

    private Meshed(long seed) {
        random = new Random(seed);
        nodes = 4 + random.nextInt(14);
    }

    static List<String> events(long seed) {
        Meshed meshed = new Meshed(seed);
        for (int i = 0; i < meshed.nodes; i++) {
            meshed.register(i);
        }
        for (int i = 0; i < meshed.nodes * 12; i++) {
            meshed.happen();
        }
        List<String> all = new ArrayList<>(Histories.events(seed));
        all.addAll(meshed.lines);
        Collections.shuffle(all, meshed.random);
        return all;
    }

    private String any() {
        return "mesh-" + random.nextInt(nodes + 2);
    }

    private void add(String node, String type, String payload) {
        lines.add(Facts.node(node, "m" + lines.size(), random.nextLong(SECONDS), type, payload));
    }

    private void register(int node) {
        add(
                "mesh-" + node,
                "node_registered",
                "{'component_type':'core','region':'r%d','zone':'z%d','trust_domain':'t%d'}"
                        .formatted(random.nextInt(2), random.nextInt(4), random.nextInt(2)));
    }

    private void happen() {
        String node = "mesh-" + random.nextInt(nodes);
        String type = TYPES.get(random.nextInt(TYPES.size()));
        switch (random.nextInt(12)) {
            case 0, 1, 2, 3, 4 ->
                    add(
                            node,
                            "relationship_added",
                            "{'to':'%s','type':'%s'}".formatted(any(), type));
            case 5 ->
                    add(
                            node,
                            "relationship_removed",
                            "{'to':'%s','type':'%s'}".formatted(any(), type));
            case 6, 7 ->
                    add(
                            node,
                            "link_reported",
                            "{'to':'%s','type':'%s','health':'%s'}"
                                    .formatted(
                                            any(),
                                            type,
                                            List.of("ok", "degraded", "down")
                                                    .get(random.nextInt(3))));
            case 8, 9 ->
                    add(
                            node,
                            "state_transition",
                            "{'to':'%s'}".formatted(STATES.get(random.nextInt(STATES.size()))));
            case 10 ->
                    add(
                            node,
                            "state_transition",
                            "{'to':'%s'}".formatted(random.nextInt(3) == 0 ? "quarantined" : "ok"));
            default -> {
                if (random.nextInt(4) == 0) {
                    add(node, "decommissioning_completed", "{}");
                }
            }
        }
    }
}
