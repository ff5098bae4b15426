package io.souverix.twin.engine.judge;

import io.souverix.twin.engine.judge.Configuration.Change;
import io.souverix.twin.engine.judge.Configuration.Side;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Where the actual configuration differs from the desired one.
final class ConfigDrift {
    private static final Object NOTHING = "nothing";

    private ConfigDrift() {}

    /// The rendering of the configuration findings.
    static Map<String, @Nullable Object> configDrift(Question asked, List<Finding> findings) {
        Instant lastSync = Configuration.lastApplied(asked.history());
        Duration staleBy =
                findings.isEmpty() ? Duration.ZERO : Times.elapsed(lastSync, asked.now());
        List<@Nullable Object> details = new ArrayList<>();
        for (Finding finding : findings) {
            details.add(
                    Members.of(
                            "field", finding.path(),
                            "desired", finding.desired(),
                            "actual", finding.actual(),
                            "kind", finding.kind(),
                            "severity", finding.severity()));
        }
        return Members.of(
                "objects", findings.size(),
                "last_sync", lastSync,
                "stale_by", Times.show(staleBy),
                "stale_by_seconds", Times.seconds(staleBy),
                "details", details);
    }

    /// Both sides as they stood after some first events of the history.
    private record Sides(
            @Nullable Map<String, @Nullable Object> desiredTree,
            @Nullable Map<String, @Nullable Object> actualTree,
            Flat desired,
            Flat actual) {

        static Sides after(List<Event> history, JudgeRules rules) {
            Map<String, @Nullable Object> desired = Configuration.tree(history, Side.DESIRED);
            Map<String, @Nullable Object> actual = Configuration.tree(history, Side.ACTUAL);
            return new Sides(desired, actual, Flat.of(desired, rules), Flat.of(actual, rules));
        }

        /// The broken paths of either side that do not lie below another one.
        Set<List<String>> broken() {
            Set<List<String>> all = new HashSet<>(desired.broken());
            all.addAll(actual.broken());
            Set<List<String>> outermost = new HashSet<>(all);
            outermost.removeIf(path ->
                    all.stream()
                            .anyMatch(upper ->
                                    !upper.equals(path) && ConfigPath.isAtOrAbove(upper, path)));
            return outermost;
        }

        /// The paths of all leaves that do not lie at or below a broken one.
        Set<List<String>> paths() {
            Set<List<String>> broken = broken();
            Set<List<String>> paths = new HashSet<>(desired.leaves().keySet());
            paths.addAll(actual.leaves().keySet());
            paths.removeIf(
                    path -> broken.stream().anyMatch(upper -> ConfigPath.isAtOrAbove(upper, path)));
            return paths;
        }

        /// The two leaves at a path, equal to another pair where the rules compare them equal.
        List<Object> leaves(List<String> path, JudgeRules rules) {
            return List.of(
                    comparable(path, desired.leaves().get(path), rules),
                    comparable(path, actual.leaves().get(path), rules));
        }

        /// The two values at a path, whatever they are.
        List<String> values(List<String> path, JudgeRules rules) {
            return List.of(
                    PlainJson.canonical(Flat.valueAt(desiredTree, path, rules)),
                    PlainJson.canonical(Flat.valueAt(actualTree, path, rules)));
        }
    }

    /// The findings sorted by path.
    static List<Finding> findings(Question asked) {
        List<Sides> walk = new ArrayList<>();
        for (int length = 0; length <= asked.history().size(); length++) {
            walk.add(Sides.after(asked.history().subList(0, length), asked.rules()));
        }
        List<Finding> findings = new ArrayList<>();
        for (List<String> path : walk.getLast().paths()) {
            String kind = kind(path, walk.getLast(), asked.rules());
            if (kind != null && isCompared(asked, path)) {
                findings.add(difference(asked, walk, path, kind));
            }
        }
        for (List<String> path : walk.getLast().broken()) {
            if (isCompared(asked, path)) {
                findings.add(comparisonError(asked, walk, path));
            }
        }
        findings.sort(Comparator.comparing(Finding::path));
        return findings;
    }

    /// Ignored paths are not, nor, before any whole actual configuration, those the node never spoke of.
    private static boolean isCompared(Question asked, List<String> path) {
        return isSpokenOf(asked.history(), path) && !asked.rules().ignores(path, asked.now());
    }

    private static boolean isSpokenOf(List<Event> history, List<String> path) {
        return Configuration.changes(history, Side.ACTUAL).stream()
                .anyMatch(change -> ConfigPath.isAtOrAbove(change.path(), path));
    }

    /// What kind of finding the leaves at a path make; null where they make none.
    private static @Nullable String kind(List<String> path, Sides sides, JudgeRules rules) {
        if (!sides.desired().leaves().containsKey(path)) {
            return rules.isExclusive(path) ? "extra" : null;
        }
        if (!sides.actual().leaves().containsKey(path)) {
            return "missing";
        }
        List<Object> leaves = sides.leaves(path, rules);
        return leaves.getFirst().equals(leaves.getLast()) ? null : "changed";
    }

    /// A leaf in a form that is equal where the rules compare it equal.
    private static Object comparable(List<String> path, @Nullable Object leaf, JudgeRules rules) {
        JudgeRules.ListRule rule = rules.listRule(path);
        if (leaf instanceof List<?> list && rule != null && rule.as().equals("set")) {
            Set<String> elements = new TreeSet<>();
            list.forEach(element -> elements.add(PlainJson.canonical(element)));
            return elements;
        }
        return leaf == null ? NOTHING : List.of(PlainJson.canonical(leaf));
    }

    private static Finding difference(
            Question asked, List<Sides> walk, List<String> path, String kind) {
        Instant since =
                Walk.startOfRun(
                        asked.history(),
                        history ->
                                List.of(
                                        walk.get(history.size()).leaves(path, asked.rules()),
                                        isSpokenOf(history, path),
                                        walk.get(history.size()).broken().stream()
                                                .anyMatch(list ->
                                                        ConfigPath.isAtOrAbove(list, path))));
        return new Finding(
                "config",
                ConfigPath.text(path),
                kind,
                walk.getLast().desired().leaves().get(path),
                walk.getLast().actual().leaves().get(path),
                asked.rules().severity(path),
                null,
                since,
                winners(asked.history(), path));
    }

    private static Finding comparisonError(Question asked, List<Sides> walk, List<String> path) {
        return new Finding(
                "config",
                ConfigPath.text(path),
                "comparison_error",
                Flat.valueAt(walk.getLast().desiredTree(), path, asked.rules()),
                Flat.valueAt(walk.getLast().actualTree(), path, asked.rules()),
                "medium",
                null,
                Walk.startOfRun(
                        asked.history(),
                        history ->
                                List.of(
                                        walk.get(history.size()).values(path, asked.rules()),
                                        isSpokenOf(history, path),
                                        walk.get(history.size()).broken().contains(path))),
                winners(asked.history(), path));
    }

    private static List<String> winners(List<Event> history, List<String> path) {
        return Finding.ids(
                lastWriter(history, Side.DESIRED, path), lastWriter(history, Side.ACTUAL, path));
    }

    /// The event of the standing fact that last wrote a path, or what is above or below it.
    private static @Nullable Event lastWriter(List<Event> history, Side side, List<String> path) {
        for (Change change : Configuration.standing(history, side).reversed()) {
            if (ConfigPath.related(change.path(), path)) {
                return change.event();
            }
        }
        return null;
    }
}
