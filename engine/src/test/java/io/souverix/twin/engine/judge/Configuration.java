package io.souverix.twin.engine.judge;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The configuration a node should have and has: `state`.
final class Configuration {
    enum Side {
        DESIRED,
        ACTUAL
    }

    private Configuration() {}

    /// A fact about one side: a whole configuration (a snapshot, at the empty path), or the value at one path.
    record Change(List<String> path, @Nullable Object value, Event event) {
        boolean isSnapshot() {
            return path.isEmpty();
        }
    }

    static Map<String, @Nullable Object> state(Question asked) {
        List<Event> history = asked.history();
        return Members.of(
                "desired", shown(tree(history, Side.DESIRED)),
                "actual", shown(tree(history, Side.ACTUAL)),
                "last_applied", lastApplied(history),
                "last_reported", lastReported(history));
    }

    /// All facts about a side, in the order in which they are applied.
    static List<Change> changes(List<Event> history, Side side) {
        List<Event> ordered = new ArrayList<>(history);
        if (side == Side.DESIRED) {
            ordered.sort(Event.DESIRED_ORDER);
        }
        List<Change> changes = new ArrayList<>();
        ordered.forEach(event -> changes.addAll(changesOf(event, side)));
        return changes;
    }

    private static List<Change> changesOf(Event event, Side side) {
        List<Change> changes = new ArrayList<>();
        if (event.is(side == Side.DESIRED ? "desired_state_changed" : "actual_state_reported")) {
            Map<String, @Nullable Object> config = Members.object(event.payload(), "config");
            if (config != null) {
                changes.add(new Change(List.of(), config, event));
            }
            Map<String, @Nullable Object> paths = Members.object(event.payload(), "config_changes");
            if (paths != null) {
                paths.forEach((path, value) ->
                        changes.add(new Change(ConfigPath.parse(path), value, event)));
            }
        } else if (event.is("config_drift_detected")) {
            for (Map<String, @Nullable Object> detail :
                    Members.objects(event.payload(), "details")) {
                List<String> path = ConfigPath.parse(String.valueOf(detail.get("field")));
                changes.add(
                        new Change(
                                path,
                                detail.get(side == Side.DESIRED ? "desired" : "actual"),
                                event));
            }
        }
        return changes;
    }

    /// The facts that stand: the newest snapshot, if any, and the newer path changes.
    static List<Change> standing(List<Event> history, Side side) {
        List<Change> standing = new ArrayList<>();
        for (Change change : changes(history, side)) {
            if (change.isSnapshot()) {
                standing.clear();
            }
            standing.add(change);
        }
        return standing;
    }

    /// The configuration of a side; null before any fact about it.
    static @Nullable Map<String, @Nullable Object> tree(List<Event> history, Side side) {
        List<Change> standing = standing(history, side);
        if (standing.isEmpty()) {
            return null;
        }
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        for (Change change : standing) {
            if (change.isSnapshot()) {
                tree = new LinkedHashMap<>(objectOrEmpty(copy(change.value())));
            } else {
                apply(tree, change.path(), copy(change.value()));
            }
        }
        return tree;
    }

    private static void apply(
            Map<String, @Nullable Object> tree, List<String> path, @Nullable Object value) {
        Map<String, @Nullable Object> parent = tree;
        for (String key : path.subList(0, path.size() - 1)) {
            Map<String, @Nullable Object> child = Members.object(parent, key);
            if (child == null) {
                child = new LinkedHashMap<>();
                parent.put(key, child);
            }
            parent = child;
        }
        if (value == null) {
            parent.remove(path.getLast());
        } else {
            parent.put(path.getLast(), value);
        }
    }

    /// A copy whose objects can be changed; lists are never changed inside.
    private static @Nullable Object copy(@Nullable Object value) {
        Map<String, @Nullable Object> object = Members.asObject(value);
        if (object == null) {
            return value;
        }
        Map<String, @Nullable Object> copy = new LinkedHashMap<>();
        object.forEach((key, member) -> copy.put(key, copy(member)));
        return copy;
    }

    private static Map<String, @Nullable Object> objectOrEmpty(@Nullable Object value) {
        Map<String, @Nullable Object> object = Members.asObject(value);
        return object == null ? Map.of() : object;
    }

    /// A configuration as it is shown: `null` and empty objects equal absent and are left out (a list is shown as it
    /// was given), keys sorted. The root stays, be it empty.
    static @Nullable Object shown(@Nullable Object value) {
        Map<String, @Nullable Object> object = Members.asObject(value);
        if (object == null) {
            return value;
        }
        Map<String, @Nullable Object> shown = new TreeMap<>();
        object.forEach((key, member) -> {
            Object child = shown(member);
            if (child != null && !Map.of().equals(child)) {
                shown.put(key, child);
            }
        });
        return shown;
    }

    static @Nullable Instant lastApplied(List<Event> history) {
        Object explicit = Walk.lastGiven(history, "last_applied", "actual_state_reported");
        if (explicit instanceof String text) {
            return Times.instant(text);
        }
        for (Event event : history.reversed()) {
            if (!changesOf(event, Side.ACTUAL).isEmpty()) {
                return event.timestamp();
            }
        }
        return null;
    }

    /// When the node (or another system, of it) last reported anything actual.
    static @Nullable Instant lastReported(List<Event> history) {
        Set<String> reports = Set.of("update_completed", "policy_drift_detected");
        for (int i = history.size() - 1; i >= 0; i--) {
            Event event = history.get(i);
            boolean ownDrift =
                    event.is("version_drift_detected") && Software.isOwnComponent(history, i);
            if (ownDrift || reports.contains(event.type()) || saysWhatIs(event)) {
                return event.timestamp();
            }
        }
        return null;
    }

    /// Whether it has a value of the actual configuration, or any other of what the node is.
    private static boolean saysWhatIs(Event event) {
        return !changesOf(event, Side.ACTUAL).isEmpty()
                || (event.is("actual_state_reported")
                        && OTHER_ACTUAL_VALUES.stream()
                                .anyMatch(name -> event.payload().get(name) != null));
    }

    private static final List<String> OTHER_ACTUAL_VALUES =
            List.of(
                    "software_version",
                    "policy_version",
                    "firmware_version",
                    "compliance",
                    "image_provenance",
                    "sbom_hash",
                    "health",
                    "last_applied");
}
