package io.souverix.twin.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.souverix.twin.core.attention.Alert;
import io.souverix.twin.core.event.Times;
import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.Json.JsonArray;
import io.souverix.twin.core.json.Json.JsonString;
import io.souverix.twin.core.json.JsonNumber;
import io.souverix.twin.core.json.JsonObject;
import io.souverix.twin.core.json.JsonPointer;
import io.souverix.twin.core.json.JsonWriter;
import io.souverix.twin.engine.AttentionQueries.Filter;
import io.souverix.twin.engine.attention.Handling.Action;
import io.souverix.twin.engine.attention.Handling.Order;
import io.souverix.twin.engine.attention.Handling.State;
import io.souverix.twin.engine.past.AsOf;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What deserves attention is raised, told by cause, and stays handled.
final class AttentionTest {
    private static final Filter ALL = new Filter(null, null, null);

    private final AtomicReference<Instant> now = new AtomicReference<>(Facts.START);
    @TempDir Path directory;
    private TwinEngine engine;

    @BeforeEach
    void open() {
        engine =
                TwinEngine.open(
                        directory,
                        EngineOptions.defaults().withShards(3).withClock(now::get),
                        TwinEngine.Progress.SILENT);
    }

    @AfterEach
    void close() {
        engine.close();
    }

    private void take(String... lines) {
        var _ = Lines.append(engine, List.of(lines));
    }

    private void at(long second) {
        now.set(Facts.START.plusSeconds(second));
    }

    private List<Json> items(AsOf asOf, Filter filter) {
        List<Json> items = new ArrayList<>();
        String cursor = null;
        do {
            JsonObject page = engine.insight().attention().list(asOf, filter, cursor, 2);
            items.addAll(((JsonArray) Objects.requireNonNull(page.member("items"))).elements());
            cursor = page.member("next_cursor") instanceof JsonString(String next) ? next : null;
        } while (cursor != null);
        return items;
    }

    private List<Json> items(Alert alert) {
        return items(AsOf.PRESENT, new Filter(alert, null, null));
    }

    private static String text(Json value, String path) {
        return switch (Json.orNull(JsonPointer.parse(path).follow(value))) {
            case JsonString(String text) -> text;
            case JsonNumber number -> number.text();
            case Json other -> JsonWriter.text(other);
        };
    }

    private static String registered(String node, String zone) {
        return Facts.node(
                node,
                "reg",
                0,
                "node_registered",
                "{'component_type':'souverix-coeur','region':'region-a','zone':'%s'}"
                        .formatted(zone));
    }

    private static String lost(String node, long second, long eta) {
        return Facts.node(
                node,
                "lost",
                second,
                "connection_lost",
                "{'mode':'autonomous','return_eta':'%s'}".formatted(Facts.START.plusSeconds(eta)));
    }

    @Test
    void nodes_of_a_zone_that_are_lost_together_make_one_item() {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            String node = "n-%02d".formatted(i);
            lines.add(registered(node, "edge-a2"));
            lines.add(lost(node, 100 + i * 5, 3_600));
        }
        lines.add(registered("far", "edge-b1"));
        lines.add(lost("far", 100, 3_600));
        lines.add(registered("later", "edge-a2"));
        lines.add(lost("later", 2_500, 3_600));
        take(lines.toArray(String[]::new));
        at(3_600);
        assertThat(items(Alert.RETURN_OVERDUE)).isEmpty();
        at(3_605);
        List<Json> items = items(Alert.RETURN_OVERDUE);
        assertThat(items).hasSize(3);
        Json together = items.getFirst();
        assertThat(text(together, "title"))
                .startsWith("edge-a2: 40 nodes lost")
                .endsWith("together");
        assertThat(text(together, "nodes")).isEqualTo("40");
        assertThat(text(together, "node_ids/19")).isEqualTo("n-19");
        assertThat(text(together, "evidence/0/event_ids/0")).isEqualTo("lost");
        assertThat(text(together, "severity")).isEqualTo("high");
        String id = text(together, "id");
        take(Facts.state("n-39", "back", 3_700, "live"));
        at(3_800);
        assertThat(text(items(Alert.RETURN_OVERDUE).getFirst(), "id")).isEqualTo(id);
        assertThat(text(items(Alert.RETURN_OVERDUE).getFirst(), "nodes")).isEqualTo("39");
    }

    @Test
    void a_replay_that_stands_still_and_a_node_that_says_nothing_are_raised_by_time_alone() {
        take(
                registered("r", "z"),
                Facts.node("r", "rs", 60, "replay_started", "{'total':100}"),
                Facts.node("r", "rp", 120, "replay_progressed", "{'processed':10,'total':100}"),
                registered("s", "z"),
                Facts.state("s", "live", 60, "live"));
        at(120 + 1_800);
        assertThat(items(Alert.REPLAY_STALLED)).isEmpty();
        assertThat(items(Alert.SILENT)).isEmpty();
        at(121 + 1_800);
        assertThat(text(items(Alert.REPLAY_STALLED).getFirst(), "evidence/0/event_ids/0"))
                .isEqualTo("rp");
        at(61 + 3_600);
        assertThat(items(Alert.SILENT)).hasSize(1);
        take(Facts.heartbeat("s", "here", 3_650));
        assertThat(items(Alert.SILENT)).isEmpty();
    }

    @Test
    void
            an_irregular_step_a_failed_attestation_and_an_overdue_update_are_raised_with_their_events() {
        take(
                registered("n", "z"),
                Facts.state("n", "s1", 60, "disconnected"),
                Facts.state("n", "s2", 70, "live"),
                Facts.node("n", "a1", 80, "attestation_performed", "{'result':'failed'}"),
                Facts.node(
                        "n",
                        "u1",
                        90,
                        "update_initiated",
                        "{'target_version':'souverix-coeur-1.0.1','campaign':'c1'}"));
        at(90 + 7_200 + 5);
        assertThat(text(items(Alert.IRREGULAR_TRANSITION).getFirst(), "evidence/0/event_ids/0"))
                .isEqualTo("s2");
        assertThat(text(items(Alert.ATTESTATION_FAILED).getFirst(), "evidence/0/event_ids/0"))
                .isEqualTo("a1");
        assertThat(text(items(Alert.UPDATE_OVERDUE).getFirst(), "cause/campaign")).isEqualTo("c1");
        assertThat(text(items(AsOf.PRESENT, ALL).getFirst(), "rule"))
                .isEqualTo("attestation_failed");
        take(Facts.node("n", "d", 7_294, "decommissioning_completed", "{}"));
        assertThat(items(AsOf.PRESENT, ALL)).isEmpty();
    }

    private static String claim(String domain, String id, String master, int epoch) {
        String line =
                Facts.line(
                        "domain_id",
                        domain,
                        id,
                        Facts.START.plusSeconds(10).toString(),
                        "authority_claimed",
                        "{'level':'regional','master':'%s'}".formatted(master));
        return line.substring(0, line.length() - 1) + ",\"epoch\":" + epoch + "}";
    }

    @Test
    void contested_domains_and_epochs_nobody_claimed_are_raised_until_they_are_settled() {
        String desired =
                Facts.node(
                        "n", "d", 60, "desired_state_changed", "{'policy_version':'policy-v1.0'}");
        take(
                registered("n", "z"),
                claim("region-a", "c1", "one", 3),
                claim("region-a", "c2", "two", 3),
                desired.substring(0, desired.length() - 1) + ",\"epoch\":4}");
        at(100);
        Json conflict = items(Alert.AUTHORITY_CONFLICT).getFirst();
        assertThat(text(conflict, "evidence/0/domain_id")).isEqualTo("region-a");
        assertThat(text(conflict, "evidence/0/event_ids")).isEqualTo("[\"c1\",\"c2\"]");
        Json ahead = items(Alert.EPOCH_AHEAD).getFirst();
        assertThat(text(ahead, "cause/epoch")).isEqualTo("4");
        assertThat(text(ahead, "evidence/0/event_ids/0")).isEqualTo("d");
        take(claim("region-a", "c3", "two", 5));
        assertThat(items(Alert.AUTHORITY_CONFLICT)).isEmpty();
        assertThat(items(Alert.EPOCH_AHEAD)).isEmpty();
    }

    @Test
    void the_past_is_raised_as_it_was_and_late_facts_change_it() {
        take(registered("n", "z"), lost("n", 60, 120));
        at(1_000);
        take(Facts.state("n", "back", 900, "live"));
        assertThat(items(Alert.RETURN_OVERDUE)).isEmpty();
        AsOf then = AsOf.at(Times.micros(Facts.START.plusSeconds(500)));
        Filter overdue = new Filter(Alert.RETURN_OVERDUE, null, null);
        assertThat(items(then, overdue)).hasSize(1);
        take(Facts.state("n", "early", 110, "live"));
        assertThat(items(then, overdue)).isEmpty();
    }

    /// Though the rule is raised all the time, also across a restart.
    @Test
    void a_cause_follows_what_happens_to_the_node() {
        at(1_000);
        take(registered("n", "z"), attested(80, "first"));
        assertThat(verifiers()).containsExactly("first");
        take(attested(90, "second"));
        assertThat(verifiers()).containsExactly("second");
        engine.close();
        open();
        assertThat(verifiers()).containsExactly("second");
        take(attested(85, "late"));
        assertThat(verifiers()).containsExactly("second");
        take(attested(95, "third"));
        assertThat(verifiers()).containsExactly("third");
    }

    private static String attested(long second, String verifier) {
        return Facts.node(
                "n",
                "by-" + verifier,
                second,
                "attestation_performed",
                "{'result':'failed','verifier':'%s'}".formatted(verifier));
    }

    private List<String> verifiers() {
        return items(Alert.ATTESTATION_FAILED).stream()
                .map(item -> {
                    String verifier = text(item, "cause/verifier");
                    assertThat(text(item, "evidence/0/verifier")).isEqualTo(verifier);
                    return verifier;
                })
                .toList();
    }

    /// Of the nodes that changed in between each is seen as it was.
    @Test
    void pages_are_of_the_instant_of_the_first_though_nodes_go_on() {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            String node = "n-%02d".formatted(i);
            lines.add(registered(node, "z-" + i % 10));
            lines.add(lost(node, 100 + i % 5, 600));
        }
        take(lines.toArray(String[]::new));
        at(1_000);
        AttentionQueries attention = engine.insight().attention();
        Filter overdue = new Filter(Alert.RETURN_OVERDUE, null, null);
        List<Json> whole = items(AsOf.PRESENT, overdue);
        // Another instant, so that no page was told before.
        at(1_005);
        JsonObject page = attention.list(AsOf.PRESENT, overdue, null, 3);
        List<Json> found = new ArrayList<>(elements(page));
        for (int i = 0; page.member("next_cursor") instanceof JsonString(String next); i++) {
            at(1_010 + i);
            take(
                    Facts.state("n-%02d".formatted(i), "back", 1_005, "live"),
                    registered("new-" + i, "z-1"),
                    lost("new-" + i, 100, 600));
            // It takes the place of the inbox that was told.
            AsOf other = AsOf.at(Times.micros(now.get()) - i);
            assertThat(elements(attention.list(other, overdue, null, 99))).hasSize(10);
            page = attention.list(AsOf.PRESENT, overdue, next, 3);
            found.addAll(elements(page));
        }
        assertThat(found).hasSize(10).isEqualTo(whole);
        assertThat(items(AsOf.PRESENT, overdue)).isNotEqualTo(whole);
    }

    private static List<Json> elements(JsonObject page) {
        return ((JsonArray) Objects.requireNonNull(page.member("items"))).elements();
    }

    /// Nothing is recorded, and only time goes on.
    @Test
    void an_inbox_that_was_told_stands_until_time_changes_it() {
        take(registered("a", "z"), Facts.state("a", "live", 60, "live"));
        at(3_000);
        take(registered("b", "y"), Facts.state("b", "live", 3_000, "live"));
        at(3_660);
        assertThat(items(Alert.SILENT)).isEmpty();
        at(3_661);
        List<Json> one = items(Alert.SILENT);
        assertThat(one).hasSize(1);
        at(6_000);
        assertThat(items(Alert.SILENT)).isEqualTo(one);
        JsonObject page = engine.insight().attention().list(AsOf.PRESENT, ALL, null, 9);
        assertThat(page.member("at")).isEqualTo(Json.of(Facts.START.plusSeconds(6_000).toString()));
        at(6_601);
        assertThat(items(Alert.SILENT)).hasSize(2);
    }

    private void say(String id, Action action, @Nullable String who, long untilSecond) {
        long until =
                untilSecond < 0 ? Times.NONE : Times.micros(Facts.START.plusSeconds(untilSecond));
        assertThat(
                        engine.insight()
                                .attention()
                                .handle(id, new Order(action, who, until, "ana", null)))
                .isPresent();
    }

    @Test
    void what_operators_say_stays_through_a_restart() {
        take(
                registered("n", "z"),
                Facts.node("n", "a1", 80, "attestation_performed", "{'result':'failed'}"));
        at(100);
        String id = text(items(Alert.ATTESTATION_FAILED).getFirst(), "id");
        say(id, Action.ACKNOWLEDGE, null, -1);
        say(id, Action.ASSIGN, "ben", -1);
        engine.close();
        open();
        Json item = items(Alert.ATTESTATION_FAILED).getFirst();
        assertThat(text(item, "id")).isEqualTo(id);
        assertThat(text(item, "handling/state")).isEqualTo("acknowledged");
        assertThat(text(item, "handling/assignee")).isEqualTo("ben");
        say(id, Action.SNOOZE, null, 500);
        assertThat(items(Alert.ATTESTATION_FAILED)).isEmpty();
        assertThat(items(AsOf.PRESENT, new Filter(null, null, State.SNOOZED))).hasSize(1);
        now.set(Facts.START.plus(Duration.ofSeconds(501)));
        assertThat(items(Alert.ATTESTATION_FAILED)).hasSize(1);
        say(id, Action.REOPEN, null, -1);
        assertThat(text(items(Alert.ATTESTATION_FAILED).getFirst(), "handling/state"))
                .isEqualTo("open");
        assertThat(
                        engine.insight()
                                .attention()
                                .handle(
                                        "0123456789abcdef",
                                        new Order(Action.REOPEN, null, Times.NONE, null, null)))
                .isEmpty();
    }
}
