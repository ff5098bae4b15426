package io.souverix.twin.engine.judge;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What a node raises in attention: the rules by name, from what its answers say.
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
    private final Set<String> rules = new TreeSet<>();

    private Raised(Question asked, Projections.Counted node) {
        this.asked = asked;
        this.node = node;
        this.now = asked.now();
    }

    static Set<String> by(
            Question asked, Projections.Counted node, Map<String, @Nullable Object> ledger) {
        Raised raised = new Raised(asked, node);
        if (!"decommissioned".equals(node.at("lifecycle", "phase"))) {
            raised.trust();
            raised.driftAndUpdates();
            raised.connectivity(Members.objects(ledger, "history"));
            raised.silence();
        }
        return raised.rules;
    }

    private @Nullable Instant instant(String... path) {
        return node.at(path) instanceof String text ? Instant.parse(text) : null;
    }

    private void raise(String rule, boolean raised) {
        if (raised) {
            rules.add(rule);
        }
    }

    private void trust() {
        Instant until = instant("trust", "certificate_valid_until");
        raise("certificate_expired", until != null && until.isBefore(now));
        raise(
                "certificate_expiring",
                until != null && !until.isBefore(now) && !until.isAfter(now.plus(SOON)));
        raise("attestation_failed", "failed".equals(node.at("trust", "attestation_state")));
    }

    private void driftAndUpdates() {
        Object severity = node.at("drift", "severity");
        raise("drift_critical", "critical".equals(severity));
        raise("drift_high", "high".equals(severity));
        raise("update_overdue", Boolean.TRUE.equals(node.at("lifecycle", "update", "overdue")));
    }

    private void connectivity(List<Map<String, @Nullable Object>> ledger) {
        Instant eta = instant("connectivity", "return_eta");
        raise("return_overdue", isAway() && eta != null && now.isAfter(eta));
        Instant since = instant("connectivity", "since");
        if (since != null) {
            raise(
                    "irregular_transition",
                    beganIrregularly(ledger) && now.isBefore(since.plus(IRREGULAR)));
        }
        Instant moved = instant("connectivity", "replay", "started_at");
        if ("replaying".equals(node.at("connectivity", "state")) && moved != null) {
            for (Event event : asked.history()) {
                if (event.is("replay_progressed") && event.timestamp().isAfter(moved)) {
                    moved = event.timestamp();
                }
            }
            raise("replay_stalled", now.isAfter(moved.plus(STALL)));
        }
    }

    /// Whether the first entry of the run that stands was an irregular one.
    private static boolean beganIrregularly(List<Map<String, @Nullable Object>> ledger) {
        int first = ledger.size() - 1;
        while (first > 0
                && String.valueOf(ledger.get(first - 1).get("state"))
                        .equals(ledger.get(first).get("state"))) {
            first--;
        }
        return first >= 0 && Boolean.FALSE.equals(ledger.get(first).get("regular"));
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
        raise(
                "silent",
                heard != null && horizon != null && !isAway() && now.isAfter(heard.plus(horizon)));
    }
}
