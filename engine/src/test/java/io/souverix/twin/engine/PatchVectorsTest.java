package io.souverix.twin.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.Json.JsonArray;
import io.souverix.twin.core.json.JsonFault;
import io.souverix.twin.core.json.JsonObject;
import io.souverix.twin.core.json.JsonPatch;
import io.souverix.twin.core.json.JsonReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A patch made of two values makes the one the other: over the documents of
/// json-patch/json-patch-tests, where they are beside the project.
final class PatchVectorsTest {
    /// The nearest directory `shared` at or above the working directory.
    private static Path vectors() {
        Path at = Path.of("").toAbsolutePath();
        while (at.getParent() != null && !Files.isDirectory(at.resolve("shared"))) {
            at = at.getParent();
        }
        return at.resolve("shared/data/json-patch");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tests.json", "spec_tests.json"})
    void every_document_becomes_the_expected_one(String name) throws IOException, JsonFault {
        Path file = vectors().resolve(name);
        assumeTrue(Files.exists(file), "left out: no " + name + " beside the project");
        int compared = 0;
        for (Json vector : cases(Files.readAllBytes(file))) {
            Json from = member(vector, "doc");
            Json to = member(vector, "expected");
            if (((JsonObject) vector).member("expected") != null) {
                compared++;
                for (Json[] pair : new Json[][] {{from, to}, {to, from}}) {
                    JsonArray patch = JsonPatch.between(pair[0], pair[1]);
                    assertThat(Patched.by(patch, pair[0])).isEqualTo(pair[1]);
                }
            }
        }
        assertThat(compared).isPositive();
    }

    /// The elements of the file that are JSON as it is read here; some vectors repeat members.
    private static List<Json> cases(byte[] file) throws JsonFault {
        return new JsonReader()
                .readArray(file).stream()
                        .filter(JsonReader.Element.Read.class::isInstance)
                        .map(element -> ((JsonReader.Element.Read) element).value())
                        .toList();
    }

    private static Json member(Json object, String name) {
        return Json.orNull(((JsonObject) object).member(name));
    }
}
