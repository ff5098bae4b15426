package io.souverix.twin.engine;

import io.souverix.twin.engine.judge.AsOf;
import io.souverix.twin.engine.judge.Judge;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The graph as the pages say it, the slow way: from the judge's twins, with lists and loops.
public final class NaiveGraph {
    final Map<String, Node> nodes = new TreeMap<>();
    final List<Link> links = new ArrayList<>();
    final Set<String> dangling = new TreeSet<>();
    private final Map<String, List<Link>> linksAt = new HashMap<>();
    private final Map<String, Map<String, @Nullable Object>> twins;

    /// A twin as the graph has it.
    public record Node(
            String id,
            @Nullable Object region,
            @Nullable Object zone,
            List<?> clusters,
            @Nullable Object trustDomain,
            @Nullable Object connectivity,
            @Nullable Object operational,
            boolean decommissioned) {
        public @Nullable String health() {
            if ("failed".equals(operational) || "quarantined".equals(operational)) {
                return "down";
            }
            return switch (String.valueOf(connectivity)) {
                case "live" -> "ok";
                case "delayed", "edge-cached", "returning", "replaying" -> "degraded";
                case "autonomous", "disconnected" -> "down";
                default -> null;
            };
        }
    }

    /// An edge that is shown.
    public record Link(
            String from,
            String to,
            String type,
            @Nullable String health,
            @Nullable Object reported,
            boolean crossing) {
        public boolean usable() {
            return !"down".equals(health);
        }
    }

    NaiveGraph(Judge judge, Instant now, AsOf asOf) {
        this(twins(judge, now, asOf));
    }

    private static Map<String, Map<String, @Nullable Object>> twins(
            Judge judge, Instant now, AsOf asOf) {
        Map<String, Map<String, @Nullable Object>> twins = new TreeMap<>();
        judge.nodes(now, asOf).forEach(id -> twins.put(id, judge.twin(id, now, asOf)));
        return twins;
    }

    /// @param twins by id
    public NaiveGraph(Map<String, Map<String, @Nullable Object>> twins) {
        this.twins = twins;
        for (Map.Entry<String, Map<String, @Nullable Object>> each : twins.entrySet()) {
            nodes.put(each.getKey(), node(each.getKey(), each.getValue()));
        }
        for (Map.Entry<String, Map<String, @Nullable Object>> each : twins.entrySet()) {
            addLinks(each.getKey(), each.getValue());
        }
        for (Link link : links) {
            linksAt.computeIfAbsent(link.from(), _ -> new ArrayList<>()).add(link);
            linksAt.computeIfAbsent(link.to(), _ -> new ArrayList<>()).add(link);
        }
    }

    private static Node node(String id, Map<String, @Nullable Object> twin) {
        return new Node(
                id,
                at(twin, "identity", "region"),
                at(twin, "identity", "zone"),
                (List<?>) Objects.requireNonNull(at(twin, "identity", "clusters")),
                at(twin, "identity", "trust_domain"),
                at(twin, "connectivity", "state"),
                orUnknown(at(twin, "operational", "state")),
                "decommissioned".equals(at(twin, "lifecycle", "phase")));
    }

    /// The twin of an id, decommissioned ones too; null of a dangling one.
    public @Nullable Node node(String id) {
        return nodes.get(id);
    }

    /// The edges that are shown.
    public List<Link> links() {
        return links;
    }

    private static @Nullable Object at(Map<String, @Nullable Object> twin, String a, String b) {
        return ((Map<?, ?>) Objects.requireNonNull(twin.get(a))).get(b);
    }

    private static Object orUnknown(@Nullable Object value) {
        return value == null ? "unknown" : value;
    }

    private void addLinks(String id, Map<String, @Nullable Object> twin) {
        Node from = Objects.requireNonNull(nodes.get(id));
        for (Object each : (List<?>) Objects.requireNonNull(twin.get("relationships"))) {
            Map<?, ?> edge = (Map<?, ?>) Objects.requireNonNull(each);
            String target = String.valueOf(edge.get("to"));
            Node to = nodes.get(target);
            if (from.decommissioned() || (to != null && to.decommissioned())) {
                continue;
            }
            if (to == null) {
                dangling.add(target);
            }
            List<@Nullable String> healths = new ArrayList<>();
            healths.add(edge.get("health") == null ? null : "" + edge.get("health"));
            healths.add(from.health());
            healths.add(to == null ? null : to.health());
            boolean crossing =
                    to != null
                            && from.trustDomain() != null
                            && to.trustDomain() != null
                            && !from.trustDomain().equals(to.trustDomain());
            links.add(
                    new Link(
                            id,
                            target,
                            "" + edge.get("type"),
                            worst(healths),
                            edge.get("health"),
                            crossing));
        }
    }

    private static @Nullable String worst(List<@Nullable String> healths) {
        for (String health : List.of("down", "degraded", "ok")) {
            if (healths.contains(health)) {
                return health;
            }
        }
        return null;
    }

    /// What the map shows of every node, by the tables of the page.
    public Map<String, Integer> states() {
        Map<String, Integer> states = new TreeMap<>();
        for (Map.Entry<String, Map<String, @Nullable Object>> twin : twins.entrySet()) {
            if (isTwin(twin.getKey())) {
                states.put(twin.getKey(), bits(twin.getValue()));
            }
        }
        return states;
    }

    private static int bits(Map<String, @Nullable Object> twin) {
        int connectivity =
                place(
                        at(twin, "connectivity", "state"),
                        "live",
                        "delayed",
                        "edge-cached",
                        "autonomous",
                        "disconnected",
                        "returning",
                        "replaying");
        int drift = place(at(twin, "drift", "severity"), "none", "low", "medium", "high");
        int trust =
                switch (String.valueOf(at(twin, "trust", "integrity_state"))) {
                    case "verified" -> 0;
                    case "degraded", "stale" -> 1;
                    case "unverified" -> 2;
                    default -> 3;
                };
        boolean unknown =
                List.of("unknown", "comparison_error").contains(at(twin, "drift", "status"));
        return connectivity
                | Math.min(3, drift) << 3
                | trust << 5
                | authority(twin) << 7
                | debt(at(twin, "connectivity", "sync_debt_seconds"), connectivity == 0) << 10
                | (unknown ? 1 << 14 : 0);
    }

    private static int authority(Map<String, @Nullable Object> twin) {
        if (!(twin.get("authority") instanceof Map<?, ?> authority)) {
            return 0;
        }
        return Boolean.TRUE.equals(authority.get("conflict"))
                ? 5
                : 1 + place(authority.get("level"), "global", "regional", "local", "autonomous");
    }

    private static int debt(@Nullable Object seconds, boolean live) {
        if (live || seconds == null) {
            return live ? 0 : 15;
        }
        int[] minutes = {1, 5, 15, 60, 120, 240, 480, 1440, 2880, 5760, 10_080, 20_160, 43_200};
        int step = 1;
        for (int from : minutes) {
            if (Double.parseDouble(seconds.toString()) >= from * 60.0) {
                step++;
            }
        }
        return step;
    }

    private static int place(@Nullable Object word, String... words) {
        int place = List.of(words).indexOf(String.valueOf(word));
        return place < 0 ? words.length : place;
    }

    /// The ids that are shown: twins and dangling targets.
    public Set<String> shown() {
        Set<String> shown = new TreeSet<>(dangling);
        nodes.values().stream().filter(n -> !n.decommissioned()).forEach(n -> shown.add(n.id()));
        return shown;
    }

    public boolean isTwin(String id) {
        Node node = nodes.get(id);
        return node != null && !node.decommissioned();
    }

    /// Which links a walk takes, and which way.
    public record Way(Predicate<Link> links, boolean out, boolean in) {}

    private Set<String> next(String id, Way way) {
        Set<String> next = new TreeSet<>();
        for (Link link : linksAt.getOrDefault(id, List.of())) {
            if (way.links().test(link)) {
                if (way.out() && link.from().equals(id)) {
                    next.add(link.to());
                }
                if (way.in() && link.to().equals(id)) {
                    next.add(link.from());
                }
            }
        }
        return next;
    }

    /// Hops by id.
    public Map<String, Integer> around(String start, int hops, Way way) {
        Map<String, Integer> reached = new LinkedHashMap<>();
        ArrayDeque<String> queue = new ArrayDeque<>(List.of(start));
        reached.put(start, 0);
        while (!queue.isEmpty()) {
            String id = queue.remove();
            int hop = Objects.requireNonNull(reached.get(id));
            if (hop < hops && (id.equals(start) || isTwin(id))) {
                for (String next : next(id, way)) {
                    if (reached.putIfAbsent(next, hop + 1) == null) {
                        queue.add(next);
                    }
                }
            }
        }
        return reached;
    }

    /// The shortest path whose ids come first; by trying all.
    public List<String> path(String from, String to, Way way) {
        List<List<String>> paths = new ArrayList<>(List.of(List.of(from)));
        for (int hops = 0; hops <= nodes.size() && !paths.isEmpty(); hops++) {
            for (List<String> path : paths) {
                if (path.getLast().equals(to)) {
                    return path;
                }
            }
            paths = longer(paths, way);
        }
        return List.of();
    }

    /// Every path goes on to what no shorter one reached; of those to one end the first is kept.
    private List<List<String>> longer(List<List<String>> paths, Way way) {
        Set<String> seen = new HashSet<>();
        paths.forEach(seen::addAll);
        Map<String, List<String>> best = new TreeMap<>();
        for (List<String> path : paths) {
            String end = path.getLast();
            if (path.size() == 1 || isTwin(end)) {
                for (String next : next(end, way)) {
                    List<String> longer = new ArrayList<>(path);
                    longer.add(next);
                    best.merge(
                            next,
                            longer,
                            (a, b) ->
                                    String.join(" ", a).compareTo(String.join(" ", b)) <= 0
                                            ? a
                                            : b);
                }
            }
        }
        return best.values().stream().filter(path -> !seen.contains(path.getLast())).toList();
    }

    /// What is cut off when some fail: by asking of every node whether it still reaches what goes on.
    public Set<String> lost(
            Set<String> failing, @Nullable Set<String> anchors, Predicate<Link> links) {
        Set<String> lost = new TreeSet<>();
        for (Set<String> component : components(id -> isTwin(id), links)) {
            if (component.stream().noneMatch(failing::contains)) {
                continue;
            }
            if (anchors != null && component.stream().noneMatch(anchors::contains)) {
                continue;
            }
            List<Set<String>> parts =
                    components(id -> component.contains(id) && !failing.contains(id), links);
            parts.sort(
                    Comparator.comparingInt((Set<String> part) -> -part.size())
                            .thenComparing(part -> part.iterator().next()));
            for (int i = 0; i < parts.size(); i++) {
                Set<String> part = parts.get(i);
                boolean goesOn =
                        anchors == null ? i == 0 : part.stream().anyMatch(anchors::contains);
                if (!goesOn) {
                    lost.addAll(part);
                }
            }
        }
        return lost;
    }

    /// The sets of nodes that reach each other, both ways, through nodes that may be used.
    private List<Set<String>> components(Predicate<String> usable, Predicate<Link> taken) {
        List<Set<String>> components = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (String start : nodes.keySet()) {
            if (usable.test(start) && seen.add(start)) {
                Set<String> component = new TreeSet<>();
                ArrayDeque<String> queue = new ArrayDeque<>(List.of(start));
                while (!queue.isEmpty()) {
                    String id = queue.remove();
                    component.add(id);
                    for (String next : next(id, new Way(taken, true, true))) {
                        if (usable.test(next) && seen.add(next)) {
                            queue.add(next);
                        }
                    }
                }
                components.add(component);
            }
        }
        return components;
    }
}
