package io.souverix.twin.service.cli.client;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// A path of the HTTP interface with its query, built piece by piece.
public final class Question {
    private final StringBuilder text = new StringBuilder();
    private char separator = '?';

    private Question(String path) {
        text.append(path);
    }

    /// @param path fixed text, such as `/v1/twins`
    public static Question of(String path) {
        return new Question(path);
    }

    /// Adds a segment that may hold any characters.
    public Question segment(String value) {
        text.append('/').append(encoded(value));
        return this;
    }

    /// Adds a query parameter, where there is a value.
    public Question with(String name, @Nullable Object value) {
        if (value != null) {
            text.append(separator).append(name).append('=').append(encoded(value.toString()));
            separator = '&';
        }
        return this;
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
