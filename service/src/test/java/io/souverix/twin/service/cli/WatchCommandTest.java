package io.souverix.twin.service.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.JsonFault;
import io.souverix.twin.service.cli.output.Members;
import io.souverix.twin.service.cli.output.OrderedJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class WatchCommandTest {
    private final RunningService service = RunningService.start();
    private final Shell shell = service.shell();

    @AfterEach
    void stop() {
        service.close();
    }

    private String position() throws JsonFault {
        Shell.Ran ran = shell.run("projections");
        return Members.text(
                OrderedJson.read(ran.out().getBytes(StandardCharsets.UTF_8)), "position");
    }

    private void send() {
        Shell.Ran ran = shell.reading(RunningService.sample("seed-node.ndjson")).run("send", "-");
        assertThat(ran.code()).as(ran.err()).isZero();
    }

    @Test
    void watch_tells_what_changed_after_a_position_one_line_each() throws JsonFault {
        String before = position();
        send();
        Shell.Ran ran = shell.run("watch", "--after", before, "--count", "1");
        assertThat(ran.code()).as(ran.err()).isZero();
        List<Json> lines = new ArrayList<>();
        for (String line : ran.out().lines().toList()) {
            lines.add(OrderedJson.read(line.getBytes(StandardCharsets.UTF_8)));
        }
        assertThat(Members.text(lines.getFirst(), "event")).isEqualTo("change");
        assertThat(Members.text(lines.getFirst(), "data", "node_id"))
                .isEqualTo(RunningService.NODE);
        assertThat(Members.list(lines.getFirst(), "data", "events")).isNotEmpty();
    }

    @Test
    void watch_shows_a_line_a_change_to_a_person() throws JsonFault {
        String before = position();
        send();
        Shell.Ran ran =
                service.watchedShell()
                        .run(
                                "watch",
                                "identity.component_type==souverix-rempart",
                                "--topics",
                                "connectivity,drift",
                                "--after",
                                before,
                                "--count",
                                "1");
        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.out()).contains(RunningService.NODE, "enter", "live");
    }

    @Test
    void watch_says_what_is_wrong_with_the_question() {
        Shell.Ran ran = shell.run("watch", "--topics", "weather");
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err()).contains("weather", "connectivity");
        assertThat(shell.run("watch", "nothing==1").err()).contains("invalid_filter");
    }

    @Test
    void watch_needs_a_service() {
        Shell.Ran ran = Shell.unwatched().run("watch", "--url", "http://127.0.0.1:9");
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err()).contains("no service answers");
    }
}
