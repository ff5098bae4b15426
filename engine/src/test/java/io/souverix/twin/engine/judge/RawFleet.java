package io.souverix.twin.engine.judge;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The raw lines of a large fleet by node, and nothing else of the nodes: what is asked is folded from
/// the lines each time. Events of domains and components, which concern every node, are few.
public final class RawFleet {
    private final SortedMap<String, List<Line>> nodes = new TreeMap<>();
    private final List<Map<String, @Nullable Object>> others = new ArrayList<>();
    private final JudgeRules rules;

    /// A line, and the hash of the event that stands there.
    record Line(String text, String hash) {
        Event event() {
            return Event.of(PlainJson.readObject(text), hash);
        }
    }

    public RawFleet(JudgeRules rules) {
        this.rules = rules;
    }

    /// Adds an accepted event; repeats do no harm.
    public void add(String line) {
        Map<String, @Nullable Object> event = PlainJson.readObject(line);
        if (event.get("node_id") instanceof String node) {
            nodes.computeIfAbsent(node, _ -> new ArrayList<>(2))
                    .add(new Line(line, Judge.hash(event)));
        } else {
            others.add(event);
        }
    }

    /// The same events, to be added to.
    public RawFleet copy() {
        RawFleet copy = new RawFleet(rules);
        nodes.forEach((node, lines) -> copy.nodes.put(node, new ArrayList<>(lines)));
        copy.others.addAll(others);
        return copy;
    }

    /// The same fleet, of which only one node is looked at.
    public RawFleet alone(String node) {
        RawFleet alone = new RawFleet(rules);
        alone.nodes.put(node, nodes.getOrDefault(node, List.of()));
        alone.others.addAll(others);
        return alone;
    }

    SortedMap<String, List<Line>> nodes() {
        return nodes;
    }

    /// The events of domains and components.
    Accepted others() {
        return new Accepted(others);
    }

    JudgeRules rules() {
        return rules;
    }

    /// The fleet as the events up to an instant make it.
    public FleetAt at(Instant now) {
        return new FleetAt(this, now);
    }
}
