package io.souverix.twin.service.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class HelpTest {
    private static final int WIDTH = 100;

    private final Shell shell = Shell.unwatched();

    @ParameterizedTest
    @CsvSource({
        "serve, --retain --data --port --host --config --insecure-bind",
        "demo, --nodes --seed --port --data --speed --rate --host",
        "simulate, --nodes --events --seed --start --span --rate --output --send --url",
        "send, --format --output --url FILE",
        "get, --at --output --url ID PATH",
        "list, --include --sort --fields --limit --cursor --output --url FILTER",
        "findings, --grouped --include --at --limit --cursor --output --url FILTER",
        "drift, --at --output --url ID",
        "trust, --at --known-at --output --url ID",
        "affected, --versions --include --at --limit --cursor --output --url PURL",
        "sbom, --at --output --url WHAT",
        "ledger, --at --limit --cursor --output --url ID",
        "events, --since --until --type --order --limit --cursor --output --url ID",
        "projections, --filter --group-by --include --output --url NAME",
        "graph, --region --zone --type --hops --direction --usable --kind --to --limit --at --output",
        "why, --at --limit --output --url ID PATH",
        "diff, --from --to --output --url ID",
        "timeline, --since --until --limit --cursor --output --url ID",
        "attention, --rule --severity --state --by --assignee --until --note --at --output ACTION ID",
        "rollouts, --at --limit --cursor --output --url CAMPAIGN",
        "domains, --at --limit --cursor --output --url ID",
        "rules, --output --url",
        "watch, --topics --initial --after --count --output --url FILTER",
        "verify, --data --config --output",
        "rebuild, --data --config",
        "backup, --data --config --output BACKUP",
        "restore, --to --data --config --output BACKUP",
        "completion, --help",
        "version, --help",
    })
    void help_of_a_command_tells_its_options_with_examples_and_exit_codes(
            String command, String words) {
        Shell.Ran asked = shell.run(command, "--help");
        assertThat(asked.code()).isZero();
        assertThat(asked.out())
                .contains("Usage: twin " + command)
                .contains(words.split(" "))
                .contains("Examples:", "  twin " + command)
                .contains("Exit codes:", "usage: the command line is not understood");
        assertThat(shell.run("help", command).out()).isEqualTo(asked.out());
    }

    @Test
    void help_lists_every_command() {
        Shell.Ran help = shell.run("help");
        assertThat(help.code()).isZero();
        assertThat(help.out())
                .contains("serve", "demo", "simulate", "send", "get", "list", "drift")
                .contains("findings", "ledger", "events", "projections")
                .contains("verify", "rebuild", "backup", "restore", "completion", "version");
        assertThat(help.out().lines()).allMatch(line -> line.length() <= WIDTH);
    }

    @Test
    void no_command_is_a_usage_error_and_shows_the_help() {
        Shell.Ran ran = shell.run();
        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err()).contains("Usage: twin", "serve");
    }

    @Test
    void a_mistyped_command_is_a_usage_error_with_a_suggestion() {
        Shell.Ran ran = shell.run("gett", "x");
        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).contains("gett", "twin get");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "get",
                "get id --nope",
                "list -o xml",
                "list --limit many",
                "send",
                "serve --port 70000",
                "serve --retain 5m",
                "serve --retain long",
                "simulate --nodes 5",
                "simulate --span soon",
                "simulate --start yesterday",
                "simulate --send --output f",
                "demo --speed 0",
                "demo --nodes 3",
                "projections --group-by zone",
                "graph sideways",
                "graph neighbors",
                "graph path a",
                "graph neighbors a b",
                "graph impact a --hops 2",
            })
    void what_is_not_understood_is_a_usage_error_that_names_the_help(String line) {
        Shell.Ran ran = shell.run(line.split(" "));
        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err()).startsWith("twin: ").contains("--help' says what it takes");
    }

    @Test
    void the_version_is_one_line() {
        assertThat(shell.run("version").out())
                .startsWith("twin ")
                .contains("(Java ")
                .hasLineCount(1);
        assertThat(shell.run("--version").out()).isEqualTo(shell.run("version").out());
    }

    @Test
    void the_completion_script_knows_the_commands() {
        assertThat(shell.run("completion").out()).contains("projections", "--insecure-bind");
    }
}
