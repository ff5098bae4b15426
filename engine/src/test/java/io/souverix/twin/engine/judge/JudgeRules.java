package io.souverix.twin.engine.judge;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The rules a question is asked under, as the rules page names them.
///
/// @param horizons by `live`, `delayed`, `edge-cached` and `other`
/// @param severities the rules given; the defaults stand below them
/// @param trusted anchors and keys
public record JudgeRules(
        Map<String, Duration> horizons,
        Duration defaultUpdateDeadline,
        List<String> trustedLabels,
        List<Ignore> ignore,
        List<ListRule> lists,
        List<String> exclusive,
        List<Severity> severities,
        Pki.Trusted trusted) {

    /// Left out of both sides before they are compared, while now is before `expires` (null: always).
    public record Ignore(String path, String reason, @Nullable Instant expires) {}

    /// How the lists at a path are compared: `as` is `set` or `map`, `key` (for `map` only) the member that names.
    public record ListRule(String path, String as, @Nullable String key) {}

    /// What a configuration finding at a path weighs.
    public record Severity(String path, String severity) {}

    private static final List<Severity> DEFAULT_SEVERITIES =
            List.of(
                    new Severity("stir.**", "medium"),
                    new Severity("tls.**", "medium"),
                    new Severity("auth.**", "medium"),
                    new Severity("security.**", "medium"),
                    new Severity("**", "low"));

    JudgeRules(
            Map<String, Duration> horizons,
            Duration defaultUpdateDeadline,
            List<String> trustedLabels,
            List<Ignore> ignore,
            List<ListRule> lists,
            List<String> exclusive,
            List<Severity> severities) {
        this(
                horizons,
                defaultUpdateDeadline,
                trustedLabels,
                ignore,
                lists,
                exclusive,
                severities,
                Pki.Trusted.NOBODY);
    }

    public JudgeRules {
        horizons = Map.copyOf(horizons);
        trustedLabels = List.copyOf(trustedLabels);
        ignore = List.copyOf(ignore);
        lists = List.copyOf(lists);
        exclusive = List.copyOf(exclusive);
        severities = List.copyOf(severities);
    }

    /// The rules where none are given.
    public static JudgeRules defaults() {
        Map<String, Duration> horizons =
                Map.of(
                        "live", Duration.ofHours(1),
                        "delayed", Duration.ofHours(2),
                        "edge-cached", Duration.ofHours(6),
                        "other", Duration.ofHours(24));
        return new JudgeRules(
                horizons,
                Duration.ofHours(2),
                List.of("signed-by-build-system"),
                List.of(),
                List.of(),
                List.of(),
                List.of());
    }

    /// The same, with these anchors and keys.
    public JudgeRules trusting(Pki.Trusted others) {
        return new JudgeRules(
                horizons,
                defaultUpdateDeadline,
                trustedLabels,
                ignore,
                lists,
                exclusive,
                severities,
                others);
    }

    /// How old the newest actual report may be in a connectivity state (null: none).
    Duration horizon(@Nullable String state) {
        Duration other = horizons.getOrDefault("other", Duration.ofHours(24));
        return state == null ? other : horizons.getOrDefault(state, other);
    }

    boolean ignores(List<String> path, Instant now) {
        for (Ignore rule : ignore) {
            boolean holds = rule.expires() == null || now.isBefore(rule.expires());
            for (int length = 0; length <= path.size(); length++) {
                if (holds && ConfigPath.matches(rule.path(), path.subList(0, length))) {
                    return true;
                }
            }
        }
        return false;
    }

    /// The first rule for lists at a path; null where they are compared whole.
    @Nullable ListRule listRule(List<String> path) {
        for (ListRule rule : lists) {
            if (ConfigPath.matches(rule.path(), path)) {
                return rule;
            }
        }
        return null;
    }

    boolean isExclusive(List<String> path) {
        return exclusive.stream().anyMatch(pattern -> ConfigPath.matches(pattern, path));
    }

    String severity(List<String> path) {
        List<Severity> all = new ArrayList<>(severities);
        all.addAll(DEFAULT_SEVERITIES);
        return all.stream()
                .filter(rule -> ConfigPath.matches(rule.path(), path))
                .map(Severity::severity)
                .findFirst()
                .orElseThrow();
    }

    /// The `rules` member of a configuration file that says the same; durations as whole seconds (`7200s`).
    public Map<String, @Nullable Object> toJson() {
        Map<String, @Nullable Object> shownHorizons = Members.of();
        for (String state : List.of("live", "delayed", "edge-cached", "other")) {
            shownHorizons.put(state, horizon(state).toSeconds() + "s");
        }
        return Members.of(
                "horizons",
                shownHorizons,
                "default_update_deadline",
                defaultUpdateDeadline.toSeconds() + "s",
                "trusted_labels",
                trustedLabels,
                "anchors",
                trusted.anchorPems(),
                "provenance_keys",
                trusted.keys().stream()
                        .map(name -> Members.of("name", name, "pem", Pki.keys().get(name)))
                        .toList(),
                "ignore",
                ignore.stream().map(JudgeRules::shown).toList(),
                "lists",
                lists.stream().map(JudgeRules::shown).toList(),
                "exclusive",
                exclusive,
                "severities",
                severities.stream().map(JudgeRules::shown).toList());
    }

    private static Map<String, @Nullable Object> shown(Ignore rule) {
        Map<String, @Nullable Object> shown =
                Members.of("path", rule.path(), "reason", rule.reason());
        if (rule.expires() != null) {
            shown.put("expires", Times.show(rule.expires()));
        }
        return shown;
    }

    private static Map<String, @Nullable Object> shown(ListRule rule) {
        Map<String, @Nullable Object> shown = Members.of("path", rule.path(), "as", rule.as());
        if (rule.key() != null) {
            shown.put("key", rule.key());
        }
        return shown;
    }

    private static Map<String, @Nullable Object> shown(Severity rule) {
        return Members.of("path", rule.path(), "severity", rule.severity());
    }
}
