package io.souverix.twin.bench;

import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.Json.JsonArray;
import io.souverix.twin.core.json.Json.JsonString;
import io.souverix.twin.core.json.JsonFault;
import io.souverix.twin.core.json.JsonObject;
import io.souverix.twin.core.json.JsonReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What an earlier run wrote as JSON: an hour that was cut can be gone on with.
///
/// @param day on which it began
/// @param stages all that it measured
record Earlier(String day, List<Measured> stages) {
    /// Nothing.
    static final Earlier NONE = new Earlier("", List.of());

    private static final int DAY_LENGTH = "2026-01-01".length();

    Earlier {
        stages = List.copyOf(stages);
    }

    /// Reads a report.
    ///
    /// @param how the figures were to be taken ([Settings#how])
    /// @throws IOException where there is none, or its figures were taken otherwise or elsewhere
    static Earlier read(Path file, JsonObject how) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException("found no file " + file);
        }
        Json read;
        try {
            read = new JsonReader().read(Files.readAllBytes(file));
        } catch (JsonFault e) {
            throw new IOException("found no JSON in " + file + ": " + e.getMessage(), e);
        }
        if (!(read instanceof JsonObject report)
                || !(report.member("how") instanceof JsonObject taken)
                || !(report.member("started") instanceof JsonString(String started))
                || started.length() < DAY_LENGTH
                || !(report.member("stages") instanceof JsonArray(List<Json> stages))) {
            throw new IOException("found no report of the bench in " + file);
        }
        if (!taken.equals(how)) {
            throw new IOException(
                    "found figures in %s that were taken with %s, expected %s"
                            .formatted(file, taken, how));
        }
        try {
            return new Earlier(
                    started.substring(0, DAY_LENGTH), stages.stream().map(Measured::read).toList());
        } catch (IllegalArgumentException | NullPointerException | ClassCastException e) {
            throw new IOException("found a stage in " + file + " that is none: " + e, e);
        }
    }

    /// What a stage came to; null where it did not come to its end.
    @Nullable Measured of(String stage, Size size) {
        return stages.stream()
                .filter(one -> one.whole() && one.isOf(stage, size))
                .findFirst()
                .orElse(null);
    }
}
