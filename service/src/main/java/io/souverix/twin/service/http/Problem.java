package io.souverix.twin.service.http;

import io.souverix.twin.core.json.JsonObject;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What is wrong with a request, as RFC 9457 says it.
///
/// @param detail what was found and what was expected
/// @param pointer JSON pointer into the body, where it is at fault
/// @param more further members, put after the standard ones
/// @param headers further headers of the answer
record Problem(
        ProblemCode code,
        String detail,
        @Nullable String pointer,
        JsonObject more,
        Map<String, String> headers) {
    static final String MEDIA_TYPE = "application/problem+json";

    /// How many seconds a client is asked to wait before it tries again.
    static final String RETRY_AFTER_SECONDS = "1";

    private static final String URN = "urn:souverix:twin:";

    Problem {
        headers = Map.copyOf(headers);
    }

    static Problem of(ProblemCode code, String detail) {
        return new Problem(
                code,
                detail,
                null,
                JsonObject.EMPTY,
                code.passes() ? Map.of("Retry-After", RETRY_AFTER_SECONDS) : Map.of());
    }

    Problem with(JsonObject members) {
        return new Problem(code, detail, pointer, members, headers);
    }

    /// The same with the place in the body that is at fault.
    Problem at(String place) {
        return new Problem(code, detail, place, more, headers);
    }

    Problem withHeader(String name, String value) {
        return new Problem(code, detail, pointer, more, Map.of(name, value));
    }

    JsonObject json() {
        JsonObject.Builder json =
                new JsonObject.Builder()
                        .put("type", URN + code.word())
                        .put("title", code.title())
                        .put("status", code.status())
                        .put("code", code.word())
                        .put("detail", detail);
        if (pointer != null) {
            json.put("pointer", pointer);
        }
        more.forEach(json::put);
        return json.build();
    }

    /// Ends the handling of a request with this problem.
    ProblemException thrown() {
        return new ProblemException(this);
    }
}
