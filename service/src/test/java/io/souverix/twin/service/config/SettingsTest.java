package io.souverix.twin.service.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.souverix.twin.core.event.ConfigPath;
import io.souverix.twin.core.event.ConnectivityState;
import io.souverix.twin.core.event.Severity;
import io.souverix.twin.core.rules.PathPattern;
import io.souverix.twin.core.rules.Rules;
import io.souverix.twin.core.rules.RulesJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SettingsTest {
    @TempDir private Path folder = Path.of("");

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private Settings read(String yaml) throws Exception {
        return Settings.read(file("twin.yaml", yaml));
    }

    private List<String> faults(String yaml) throws IOException {
        Path file = file("twin.yaml", yaml);
        return Objects.requireNonNull(
                        catchThrowableOfType(
                                ConfigurationException.class, () -> Settings.read(file)))
                .faults();
    }

    private static PathPattern pattern(String text) {
        return new PathPattern(ConfigPath.parse(text).orElseThrow());
    }

    @Test
    void what_is_left_out_keeps_its_default() throws Exception {
        for (String empty : List.of("", "# nothing\n", "{}", "rules:\n", "rules: {}\nlimits:\n")) {
            assertThat(read(empty)).as(empty).isEqualTo(Settings.defaults());
        }
        assertThat(Settings.defaults().rules()).isEqualTo(Rules.DEFAULT);
        assertThat(Settings.defaults().maxFuture()).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void everything_can_be_set() throws Exception {
        Settings settings =
                read(
                        """
                        host: "::1"
                        port: 0
                        data: /var/lib/twin
                        max_future: 90s
                        shards: 3
                        checkpoint_events: 5000
                        retain: 90d
                        limits: {connections: 10, requests: 9, appends: 8, streams: 7, read_timeout: 1m30s}
                        """);
        assertThat(settings.host()).isEqualTo("::1");
        assertThat(settings.port()).isZero();
        assertThat(settings.data()).isEqualTo(Path.of("/var/lib/twin"));
        assertThat(settings.maxFuture()).isEqualTo(Duration.ofSeconds(90));
        assertThat(settings.engine(InstantSource.system()).shards()).isEqualTo(3);
        assertThat(settings.engine(InstantSource.system()).checkpointEvents()).isEqualTo(5_000);
        assertThat(settings.engine(InstantSource.system()).retain()).isEqualTo(Duration.ofDays(90));
        assertThat(settings.server(InstantSource.system()).limits().appends()).isEqualTo(8);
        assertThat(settings.server(InstantSource.system()).limits().streams()).isEqualTo(7);
        assertThat(settings.limits().readTimeout()).isEqualTo(Duration.ofSeconds(90));
    }

    @Test
    void rules_are_read_in_full() throws Exception {
        Rules rules =
                read("""
                rules:
                  horizons: {live: 30m, autonomous: 2d, other: 3600}
                  default_update_deadline: 4h
                  trusted_labels: [a, b]
                  ignore:
                    - {path: "telemetry.**", reason: "its own", expires: 2027-01-01T00:00:00Z}
                    - {path: 'a\\.b'}
                  lists:
                    - {path: "acl.allowed", as: set}
                    - {path: "routes", as: map, key: name}
                  exclusive: ["acl.**"]
                  severities:
                    - {path: "acl.*", severity: high}
                """)
                        .rules();
        assertThat(rules.horizons())
                .containsEntry(ConnectivityState.LIVE, Duration.ofMinutes(30))
                .containsEntry(ConnectivityState.AUTONOMOUS, Duration.ofDays(2))
                .containsEntry(ConnectivityState.DELAYED, Duration.ofHours(2))
                .hasSize(4);
        assertThat(rules.otherHorizon()).isEqualTo(Duration.ofHours(1));
        assertThat(rules.updateDeadline()).isEqualTo(Duration.ofHours(4));
        assertThat(rules.trustedLabels()).isEqualTo(Set.of("a", "b"));
        assertThat(rules.ignores().getFirst().reason()).isEqualTo("its own");
        assertThat(rules.ignores().get(1).path()).isEqualTo(pattern("a\\.b"));
        assertThat(rules.lists())
                .containsExactly(
                        new Rules.ListRule(pattern("acl.allowed"), null),
                        new Rules.ListRule(pattern("routes"), "name"));
        assertThat(rules.exclusives()).containsExactly(pattern("acl.**"));
        assertThat(rules.severities())
                .startsWith(new Rules.SeverityRule(pattern("acl.*"), Severity.HIGH))
                .endsWith(Rules.defaultSeverities().toArray(Rules.SeverityRule[]::new));
    }

    @Test
    void json_says_the_same_as_yaml() throws Exception {
        Settings yaml = read("port: 9\nrules: {exclusive: [a]}");
        Settings json =
                Settings.read(
                        file("twin.json", "{\"port\":\t9,\"rules\":{\"exclusive\":[\"a\"]}}"));
        assertThat(json).isEqualTo(yaml);
        assertThat(RulesJson.version(json.rules())).isEqualTo(RulesJson.version(yaml.rules()));
    }

    @Test
    void other_rules_have_another_version_and_equal_ones_the_same() throws Exception {
        String version = RulesJson.version(Rules.DEFAULT);
        assertThat(RulesJson.version(read("rules: {horizons: {live: 60m}}").rules()))
                .isEqualTo(version);
        assertThat(RulesJson.version(read("rules: {horizons: {live: 61m}}").rules()))
                .isNotEqualTo(version);
        assertThat(RulesJson.version(read("rules: {horizons: {live: 3601s}}").rules()))
                .isNotEqualTo(version);
    }

    @Test
    void every_fault_is_named_with_what_was_found_and_expected() throws Exception {
        assertThat(
                        faults(
                                """
                                prot: 8080
                                port: 70000
                                host: 7
                                max_future: soon
                                retain: 5m
                                limits: {appends: 0, request: 5}
                                rules:
                                  horizons: {live: -1, lively: 1h}
                                  ignore: [{reason: no path}, 7]
                                  lists: [{path: a, as: map}, {path: a, as: bag}]
                                  exclusive: ["a..b"]
                                  severities: [{path: a, severity: hgih}]
                                  trusted_labels: x
                                """))
                .containsExactlyInAnyOrder(
                        "port: found 70000, expected an integer from 0 to 65535",
                        "host: found 7, expected a text",
                        "max_future: found \"soon\", expected a duration such as 90s, 5m or 1d12h,"
                                + " of at least 0s",
                        "limits.appends: found 0, expected an integer from 1 to 100000",
                        "limits.request: unknown, expected only appends, connections,"
                                + " read_timeout, requests, streams",
                        "rules.horizons.live: found -1, expected a duration such as 90s, 5m or"
                                + " 1d12h, of at least 1s",
                        "rules.horizons.lively: unknown, expected only autonomous, delayed,"
                                + " disconnected, edge-cached, live, other, replaying, returning",
                        "rules.ignore[0].path: found nothing, expected a path pattern such as"
                                + " stir.** or a.*.b",
                        "rules.ignore[1]: found 7, expected an object",
                        "rules.ignore[1].path: found nothing, expected a path pattern such as"
                                + " stir.** or a.*.b",
                        "rules.lists[0].key: found nothing, expected a text",
                        "rules.lists[1].as: found \"bag\", expected one of set, map",
                        "rules.exclusive[0]: found \"a..b\", expected a path pattern such as"
                                + " stir.** or a.*.b",
                        "rules.severities[0].severity: found \"hgih\", expected one of low,"
                                + " medium, high, critical",
                        "rules.trusted_labels: found \"x\", expected a list of at most 10000",
                        "prot: unknown, expected only checkpoint_events, data, host, limits,"
                                + " max_future, port, retain, rules, shards",
                        "retain: found \"5m\", expected a duration such as 90s, 5m or 1d12h, of at"
                                + " least 3600s");
    }

    @Test
    void a_file_that_is_no_yaml_or_not_there_is_refused() throws Exception {
        assertThat(faults("a: [")).singleElement().asString().contains("line 1");
        assertThat(faults("port: 1\nport: 2")).singleElement().asString().contains("duplicate");
        assertThat(faults("- 1")).containsExactly("the file: found [1], expected an object");
        assertThat(faults("7: 1")).singleElement().asString().contains("key 7");
        assertThat(faults("a: !!java.lang.Object {}")).hasSize(1);
        ConfigurationException missing =
                catchThrowableOfType(
                        ConfigurationException.class,
                        () -> Settings.read(folder.resolve("none.yaml")));
        assertThat(missing).hasMessageContaining("none.yaml");
    }
}
