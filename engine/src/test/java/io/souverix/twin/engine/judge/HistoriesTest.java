package io.souverix.twin.engine.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// The generated histories: repeatable, one set however delivered, and reaching every corner of the meaning.
final class HistoriesTest {
    private static final int HISTORIES = 25;

    /// The first seed, new each time unless `-Dseed=` names one.
    private final long firstSeed =
            Long.getLong("seed", Long.getLong("first.seed", System.nanoTime()));

    @Test
    void the_same_seed_gives_the_same_history_and_delivery() {
        List<String> lines = Histories.events(7);
        assertThat(Histories.events(7)).isEqualTo(lines);
        assertThat(Histories.delivery(lines, 8)).isEqualTo(Histories.delivery(lines, 8));
        assertThat(Histories.rules(7)).isEqualTo(Histories.rules(7));
    }

    @Test
    void a_delivery_says_the_same_set_in_other_words() {
        for (long seed = firstSeed; seed < firstSeed + HISTORIES; seed++) {
            List<String> lines = Histories.events(seed);
            List<String> delivered =
                    Histories.delivery(lines, seed).stream().flatMap(List::stream).toList();
            assertThat(contents(delivered)).as("seed %d", seed).isEqualTo(contents(lines));
            assertThat(delivered).hasSizeGreaterThanOrEqualTo(lines.size());
            assertThat(String.join("", delivered)).doesNotContain("\n");
        }
    }

    @Test
    void every_answer_is_the_same_for_every_delivery() {
        for (long seed = firstSeed; seed < firstSeed + 3; seed++) {
            List<String> lines = Histories.events(seed);
            JudgeRules rules = Histories.rules(seed);
            Judge one = new Judge(parsed(lines), rules);
            Judge other =
                    new Judge(
                            parsed(
                                    Histories.delivery(lines, seed).stream()
                                            .flatMap(List::stream)
                                            .toList()),
                            rules);
            Instant now = Histories.present(lines, seed);
            for (String node : one.nodes(now, AsOf.PRESENT)) {
                assertThat(answers(other, node, now))
                        .as("seed %d, %s", seed, node)
                        .isEqualTo(answers(one, node, now));
            }
        }
    }

    @Test
    void a_few_histories_reach_every_type_state_and_kind() {
        Set<String> seen = new TreeSet<>();
        for (long seed = 1; seed <= 25; seed++) {
            List<String> lines = Histories.events(seed);
            Judge judge = new Judge(parsed(lines), Histories.rules(seed));
            parsed(lines).forEach(event -> seen.add("type " + event.get("event_type")));
            for (Instant now : Histories.pasts(lines, seed, 3)) {
                for (String node : judge.nodes(now, AsOf.AT)) {
                    collect(seen, judge.twin(node, now, AsOf.AT), judge.drift(node, now, AsOf.AT));
                    collectLedger(seen, judge.ledger(node, now, AsOf.AT));
                }
            }
        }
        assertThat(seen).containsAll(expected());
    }

    private static List<String> expected() {
        List<String> expected = new ArrayList<>();
        KnownFields.PAYLOAD.keySet().forEach(type -> expected.add("type " + type));
        Connectivity.STATES.forEach(state -> expected.add("connectivity " + state));
        Lifecycle.PHASES.forEach(phase -> expected.add("phase " + phase));
        Drift.STATUSES.forEach(status -> expected.add("status " + status));
        Catalogue.SEVERITIES.forEach(severity -> expected.add("severity " + severity));
        for (String state : List.of("failed", "unverified", "stale", "degraded", "verified")) {
            expected.add("integrity " + state);
        }
        for (String impact :
                List.of(
                        "unknown_version",
                        "ahead_of_desired",
                        "missing_security_patch",
                        "incompatible_major",
                        "missing_feature",
                        "missing_fix")) {
            expected.add("impact " + impact);
        }
        for (String kind :
                List.of("changed", "missing", "extra", "comparison_error", "violation")) {
            expected.add("kind " + kind);
        }
        expected.addAll(
                List.of(
                        "regular true",
                        "regular false",
                        "conflict true",
                        "conflict false",
                        "update in_progress",
                        "update completed",
                        "update failed",
                        "overdue",
                        "replay with a rate",
                        "replay with an eta",
                        "return eta",
                        "planned",
                        "relationship with health",
                        "config debt",
                        "more than 100 violations"));
        return expected;
    }

    private static void collect(
            Set<String> seen,
            Map<String, @Nullable Object> twin,
            Map<String, @Nullable Object> drift) {
        seen.add("connectivity " + text(twin, "/connectivity/state"));
        seen.add("phase " + text(twin, "/lifecycle/phase"));
        seen.add("status " + text(twin, "/drift/status"));
        seen.add("severity " + text(twin, "/drift/severity"));
        seen.add("integrity " + text(twin, "/trust/integrity_state"));
        seen.add("conflict " + text(twin, "/authority/conflict"));
        seen.add("update " + text(twin, "/lifecycle/update/state"));
        note(seen, "overdue", text(twin, "/lifecycle/update/overdue").equals("true"));
        note(
                seen,
                "replay with a rate",
                !text(twin, "/connectivity/replay/rate_per_second").equals("null"));
        note(seen, "replay with an eta", !text(twin, "/connectivity/replay/eta").equals("null"));
        note(seen, "return eta", !text(twin, "/connectivity/return_eta").equals("null"));
        note(seen, "planned", !text(twin, "/lifecycle/maintenance/planned").equals("[]"));
        note(
                seen,
                "config debt",
                !Set.of("0", "null").contains(text(twin, "/connectivity/sync_debt_parts/config")));
        for (Map<String, @Nullable Object> edge : Members.objects(twin, "relationships")) {
            note(seen, "relationship with health", edge.get("health") != null);
        }
        List<Map<String, @Nullable Object>> findings = Members.objects(drift, "findings");
        for (Map<String, @Nullable Object> finding : findings) {
            seen.add("kind " + finding.get("kind"));
            seen.add("impact " + finding.get("impact"));
        }
        note(
                seen,
                "more than 100 violations",
                !text(drift, "/findings_total").equals("" + findings.size()));
    }

    private static void collectLedger(Set<String> seen, Map<String, @Nullable Object> ledger) {
        for (Map<String, @Nullable Object> entry : Members.objects(ledger, "history")) {
            seen.add("regular " + entry.get("regular"));
        }
    }

    private static void note(Set<String> seen, String what, boolean holds) {
        if (holds) {
            seen.add(what);
        }
    }

    private static String text(Map<String, @Nullable Object> answer, String path) {
        return Story.at(answer, path).replace("\"", "");
    }

    private static List<Map<String, @Nullable Object>> parsed(List<String> lines) {
        return lines.stream().map(PlainJson::readObject).toList();
    }

    private static Set<String> contents(List<String> lines) {
        Set<String> contents = new TreeSet<>();
        for (Map<String, @Nullable Object> event : parsed(lines)) {
            contents.add(Judge.canonical(event));
        }
        return contents;
    }

    private static String answers(Judge judge, String node, Instant now) {
        return PlainJson.canonical(
                List.of(
                        judge.twin(node, now, AsOf.PRESENT),
                        judge.drift(node, now, AsOf.PRESENT),
                        judge.ledger(node, now, AsOf.PRESENT)));
    }
}
