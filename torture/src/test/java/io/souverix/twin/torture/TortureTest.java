package io.souverix.twin.torture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.souverix.twin.engine.Trial;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TortureTest {
    private static final Set<String> NAMES = Set.of("good", "bad");

    @TempDir Path directory;

    private Settings settings(String... args) {
        List<String> all = new ArrayList<>(List.of(args));
        all.addAll(List.of("--directory", directory.toString()));
        return Settings.parse(all.toArray(String[]::new), NAMES);
    }

    @Test
    void each_trial_gets_seed_after_seed_and_one_that_fails_can_be_run_again() throws Exception {
        List<Long> seeds = new ArrayList<>();
        Trial good =
                (seed, files) -> {
                    Files.createDirectories(files);
                    seeds.add(seed);
                };
        Trial bad =
                (seed, _) -> {
                    throw new AssertionError("of seed " + seed);
                };
        Report report =
                new Torture(
                                settings("--seed", "7", "--cases", "5"),
                                Map.of("good", good, "bad", bad))
                        .run();
        assertThat(seeds).containsExactly(7L, 8L, 9L, 10L, 11L);
        assertThat(report.failures()).hasSize(Torture.MAX_FAILURES);
        assertThat(report.failures().getFirst().replay())
                .isEqualTo("./twin torture --only bad --seed 7 --cases 1");
        assertThat(report.failures().getFirst().trace()).contains("of seed 7");
        Path json = directory.resolve("report.json");
        report.write(json);
        assertThat(Files.readString(json)).contains("\"failed\":3", "\"cases\":5");
    }

    @Test
    void a_fleet_of_another_size_is_named_in_how_to_see_it_again() throws Exception {
        Trial bad =
                (_, _) -> {
                    throw new AssertionError("as it is");
                };
        Settings settings =
                Settings.parse(
                        new String[] {
                            "--nodes",
                            "70",
                            "--moments",
                            "2",
                            "--cases",
                            "1",
                            "--directory",
                            directory.toString()
                        },
                        Set.of("questions"));
        assertThat(settings.fleet().nodes()).isEqualTo(70);
        assertThat(settings.fleet().moments()).isEqualTo(2);
        Report report = new Torture(settings, Map.of("questions", bad)).run();
        assertThat(report.failures().getFirst().replay())
                .endsWith("--cases 1 --nodes 70 --events 60000 --moments 2 --one-in 1");
    }

    @Test
    void what_is_asked_wrongly_is_told() {
        assertThatThrownBy(() -> settings("--only", "ugly")).hasMessageContaining("ugly", "good");
        assertThatThrownBy(() -> settings("--seed", "x")).hasMessageContaining("--seed x");
        assertThatThrownBy(() -> settings("--sede", "1")).hasMessageContaining("--sede");
        assertThatThrownBy(() -> Settings.parse(new String[] {"--seed"}, NAMES))
                .hasMessageContaining("after --seed");
    }
}
