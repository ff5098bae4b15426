package io.souverix.twin.torture;

import io.souverix.twin.engine.judge.NodeAt;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// A filter as it is asked, and the same in plain words.
record PlainFilter(String text, Predicate<NodeAt> lets) {
    /// One of each kind; what they ask for is what some node has.
    static List<PlainFilter> some(NodeAt some) {
        Object zone = some.at("identity", "zone");
        return List.of(
                new PlainFilter(
                        "connectivity.state==autonomous",
                        node -> "autonomous".equals(node.at("connectivity", "state"))),
                new PlainFilter(
                        "drift.score=gt=20;lifecycle.phase==active",
                        node ->
                                compare(node.at("drift", "score"), "20") > 0
                                        && "active".equals(node.at("lifecycle", "phase"))),
                new PlainFilter(
                        "connectivity.state=in=(autonomous,disconnected),drift.severity=ge=high",
                        node ->
                                List.of("autonomous", "disconnected")
                                                .contains(
                                                        String.valueOf(
                                                                node.at("connectivity", "state")))
                                        || List.of("high", "critical")
                                                .contains(
                                                        String.valueOf(
                                                                node.at("drift", "severity")))),
                new PlainFilter(
                        zone == null ? "identity.zone!=*" : "identity.zone==" + zone,
                        node -> Objects.equals(zone, node.at("identity", "zone"))),
                new PlainFilter(
                        "trust.trust_score=lt=0.8;connectivity.sync_debt=ge=30m",
                        node ->
                                compare(node.at("trust", "trust_score"), "0.8") < 0
                                        && compare(
                                                        node.at(
                                                                "connectivity",
                                                                "sync_debt_seconds"),
                                                        "1800")
                                                >= 0),
                new PlainFilter(
                        "drift.findings.path==rate_limit.*,lifecycle.update.campaign==*",
                        node ->
                                node.findings().stream()
                                                .anyMatch(finding ->
                                                        String.valueOf(finding.get("path"))
                                                                .startsWith("rate_limit."))
                                        || node.at("lifecycle", "update", "campaign") != null));
    }

    /// An unknown value is below everything, which no filter here lets through by being so.
    private static int compare(@Nullable Object value, String with) {
        return value instanceof BigDecimal number ? number.compareTo(new BigDecimal(with)) : -1;
    }
}
