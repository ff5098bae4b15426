package io.souverix.twin.core.drift;

import io.souverix.twin.core.drift.ConfigDifference.Kind;
import io.souverix.twin.core.drift.Leaves.Leaf;
import io.souverix.twin.core.event.ConfigPath;
import io.souverix.twin.core.event.Severity;
import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.Json.JsonArray;
import io.souverix.twin.core.json.JsonObject;
import io.souverix.twin.core.rules.Rules;
import io.souverix.twin.core.rules.Rules.ListRule;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Compares two sides of a configuration under rules. Flattened trees are kept for the next
/// comparison, as many nodes share them. Not thread-safe.
public final class ConfigComparison {
    /// How many flattened trees are kept.
    static final int MAX_KEPT = 4096;

    private final Rules rules;
    private final Map<JsonObject, Leaves> kept =
            new LinkedHashMap<>(256, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<JsonObject, Leaves> eldest) {
                    return size() > MAX_KEPT;
                }
            };

    public ConfigComparison(Rules rules) {
        this.rules = rules;
    }

    Leaves leaves(@Nullable JsonObject tree) {
        return tree == null
                ? Leaves.NONE
                : kept.computeIfAbsent(tree, missing -> Leaves.of(missing, rules));
    }

    /// How many leaf paths of two trees differ, whatever the rules: every list is a leaf.
    public static int differingPaths(@Nullable JsonObject a, @Nullable JsonObject b) {
        return Objects.equals(a, b)
                ? 0
                : Leaves.of(a, Rules.DEFAULT).differencesFrom(Leaves.of(b, Rules.DEFAULT));
    }

    /// Whether two differences at one path are between the same values, as the rules compare them.
    boolean samePair(ConfigDifference a, ConfigDifference b) {
        ListRule rule = rules.list(a.path());
        boolean asSet = rule != null && rule.key() == null;
        return same(a.desired(), b.desired(), asSet) && same(a.actual(), b.actual(), asSet);
    }

    private static boolean same(@Nullable Json a, @Nullable Json b, boolean asSet) {
        return asSet && a instanceof JsonArray first && b instanceof JsonArray second
                ? new HashSet<>(first.elements()).equals(new HashSet<>(second.elements()))
                : Objects.equals(a, b);
    }

    /// The differences by path, each since `atMicros`.
    @SuppressWarnings(
            "ReferenceEquality") // equal trees are mostly one instance, as they are shared
    List<ConfigDifference> compare(ConfigSide desiredSide, ConfigSide actualSide, long atMicros) {
        JsonObject desiredTree = desiredSide.tree();
        JsonObject actualTree = actualSide.tree();
        Leaves desired = leaves(desiredTree);
        if (desiredTree == actualTree && desired.broken().isEmpty()) {
            return new ArrayList<>();
        }
        Leaves actual = leaves(actualTree);
        List<ConfigDifference> found = new ArrayList<>();
        Set<ConfigPath> broken = outermost(desired.broken(), actual.broken());
        for (ConfigPath path : broken) {
            if (!actualSide.speaksOf(path)) {
                continue;
            }
            Json wanted = Leaves.valueAt(desiredTree, path, rules);
            Json is = Leaves.valueAt(actualTree, path, rules);
            found.add(difference(path, Kind.COMPARISON_ERROR, wanted, is, atMicros));
        }
        for (Leaf leaf : desired.all()) {
            Leaf other = actual.at(leaf.text());
            if (other != null && leaf.comparable().equals(other.comparable())) {
                continue;
            }
            if (actualSide.speaksOf(leaf.path()) && !covered(broken, leaf.path())) {
                Kind kind = other == null ? Kind.MISSING : Kind.CHANGED;
                Json is = other == null ? null : other.value();
                found.add(difference(leaf.path(), kind, leaf.value(), is, atMicros));
            }
        }
        for (Leaf leaf : actual.all()) {
            if (desired.at(leaf.text()) == null
                    && rules.exclusive(leaf.path())
                    && !covered(broken, leaf.path())) {
                found.add(difference(leaf.path(), Kind.EXTRA, null, leaf.value(), atMicros));
            }
        }
        found.sort((a, b) -> a.path().compareTo(b.path()));
        return found;
    }

    /// Of the broken paths of both sides those that no other covers.
    private static Set<ConfigPath> outermost(List<ConfigPath> a, List<ConfigPath> b) {
        if (a.isEmpty() && b.isEmpty()) {
            return Set.of();
        }
        Set<ConfigPath> all = new LinkedHashSet<>(a);
        all.addAll(b);
        Set<ConfigPath> outermost = new LinkedHashSet<>(all);
        outermost.removeIf(path -> all.stream().anyMatch(o -> !o.equals(path) && o.covers(path)));
        return outermost;
    }

    private static boolean covered(Set<ConfigPath> broken, ConfigPath path) {
        for (ConfigPath list : broken) {
            if (list.covers(path)) {
                return true;
            }
        }
        return false;
    }

    private ConfigDifference difference(
            ConfigPath path,
            Kind kind,
            @Nullable Json desired,
            @Nullable Json actual,
            long atMicros) {
        Severity severity = kind == Kind.COMPARISON_ERROR ? Severity.MEDIUM : rules.severity(path);
        return new ConfigDifference(
                path, kind, desired, actual, severity, atMicros, rules.ignoredUntilMicros(path));
    }
}
