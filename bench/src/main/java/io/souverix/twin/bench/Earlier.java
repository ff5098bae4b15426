package io.souverix.twin.bench;

import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.Json.JsonArray;
import io.souverix.twin.core.json.JsonFault;
import io.souverix.twin.core.json.JsonObject;
import io.souverix.twin.core.json.JsonReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What an earlier run on this machine measured and wrote as JSON: an hour that was cut can be gone on
/// with.
final class Earlier {
    private final List<JsonObject> stages;
    private final List<JsonObject> figures;

    private Earlier(JsonObject report) {
        stages = objects(report, "stages");
        figures = objects(report, "figures");
    }

    /// @throws IOException where it cannot be read, or measured otherwise or elsewhere
    static Earlier read(Path file, boolean quick, List<String> only) throws IOException {
        try {
            if (!Files.isReadable(file)) {
                throw new IOException("found no file " + file);
            }
            JsonObject report = (JsonObject) new JsonReader().read(Files.readAllBytes(file));
            String machine = text(report.member("machine"), "name");
            if (!machine.equals(Machine.name())) {
                throw new IOException(
                        "found figures of %s in %s, expected those of this machine: %s"
                                .formatted(machine, file, Machine.name()));
            }
            if (!Json.of(quick).equals(report.member("quick"))
                    || !Json.strings(only).equals(report.member("only"))) {
                throw new IOException(
                        "found figures taken with another --quick or --only in " + file);
            }
            return new Earlier(report);
        } catch (JsonFault | ClassCastException e) {
            throw new IOException("found no figures in " + file + ": " + e.getMessage(), e);
        }
    }

    /// How a stage went, or null where it did not come to its end.
    @Nullable JsonObject stage(String name, Size size) {
        return stages.stream()
                .filter(stage -> isOf(stage, name, size, "events"))
                .findFirst()
                .orElse(null);
    }

    /// What a stage measured.
    List<Figure> figures(String name, Size size) {
        return figures.stream()
                .filter(figure -> isOf(figure, name, size, "load"))
                .map(Figure::read)
                .toList();
    }

    private static boolean isOf(JsonObject one, String stage, Size size, String events) {
        return text(one, "stage").equals(stage)
                && Json.of(size.nodes()).equals(one.member("nodes"))
                && Json.of(size.events()).equals(one.member(events));
    }

    private static String text(@Nullable Json object, String name) {
        return object instanceof JsonObject body
                        && body.member(name) instanceof Json.JsonString(String text)
                ? text
                : "";
    }

    private static List<JsonObject> objects(JsonObject report, String name) {
        return report.member(name) instanceof JsonArray(List<Json> elements)
                ? elements.stream().map(JsonObject.class::cast).toList()
                : List.of();
    }
}
