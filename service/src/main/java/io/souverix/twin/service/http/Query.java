package io.souverix.twin.service.http;

import io.souverix.twin.core.event.Times;
import io.souverix.twin.engine.Position;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// The query parameters of a request. Each is known to its route and stands once; `+` is a plus.
final class Query {
    private final Map<String, String> values;

    private Query(Map<String, String> values) {
        this.values = values;
    }

    /// Parses the part of a URI after `?`.
    ///
    /// @throws ProblemException where a parameter is not known, repeated, or wrongly encoded
    static Query parse(String raw, Route route) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String pair : raw.isEmpty() ? new String[0] : raw.split("&", -1)) {
            if (pair.isEmpty()) {
                continue;
            }
            int equals = pair.indexOf('=');
            String name = Percent.decode(equals < 0 ? pair : pair.substring(0, equals));
            String value = equals < 0 ? "" : Percent.decode(pair.substring(equals + 1));
            requireKnown(name, route);
            if (values.put(name, value) != null) {
                throw invalid(name, "found it twice, expected it once");
            }
        }
        return new Query(values);
    }

    private static void requireKnown(String name, Route route) {
        if (route.parameters().contains(name) || route.parameters().equals(Route.ANY_PARAMETER)) {
            return;
        }
        if (name.equals("at") || name.equals("known_at")) {
            throw ProblemException.of(
                    ProblemCode.AT_NOT_OFFERED,
                    "found "
                            + name
                            + ", but "
                            + route.template()
                            + " is answered of the present only; it takes "
                            + known(route));
        }
        throw ProblemException.of(
                ProblemCode.UNKNOWN_PARAMETER,
                "found " + Texts.shown(name) + ", expected " + known(route));
    }

    private static String known(Route route) {
        List<String> names = route.parameters().stream().sorted().toList();
        return names.isEmpty() ? "no query parameter" : "only " + String.join(", ", names);
    }

    static ProblemException invalid(String name, String detail) {
        return ProblemException.of(ProblemCode.INVALID_PARAMETER, name + ": " + detail);
    }

    @Nullable String text(String name) {
        return values.get(name);
    }

    /// An integer within bounds, or what stands for none.
    int integer(String name, int least, int most, int otherwise) {
        String text = values.get(name);
        if (text == null) {
            return otherwise;
        }
        try {
            int number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException _) {
            // said below
        }
        throw invalid(
                name,
                "found "
                        + Texts.shown(text)
                        + ", expected an integer from "
                        + least
                        + " to "
                        + most);
    }

    /// An instant in microseconds, or what stands for none.
    long instant(String name, long otherwise) {
        String text = values.get(name);
        if (text == null) {
            return otherwise;
        }
        OptionalLong micros = Times.parse(text);
        if (micros.isEmpty()) {
            throw invalid(
                    name,
                    "found "
                            + Texts.shown(text)
                            + ", expected an RFC 3339 time with an offset, such as"
                            + " 2026-02-27T03:45:00Z");
        }
        return micros.getAsLong();
    }

    /// The position of `min_position`, or null.
    @Nullable Position position(String name) {
        String text = values.get(name);
        if (text == null) {
            return null;
        }
        return Position.parse(text)
                .orElseThrow(() ->
                        invalid(
                                name,
                                "found "
                                        + Texts.shown(text)
                                        + ", expected a position as an answer of this"
                                        + " service gave it"));
    }

    /// One of several words, or what stands for none.
    String word(String name, List<String> words, String otherwise) {
        String text = values.getOrDefault(name, otherwise);
        if (values.containsKey(name) && !words.contains(text)) {
            throw invalid(
                    name,
                    "found " + Texts.shown(text) + ", expected one of " + String.join(", ", words));
        }
        return text;
    }
}
