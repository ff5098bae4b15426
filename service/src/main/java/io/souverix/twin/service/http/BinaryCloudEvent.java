package io.souverix.twin.service.http;

import io.helidon.http.Header;
import io.helidon.http.ServerRequestHeaders;
import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.JsonObject;
import java.util.Locale;

/// A CloudEvent in binary mode (HTTP protocol binding 1.0, section 3.1): attributes in headers
/// `ce-*`, percent-encoded; the body is the data.
final class BinaryCloudEvent {
    private static final String PREFIX = "ce-";

    private BinaryCloudEvent() {}

    /// The same event as its JSON format would have it.
    ///
    /// @throws ProblemException where a header is repeated or wrongly encoded
    static JsonObject structured(ServerRequestHeaders headers, Json data) {
        JsonObject.Builder event = new JsonObject.Builder();
        for (Header header : headers) {
            String name = header.name().toLowerCase(Locale.ROOT);
            if (!name.startsWith(PREFIX)) {
                continue;
            }
            if (header.valueCount() > 1) {
                throw fault(name, "found it twice, expected it once");
            }
            String attribute = name.substring(PREFIX.length());
            if (!attribute.equals("data")) {
                event.put(attribute, value(name, header.get()));
            }
        }
        return event.put("data", data).build();
    }

    private static String value(String name, String text) {
        return Percent.tryDecode(unquoted(text))
                .orElseThrow(() ->
                        fault(
                                name,
                                "found " + Texts.shown(text) + ", expected percent-encoded UTF-8"));
    }

    private static String unquoted(String text) {
        boolean quoted = text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"");
        return quoted ? text.substring(1, text.length() - 1).replaceAll("\\\\(.)", "$1") : text;
    }

    private static ProblemException fault(String name, String detail) {
        return ProblemException.of(ProblemCode.UNREADABLE_REQUEST, name + ": " + detail);
    }
}
