package io.souverix.twin.core.graph;

import io.souverix.twin.core.event.LinkHealth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/// Edges, gathered by the zones of their two ends. Each is a number of which the zones are the higher
/// part; sorted, those of one bundle stand together. In a large fleet there may be millions of bundles:
/// only those that are asked for become objects.
public final class Bundles {
    private static final int ZONE_BITS = 28;
    private static final int HEALTH_BITS = 3;
    private static final int FROM_SHIFT = ZONE_BITS + HEALTH_BITS + 1;
    private static final int TO_SHIFT = HEALTH_BITS + 1;
    private static final long ZONE_MASK = (1L << ZONE_BITS) - 1;
    private static final long HEALTH_MASK = (1L << HEALTH_BITS) - 1;
    private static final LinkHealth[] HEALTHS = LinkHealth.values();

    /// By name; what has none comes last.
    static final Comparator<@Nullable String> NAMES =
            Comparator.nullsLast(Comparator.naturalOrder());

    private final List<@Nullable String> zones;
    private final long[] edges;

    /// Where the edges of each bundle begin, and where those of the last end.
    private final int[] starts;

    private final Comparator<Integer> widestFirst =
            Comparator.comparingInt((Integer bundle) -> -width(bundle))
                    .thenComparing(this::from, NAMES)
                    .thenComparing(this::to, NAMES);

    /// @param edges sorted
    private Bundles(List<@Nullable String> zones, long[] edges) {
        this.zones = zones;
        this.edges = edges;
        int[] found = new int[16];
        int size = 0;
        for (int i = 0; i < edges.length; i++) {
            if (i == 0 || edges[i] >>> TO_SHIFT != edges[i - 1] >>> TO_SHIFT) {
                if (size == found.length) {
                    found = Arrays.copyOf(found, size * 2);
                }
                found[size++] = i;
            }
        }
        starts = Arrays.copyOf(found, size + 1);
        starts[size] = edges.length;
    }

    /// The edges from nodes of one zone to nodes of another.
    public record Bundle(
            @Nullable String from, @Nullable String to, Outline.Health health, int crossing) {}

    public int size() {
        return starts.length - 1;
    }

    /// The ones with the most edges, the widest first.
    public List<Bundle> widest(int most) {
        PriorityQueue<Integer> kept = new PriorityQueue<>(widestFirst.reversed());
        for (int bundle = 0; bundle < size(); bundle++) {
            Integer narrowest = kept.peek();
            if (kept.size() < most) {
                kept.add(bundle);
            } else if (narrowest != null && widestFirst.compare(bundle, narrowest) < 0) {
                kept.remove();
                kept.add(bundle);
            }
        }
        return kept.stream().sorted(widestFirst).map(this::bundle).toList();
    }

    /// Those between two zones.
    Bundles betweenZones() {
        return new Bundles(
                zones,
                Arrays.stream(edges)
                        .filter(edge -> zone(edge, FROM_SHIFT) != zone(edge, TO_SHIFT))
                        .toArray());
    }

    private int width(int bundle) {
        return starts[bundle + 1] - starts[bundle];
    }

    private @Nullable String from(int bundle) {
        return zones.get(zone(edges[starts[bundle]], FROM_SHIFT));
    }

    private @Nullable String to(int bundle) {
        return zones.get(zone(edges[starts[bundle]], TO_SHIFT));
    }

    private static int zone(long edge, int shift) {
        return (int) (edge >>> shift & ZONE_MASK);
    }

    private Bundle bundle(int number) {
        Outline.Health health = new Outline.Health();
        int crossing = 0;
        for (int i = starts[number]; i < starts[number + 1]; i++) {
            int reported = (int) (edges[i] >>> 1 & HEALTH_MASK);
            health.add(reported == 0 ? null : HEALTHS[reported - 1]);
            crossing += (int) (edges[i] & 1);
        }
        return new Bundle(from(number), to(number), health, crossing);
    }

    /// Gathers edges. For one thread.
    static final class Builder {
        private final List<@Nullable String> zones = new ArrayList<>();
        private final Map<@Nullable String, Integer> numbers = new HashMap<>();

        /// The zone of a node by its number, plus one; 0 where it was not asked for.
        private final int[] zoneOf;

        private long[] edges = new long[1024];
        private int size;

        /// @param nodes the bound of their numbers
        Builder(int nodes) {
            zoneOf = new int[nodes];
        }

        void add(
                int from,
                GraphNode node,
                int to,
                @Nullable GraphNode target,
                FleetGraph.Link link) {
            if (size == edges.length) {
                edges = Arrays.copyOf(edges, size * 2);
            }
            long health = link.health() == null ? 0 : link.health().ordinal() + 1;
            edges[size++] =
                    (long) zone(from, node) << FROM_SHIFT
                            | (long) zone(to, target) << TO_SHIFT
                            | health << 1
                            | (link.crossing() ? 1 : 0);
        }

        private int zone(int number, @Nullable GraphNode node) {
            int known = zoneOf[number];
            if (known == 0) {
                String name = node == null ? null : node.zone();
                Integer zone = numbers.get(name);
                if (zone == null) {
                    zone = zones.size();
                    zones.add(name);
                    numbers.put(name, zone);
                }
                known = zone + 1;
                zoneOf[number] = known;
            }
            return known - 1;
        }

        Bundles build() {
            long[] sorted = Arrays.copyOf(edges, size);
            Arrays.sort(sorted);
            return new Bundles(zones, sorted);
        }
    }
}
