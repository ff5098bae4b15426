package io.souverix.twin.service.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.JsonFault;
import io.souverix.twin.service.cli.output.Members;
import io.souverix.twin.service.cli.output.OrderedJson;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ReadCommandsTest {
    private static final String NODE = RunningService.NODE;
    private static final String ESCAPE = "\u001b[";

    private final RunningService service = RunningService.withSeed();
    private final Shell shell = service.shell();

    @BeforeAll
    void send_its_neighbours() {
        Shell.Ran ran = shell.reading(RunningService.sample("seed-graph.ndjson")).run("send", "-");
        assertThat(ran.code()).as(ran.err()).isZero();
    }

    @AfterAll
    void stop() {
        service.close();
    }

    private Json json(String... arguments) throws JsonFault {
        Shell.Ran ran = shell.run(arguments);
        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.err()).isEmpty();
        return OrderedJson.read(ran.out().getBytes(StandardCharsets.UTF_8));
    }

    private String table(String... arguments) {
        Shell.Ran ran = shell.run(arguments);
        assertThat(ran.code()).as(ran.err()).isZero();
        return ran.out();
    }

    @Test
    void get_answers_the_twin_as_json_in_the_order_of_the_service() {
        Shell.Ran ran = shell.run("get", NODE);
        assertThat(ran.out())
                .startsWith("{\n  \"identity\": {\n    \"immutable_id\": \"" + NODE + "\"")
                .contains("\"sync_debt\": \"0m\"")
                .endsWith("}\n");
    }

    @Test
    void get_shows_the_important_fields_as_a_table() {
        assertThat(table("get", NODE, "-o", "table"))
                .contains("Identity\n", "  id                 " + NODE)
                .contains("  state              live")
                .contains("souverix-rempart-1.4.6 (desired souverix-rempart-1.4.7)")
                .contains("  score              47.8")
                .contains("  master             region-a-control");
    }

    @Test
    void get_writes_yaml() {
        assertThat(table("get", NODE, "-o", "yaml"))
                .startsWith("identity:\n  immutable_id: " + NODE + "\n")
                .contains("\n  message_backlog: 0\n")
                .endsWith("\n");
    }

    @Test
    void get_answers_one_part_by_path() {
        assertThat(table("get", NODE, "lifecycle/software/drift_score", "-o", "table"))
                .isEqualTo("1\n");
        assertThat(table("get", NODE, "/connectivity/state")).isEqualTo("\"live\"\n");
    }

    @Test
    void why_names_the_event_that_set_a_value() {
        assertThat(table("why", NODE, "connectivity/state", "-o", "table"))
                .contains("value  live")
                .contains("state_transition")
                .contains("delayed");
    }

    @Test
    void diff_shows_what_changed_between_two_instants() throws JsonFault {
        String[] question = {
            "diff", NODE, "--from", "2026-02-27T03:16:00Z", "--to", "2026-02-27T03:45:00Z"
        };
        assertThat(Members.list(json(question), "patch")).isNotEmpty();
        Shell.Ran shown = shell.run("diff", NODE, "--from", "2026-02-27T03:16:00Z", "-o", "table");
        assertThat(shown.out()).contains("replace  /connectivity/state").contains("live");
    }

    @Test
    void timeline_shows_the_lanes_of_a_node() {
        assertThat(table("timeline", NODE, "-o", "table"))
                .contains("connectivity  ", "delayed", "lifecycle", "updates");
    }

    @Test
    void domains_shows_who_governs() {
        assertThat(table("domains", "-o", "table")).contains("DOMAIN", "region-a-control");
        assertThat(table("domains", "region-a", "-o", "table"))
                .contains("region-a-control")
                .contains("claimed");
    }

    @Test
    void rules_shows_the_effective_rules() {
        assertThat(table("rules", "-o", "table")).contains("version").contains("horizons");
    }

    @Test
    void get_answers_for_an_instant_of_the_past() throws JsonFault {
        Json then = json("get", NODE, "--at", "2026-02-27T03:16:00Z");
        assertThat(Members.text(then, "connectivity", "state")).isEqualTo("delayed");
        assertThat(Members.text(then, "meta", "at")).isEqualTo("2026-02-27T03:16:00Z");
    }

    @Test
    void list_has_a_row_for_each_twin() {
        String table = table("list", "-o", "table");
        assertThat(table.lines().findFirst().orElseThrow()).contains("ID", "STATE", "DRIFT");
        assertThat(table).contains(NODE).contains("sx-relais-2026-prod-1-node-44");
    }

    @Test
    void list_takes_a_filter_an_order_and_fields() {
        String table =
                table(
                        "list",
                        "identity.immutable_id==*node-42",
                        "--sort=-drift.score",
                        "--fields=connectivity.state,drift.severity",
                        "-o",
                        "table");
        assertThat(table.lines().findFirst().orElseThrow())
                .contains("ID", "CONNECTIVITY.STATE", "DRIFT.SEVERITY");
        assertThat(table).contains(NODE).doesNotContain("sx-relais-2026-prod-1-node-44");
        assertThat(shell.run("list", "nonsense==1").err())
                .contains("filter: found the unknown field \"nonsense\"");
    }

    @Test
    void findings_are_listed_each_or_grouped() {
        assertThat(table("findings", "id==" + NODE, "-o", "table")).contains("NODE", NODE);
        assertThat(table("findings", "--grouped", "-o", "table")).contains("SUCH AS", NODE);
    }

    @Test
    void trust_shows_a_row_for_each_part() {
        assertThat(table("trust", NODE, "-o", "table"))
                .contains("integrity", "PART", "certificate_chain", "attestation", "provenance");
    }

    @Test
    void trust_of_no_single_node_lists_certificates() {
        assertThat(table("trust", "-o", "table"))
                .contains("VALID UNTIL", NODE, "souverix-autorite-root-ca", "certificates");
        assertThat(table("trust", "--expiring-within", "1m", "-o", "table")).contains("NODE");
        assertThat(shell.run("trust", "--expiring-within", "soon").err())
                .contains("expected a duration");
    }

    @Test
    void an_end_of_a_span_is_named_like_any_other_instant() {
        String[] diff = {"diff", NODE, "--from", "2026-02-27T03:16:00Z", "-o", "json"};
        assertThat(table(with(diff, "--at", "2026-02-27T03:45:00Z")))
                .isEqualTo(table(with(diff, "--to", "2026-02-27T03:45:00Z")));
        assertThat(table("timeline", NODE, "--at", "2026-02-27T03:45:00Z", "-o", "json"))
                .isEqualTo(
                        table("timeline", NODE, "--until", "2026-02-27T03:45:00Z", "-o", "json"));
        assertThat(table("rules", "--at", "2026-02-27T03:45:00Z", "-o", "json"))
                .isEqualTo(table("rules", "-o", "json"));
    }

    private static String[] with(String[] words, String... more) {
        return Stream.concat(Stream.of(words), Stream.of(more)).toArray(String[]::new);
    }

    @Test
    void an_sbom_is_put_shown_and_searched(@TempDir Path directory) throws Exception {
        Path file =
                Files.writeString(
                        directory.resolve("bom.json"),
                        """
                        {"bomFormat":"CycloneDX","specVersion":"1.5","components":[
                        {"type":"library","name":"a","version":"1.0.0","purl":"pkg:npm/a@1.0.0"}]}\
                        """);
        Json stored = json("sbom", "put", file.toString());
        String digest = Members.string(stored, "digest").orElseThrow();
        assertThat(table("sbom", "get", digest, "-o", "table")).contains("pkg:npm/a@1.0.0");
        assertThat(table("sbom", "diff", digest, digest, "-o", "table")).contains("CHANGE");
        assertThat(table("affected", "pkg:npm/a", "--versions", "<2.0.0", "-o", "table"))
                .contains("NODE", "0 nodes");
        assertThat(shell.run("sbom", "get", "a".repeat(64)).err()).contains("unknown_sbom");
        assertThat(shell.run("sbom", "put", "nowhere.json").code()).isEqualTo(1);
        assertThat(shell.run("sbom", "drop", digest).code()).isEqualTo(2);
    }

    @Test
    void list_goes_on_at_a_cursor() throws JsonFault {
        Json first = json("list", "--limit", "1");
        String cursor = Members.string(first, "next_cursor").orElseThrow();
        Json second = json("list", "--limit", "1", "--cursor", cursor);
        assertThat(Members.list(second, "twins"))
                .hasSize(1)
                .isNotEqualTo(Members.list(first, "twins"));
        assertThat(shell.run("list", "--limit", "1", "-o", "table").err())
                .contains("--cursor " + cursor);
    }

    @Test
    void drift_shows_a_row_for_each_finding() {
        assertThat(table("drift", NODE, "-o", "table"))
                .contains("status           drifted", "missing_security_patch")
                .contains("rate_limit.max_cps", "2000", "1500")
                .contains("stir.enforcement_mode", "hard", "soft");
    }

    @Test
    void drift_is_json_where_nobody_watches() throws JsonFault {
        Json drift = json("drift", NODE);
        assertThat(Members.number(drift, "findings_total")).isEqualTo(5);
    }

    @Test
    void ledger_shows_every_state_and_how_long_it_lasted() {
        assertThat(table("ledger", NODE, "-o", "table"))
                .containsPattern("2026-02-27T03:15:00Z +delayed +30m +latency_increase");
    }

    @Test
    void ledger_goes_on_at_a_cursor() throws JsonFault {
        Json first = json("ledger", NODE, "--limit", "1");
        String cursor = Members.string(first, "next_cursor").orElseThrow();
        Json second = json("ledger", NODE, "--limit", "1", "--cursor", cursor);
        assertThat(Members.list(second, "history")).hasSize(1);
    }

    @Test
    void events_are_listed_by_type_and_order() {
        String table =
                table(
                        "events",
                        NODE,
                        "--type",
                        "state_transition",
                        "--order",
                        "desc",
                        "--since",
                        "2026-02-27T00:00:00Z",
                        "-o",
                        "table");
        assertThat(table.lines().skip(1))
                .isNotEmpty()
                .allMatch(line -> line.contains("state_transition"))
                .first()
                .asString()
                .startsWith("2026-02-27T03:45:00Z");
    }

    @Test
    void projections_are_listed_and_shown() {
        assertThat(table("projections", "-o", "table")).contains("NAME", "connectivity", "drift");
        assertThat(table("projections", "drift", "-o", "table"))
                .contains("evaluated", "findings by severity");
    }

    @Test
    void projections_are_grouped_with_a_row_for_the_whole() {
        String table = table("projections", "connectivity", "--group-by", "zone", "-o", "table");
        assertThat(table.lines().findFirst().orElseThrow()).startsWith("ZONE").contains("live");
        assertThat(table).contains("edge-zone-a1", "total").doesNotContain("bucket");
    }

    @ParameterizedTest
    @ValueSource(strings = {"get", "drift", "ledger", "events"})
    void an_unknown_node_is_a_failure_that_says_where_the_known_ones_are(String command) {
        Shell.Ran ran = shell.run(command, "no-such-node");
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err()).contains("no-such-node", "'twin list'");
    }

    @Test
    void what_the_service_refuses_is_told_in_its_words() {
        assertThat(shell.run("get", NODE, "--at", "noon").err())
                .contains("noon", "expected an RFC 3339 time");
        assertThat(shell.run("projections", "nope").err()).contains("nope", "connectivity");
        assertThat(shell.run("list", "--limit", "5000").code()).isEqualTo(1);
    }

    @Test
    void a_person_sees_a_table_in_colour_unless_no_colour_is_wanted() {
        Shell watched = service.watchedShell();
        assertThat(watched.run("get", NODE).out()).contains("Identity").contains(ESCAPE);
        assertThat(watched.with("NO_COLOR", "1").run("get", NODE).out())
                .contains("Identity")
                .doesNotContain(ESCAPE);
        assertThat(watched.with("TERM", "dumb").run("get", NODE).out()).doesNotContain(ESCAPE);
    }

    @Test
    void a_service_that_is_not_there_is_told_with_how_to_start_it() {
        Shell.Ran ran = shell.run("list", "--url", "http://127.0.0.1:1");
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err()).contains("http://127.0.0.1:1", "twin serve", "TWIN_URL");
    }

    @Test
    void an_address_that_is_none_is_told() {
        Shell.Ran ran = shell.run("list", "--url", "localhost:8080");
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err()).contains("localhost:8080", "http://127.0.0.1:8080");
    }

    @Test
    void graph_shows_what_is_around_a_node_between_two_and_behind_a_failure() throws JsonFault {
        assertThat(table("graph", "-o", "table"))
                .contains("Edges by health", "  nodes ", "sx-coeur-2026-prod-1-node-43");
        assertThat(table("graph", "neighbors", NODE, "--hops", "2", "-o", "table"))
                .contains("HOPS", "signaling", "souverix-media");
        Json path = json("graph", "path", NODE, "sx-relais-2026-prod-1-node-44");
        assertThat(Members.number(path, "hops")).isEqualTo(1);
        assertThat(
                        table(
                                "graph",
                                "path",
                                NODE,
                                "sx-relais-2026-prod-1-node-44",
                                "--type",
                                "control",
                                "-o",
                                "table"))
                .startsWith("There is no path");
        assertThat(table("graph", "impact", "region-a", "-o", "table"))
                .contains("When region-a fails", "  edges lost");
    }
}
