package io.souverix.twin.engine.judge;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a node raises in attention: rules and their causes, from what its answers say.
final class Raised {
    private static final Duration SOON = Duration.ofDays(30);
    private static final Duration STALL = Duration.ofMinutes(30);
    private static final Duration IRREGULAR = Duration.ofDays(1);
    private static final Set<String> SAID_BY_OTHERS =
            Set.of(
                    "desired_state_changed",
                    "update_initiated",
                    "maintenance_planned",
                    "connection_lost",
                    "trust_chain_validated",
                    "event_annulled");

    private final Question asked;
    private final Projections.Counted node;
    private final Instant now;
    private final List<Sighting> sightings = new ArrayList<>();

    private Raised(Question asked, Projections.Counted node) {
        this.asked = asked;
        this.node = node;
        this.now = asked.now();
    }

    static List<Sighting> by(
            Question asked, Projections.Counted node, Map<String, @Nullable Object> ledger) {
        Raised raised = new Raised(asked, node);
        if (!node.isDecommissioned()) {
            raised.trust();
            raised.driftAndUpdates();
            raised.connectivity(Members.objects(ledger, "history"));
            raised.silence();
        }
        return raised.sightings;
    }

    private @Nullable Instant instant(String... path) {
        return node.at(path) instanceof String text ? Instant.parse(text) : null;
    }

    private void raise(String rule, Map<String, @Nullable Object> cause, @Nullable Instant since) {
        raise(rule, cause, since, null);
    }

    private void raise(
            String rule,
            Map<String, @Nullable Object> cause,
            @Nullable Instant since,
            @Nullable Instant together) {
        sightings.add(new Sighting(rule, asked.node(), cause, since, together));
    }

    private Object zone() {
        Object zone = node.at("identity", "zone");
        return zone == null ? "unassigned" : zone;
    }

    private void trust() {
        Instant until = instant("trust", "certificate_valid_until");
        if (until != null) {
            Map<String, @Nullable Object> cause =
                    Members.of("issuer", ChainOfTrust.of(asked.history()).getFirst().get("issuer"));
            if (until.isBefore(now)) {
                raise("certificate_expired", cause, until);
            } else if (!until.isAfter(now.plus(SOON))) {
                raise("certificate_expiring", cause, until.minus(SOON));
            }
        }
        if ("failed".equals(node.at("trust", "attestation_state"))) {
            raise(
                    "attestation_failed",
                    Members.of("zone", zone(), "verifier", node.at("trust", "verifier")),
                    instant("trust", "last_attestation"));
        }
    }

    private void driftAndUpdates() {
        String severity = String.valueOf(node.at("drift", "severity"));
        if ("critical".equals(severity) || "high".equals(severity)) {
            Map<String, @Nullable Object> worst = first(severity);
            raise(
                    "drift_" + severity,
                    Members.of(
                            "path", worst.get("path"),
                            "desired", worst.get("desired"),
                            "actual", worst.get("actual")),
                    Times.instantOrNull(Members.text(worst, "since")));
        }
        if (Boolean.TRUE.equals(node.at("lifecycle", "update", "overdue"))) {
            raise(
                    "update_overdue",
                    Members.of(
                            "campaign", node.at("lifecycle", "update", "campaign"),
                            "target_version", node.at("lifecycle", "update", "target_version")),
                    instant("lifecycle", "update", "deadline"));
        }
    }

    private Map<String, @Nullable Object> first(String severity) {
        for (Map<String, @Nullable Object> finding : node.findings()) {
            if (severity.equals(finding.get("severity"))) {
                return finding;
            }
        }
        throw new IllegalStateException("no finding is " + severity);
    }

    private void connectivity(List<Map<String, @Nullable Object>> ledger) {
        Instant eta = instant("connectivity", "return_eta");
        Instant since = instant("connectivity", "since");
        if (isAway() && eta != null && now.isAfter(eta)) {
            raise("return_overdue", Members.of("zone", zone()), eta, since);
        }
        int first = startOfRun(ledger);
        if (since != null && first > 0 && now.isBefore(since.plus(IRREGULAR))) {
            Map<String, @Nullable Object> step = ledger.get(first);
            if (Boolean.FALSE.equals(step.get("regular"))) {
                raise(
                        "irregular_transition",
                        Members.of(
                                "zone", zone(),
                                "from", ledger.get(first - 1).get("state"),
                                "to", step.get("state")),
                        since,
                        since);
            }
        }
        Instant moved = instant("connectivity", "replay", "started_at");
        if ("replaying".equals(node.at("connectivity", "state")) && moved != null) {
            for (Event event : asked.history()) {
                if (event.is("replay_progressed") && event.timestamp().isAfter(moved)) {
                    moved = event.timestamp();
                }
            }
            if (now.isAfter(moved.plus(STALL))) {
                raise("replay_stalled", Members.of("zone", zone()), moved.plus(STALL), moved);
            }
        }
    }

    /// The place of the first entry of the run that stands; -1 of no entries.
    private static int startOfRun(List<Map<String, @Nullable Object>> ledger) {
        int first = ledger.size() - 1;
        while (first > 0
                && String.valueOf(ledger.get(first - 1).get("state"))
                        .equals(ledger.get(first).get("state"))) {
            first--;
        }
        return first;
    }

    private boolean isAway() {
        Object state = node.at("connectivity", "state");
        return "autonomous".equals(state) || "disconnected".equals(state);
    }

    private void silence() {
        Instant heard = null;
        for (Event event : asked.history()) {
            if (!SAID_BY_OTHERS.contains(event.type())) {
                heard = event.timestamp();
            }
        }
        Object state = node.at("connectivity", "state");
        Duration horizon = asked.rules().horizons().get(state == null ? "other" : state);
        if (horizon == null) {
            horizon = asked.rules().horizons().get("other");
        }
        if (heard != null && horizon != null && !isAway() && now.isAfter(heard.plus(horizon))) {
            raise("silent", Members.of("zone", zone()), heard.plus(horizon), heard);
        }
    }
}
