package io.souverix.twin.service.http;

import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.Json.JsonArray;
import io.souverix.twin.core.json.JsonLiteral;
import io.souverix.twin.core.json.JsonNumber;
import io.souverix.twin.core.json.JsonObject;
import io.souverix.twin.core.json.JsonPointer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A path of member names and array places into a twin.
final class TwinPath {
    private static final int MAX_LISTED = 50;

    private TwinPath() {}

    /// The value the path leads to.
    ///
    /// @throws ProblemException where it leads nowhere; it lists what there is instead
    static Json follow(JsonObject twin, List<String> path) {
        Json value = twin;
        for (int depth = 0; depth < path.size(); depth++) {
            @Nullable Json next = JsonPointer.step(value, path.get(depth));
            if (next == null) {
                throw nothing(value, path, depth);
            }
            value = next;
        }
        return value;
    }

    private static ProblemException nothing(Json value, List<String> path, int depth) {
        String above = "/" + String.join("/", path.subList(0, depth));
        String there =
                switch (value) {
                    case JsonObject object -> "one of " + listed(object.names());
                    case JsonArray(List<Json> elements) ->
                            "a place from 0 below " + elements.size();
                    case JsonLiteral _, JsonNumber _, Json.JsonString _ ->
                            "nothing, for it is " + value.kind();
                };
        return ProblemException.of(
                ProblemCode.NO_SUCH_PART,
                "found " + Texts.shown(path.get(depth)) + " at " + above + ", expected " + there);
    }

    private static String listed(List<String> names) {
        String list = String.join(", ", names.subList(0, Math.min(MAX_LISTED, names.size())));
        return names.size() > MAX_LISTED ? list + ", …" : list;
    }
}
