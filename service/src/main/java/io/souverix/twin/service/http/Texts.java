package io.souverix.twin.service.http;

import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.JsonWriter;

/// What clients sent, as it stands in messages to them.
final class Texts {
    private static final int MAX_SHOWN = 80;

    private Texts() {}

    /// Quoted, escaped and shortened.
    static String shown(String text) {
        boolean whole = text.length() <= MAX_SHOWN;
        int end =
                whole || !Character.isHighSurrogate(text.charAt(MAX_SHOWN - 1))
                        ? Math.min(text.length(), MAX_SHOWN)
                        : MAX_SHOWN - 1;
        StringBuilder safe = new StringBuilder(end);
        text.substring(0, end)
                .codePoints()
                .map(point -> isLoneSurrogate(point) ? '?' : point)
                .forEach(safe::appendCodePoint);
        return JsonWriter.text(Json.of(safe.toString())) + (whole ? "" : "…");
    }

    private static boolean isLoneSurrogate(int point) {
        return point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
    }
}
