package io.souverix.twin.bench;

import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.JsonObject;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a run measures.
///
/// @param curves whether the sizes make two curves, which are written as tables of their own
/// @param only patterns of rows or stages; empty for all
/// @param keep whether loads and data directories stay for the next run
/// @param json where figures are written, or null
/// @param earlier what an earlier run measured and this one need not
/// @param page the page whose table is written anew, or null
record Settings(
        List<Size> sizes,
        int runs,
        boolean quick,
        boolean curves,
        List<String> only,
        Path directory,
        boolean keep,
        @Nullable Path json,
        Earlier earlier,
        @Nullable Path page) {

    /// Fleets that grow, with ten events a node.
    static final List<Size> NODES_CURVE =
            List.of(
                    new Size(1_000, 10_000),
                    new Size(10_000, 100_000),
                    new Size(100_000, 1_000_000),
                    new Size(1_000_000, 10_000_000));

    /// A fleet whose history grows; it needs eight events a node to be heard of.
    static final List<Size> EVENTS_CURVE =
            List.of(
                    new Size(10_000, 100_000),
                    new Size(10_000, 300_000),
                    new Size(10_000, 1_000_000),
                    new Size(10_000, 5_000_000),
                    new Size(10_000, 20_000_000));

    /// What makes figures comparable.
    static JsonObject how(int runs, boolean quick, List<String> only) {
        return new JsonObject.Builder()
                .put("machine", Machine.name())
                .put("runs", runs)
                .put("quick", quick)
                .put("only", Json.strings(only))
                .build();
    }

    JsonObject how() {
        return how(runs, quick, only);
    }

    /// Whether something is asked of a stage.
    boolean wants(Stage stage) {
        return only.isEmpty()
                || matches(stage.name())
                || stage.rows().stream().anyMatch(this::matches);
    }

    /// Whether a figure of a stage is asked for.
    boolean wants(Stage stage, Figure figure) {
        return only.isEmpty() || matches(stage.name()) || matches(figure.key());
    }

    /// Patterns that name nothing that there is.
    List<String> unknown(List<Stage> stages) {
        return only.stream()
                .filter(pattern ->
                        stages.stream()
                                .noneMatch(stage ->
                                        matches(pattern, stage.name())
                                                || matchesAny(pattern, stage.rows())))
                .toList();
    }

    private boolean matches(String name) {
        return only.stream().anyMatch(pattern -> matches(pattern, name));
    }

    private static boolean matchesAny(String pattern, Set<String> names) {
        return names.stream().anyMatch(name -> matches(pattern, name));
    }

    private static boolean matches(String pattern, String name) {
        return FileSystems.getDefault().getPathMatcher("glob:" + pattern).matches(Path.of(name));
    }
}
