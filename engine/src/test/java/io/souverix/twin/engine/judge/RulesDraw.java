package io.souverix.twin.engine.judge;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Draws rules: often the defaults, else every kind of rule, overlapping ones among them.
final class RulesDraw {
    private static final List<String> PATTERNS =
            List.of(
                    "telemetry.**",
                    "rate_limit.max_cps",
                    "rate_limit",
                    "*.mode",
                    "**.cost",
                    "routes",
                    "routes.*",
                    "routes.r1.**",
                    "a\\.b.**",
                    "a.*",
                    "acl.*",
                    "back\\\\slash",
                    "ключ.**",
                    "stir.**",
                    "**.hops.**",
                    "**");
    private static final List<JudgeRules.ListRule> LIST_RULES =
            List.of(
                    new JudgeRules.ListRule("acl.allowed", "set", null),
                    new JudgeRules.ListRule("acl.**", "set", null),
                    new JudgeRules.ListRule("routes", "map", "name"),
                    new JudgeRules.ListRule("routes.*.hops", "map", "id"),
                    new JudgeRules.ListRule("routes.*.hops", "map", "name"),
                    new JudgeRules.ListRule("**", "set", null),
                    new JudgeRules.ListRule("**", "map", "name"));

    private final Draw draw;

    RulesDraw(Draw draw) {
        this.draw = draw;
    }

    JudgeRules rules() {
        return draw.percent(25)
                ? JudgeRules.defaults()
                : new JudgeRules(
                        horizons(),
                        deadline(),
                        labels(),
                        ignore(),
                        lists(),
                        exclusive(),
                        severities(),
                        trusted());
    }

    private Map<String, Duration> horizons() {
        return Map.of(
                "live", draw.of(Duration.ofMinutes(10), Duration.ofHours(1), Duration.ofDays(2)),
                "delayed", draw.of(Duration.ofHours(2), Duration.ofDays(1)),
                "edge-cached", draw.of(Duration.ofHours(6), Duration.ofDays(2)),
                "other", draw.of(Duration.ofHours(24), Duration.ofDays(5)));
    }

    private Duration deadline() {
        return draw.of(Duration.ofMinutes(30), Duration.ofHours(2), Duration.ofHours(6));
    }

    private List<String> labels() {
        return draw.of(
                List.of("signed-by-build-system"),
                List.of(),
                List.of("signed-by-build-system", "signed-by-hand"));
    }

    private List<JudgeRules.Ignore> ignore() {
        List<JudgeRules.Ignore> rules = new ArrayList<>();
        for (int i = draw.below(3); i > 0; i--) {
            String pattern = draw.from(PATTERNS.subList(0, PATTERNS.size() - 1));
            rules.add(new JudgeRules.Ignore(pattern, "drawn", draw.maybe(40, draw.instant())));
        }
        return rules;
    }

    private List<JudgeRules.ListRule> lists() {
        List<JudgeRules.ListRule> rules = draw.shuffled(LIST_RULES);
        return rules.subList(0, draw.below(4));
    }

    private List<String> exclusive() {
        return draw.shuffled(PATTERNS).subList(0, draw.below(4));
    }

    private Pki.Trusted trusted() {
        return new Pki.Trusted(
                draw.of(
                        List.of(),
                        List.of("root"),
                        List.of("root"),
                        List.of("foreign", "root"),
                        List.of("zone"),
                        List.of("foreign"),
                        List.of("good1")),
                draw.shuffled(List.copyOf(Pki.keys().keySet())).subList(0, draw.below(4)));
    }

    private List<JudgeRules.Severity> severities() {
        List<JudgeRules.Severity> rules = new ArrayList<>();
        for (int i = draw.below(4); i > 0; i--) {
            rules.add(
                    new JudgeRules.Severity(
                            draw.from(PATTERNS), draw.of("low", "medium", "high", "critical")));
        }
        return rules;
    }
}
