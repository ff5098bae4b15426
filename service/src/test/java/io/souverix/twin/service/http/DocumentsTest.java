package io.souverix.twin.service.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.souverix.twin.core.event.Rejection;
import io.souverix.twin.service.config.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the pages for users say holds.
final class DocumentsTest {
    private static final Path PAGES = Path.of("..", "docs");
    private static final Pattern SHELL =
            Pattern.compile("printf '%s' '(.+)' \\| sha256sum.*\\n([0-9a-f]{32})");
    private static final Pattern BLOCK = Pattern.compile("(?s)```(json|yaml)\\n(.*?)```");

    private static String page(String name) throws IOException {
        return Files.readString(PAGES.resolve(name));
    }

    private static List<String> blocks(String page, String language) {
        return BLOCK.matcher(page)
                .results()
                .filter(block -> block.group(1).equals(language))
                .map(block -> block.group(2))
                .toList();
    }

    @Test
    void the_canonical_form_and_hash_of_the_page_about_events_are_the_service_s() throws Exception {
        Matcher shell = SHELL.matcher(page("events.md"));
        assertThat(shell.find()).isTrue();
        String spelled = blocks(page("events.md"), "json").get(1);
        try (Served served = Served.start()) {
            assertThat(served.post("application/json", spelled).number("applied")).isEqualTo(1);
            assertThat(served.post("application/json", shell.group(1)).number("duplicate"))
                    .isEqualTo(1);
            Served.Reply events = served.get("/v1/twins/sx-rempart-2026-prod-1-node-42/events");
            assertThat(events.at("events", "0", "hash")).isEqualTo(shell.group(2));
        }
    }

    @Test
    void the_configuration_page_shows_the_defaults(@TempDir Path folder) throws Exception {
        String yaml = blocks(page("configuration.md"), "yaml").getFirst();
        Path file = Files.writeString(folder.resolve("twin.yaml"), yaml);
        assertThat(Settings.read(file)).isEqualTo(Settings.defaults());
        assertThat(yaml).contains("shards", "checkpoint_events", "read_timeout");
    }

    @Test
    void the_rules_page_shows_the_defaults(@TempDir Path folder) throws Exception {
        String yaml = blocks(page("rules.md"), "yaml").getFirst();
        Path file = Files.writeString(folder.resolve("twin.yaml"), yaml);
        Settings settings = Settings.read(file);
        assertThat(settings.rules().horizons()).isEqualTo(Settings.defaults().rules().horizons());
        assertThat(settings.rules().ignores()).isEmpty();
    }

    @Test
    void every_code_stands_on_its_page() throws Exception {
        assertThat(page("api.md"))
                .contains(
                        Arrays.stream(ProblemCode.values())
                                .map(code -> "`" + code.word() + "`")
                                .toList());
        assertThat(page("events.md"))
                .contains(
                        Arrays.stream(Rejection.Code.values())
                                .map(code -> "`" + code.word() + "`")
                                .toList());
    }

    @Test
    void every_route_stands_on_the_page_about_the_interface() throws Exception {
        String page = page("api.md");
        try (Served served = Served.start()) {
            for (Route route : served.server().routes()) {
                String path =
                        route.template().replace("...}", "}").replaceAll("\\{name}$", "{current");
                assertThat(page).contains(path);
            }
        }
    }
}
