package io.souverix.twin.service.http;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the body of `POST /v1/events` is, as its headers say.
enum BodyKind {
    /// One event or an array of them, native envelopes.
    JSON("application/json"),
    /// One native envelope a line.
    LINES("application/x-ndjson"),
    CLOUD_EVENT("application/cloudevents+json"),
    CLOUD_EVENT_BATCH("application/cloudevents-batch+json"),
    /// A CloudEvent whose attributes are headers `ce-*`; the body is its data.
    BINARY_CLOUD_EVENT("application/json");

    static final String ACCEPTED =
            "application/json, application/x-ndjson, application/cloudevents+json,"
                    + " application/cloudevents-batch+json";

    private static final Map<String, BodyKind> BY_MEDIA_TYPE =
            Map.of(
                    JSON.mediaType,
                    JSON,
                    LINES.mediaType,
                    LINES,
                    "application/ndjson",
                    LINES,
                    "application/jsonl",
                    LINES,
                    CLOUD_EVENT.mediaType,
                    CLOUD_EVENT,
                    CLOUD_EVENT_BATCH.mediaType,
                    CLOUD_EVENT_BATCH);

    private final String mediaType;

    BodyKind(String mediaType) {
        this.mediaType = mediaType;
    }

    /// @param contentType the header, or null
    /// @param binary whether there is a header `ce-specversion`
    /// @throws ProblemException where events do not come in that media type
    static BodyKind of(@Nullable String contentType, boolean binary) {
        String[] parts = contentType == null ? new String[] {""} : contentType.split(";", -1);
        String mediaType = parts[0].trim().toLowerCase(Locale.ROOT);
        BodyKind kind = BY_MEDIA_TYPE.get(mediaType);
        for (int i = 1; i < parts.length; i++) {
            requireUtf8(parts[i].trim().toLowerCase(Locale.ROOT));
        }
        boolean plain = kind == JSON || mediaType.isEmpty() || mediaType.endsWith("+json");
        if (binary && plain && kind != CLOUD_EVENT && kind != CLOUD_EVENT_BATCH) {
            return BINARY_CLOUD_EVENT;
        }
        if (kind == null) {
            throw unsupported(
                    mediaType.isEmpty() ? "no Content-Type" : Texts.shown(mediaType), ACCEPTED);
        }
        return kind;
    }

    private static void requireUtf8(String parameter) {
        if (parameter.startsWith("charset=")) {
            String charset = parameter.substring("charset=".length()).replace("\"", "");
            if (!charset.equals("utf-8") && !charset.equals("us-ascii")) {
                throw unsupported("charset " + Texts.shown(charset), "utf-8");
            }
        }
    }

    private static ProblemException unsupported(String found, String expected) {
        return Problem.of(
                        ProblemCode.UNSUPPORTED_MEDIA_TYPE,
                        "found " + found + ", expected " + expected)
                .withHeader("Accept-Post", ACCEPTED)
                .thrown();
    }
}
