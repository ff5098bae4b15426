package io.souverix.twin.simulator;

import java.nio.charset.StandardCharsets;

/// Who is where: regions, their zones, and the nodes dealt out over the zones. Everything follows
/// from the numbers; nothing is stored per node.
///
/// Zone `z` is in region `z % regions`. Node `n` is in zone `n % zones` under the number
/// `n / zones + 1`, so a zone's nodes are `z`, `z + zones`, `z + 2 zones`, …
final class FleetPlan {
    static final int MOST_REGIONS = 12;
    static final int MOST_ZONES = 2000;
    private static final int AIR_GAPPED_ONE_IN = 25;

    /// Dealt out along a diagonal; any five in a row, hence every zone of five nodes, has each.
    private static final String DEAL = "RCLRCRRLCR";

    private static final String[] PLACES = {
        "Île-de-France",
        "Bretagne",
        "Occitanie",
        "Grand Est",
        "Nouvelle-Aquitaine",
        "Hauts-de-France",
        "Auvergne-Rhône-Alpes",
        "Normandie",
        "Pays de la Loire",
        "Provence-Alpes-Côte d'Azur",
        "Centre-Val de Loire",
        "Bourgogne-Franche-Comté"
    };

    private final int nodes;
    private final int zones;
    private final int regions;
    private final byte[][] nodePrefixes;
    private final String[] zoneNames;
    private final String[] regionNames;

    FleetPlan(int nodes) {
        this.nodes = nodes;
        zones = Math.clamp((int) (Math.sqrt(nodes) * 1.25), 3, MOST_ZONES);
        regions = Math.clamp(zones / 12, 2, MOST_REGIONS);
        regionNames = new String[regions];
        for (int region = 0; region < regions; region++) {
            regionNames[region] = "region-" + letter(region);
        }
        zoneNames = new String[zones];
        nodePrefixes = new byte[zones * Component.ALL.length][];
        for (int zone = 0; zone < zones; zone++) {
            zoneNames[zone] = kind(zone) + letter(zone % regions) + (zone / regions + 1);
            for (Component component : Component.ALL) {
                String prefix = "sx-" + component.word() + "-" + zoneNames[zone] + "-node-";
                nodePrefixes[zone * Component.ALL.length + component.index()] =
                        prefix.getBytes(StandardCharsets.US_ASCII);
            }
        }
    }

    int nodes() {
        return nodes;
    }

    int zones() {
        return zones;
    }

    int regions() {
        return regions;
    }

    int zone(int node) {
        return node % zones;
    }

    int region(int node) {
        return node % zones % regions;
    }

    Component component(int node) {
        return switch (DEAL.charAt((node / zones + node % zones) % DEAL.length())) {
            case 'R' -> Component.REMPART;
            case 'C' -> Component.COEUR;
            default -> Component.RELAIS;
        };
    }

    String zoneName(int zone) {
        return zoneNames[zone];
    }

    String regionName(int region) {
        return regionNames[region];
    }

    /// The region's name for people; with letters beyond ASCII.
    String place(int region) {
        return PLACES[region];
    }

    /// Without a link to the outside but for a window now and then.
    boolean airGapped(int zone) {
        return zone % AIR_GAPPED_ONE_IN == 2;
    }

    /// In the carrier's own buildings: loses its link less often.
    boolean core(int zone) {
        return zone % 5 == 1;
    }

    String trustDomain(int node) {
        int zone = zone(node);
        if (airGapped(zone)) {
            return "souverix-enclave";
        }
        boolean media = component(node) == Component.RELAIS && zone % 3 == 0;
        return media ? "souverix-media" : "souverix-prod";
    }

    byte[] nodePrefix(int node) {
        return nodePrefixes[zone(node) * Component.ALL.length + component(node).index()];
    }

    int nodeNumber(int node) {
        return node / zones + 1;
    }

    String nodeId(int node) {
        return new String(nodePrefix(node), StandardCharsets.US_ASCII) + nodeNumber(node);
    }

    /// How many nodes a zone has.
    int nodesIn(int zone) {
        return (nodes - zone + zones - 1) / zones;
    }

    /// The `rank`-th node (from 0) of that component met when walking on from this one in its
    /// zone; the node itself where there is none.
    int neighbour(int node, Component component, int rank) {
        int zone = zone(node);
        int count = nodesIn(zone);
        int left = rank;
        for (int step = 1; step < count; step++) {
            int candidate = zone + (node / zones + step) % count * zones;
            if (component(candidate) == component && left-- == 0) {
                return candidate;
            }
        }
        return node;
    }

    private static String kind(int zone) {
        if (zone % AIR_GAPPED_ONE_IN == 2) {
            return "airgap-zone-";
        }
        return zone % 5 == 1 ? "core-zone-" : "edge-zone-";
    }

    private static char letter(int region) {
        return (char) ('a' + region);
    }
}
