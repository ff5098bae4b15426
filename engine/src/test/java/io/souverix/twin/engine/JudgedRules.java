package io.souverix.twin.engine;

import io.souverix.twin.core.event.ConfigPath;
import io.souverix.twin.core.event.ConnectivityState;
import io.souverix.twin.core.event.Severity;
import io.souverix.twin.core.event.Times;
import io.souverix.twin.core.pki.Certificates;
import io.souverix.twin.core.pki.PinnedKey;
import io.souverix.twin.core.pki.PkiException;
import io.souverix.twin.core.rules.PathPattern;
import io.souverix.twin.core.rules.Rules;
import io.souverix.twin.engine.judge.JudgeRules;
import io.souverix.twin.engine.judge.Pki;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/// The judge's rules as the engine's.
final class JudgedRules {
    private JudgedRules() {}

    static Rules of(JudgeRules rules) {
        Map<ConnectivityState, Duration> horizons = new EnumMap<>(ConnectivityState.class);
        for (ConnectivityState state : ConnectivityState.values()) {
            Duration horizon = rules.horizons().get(state.word());
            if (horizon != null) {
                horizons.put(state, horizon);
            }
        }
        List<Rules.SeverityRule> severities = new ArrayList<>();
        for (JudgeRules.Severity rule : rules.severities()) {
            severities.add(
                    new Rules.SeverityRule(
                            pattern(rule.path()),
                            Severity.valueOf(rule.severity().toUpperCase(Locale.ROOT))));
        }
        severities.addAll(Rules.defaultSeverities());
        return new Rules(
                horizons,
                Objects.requireNonNull(rules.horizons().get("other")),
                rules.defaultUpdateDeadline(),
                Set.copyOf(rules.trustedLabels()),
                rules.trusted().anchorPems().stream().flatMap(JudgedRules::certificates).toList(),
                rules.trusted().keys().stream().map(JudgedRules::key).toList(),
                rules.ignore().stream()
                        .map(r -> new Rules.Ignore(pattern(r.path()), r.reason(), micros(r)))
                        .toList(),
                rules.lists().stream()
                        .map(r ->
                                new Rules.ListRule(
                                        pattern(r.path()), r.as().equals("map") ? r.key() : null))
                        .toList(),
                rules.exclusive().stream().map(JudgedRules::pattern).toList(),
                severities);
    }

    private static Stream<X509Certificate> certificates(String pem) {
        try {
            return Certificates.read(pem).stream();
        } catch (PkiException e) {
            throw new AssertionError(e);
        }
    }

    private static PinnedKey key(String name) {
        try {
            return PinnedKey.read(name, Objects.requireNonNull(Pki.keys().get(name)));
        } catch (PkiException e) {
            throw new AssertionError(e);
        }
    }

    private static long micros(JudgeRules.Ignore rule) {
        Instant expires = rule.expires();
        return expires == null ? Times.NONE : Times.micros(expires);
    }

    private static PathPattern pattern(String text) {
        return new PathPattern(ConfigPath.parse(text).orElseThrow());
    }
}
