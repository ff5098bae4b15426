package io.souverix.twin.bench;

import org.jspecify.annotations.Nullable;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/// What a run measures.
///
/// @param only patterns of rows or stages; empty for all
/// @param keep whether loads and data directories stay for the next run
/// @param json where figures are written, or null
/// @param page the page whose table is written anew, or null
record Settings(
        List<Size> sizes,
        int runs,
        boolean quick,
        List<String> only,
        Path directory,
        boolean keep,
        @Nullable Path json,
        @Nullable Path page) {

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
