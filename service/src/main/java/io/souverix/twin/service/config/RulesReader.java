package io.souverix.twin.service.config;

import io.souverix.twin.core.event.ConnectivityState;
import io.souverix.twin.core.event.Severity;
import io.souverix.twin.core.event.Worded;
import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.pki.Certificates;
import io.souverix.twin.core.pki.PinnedKey;
import io.souverix.twin.core.pki.PkiException;
import io.souverix.twin.core.rules.PathPattern;
import io.souverix.twin.core.rules.Rules;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads [Rules] in the shape of docs/rules.md.
final class RulesReader {
    private static final Duration LEAST = Duration.ofSeconds(1);
    private static final List<String> SEVERITIES =
            Arrays.stream(Severity.values()).map(Worded::word).toList();

    private RulesReader() {}

    static Rules rules(Section section) {
        Rules defaults = Rules.DEFAULT;
        Section horizons = section.section("horizons");
        Rules rules =
                new Rules(
                        horizons(horizons, defaults),
                        horizons.duration("other", LEAST, defaults.otherHorizon()),
                        section.duration(
                                "default_update_deadline", LEAST, defaults.updateDeadline()),
                        trustedLabels(section, defaults),
                        anchors(section),
                        provenanceKeys(section),
                        ignores(section),
                        lists(section),
                        exclusives(section),
                        severities(section));
        horizons.end();
        section.end();
        return rules;
    }

    private static Map<ConnectivityState, Duration> horizons(Section section, Rules defaults) {
        Map<ConnectivityState, Duration> horizons = new EnumMap<>(ConnectivityState.class);
        for (ConnectivityState state : ConnectivityState.values()) {
            Duration standing = defaults.horizons().getOrDefault(state, Duration.ZERO);
            Duration horizon = section.duration(state.word(), LEAST, standing);
            if (!horizon.isZero()) {
                horizons.put(state, horizon);
            }
        }
        return horizons;
    }

    private static Set<String> trustedLabels(Section section, Rules defaults) {
        @Nullable List<Json> elements = section.list("trusted_labels", Rules.MAX_RULES);
        if (elements == null) {
            return defaults.trustedLabels();
        }
        Set<String> labels = new HashSet<>();
        for (int i = 0; i < elements.size(); i++) {
            if (elements.get(i) instanceof Json.JsonString(String label)) {
                labels.add(label);
            } else {
                section.fault("trusted_labels[" + i + "]", elements.get(i), "a text");
            }
        }
        return labels;
    }

    private static List<X509Certificate> anchors(Section section) {
        List<X509Certificate> anchors = new ArrayList<>();
        @Nullable List<Json> elements = section.list("anchors", Rules.MAX_RULES);
        for (int i = 0; elements != null && i < elements.size(); i++) {
            String place = "anchors[" + i + "]";
            try {
                if (elements.get(i) instanceof Json.JsonString(String pem)) {
                    anchors.addAll(Certificates.read(pem));
                } else {
                    section.fault(place, elements.get(i), "certificates in PEM");
                }
            } catch (PkiException e) {
                section.fault(place, elements.get(i), "certificates in PEM: " + e.getMessage());
            }
        }
        return anchors;
    }

    private static List<PinnedKey> provenanceKeys(Section section) {
        List<PinnedKey> keys = new ArrayList<>();
        for (Section rule : section.sections("provenance_keys", Rules.MAX_RULES)) {
            String name = rule.required("name");
            String pem = rule.required("pem");
            try {
                keys.add(PinnedKey.read(name, pem));
            } catch (PkiException e) {
                rule.fault("pem", Json.of(pem), "a public key in PEM: " + e.getMessage());
            }
            rule.end();
        }
        return keys;
    }

    private static List<Rules.Ignore> ignores(Section section) {
        List<Rules.Ignore> rules = new ArrayList<>();
        for (Section rule : section.sections("ignore", Rules.MAX_RULES)) {
            PathPattern path = rule.pattern("path");
            String reason = rule.text("reason", "");
            rules.add(
                    new Rules.Ignore(
                            path, reason.isEmpty() ? null : reason, rule.instant("expires")));
            rule.end();
        }
        return rules;
    }

    private static List<Rules.ListRule> lists(Section section) {
        List<Rules.ListRule> rules = new ArrayList<>();
        for (Section rule : section.sections("lists", Rules.MAX_RULES)) {
            PathPattern path = rule.pattern("path");
            boolean map = rule.word("as", List.of("set", "map"), "").equals("map");
            rules.add(new Rules.ListRule(path, map ? rule.required("key") : null));
            rule.end();
        }
        return rules;
    }

    private static List<PathPattern> exclusives(Section section) {
        List<PathPattern> patterns = new ArrayList<>();
        @Nullable List<Json> elements = section.list("exclusive", Rules.MAX_RULES);
        for (int i = 0; elements != null && i < elements.size(); i++) {
            patterns.add(section.pattern("exclusive[" + i + "]", elements.get(i)));
        }
        return patterns;
    }

    /// The configured ones, and below them the defaults.
    private static List<Rules.SeverityRule> severities(Section section) {
        List<Rules.SeverityRule> rules = new ArrayList<>();
        for (Section rule : section.sections("severities", Rules.MAX_RULES)) {
            PathPattern path = rule.pattern("path");
            String word = rule.word("severity", SEVERITIES, "");
            for (Severity severity : Severity.values()) {
                if (severity.word().equals(word)) {
                    rules.add(new Rules.SeverityRule(path, severity));
                }
            }
            rule.end();
        }
        rules.addAll(Rules.defaultSeverities());
        return rules;
    }
}
