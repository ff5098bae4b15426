package io.souverix.twin.core.rules;

import io.souverix.twin.core.event.ConfigPath;
import io.souverix.twin.core.event.ConnectivityState;
import io.souverix.twin.core.event.Severity;
import io.souverix.twin.core.event.Times;
import io.souverix.twin.core.pki.PinnedKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the events are judged by; see docs/rules.md. Two services with equal rules and events give
/// the same fleet.
///
/// @param horizons how old the newest actual report may be, by connectivity state
/// @param otherHorizon the same for the states left out and for nodes without one
/// @param updateDeadline when an update without a deadline is overdue
/// @param trustedLabels provenance labels that affirm
/// @param anchors whom certificate chains must lead to
/// @param provenanceKeys whose signatures on provenance count
/// @param ignores leaves left out of both sides
/// @param lists how lists are compared
/// @param exclusives where an undeclared actual value is a finding
/// @param severities first match decides
public record Rules(
        Map<ConnectivityState, Duration> horizons,
        Duration otherHorizon,
        Duration updateDeadline,
        Set<String> trustedLabels,
        List<X509Certificate> anchors,
        List<PinnedKey> provenanceKeys,
        List<Ignore> ignores,
        List<ListRule> lists,
        List<PathPattern> exclusives,
        List<SeverityRule> severities) {

    /// How many rules of one kind there may be.
    public static final int MAX_RULES = 10_000;

    public static final Rules DEFAULT = defaults();

    public Rules {
        horizons = byState(horizons);
        trustedLabels = Set.copyOf(new HashSet<>(trustedLabels));
        anchors = List.copyOf(anchors);
        provenanceKeys = List.copyOf(provenanceKeys);
        ignores = List.copyOf(ignores);
        lists = List.copyOf(lists);
        exclusives = List.copyOf(exclusives);
        severities = List.copyOf(severities);
    }

    /// An immutable copy that is quick to ask: every count of a node does.
    private static Map<ConnectivityState, Duration> byState(Map<ConnectivityState, Duration> map) {
        Map<ConnectivityState, Duration> copy = new EnumMap<>(ConnectivityState.class);
        copy.putAll(map);
        return Collections.unmodifiableMap(copy);
    }

    /// @param expiresMicros [Times#NONE] where the rule never expires
    public record Ignore(PathPattern path, @Nullable String reason, long expiresMicros) {}

    /// Compare as a set where `key` is null, else as a map by that key.
    public record ListRule(PathPattern path, @Nullable String key) {}

    public record SeverityRule(PathPattern path, Severity severity) {}

    private static Rules defaults() {
        Map<ConnectivityState, Duration> horizons = new EnumMap<>(ConnectivityState.class);
        horizons.put(ConnectivityState.LIVE, Duration.ofHours(1));
        horizons.put(ConnectivityState.DELAYED, Duration.ofHours(2));
        horizons.put(ConnectivityState.EDGE_CACHED, Duration.ofHours(6));
        return new Rules(
                horizons,
                Duration.ofHours(24),
                Duration.ofHours(2),
                Set.of("signed-by-build-system"),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                defaultSeverities());
    }

    /// The severities below the ones that are configured.
    public static List<SeverityRule> defaultSeverities() {
        List<SeverityRule> rules = new ArrayList<>();
        for (String root : List.of("stir", "tls", "auth", "security")) {
            rules.add(
                    new SeverityRule(
                            new PathPattern(new ConfigPath(List.of(root, "**"))), Severity.MEDIUM));
        }
        rules.add(new SeverityRule(new PathPattern(new ConfigPath(List.of("**"))), Severity.LOW));
        return List.copyOf(rules);
    }

    /// The horizon of a state, or of none.
    public long horizonMicros(@Nullable ConnectivityState state) {
        Duration horizon =
                state == null ? otherHorizon : horizons.getOrDefault(state, otherHorizon);
        return horizon.toNanos() / 1000;
    }

    public Severity severity(ConfigPath path) {
        for (SeverityRule rule : severities) {
            if (rule.path().matches(path)) {
                return rule.severity();
            }
        }
        return Severity.LOW;
    }

    public boolean exclusive(ConfigPath path) {
        for (PathPattern pattern : exclusives) {
            if (pattern.matches(path)) {
                return true;
            }
        }
        return false;
    }

    /// The first list rule for that path, or null.
    public @Nullable ListRule list(ConfigPath path) {
        for (ListRule rule : lists) {
            if (rule.path().matches(path)) {
                return rule;
            }
        }
        return null;
    }

    /// Until when the path is ignored: [Times#NONE] where it is not, `Long.MAX_VALUE` for ever.
    public long ignoredUntilMicros(ConfigPath path) {
        long until = Times.NONE;
        for (Ignore rule : ignores) {
            if (rule.path().matchesAtOrAbove(path)) {
                long expires =
                        rule.expiresMicros() == Times.NONE ? Long.MAX_VALUE : rule.expiresMicros();
                until = Math.max(until, expires);
            }
        }
        return until;
    }
}
